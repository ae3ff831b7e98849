// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline.h"

#include "ui/markers.h"
#include "ui/timeline_commands.h"
#include "ui/viewer_commands.h"

#include <algorithm>
#include <cmath>

namespace artdag {

namespace {
constexpr double cellWidth = 64;
constexpr double stripScale = 0.125;
constexpr double snapReach = 8; // px
}

QVariant FilmStrip::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || role != ImageRole || index.row() >= rowCount())
        return {};
    return m_images[static_cast<std::size_t>(index.row())];
}

void FilmStrip::resize(int count)
{
    if (count > rowCount()) {
        beginInsertRows({}, rowCount(), count - 1);
        m_images.resize(static_cast<std::size_t>(count));
        endInsertRows();
    } else if (count < rowCount()) {
        beginRemoveRows({}, count, rowCount() - 1);
        m_images.resize(static_cast<std::size_t>(count));
        endRemoveRows();
    }
}

void FilmStrip::set(int cell, const QImage& image)
{
    if (cell < 0 || cell >= rowCount())
        return;
    m_images[static_cast<std::size_t>(cell)] = image;
    Q_EMIT dataChanged(index(cell), index(cell), {ImageRole});
}

Timeline::Timeline(Document& document, Player& player, QObject* parent)
    : QObject(parent),
      m_document(&document),
      m_player(&player),
      m_window(player, this),
      m_events(m_window, this),
      m_curves(document, player, m_window, this),
      m_items(document, player, m_window, this)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(150);
    connect(&m_soon, &QTimer::timeout, this, &Timeline::refresh);
    connect(m_document, &Document::recipeChanged, this, [this] {
        refreshSoon();
        // Queued: the engine learns of the recipe by the same signal, and what is asked must be asked of this one.
        QMetaObject::invokeMethod(this, &Timeline::followCard, Qt::QueuedConnection);
        Q_EMIT markersChanged();
    });
    connect(m_document, &Document::gestureEnded, this, &Timeline::refreshSoon);
    connect(m_document, &Document::opened, this, [this] {
        m_strip.resize(0);
        m_peaks.clear();
        m_player->clearRange();
        m_window.fit();
        Q_EMIT peaksChanged();
    });
    connect(&m_window, &TimeWindow::changed, this, [this] {
        Q_EMIT cachedChanged();
        Q_EMIT markersChanged();
        refreshSoon();
    });
    m_curves.setSnap([this](double frame) { return snapped(frame); });
    m_items.setSnap([this](double frame) { return snapped(frame); });
    connect(&m_curves, &CurveModel::refused, this, &Timeline::refused);
    connect(&m_items, &ItemStrip::refused, this, &Timeline::refused);
}

void Timeline::setEngine(PreviewEngine* engine)
{
    m_engine = engine;
    m_events.setEngine(engine);
    m_curves.setEngine(engine);
    m_items.setEngine(engine);
    followCard();
    refreshSoon();
}

void Timeline::setFields(FieldModel& card, FieldModel& handles, std::function<PreviewTarget(const QString& card)> targetOf)
{
    m_card = &card;
    m_targetOf = targetOf;
    m_curves.setCards(std::move(targetOf));
    m_curves.setFields(card, handles);
    m_items.setScope(card.scope());
    connect(m_card, &FieldModel::cardChanged, this, &Timeline::followCard);
}

/// Items are those of the current card.
void Timeline::followCard()
{
    if (m_card != nullptr && m_engine != nullptr)
        m_items.setCard(m_card->card().toStdString(), m_targetOf(m_card->card()));
}

QVariantList Timeline::cached() const
{
    QVariantList ranges;
    for (const auto& [first, count] : m_cached.ranges)
        ranges.append(QVariantMap{{QStringLiteral("position"), m_window.positionOf(static_cast<double>(first))}, {QStringLiteral("length"), static_cast<double>(count) / m_window.span()}});
    return ranges;
}

void Timeline::setCached(const CachedFrames& cached)
{
    if (cached.ranges == m_cached.ranges)
        return;
    m_cached = cached;
    Q_EMIT cachedChanged();
}

QVariantList Timeline::markers() const
{
    QVariantList list;
    for (const Marker& marker : markersOf(*m_document->recipe())) {
        const std::int64_t frame = framesOfSeconds(marker.time, m_player->rate());
        list.append(QVariantMap{{QStringLiteral("at"), m_window.positionOf(static_cast<double>(frame))}, {QStringLiteral("title"), marker.title}, {QStringLiteral("time"), m_player->textOfFrame(frame)}});
    }
    return list;
}

void Timeline::moveMarker(int marker, double at)
{
    std::vector<Marker> markers = markersOf(*m_document->recipe());
    if (marker < 0 || marker >= static_cast<int>(markers.size()))
        return;
    const auto frame = std::clamp<std::int64_t>(std::llround(m_window.frameOf(at)), 0, m_player->frames() - 1);
    markers[static_cast<std::size_t>(marker)].time = secondsOfFlicks(timeOfFrame(frame, m_player->rate()));
    m_document->apply(withMarkers(*m_document->recipe(), std::move(markers)), tr("Move marker"));
}

