// SPDX-License-Identifier: GPL-3.0-or-later
// Which media a recipe uses, by content, and where in it. Pure; whether they are at hand is the store's to say.
#pragma once

#include "core/base/digest.h"
#include "core/recipe/recipe.h"

#include <string>
#include <vector>

namespace artdag {

struct MediaUse {
    ContentId id;
    std::string name;                ///< what an artist calls it: the input's title, else where it is used
    std::vector<std::string> places; ///< `clip`, `words.font`
};

/// Inputs with a default first, then arguments that name a content id; each content once.
std::vector<MediaUse> mediaUsesOf(const Recipe& recipe);
/// The recipe with other content in every place of one.
Recipe replaceMedia(const Recipe& recipe, const ContentId& from, const ContentId& to);

} // namespace artdag
