// SPDX-License-Identifier: GPL-3.0-or-later
// An argument that follows a signal, events or a sound: `{"bind": "node.port", …}` as values, and what its range and map
// make of a signal's value (docs/formats/recipe.md, "Bindings").
#pragma once

#include "core/graph/graph.h"

#include <optional>
#include <utility>

namespace artdag {

struct Binding {
    enum class Map {
        Linear,
        Sqrt,
        Square,
        Log,
    };
    Wire wire;       ///< as written
    NodePort source; ///< a signal or events output of the graph; for a sound, of the node that was put between
    std::optional<std::pair<double, double>> range;
    double smooth = 0;           ///< seconds of a centred mean
    double offset = 0;           ///< seconds to look ahead
    std::optional<double> decay; ///< seconds in which a peak falls to 1/e
    double noise = 0;            ///< ± in the signal's own units
    std::int64_t seed = 0;
    Map map = Map::Linear;
    Param param; ///< what is bound
};

/// Reads a binding whose members were checked; `source` is still to be found.
Binding bindingOfJson(const Json& json, Wire wire, const Param& param);

/// The argument for a signal's value: mapped, brought to the range, moved into the parameter's own. A point or colour has
/// it in each component (alpha is 1).
Value valueOfSignal(const Binding& binding, double signal);

} // namespace artdag
