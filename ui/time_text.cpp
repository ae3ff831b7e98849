// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/time_text.h"

#include <cmath>

namespace artdag {

namespace {
QString twoDigits(std::int64_t number)
{
    return QStringLiteral("%1").arg(number, 2, 10, QLatin1Char('0'));
}

/// The frame's number with those that are dropped: two (four at 60) at each minute but every tenth.
std::int64_t withDropped(std::int64_t frame, std::int64_t whole)
{
    const std::int64_t dropped = whole / 15;
    const std::int64_t minute = whole * 60 - dropped;
    const std::int64_t tenMinutes = minute * 10 + dropped;
    const std::int64_t tens = frame / tenMinutes;
    const std::int64_t rest = frame % tenMinutes;
    // The first minute of ten is whole.
    return frame + tens * 9 * dropped + (rest < whole * 60 ? 0 : (1 + (rest - whole * 60) / minute) * dropped);
}

QString timecode(std::int64_t frame, Rate rate)
{
    const auto whole = static_cast<std::int64_t>(std::ceil(rate.perSecond() - 1e-9));
    const bool drops = rate.denominator == 1001 && whole % 30 == 0;
    const std::int64_t number = drops ? withDropped(frame, whole) : frame;
    const std::int64_t seconds = number / whole;
    return twoDigits(seconds / 3600) + QLatin1Char(':') + twoDigits(seconds / 60 % 60) + QLatin1Char(':') + twoDigits(seconds % 60) + QLatin1Char(drops ? ';' : ':') + twoDigits(number % whole);
}
} // namespace

QString timeText(double seconds)
{
    const auto hundredths = static_cast<qint64>(std::floor(seconds * 100 + 0.5));
    return QStringLiteral("%1:%2.%3").arg(hundredths / 6000).arg(hundredths / 100 % 60, 2, 10, QLatin1Char('0')).arg(hundredths % 100, 2, 10, QLatin1Char('0'));
}

QString timeText(std::int64_t frame, Rate rate, TimeStyle style)
{
    switch (style) {
    case TimeStyle::Seconds: return timeText(static_cast<double>(frame) / rate.perSecond());
    case TimeStyle::Frames: return QString::number(frame);
    case TimeStyle::Smpte: return timecode(frame, rate);
    }
    return {};
}

} // namespace artdag
