// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewer.h"

#include "ui/qt_std.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace artdag {

namespace {
constexpr double draftBudget = 45; ///< ms that a picture may take while something is dragged
constexpr int lanes = 2;
constexpr std::size_t mostReady = 12;
constexpr std::int64_t nearest = 48; ///< frames to either side in which a picture is looked for while the exact one is made
}

Viewer::Viewer(Document& document, Player& player, QObject* parent)
    : QObject(parent),
      m_document(&document),
      m_player(&player)
{
    connect(m_player, &Player::frameChanged, this, [this] {
        if (m_player->isPlaying())
            playFrame();
        else
            ask();
    });
    connect(m_player, &Player::playingChanged, this, [this] {
        stopPlaying();
        if (m_player->isPlaying()) {
            m_rateClock.start();
            m_rateFrames = 0;
            playFrame();
        } else {
            ask();
        }
        Q_EMIT rateTextChanged();
    });
    connect(m_document, &Document::gestureEnded, this, &Viewer::ask);
}

void Viewer::setEngine(PreviewEngine* engine)
{
    m_engine = engine;
    refresh();
}

void Viewer::setTarget(const PreviewTarget& target, const QString& title)
{
    const bool same = target == m_target;
    if (same && title == m_title)
        return;
    m_target = target;
    m_title = title;
    if (!same) {
        m_costPerPixel = 0;
        m_shownSerial = ++m_serial; // what is still under way belongs to the earlier target
        m_image = {};
        m_shownFrame = -1;
        setMessage({});
        Q_EMIT imageChanged();
    }
    Q_EMIT targetChanged();
    if (!same)
        refresh();
}

void Viewer::setViewSize(QSizeF size)
{
    if (size == m_viewSize || size.isEmpty())
        return;
    const double before = scale();
    m_viewSize = size;
    Q_EMIT viewSizeChanged();
    if (scale() != before)
        ask();
}

double Viewer::scale() const
{
    const RecipeCanvas& canvas = m_document->recipe()->canvas;
    return previewScale(canvas.width, canvas.height, m_viewSize.width(), m_viewSize.height());
}

double Viewer::draftScale() const
{
    const RecipeCanvas& canvas = m_document->recipe()->canvas;
    double draft = scale();
    while (draft > 0.125 && m_costPerPixel * canvas.width * canvas.height * draft * draft > draftBudget)
        draft /= 2;
    return draft;
}

QString Viewer::scaleText() const
{
    if (m_image.isNull())
        return {};
    if (m_shownScale >= 1)
        return tr("full scale · sRGB");
    return m_shownScale >= 0.5 ? tr("½ scale · sRGB") : (m_shownScale >= 0.25 ? tr("¼ scale · sRGB") : tr("⅛ scale · sRGB"));
}

QString Viewer::rateText() const
{
    return m_player->isPlaying() && m_liveRate > 0 ? tr("%1 fps live").arg(m_liveRate, 0, 'f', m_liveRate < 10 ? 1 : 0) : QString();
}

void Viewer::setBusy(bool busy)
{
    if (m_busy == busy)
        return;
    m_busy = busy;
    Q_EMIT busyChanged();
}

void Viewer::setMessage(const QString& message)
{
    if (m_message == message)
        return;
    m_message = message;
    Q_EMIT messageChanged();
}

void Viewer::refresh()
{
    m_shownFrame = -1;
    m_ready.clear();
    ++m_run;
    m_inFlight = 0;
    m_lastAsked = -1;
    if (isSoundOnly())
        askPeaks();
    if (m_player->isPlaying())
        playFrame();
    else
        ask();
}

void Viewer::ask()
{
    if (m_engine == nullptr || m_player->isPlaying())
        return;
    if (!m_target.picture) {
        m_engine->cancel("viewer");
        setBusy(false);
        return;
    }
    const double exact = scale();
    const double draft = draftScale();
    if (m_document->inGesture()) {
        askAt(draft, draft == exact);
        return;
    }
    PreviewMeanwhile near = meanwhile(exact);
    if (draft < exact && !m_image.isNull())
        askAt(draft, false, std::exchange(near, {}));
    askAt(exact, true, std::move(near));
}

