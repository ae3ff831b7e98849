// SPDX-License-Identifier: GPL-3.0-or-later
// A line that is typed on the terminal without being shown: passphrases, for each of the programs.
#pragma once

#include <string>

namespace artdag {

/// Asks on standard error and reads standard input, which must be a terminal. Empty when nothing was typed.
std::string unseenLine(const std::string& question);

} // namespace artdag
