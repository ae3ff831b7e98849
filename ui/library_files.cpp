// SPDX-License-Identifier: GPL-3.0-or-later
// What the library finds on the disk: media in the store, files they came from, recipes of a folder.
#include "core/base/files.h"
#include "core/base/json.h"
#include "ui/library.h"
#include "ui/qt_std.h"

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <QStandardPaths>

#include <algorithm>

namespace artdag {

namespace {
constexpr int mostFilesLookedAt = 20000;
constexpr std::size_t longestRecipe = std::size_t{4} << 20;

std::filesystem::path listOf(const Workspace& workspace)
{
    return workspace.home / "studio" / "files.json";
}

std::map<QString, ContentId> readFiles(const std::filesystem::path& list)
{
    std::map<QString, ContentId> files;
    const Result<std::string> text = readTextFile(list);
    const Result<Json> json = text ? readJson(*text) : Result<Json>(Json::object());
    if (!json || !json->is_object())
        return files; // only a memory of where media came from: what is lost is noticed at the next import
    for (const auto& [path, id] : json->items()) {
        if (const Result<ContentId> read = id.is_string() ? nameOfText<ContentId>(id.get<std::string>()) : fail(Fault::BadInput, "files: no id"))
            files.emplace(toQt(std::string_view(path)), *read);
    }
    return files;
}
} // namespace

void Library::work(std::string slot, std::function<void(const CancelToken&)> job)
{
    if (m_workspace == nullptr)
        return;
    if (m_looking++ == 0)
        Q_EMIT busyChanged();
    m_thread->post(
        Urgency::Idle, slot + std::to_string(m_order++), std::move(job), true);
}

void Library::ended()
{
    if (--m_looking == 0)
        Q_EMIT busyChanged();
}

void Library::setWorkspace(Workspace* workspace, PreviewEngine* engine)
{
    if (workspace == nullptr)
        m_thread.reset(); // it looks into the workspace
    m_workspace = workspace;
    m_engine = engine;
    if (workspace == nullptr)
        return;
    work("files", [this, list = listOf(*workspace)](const CancelToken&) {
        const auto files = std::make_shared<Files>(readFiles(list));
        QMetaObject::invokeMethod(
            this, [this, files] {
                ended();
                m_files.merge(*files); // what was taken in meanwhile is newer
                refreshSoon();
            },
            Qt::QueuedConnection);
    });
}

void Library::remember(const QString& path, const ContentId& id)
{
    m_files[path] = id;
    m_changed.erase(path);
    saveFiles();
    refreshSoon();
}

void Library::saveFiles()
{
    if (m_workspace == nullptr)
        return;
    Json list = Json::object();
    for (const auto& [path, id] : m_files)
        list[toStd(path)] = id.text();
    m_thread->post(
        Urgency::Idle, "save", [list, file = listOf(*m_workspace)](const CancelToken&) {
            const std::string text = list.dump(2) + "\n";
            std::error_code error;
            std::filesystem::create_directories(file.parent_path(), error);
            static_cast<void>(writeFileAtomically(file, bytesOf(text)).has_value()); // see readFiles
        },
        true);
}

void Library::refresh()
{
    if (m_workspace == nullptr)
        return;
    lookAtMedia(false);
    if (m_section == QLatin1String("recipes"))
        lookAtRecipes();
    else if (m_shown && m_section != QLatin1String("media"))
        rebuild();
    if (m_shown && !m_otherTexts)
        m_gallery->askRecipesWithMedia([this](const auto& texts) {
            m_otherTexts = texts;
            refreshSoon();
        });
}

void Library::rescan()
{
    m_otherTexts.reset();
    lookAtMedia(true);
    refreshSoon();
}

/// Of the open recipe and, where they are known, of others. `wholeFiles`: believe bytes, not dates.
void Library::lookAtMedia(bool wholeFiles)
{
    struct Found {
        std::vector<Media> media;
        std::map<QString, ContentId> changed;
    };
    work(wholeFiles ? "rescan" : "media", [this, recipe = m_document->recipe(), texts = m_otherTexts, files = m_files, changed = m_changed, wholeFiles](const CancelToken& cancel) {
        auto found = std::make_shared<Found>();
        std::vector<Media>& media = found->media;
        const auto entry = [&](const MediaUse& use) -> Media& {
            const auto known = std::ranges::find(media, use.id, &Media::id);
            if (known != media.end())
                return *known;
            media.push_back({.id = use.id, .name = toQt(std::string_view(use.name))});
            return media.back();
        };
        for (const MediaUse& use : mediaUsesOf(*recipe)) {
            Media& each = entry(use);
            each.here = true;
            for (const std::string& place : use.places)
                each.places << toQt(std::string_view(place));
        }
        for (std::size_t i = 0; texts && i < texts->size(); ++i) {
            for (const MediaUse& use : mediaUsesOf(readRecipe((*texts)[i]).recipe))
                ++entry(use).others;
        }
        for (const auto& [path, id] : files) {
            if (cancel.cancelled())
                return;
            const auto known = std::ranges::find(media, id, &Media::id);
            const Result<ContentId> now = wholeFiles ? contentIdOfFile(toPath(path)) : m_workspace->store->identify(toPath(path));
            if (now && *now != id)
                found->changed.emplace(path, *now);
            else if (const auto before = changed.find(path); before != changed.end() && !now)
                found->changed.insert(*before);
            if (known == media.end())
                continue;
            known->path = path;
            known->name = QFileInfo(path).fileName();
            if (found->changed.contains(path))
                known->state = QStringLiteral("changed");
        }
        for (Media& each : media) {
            const auto facts = m_workspace->store->facts(each.id);
            // A linked file counts only while it can be read.
            const bool there = facts && (!facts->linked || m_workspace->store->path(each.id).has_value());
            each.size = facts ? static_cast<qint64>(facts->size) : 0;
            if (!there)
                each.state = QStringLiteral("missing");
            else if (each.state.isEmpty())
                each.state = QStringLiteral("ready");
        }
        QMetaObject::invokeMethod(
            this, [this, found, wholeFiles] {
                ended();
                const auto before = std::exchange(m_changed, found->changed);
                for (const auto& [path, id] : m_changed) {
                    if (!before.contains(path))
                        Q_EMIT said(tr("%1 has changed since it was taken in: the library offers the new one.").arg(QFileInfo(path).fileName()), false);
                }
                takeMedia(std::move(found->media));
                if (wholeFiles && m_changed.empty() && missing() == 0)
                    Q_EMIT said(tr("Every file is as it was."), false);
            },
            Qt::QueuedConnection);
    });
}

void Library::takeMedia(std::vector<Media> media)
{
    m_media = std::move(media);
    watch();
    if (m_section == QLatin1String("media"))
        rebuild();
    else
        Q_EMIT countChanged();
}

void Library::watch()
{
    QStringList wanted;
    for (const Media& each : m_media) {
        if (each.here && !each.path.isEmpty())
            wanted << each.path;
    }
    const QStringList watched = m_watcher.files();
    for (const QString& path : watched) {
        if (!wanted.contains(path))
            m_watcher.removePath(path);
    }
    for (const QString& path : wanted) {
        if (!watched.contains(path))
            m_watcher.addPath(path);
    }
}

/// Editors replace files: the watcher then looks at one that is gone.
void Library::fileChanged(const QString& path)
{
    if (!m_watcher.files().contains(path))
        m_watcher.addPath(path);
    refreshSoon();
}

QString Library::folder() const
{
    if (!m_folder.isEmpty())
        return m_folder;
    if (!m_document->path().isEmpty())
        return QFileInfo(m_document->path()).path();
    return QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
}

void Library::setFolder(const QUrl& folder)
{
    m_folder = folder.toLocalFile();
    Q_EMIT sectionChanged();
    lookAtRecipes();
}

void Library::lookAtRecipes()
{
    work("recipes", [this, folder = folder()](const CancelToken&) {
        const auto rows = std::make_shared<std::vector<Row>>();
        for (const QFileInfo& file : QDir(folder).entryInfoList({QStringLiteral("*.artdag")}, QDir::Files, QDir::Name)) {
            const Result<std::string> text = readTextFile(toPath(file.absoluteFilePath()), longestRecipe);
            const ReadRecipe read = text ? readRecipe(*text) : ReadRecipe{};
            const QString title = toQt(std::string_view(read.recipe.title));
            rows->push_back({.name = title.isEmpty() ? file.completeBaseName() : title, .detail = file.fileName(), .state = text && read.ok() ? QStringLiteral("ready") : QStringLiteral("changed"), .key = file.absoluteFilePath()});
        }
        QMetaObject::invokeMethod(
            this, [this, rows] {
                ended();
                m_recipes = std::move(*rows);
                if (m_section == QLatin1String("recipes"))
                    rebuild();
            },
            Qt::QueuedConnection);
    });
}

void Library::findIn(const QUrl& folder)
{
    std::vector<ContentId> wanted;
    for (const Media& each : m_media) {
        if (each.state == QLatin1String("missing"))
            wanted.push_back(each.id);
    }
    if (wanted.empty()) {
        Q_EMIT said(tr("Nothing is missing."), false);
        return;
    }
    work("find", [this, path = folder.toLocalFile(), wanted = std::move(wanted)](const CancelToken& cancel) {
        const auto found = std::make_shared<Files>();
        const int sought = static_cast<int>(wanted.size());
        static_cast<void>(m_workspace->store->relink(toPath(path)).has_value()); // what it does not find is looked for below
        int looked = 0;
        for (QDirIterator files(path, QDir::Files, QDirIterator::Subdirectories); files.hasNext() && found->size() < wanted.size() && looked < mostFilesLookedAt && !cancel.cancelled(); ++looked) {
            const QString file = files.next();
            const Result<ContentId> id = m_workspace->store->identify(toPath(file));
            if (id && std::ranges::find(wanted, *id) != wanted.end() && importMedia(*m_workspace, toPath(file)).has_value())
                found->emplace(file, *id);
        }
        QMetaObject::invokeMethod(
            this, [this, found, sought, path] {
                ended();
                for (const auto& [file, id] : *found) {
                    m_thumbnails.erase(id);
                    remember(file, id);
                }
                const int count = static_cast<int>(found->size());
                Q_EMIT said(count == 0 ? tr("None of what is missing is in %1.").arg(path) : tr("Found %1 of %2.").arg(count).arg(sought), count == 0);
                if (count > 0) // previews that failed for want of it
                    Q_EMIT m_document->recipeChanged();
                refreshSoon();
            },
            Qt::QueuedConnection);
    });
}

} // namespace artdag
