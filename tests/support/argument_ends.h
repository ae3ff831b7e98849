// SPDX-License-Identifier: GPL-3.0-or-later
// Settings derived from a parameter's description: its ends, and one in between that does something.
#pragma once

#include "core/effect/effect.h"

#include <vector>

namespace artdag {

/// The least, the most, and each other choice of a parameter, without its default. Limits that are infinite become
/// ±997.3; angles end short of a whole turn. Points and sizes go to both ends of each component.
std::vector<Value> endsOf(const Param& param);
/// Those, and 0 where it lies within the range: where an effect may have nothing to do.
std::vector<Value> settingsOf(const Param& param);
Value leastOf(const Param& param);
Value mostOf(const Param& param);
/// Somewhere between the default and an end: another value that shows.
Value statedOf(const Param& param);

} // namespace artdag
