// SPDX-License-Identifier: GPL-3.0-or-later
// The rows of the command palette: what fits the letters typed, best first; without letters, what was run lately first.
#pragma once

#include "ui/commands.h"

#include <QAbstractListModel>

#include <optional>
#include <vector>

namespace artdag {

class CommandSearch : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("given by Session")
    Q_PROPERTY(QString query READ query WRITE setQuery NOTIFY queryChanged)
    Q_PROPERTY(int count READ total NOTIFY queryChanged)

public:
    explicit CommandSearch(Commands& commands, QObject* parent = nullptr);

    [[nodiscard]] QString query() const { return m_query; }
    void setQuery(const QString& query);
    [[nodiscard]] int total() const { return static_cast<int>(m_rows.size()); }
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : total(); }
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override { return m_commands->roleNames(); }
    Q_INVOKABLE QString idAt(int row) const;

Q_SIGNALS:
    void queryChanged();

private:
    void list();

    Commands* m_commands;
    QString m_query;
    std::vector<int> m_rows; ///< of m_commands
};

/// How well letters fit words when they come in this order, not necessarily side by side: more is better. Letters at the
/// beginning of words count most, then runs of letters; none when a letter is missing. Case and spaces do not matter.
std::optional<int> fuzzyFit(const QString& letters, const QString& words);

} // namespace artdag
