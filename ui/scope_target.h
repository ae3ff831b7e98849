// SPDX-License-Identifier: GPL-3.0-or-later
// What a card of an opened group is to the engine, which knows only the flat recipe.
#pragma once

#include "core/effect/catalogue.h"
#include "ui/graph_scope.h"
#include "ui/preview_engine.h"

namespace artdag {

/// As targetOfCard, for a card of the scope: nodes by their flat names, inputs of a group by what feeds its instance.
PreviewTarget targetInScope(const GraphScope& scope, const Recipe& document, const Catalogue& effects, const std::string& card);

/// A wire of the scope as the flat recipe names it; nothing for the input of a group that nothing feeds.
std::optional<Wire> wireInScope(const GraphScope& scope, const Recipe& document, const Wire& wire);

} // namespace artdag
