// SPDX-License-Identifier: GPL-3.0-or-later
// What is done to entries of the gallery: adding, choosing, marking, undoing, emptying.
#include "ui/gallery_entry.h"
#include "ui/qt_std.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QLocale>

#include <algorithm>

namespace artdag {

namespace {
constexpr std::size_t mostUndo = 500;

/// Bytes of a file, or of a folder that a film is.
qint64 bytesAt(const QString& path)
{
    const QFileInfo info(path);
    if (!info.isDir())
        return info.exists() ? info.size() : 0;
    qint64 bytes = 0;
    for (QDirIterator files(path, QDir::Files, QDirIterator::Subdirectories); files.hasNext();) {
        files.next();
        bytes += files.fileInfo().size();
    }
    return bytes;
}

/// A folder is deleted only where the provenance beside it says that we wrote it.
void removeFilm(const QString& film, const QString& provenance)
{
    if (QFileInfo(film).isDir() && QFileInfo::exists(provenance))
        QDir(film).removeRecursively();
    else if (QFileInfo(film).isFile())
        QFile::remove(film);
    if (!provenance.isEmpty())
        QFile::remove(provenance);
}
} // namespace

void Gallery::add(GalleryEntry entry)
{
    const QString id = entry.id;
    std::vector<std::string> replaced;
    if (!entry.look) {
        const auto old = std::ranges::find_if(m_entries, [&](const GalleryEntry& other) { return !other.look && other.film == entry.film; });
        if (old != m_entries.end()) {
            if (old->contentHash == entry.contentHash) {
                entry.mark = old->mark;
                entry.notes = old->notes;
                entry.tags = old->tags;
                entry.page = old->page;
            }
            replaced.push_back(toStd(old->id));
            m_entries.erase(old);
        }
    }
    const auto recipe = std::make_shared<const std::string>(std::move(entry.recipe));
    entry.recipe.clear();
    entry.recipeId = ContentId{sha3(bytesOf(*recipe))};
    if (entry.poster.isEmpty() && !entry.image.isNull()) {
        entry.poster = pathToQt(m_directory / "posters" / (toStd(id) + ".png"));
        entry.posterComing = true;
        m_disk->post(Urgency::Idle, "poster:" + toStd(id), [this, id, path = entry.poster, image = entry.image](const CancelToken&) {
            QDir().mkpath(QFileInfo(path).path());
            image.save(path, "PNG");
            QMetaObject::invokeMethod(
                this, [this, id] {
                    const auto at = indexOf(id);
                    if (at < 0)
                        return;
                    m_entries[static_cast<std::size_t>(at)].posterComing = false;
                    if (const int row = rowOf(at); row >= 0)
                        Q_EMIT dataChanged(index(row), index(row), {PosterRole});
                },
                Qt::QueuedConnection);
        });
    }
    const QImage image = std::exchange(entry.image, {});
    entry.searched = searchedOf(entry);
    post([record = recordOfEntry(entry), recipe, replaced](RenderCatalogue& catalogue) mutable -> Result<void> {
        TRY(catalogue.put(record, *recipe));
        return replaced.empty() ? Result<void>() : catalogue.remove(replaced);
    });
    m_imageOf = entry.poster; // no need to read what is at hand
    m_currentImage = image;
    m_entries.insert(m_entries.begin(), std::move(entry));
    countEntries();
    m_current = -1;
    show();
    Q_EMIT currentImageChanged();
}

/// Entries are gone, so rows name others: the list is made anew around the one that is looked at.
void Gallery::showAfterLoss(const QString& current)
{
    countEntries();
    m_shown.clear();
    m_current = -1;
    show();
    if (const int row = rowOf(indexOf(current)); row >= 0)
        setCurrent(row);
}

void Gallery::removeLook(const QString& id)
{
    const int entry = indexOf(id);
    if (entry < 0 || !m_entries[static_cast<std::size_t>(entry)].look)
        return;
    const QString poster = m_entries[static_cast<std::size_t>(entry)].poster;
    const QString current = currentId();
    m_entries.erase(m_entries.begin() + entry);
    showAfterLoss(current);
    post([id = toStd(id), poster](RenderCatalogue& catalogue) {
        QFile::remove(poster);
        return catalogue.remove({id});
    });
}

void Gallery::setPage(const QString& id, const QString& page)
{
    const int entry = indexOf(id);
    if (entry < 0)
        return;
    m_entries[static_cast<std::size_t>(entry)].page = page;
    store({entry});
    showChanges();
}

void Gallery::askRecipe(const QString& id, std::function<void(const std::string& text)> done)
{
    const GalleryEntry* entry = entryOf(id);
    const ContentId recipe = entry == nullptr ? ContentId{} : entry->recipeId;
    m_disk->post(Urgency::Idle, "ask:" + std::to_string(m_order++), [this, recipe, done = std::move(done), catalogue = m_catalogue](const CancelToken&) {
        const auto text = std::make_shared<const std::string>(*catalogue ? (*catalogue)->recipeText(recipe).value_or(std::string()) : std::string());
        QMetaObject::invokeMethod(
            this, [text, done] { done(*text); }, Qt::QueuedConnection);
    });
}

void Gallery::askRecipesWithMedia(std::function<void(std::shared_ptr<const std::vector<std::string>> texts)> done)
{
    post([this, done = std::move(done)](RenderCatalogue& catalogue) -> Result<void> {
        const auto texts = std::make_shared<const std::vector<std::string>>(TRY(catalogue.recipesWith("sha3-256:")));
        QMetaObject::invokeMethod(
            this, [texts, done] { done(texts); }, Qt::QueuedConnection);
        return {};
    });
}

// --- several at once ---

QList<int> Gallery::selectedRows() const
{
    QList<int> rows;
    for (int row = 0; row < rowTotal(); ++row) {
        if (m_selected.contains(at(row).id))
            rows << row;
    }
    return rows;
}

void Gallery::choose(int row, bool toggle, bool range)
{
    if (row < 0 || row >= rowTotal())
        return;
    const int from = std::max(0, m_current);
    if (!toggle && !range)
        m_selected.clear();
    if (range) {
        for (int each = std::min(from, row); each <= std::max(from, row); ++each)
            m_selected.insert(at(each).id);
    } else if (toggle) {
        if (m_selected.isEmpty() && m_current >= 0)
            m_selected.insert(at(m_current).id);
        if (!m_selected.remove(at(row).id))
            m_selected.insert(at(row).id);
    }
    setCurrent(row);
    Q_EMIT dataChanged(index(0), index(rowTotal() - 1), {SelectedRole});
    Q_EMIT selectionChanged();
}

void Gallery::selectAll()
{
    for (int row = 0; row < rowTotal(); ++row)
        m_selected.insert(at(row).id);
    if (rowTotal() > 0)
        Q_EMIT dataChanged(index(0), index(rowTotal() - 1), {SelectedRole});
    Q_EMIT selectionChanged();
}

void Gallery::clearSelection()
{
    m_selected.clear();
    if (rowTotal() > 0)
        Q_EMIT dataChanged(index(0), index(rowTotal() - 1), {SelectedRole});
    Q_EMIT selectionChanged();
}

// --- marks, notes, tags ---

void Gallery::store(const std::vector<int>& entries)
{
    auto records = std::make_shared<std::vector<RenderRecord>>();
    for (const int entry : entries)
        records->push_back(recordOfEntry(m_entries[static_cast<std::size_t>(entry)]));
    post([records](RenderCatalogue& catalogue) { return catalogue.update(*records); });
}

void Gallery::change(const QString& words, const std::vector<int>& entries, const std::function<void(GalleryEntry&)>& edit)
{
    UndoStep step{words, {}, {}};
    for (const int each : entries) {
        GalleryEntry changed = m_entries[static_cast<std::size_t>(each)];
        step.before.push_back({changed.id, changed.mark, changed.notes, changed.tags});
        edit(changed);
        step.after.push_back({changed.id, changed.mark, changed.notes, changed.tags});
    }
    apply(step.after);
    m_undo.push_back(std::move(step));
    if (m_undo.size() > mostUndo)
        m_undo.erase(m_undo.begin());
    m_redo.clear();
    Q_EMIT undoChanged();
}

void Gallery::apply(const std::vector<Feelings>& feelings)
{
    std::vector<int> changed;
    for (const Feelings& each : feelings) {
        const int index = indexOf(each.id);
        if (index < 0)
            continue; // emptied meanwhile
        GalleryEntry& entry = m_entries[static_cast<std::size_t>(index)];
        entry.mark = each.mark;
        entry.notes = each.notes;
        entry.tags = each.tags;
        entry.searched = searchedOf(entry);
        changed.push_back(index);
    }
    store(changed);
    showChanges();
    for (const int each : changed) {
        if (const int row = rowOf(each); row >= 0)
            Q_EMIT dataChanged(index(row), index(row), {MarkRole, NotedRole});
    }
    m_emptying.clear();
    Q_EMIT emptyingChanged();
}

void Gallery::mark(int row, const QString& mark)
{
    if (row < 0 || row >= rowTotal())
        return;
    std::vector<int> entries{m_shown[static_cast<std::size_t>(row)]};
    if (m_selected.contains(at(row).id)) {
        entries.clear();
        for (const int each : selectedRows())
            entries.push_back(m_shown[static_cast<std::size_t>(each)]);
    }
    const bool back = std::ranges::all_of(entries, [&](int each) { return m_entries[static_cast<std::size_t>(each)].mark == mark; });
    const QString words = back ? tr("Take back the mark") : (mark == QLatin1String("kept") ? tr("Keep") : (mark == QLatin1String("starred") ? tr("Star") : tr("Discard")));
    change(words, entries, [&](GalleryEntry& entry) { entry.mark = back ? QString() : mark; });
}

void Gallery::setNotes(const QString& id, const QString& notes)
{
    if (const GalleryEntry* entry = entryOf(id); entry != nullptr && entry->notes != notes)
        change(tr("Notes"), {indexOf(id)}, [&](GalleryEntry& entry) { entry.notes = notes; });
}

void Gallery::setTags(const QString& id, const QString& tags)
{
    QStringList words;
    for (const QString& tag : tags.split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        if (const QString word = tag.simplified(); !word.isEmpty() && !words.contains(word))
            words << word;
    }
    const QString joined = words.join(QStringLiteral(", "));
    if (const GalleryEntry* entry = entryOf(id); entry != nullptr && entry->tags != joined)
        change(tr("Tags"), {indexOf(id)}, [&](GalleryEntry& entry) { entry.tags = joined; });
}

QString Gallery::undoText() const
{
    return m_undo.empty() ? QString() : m_undo.back().words;
}

void Gallery::undo()
{
    if (m_undo.empty())
        return;
    UndoStep step = std::move(m_undo.back());
    m_undo.pop_back();
    apply(step.before);
    if (const int row = step.before.empty() ? -1 : rowOf(indexOf(step.before.front().id)); row >= 0)
        setCurrent(row);
    m_redo.push_back(std::move(step));
    Q_EMIT undoChanged();
}

void Gallery::redo()
{
    if (m_redo.empty())
        return;
    UndoStep step = std::move(m_redo.back());
    m_redo.pop_back();
    apply(step.after);
    m_undo.push_back(std::move(step));
    Q_EMIT undoChanged();
}

// --- emptying ---

std::vector<int> Gallery::discardedEntries() const
{
    std::vector<int> entries;
    for (int i = 0; i < total(); ++i) {
        if (m_entries[static_cast<std::size_t>(i)].mark == QLatin1String("discarded"))
            entries.push_back(i);
    }
    return entries;
}

void Gallery::weighDiscarded()
{
    auto films = std::make_shared<QStringList>();
    int looks = 0;
    for (const int each : discardedEntries()) {
        const GalleryEntry& entry = m_entries[static_cast<std::size_t>(each)];
        if (entry.look)
            ++looks;
        else
            *films << entry.film;
    }
    m_disk->post(Urgency::Viewer, "weigh", [this, films, looks](const CancelToken&) {
        qint64 bytes = 0;
        for (const QString& film : *films)
            bytes += bytesAt(film);
        QMetaObject::invokeMethod(
            this, [this, films, looks, bytes] {
                QStringList words;
                if (!films->isEmpty())
                    words << (films->size() == 1 ? tr("One film of %1 is deleted from the disk with its provenance").arg(QLocale().formattedDataSize(bytes)) : tr("%1 films, together %2, are deleted from the disk with their provenance").arg(films->size()).arg(QLocale().formattedDataSize(bytes)));
                if (looks > 0)
                    words << (looks == 1 ? tr("one look is forgotten") : tr("%1 looks are forgotten").arg(looks));
                m_emptying = words.isEmpty() ? QString() : tr("%1. This cannot be undone.").arg(words.join(tr(", and ")));
                Q_EMIT emptyingChanged();
            },
            Qt::QueuedConnection);
    });
}

void Gallery::emptyDiscarded()
{
    struct Files {
        QString film, provenance, poster;
    };
    auto files = std::make_shared<std::vector<Files>>();
    auto ids = std::make_shared<std::vector<std::string>>();
    for (const int each : discardedEntries()) {
        const GalleryEntry& entry = m_entries[static_cast<std::size_t>(each)];
        ids->push_back(toStd(entry.id));
        files->push_back({entry.film, entry.provenance, entry.poster});
        m_selected.remove(entry.id);
    }
    if (ids->empty())
        return;
    const QString current = currentId();
    std::erase_if(m_entries, [](const GalleryEntry& entry) { return entry.mark == QLatin1String("discarded"); });
    showAfterLoss(current);
    m_emptying.clear();
    Q_EMIT emptyingChanged();
    Q_EMIT selectionChanged();
    post([this, files, ids](RenderCatalogue& catalogue) -> Result<void> {
        qint64 bytes = 0;
        for (const Files& each : *files) {
            bytes += bytesAt(each.film);
            removeFilm(each.film, each.provenance);
            if (!each.poster.isEmpty())
                QFile::remove(each.poster);
        }
        TRY(catalogue.remove(*ids));
        QMetaObject::invokeMethod(
            this, [this, bytes, count = static_cast<int>(ids->size())] { Q_EMIT said(tr("Emptied: %1 discarded, %2 freed").arg(count).arg(QLocale().formattedDataSize(bytes)), false); }, Qt::QueuedConnection);
        return {};
    });
}

} // namespace artdag
