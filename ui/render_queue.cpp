// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/render_queue.h"

#include "core/render/ready_plan.h"
#include "ui/display_image.h"
#include "ui/qt_std.h"

#include <QDateTime>
#include <QUuid>

#include <algorithm>
#include <cmath>

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

QString durationText(double seconds)
{
    const auto whole = static_cast<qint64>(std::ceil(seconds));
    return QStringLiteral("%1:%2").arg(whole / 60).arg(whole % 60, 2, 10, QLatin1Char('0'));
}

/// `title.png`, or `title` for what is a folder itself; numbered where that is taken.
std::filesystem::path freePlace(const std::filesystem::path& folder, const std::string& title, const EncodeProfile& profile)
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
        if (!std::filesystem::exists(path, error))
            return path;
    }
}
} // namespace

struct RenderQueue::Order {
    quint64 id = 0;
    std::string recipe, title, output;
    std::filesystem::path folder;
    std::optional<SigningKey> key;
    CancelToken cancel;
};

RenderQueue::RenderQueue(QObject* parent)
    : QAbstractListModel(parent) {}

RenderQueue::~RenderQueue()
{
    for (Job& job : m_jobs)
        job.cancel.cancel();
    m_thread.reset();
}

QHash<int, QByteArray> RenderQueue::roleNames() const
{
    return {{TitleRole, "title"}, {StateRole, "runState"}, {DoneRole, "done"}, {TotalRole, "total"}, {ProgressRole, "progress"}, {DetailRole, "detail"}, {MessageRole, "message"}, {PathRole, "path"}};
}

QVariant RenderQueue::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowTotal())
        return {};
    const Job& job = m_jobs[static_cast<std::size_t>(index.row())];
    const double part = job.progress.framesTotal > 0 ? static_cast<double>(job.progress.framesDone) / static_cast<double>(job.progress.framesTotal) : 0;
    switch (role) {
    case TitleRole: return job.title;
    case StateRole: return job.state;
    case DoneRole: return static_cast<qint64>(job.progress.framesDone);
    case TotalRole: return static_cast<qint64>(job.progress.framesTotal);
    case ProgressRole: return job.state == QLatin1String("done") ? 1.0 : part;
    case DetailRole:
        if (job.state != QLatin1String("running"))
            return QString();
        if (job.progress.framesPerSecond <= 0)
            return tr("%1 / %2").arg(job.progress.framesDone).arg(job.progress.framesTotal);
        return tr("%1 / %2 · %3 fps · %4 left").arg(job.progress.framesDone).arg(job.progress.framesTotal).arg(job.progress.framesPerSecond, 0, 'f', 1).arg(job.progress.secondsLeft >= 0 ? durationText(job.progress.secondsLeft) : QStringLiteral("…"));
    case MessageRole: return job.message;
    case PathRole: return job.path;
    default: return {};
    }
}

int RenderQueue::rowOf(quint64 id) const
{
    for (int row = 0; row < rowTotal(); ++row) {
        if (m_jobs[static_cast<std::size_t>(row)].id == id)
            return row;
    }
    return -1;
}

void RenderQueue::tell(int row)
{
    Q_EMIT dataChanged(index(row), index(row));
    Q_EMIT changed();
}

bool RenderQueue::isRunning() const
{
    return std::any_of(m_jobs.begin(), m_jobs.end(), [](const Job& job) { return job.state == QLatin1String("running") || job.state == QLatin1String("waiting"); });
}

double RenderQueue::progress() const
{
    for (const Job& job : m_jobs) {
        if (job.state == QLatin1String("running") && job.progress.framesTotal > 0)
            return static_cast<double>(job.progress.framesDone) / static_cast<double>(job.progress.framesTotal);
    }
    return 0;
}

QString RenderQueue::summary() const
{
    for (const Job& job : m_jobs) {
        if (job.state != QLatin1String("running"))
            continue;
        const QString left = job.progress.secondsLeft >= 0 ? tr(" · %1 left").arg(durationText(job.progress.secondsLeft)) : QString();
        return tr("Rendering %1 / %2").arg(job.progress.framesDone).arg(job.progress.framesTotal) + left;
    }
    return {};
}

void RenderQueue::add(const Recipe& recipe, const QString& output, const std::filesystem::path& folder, std::optional<SigningKey> key)
{
    auto order = std::make_shared<Order>();
    order->id = m_nextId++;
    order->recipe = writeRecipe(recipe);
    order->title = recipe.title;
    order->output = toStd(output);
    order->folder = folder;
    order->key = std::move(key);
    beginInsertRows({}, rowTotal(), rowTotal());
    Job job;
    job.id = order->id;
    job.title = recipe.title.empty() ? tr("Untitled") : toQt(std::string_view(recipe.title));
    job.state = QStringLiteral("waiting");
    job.cancel = order->cancel;
    m_jobs.push_back(std::move(job));
    endInsertRows();
    Q_EMIT changed();
    m_thread->post(Urgency::Idle, "render:" + std::to_string(order->id), [this, order](const CancelToken&) { run(order); });
}

