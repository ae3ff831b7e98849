// SPDX-License-Identifier: GPL-3.0-or-later
// The pictures of a run: chunks from the store where they are known, the others rendered frame-parallel, encoded in order
// and stored. Memory is bounded by the frames in flight, not by the length of the film.
#pragma once

#include "core/render/run_plan.h"

namespace artdag {

/// Fills chunks, pictureDigests, psnr and the counts of `result`. Errors as runPlan.
Result<void> runPictures(std::shared_ptr<const Plan> plan, const EncodeProfile& profile, RunRoom& room, Sources& sources, const RunOptions& options, RunResult& result);

} // namespace artdag
