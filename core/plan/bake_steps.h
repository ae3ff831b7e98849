// SPDX-License-Identifier: GPL-3.0-or-later
// What a bridge is told on the way: its arguments, once for each step of its inputs.
#pragma once

#include "core/plan/plan.h"

namespace artdag {

/// The arguments of a bridge at a step: a frame of the canvas, or bakeBlock samples of sound.
EvaluatedArguments bakeArguments(const Plan& plan, int node, std::int64_t step);
/// What names a bridge's work besides its digest and its inputs: how much of it is kept, and each moving argument at each step.
/// `longest` of its inputs, frames or samples.
void addBakeSteps(Hasher& hasher, const Plan& plan, int node, std::int64_t longest);

} // namespace artdag
