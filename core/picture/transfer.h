// SPDX-License-Identifier: GPL-3.0-or-later
// From R'G'B' as a Coding means it to linear light in BT.709 primaries, and back, three rows at a time, in place.
// SDR is the sRGB curve; PQ (SMPTE ST 2084) and HLG (BT.2100, OOTF gamma 1.2 at 1000 nits) are scaled so that 203 nits = 1.
#pragma once

#include "core/picture/picture.h"
#include "core/picture/rows.h"

namespace artdag {

/// `rgba`: four rows of n samples; the alpha row is not read by any transfer and stays as it is.
void transferToLinear(const Coding& coding, float* const rgba[4], long n);
void transferFromLinear(const Coding& coding, float* const rgba[4], long n);

/// One signal value of PQ as light, 1 = 203 nits; odd below 0. And back.
double lightOfPq(double signal);
double pqOfLight(double light);
/// HLG's OETF and its inverse on scene light in [0, 1], continued above; odd below 0.
double sceneOfHlg(double signal);
double hlgOfScene(double scene);

} // namespace artdag
