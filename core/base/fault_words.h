// SPDX-License-Identifier: GPL-3.0-or-later
// Faults as words, for processes of ours that tell each other what went wrong. Never shown to people.
#pragma once

#include "core/base/result.h"

#include <string_view>

namespace artdag {

const char* wordOf(Fault fault); ///< `unavailable`
/// Corrupt for a word that is none.
Fault faultOfWord(std::string_view word);

} // namespace artdag
