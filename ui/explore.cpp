// SPDX-License-Identifier: GPL-3.0-or-later
// Views, commands and orders. What is found out about renders is in explore_renders.cpp.
#include "ui/explore.h"

#include "core/media/encode.h"
#include "ui/film_folder.h"
#include "ui/key_holder.h"
#include "ui/qt_std.h"

namespace artdag {

namespace {
constexpr int lookDelay = 120; // ms: arrows held down look at nothing on the way
} // namespace

Explore::Explore(Document& document, Player& player, Gallery& gallery, RenderQueue& queue, const Catalogue& effects, QObject* parent)
    : QObject(parent),
      m_document(&document),
      m_gallery(&gallery),
      m_queue(&queue),
      m_sheet(document, player, gallery, effects),
      m_library(document, gallery, effects)
{
    m_lookSoon.setSingleShot(true);
    m_lookSoon.setInterval(lookDelay);
    connect(&m_lookSoon, &QTimer::timeout, this, &Explore::look);
    connect(m_gallery, &Gallery::currentChanged, &m_lookSoon, qOverload<>(&QTimer::start));
    connect(m_document, &Document::recipeChanged, &m_lookSoon, qOverload<>(&QTimer::start));
    connect(m_document, &Document::recipeChanged, this, &Explore::outputsChanged);
    connect(m_document, &Document::opened, this, [this] { m_parent.clear(); });
    connect(&m_sheet, &ContactSheet::opened, this, [this] { Q_EMIT placeWanted(QStringLiteral("make")); });
    connect(&m_sheet, &ContactSheet::said, this, &Explore::said);
    connect(m_gallery, &Gallery::said, this, &Explore::said);
    connect(&m_library, &Library::said, this, &Explore::said);
    connect(m_queue, &RenderQueue::allDone, this, [this](int films, int failures) {
        if (films + failures > 1)
            Q_EMIT said(failures == 0 ? tr("All %1 films are rendered.").arg(films) : tr("%1 films are rendered, %2 failed: see the queue.").arg(films).arg(failures), failures > 0);
    });
}

Explore::~Explore() = default;

void Explore::setWorkspace(Workspace* workspace, PreviewEngine* engine)
{
    m_sheet.setEngine(engine);
    m_library.setWorkspace(workspace, engine);
}

void Explore::setShown(bool shown)
{
    m_shown = shown;
    m_sheet.setShown(shown && m_view == QLatin1String("sheet"));
    if (shown)
        m_lookSoon.start();
}

void Explore::setView(const QString& view)
{
    if (m_view == view)
        return;
    m_view = view;
    m_sheet.setShown(m_shown && view == QLatin1String("sheet"));
    if (view == QLatin1String("sheet") && m_sheet.rowTotal() == 0)
        m_sheet.varyAll();
    Q_EMIT viewChanged();
}

void Explore::setLibraryShown(bool shown)
{
    if (m_libraryShown == shown)
        return;
    m_libraryShown = shown;
    m_library.setShown(shown);
    Q_EMIT libraryShownChanged();
}

// --- commands ---

void Explore::setCommands(Commands* commands)
{
    m_commands = commands;
    connect(commands, &Commands::keysChanged, this, &Explore::keysChanged);
}

bool Explore::run(const QString& id)
{
    const QString what = id.section(QLatin1Char('.'), 1);
    if (id == QLatin1String("studio.vary"))
        showVariations();
    else if (id == QLatin1String("studio.order"))
        Q_EMIT orderWanted();
    else if (id == QLatin1String("studio.library"))
        setLibraryShown(!m_libraryShown);
    else if (id == QLatin1String("studio.renders")) {
        setView(QStringLiteral("renders"));
        Q_EMIT placeWanted(QStringLiteral("explore"));
    } else if (id.startsWith(QLatin1String("sheet.")))
        return runSheet(what);
    else if (id.startsWith(QLatin1String("gallery.")))
        return runGallery(what);
    else if (id.startsWith(QLatin1String("queue.")))
        return runQueue(what);
    else if (id.startsWith(QLatin1String("library.")))
        return runLibrary(what);
    else
        return false;
    return true;
}

void Explore::showVariations()
{
    const bool there = m_sheet.rowTotal() > 0 && !m_sheet.isStale();
    m_view = QStringLiteral("sheet");
    if (!there)
        m_sheet.varyAll();
    Q_EMIT placeWanted(QStringLiteral("explore"));
    m_sheet.setShown(m_shown);
    Q_EMIT viewChanged();
}

void Explore::vary(const QString& place)
{
    m_view = QStringLiteral("sheet");
    m_sheet.varyOne(place, 12);
    Q_EMIT placeWanted(QStringLiteral("explore"));
    m_sheet.setShown(m_shown);
    Q_EMIT viewChanged();
}

bool Explore::runSheet(const QString& what)
{
    const int row = m_sheet.current();
    if (what == QLatin1String("open"))
        m_sheet.open(row);
    else if (what == QLatin1String("keep"))
        m_sheet.keep(row);
    else if (what == QLatin1String("discard"))
        m_sheet.discard(row);
    else if (what == QLatin1String("again"))
        m_sheet.renderAgain(row);
    else if (what == QLatin1String("others"))
        m_sheet.varyAll(true);
    else if (what == QLatin1String("seeds"))
        m_sheet.varySeeds(12, m_sheet.kind() == QLatin1String("seeds"));
    else if (what == QLatin1String("export"))
        Q_EMIT sheetFileWanted();
    else if (what == QLatin1String("leave"))
        Q_EMIT placeWanted(QStringLiteral("make"));
    else
        return false;
    return true;
}

bool Explore::runGallery(const QString& what)
{
    const int row = m_gallery->current();
    const GalleryEntry* entry = m_gallery->currentEntry();
    if (what == QLatin1String("keep"))
        m_gallery->mark(row, QStringLiteral("kept"));
    else if (what == QLatin1String("star"))
        m_gallery->mark(row, QStringLiteral("starred"));
    else if (what == QLatin1String("discard"))
        m_gallery->mark(row, QStringLiteral("discarded"));
    else if (what == QLatin1String("compare"))
        compareTwo();
    else if (what == QLatin1String("check"))
        Q_EMIT checkWanted(true);
    else if (what == QLatin1String("check_here"))
        Q_EMIT checkWanted(false);
    else if (what == QLatin1String("undo"))
        m_gallery->undo();
    else if (what == QLatin1String("redo"))
        m_gallery->redo();
    else if (what == QLatin1String("select_all"))
        m_gallery->selectAll();
    else if (what == QLatin1String("find"))
        Q_EMIT findWanted();
    else if (what == QLatin1String("empty")) {
        m_gallery->weighDiscarded();
        Q_EMIT emptyWanted();
    } else if (what == QLatin1String("leave")) {
        setView(QStringLiteral("renders"));
        m_gallery->clearSelection();
    } else if (what != QLatin1String("open") && what != QLatin1String("variant"))
        return false;
    else if (entry != nullptr)
        Q_EMIT recipeWanted(entry->id, what == QLatin1String("variant"));
    return true;
}

bool Explore::runQueue(const QString& what)
{
    const int row = m_queue->current();
    if (what == QLatin1String("up"))
        m_queue->move(row, row - 1);
    else if (what == QLatin1String("down"))
        m_queue->move(row, row + 1);
    else if (what == QLatin1String("pause"))
        m_queue->pauseOrResume(row);
    else if (what == QLatin1String("cancel"))
        m_queue->cancel(row);
    else if (what == QLatin1String("retry"))
        m_queue->retry(row);
    else if (what == QLatin1String("hold"))
        m_queue->hold(!m_queue->isHeld());
    else if (what == QLatin1String("clear"))
        m_queue->clearFinished();
    else
        return false;
    return true;
}

bool Explore::runLibrary(const QString& what)
{
    if (what == QLatin1String("use"))
        m_library.use(m_library.current());
    else if (what == QLatin1String("rescan"))
        m_library.rescan();
    else if (what == QLatin1String("find_missing"))
        Q_EMIT m_library.folderWanted();
    else
        return false;
    return true;
}

// --- orders ---

QStringList Explore::outputs() const
{
    QStringList names;
    for (const RecipeOutput& output : m_document->recipe()->outputs)
        names << toQt(std::string_view(output.name));
    return names;
}

QStringList Explore::profileTitles() const
{
    QStringList titles{tr("each output's own")};
    for (const EncodeProfile& profile : encodeProfiles())
        titles << tr("%1 – %2").arg(toQt(std::string_view(profile.name)), toQt(std::string_view(profile.title)));
    return titles;
}

QString Explore::folder() const
{
    return pathToQt(filmFolder());
}

void Explore::order(const QStringList& wanted, int profile, const QUrl& folder, const QString& renderer)
{
    const RecipePointer recipe = m_document->recipe();
    if (recipe->outputs.empty()) {
        Q_EMIT said(tr("This recipe has no output: add one, then render."), true);
        return;
    }
    for (const QString& output : wanted.isEmpty() ? outputs() : wanted) {
        RenderOrder order;
        order.recipe = writeRecipe(*recipe);
        order.title = recipe->title;
        if (recipe->outputs.size() > 1)
            order.output = toStd(output);
        if (profile > 0 && static_cast<std::size_t>(profile) <= encodeProfiles().size())
            order.encode = encodeProfiles()[static_cast<std::size_t>(profile - 1)].name;
        order.folder = folder.isLocalFile() ? toPath(folder.toLocalFile()) : filmFolder();
        order.parent = toStd(m_parent);
        order.renderer = toStd(renderer);
        order.sign = renderer.isEmpty() && m_keys != nullptr && m_keys->isUnlocked(); // else the renderer signs
        m_queue->addOrder(std::move(order));
    }
}

} // namespace artdag
