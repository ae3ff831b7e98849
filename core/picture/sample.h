// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures read between their pixels: affine maps and scaling with named kernels and rules for what lies outside.
// Works on premultiplied linear light; each output pixel depends on its position only, never on the part that is asked.
#pragma once

#include "core/picture/affine.h"
#include "core/picture/picture.h"

#include <string_view>
#include <vector>

namespace artdag {

/// Reconstruction kernels. All but Nearest widen by the map's scale where it shrinks, against aliasing: at most 8 times
/// where the map turns or the border goes on.
enum class Filter {
    Nearest,
    Bilinear, ///< tent, radius 1
    Bicubic,  ///< Catmull–Rom (Keys 1981, a = −½), radius 2
    Lanczos3, ///< sinc · sinc(x/3), radius 3, weights normalised
    Area,     ///< box as wide as an output pixel; Bilinear where the map enlarges. `scale` only: elsewhere Bilinear
};
/// `nearest`, `bilinear`, `bicubic`, `lanczos`, `area`: for Param::choices; the effects offer the first four.
std::vector<std::string_view> filterNames();

/// What a picture is beyond its border.
enum class Edge {
    Transparent, ///< the border pixels go on, times how much of the output pixel the picture covers: clean, one pixel soft
    Clamp,       ///< the border pixels go on for ever
    Repeat,
    Mirror, ///< … 2 1 0 | 0 1 2 …
};
/// `transparent`, `clamp`, `repeat`, `mirror`, in the order of Edge.
std::vector<std::string_view> edgeNames();

/// The part of the source (its size `width` × `height`) that `sampleAffine` reads for `out`.
Rect sampleRegion(int width, int height, const Affine& toSource, Filter filter, Edge edge, Rect out);

/// The part of `out` that `sampleAffine` with Edge::Transparent may make other than 0, of a source that holds nothing outside `content`.
Rect sampledPart(const Affine& toSource, Rect content, Rect out);

/// out(p) = source at toSource(p). `from` holds at least sampleRegion(…, out.rect) of a source of `width` × `height`.
/// Alpha is kept within 0–1 where a kernel overshoots; where it undershoots 0, colour is 0 as well.
void sampleAffine(ConstPictureView from, int width, int height, const Affine& toSource, Filter filter, Edge edge, PictureView out);

/// The same for maps without rotation and skew (toSource.xy = toSource.yx = 0), by rows and columns: fast for any scale.
/// Without the limit of 8.
Rect scaleRegion(int width, int height, const Affine& toSource, Filter filter, Edge edge, Rect out);
void scale(ConstPictureView from, int width, int height, const Affine& toSource, Filter filter, Edge edge, PictureView out);

/// One value of a kernel at distance x from its centre (not widened, not normalised): the definition, for tables and tests.
double kernelAt(Filter filter, double x);
double kernelRadius(Filter filter);

} // namespace artdag
