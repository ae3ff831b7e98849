// SPDX-License-Identifier: GPL-3.0-or-later
// The list, its order and what people do with it. How films are made is in render_run.cpp.
#include "ui/render_queue.h"

#include "ui/qt_std.h"
#include "ui/renderers.h"

#include <QUuid>

#include <algorithm>
#include <cmath>
#include <future>

namespace artdag {

namespace {
QString durationText(double seconds)
{
    const auto whole = static_cast<qint64>(std::ceil(seconds));
    return QStringLiteral("%1:%2").arg(whole / 60).arg(whole % 60, 2, 10, QLatin1Char('0'));
}

bool isOpen(const QString& state)
{
    return state == QLatin1String("running") || state == QLatin1String("waiting") || state == QLatin1String("paused");
}

constexpr int beatEvery = 200; // ms

double partOf(const RunProgress& progress)
{
    return progress.framesTotal > 0 ? static_cast<double>(progress.framesDone) / static_cast<double>(progress.framesTotal) : 0;
}
} // namespace

RenderQueue::RenderQueue(QObject* parent)
    : QAbstractListModel(parent)
{
    m_beat.setInterval(beatEvery);
    connect(&m_beat, &QTimer::timeout, this, &RenderQueue::beat);
}

RenderQueue::~RenderQueue()
{
    for (Job& each : m_jobs)
        (each.order.isElsewhere() ? each.leave : each.cancel).cancel();
    m_threads.reset();
    const auto written = std::make_shared<std::promise<void>>();
    auto done = written->get_future();
    m_disk->post(Urgency::Background, "end", [written](const CancelToken&) { written->set_value(); });
    done.wait();
    m_disk.reset();
}

QHash<int, QByteArray> RenderQueue::roleNames() const
{
    return {{TitleRole, "title"}, {StateRole, "runState"}, {DoneRole, "done"}, {TotalRole, "total"}, {ProgressRole, "progress"}, {DetailRole, "detail"}, {MessageRole, "message"}, {PathRole, "path"}, {ChunksRole, "chunks"}, {WhatRole, "what"}};
}

QString RenderQueue::detailOf(const Job& job) const
{
    const RunProgress& progress = job.progress;
    if (progress.framesTotal <= 0 && job.order.isElsewhere())
        return {}; // it has not begun there
    if (job.state != QLatin1String("running") && !(job.state == QLatin1String("paused") && progress.framesTotal > 0))
        return {};
    QString words = tr("%1 / %2").arg(progress.framesDone).arg(progress.framesTotal);
    if (job.state == QLatin1String("running") && progress.framesPerSecond > 0)
        words += tr(" · %1 fps · %2 left").arg(progress.framesPerSecond, 0, 'f', 1).arg(progress.secondsLeft >= 0 ? durationText(progress.secondsLeft) : QStringLiteral("…"));
    else if (job.state == QLatin1String("running") && progress.secondsLeft >= 0)
        words += tr(" · %1 left").arg(durationText(progress.secondsLeft));
    else if (job.state == QLatin1String("running"))
        words += tr(" · for %1").arg(durationText(static_cast<double>(job.running.elapsed()) / 1000));
    return words;
}

QVariant RenderQueue::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || !valid(index.row()))
        return {};
    const Job& each = job(index.row());
    switch (role) {
    case TitleRole: return each.title;
    case StateRole: return each.state;
    case DoneRole: return static_cast<qint64>(each.progress.framesDone);
    case TotalRole: return static_cast<qint64>(each.progress.framesTotal);
    case ProgressRole: return each.state == QLatin1String("done") ? 1.0 : partOf(each.progress);
    case DetailRole: return detailOf(each);
    case MessageRole: return each.message;
    case PathRole: return each.path;
    case ChunksRole: return each.progress.chunksTotal > 0 ? tr("%1 of %2 chunks").arg(each.progress.chunksDone).arg(each.progress.chunksTotal) : QString();
    case WhatRole: {
        QStringList parts{toQt(std::string_view(each.order.output)), toQt(std::string_view(each.order.encode))};
        if (each.order.isElsewhere())
            parts.prepend(tr("on %1").arg(rendererName(toQt(std::string_view(each.order.renderer)))));
        parts.removeAll(QString());
        return parts.join(QStringLiteral(" · "));
    }
    default: return {};
    }
}

