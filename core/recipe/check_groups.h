// SPDX-License-Identifier: GPL-3.0-or-later
// The mistakes that groups have by themselves, before any effect is looked at: names, wires, promoted ports and
// parameters, groups inside themselves.
#pragma once

#include "core/recipe/problem_list.h"
#include "core/recipe/recipe.h"

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace artdag {

using GroupTable = std::unordered_map<std::string_view, const Group*>;
GroupTable groupsByName(const Recipe& recipe);

/// Names every such mistake and gives the groups that can be put in the place of their instances: not those that contain
/// themselves, are nested too deep or would make too many nodes.
std::unordered_set<std::string> checkGroups(const Recipe& recipe, const GroupTable& groups, ProblemList& problems);

/// An instance against its group: ports and parameters that the group lacks, ports that are not connected.
void checkInstance(const Node& instance, const Group& group, const std::string& owner, const std::string& pointer, ProblemList& problems);

} // namespace artdag
