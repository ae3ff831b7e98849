// SPDX-License-Identifier: GPL-3.0-or-later
// The mistakes of the recipe as rows, errors first, each with the card it is about.
#pragma once

#include "core/recipe/recipe.h"

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

#include <vector>

namespace artdag {

class ProblemsModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("given by Session")
    Q_PROPERTY(int count READ rowTotal NOTIFY countChanged)
    Q_PROPERTY(QString summary READ summary NOTIFY countChanged)
    Q_PROPERTY(int errors READ errors NOTIFY countChanged)

public:
    enum Role {
        MessageRole = Qt::UserRole + 1,
        HintRole,
        CardRole,
        SevereRole,
    };

    using QAbstractListModel::QAbstractListModel;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : rowTotal(); }
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;
    [[nodiscard]] int rowTotal() const { return static_cast<int>(m_problems.size()); }
    [[nodiscard]] QString summary() const { return rowTotal() == 1 ? tr("1 problem") : tr("%1 problems").arg(rowTotal()); }
    [[nodiscard]] int errors() const;
    void setProblems(std::vector<Problem> problems);

Q_SIGNALS:
    void countChanged();

private:
    std::vector<Problem> m_problems;
};

/// `/nodes/glow/args/radius` → `glow`; `/outputs/main` → `@main`; empty when it is about no card.
QString cardOfPointer(std::string_view pointer);

} // namespace artdag
