// SPDX-License-Identifier: GPL-3.0-or-later
// How long a plan will take, roughly: for the table of `artdag plan` and for what is worth keeping. Guesses from the
// descriptions of the effects, corrected by what the last run on this machine took. Never in a key.
#pragma once

#include "core/plan/plan.h"

namespace artdag {

/// Seconds of one core to render `frames` frames of a node, or its sound or analysis for the length of the output.
double estimatedSeconds(const Plan& plan, int node, std::int64_t frames);
/// Seconds of one core to encode `frames` frames of the output.
double estimatedEncoding(const Plan& plan, const EncodeProfile& profile, std::int64_t frames);
/// Frames of a step that the output's frames outside the cached chunks ask for: all its share of them, as if evenly spread; what is
/// made of its own frame before, all of them up to the last.
std::int64_t framesToRender(const Plan& plan, int node, const std::vector<bool>& cachedChunks);

/// Measured ÷ estimated of the last run that rendered something; 1 before there was one.
double learnedPace(Store& store);
void learnPace(Store& store, double estimated, double measured);

} // namespace artdag
