// SPDX-License-Identifier: GPL-3.0-or-later
// Nodes as text for the clipboard, and back. The text is a recipe that has nothing but those nodes, so it is read, checked
// and explained like any other document, and the text of a whole recipe can be pasted too.
#pragma once

#include "core/recipe/edit_recipe.h"

#include <string>
#include <string_view>
#include <vector>

namespace artdag {

/// Nodes and inputs with the wires among them, the parameters and groups they use, their places, and those frames. Wires
/// from elsewhere are left out. Names that do not exist are passed over.
std::string copyNodes(const Recipe& recipe, const std::vector<std::string>& names, const std::vector<std::string>& frames = {});

struct PastedNodes {
    Recipe recipe;
    std::vector<std::string> names;  ///< of the new nodes and inputs, in the order of the text
    std::vector<std::string> frames; ///< of the new frames
};

/// Adds what a text holds under fresh names, its top left corner at a point. Parameters and groups that the recipe has with
/// the same name and content are used, others are added. BadInput says what is wrong with the text.
Result<PastedNodes> pasteNodes(const Recipe& recipe, std::string_view text, LayoutPoint at);

} // namespace artdag
