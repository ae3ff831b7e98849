// SPDX-License-Identifier: GPL-3.0-or-later
// The list as views see it. What is done to entries is in gallery_marks.cpp.
#include "ui/gallery.h"

#include "ui/gallery_entry.h"
#include "ui/player.h"
#include "ui/qt_std.h"
#include "ui/renderers.h"

#include <QDir>
#include <QFileInfo>
#include <QImageReader>
#include <QLocale>

#include <algorithm>
#include <future>

namespace artdag {

namespace {
constexpr int posterWidth = 960; ///< px at most, of the one that is looked at

/// Numbered pictures and stills do not.
bool plays(const GalleryEntry& entry)
{
    static const QStringList films{QStringLiteral("mp4"), QStringLiteral("mkv"), QStringLiteral("webm"), QStringLiteral("mov")};
    return !entry.missing && films.contains(QFileInfo(entry.film).suffix());
}

QString whenText(const QDateTime& when)
{
    const QDateTime local = when.toLocalTime();
    const qint64 days = local.date().daysTo(QDate::currentDate());
    if (days == 0)
        return QObject::tr("today %1").arg(local.toString(QStringLiteral("HH:mm")));
    if (days == 1)
        return QObject::tr("yesterday %1").arg(local.toString(QStringLiteral("HH:mm")));
    return QLocale().toString(local.date(), QLocale::ShortFormat);
}
} // namespace

Gallery::Gallery(std::filesystem::path directory, QObject* parent)
    : QAbstractListModel(parent),
      m_directory(std::move(directory))
{
    load();
}

Gallery::~Gallery()
{
    // What was marked last is written before the thread ends.
    const auto written = std::make_shared<std::promise<void>>();
    auto done = written->get_future();
    m_disk->post(Urgency::Background, "end", [written](const CancelToken&) { written->set_value(); });
    done.wait();
    m_disk.reset();
}

/// One thing after the other on the thread of the catalogue; nothing is dropped for something newer.
void Gallery::post(Write write)
{
    m_disk->post(Urgency::Idle, "write:" + std::to_string(m_order++), [this, write = std::move(write), catalogue = m_catalogue](const CancelToken&) {
        const Result<void> done = *catalogue ? write(**catalogue) : fail(Fault::Unavailable, "gallery: it could not be opened, so this is not kept");
        if (!done)
            QMetaObject::invokeMethod(
                this, [this, words = wordsOf(done.error())] { Q_EMIT said(words, true); }, Qt::QueuedConnection);
    });
}

void Gallery::load()
{
    m_disk->post(Urgency::Idle, "load", [this, directory = m_directory, catalogue = m_catalogue](const CancelToken&) {
        auto entries = std::make_shared<std::vector<GalleryEntry>>();
        QString words;
        auto work = [&]() -> Result<void> {
            catalogue->emplace(TRY(RenderCatalogue::open(directory)));
            const std::vector<RenderRecord> records = TRY((*catalogue)->all());
            entries->reserve(records.size());
            for (const RenderRecord& record : records)
                entries->push_back(entryOfRecord(record));
            return {};
        };
        if (const Result<void> done = work(); !done)
            words = wordsOf(done.error());
        QMetaObject::invokeMethod(
            this, [this, entries, words] {
                m_entries.insert(m_entries.end(), std::make_move_iterator(entries->begin()), std::make_move_iterator(entries->end()));
                m_loaded = true;
                countEntries();
                show();
                if (!words.isEmpty())
                    Q_EMIT said(words, true);
            },
            Qt::QueuedConnection);
    });
}

void Gallery::countEntries()
{
    m_byId.clear();
    m_byId.reserve(total());
    for (int i = 0; i < total(); ++i)
        m_byId.insert(m_entries[static_cast<std::size_t>(i)].id, i);
}

// --- what is shown ---

bool Gallery::passes(const GalleryEntry& entry, const QStringList& words) const
{
    const bool discarded = entry.mark == QLatin1String("discarded");
    if (discarded != (m_filter == QLatin1String("discarded")))
        return false;
    if (m_filter == QLatin1String("published") && entry.page.isEmpty())
        return false;
    if (m_filter == QLatin1String("kept") && entry.mark != QLatin1String("kept") && entry.mark != QLatin1String("starred"))
        return false;
    if (m_filter == QLatin1String("starred") && entry.mark != QLatin1String("starred"))
        return false;
    if (m_filter == QLatin1String("looks") && !entry.look)
        return false;
    if (!m_recipeTitle.isEmpty() && titleOfRecipe(entry) != m_recipeTitle)
        return false;
    return std::ranges::all_of(words, [&](const QString& word) { return entry.searched.contains(word); });
}

std::vector<int> Gallery::passing() const
{
    const QStringList words = m_search.toLower().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    std::vector<int> shown;
    for (int i = 0; i < total(); ++i) {
        if (passes(m_entries[static_cast<std::size_t>(i)], words))
            shown.push_back(i);
    }
    return shown;
}

/// The list anew: another filter.
void Gallery::show()
{
    const GalleryEntry* entry = currentEntry();
    const QString id = entry != nullptr ? entry->id : QString();
    beginResetModel();
    m_shown = passing();
    m_current = rowOf(indexOf(id));
    if (m_current < 0 && !m_shown.empty())
        m_current = 0;
    endResetModel();
    Q_EMIT countChanged();
    Q_EMIT currentChanged();
    askImage();
}

/// Rows that no longer pass go, rows that pass now come; nobody loses their place in the list.
void Gallery::showChanges()
{
    const std::vector<int> wanted = passing();
    const GalleryEntry* entry = currentEntry();
    const QString id = entry != nullptr ? entry->id : QString();
    for (int row = rowTotal() - 1; row >= 0; --row) {
        if (std::ranges::binary_search(wanted, m_shown[static_cast<std::size_t>(row)]))
            continue;
        beginRemoveRows({}, row, row);
        m_shown.erase(m_shown.begin() + row);
        endRemoveRows();
    }
    for (std::size_t row = 0; row < wanted.size(); ++row) {
        if (row < m_shown.size() && m_shown[row] == wanted[row])
            continue;
        beginInsertRows({}, static_cast<int>(row), static_cast<int>(row));
        m_shown.insert(m_shown.begin() + static_cast<std::ptrdiff_t>(row), wanted[row]);
        endInsertRows();
    }
    const int kept = rowOf(indexOf(id));
    m_current = kept >= 0 ? kept : std::min(m_current, rowTotal() - 1);
    if (m_current < 0 && !m_shown.empty())
        m_current = 0;
    Q_EMIT countChanged();
    Q_EMIT currentChanged();
    askImage();
}

int Gallery::rowOf(int entry) const
{
    const auto found = std::ranges::lower_bound(m_shown, entry);
    return entry >= 0 && found != m_shown.end() && *found == entry ? static_cast<int>(found - m_shown.begin()) : -1;
}

QHash<int, QByteArray> Gallery::roleNames() const
{
    return {{TitleRole, "title"}, {PosterRole, "poster"}, {FilmRole, "film"}, {WhenRole, "when"}, {LengthRole, "length"}, {MarkRole, "mark"}, {SizeRole, "size"}, {PageRole, "page"}, {MissingRole, "missing"}, {SelectedRole, "chosenToo"}, {LookRole, "look"}, {NotedRole, "noted"}};
}

QVariant Gallery::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowTotal())
        return {};
    const GalleryEntry& entry = at(index.row());
    switch (role) {
    case TitleRole: return entry.title;
    case PosterRole: return entry.poster.isEmpty() || entry.posterComing ? QUrl() : QUrl::fromLocalFile(entry.poster);
    case FilmRole: return plays(entry) ? QUrl::fromLocalFile(entry.film) : QUrl();
    case WhenRole: return whenText(entry.when);
    case LengthRole: return timeText(entry.seconds).section(QLatin1Char('.'), 0, 0);
    case MarkRole: return entry.mark;
    case SizeRole: return QStringLiteral("%1 × %2").arg(entry.width).arg(entry.height);
    case PageRole: return entry.page;
    case MissingRole: return entry.missing;
    case SelectedRole: return m_selected.contains(entry.id);
    case LookRole: return entry.look;
    case NotedRole: return !entry.notes.isEmpty() || !entry.tags.isEmpty();
    default: return {};
    }
}

