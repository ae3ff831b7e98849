// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session.h"

#include "ui/qt_std.h"
#include "ui/scope_target.h"

#include <QDir>
#include <QFile>

#include <utility>

namespace artdag {

StudioSession::StudioSession(std::filesystem::path home, QObject* parent)
    : QObject(parent),
      m_home(std::move(home)),
      m_settings(pathToQt(m_home / "studio" / "settings.ini"), QSettings::IniFormat),
      m_bridges(std::make_shared<const BridgeEffects>(bridgeOptions(m_home))),
      m_effects{builtinEffects().entries, m_bridges.get()},
      m_graph(m_document, m_effects),
      m_report(m_graph),
      m_form(m_document, m_effects, FieldModel::Source::Card, m_graph.scope()),
      m_handles(m_document, m_effects, FieldModel::Source::Handles),
      m_canvasForm(m_document, m_effects, FieldModel::Source::Canvas),
      m_presets(*m_graph.scope(), m_effects, m_home / "studio" / "presets.json"),
      m_palette(m_effects),
      m_viewer(m_document, m_player),
      m_flashes(m_viewer, m_document),
      m_timeline(m_document, m_player),
      m_gallery(m_home / "studio"),
      m_explore(m_document, m_player, m_gallery, m_queue, m_effects),
      m_keys(m_home / "keys", openKeychain(pathToQt(m_home / "keys"))),
      m_publishForm(m_gallery, m_settings, m_home / "studio" / "drafts.json"),
      m_publisher(m_gallery, m_keys, m_publishForm),
      m_preferences(m_settings),
      m_studio(*this),
      m_commands(m_settings),
      m_commandSearch(m_commands),
      m_journal(m_document, m_home / "studio" / "journal"),
      m_versions(m_home / "studio" / "versions"),
      m_recent(m_settings),
      m_disk(std::make_unique<WorkQueue>(1))
{
    m_inspectSoon.setSingleShot(true);
    m_inspectSoon.setInterval(80);
    m_thumbnailsSoon.setSingleShot(true);
    m_thumbnailsSoon.setInterval(60);
    connectModels();
    connectExplore();
    connectWindow();
    openWorkspaceSoon();
    if (const QString passphrase = qEnvironmentVariable("ARTDAG_KEY_PASSPHRASE"); !passphrase.isEmpty())
        m_keys.unlock(passphrase);
}

StudioSession::~StudioSession()
{
    m_player.pause();
    m_renderers.giveUp();
    m_disk.reset();
    m_templates.setWorkspace(nullptr);
    m_player.setEngine(nullptr);
    m_explore.setWorkspace(nullptr, nullptr);
    m_check.setWorkspace(nullptr);
    m_engine.reset();
}

void StudioSession::connectModels()
{
    connect(&m_document, &Document::recipeChanged, this, &StudioSession::onRecipeChanged);
    connect(&m_document, &Document::refused, this, [this](const QString& words) { say(words, true); });
    connect(&m_document, &Document::gestureEnded, &m_thumbnailsSoon, qOverload<>(&QTimer::start));
    connect(&m_graph, &GraphModel::refused, this, [this](const QString& words) { say(words, true); });
    connect(&m_presets, &Presets::refused, this, [this](const QString& words) { say(words, true); });
    connect(&m_form, &FieldModel::refused, this, [this](const QString& words) { say(words, true); });
    connect(&m_graph, &GraphModel::currentChanged, this, &StudioSession::followCurrent);
    connect(&m_graph, &GraphModel::selectionChanged, &m_form, [this] { m_form.setSelected(m_graph.selected()); });
    connect(&m_document, &Document::opened, &m_report, &NodeReport::forget);
    connect(&m_graph, &GraphModel::thumbnailsWanted, &m_thumbnailsSoon, qOverload<>(&QTimer::start));
    connect(m_graph.scope(), &GraphScope::moved, this, [this] {
        followCurrent();
        m_thumbnailsSoon.start();
    });
    connect(&m_inspectSoon, &QTimer::timeout, this, &StudioSession::inspect);
    connect(&m_thumbnailsSoon, &QTimer::timeout, this, &StudioSession::askThumbnails);
    connect(&m_viewer, &Viewer::pictureArrived, this, [this] {
        if (!m_inspectSoon.isActive())
            m_inspectSoon.start(250);
    });
    connect(&m_viewer, &Viewer::busyChanged, this, &StudioSession::showStatus);
    connect(&m_viewer, &Viewer::messageChanged, this, &StudioSession::showStatus);
    connect(&m_viewer, &Viewer::viewSizeChanged, &m_inspectSoon, qOverload<>(&QTimer::start));
    connect(&m_viewer, &Viewer::neighboursMade, &m_inspectSoon, qOverload<>(&QTimer::start)); // cards show what is at hand now
    connect(&m_player, &Player::frameChanged, this, [this] {
        if (!m_player.isPlaying())
            m_thumbnailsSoon.start();
    });
    connect(&m_player, &Player::playingChanged, this, [this] {
        if (!m_player.isPlaying())
            m_thumbnailsSoon.start();
    });
    for (FieldModel* fields : {&m_form, &m_handles}) {
        connect(&m_player, &Player::frameChanged, fields, [this, fields] { fields->setFrame(m_player.frame()); });
        connect(fields, &FieldModel::frameWanted, &m_player, &Player::seek);
    }
    m_viewer.overlay()->setForm(m_form);
    m_timeline.setFields(m_form, m_handles, [this](const QString& card) { return targetInScope(*m_graph.scope(), *m_document.recipe(), m_effects, toStd(card)); });
    connect(&m_timeline, &Timeline::refused, this, [this](const QString& words) { say(words, true); });
    m_viewer.compare()->setCards([this](const QString& card) { return targetOfCard(*m_document.recipe(), m_effects, toStd(card)); });
    connect(&m_flashes, &FlashWatch::changed, &m_inspectSoon, qOverload<>(&QTimer::start));
    connect(&m_queue, &RenderQueue::finished, this, [this](const GalleryEntry& entry) { m_flashes.lookThrough(std::make_shared<const Recipe>(readRecipe(entry.recipe).recipe)); });
}

void StudioSession::openWorkspaceSoon()
{
    m_disk->post(Urgency::Viewer, "workspace", [this, home = m_home](const CancelToken&) {
        auto workspace = std::make_shared<Result<std::unique_ptr<Workspace>>>(openWorkspace(home));
        QMetaObject::invokeMethod(
            this, [this, workspace] {
                if (*workspace)
                    takeWorkspace(std::move(**workspace));
                else
                    say(wordsOf(workspace->error()), true);
            },
            Qt::QueuedConnection);
    });
}

void StudioSession::takeWorkspace(std::unique_ptr<Workspace> workspace)
{
    m_workspace = std::move(workspace);
    m_workspace->catalogue.further = m_bridges.get(); // one list for all
    m_engine = std::make_unique<PreviewEngine>(*m_workspace, static_cast<std::size_t>(m_preferences.previewMegabytes()) << 20);
    m_engine->setMakesProxies(m_preferences.proxies());
    m_engine->setRecipe(m_document.recipe());
    m_queue.setWorkspace(m_workspace.get());
    m_explore.setWorkspace(m_workspace.get(), m_engine.get());
    m_publisher.setWorkspace(m_workspace.get());
    m_check.setWorkspace(m_workspace.get());
    m_player.setEngine(m_engine.get());
    m_viewer.setEngine(m_engine.get());
    m_flashes.setEngine(m_engine.get());
    m_timeline.setEngine(m_engine.get());
    m_templates.setWorkspace(m_workspace.get());
    m_preferences.showDiskGigabytes(static_cast<int>(m_workspace->store->diskLimit() >> 30));
    connect(m_engine.get(), &PreviewEngine::proxiesChanged, this, [this, films = 0]() mutable {
        const int before = std::exchange(films, m_engine->proxyState().films);
        if (before > films) // with a new proxy, frames have other names
            m_inspectSoon.start();
    });
    m_inspectSoon.start();
    m_thumbnailsSoon.start();
    m_disk->post(Urgency::Idle, "bridges", [this, bridges = m_bridges](const CancelToken&) {
        static_cast<void>(bridges->all()); // the first time on a machine this asks a process for each plugin
        QMetaObject::invokeMethod(
            this, [this] { m_palette.showBridges(); }, Qt::QueuedConnection);
    });
    Q_EMIT readyChanged();
}

void StudioSession::onRecipeChanged()
{
    const RecipePointer recipe = m_document.recipe();
    if (m_document.canUndo())
        m_readProblems.clear();
    m_player.setLength(framesOfSeconds(recipe->canvas.duration, recipe->canvas.rate), recipe->canvas.rate, recipe->canvas.sampleRate);
    if (m_engine)
        m_engine->setRecipe(recipe);
    followCurrent();
    m_viewer.refresh();
    if (!m_inspectSoon.isActive())
        m_inspectSoon.start();
    m_thumbnailsSoon.start();
    Q_EMIT recipeWordsChanged();
}

/// The viewer shows the current card, else the one it has shown, else the film.
void StudioSession::followCurrent()
{
    const RecipePointer recipe = m_document.recipe();
    m_form.setCard(m_graph.current());
    m_presets.setCard(m_graph.current());
    if (!m_graph.current().isEmpty())
        m_viewed = m_graph.current();
    if (m_graph.scope()->depth() > 0 && m_graph.scene().card(toStd(m_viewed)) < 0)
        m_viewed.clear();
    else if (m_graph.scene().card(toStd(m_viewed)) < 0)
        m_viewed = recipe->outputs.empty() ? QString() : QLatin1Char('@') + toQt(std::string_view(recipe->outputs.front().name));
    const PreviewTarget film = targetOfFilm(*recipe);
    const PreviewTarget target = m_viewed.isEmpty() ? film : targetInScope(*m_graph.scope(), *recipe, m_effects, toStd(m_viewed));
    m_viewer.setTarget(target, m_viewed.startsWith(QLatin1Char('@')) ? m_viewed.mid(1) : m_viewed);
    m_viewer.setCard(m_viewed);
    m_player.setSound(target.sound ? target : film);
    showStatus();
}

void StudioSession::inspect()
{
    if (!m_engine)
        return;
    if (m_inspecting) {
        m_inspectSoon.start();
        return;
    }
    m_inspecting = true;
    m_engine->askInspection(m_viewer.scale(), 0, m_player.frames(), [this](Result<std::shared_ptr<const TracedInspection>> traced) {
        m_inspecting = false;
        if (!traced)
            return;
        takeInspection((*traced)->inspection);
        m_report.take((*traced)->inspection, (*traced)->trace);
    });
    if (!m_timeline.hasPicture())
        m_timeline.setCached({});
    else
        m_engine->askCached({targetOfFilm(*m_document.recipe()).picture, std::nullopt}, m_viewer.scale(), m_player.frames(), [this](Result<CachedFrames> cached) {
            m_timeline.setCached(cached ? *cached : CachedFrames{});
        });
}

void StudioSession::takeInspection(const Inspection& inspection)
{
    std::vector<Problem> problems = m_readProblems;
    problems.insert(problems.end(), inspection.problems.begin(), inspection.problems.end());
    const std::vector<Problem> flashes = m_flashes.problems();
    problems.insert(problems.end(), flashes.begin(), flashes.end());
    m_form.setProblems(problems);
    m_handles.setProblems(problems);
    m_canvasForm.setProblems(problems);
    m_problems.setProblems(std::move(problems));
    m_inspected.clear();
    for (const InspectedNode& node : inspection.nodes) {
        CardStatus status;
        switch (node.state) {
        case NodeState::Absent: status.state = QStringLiteral("absent"); break;
        case NodeState::Partial: status.state = QStringLiteral("partial"); break;
        case NodeState::Cached: status.state = QStringLiteral("cached"); break;
        case NodeState::Failed: status.state = QStringLiteral("failed"); break;
        case NodeState::Waiting: status.state = QStringLiteral("waiting"); break;
        }
        status.message = toQt(std::string_view(node.message));
        m_inspected[node.name] = std::move(status);
    }
    showStatus();
}

void StudioSession::showStatus()
{
    std::map<std::string, CardStatus> status = m_inspected;
    const auto viewed = status.find(m_graph.scope()->flatName(toStd(m_viewed)));
    if (viewed != status.end() && m_viewer.isBusy() && (viewed->second.state == QLatin1String("absent") || viewed->second.state == QLatin1String("partial")))
        viewed->second.state = QStringLiteral("running");
    // An error of rendering names its node: `node 'glow': …`. What was wrong before says what to do as well.
    for (auto& [name, card] : status) {
        if (card.state != QLatin1String("failed") && m_viewer.message().startsWith(QStringLiteral("node '%1'").arg(toQt(std::string_view(name)))))
            card = {QStringLiteral("failed"), m_viewer.message()};
    }
    m_graph.setStatus(std::move(status));
}

void StudioSession::setPlace(const QString& place)
{
    if (m_place == place)
        return;
    m_place = place;
    if (place != QLatin1String("make"))
        m_player.pause();
    m_explore.setShown(place == QLatin1String("explore"));
    m_templates.setShown(isWelcome());
    Q_EMIT placeChanged();
}

void StudioSession::setDark(bool dark)
{
    m_preferences.setTheme(dark ? QStringLiteral("dark") : QStringLiteral("light"));
    showDark(dark);
}

void StudioSession::showDark(bool dark)
{
    if (m_dark == dark)
        return;
    m_dark = dark;
    Q_EMIT darkChanged();
}

void StudioSession::say(const QString& words, bool severe)
{
    m_notice = words;
    m_noticeSevere = severe;
    Q_EMIT noticeChanged();
}

void StudioSession::clearNotice()
{
    say({}, false);
}

QVariantList StudioSession::samples() const
{
    QVariantList list;
    const QDir folder(QStringLiteral(":/recipes"));
    for (const QString& name : folder.entryList({QStringLiteral("*.artdag")}, QDir::Files, QDir::Name)) {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const ReadRecipe read = readRecipe(file.readAll().toStdString());
        list.append(QVariantMap{{QStringLiteral("title"), toQt(std::string_view(read.recipe.title))}, {QStringLiteral("words"), toQt(std::string_view(read.recipe.description))}, {QStringLiteral("path"), folder.filePath(name)}});
    }
    return list;
}

QStringList StudioSession::licenses() const
{
    QStringList names{QStringLiteral("CC-BY-4.0"), QStringLiteral("CC-BY-SA-4.0"), QStringLiteral("CC-BY-NC-4.0"), QStringLiteral("CC0-1.0")};
    if (const QString own = toQt(std::string_view(m_document.recipe()->license)); !own.isEmpty()) {
        names.removeAll(own);
        names.prepend(own);
    }
    return names;
}

QString StudioSession::tags() const
{
    QStringList words;
    for (const std::string& tag : m_document.recipe()->tags)
        words << toQt(std::string_view(tag));
    return words.join(QStringLiteral(", "));
}

bool StudioSession::isSettled() const
{
    return m_engine && m_engine->idle() && !m_viewer.isBusy() && !m_inspecting && !m_inspectSoon.isActive() && !m_thumbnailsSoon.isActive() && m_timeline.isSettled() && m_explore.isSettled();
}

} // namespace artdag
