// SPDX-License-Identifier: GPL-3.0-or-later
// Values as documents write them, read and written against the description of a parameter. No time, no expressions.
#pragma once

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/effect/effect.h"

#include <optional>
#include <string>
#include <string_view>

namespace artdag {

/// Reads a literal of the parameter's kind and range. The message of BadInput continues "radius …": `must be 0–512 px, got -3`.
Result<Value> valueOfJson(const Json& json, const Param& param, Rate rate);

/// The one literal that documents, forms and hashes use for a value: `#rrggbb` where eight bits hold the colour, a choice by
/// its word, times in seconds.
Json jsonOfValue(const Value& value, const Param& param);

/// `0–512 px`, `at least 0`, `at most 5 s`, or empty.
std::string rangeText(const Param& param);

/// Moves every component into the parameter's range.
double clampToRange(double component, const Param& param);

/// `#rgb`, `#rgba`, `#rrggbb`, `#rrggbbaa`.
std::optional<Colour> colourOfText(std::string_view text);
std::string textOfColour(const Colour& colour);

/// The kind of a name, as `real`; nothing for an unknown one.
std::optional<ParamKind> kindOfName(std::string_view name);

} // namespace artdag
