// SPDX-License-Identifier: GPL-3.0-or-later
// The sound of a run, encoded in one pass: from the store where it is known, else rendered second by second.
#pragma once

#include "core/render/run_plan.h"

namespace artdag {

/// Names the encoded sound of a plan that has some: samples, encoder and its settings.
Digest soundRunKey(const Plan& plan, const EncodeProfile& profile);

/// Fills sound and soundDigests of `result`. Errors as runPlan.
Result<void> runSound(std::shared_ptr<const Plan> plan, const EncodeProfile& profile, RunRoom& room, Sources& sources, const RunOptions& options, RunResult& result);

} // namespace artdag
