// SPDX-License-Identifier: GPL-3.0-or-later
// What a filter of libavfilter can be told, from its AVOptions.
#pragma once

#include "core/base/json.h"

#include <string>

struct AVFilterContext;
struct AVOption;

namespace artdag {

/// Each option once (its longest name), with kind, range, default and choices; without those that are denied.
Json describeOptions(AVFilterContext& filter);
/// Whether an option of that name is among them.
bool isDescribed(AVFilterContext& filter, const std::string& option);

} // namespace artdag
