// SPDX-License-Identifier: GPL-3.0-or-later
// Which types the ports of groups have. A group does not say it: it follows from the effects that its wires end at.
#pragma once

#include "core/effect/catalogue.h"
#include "core/recipe/recipe.h"

#include <optional>
#include <string_view>

namespace artdag {

/// What a wire carries in a recipe (or in the inside of a group). None where it leads nowhere, or a group is in itself.
std::optional<PortType> typeOfWire(const Recipe& recipe, const Catalogue& effects, const Wire& wire, int depth = 0);
/// What a group's input takes: what the first port that it feeds takes.
std::optional<PortType> typeOfGroupInput(const Recipe& recipe, const Catalogue& effects, const Group& group, std::string_view input, int depth = 0);
std::optional<PortType> typeOfGroupOutput(const Recipe& recipe, const Catalogue& effects, const Group& group, std::string_view output, int depth = 0);

} // namespace artdag
