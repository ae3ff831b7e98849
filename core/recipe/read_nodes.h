// SPDX-License-Identifier: GPL-3.0-or-later
// Reads what a recipe and its groups both have: nodes and parameters. And the groups themselves.
#pragma once

#include "core/recipe/read_fields.h"

namespace artdag {

/// `within` begins the messages of what is in a group: `group 'pulse': `; null: it is in the recipe.
void readNode(FieldReader& fields, const Subject* within, Node& node, JsonView value, const Place& place);
void readParam(FieldReader& fields, const Subject* within, RecipeParam& param, JsonView value, const Place& place);
void readGroup(FieldReader& fields, Group& group, JsonView value, const Place& place);

} // namespace artdag
