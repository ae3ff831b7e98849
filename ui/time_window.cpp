// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/time_window.h"

#include <algorithm>
#include <cmath>

namespace artdag {

namespace {
constexpr double leastSpan = 2; // frames: at 48 kHz a pixel is then a sample or two
constexpr double leastMarkGap = 84;
}

TimeWindow::TimeWindow(Player& player, QObject* parent)
    : QObject(parent),
      m_player(&player),
      m_span(static_cast<double>(player.frames()))
{
    connect(m_player, &Player::lengthChanged, this, [this, before = whole()]() mutable {
        const bool all = m_span >= std::exchange(before, whole());
        show(all ? 0 : m_first, all ? whole() : m_span);
    });
    connect(m_player, &Player::frameChanged, this, [this] {
        if (m_player->isPlaying() && (playhead() < 0 || playhead() > 1))
            show(static_cast<double>(m_player->frame()), m_span); // a page on
        Q_EMIT playheadChanged();
    });
    connect(m_player, &Player::rangeChanged, this, &TimeWindow::rangeChanged);
    connect(m_player, &Player::timeTextChanged, this, [this, style = m_player->timeStyle()]() mutable {
        if (std::exchange(style, m_player->timeStyle()) != m_player->timeStyle())
            Q_EMIT changed();
    });
}

void TimeWindow::setWidth(double width)
{
    if (width == m_width || width <= 0)
        return;
    m_width = width;
    Q_EMIT widthChanged();
    Q_EMIT changed();
}

void TimeWindow::show(double first, double span)
{
    m_span = std::clamp(span, std::min(leastSpan, whole()), whole());
    m_first = std::clamp(first, 0.0, whole() - m_span);
    Q_EMIT changed();
    Q_EMIT playheadChanged();
    Q_EMIT rangeChanged();
}

QVariantList TimeWindow::marks() const
{
    const double rate = m_player->rate().perSecond();
    const bool frames = m_player->timeStyle() == TimeStyle::Frames;
    const double perUnit = frames ? 1 : rate; // frames in what marks count
    double gap = 3600;
    for (const double candidate : {1 / rate, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 60.0, 100.0, 300.0, 600.0, 1000.0, 3600.0}) {
        gap = candidate;
        if ((!frames || candidate >= 1) && gap * perUnit / m_span * m_width >= leastMarkGap)
            break;
    }
    QVariantList marks;
    for (double at = std::floor(m_first / perUnit / gap) * gap; at * perUnit <= m_first + m_span + 1e-6; at += gap) {
        const double frame = at * perUnit;
        if (frame < m_first - 1e-6)
            continue;
        QString text = m_player->textOfFrame(std::llround(frame));
        if (m_player->timeStyle() == TimeStyle::Seconds)
            text = gap < 1 ? timeText(at) : timeText(at).section(QLatin1Char('.'), 0, 0);
        marks.append(QVariantMap{{QStringLiteral("position"), positionOf(frame)}, {QStringLiteral("text"), text}});
    }
    return marks;
}

void TimeWindow::zoomBy(double factor, double at)
{
    const double fixed = frameOf(at);
    const double span = std::clamp(m_span / factor, std::min(leastSpan, whole()), whole());
    show(fixed - at * span, span);
}

void TimeWindow::scrollBy(double part)
{
    show(m_first + part * m_span, m_span);
}

void TimeWindow::scrollTo(double scrollAt)
{
    show(scrollAt * whole(), m_span);
}

void TimeWindow::fit()
{
    show(0, whole());
}

void TimeWindow::seek(double position)
{
    m_player->seek(static_cast<qint64>(std::floor(frameOf(position))));
}

void TimeWindow::setIn(double position)
{
    m_player->setIn(std::llround(frameOf(position)));
}

void TimeWindow::setOut(double position)
{
    m_player->setOut(std::llround(frameOf(position)) - 1);
}

bool TimeWindow::wheel(double at, QPointF angle, QPointF pixels, int modifiers, bool plainZooms)
{
    const bool touchpad = !pixels.isNull();
    const QPointF by = touchpad ? pixels : angle / 2;
    if ((modifiers & Qt::ControlModifier) != 0 || (plainZooms && !touchpad && angle.x() == 0 && (modifiers & Qt::ShiftModifier) == 0)) {
        zoomBy(std::exp2(by.y() / 120), at);
        return true;
    }
    const double sideways = (modifiers & Qt::ShiftModifier) != 0 && by.x() == 0 ? by.y() : by.x();
    if (std::abs(sideways) < std::abs(by.y()) && (modifiers & Qt::ShiftModifier) == 0)
        return false;
    scrollBy(-sideways / m_width);
    return true;
}

} // namespace artdag
