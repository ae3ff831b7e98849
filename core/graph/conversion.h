// SPDX-License-Identifier: GPL-3.0-or-later
// The table of implicit conversions between ports: what a port or a binding takes besides its own type, and how.
#pragma once

#include "core/effect/effect.h"

#include <span>
#include <string_view>

namespace artdag {

struct Conversion {
    PortType from, to;
    std::string_view effect; ///< a node of this effect, with default arguments, is put between; empty: read as it is
    std::string_view how;    ///< for people
};

/// Numbers become signals as arguments do, and a still is a picture without end: those need no row.
std::span<const Conversion> conversions();
/// nullptr when there is none.
const Conversion* conversion(PortType from, PortType to);
/// The same type, or a row of the table.
bool converts(PortType from, PortType to);

/// How long the impulse of an event takes to fall to 1/e where nothing else is said.
inline constexpr double eventDecay = 0.25; // seconds

} // namespace artdag
