// SPDX-License-Identifier: GPL-3.0-or-later
// What a filter of libavfilter can be told, from its AVOptions.
#pragma once

#include "core/base/json.h"

#include <string>

struct AVFilterContext;
struct AVOption;

namespace artdag {

/// Each option once (its longest name), with kind, range, default, choices and whether it moves; without those that are denied.
/// `running`: the same filter in a graph, which is told anew what it has of each that may move: what it refuses does not.
Json describeOptions(AVFilterContext& filter, AVFilterContext& running);
/// Whether an option of that name is among them.
bool isDescribed(AVFilterContext& filter, const std::string& option);
/// Whether it may be changed while the filter runs: libavfilter says so, and it is no text (a formula has a time of its own).
bool mayMove(AVFilterContext& filter, const std::string& option);

} // namespace artdag