int RenderQueue::rowOf(const std::string& id) const
{
    for (int row = 0; row < rowTotal(); ++row) {
        if (job(row).order.id == id)
            return row;
    }
    return -1;
}

void RenderQueue::tell(int row)
{
    Q_EMIT dataChanged(index(row), index(row));
    Q_EMIT changed();
}

void RenderQueue::setCurrent(int row)
{
    if (m_current == row || row >= rowTotal())
        return;
    m_current = row;
    Q_EMIT currentChanged();
}

int RenderQueue::runningCount(bool elsewhere) const
{
    return static_cast<int>(std::ranges::count_if(m_jobs, [elsewhere](const Job& each) { return each.state == QLatin1String("running") && each.order.isElsewhere() == elsewhere; }));
}

bool RenderQueue::isRunning() const
{
    return std::ranges::any_of(m_jobs, [this](const Job& each) { return each.state == QLatin1String("running") || (each.state == QLatin1String("waiting") && !m_held); });
}

double RenderQueue::progress() const
{
    double sum = 0;
    int runs = 0;
    for (const Job& each : m_jobs) {
        if (each.state != QLatin1String("running"))
            continue;
        sum += partOf(each.progress);
        ++runs;
    }
    return runs > 0 ? sum / runs : 0;
}

QString RenderQueue::summary() const
{
    std::int64_t done = 0, total = 0;
    double left = -1;
    for (const Job& each : m_jobs) {
        if (each.state != QLatin1String("running"))
            continue;
        done += each.progress.framesDone;
        total += each.progress.framesTotal;
        left = std::max(left, each.progress.secondsLeft);
    }
    if (runningCount(false) + runningCount(true) == 0)
        return {};
    return tr("Rendering %1 / %2").arg(done).arg(total) + (left >= 0 ? tr(" · %1 left").arg(durationText(left)) : QString());
}

// --- orders ---

void RenderQueue::setWorkspace(Workspace* workspace)
{
    m_workspace = workspace;
    startMore();
}

void RenderQueue::keepIn(const std::filesystem::path& file)
{
    m_file = file;
    m_disk->post(Urgency::Idle, "load", [this, file](const CancelToken&) {
        const auto orders = std::make_shared<Result<std::vector<RenderOrder>>>(readRenderOrders(file));
        QMetaObject::invokeMethod(
            this, [this, orders] {
                if (*orders)
                    take(std::move(**orders));
                else
                    Q_EMIT failed(wordsOf(orders->error()));
            },
            Qt::QueuedConnection);
    });
}

/// What waited when the program ended goes before what was ordered since.
void RenderQueue::take(std::vector<RenderOrder> orders)
{
    int row = 0;
    for (RenderOrder& order : orders) {
        if (rowOf(order.id) >= 0)
            continue;
        Job each;
        each.title = order.title.empty() ? tr("Untitled") : toQt(std::string_view(order.title));
        each.state = order.paused ? QStringLiteral("paused") : QStringLiteral("waiting");
        each.message = tr("from the last time; finished parts are at hand");
        each.order = std::move(order);
        beginInsertRows({}, row, row);
        m_jobs.insert(m_jobs.begin() + row, std::move(each));
        endInsertRows();
        ++row;
    }
    if (row > 0)
        Q_EMIT changed();
    startMore();
}

void RenderQueue::keep()
{
    if (m_file.empty())
        return;
    auto orders = std::make_shared<std::vector<RenderOrder>>();
    for (const Job& each : m_jobs) {
        if (!isOpen(each.state))
            continue;
        orders->push_back(each.order);
        orders->back().paused = each.state == QLatin1String("paused") || each.pausing;
    }
    m_disk->post(
        Urgency::Idle, "keep", [this, orders, file = m_file](const CancelToken&) {
            if (const Result<void> written = writeRenderOrders(file, *orders); !written)
                QMetaObject::invokeMethod(
                    this, [this, words = wordsOf(written.error())] { Q_EMIT failed(tr("The queue is not kept for the next start: %1").arg(words)); }, Qt::QueuedConnection);
        },
        true);
}

