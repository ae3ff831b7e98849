// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures bent by any map from a pixel to the place that it shows. Where the map shrinks, a pixel is the mean of the
// parallelogram that it covers, up to 16 px across; an output pixel depends on its position only, never on the part asked.
#pragma once

#include "core/picture/picture.h"
#include "core/picture/sample.h"

#include <string_view>
#include <vector>

namespace artdag {

/// `nearest`, `bilinear`, `bicubic`: what warps offer, in the order of Filter.
std::vector<std::string_view> warpFilterNames();

struct WarpRules {
    int width = 1, height = 1; ///< of the whole source
    Filter filter = Filter::Bilinear;
    Edge edgeX = Edge::Clamp, edgeY = Edge::Clamp;
    double turn = 0; ///< u and u + turn are the same place: a seam of the map, over which nothing is smeared; 0: none
};

/// Where the pixels of a part of the output read: the least and the most of their places.
struct WarpBounds {
    double u0 = 0, v0 = 0, u1 = 0, v1 = 0;
    void add(double u, double v);
};
/// The centres of the pixels of a part.
WarpBounds centresOf(Rect part);
/// They, moved by at most so much.
WarpBounds grownBy(WarpBounds bounds, double u, double v);
/// They, each scaled about a point by a factor from `least` to `most`.
WarpBounds scaledAbout(const WarpBounds& bounds, double u, double v, double least, double most);
/// The least and the greatest distance of a point within the bounds from another.
struct DistanceRange {
    double least = 0, most = 0;
};
DistanceRange distancesFrom(const WarpBounds& bounds, double u, double v);
/// The part of the source that is read for places within such bounds.
Rect warpRegion(const WarpRules& rules, const WarpBounds& bounds);

inline constexpr int warpBlock = 64; ///< pixels of a row that are placed at a time

namespace warp_detail {
/// The places of a stretch of a row, one more than its pixels, and of the row below.
struct Places {
    double u[warpBlock + 1], v[warpBlock + 1];
};
void readRow(ConstPictureView from, const WarpRules& rules, const Places& row, const Places& below, int count, int x, int y, PictureView out);
} // namespace warp_detail

/// out(p) = source at the place of p. `place(x, y, n, u, v)` writes the places of the centres of pixels (x … x + n − 1, y),
/// n ≤ warpBlock + 1, in source px (the centre of the first pixel is ½, ½); it is also asked one pixel beyond `out` to the right
/// and below, for the map's slope. `from` covers warpRegion of all places of `out`.
template <class Place>
void warp(ConstPictureView from, const WarpRules& rules, PictureView out, Place&& place)
{
    const Rect& rect = out.rect;
    warp_detail::Places rows[2];
    for (int x = rect.x0; x < rect.x1; x += warpBlock) {
        const int count = x + warpBlock < rect.x1 ? warpBlock : rect.x1 - x;
        place(x, rect.y0, count + 1, rows[rect.y0 & 1].u, rows[rect.y0 & 1].v);
        for (int y = rect.y0; y < rect.y1; ++y) {
            warp_detail::Places& below = rows[(y + 1) & 1];
            place(x, y + 1, count + 1, below.u, below.v);
            warp_detail::readRow(from, rules, rows[y & 1], below, count, x, y, out);
        }
    }
}

} // namespace artdag