/// While the exact picture is made: the nearest one that is in memory, where it is nearer than the one shown.
PreviewMeanwhile Viewer::meanwhile(double scale)
{
    const std::int64_t reach = m_shownFrame < 0 ? nearest : std::min<std::int64_t>(nearest, std::abs(m_shownFrame - m_player->frame()) - 1);
    const quint64 serial = ++m_serial;
    return {scale, reach, [this, serial](const PreviewPicture& picture) {
                if (serial < m_shownSerial)
                    return;
                m_shownSerial = serial;
                show(picture);
            }};
}

void Viewer::askAt(double scale, bool exact, PreviewMeanwhile meanwhile)
{
    const quint64 serial = ++m_serial;
    m_exactSerial = serial;
    setBusy(true);
    const bool inGesture = m_document->inGesture();
    // While dragging, what runs may finish: a continuous drag must show pictures, not cancel each of them.
    m_engine->askPicture(
        Urgency::Viewer, exact ? "viewer" : "viewer-draft", m_target, m_player->frame(), scale, [this, serial](Result<PreviewPicture> picture) {
            if (serial < m_shownSerial)
                return;
            m_shownSerial = serial;
            if (serial == m_serial)
                setBusy(false);
            if (!picture) {
                if (serial == m_serial)
                    setMessage(wordsOf(picture.error()));
                return;
            }
            setMessage({});
            m_costPerPixel = picture->milliseconds / std::max(1.0, static_cast<double>(picture->image.width()) * picture->image.height());
            show(*picture);
        },
        inGesture, std::move(meanwhile));
}

void Viewer::show(const PreviewPicture& picture)
{
    m_image = picture.image;
    m_shownScale = picture.scale;
    m_shownFrame = picture.frame;
    Q_EMIT imageChanged();
    Q_EMIT pictureArrived();
}

void Viewer::askPeaks()
{
    if (m_engine == nullptr)
        return;
    const SampleRange range{0, sampleOfFrame(m_player->frames(), m_player->rate(), m_document->recipe()->canvas.sampleRate)};
    m_engine->askPeaks(Urgency::Viewer, "viewer-peaks", m_target, range, 240, [this](Result<PreviewPeaks> peaks) {
        if (!peaks) {
            setMessage(wordsOf(peaks.error()));
            return;
        }
        setMessage({});
        m_peaks = QList<double>(peaks->peaks.begin(), peaks->peaks.end());
        Q_EMIT peaksChanged();
    });
}

void Viewer::stopPlaying()
{
    ++m_run;
    m_ready.clear();
    m_inFlight = 0;
    m_lastAsked = -1;
    if (m_engine != nullptr)
        m_engine->cancel("play:");
}

/// At each new frame of the clock: shows the newest picture that is due, and asks for the next ones in time.
void Viewer::playFrame()
{
    if (m_engine == nullptr || !m_target.picture)
        return;
    const std::int64_t now = m_player->frame();
    if (m_lastAsked > now + 64 || (!m_ready.empty() && m_ready.begin()->first > now + 64)) {
        // The film began again.
        m_ready.clear();
        m_lastAsked = -1;
    }
    const auto later = m_ready.upper_bound(now);
    if (later != m_ready.begin()) {
        show(std::prev(later)->second);
        m_ready.erase(m_ready.begin(), later);
        ++m_rateFrames;
    }
    if (m_rateClock.elapsed() > 1000) {
        m_liveRate = m_rateFrames * 1000.0 / static_cast<double>(m_rateClock.restart());
        m_rateFrames = 0;
        Q_EMIT rateTextChanged();
    }
    const double scale = draftScale();
    const RecipeCanvas& canvas = m_document->recipe()->canvas;
    const double cost = m_costPerPixel * canvas.width * canvas.height * scale * scale;
    const auto lead = static_cast<std::int64_t>(std::ceil(cost / 1000 * m_player->rate().perSecond()));
    while (m_inFlight < lanes && m_ready.size() < mostReady) {
        const std::int64_t next = std::max(m_lastAsked + 1, now + lead);
        if (next >= m_player->frames())
            break;
        m_lastAsked = next;
        ++m_inFlight;
        m_engine->askPicture(Urgency::Playback, "play:" + std::to_string(next), m_target, next, scale, [this, run = m_run](Result<PreviewPicture> picture) {
            if (run != m_run)
                return;
            --m_inFlight;
            if (!picture) {
                setMessage(wordsOf(picture.error()));
                return;
            }
            setMessage({});
            m_costPerPixel = picture->milliseconds / std::max(1.0, static_cast<double>(picture->image.width()) * picture->image.height());
            m_ready.emplace(picture->frame, std::move(*picture));
            playFrame();
        });
    }
}

} // namespace artdag