void RenderQueue::run(const std::shared_ptr<Order>& order)
{
    const quint64 id = order->id;
    if (order->cancel.cancelled())
        return;
    QMetaObject::invokeMethod(
        this, [this, id] {
            if (const int row = rowOf(id); row >= 0) {
                m_jobs[static_cast<std::size_t>(row)].state = QStringLiteral("running");
                tell(row);
            }
        },
        Qt::QueuedConnection);

    auto work = [&]() -> Result<GalleryEntry> {
        const OpenedRecipe opened = openRecipe(order->recipe, *m_workspace);
        const GraphOutput* output = opened.graph ? opened.graph->output(order->output) : nullptr;
        const EncodeProfile profile = TRY(encodeProfile(output != nullptr ? output->encode : "share-h264"));
        std::error_code error;
        std::filesystem::create_directories(order->folder, error);
        RenderRequest request;
        request.recipeText = order->recipe;
        request.output = order->output;
        request.path = freePlace(order->folder, order->title, profile);
        request.key = order->key ? &*order->key : nullptr;
        request.run.cancel = order->cancel;
        request.run.progress = [this, id](const RunProgress& progress) {
            QMetaObject::invokeMethod(
                this, [this, id, progress] {
                    if (const int row = rowOf(id); row >= 0) {
                        m_jobs[static_cast<std::size_t>(row)].progress = progress;
                        tell(row);
                    }
                },
                Qt::QueuedConnection);
        };
        const RenderedFilm film = TRY(renderRecipe(request, *m_workspace));

        GalleryEntry entry;
        entry.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
        entry.title = toQt(std::string_view(order->title));
        entry.film = pathToQt(film.path);
        entry.provenance = pathToQt(film.provenancePath);
        entry.contentHash = toQt(film.contentHash.text());
        entry.framesHash = toQt(film.run.framesHash.text());
        entry.encode = toQt(film.encode);
        entry.width = film.run.facts.width;
        entry.height = film.run.facts.height;
        entry.seconds = opened.recipe.canvas.duration;
        entry.when = QDateTime::currentDateTimeUtc();
        entry.recipe = order->recipe;
        if (const Result<QImage> poster = posterOf(order->recipe, order->output, *m_workspace)) {
            const std::filesystem::path folder = m_workspace->home / "studio" / "posters";
            std::filesystem::create_directories(folder, error);
            entry.image = *poster;
            entry.poster = pathToQt(folder / (toStd(entry.id) + ".png"));
            poster->save(entry.poster, "PNG");
        }
        return entry;
    };
    auto result = std::make_shared<Result<GalleryEntry>>(work());
    QMetaObject::invokeMethod(
        this, [this, id, result] { end(id, *result); }, Qt::QueuedConnection);
}

void RenderQueue::end(quint64 id, const Result<GalleryEntry>& result)
{
    const int row = rowOf(id);
    if (row >= 0) {
        Job& job = m_jobs[static_cast<std::size_t>(row)];
        if (result) {
            job.state = QStringLiteral("done");
            job.path = result->film;
        } else {
            job.state = result.error().fault == Fault::Cancelled ? QStringLiteral("cancelled") : QStringLiteral("failed");
            job.message = result.error().fault == Fault::Cancelled ? tr("Cancelled; finished parts are kept") : wordsOf(result.error());
        }
        tell(row);
    }
    if (result)
        Q_EMIT finished(*result);
    else if (result.error().fault != Fault::Cancelled)
        Q_EMIT failed(wordsOf(result.error()));
}

void RenderQueue::cancel(int row)
{
    if (row < 0 || row >= rowTotal())
        return;
    Job& job = m_jobs[static_cast<std::size_t>(row)];
    job.cancel.cancel();
    if (job.state == QLatin1String("waiting")) {
        job.state = QStringLiteral("cancelled");
        job.message = tr("Cancelled");
    }
    tell(row);
}

void RenderQueue::clearFinished()
{
    for (int row = rowTotal() - 1; row >= 0; --row) {
        const QString& state = m_jobs[static_cast<std::size_t>(row)].state;
        if (state == QLatin1String("running") || state == QLatin1String("waiting"))
            continue;
        beginRemoveRows({}, row, row);
        m_jobs.erase(m_jobs.begin() + row);
        endRemoveRows();
    }
    Q_EMIT changed();
}

} // namespace artdag
