// SPDX-License-Identifier: GPL-3.0-or-later
// Which of the pictures that a run makes will be asked for again.
#pragma once

#include "core/plan/plan.h"

#include <vector>

namespace artdag {

/// Whether more than one needed input is connected to a node.
bool hasSeveralConsumers(const Plan& plan, int node);
/// A still picture that a moving one is made of is worth keeping; so is what two consumers share.
bool worthKeeping(const Plan& plan, int node, bool consumerMoves);
/// Which needs of a call of `node` the frames to come will have again: where several moments of an input are needed (an echo, a
/// slit scan) most of them; with `asksNext`, also what the next frame needs (a held picture).
std::vector<bool> neededAgain(const Plan& plan, int node, const FrameCall& call, const std::vector<FrameNeed>& needs, bool asksNext);
/// Whether the frame before or the one after has this key too: words that stand for a while, a film of fewer frames a second.
bool standsAt(const Plan& plan, NodePort port, std::int64_t frame, const FrameKey& key);

} // namespace artdag
