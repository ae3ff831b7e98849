// SPDX-License-Identifier: GPL-3.0-or-later
// JSON values and the canonical form in which they are hashed and signed (RFC 8785, "JCS").
// Reading of untrusted text goes through readJson, which bounds depth and size and refuses duplicate members.
#pragma once

#include "core/base/result.h"

#include <nlohmann/json.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace artdag {

/// Objects keep the order of their members, as an artist's document must.
using Json = nlohmann::ordered_json;

/// Limits for text that comes from outside.
struct JsonLimits {
    std::size_t bytes = 64U << 20;
    int depth = 64;
    std::size_t values = 4'000'000;
};

/// Reads strict JSON (RFC 8259, UTF-8). BadInput names line and column for syntax errors, duplicate members,
/// invalid UTF-8, numbers that are not finite, and anything over the limits.
Result<Json> readJson(std::string_view text, const JsonLimits& limits = {});

/// RFC 8785: members sorted by UTF-16 code units, numbers as ECMAScript prints them, no white space.
std::string canonicalJson(const Json& value);

/// A finite number as ECMAScript's Number::toString prints it (ECMA-262 §6.1.6.1.20).
std::string ecmaNumber(double value);

} // namespace artdag
