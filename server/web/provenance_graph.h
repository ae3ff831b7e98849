// SPDX-License-Identifier: GPL-3.0-or-later
// "How it was made" as a picture: a recipe's nodes as boxes in columns, its wires coloured by what they carry. Works for any
// document, also one with unknown effects or a circle; it judges nothing.
#pragma once

#include "core/recipe/recipe.h"

#include <string>
#include <string_view>

namespace artdag::server {

struct ProvenanceGraph {
    std::string svg;           ///< empty when there is nothing to draw
    int width = 0, height = 0; ///< px
    int nodes = 0;
};

/// The part of a recipe that an output needs (the first output for an empty name). `result` is what the last box says:
/// `this film`; `facts` is under it: `300 frames`.
ProvenanceGraph drawProvenance(const Recipe& recipe, std::string_view output, std::string_view result, std::string_view facts);

} // namespace artdag::server
