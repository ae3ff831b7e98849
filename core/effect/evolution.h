// SPDX-License-Identifier: GPL-3.0-or-later
// How sources move by themselves: `evolution` is set by hand or by an expression, `speed` adds to it each second, and with a
// `loop` the film comes back to its first frame without a seam. The three parameters and what they mean, for all of them.
#pragma once

#include "core/effect/effect.h"

namespace artdag {

struct Evolution {
    double place = 0;      ///< evolution + speed · time; within a loop it comes back to where it began
    std::int64_t wrap = 0; ///< places that are a whole number of these apart look alike; 0: none do
    /// The place as a phase, 0 ≤ turns < 1, for what looks alike after each 1.
    [[nodiscard]] double turns() const;
};

/// The own parameters, then evolution, speed and loop. `one` says what happens while evolution grows by 1.
std::vector<Param> withEvolution(std::vector<Param> own, double speed, std::string_view one);
/// With a loop, a whole number of units goes into it: at least one, if there is any speed.
Evolution evolutionOf(const FrameCall& call);
/// For Effect::moment.
void evolutionMoment(const FrameCall& call, std::vector<double>& out);
/// For Effect::still.
bool evolutionStands(const Call& call);

} // namespace artdag
