// SPDX-License-Identifier: GPL-3.0-or-later
// Particles side by side: how far each has come in its life, where it was thrown to, and how currents carry it. All of these
// are formulas of its own numbers, so that any moment can be asked for at once.
#pragma once

#include "core/picture/rows.h"
#include "core/picture/swirl_field.h"

namespace artdag {

/// Lives of n particles at a moment: which one it is of each (from 0; 0 … again and again with LifeRule::wrap), and how far it has come.
inline void livesOf(const LifeRule& rule, const LifeRow& row, long n)
{
    rowKernels().lives(rule, row, n);
}
/// Places and velocities, px and px/s, of n particles that were thrown with a speed, are held back by drag and pulled by gravity and wind.
inline void flightsOf(const FlightRule& rule, const FlightRow& row, long n)
{
    rowKernels().fly(rule, row, n);
}
/// Moves n places by the current there times `stride`; u and v are those currents.
inline void carry(const SwirlField& field, float* x, float* y, float* u, float* v, const float* stride, long n)
{
    rowKernels().drift(field.lattice(), x, y, u, v, stride, n);
}

} // namespace artdag
