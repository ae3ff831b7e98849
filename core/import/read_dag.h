// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the older project's graph from a JSON value, however it came to be one: the DAG by itself, or the recipe with its
// registry around it.
#pragma once

#include "core/import/old_graph.h"

namespace artdag {

OldResult<OldGraph> readDag(const Json& document);

} // namespace artdag
