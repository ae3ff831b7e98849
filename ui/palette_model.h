// SPDX-License-Identifier: GPL-3.0-or-later
// The effects that can be added, best match first, as the catalogue's own search finds them.
#pragma once

#include "core/effect/catalogue.h"

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

#include <vector>

namespace artdag {

class PaletteModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("given by Session")
    Q_PROPERTY(QString query READ query WRITE setQuery NOTIFY queryChanged)
    Q_PROPERTY(QString type READ type WRITE setType NOTIFY queryChanged)
    Q_PROPERTY(bool gives READ gives WRITE setGives NOTIFY queryChanged)
    Q_PROPERTY(int count READ rowTotal NOTIFY queryChanged)

public:
    enum Role {
        NameRole = Qt::UserRole + 1,
        TitleRole,
        CategoryRole,
        HelpRole,
        BakedRole, ///< a bridge: computed by another program, once
    };

    explicit PaletteModel(const Catalogue& effects, QObject* parent = nullptr);
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] int rowTotal() const { return static_cast<int>(m_found.size()); }
    [[nodiscard]] QString query() const { return m_query; }
    void setQuery(const QString& query);
    /// Only effects that take this port type; empty: all.
    [[nodiscard]] QString type() const { return m_type; }
    void setType(const QString& type);
    /// The type is what effects are to give, not what they take.
    [[nodiscard]] bool gives() const { return m_gives; }
    void setGives(bool gives);
    Q_INVOKABLE QString nameAt(int row) const;
    /// From now on with the catalogue's bridges, which have been found out meanwhile.
    void showBridges();

Q_SIGNALS:
    void queryChanged();

private:
    void search();

    const Catalogue* m_effects;
    bool m_bridges = false; ///< to find them out may take seconds, which a palette does not
    [[nodiscard]] bool fits(const Effect& effect) const;

    QString m_query, m_type;
    bool m_gives = false;
    std::vector<const CatalogueEntry*> m_found;
};

} // namespace artdag
