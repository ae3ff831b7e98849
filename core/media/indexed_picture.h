// SPDX-License-Identifier: GPL-3.0-or-later
// A picture of at most 256 colours, for GIF. Whole numbers only, so that every machine chooses the same colours.
#pragma once

#include "core/picture/picture.h"

#include <array>
#include <cstdint>
#include <vector>

namespace artdag {

struct IndexedPicture {
    std::array<std::uint32_t, 256> palette{}; ///< 0xAARRGGBB; entry 255 is the transparent one
    std::vector<std::uint8_t> indices;        ///< row by row, width × height
};

/// Up to 255 colours by median cut (Heckbert 1982) over the picture's own 15-bit colours, with an 8×8 ordered dither (Bayer)
/// that is fixed to the picture, so that still parts stay still. Pixels of less than half coverage are transparent. `picture` is rgba.
IndexedPicture indexedPicture(const PackedPicture& picture);

} // namespace artdag
