// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/fault_words.h"

#include <array>

namespace artdag {

namespace {

constexpr std::array<std::pair<Fault, const char*>, 7> words{{{Fault::BadInput, "bad input"}, {Fault::NotFound, "not found"}, {Fault::Conflict, "conflict"}, {Fault::Denied, "denied"},
    {Fault::Unavailable, "unavailable"}, {Fault::Cancelled, "cancelled"}, {Fault::Corrupt, "corrupt"}}};

} // namespace

const char* wordOf(Fault fault)
{
    for (const auto& [known, word] : words)
        if (known == fault)
            return word;
    return "corrupt";
}

Fault faultOfWord(std::string_view word)
{
    for (const auto& [fault, known] : words)
        if (known == word)
            return fault;
    return Fault::Corrupt;
}

} // namespace artdag
