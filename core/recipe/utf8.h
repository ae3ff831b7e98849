// SPDX-License-Identifier: GPL-3.0-or-later
// UTF-8 letter by letter (RFC 3629), for those who read texts of others. Never trusts a byte.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace artdag {

/// Bytes of the sequence at `at` (RFC 3629 §4), 0 when it is none. At the end of the text: 1.
std::size_t utf8Length(std::string_view text, std::size_t at);

/// `point` is at most 0x10FFFF and no surrogate.
void appendUtf8(std::string& out, unsigned point);

} // namespace artdag
