// SPDX-License-Identifier: GPL-3.0-or-later
// The list as views see it, and what is done with a row. What the disk says is in library_files.cpp.
#include "ui/library.h"

#include "core/recipe/edit_recipe.h"
#include "ui/qt_std.h"

#include <QDir>
#include <QFileInfo>
#include <QLocale>
#include <QSet>

#include <algorithm>
#include <cmath>

namespace artdag {

namespace {
constexpr double thumbnailScale = 0.125;
constexpr double besideCards = 220; ///< where what nobody placed goes: right of all cards
constexpr QPointF nowhere{std::numeric_limits<double>::quiet_NaN(), 0};

/// A recipe that shows one asset and nothing else.
std::shared_ptr<const Recipe> recipeShowing(const ContentId& id)
{
    Recipe recipe;
    RecipeInput input;
    input.name = "asset";
    input.fallback = id.text();
    recipe.inputs.push_back(std::move(input));
    RecipeOutput output;
    output.name = "main";
    output.picture = Wire{"asset", {}};
    recipe.outputs.push_back(std::move(output));
    return std::make_shared<const Recipe>(std::move(recipe));
}
} // namespace

Library::Library(Document& document, Gallery& gallery, const Catalogue& effects, QObject* parent)
    : QAbstractListModel(parent),
      m_document(&document),
      m_gallery(&gallery),
      m_effects(&effects)
{
    m_refreshSoon.setSingleShot(true);
    m_refreshSoon.setInterval(150);
    connect(&m_refreshSoon, &QTimer::timeout, this, &Library::refresh);
    connect(m_document, &Document::recipeChanged, this, [this] { refreshSoon(); });
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, &Library::fileChanged);
}

Library::~Library() = default;

void Library::setShown(bool shown)
{
    m_shown = shown;
    if (shown)
        refreshSoon();
}

QHash<int, QByteArray> Library::roleNames() const
{
    return {{NameRole, "name"}, {DetailRole, "detail"}, {StateRole, "assetState"}, {ImageRole, "image"}, {KeyRole, "key"}};
}

QVariant Library::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || !valid(index.row()))
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case NameRole: return row.name;
    case DetailRole: return row.detail;
    case StateRole: return row.state;
    case ImageRole: return row.image;
    case KeyRole: return row.key;
    default: return {};
    }
}

int Library::missing() const
{
    return static_cast<int>(std::ranges::count(m_media, QStringLiteral("missing"), &Media::state));
}

void Library::setSection(const QString& section)
{
    if (m_section == section)
        return;
    m_section = section;
    m_current = -1;
    Q_EMIT sectionChanged();
    rebuild();
    refreshSoon();
}

void Library::setSearch(const QString& search)
{
    if (m_search == search)
        return;
    m_search = search;
    Q_EMIT sectionChanged();
    rebuild();
}

void Library::setCurrent(int row)
{
    if (m_current == row || row >= rowTotal())
        return;
    m_current = row;
    Q_EMIT currentChanged();
}

bool Library::passes(const QString& words) const
{
    const QStringList wanted = m_search.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    return std::ranges::all_of(wanted, [&](const QString& word) { return words.contains(word, Qt::CaseInsensitive); });
}

void Library::rebuild()
{
    std::vector<Row> rows;
    if (m_section == QLatin1String("effects")) {
        for (const CatalogueEntry* entry : m_effects->search(toStd(m_search))) {
            const auto& tags = entry->effect->tags;
            rows.push_back({.name = toQt(entry->effect->title), .detail = tags.empty() ? QString() : toQt(tags.front()), .state = QStringLiteral("ready"), .key = toQt(entry->name)});
        }
    } else if (m_section == QLatin1String("templates")) {
        for (const QVariant& each : m_templates) {
            const QVariantMap sample = each.toMap();
            if (passes(sample.value(QStringLiteral("title")).toString() + sample.value(QStringLiteral("words")).toString()))
                rows.push_back({.name = sample.value(QStringLiteral("title")).toString(), .detail = sample.value(QStringLiteral("words")).toString(), .state = QStringLiteral("ready"), .key = sample.value(QStringLiteral("path")).toString()});
        }
    } else if (m_section == QLatin1String("recipes")) {
        std::ranges::copy_if(m_recipes, std::back_inserter(rows), [this](const Row& row) { return passes(row.name + row.detail); });
    } else {
        for (const Media& media : m_media) {
            if (!passes(media.name))
                continue;
            QStringList words;
            if (media.state == QLatin1String("missing"))
                words << tr("missing");
            else if (media.state == QLatin1String("changed"))
                words << tr("the file has changed");
            else
                words << QLocale().formattedDataSize(media.size);
            if (media.here)
                words << tr("here: %1").arg(media.places.join(QStringLiteral(", ")));
            if (media.others > 0)
                words << (media.others == 1 ? tr("in one other recipe") : tr("in %1 other recipes").arg(media.others));
            Row row{.name = media.name, .detail = words.join(QStringLiteral(" · ")), .state = media.state, .key = toQt(std::string_view(media.id.text())), .path = media.path, .id = media.id};
            if (const auto image = m_thumbnails.find(media.id); image != m_thumbnails.end())
                row.image = image->second;
            rows.push_back(std::move(row));
        }
    }
    show(std::move(rows));
    if (m_section == QLatin1String("media")) {
        for (const Row& row : m_rows)
            askThumbnail(row);
    }
}

