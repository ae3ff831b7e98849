// SPDX-License-Identifier: GPL-3.0-or-later
// The printable letters of ASCII on 5 × 7 dots, as terminals and matrix printers drew them.
#pragma once

#include <cstdint>

namespace artdag {

inline constexpr int dotLetterWidth = 5, dotLetterHeight = 7;
inline constexpr int dotCellWidth = 6, dotCellHeight = 9; ///< with the space between letters and lines

/// Bit 5·row + column, from the top left; an empty frame for what is not among them.
std::uint64_t dotsOf(char32_t letter);

} // namespace artdag
