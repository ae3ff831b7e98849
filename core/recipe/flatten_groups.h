// SPDX-License-Identifier: GPL-3.0-or-later
// A recipe without groups that computes the same: every instance is replaced by the nodes of its group, so that checking,
// keys and hashes never meet a group. Remembers where everything was written, for those who name mistakes.
#pragma once

#include "core/recipe/recipe.h"

#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace artdag {

struct FlatRecipe {
    Recipe recipe;                                        ///< no groups; the node `b` of instance `a` is `a__b`
    std::vector<Problem> problems;                        ///< of groups and instances, with pointers into the document
    std::vector<std::pair<Wire, Wire>> ports;             ///< what each port of an instance in `nodes` stands for: for the viewer
    std::unordered_map<std::string, std::string> origins; ///< pointer in `recipe` → pointer in the document, where they differ
    std::unordered_map<std::string, std::string> owners;  ///< name in `recipe` → `group 'pulse': node 'b'`
};

/// Whether there is anything to flatten.
bool hasGroups(const Recipe& recipe);

/// Never fails: an instance whose group cannot be put in its place is left out with a problem, and wires from it have no node.
FlatRecipe flattenGroups(const Recipe& recipe);

/// The problems of groups and those found in the flat recipe, all in terms of the document: each mistake once, however
/// many instances repeat it.
std::vector<Problem> problemsOfDocument(const FlatRecipe& flat, std::vector<Problem> found);

} // namespace artdag
