// SPDX-License-Identifier: GPL-3.0-or-later
// The markers of a document: instants that the artist marked. They are a member of the recipe that computes nothing, and enter
// no key.
#pragma once

#include "core/recipe/recipe.h"

#include <QString>

#include <vector>

namespace artdag {

struct Marker {
    double time = 0; ///< seconds of the film
    QString title;
    bool operator==(const Marker&) const = default;
};

/// In the order of time.
std::vector<Marker> markersOf(const Recipe& recipe);
Recipe withMarkers(Recipe recipe, std::vector<Marker> markers);
/// With a marker at a frame, or without the one that is there.
Recipe withToggledMarker(const Recipe& recipe, std::int64_t frame);

} // namespace artdag