void Timeline::toMarker(int direction)
{
    std::optional<std::int64_t> to;
    for (const Marker& marker : markersOf(*m_document->recipe())) {
        const std::int64_t frame = framesOfSeconds(marker.time, m_player->rate());
        if (direction > 0 ? frame > m_player->frame() && !to : frame < m_player->frame())
            to = frame;
    }
    if (to)
        m_player->seek(*to);
}

/// To a beat, an onset, a cut, a marker or the playhead within reach of the pointer; else to a frame.
double Timeline::snapped(double frame) const
{
    if (!m_snaps)
        return std::round(frame);
    const double reach = m_window.framesOf(snapReach);
    double nearest = m_events.snapped(frame, reach, m_player->rate());
    double away = nearest == frame ? reach : std::abs(nearest - frame);
    const auto consider = [&](double at) {
        if (std::abs(at - frame) < away) {
            away = std::abs(at - frame);
            nearest = at;
        }
    };
    for (const Marker& marker : markersOf(*m_document->recipe()))
        consider(static_cast<double>(framesOfSeconds(marker.time, m_player->rate())));
    consider(static_cast<double>(m_player->frame()));
    return std::round(nearest);
}

void Timeline::run(const QString& id)
{
    const QString what = id.section(QLatin1Char('.'), 1);
    if (what == QLatin1String("zoom_in") || what == QLatin1String("zoom_out"))
        m_window.zoomBy(what == QLatin1String("zoom_in") ? 1.5 : 1 / 1.5, std::clamp(m_window.playhead(), 0.0, 1.0));
    else if (what == QLatin1String("fit"))
        m_window.fit();
    else if (what == QLatin1String("split"))
        m_items.split();
    else if (what == QLatin1String("delete"))
        m_curves.removeSelected();
    else if (what == QLatin1String("copy"))
        m_curves.copy();
    else if (what == QLatin1String("paste"))
        m_curves.paste();
    else if (what == QLatin1String("key"))
        m_curves.keyHere();
    else if (what == QLatin1String("ease"))
        m_curves.cycleEase();
    else if (what == QLatin1String("previous_marker") || what == QLatin1String("next_marker"))
        toMarker(what == QLatin1String("next_marker") ? 1 : -1);
    else if (what == QLatin1String("snap")) {
        m_snaps = !m_snaps;
        Q_EMIT snapsChanged();
    }
}

void Timeline::refreshSoon()
{
    const PreviewTarget target = targetOfFilm(*m_document->recipe());
    if (!(target == m_target)) {
        m_target = target;
        Q_EMIT targetChanged();
    }
    // Dragging has the threads for itself; the strip follows at the end.
    if (!m_document->inGesture())
        m_soon.start();
}

void Timeline::refresh()
{
    if (m_engine == nullptr || m_document->inGesture())
        return;
    m_engine->cancel("strip:");
    m_events.refresh(m_target);
    askStrip();
    askPeaks();
}

void Timeline::askStrip()
{
    if (!m_target.picture) {
        m_strip.resize(0);
        return;
    }
    const int cells = std::clamp(static_cast<int>(std::ceil(m_window.width() / cellWidth)), 1, 60);
    m_strip.resize(cells);
    for (int cell = 0; cell < cells; ++cell) {
        const auto frame = static_cast<std::int64_t>(m_window.frameOf((cell + 0.5) / cells));
        m_engine->askPicture(Urgency::Idle, "strip:" + std::to_string(cell), {m_target.picture, std::nullopt}, frame, stripScale, [this, cell](Result<PreviewPicture> picture) {
            m_strip.set(cell, picture ? picture->image : QImage());
        });
    }
}

/// The waveform of the very samples that lie in the window: its first column begins with the window's first sample.
void Timeline::askPeaks()
{
    if (!m_target.sound) {
        if (!m_peaks.isEmpty()) {
            m_peaks.clear();
            Q_EMIT peaksChanged();
        }
        return;
    }
    const double samplesPerFrame = m_document->recipe()->canvas.sampleRate / m_player->rate().perSecond();
    const auto first = static_cast<std::int64_t>(std::llround(m_window.first() * samplesPerFrame));
    const auto count = std::max<std::int64_t>(1, std::llround(m_window.span() * samplesPerFrame));
    const auto columns = static_cast<int>(std::clamp<std::int64_t>(static_cast<std::int64_t>(m_window.width() / 2), 32, std::min<std::int64_t>(2000, count)));
    m_engine->askPeaks(Urgency::Idle, "strip:sound", m_target, {first, count}, columns, [this](Result<PreviewPeaks> peaks) {
        m_peaks = peaks ? QList<double>(peaks->peaks.begin(), peaks->peaks.end()) : QList<double>();
        Q_EMIT peaksChanged();
    });
}

} // namespace artdag
