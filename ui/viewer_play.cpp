// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewer.h"

#include "core/plan/cost.h"
#include "ui/qt_std.h"

#include <algorithm>
#include <cmath>

namespace artdag {

namespace {
constexpr std::size_t lanes = 2;
constexpr std::int64_t farthestAhead = 24;
constexpr int neighbourReach = 24; ///< frames to either side of the playhead that are made while nothing else is to be done

/// 1, −1, 2, −2 …
std::int64_t awayBy(int step)
{
    return step % 2 == 1 ? (step + 1) / 2 : -step / 2;
}
} // namespace

QString Viewer::rateText() const
{
    if (!m_player->isPlaying() || m_liveRate <= 0)
        return {};
    const QString rate = m_player->playsEveryFrame() ? tr("%1 fps, every frame") : tr("%1 fps live");
    const QString words = rate.arg(m_liveRate, 0, 'f', m_liveRate < 10 ? 1 : 0);
    return m_costliest.isEmpty() ? words : tr("%1 · costliest: %2").arg(words, m_costliest);
}

QString Viewer::cachingText() const
{
    return m_caching ? tr("caching %1 / %2 · Esc stops").arg(m_cachedFrames).arg(m_cacheEnd - m_player->inFrame() + 1) : QString();
}

/// What was kept is of another recipe, target or look.
void Viewer::forgetPlayed()
{
    m_reel.clear();
    m_failed.clear();
    m_inFlight.clear();
    ++m_run;
}

void Viewer::stopPlaying()
{
    ++m_run;
    m_inFlight.clear();
    if (m_engine != nullptr)
        m_engine->cancel("play:");
}

/// The frame itself, or the one that comes in its place where what is played goes around; none beyond its end.
std::optional<std::int64_t> Viewer::wrapped(std::int64_t frame) const
{
    const std::int64_t first = m_player->inFrame(), last = m_player->outFrame();
    if (frame >= first && frame <= last)
        return frame;
    if (!m_player->isLooping())
        return std::nullopt;
    const std::int64_t count = last - first + 1;
    return first + ((frame - first) % count + count) % count;
}

/// At each new frame of the clock: shows the newest picture that is due, and asks for the next ones in time.
void Viewer::playFrame()
{
    if (m_engine == nullptr || !m_target.picture)
        return;
    showDue();
    countRate();
    m_compare.follow(false);
    const double at = m_player->playsEveryFrame() ? scale() : draftScale();
    const RecipeCanvas& canvas = m_document->recipe()->canvas;
    const double cost = m_costPerPixel * canvas.width * canvas.height * at * at;
    const double speed = std::abs(m_player->speed());
    askAhead(at, m_player->playsEveryFrame() ? 0 : static_cast<std::int64_t>(std::ceil(cost / 1000 * m_player->rate().perSecond() * speed)));
}

void Viewer::showDue()
{
    const std::int64_t now = m_player->frame();
    const bool backwards = m_player->speed() < 0;
    const std::int64_t before = m_lastPlayed >= 0 ? m_lastPlayed : m_jumpedTo + (backwards ? 1 : -1);
    const PreviewPicture* due = m_reel.due(now, before, backwards);
    if (due == nullptr || (m_player->playsEveryFrame() && due->frame != now))
        return;
    m_lastPlayed = due->frame;
    ++m_rateFrames;
    if (m_flashes.add(static_cast<double>(due->frame) / m_player->rate().perSecond(), due->image))
        Q_EMIT flashesFound();
    show(*due);
}

void Viewer::countRate()
{
    if (m_rateClock.elapsed() <= 1000)
        return;
    m_liveRate = m_rateFrames * 1000.0 / static_cast<double>(m_rateClock.restart());
    m_rateFrames = 0;
    Q_EMIT rateTextChanged();
}

void Viewer::askAhead(double scale, std::int64_t lead)
{
    const std::int64_t direction = m_player->speed() < 0 ? -1 : 1;
    const auto stride = std::max<std::int64_t>(1, std::llround(std::abs(m_player->speed())));
    for (std::int64_t ahead = 0; ahead < farthestAhead && m_inFlight.size() < lanes; ++ahead) {
        const std::optional<std::int64_t> frame = wrapped(m_player->frame() + direction * (lead + ahead * stride));
        if (!frame)
            break;
        if (m_reel.find(*frame) == nullptr && !m_inFlight.contains(*frame) && !m_failed.contains(*frame))
            askPlayed(*frame, scale);
    }
}

void Viewer::askPlayed(std::int64_t frame, double scale)
{
    m_inFlight.insert(frame);
    m_engine->askPicture(
        Urgency::Playback, "play:" + std::to_string(frame), lookedAt(), frame, scale, [this, frame, run = m_run](Result<PreviewPicture> picture) {
            if (run != m_run)
                return;
            m_inFlight.erase(frame);
            if (picture) {
                setMessage({});
                learnCost(*picture);
                m_reel.put(*picture, m_player->frame());
            } else {
                m_failed.insert(frame);
                setMessage(wordsOf(picture.error()));
            }
            if (m_caching)
                cacheMore();
            else if (m_player->isPlaying())
                playFrame();
        });
}

/// Which node takes the longest for a frame, by the plan's estimate.
void Viewer::askCostliest()
{
    m_costliest.clear();
    if (m_engine == nullptr || !m_target.picture)
        return;
    m_engine->askPlan(Urgency::Playback, "viewer-costliest", m_target, draftScale(),
        [this, target = m_target](const Plan& plan, const CancelToken&) -> PreviewEngine::Finish {
            int costliest = -1;
            double most = 0;
            for (std::size_t node = 0; node < plan.nodes.size(); ++node) {
                const double seconds
                    = plan.nodes[node].needed && !plan.nodes[node].outputs.empty() && plan.nodes[node].outputs[0].type == PortType::Picture
                    ? estimatedSeconds(plan, static_cast<int>(node), 1)
                    : 0;
                if (seconds > most) {
                    most = seconds;
                    costliest = static_cast<int>(node);
                }
            }
            const QString name = costliest < 0 ? QString() : toQt(plan.graph->nodes[static_cast<std::size_t>(costliest)].name);
            return [this, name, target] {
                if (!(target == m_target))
                    return;
                m_costliest = name;
                Q_EMIT rateTextChanged();
            };
        });
}

/// Makes every frame from in to out at the view's scale, then plays all of them. What does not fit the memory is left out at the end.
void Viewer::cacheThenPlay()
{
    if (m_engine == nullptr || !m_target.picture)
        return;
    m_player->pause();
    m_player->seek(m_player->inFrame());
    const RecipeCanvas& canvas = m_document->recipe()->canvas;
    const double part = scale() / m_shownScale;
    const auto bytes = static_cast<std::size_t>(
        m_image.isNull() ? canvas.width * scale() * canvas.height * scale() * 4 : static_cast<double>(m_image.sizeInBytes()) * part * part);
    forgetPlayed(); // all of the memory is for what is played
    m_caching = true;
    m_cacheEnd = std::min(m_player->outFrame(), m_player->inFrame() + m_reel.room(bytes) - 1);
    cacheMore();
}

void Viewer::cacheMore()
{
    const double at = scale();
    m_cachedFrames = 0;
    for (std::int64_t frame = m_player->inFrame(); frame <= m_cacheEnd; ++frame) {
        if (m_reel.has(frame, at) || m_failed.contains(frame))
            ++m_cachedFrames;
        else if (m_inFlight.size() < lanes && !m_inFlight.contains(frame))
            askPlayed(frame, at);
    }
    Q_EMIT cachingChanged();
    if (m_cachedFrames <= m_cacheEnd - m_player->inFrame())
        return;
    m_caching = false;
    Q_EMIT cachingChanged();
    m_player->playEveryFrame();
}

void Viewer::stopCaching()
{
    if (!m_caching)
        return;
    m_caching = false;
    stopPlaying();
    Q_EMIT cachingChanged();
}

/// The machine has nothing to do: what is scrubbed to next will be there.
void Viewer::askNeighbours()
{
    m_neighbour = 0;
    askNeighbour();
}

void Viewer::askNeighbour()
{
    if (m_engine == nullptr || m_player->isPlaying() || m_caching || m_document->inGesture() || !m_target.picture)
        return;
    const double at = scale();
    while (++m_neighbour <= 2 * neighbourReach) {
        const std::int64_t frame = m_player->frame() + awayBy(m_neighbour);
        if (frame < 0 || frame >= m_player->frames() || m_reel.has(frame, at) || m_failed.contains(frame))
            continue;
        m_engine->askPicture(Urgency::Background, "near", lookedAt(), frame, at, [this, frame, run = m_run](Result<PreviewPicture> picture) {
            if (run != m_run)
                return;
            if (picture)
                m_reel.put(*picture, m_player->frame());
            else
                m_failed.insert(frame);
            askNeighbour();
        });
        return;
    }
    Q_EMIT neighboursMade();
}

} // namespace artdag
