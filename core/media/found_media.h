// SPDX-License-Identifier: GPL-3.0-or-later
// What opening a film or a sound found out, in words: with them its decoders are opened when they are needed, and nothing is
// decoded only to learn what is known.
#pragma once

#include "core/media/media_facts.h"

#include <optional>
#include <string>
#include <string_view>

namespace artdag {

struct FoundMedia {
    FileFacts facts;
    ChosenStreams streams;
    PresentationStart start;
    StreamClock clock; ///< of the pictures, as the very first one showed it
};

std::string wordsOf(const FoundMedia& found);
/// Nothing for words that wordsOf did not write.
std::optional<FoundMedia> foundIn(std::string_view words);

} // namespace artdag