void Gallery::setFilter(const QString& filter)
{
    if (m_filter == filter)
        return;
    m_filter = filter;
    Q_EMIT filterChanged();
    show();
}

void Gallery::setSearch(const QString& search)
{
    if (m_search == search)
        return;
    m_search = search;
    Q_EMIT filterChanged();
    show();
}

void Gallery::setRecipeTitle(const QString& title)
{
    if (m_recipeTitle == title)
        return;
    m_recipeTitle = title;
    Q_EMIT filterChanged();
    show();
}

QStringList Gallery::recipeTitles() const
{
    QSet<QString> seen;
    QStringList titles;
    for (const GalleryEntry& entry : m_entries) {
        const QString title = titleOfRecipe(entry);
        if (!seen.contains(title)) {
            seen.insert(title);
            titles << title;
        }
    }
    return titles;
}

int Gallery::discarded() const
{
    return static_cast<int>(discardedEntries().size());
}

// --- the one that is looked at ---

void Gallery::setCurrent(int row)
{
    if (row == m_current || row >= rowTotal())
        return;
    m_current = row;
    Q_EMIT currentChanged();
    askImage();
}

/// Its poster, read on the thread: a picture of a megabyte takes a while.
void Gallery::askImage()
{
    const GalleryEntry* entry = currentEntry();
    const QString poster = entry != nullptr ? entry->poster : QString();
    if (poster == m_imageOf)
        return;
    m_imageOf = poster;
    m_currentImage.clear();
    Q_EMIT currentImageChanged();
    if (poster.isEmpty())
        return;
    m_disk->post(Urgency::Viewer, "image", [this, poster](const CancelToken& cancel) {
        QImageReader reader(poster);
        if (const QSize size = reader.size(); size.width() > posterWidth)
            reader.setScaledSize(size.scaled(posterWidth, size.height(), Qt::KeepAspectRatio));
        QImage image = reader.read();
        if (!cancel.cancelled())
            QMetaObject::invokeMethod(
                this, [this, poster, image = std::move(image)] {
                    if (poster != m_imageOf)
                        return;
                    m_currentImage = image;
                    Q_EMIT currentImageChanged();
                },
                Qt::QueuedConnection);
    });
}

