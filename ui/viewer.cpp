// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewer.h"

#include "ui/qt_std.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace artdag {

namespace {
constexpr double draftBudget = 45;   ///< ms that a picture may take while something is dragged
constexpr std::int64_t nearest = 48; ///< frames to either side in which a picture is looked for while the exact one is made
constexpr std::size_t reelBytes = std::size_t{512} << 20;
constexpr int restBeforeNeighbours = 400; ///< ms
}

Viewer::Viewer(Document& document, Player& player, QObject* parent)
    : QObject(parent),
      m_document(&document),
      m_player(&player),
      m_camera(this),
      m_compare([this] { return shownSide(); }, this),
      m_scope(this),
      m_probe(this),
      m_overlay(document, player, this),
      m_reel(reelBytes)
{
    connectPlayer();
    connect(m_document, &Document::gestureEnded, this, &Viewer::ask);
    connect(m_document, &Document::opened, &m_compare, &Comparison::forget);
    connect(&m_camera, &ViewCamera::changed, this, [this, before = 0.0]() mutable {
        if (const double now = scale(); std::exchange(before, now) != now)
            ask();
    });
    for (const auto signal : {&Comparison::changed, &Comparison::imageChanged, &Comparison::differenceChanged})
        connect(&m_compare, signal, this, &Viewer::showLook);
    connect(this, &Viewer::imageChanged, this, &Viewer::showLook);
    m_neighboursSoon.setSingleShot(true);
    m_neighboursSoon.setInterval(restBeforeNeighbours);
    connect(&m_neighboursSoon, &QTimer::timeout, this, &Viewer::askNeighbours);
}

void Viewer::connectPlayer()
{
    connect(m_player, &Player::frameChanged, this, [this] {
        if (m_player->isPlaying())
            playFrame();
        else
            ask();
    });
    connect(m_player, &Player::jumped, this, [this] {
        m_lastPlayed = -1;
        m_jumpedTo = m_player->frame();
        playFrame();
    });
    connect(m_player, &Player::playingChanged, this, &Viewer::onPlayingChanged);
}

void Viewer::onPlayingChanged()
{
    stopCaching();
    stopPlaying();
    if (m_player->isPlaying()) {
        m_shownSerial = m_exactSerial = ++m_serial; // what was asked while it stood still comes too late
        setBusy(false);
        m_rateClock.start();
        m_rateFrames = 0;
        m_liveRate = 0;
        m_lastPlayed = -1;
        m_jumpedTo = m_player->frame();
        m_flashes.clear();
        askCostliest();
        playFrame();
    } else {
        ask();
    }
    Q_EMIT rateTextChanged();
}

void Viewer::setEngine(PreviewEngine* engine)
{
    m_engine = engine;
    m_scope.setEngine(engine);
    if (engine != nullptr) {
        engine->setMakesProxies(m_proxies);
        connect(engine, &PreviewEngine::proxiesChanged, this, &Viewer::proxiesChanged);
    }
    refresh();
    m_compare.setEngine(engine);
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
        m_pixels.reset();
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
    if (m_scaleChoice > 0)
        return m_scaleChoice;
    const RecipeCanvas& canvas = m_document->recipe()->canvas;
    if (!m_camera.isFitted())
        return previewScale(canvas.width, canvas.height, canvas.width * m_camera.zoom(), canvas.height * m_camera.zoom());
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
    stopCaching();
    forgetPlayed();
    m_shownFrame = -1;
    if (isSoundOnly())
        askPeaks();
    if (m_player->isPlaying())
        playFrame();
    else
        ask();
}

PreviewTarget Viewer::lookedAt() const
{
    PreviewTarget target = m_target;
    target.channels = m_channels;
    return target;
}

void Viewer::ask()
{
    m_neighboursSoon.stop();
    if (m_engine == nullptr || m_player->isPlaying() || m_caching)
        return;
    m_engine->cancel("near");
    if (!m_target.picture) {
        m_engine->cancel("viewer");
        setBusy(false);
        return;
    }
    const double exact = scale();
    const double draft = draftScale();
    m_compare.follow(false);
    if (m_document->inGesture()) {
        askAt(draft, draft == exact);
        return;
    }
    // What is on the reel is seen at once; asking brings its float pixels, from the cache as a rule.
    if (m_reel.has(m_player->frame(), exact) && m_shownFrame != m_player->frame())
        show(*m_reel.find(m_player->frame()));
    PreviewMeanwhile near = meanwhile(exact);
    if (draft < exact && !m_image.isNull() && !m_reel.has(m_player->frame(), exact))
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
        Urgency::Viewer, exact ? "viewer" : "viewer-draft", lookedAt(), m_player->frame(), scale, [this, serial, exact](Result<PreviewPicture> picture) {
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
            learnCost(*picture);
            if (!m_document->inGesture())
                m_reel.put(*picture, m_player->frame());
            show(*picture);
            if (exact && serial == m_serial)
                m_neighboursSoon.start();
        },
        inGesture, std::move(meanwhile));
}

void Viewer::learnCost(const PreviewPicture& picture)
{
    m_costPerPixel = picture.milliseconds / std::max(1.0, static_cast<double>(picture.image.width()) * picture.image.height());
}

void Viewer::show(const PreviewPicture& picture)
{
    m_image = picture.image;
    m_pixels = picture.pixels;
    m_shownScale = picture.scale;
    m_shownFrame = picture.frame;
    // Scaled sizes are rounded: within a pixel of the canvas it is the canvas.
    const RecipeCanvas& canvas = m_document->recipe()->canvas;
    const QSize full(static_cast<int>(std::lround(m_image.width() / m_shownScale)), static_cast<int>(std::lround(m_image.height() / m_shownScale)));
    const double rounding = 1 / m_shownScale;
    const bool ofCanvas = std::abs(full.width() - canvas.width) < rounding && std::abs(full.height() - canvas.height) < rounding;
    m_camera.setPicture(ofCanvas ? QSize(canvas.width, canvas.height) : full);
    m_player->setShown(picture.frame);
    Q_EMIT imageChanged();
    m_compare.follow(true);
    Q_EMIT pictureArrived();
}

const QImage& Viewer::shownImage() const
{
    return m_compare.showsB() && !m_compare.image().isNull() ? m_compare.image() : m_image;
}

/// Scopes and the pixel inspector look at what is seen.
void Viewer::showLook()
{
    m_probe.setPictures(m_pixels, m_compare.hasB() ? m_compare.pixels() : nullptr, m_camera.picture());
    m_scope.setPicture(shownImage());
    Q_EMIT shownChanged();
}

Comparison::Shown Viewer::shownSide() const
{
    return {lookedAt(), m_title, m_player->frame(), scale(), m_player->isPlaying(), m_pixels, m_document->recipe()};
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

} // namespace artdag
