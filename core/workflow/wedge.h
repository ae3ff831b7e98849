// SPDX-License-Identifier: GPL-3.0-or-later
// Variations of a recipe as lists of settings, to be seen side by side: many things at once, one parameter in steps, two
// against each other, or only the seeds. Pure and deterministic; it renders nothing. Only what asks for seeds changes one.
#pragma once

#include "core/workflow/knobs.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace artdag {

struct WedgeSetting {
    KnobPlace place;
    Json value;
    bool operator==(const WedgeSetting&) const = default;
};

struct WedgeCell {
    std::string label; ///< what differs: `12 · rose`
    std::vector<WedgeSetting> settings;
};

struct Wedge {
    std::string title; ///< `Windows × Glow`
    int columns = 4;
    std::vector<WedgeCell> cells; ///< row by row
};

/// From … to, instead of the knob's own range.
using KnobRange = std::optional<std::pair<double, double>>;

/// At most `count` values in order, all different and within what is allowed; fewer where there are fewer (a boolean has 2).
std::vector<Json> valuesOf(const Knob& knob, int count, const KnobRange& range = {});
/// As an artist reads it: `0.25`, `#ff8800`, `crossfade`, `on`.
std::string wordsOfValue(const Knob& knob, const Json& value);

/// `count` variations of all seeds and handles (or, without handles, of the first numbers and colours that feed the film). Each row of
/// four goes further from the recipe than the one before; values are spread evenly, no two cells are the same, and none has
/// a problem that the recipe does not have. Another `round` gives others.
Wedge variations(const Recipe& recipe, const Catalogue& effects, int count, std::uint64_t round);
Wedge wedgeOf(const Knob& knob, int count, const KnobRange& range = {});
/// The values of `across` are the columns.
Wedge wedgeOf(const Knob& across, int columns, const Knob& down, int rows, const KnobRange& acrossRange = {}, const KnobRange& downRange = {});
/// Every seed of the recipe anew in each cell; empty when it has none.
Wedge seedWedge(const Recipe& recipe, const Catalogue& effects, int count, std::uint64_t round);

Result<Recipe> recipeOfCell(const Recipe& recipe, const WedgeCell& cell);

} // namespace artdag
