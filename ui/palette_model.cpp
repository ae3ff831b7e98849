// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/palette_model.h"

#include "ui/graph_wiring.h"
#include "ui/qt_std.h"

namespace artdag {

PaletteModel::PaletteModel(const Catalogue& effects, QObject* parent)
    : QAbstractListModel(parent),
      m_effects(&effects)
{
    search();
}

int PaletteModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : rowTotal();
}

QHash<int, QByteArray> PaletteModel::roleNames() const
{
    return {{NameRole, "name"}, {TitleRole, "title"}, {CategoryRole, "category"}, {HelpRole, "help"}, {BakedRole, "baked"}};
}

QVariant PaletteModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowTotal())
        return {};
    const CatalogueEntry& entry = *m_found[static_cast<std::size_t>(index.row())];
    switch (role) {
    case NameRole: return toQt(entry.name);
    case TitleRole: return toQt(entry.effect->title.empty() ? entry.name : entry.effect->title);
    case CategoryRole: return entry.effect->tags.empty() ? QString() : toQt(entry.effect->tags.front());
    case HelpRole: return toQt(entry.effect->help);
    case BakedRole: return entry.bridge != nullptr;
    default: return {};
    }
}

void PaletteModel::setQuery(const QString& query)
{
    if (m_query == query)
        return;
    m_query = query;
    search();
}

void PaletteModel::setType(const QString& type)
{
    if (m_type == type)
        return;
    m_type = type;
    search();
}

void PaletteModel::setGives(bool gives)
{
    if (m_gives == gives)
        return;
    m_gives = gives;
    search();
}

bool PaletteModel::fits(const Effect& effect) const
{
    for (int index = 0; index <= static_cast<int>(PortType::Table); ++index) {
        const auto type = static_cast<PortType>(index);
        if (m_type == QLatin1String(nameOf(type)))
            return m_gives ? firstOutputFor(effect, type) >= 0 : firstInputFor(effect, type) != nullptr;
    }
    return true;
}

void PaletteModel::search()
{
    beginResetModel();
    m_found.clear();
    const Catalogue own{m_effects->entries, nullptr};
    for (const CatalogueEntry* entry : (m_bridges ? *m_effects : own).search(toStd(m_query))) {
        if (fits(*entry->effect))
            m_found.push_back(entry);
    }
    endResetModel();
    Q_EMIT queryChanged();
}

void PaletteModel::showBridges()
{
    m_bridges = true;
    search();
}

QString PaletteModel::nameAt(int row) const
{
    return row >= 0 && row < rowTotal() ? toQt(m_found[static_cast<std::size_t>(row)]->name) : QString();
}

} // namespace artdag