const GalleryEntry* Gallery::currentEntry() const
{
    return entryAt(m_current);
}

const GalleryEntry* Gallery::entryOf(const QString& id) const
{
    const int entry = indexOf(id);
    return entry < 0 ? nullptr : &m_entries[static_cast<std::size_t>(entry)];
}

const GalleryEntry* Gallery::entryOfRecipe(const ContentId& recipe) const
{
    const auto found = std::ranges::find(m_entries, recipe, &GalleryEntry::recipeId);
    return found == m_entries.end() ? nullptr : &*found;
}

QString Gallery::currentTitle() const
{
    const GalleryEntry* entry = currentEntry();
    return entry == nullptr ? QString() : entry->title;
}

QString Gallery::currentFacts() const
{
    const GalleryEntry* entry = currentEntry();
    if (entry == nullptr)
        return {};
    const QString facts = QStringLiteral("%1 × %2 · %3 s").arg(entry->width).arg(entry->height).arg(QLocale::c().toString(entry->seconds, 'g', 4));
    return facts + QStringLiteral(" · ") + (entry->look ? tr("a look, not rendered yet") : entry->encode);
}

QString Gallery::currentHash() const
{
    const GalleryEntry* entry = currentEntry();
    return entry == nullptr ? QString() : entry->framesHash;
}

QString Gallery::currentPath() const
{
    const GalleryEntry* entry = currentEntry();
    return entry == nullptr ? QString() : entry->film;
}

QUrl Gallery::currentFilm() const
{
    return currentPath().isEmpty() ? QUrl() : QUrl::fromLocalFile(currentPath());
}

QString Gallery::currentRenderer() const
{
    const GalleryEntry* entry = currentEntry();
    return entry == nullptr ? QString() : rendererName(entry->renderer);
}

QString Gallery::currentPage() const
{
    const GalleryEntry* entry = currentEntry();
    return entry == nullptr ? QString() : entry->page;
}

QString Gallery::currentNotes() const
{
    const GalleryEntry* entry = currentEntry();
    return entry == nullptr ? QString() : entry->notes;
}

QString Gallery::currentTags() const
{
    const GalleryEntry* entry = currentEntry();
    return entry == nullptr ? QString() : entry->tags;
}

QString Gallery::currentMark() const
{
    const GalleryEntry* entry = currentEntry();
    return entry == nullptr ? QString() : entry->mark;
}

} // namespace artdag
