// SPDX-License-Identifier: GPL-3.0-or-later
// JSON text with its places: finds every fault of a text that readJson refuses, and where a pointer's value stands.
// Reads what readJson reads, and gives the same values.
#pragma once

#include "core/recipe/json_view.h"

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace artdag {

struct JsonFault {
    std::size_t offset = 0;
    std::string pointer; ///< of the value, or of its nearest enclosing one
    std::string message;
    std::string hint;
};

struct JsonScan {
    std::vector<JsonEntry> entries; ///< what could be read, never none; null in place of what is no JSON value
    std::deque<std::string> texts;  ///< those that are not written as they are: with escapes, or not UTF-8
    std::vector<JsonFault> faults;  ///< in order; at most 200
    bool complete = false;          ///< false: stopped at the last fault

    /// The whole; refers to this scan and to the text.
    [[nodiscard]] JsonView value() const { return JsonView(entries.data()); }
};

/// Pointers whose places are asked for; all their prefixes must be keys too.
using JsonPlaces = std::unordered_map<std::string, std::size_t>;
inline constexpr std::size_t noPlace = static_cast<std::size_t>(-1);

/// Reads any bytes. Goes on after duplicate members, invalid UTF-8, numbers out of range and the words NaN and Infinity.
/// Sets the offsets of `places` that the text has.
JsonScan scanJson(std::string_view text, JsonPlaces* places = nullptr);

struct TextPlace {
    int line = 0;
    int column = 0; ///< in characters
};
/// 1-based places of offsets, in one pass over the text.
std::vector<TextPlace> placesOfOffsets(std::string_view text, const std::vector<std::size_t>& offsets);

/// `pointer` + "/" + the escaped name (RFC 6901 §3).
std::string pointerTo(std::string_view pointer, std::string_view name);

/// Appends a member whose name is known to be new to an object (or null); an object of n members is then built in n steps.
void appendMember(Json& object, std::string name, Json value);

/// A value in at most 40 characters, for messages.
std::string shortText(const Json& value);

} // namespace artdag
