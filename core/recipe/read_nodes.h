// SPDX-License-Identifier: GPL-3.0-or-later
// Reads what a recipe and its groups both have: nodes and parameters. And the groups themselves.
#pragma once

#include "core/recipe/read_fields.h"

namespace artdag {

/// `within` begins the messages of what is in a group: `group 'pulse': `.
void readNode(FieldReader& fields, const std::string& within, Node& node, const Json& value, const std::string& pointer);
void readParam(FieldReader& fields, const std::string& within, RecipeParam& param, const Json& value, const std::string& pointer);
void readGroup(FieldReader& fields, Group& group, const Json& value, const std::string& pointer);

} // namespace artdag
