// SPDX-License-Identifier: GPL-3.0-or-later
// When a film of the queue begins and ends; and one film, on a thread of its own: its share of the machine, its place on the disk, its poster.
#include "core/render/memory_budget.h"
#include "core/render/ready_plan.h"
#include "ui/display_image.h"
#include "ui/qt_std.h"
#include "ui/render_queue.h"

#include <QDateTime>
#include <QUuid>

#include <algorithm>
#include <thread>

namespace artdag {

namespace {
/// A still of the film at a third of its length, 480 px wide or a little more.
Result<QImage> posterOf(const std::string& recipeText, const std::string& output, Workspace& workspace)
{
    const OpenedRecipe opened = openRecipe(recipeText, workspace);
    if (!opened.graph)
        return fail(Fault::BadInput, "recipe: it has errors");
    double scale = 1;
    while (scale > 0.125 && opened.graph->canvas.width * scale / 2 >= 480)
        scale /= 2;
    auto plan = TRY(makeReadyPlan(opened.graph, output, *workspace.sources, workspace.store.get(), {.scale = scale}));
    if (!plan->output.picture)
        return fail(Fault::NotFound, "output: it has no picture");
    FrameServer server(plan, *workspace.sources);
    const PicturePointer picture = TRY(server.picture(*plan->output.picture, plan->frames / 3));
    return displayImage(*picture);
}

/// `title.png`, or `title` for what is a folder itself; numbered where that is taken.
std::filesystem::path freePlace(const std::filesystem::path& folder, const std::string& title, const EncodeProfile& profile, const std::set<std::filesystem::path>& taken)
{
    std::string stem;
    for (const char c : title)
        stem += (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_' || (static_cast<unsigned char>(c) & 0x80U) != 0) ? c : (c == ' ' ? '-' : '_');
    if (stem.empty())
        stem = "untitled";
    const std::string ending = profile.folder ? "" : "." + profile.extension;
    std::error_code error;
    for (int number = 1;; ++number) {
        std::filesystem::path path = folder / (number == 1 ? stem + ending : stem + "-" + std::to_string(number) + ending);
        if (!std::filesystem::exists(path, error) && !taken.contains(path))
            return path;
    }
}

/// What can be done, where the words of the error do not say.
QString remedyOf(Fault fault, bool elsewhere)
{
    if (elsewhere) // whose words say what is missing there
        return fault == Fault::Denied || fault == Fault::NotFound ? RenderQueue::tr("See Share, Renderers; then try again, or render here.") : QString();
    switch (fault) {
    case Fault::Unavailable: return RenderQueue::tr("Make room, or render fewer at once; then try again.");
    case Fault::NotFound: return RenderQueue::tr("Find the missing file in the Library, then try again.");
    case Fault::BadInput: return RenderQueue::tr("Open the recipe, see Problems, and render again.");
    case Fault::Denied: return RenderQueue::tr("Choose a folder that you may write to.");
    default: return {};
    }
}
} // namespace

void RenderQueue::setParallel(int runs)
{
    runs = std::clamp(runs, 1, mostParallel);
    if (runs == m_parallel)
        return;
    m_parallel = runs;
    Q_EMIT changed();
    Q_EMIT parallelChosen(runs);
    startMore();
}

void RenderQueue::startMore()
{
    if (m_workspace == nullptr || m_held)
        return;
    for (int row = 0; row < rowTotal(); ++row) {
        // A film that is made elsewhere takes no core here, and may wait there for long.
        const bool elsewhere = job(row).order.isElsewhere();
        if (job(row).state != QLatin1String("waiting") || runningCount(elsewhere) >= (elsewhere ? mostElsewhere : m_parallel))
            continue;
        if (job(row).order.sign && !job(row).key) {
            job(row).key = m_keys ? m_keys() : std::nullopt;
            if (!job(row).key) {
                job(row).message = tr("waits for your key: open it in Share");
                tell(row);
                continue;
            }
        }
        start(row);
    }
}

void RenderQueue::end(const Run& run, const Result<GalleryEntry>& result)
{
    const int row = rowOf(run.order.id);
    const bool stopped = !result && result.error().fault == Fault::Cancelled;
    if (row >= 0) {
        Job& each = job(row);
        if (result) {
            each.state = QStringLiteral("done");
            each.path = result->film;
            each.message = run.uncached ? tr("its parts found no room in the store and are not kept") : QString();
        } else if (stopped && each.pausing) {
            each.state = QStringLiteral("paused");
            each.message = tr("paused; finished parts are kept");
        } else if (stopped) {
            each.state = QStringLiteral("cancelled");
            each.message = tr("Cancelled; finished parts are kept");
        } else {
            each.state = QStringLiteral("failed");
            each.message = wordsOf(result.error());
        }
        each.pausing = false;
        tell(row);
    }
    keep();
    m_films += result ? 1 : 0;
    m_failures += !result && !stopped ? 1 : 0;
    if (result && run.uncached && !m_saidFull)
        Q_EMIT cacheFull(tr("The store has no room: films are made all the same, but what they are made of is not kept for the next time. Make room on the disk, or allow the store more of it in Preferences."));
    if (result && !run.order.isElsewhere())
        m_saidFull = run.uncached;
    if (result)
        Q_EMIT finished(*result);
    else if (!stopped)
        Q_EMIT failed(wordsOf(result.error()));
    startMore();
    if (!isRunning() && m_films + m_failures > 0)
        Q_EMIT allDone(std::exchange(m_films, 0), std::exchange(m_failures, 0));
}

/// While one frame takes long its run tells nothing: the time goes on all the same.
void RenderQueue::beat()
{
    if (runningCount(false) + runningCount(true) == 0)
        m_beat.stop();
    for (int row = 0; row < rowTotal(); ++row) {
        if (job(row).state != QLatin1String("running"))
            continue;
        double& left = job(row).progress.secondsLeft;
        left = left > 0 ? std::max(0.0, left - m_beat.interval() / 1000.0) : left;
        tell(row);
    }
}

void RenderQueue::start(int row)
{
    Job& each = job(row);
    each.cancel = CancelToken{};
    each.leave = CancelToken{};
    each.state = QStringLiteral("running");
    each.message.clear();
    each.pausing = false;
    each.running.start();
    m_beat.start();
    auto run = std::make_shared<Run>(Run{each.order, each.key, each.cancel, each.leave, m_parallel});
    tell(row);
    m_threads->post(Urgency::Idle, "render:" + run->order.id, [this, run](const CancelToken&) { this->run(run); });
}

void RenderQueue::run(const std::shared_ptr<Run>& run)
{
    Result<GalleryEntry> made = run->cancel.cancelled() ? fail(Fault::Cancelled, "run: cancelled") : !run->order.isElsewhere() ? render(*run)
                                                                                                                               : renderElsewhere(*run);
    if (!made && made.error().fault != Fault::Cancelled) {
        if (const QString remedy = remedyOf(made.error().fault, run->order.isElsewhere()); !remedy.isEmpty())
            made = fail(made.error().fault, made.error().message + (made.error().message.ends_with('.') ? " " : ". ") + toStd(remedy));
    }
    auto result = std::make_shared<Result<GalleryEntry>>(std::move(made));
    QMetaObject::invokeMethod(
        this, [this, run, result] { end(*run, *result); }, Qt::QueuedConnection);
}

std::filesystem::path RenderQueue::takePlace(const Run& run, const EncodeProfile& profile)
{
    const std::lock_guard lock(m_placesMutex);
    std::filesystem::path path = freePlace(run.order.folder, run.order.title + (run.order.output.empty() ? "" : " " + run.order.output), profile, m_places);
    m_places.insert(path);
    return path;
}

void RenderQueue::dropPlace(const std::filesystem::path& path)
{
    const std::lock_guard lock(m_placesMutex);
    m_places.erase(path);
}

/// What is known of a film before it is made.
GalleryEntry RenderQueue::entryFor(const RenderOrder& order) const
{
    GalleryEntry entry;
    entry.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    entry.title = toQt(std::string_view(order.title));
    entry.when = QDateTime::currentDateTimeUtc();
    entry.parent = toQt(std::string_view(order.parent));
    entry.renderer = toQt(std::string_view(order.renderer));
    entry.recipe = order.recipe;
    return entry;
}

std::function<void(const RunProgress&)> RenderQueue::progressOf(const RenderOrder& order)
{
    return [this, id = order.id](const RunProgress& progress) {
        QMetaObject::invokeMethod(
            this, [this, id, progress] {
                if (const int row = rowOf(id); row >= 0) {
                    job(row).progress = progress;
                    tell(row);
                }
            },
            Qt::QueuedConnection);
    };
}

Result<GalleryEntry> RenderQueue::render(Run& run)
{
    const RenderOrder& order = run.order;
    const OpenedRecipe opened = openRecipe(order.recipe, *m_workspace);
    const GraphOutput* output = opened.graph ? opened.graph->output(order.output) : nullptr;
    const EncodeProfile profile = TRY(encodeProfile(!order.encode.empty() ? order.encode : (output != nullptr ? output->encode : "share-h264")));
    std::error_code error;
    std::filesystem::create_directories(order.folder, error);
    RenderRequest request;
    request.recipeText = order.recipe;
    request.output = order.output;
    request.encode = order.encode;
    request.path = takePlace(run, profile);
    request.key = run.key ? &*run.key : nullptr;
    request.run.cancel = run.cancel;
    if (run.shares > 1) {
        request.run.threads = std::max(1, static_cast<int>(std::thread::hardware_concurrency()) / run.shares);
        request.run.memory = usualMemoryBudget() / static_cast<std::size_t>(run.shares);
    }
    request.run.progress = progressOf(order);
    Result<RenderedFilm> rendered = renderRecipe(request, *m_workspace);
    dropPlace(request.path);
    const RenderedFilm film = TRY(std::move(rendered));
    run.uncached = film.run.uncached;

    GalleryEntry entry = entryFor(order);
    entry.film = pathToQt(film.path);
    entry.provenance = pathToQt(film.provenancePath);
    entry.contentHash = toQt(film.contentHash.text());
    entry.framesHash = toQt(film.run.framesHash.text());
    entry.encode = toQt(film.encode);
    entry.width = film.run.facts.width;
    entry.height = film.run.facts.height;
    entry.seconds = opened.recipe.canvas.duration;
    if (const Result<QImage> poster = posterOf(order.recipe, order.output, *m_workspace)) {
        const std::filesystem::path folder = m_workspace->home / "studio" / "posters";
        std::filesystem::create_directories(folder, error);
        entry.image = *poster;
        entry.poster = pathToQt(folder / (toStd(entry.id) + ".png"));
        poster->save(entry.poster, "PNG");
    }
    return entry;
}

} // namespace artdag
