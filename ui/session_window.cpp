// SPDX-License-Identifier: GPL-3.0-or-later
// What a session does for the window around the panels: preferences, commands, recovery, versions, dropped files.
#include "core/embed/credentials.h"
#include "core/recipe/edit_recipe.h"
#include "ui/explore_commands.h"
#include "ui/film_recipe.h"
#include "ui/graph_commands.h"
#include "ui/qt_std.h"
#include "ui/session.h"
#include "ui/timeline_commands.h"
#include "ui/viewer_commands.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFileInfo>
#include <QLocale>
#include <QProcess>

#include <utility>

namespace artdag {

void StudioSession::connectWindow()
{
    // One line for each room: its table, and the object that runs it (views' objects come by Commands::attend).
    m_commands.add(studioCommands(), &m_studio);
    m_commands.add(graphCommands());
    m_commands.add(viewerCommands(), &m_viewer);
    m_commands.add(timelineCommands(), &m_timeline);
    m_commands.add(exploreCommands(), &m_explore);
    m_explore.setCommands(&m_commands);
    connect(&m_document, &Document::gestureEnded, this, &StudioSession::showFirstHint);
    connect(&m_commands, &Commands::ran, this, [this](const QString& id) {
        if (id == QLatin1String("graph.escape"))
            m_viewer.stopCaching();
    });

    connect(&m_languages, &Languages::changed, m_explore.sheet(), &ContactSheet::titleChanged);
    connect(&m_languages, &Languages::changed, &m_publisher, &Publisher::retranslate);

    const auto showTheme = [this] {
        const QString theme = m_preferences.theme();
        showDark(theme == QLatin1String("system") ? m_systemTheme.isDark() : theme == QLatin1String("dark"));
    };
    showTheme();
    connect(&m_preferences, &Preferences::themeChanged, this, showTheme);
    connect(&m_systemTheme, &SystemTheme::changed, this, showTheme);
    connect(&m_preferences, &Preferences::languageChanged, this, &StudioSession::applyLanguage);
    connect(&m_preferences, &Preferences::diskWanted, this, &StudioSession::limitDisk);
    connect(&m_preferences, &Preferences::proxiesChanged, this, [this] {
        if (m_engine)
            m_engine->setMakesProxies(m_preferences.proxies());
    });
    connect(&m_keys, &KeyHolder::said, this, &StudioSession::say);
    connect(&m_publisher, &Publisher::said, this, &StudioSession::say);
    connect(&m_publisher, &Publisher::dialogWanted, this, [this] { setPlace(QStringLiteral("share")); });
    const auto showAccount = [this] { m_renderers.setServer(m_publisher.account().isEmpty() ? QString() : m_publisher.server()); };
    connect(&m_publisher, &Publisher::accountChanged, this, showAccount);
    connect(this, &StudioSession::placeChanged, &m_renderers, [this] {
        if (m_place == QLatin1String("share"))
            m_renderers.look();
    });
    connect(&m_publisher, &Publisher::published, this, [this](const QString& page) {
        if (m_place != QLatin1String("share")) // there it is on the page
            say(tr("Published: %1").arg(page));
    });
    connect(this, &StudioSession::recipeWordsChanged, this, [this] { m_publishForm.setRecipeWords(toQt(std::string_view(m_document.recipe()->license)), tags()); });
    connect(&m_journal, &Journal::failed, this, [this](const QString& words) { say(words, true); });
    connect(&m_journal, &Journal::foundChanged, this, [this] {
        if (m_journal.count() > 0 && !isWelcome() && m_notice.isEmpty())
            say(tr("A document was open when the Studio ended without saving it. It is offered under “Templates and recent files”."));
    });
    connect(&m_versions, &Versions::failed, this, [this](const QString& words) { say(words, true); });
    connect(&m_document, &Document::pathChanged, this, [this] { m_versions.setDocument(m_document.path()); });
    applyLanguage();
}

void StudioSession::applyLanguage()
{
    m_languages.choose(m_preferences.language());
    m_commands.retranslate();
}

void StudioSession::limitDisk(int gigabytes)
{
    if (!m_workspace)
        return;
    m_disk->post(
        Urgency::Idle, "disk limit", [this, bytes = static_cast<std::uint64_t>(gigabytes) << 30](const CancelToken&) {
            Store& store = *m_workspace->store;
            auto limited = store.setDiskLimit(bytes);
            if (limited && bytes > 0) {
                if (const auto collected = store.collect(bytes); !collected)
                    limited = tl::unexpected(collected.error());
            }
            if (!limited)
                QMetaObject::invokeMethod(
                    this, [this, words = wordsOf(limited.error())] { say(words, true); }, Qt::QueuedConnection);
        },
        true);
}

/// The document that is open from now on. Another window may have its file: then this one gets a copy without a file.
bool StudioSession::begin(Recipe recipe, const QString& path, bool saved)
{
    QString own = path;
    QString words;
    if (path.isEmpty()) {
        m_lock.release();
    } else if (const Result<void> taken = m_lock.take(path); !taken) {
        words = tr("%1. This is a copy: it never changes that file, and Save asks for another name.").arg(wordsOf(taken.error()));
        m_lock.release();
        own.clear();
    } else {
        m_recent.add(path);
    }
    m_player.pause();
    m_player.seek(0);
    m_viewed.clear();
    m_document.reset(std::move(recipe), own, saved);
    setPlace(QStringLiteral("make"));
    if (!words.isEmpty())
        say(words, true);
    return words.isEmpty();
}

void StudioSession::wishToPlay(const QString& path)
{
    whenSure([this, path] {
        if (open(path))
            m_player.play();
    });
}

void StudioSession::wishToRecover(int row)
{
    whenSure([this, row] {
        const Journal::Entry entry = m_journal.take(row);
        ReadRecipe read = readRecipe(entry.recipe);
        m_readProblems = std::move(read.problems);
        if (begin(std::move(read.recipe), entry.path, false))
            say(entry.path.isEmpty() ? tr("Recovered. It is in no file yet.") : tr("Recovered, with edits that are not in %1 yet.").arg(QFileInfo(entry.path).fileName()));
        m_journal.settle(entry);
    });
}

QString StudioSession::homePath() const
{
    return pathToQt(m_home);
}

void StudioSession::wishToRestart()
{
    whenSure([this] {
        const QString path = m_document.path();
        m_lock.release();
        QProcess::startDetached(QCoreApplication::applicationFilePath(), path.isEmpty() ? QStringList() : QStringList{path});
        QCoreApplication::quit();
    });
}

void StudioSession::keepVersion(const RecipePointer& recipe, const QString& path)
{
    m_versions.keep(recipe, path, [this, recipe](const QString& picture) {
        if (!m_engine || m_document.recipe() != recipe)
            return;
        const double scale = previewScale(recipe->canvas.width, recipe->canvas.height, 256, 144);
        m_engine->askPicture(Urgency::Thumbnail, "version", {targetOfFilm(*recipe).picture, std::nullopt}, m_player.frame(), scale, [this, picture](Result<PreviewPicture> seen) {
            if (seen)
                m_versions.keepPicture(seen->image, picture);
        });
    });
}

void StudioSession::restoreVersion(int row)
{
    m_document.apply(m_versions.recipeAt(row), tr("Restore version"));
}

void StudioSession::openVersion(int row)
{
    whenSure([this, row] {
        Result<Recipe> recipe = m_versions.recipeAt(row);
        if (!recipe)
            return say(wordsOf(recipe.error()), true);
        m_readProblems.clear();
        begin(std::move(*recipe), {});
    });
}

/// The only one that is given unasked, once: after the first change by hand.
void StudioSession::showFirstHint()
{
    const QString given = QStringLiteral("firstHintGiven");
    if (m_settings.value(given).toBool() || !m_document.canUndo())
        return;
    m_settings.setValue(given, true);
    say(tr("%1 undoes anything; earlier looks come back at once.").arg(m_commands.keysOf(QStringLiteral("studio.undo"))));
}

namespace {

/// Who signed a dropped file and whether that holds, in a sentence; empty for one without Content Credentials.
QString credentialsWords(const QString& path)
{
    const auto credentials = readCredentials(toPath(path), {}, QDateTime::currentSecsSinceEpoch());
    if (!credentials || !*credentials)
        return {};
    const QString name = QFileInfo(path).fileName();
    const QString signer = toQt(std::string_view((*credentials)->signer.name)).simplified().left(60);
    switch ((*credentials)->state()) {
    case CredentialState::Tampered: return StudioSession::tr("%1 was changed after %2 signed it (Content Credentials).").arg(name, signer);
    case CredentialState::Unknown: return StudioSession::tr("%1 is signed by %2 (Content Credentials), which cannot be checked here.").arg(name, signer);
    default: return StudioSession::tr("%1 is as %2 signed it (Content Credentials).").arg(name, signer);
    }
}

} // namespace

void StudioSession::takeFile(const QUrl& url, QPointF at)
{
    const QString path = url.toLocalFile();
    if (path.endsWith(QLatin1String(".artdag"))) {
        wishToOpen(path);
        return;
    }
    m_disk->post(Urgency::Viewer, "dropped:" + toStd(path), [this, path, at](const CancelToken&) {
        auto recipe = std::make_shared<std::optional<Recipe>>(recipeOfFilm(toPath(path)));
        QMetaObject::invokeMethod(
            this, [this, path, at, recipe, words = credentialsWords(path)] {
                if (!words.isEmpty())
                    say(words);
                if (!*recipe)
                    return takeMedia(path, at);
                m_dropped = {path, at, std::move(**recipe)};
                if (path.endsWith(QLatin1String(".json"))) // a provenance is nothing but a recipe
                    return openDroppedRecipe();
                Q_EMIT filmDropped(QFileInfo(path).fileName());
            },
            Qt::QueuedConnection);
    });
}

void StudioSession::openDroppedRecipe()
{
    whenSure([this] {
        m_readProblems.clear();
        begin(std::exchange(m_dropped, {}).recipe, {});
    });
}

void StudioSession::useDroppedFilm()
{
    takeMedia(m_dropped.path, m_dropped.at);
}

void StudioSession::takeMedia(const QString& path, QPointF at)
{
    // Dropped on the Welcome page it begins a document of its own.
    if (isWelcome() && !m_document.isModified())
        newDocument();
    importFile(path, [this, path, at](const ImportedFile& file) {
        m_graph.scope()->goTo(0); // media belong to the recipe, not to a group
        // What is dropped on the picture, not at a place of the graph, is what a template asks for.
        for (RecipeInput input : at.isNull() ? m_document.recipe()->inputs : std::vector<RecipeInput>()) {
            if (!input.standIn || !input.fallback.empty())
                continue;
            const QString name = toQt(std::string_view(input.name));
            input.media = file.still ? "still" : "media";
            input.fallback = file.id.text();
            if (m_document.apply(setInput(*m_document.recipe(), std::move(input)), tr("Your own %1").arg(QFileInfo(path).fileName()))) {
                m_graph.select(name);
                const RecipeCanvas& canvas = m_document.recipe()->canvas;
                say(tr("%1: %2. The film stays %3 × %4, %5 frames a second.").arg(QFileInfo(path).fileName(), file.facts).arg(canvas.width).arg(canvas.height).arg(QLocale().toString(canvas.rate.perSecond(), 'g', 5)));
            }
            return;
        }
        RecipeInput input;
        input.media = file.still ? "still" : "media";
        input.title = toStd(QFileInfo(path).completeBaseName());
        input.fallback = file.id.text();
        Result<Recipe> next = addInput(*m_document.recipe(), std::move(input), {at.x(), at.y()});
        const QString name = next ? toQt(std::string_view(next->inputs.back().name)) : QString();
        if (m_document.apply(std::move(next), tr("Add %1").arg(QFileInfo(path).fileName())))
            m_graph.select(name);
    });
}

} // namespace artdag
