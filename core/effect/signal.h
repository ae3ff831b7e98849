// SPDX-License-Identifier: GPL-3.0-or-later
// Signals and events: what leads an argument over time. A signal has a value at every instant, events happen at instants;
// both are pure functions of the node's arguments, or were found once by an analysis of a whole sound or film.
#pragma once

#include "core/base/time.h"

#include <vector>

namespace artdag {

/// Something that happens at an instant of the stream's own clock.
struct Event {
    Flicks time = 0;
    double strength = 1.0; ///< 0–1
    bool operator==(const Event&) const = default;
};

/// What an analysis found for one of its outputs.
struct Analysed {
    std::vector<Event> events;  ///< of an events output, times rising
    double rate = 0;            ///< of a signal output: values a second, the first at 0 s
    std::vector<double> values; ///< straight lines between them, the ends hold

    bool operator==(const Analysed&) const = default;
};

/// The connected signals and events of one node. Thread-safe, the same answer every time.
class Signals {
public:
    virtual ~Signals() = default;
    /// Input `input` (index into Call::inputs) at an instant; events answer as an impulse that decays.
    [[nodiscard]] virtual double signal(int input, Flicks time) const = 0;
    /// Events of an input with from ≤ time < to, sorted.
    [[nodiscard]] virtual std::vector<Event> events(int input, Flicks from, Flicks to) const = 0;
};

} // namespace artdag
