// SPDX-License-Identifier: GPL-3.0-or-later
// The older project's graph as a recipe of ours. There, one edge carries a whole film; here, pictures and sound have wires of
// their own.
#pragma once

#include "core/effect/catalogue.h"
#include "core/import/import_recipe.h"
#include "core/import/old_graph.h"

namespace artdag {

OldResult<Imported> convertGraph(OldGraph graph, const Catalogue& effects);

} // namespace artdag
