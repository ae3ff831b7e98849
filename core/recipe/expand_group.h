// SPDX-License-Identifier: GPL-3.0-or-later
// Puts the nodes of one group in the place of one of its instances: wires of promoted ports and values of promoted
// parameters are written where the group names them. One level: instances inside stay instances.
#pragma once

#include "core/recipe/problem_list.h"
#include "core/recipe/recipe.h"

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace artdag {

/// What a port is fed: a wire, a list, or nothing at all. A wire without a node stands for one whose mistake has been named.
using Feed = std::optional<PortValue>;

/// How many values groups may copy into a recipe: what a text may have at most.
inline constexpr std::size_t mostCopies = 4'000'000;

/// Counts the values of a feed; false when they are too many to copy.
bool spend(const Feed& feed, std::size_t& copies);

struct Expansion {
    std::vector<Node> nodes;
    std::vector<std::pair<std::string, Feed>> ports; ///< what each promoted output stands for, in the surroundings' names
    /// Pointers of the nodes above (`/nodes/NEW/in/picture`) and where their values were written. The latter point into
    /// the group, or at the instance as it is named here.
    std::vector<std::pair<std::string, std::string>> origins;
};

/// `rename` gives the name that an inner node has outside. `pointer` is that of the instance. `copies` counts up to
/// mostCopies; beyond it values are left out, and the caller says so.
Expansion expandGroup(const Group& group, const Node& instance, const std::string& pointer, Rate rate,
    const std::function<std::string(const std::string&)>& rename, std::size_t& copies, ProblemList& problems);

/// Replaces every wire of the node for which `feed` gives something: lists are put into lists, nothing takes the port, item
/// or binding away. `moved` hears of items that have another index then.
void rewire(Node& node, const std::string& owner, const std::string& pointer, const std::function<std::optional<Feed>(const Wire&, const std::string& pointer)>& feed,
    const std::function<void(const std::string& from, const std::string& to)>& moved, ProblemList& problems);

} // namespace artdag
