// SPDX-License-Identifier: GPL-3.0-or-later
// Signals and events of a plan as values: what bindings and effects read. Each is a pure function of the plan and an
// instant; what was asked is remembered, so that signals made of signals stay cheap.
#pragma once

#include "core/plan/plan.h"

namespace artdag {

/// A signal port at an instant of its own output; an events port as an impulse that decays in `decay` seconds: the
/// loudest of strength·e^(−age/decay) over the events of the last 8·decay. For a decay of 0 the strength during one frame.
/// 0 for an analysis that is not at hand.
double signalAt(const Plan& plan, NodePort port, Flicks time, double decay);
/// Events of an events port with from ≤ time < to.
std::vector<Event> eventsIn(const Plan& plan, NodePort port, Flicks from, Flicks to);
/// What a bound argument is at an instant of its node's own output.
Value boundValue(const Plan& plan, const Binding& binding, Flicks time);

} // namespace artdag
