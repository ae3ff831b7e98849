// SPDX-License-Identifier: GPL-3.0-or-later
// What all frames, and all samples, of a node share, as digests (docs/formats.md, "Keys").
#pragma once

#include "core/plan/plan.h"

namespace artdag {

/// Fills staticDigest and soundDigest of nodes, whose shapes are known; hashed side by side.
void makeDigests(Plan& plan, std::span<const int> nodes);

} // namespace artdag