void RenderQueue::add(const Recipe& recipe, const QString& output, const std::filesystem::path& folder, std::optional<SigningKey> key, const QString& parent)
{
    RenderOrder order;
    order.recipe = writeRecipe(recipe);
    order.title = recipe.title;
    order.output = toStd(output);
    order.folder = folder;
    order.sign = key.has_value();
    order.parent = toStd(parent);
    order.id = toStd(QUuid::createUuid().toString(QUuid::WithoutBraces));
    Job each;
    each.order = std::move(order);
    each.key = std::move(key);
    insert(std::move(each));
}

void RenderQueue::addOrder(RenderOrder order)
{
    order.id = toStd(QUuid::createUuid().toString(QUuid::WithoutBraces));
    Job each;
    each.order = std::move(order);
    insert(std::move(each));
}

void RenderQueue::insert(Job each)
{
    each.title = each.order.title.empty() ? tr("Untitled") : toQt(std::string_view(each.order.title));
    each.state = QStringLiteral("waiting");
    beginInsertRows({}, rowTotal(), rowTotal());
    m_jobs.push_back(std::move(each));
    endInsertRows();
    if (m_current < 0)
        setCurrent(0);
    Q_EMIT changed();
    keep();
    startMore();
}

// --- what people do ---

void RenderQueue::cancel(int row)
{
    if (!valid(row) || !isOpen(job(row).state))
        return;
    Job& each = job(row);
    each.pausing = false;
    each.cancel.cancel();
    if (each.state != QLatin1String("running")) {
        each.state = QStringLiteral("cancelled");
        each.message = tr("Cancelled");
    }
    tell(row);
    keep();
}

void RenderQueue::pause(int row)
{
    if (!valid(row))
        return;
    Job& each = job(row);
    if (each.state == QLatin1String("running")) {
        each.pausing = true;
        each.cancel.cancel();
    } else if (each.state == QLatin1String("waiting")) {
        each.state = QStringLiteral("paused");
    }
    tell(row);
    keep();
}

void RenderQueue::resume(int row)
{
    if (!valid(row) || job(row).state != QLatin1String("paused"))
        return;
    job(row).state = QStringLiteral("waiting");
    job(row).message.clear();
    tell(row);
    keep();
    startMore();
}

void RenderQueue::pauseOrResume(int row)
{
    if (valid(row) && job(row).state == QLatin1String("paused"))
        resume(row);
    else
        pause(row);
}

void RenderQueue::hold(bool held)
{
    if (m_held == held)
        return;
    m_held = held;
    for (int row = 0; row < rowTotal(); ++row) {
        if (held && job(row).state == QLatin1String("running"))
            pause(row);
        else if (!held)
            resume(row);
    }
    Q_EMIT changed();
    startMore();
}

void RenderQueue::retry(int row)
{
    if (!valid(row) || (job(row).state != QLatin1String("failed") && job(row).state != QLatin1String("cancelled")))
        return;
    job(row).state = QStringLiteral("waiting");
    job(row).message.clear();
    job(row).progress = {};
    tell(row);
    keep();
    startMore();
}

void RenderQueue::move(int row, int to)
{
    to = std::clamp(to, 0, std::max(0, rowTotal() - 1));
    if (!valid(row) || row == to || !beginMoveRows({}, row, row, {}, to > row ? to + 1 : to))
        return;
    Job moved = std::move(job(row));
    m_jobs.erase(m_jobs.begin() + row);
    m_jobs.insert(m_jobs.begin() + to, std::move(moved));
    endMoveRows();
    if (m_current == row) {
        m_current = to;
        Q_EMIT currentChanged();
    }
    keep();
}

void RenderQueue::moveFirst(int row)
{
    const auto waits = [](const Job& each) { return each.state == QLatin1String("waiting"); };
    if (valid(row) && waits(job(row)))
        move(row, static_cast<int>(std::ranges::find_if(m_jobs, waits) - m_jobs.begin()));
}

void RenderQueue::clearFinished()
{
    for (int row = rowTotal() - 1; row >= 0; --row) {
        if (isOpen(job(row).state))
            continue;
        beginRemoveRows({}, row, row);
        m_jobs.erase(m_jobs.begin() + row);
        endRemoveRows();
    }
    setCurrent(std::min(m_current, rowTotal() - 1));
    Q_EMIT changed();
}

} // namespace artdag
