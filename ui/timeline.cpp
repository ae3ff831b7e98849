// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline.h"

#include <algorithm>
#include <cmath>

namespace artdag {

namespace {
constexpr double cellWidth = 64;
constexpr double stripScale = 0.125;
constexpr double leastMarkGap = 84;
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
      m_player(&player)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(150);
    connect(&m_soon, &QTimer::timeout, this, &Timeline::refresh);
    connect(m_document, &Document::recipeChanged, this, &Timeline::refreshSoon);
    connect(m_document, &Document::gestureEnded, this, &Timeline::refreshSoon);
    connect(m_player, &Player::lengthChanged, this, &Timeline::marksChanged);
    connect(m_document, &Document::opened, this, [this] {
        m_strip.resize(0);
        m_peaks.clear();
        Q_EMIT peaksChanged();
    });
}

void Timeline::setEngine(PreviewEngine* engine)
{
    m_engine = engine;
    refreshSoon();
}

void Timeline::setWidth(double width)
{
    if (width == m_width || width <= 0)
        return;
    m_width = width;
    Q_EMIT widthChanged();
    Q_EMIT marksChanged();
    refreshSoon();
}

QVariantList Timeline::marks() const
{
    const double length = static_cast<double>(m_player->frames()) / m_player->rate().perSecond();
    double gap = 0.1;
    for (const double candidate : {0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 300.0, 600.0, 3600.0}) {
        gap = candidate;
        if (gap / length * m_width >= leastMarkGap)
            break;
    }
    QVariantList marks;
    for (int i = 0; i * gap < length + 1e-6; ++i) {
        const double seconds = i * gap;
        const QString text = gap < 1 ? timeText(seconds) : timeText(seconds).section(QLatin1Char('.'), 0, 0);
        marks.append(QVariantMap{{QStringLiteral("position"), seconds / length}, {QStringLiteral("text"), text}});
    }
    return marks;
}

void Timeline::setCached(const CachedFrames& cached)
{
    QVariantList ranges;
    const auto all = static_cast<double>(m_player->frames());
    for (const auto& [first, count] : cached.ranges)
        ranges.append(QVariantMap{{QStringLiteral("position"), static_cast<double>(first) / all}, {QStringLiteral("length"), static_cast<double>(count) / all}});
    if (ranges == m_cached)
        return;
    m_cached = ranges;
    Q_EMIT cachedChanged();
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
    if (m_target.picture) {
        const int cells = std::clamp(static_cast<int>(std::ceil(m_width / cellWidth)), 1, 60);
        m_strip.resize(cells);
        for (int cell = 0; cell < cells; ++cell) {
            const std::int64_t frame = static_cast<std::int64_t>((cell + 0.5) / cells * static_cast<double>(m_player->frames()));
            m_engine->askPicture(Urgency::Idle, "strip:" + std::to_string(cell), {m_target.picture, std::nullopt}, frame, stripScale, [this, cell](Result<PreviewPicture> picture) {
                m_strip.set(cell, picture ? picture->image : QImage());
            });
        }
    } else {
        m_strip.resize(0);
    }
    if (m_target.sound) {
        const SampleRange range{0, sampleOfFrame(m_player->frames(), m_player->rate(), m_document->recipe()->canvas.sampleRate)};
        m_engine->askPeaks(Urgency::Idle, "strip:sound", m_target, range, std::clamp(static_cast<int>(m_width / 3), 32, 800), [this](Result<PreviewPeaks> peaks) {
            m_peaks = peaks ? QList<double>(peaks->peaks.begin(), peaks->peaks.end()) : QList<double>();
            Q_EMIT peaksChanged();
        });
    } else if (!m_peaks.isEmpty()) {
        m_peaks.clear();
        Q_EMIT peaksChanged();
    }
}

} // namespace artdag
