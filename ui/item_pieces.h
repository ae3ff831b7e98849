// SPDX-License-Identifier: GPL-3.0-or-later
// Which item of a list port a film shows when, as the effect itself says (its cuts and needs): what the timeline's strips are made
// of. And the edits of such items: trim, slip, split. Pure.
#pragma once

#include "core/plan/plan.h"
#include "core/recipe/edit_recipe.h"

#include <vector>

namespace artdag {

struct ItemPiece {
    int item = 0;
    std::int64_t start = 0, length = 0; ///< frames of the node's output
    std::int64_t source = 0;            ///< frame of the item at `start`, counted from its `in`
    std::int64_t sourceFrames = -1;     ///< of the untrimmed source; −1: endless
    int lane = 0;                       ///< pieces that are seen at once have different ones
    bool operator==(const ItemPiece&) const = default;
};

/// In the order of time. Empty for a node without a list port.
std::vector<ItemPiece> itemPieces(const Plan& plan, int node);

/// Where an item's trims are, in frames of the source; `length` as it is used now.
struct ItemTrim {
    std::int64_t in = 0, out = 0;
};
ItemTrim trimOf(const Item& item, const ItemPiece& piece, Rate rate);

/// The recipe with other trims of an item of that node's list port. NotFound, BadInput.
Result<Recipe> withTrim(const Recipe& recipe, const std::string& node, const std::string& port, int index, ItemTrim trim);
/// The item in two at a frame of its source, the second going on where the first ends; the border is a cut.
Result<Recipe> withSplit(const Recipe& recipe, const std::string& node, const std::string& port, int index, std::int64_t at, ItemTrim trim);

} // namespace artdag
