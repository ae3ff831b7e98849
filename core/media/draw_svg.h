// SPDX-License-Identifier: GPL-3.0-or-later
// An SVG drawing as pixels, by librsvg and cairo, which nothing else includes. It opens no other file and no address: a
// drawing without a place of its own may name none (librsvg, "Security and locations of referenced files"), only `data:`.
#pragma once

#include "core/base/digest.h"

#include <array>
#include <cstdint>
#include <string>

namespace artdag {

/// Plain bytes, so that it can lie in memory that two processes share.
struct SvgDrawn {
    bool done = false;
    bool sizeGuessed = false;        ///< the drawing says neither size nor viewBox
    int width = 0, height = 0;       ///< px, as shown: its own size
    int enlarged = 1;                ///< it is drawn this many times as large, so that it can be enlarged
    std::array<char, 240> trouble{}; ///< what is wrong with it, where it is not done
    [[nodiscard]] std::size_t bytes() const { return std::size_t{4} * static_cast<std::size_t>(width * enlarged) * static_cast<std::size_t>(height * enlarged); }
};
/// Finds the size only, where `pixels` is null; else draws into it, zeros of so many bytes: premultiplied sRGB in native
/// 32-bit words, alpha above red above green above blue.
void drawSvg(ByteView svg, SvgDrawn& drawn, std::uint8_t* pixels);
/// `librsvg 2.54.7`
std::string svgVersion();

} // namespace artdag
