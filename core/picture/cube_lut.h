// SPDX-License-Identifier: GPL-3.0-or-later
// Colour look-up tables of .cube files (Adobe Cube LUT Specification 1.0, and the shaper and input ranges that DaVinci
// Resolve writes). Reads bytes of strangers: sizes are bounded before anything is allocated, every mistake names its line.
#pragma once

#include "core/base/digest.h"
#include "core/base/result.h"

#include <array>
#include <cstddef>
#include <vector>

namespace artdag {

inline constexpr int cubeMost1D = 65536;                             ///< entries of a curve
inline constexpr int cubeMost3D = 129;                               ///< entries along an edge of a cube
inline constexpr std::size_t cubeMostBytes = std::size_t{128} << 20; ///< of a file

struct CubeLut {
    struct Domain {
        std::array<float, 3> least{0, 0, 0}, most{1, 1, 1};
    };
    /// One curve each for red, green and blue, applied first; empty: there are none.
    std::array<std::vector<float>, 3> curves;
    Domain curveDomain;
    /// size³ cells of R, G, B and a number that means nothing, red fastest; empty: there is no cube.
    std::vector<float> cells;
    int size = 0;
    Domain cellDomain;
};

/// BadInput for what is no such file, with the line and what is wrong there.
Result<CubeLut> readCube(ByteView bytes);

enum class CubeMix {
    Tetrahedral, ///< between four corners: keeps greys grey, as grading programs do
    Trilinear,   ///< between eight
};
/// In place. Colours outside the table's domain take the value at its border.
void applyCube(const CubeLut& lut, CubeMix mix, float* const rgb[3], std::size_t n);

} // namespace artdag
