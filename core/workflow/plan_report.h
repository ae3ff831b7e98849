// SPDX-License-Identifier: GPL-3.0-or-later
// What a render would do, for machines and tables: steps with their keys, chunks, what is at hand, how long the rest takes.
#pragma once

#include "core/base/json.h"
#include "core/workflow/render_recipe.h"

namespace artdag {

/// `plan` as lookAtRender made it: keys that wait for an analysis are null.
Json planReport(const PlannedRender& planned, Store& store);

} // namespace artdag
