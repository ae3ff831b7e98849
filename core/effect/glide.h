// SPDX-License-Identifier: GPL-3.0-or-later
// A value that events move from one step to the next, in no time or softly.
#pragma once

#include "core/effect/signal.h"

#include <span>

namespace artdag {

/// The value at `time`, which lies at or after all `events` (sorted): `initial` before the first, then on its way to
/// targetOf(i) for the i-th, where it arrives after `glide`. An event on the way sets out from where the value is.
template <class TargetOf>
double glided(std::span<const Event> events, Flicks time, Flicks glide, double initial, TargetOf&& targetOf)
{
    if (events.empty())
        return initial;
    std::size_t first = events.size() - 1; // the last one that sets out from a value that rests
    while (first > 0 && events[first].time - events[first - 1].time < glide)
        --first;
    double value = first > 0 ? targetOf(first - 1) : initial;
    for (std::size_t i = first; i < events.size(); ++i) {
        const Flicks until = i + 1 < events.size() ? events[i + 1].time : time;
        const double target = targetOf(i);
        if (until - events[i].time >= glide) {
            value = target;
            continue;
        }
        const double u = static_cast<double>(until - events[i].time) / static_cast<double>(glide);
        value += (target - value) * (u * u * (3.0 - 2.0 * u));
    }
    return value;
}

} // namespace artdag
