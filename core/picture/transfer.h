// SPDX-License-Identifier: GPL-3.0-or-later
// From R'G'B' as a Coding means it to linear light in BT.709 primaries, and back, three rows at a time.
// SDR is the sRGB curve; PQ (SMPTE ST 2084) and HLG (BT.2100, OOTF gamma 1.2 at 1000 nits) are scaled so that 203 nits = 1.
#pragma once

#include "core/picture/picture.h"
#include "core/picture/rows.h"

namespace artdag {

/// In place: `rgba` holds R, G, B and alpha rows of n samples. Alpha stays as it is.
void transferToLinear(const Coding& coding, float* const rgba[4], long n);
/// Into the first three rows of `out`, which may be those of `in`.
void transferFromLinear(const Coding& coding, const float* const in[4], float* const out[4], long n);

/// One signal value of PQ as light, 1 = 203 nits; odd below 0. And back.
double lightOfPq(double signal);
double pqOfLight(double light);
/// HLG's OETF and its inverse on scene light in [0, 1], continued above; odd below 0.
double sceneOfHlg(double signal);
double hlgOfScene(double scene);

} // namespace artdag