/// A row that stays is the same row, wherever it comes to stand: someone may be dragging it while the disk is looked at.
void Library::show(std::vector<Row> rows)
{
    const QString current = valid(m_current) ? m_rows[static_cast<std::size_t>(m_current)].key : QString();
    QSet<QString> wanted;
    for (const Row& row : rows)
        wanted.insert(row.key);
    for (int row = rowTotal() - 1; row >= 0; --row) {
        if (wanted.contains(m_rows[static_cast<std::size_t>(row)].key))
            continue;
        beginRemoveRows({}, row, row);
        m_rows.erase(m_rows.begin() + row);
        endRemoveRows();
    }
    for (int row = 0; row < static_cast<int>(rows.size()); ++row) {
        const auto place = m_rows.begin() + row;
        const auto known = std::ranges::find(place, m_rows.end(), rows[static_cast<std::size_t>(row)].key, &Row::key);
        if (known == m_rows.end()) {
            beginInsertRows({}, row, row);
            m_rows.insert(place, rows[static_cast<std::size_t>(row)]);
            endInsertRows();
        } else if (known != place) {
            beginMoveRows({}, static_cast<int>(known - m_rows.begin()), static_cast<int>(known - m_rows.begin()), {}, row);
            std::rotate(place, known, known + 1);
            endMoveRows();
        }
    }
    m_rows = std::move(rows);
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0), index(rowTotal() - 1));
    const auto kept = std::ranges::find(m_rows, current, &Row::key);
    m_current = kept != m_rows.end() ? static_cast<int>(kept - m_rows.begin()) : std::clamp(m_current, m_rows.empty() ? -1 : 0, rowTotal() - 1);
    Q_EMIT countChanged();
    Q_EMIT currentChanged();
}

void Library::askThumbnail(const Row& row)
{
    if (m_engine == nullptr || !m_shown || row.state == QLatin1String("missing") || m_thumbnails.contains(row.id))
        return;
    m_engine->askVariation(recipeShowing(row.id), "library:" + row.id.text(), 0, thumbnailScale, false, [this, id = row.id](Result<PreviewPicture> picture) {
        m_thumbnails[id] = picture ? picture->image : QImage(); // a sound has none, and is not asked again
        for (int i = 0; i < rowTotal(); ++i) {
            if (m_rows[static_cast<std::size_t>(i)].id != id)
                continue;
            m_rows[static_cast<std::size_t>(i)].image = m_thumbnails[id];
            Q_EMIT dataChanged(index(i), index(i), {ImageRole});
        }
    });
}

void Library::use(int row)
{
    if (valid(row))
        useAt(m_section, m_rows[static_cast<std::size_t>(row)].key, nowhere);
}

void Library::useAt(const QString& section, const QString& key, QPointF at)
{
    if (section == QLatin1String("recipes") || section == QLatin1String("templates")) {
        Q_EMIT recipeFileWanted(key);
        return;
    }
    const RecipePointer recipe = m_document->recipe();
    if (std::isnan(at.x())) {
        at = {40, 40};
        for (const auto& [name, place] : recipe->layout)
            at = {std::max(at.x(), place.first + besideCards), at.y()};
    }
    if (section == QLatin1String("effects")) {
        Q_EMIT effectWanted(key, at);
        return;
    }
    const auto media = std::ranges::find_if(m_media, [&](const Media& each) { return toQt(std::string_view(each.id.text())) == key; });
    if (media == m_media.end())
        return;
    if (media->state == QLatin1String("missing")) {
        Q_EMIT said(tr("%1 is missing: find it first.").arg(media->name), true);
        return;
    }
    work("use", [this, id = media->id, name = media->name, at](const CancelToken&) {
        const auto facts = std::make_shared<Result<Sources::MediaFacts>>(m_workspace->sources->facts(id));
        QMetaObject::invokeMethod(
            this, [this, facts, id, name, at] {
                ended();
                if (!*facts) {
                    Q_EMIT said(tr("%1 is no picture, clip or sound: choose it in the inspector of what uses it.").arg(name), true);
                    return;
                }
                RecipeInput input;
                input.media = (*facts)->still ? "still" : "media";
                input.title = toStd(name);
                input.fallback = id.text();
                m_document->apply(addInput(*m_document->recipe(), std::move(input), {at.x(), at.y()}), tr("Add %1").arg(name));
            },
            Qt::QueuedConnection);
    });
}

void Library::takeNew(int row)
{
    if (!valid(row) || m_workspace == nullptr)
        return;
    const Row& old = m_rows[static_cast<std::size_t>(row)];
    if (old.path.isEmpty())
        return;
    work("take", [this, path = old.path, from = old.id](const CancelToken&) {
        const auto id = std::make_shared<Result<ContentId>>(importMedia(*m_workspace, toPath(path)));
        QMetaObject::invokeMethod(
            this, [this, id, path, from] {
                ended();
                if (!*id) {
                    Q_EMIT said(wordsOf((*id).error()), true);
                    return;
                }
                remember(path, **id);
                m_document->apply(replaceMedia(*m_document->recipe(), from, **id), tr("Take the new %1").arg(QFileInfo(path).fileName()));
            },
            Qt::QueuedConnection);
    });
}

} // namespace artdag
