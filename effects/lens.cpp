// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/warp_params.h"

#include <algorithm>
#include <cmath>

namespace artdag {
namespace {

/// Brown's radial model: what is shown at distance r lies at r · (1 + k1·r² + k2·r⁴), r = 1 in the corners.
struct Lens {
    double x, y;        ///< px
    double perSquare;   ///< r² of one px²
    double k1, k2, all; ///< `all` scales the whole

    explicit Lens(const FrameCall& call)
        : x(call.args.vec2("centre").x * call.out.width),
          y(call.args.vec2("centre").y * call.out.height),
          perSquare(4.0 / (static_cast<double>(call.out.width) * call.out.width + static_cast<double>(call.out.height) * call.out.height)),
          k1(call.args.real("k1")),
          k2(call.args.real("k2")),
          all(1.0 / call.args.real("zoom"))
    {
        if (call.args.boolean("fill"))
            all *= filling(call.out.width, call.out.height);
    }
    /// A lens that folds the picture over itself stops at its centre instead.
    [[nodiscard]] double factor(double square) const { return all * std::max(1.0 + (k1 + k2 * square) * square, 0.0); }

    /// How much the whole must be scaled for the frame's border to lie on the picture's: around a middle centre the border is
    /// at distances from half a side to the corner, and what reads farthest must just reach.
    [[nodiscard]] double filling(double width, double height) const
    {
        const double shorter = std::min(width, height);
        const double nearest = shorter * shorter * perSquare / 4.0;
        double most = std::max(1.0 + (k1 + k2 * nearest) * nearest, 1.0 + k1 + k2);
        if (const double peak = k2 != 0 ? -k1 / (2.0 * k2) : -1.0; peak > nearest && peak < 1.0)
            most = std::max(most, 1.0 + (k1 + k2 * peak) * peak);
        return 1.0 / std::max(most, 0.05);
    }

    void place(int x0, int row, int n, double* u, double* v) const
    {
        const double dy = row + 0.5 - y;
        for (int i = 0; i < n; ++i) {
            const double dx = x0 + i + 0.5 - x;
            const double scale = factor((dx * dx + dy * dy) * perSquare);
            u[i] = x + dx * scale;
            v[i] = y + dy * scale;
        }
    }
};

int passes(const FrameCall& call)
{
    return call.args.real("k1") == 0.0 && call.args.real("k2") == 0.0 && call.args.real("zoom") == 1.0 ? 0 : -1;
}

Rect region(const FrameCall& call, std::size_t, Rect out)
{
    const Lens lens(call);
    const WarpBounds bounds = centresOf(out);
    const DistanceRange distances = distancesFrom(bounds, lens.x, lens.y);
    const double from = distances.least * distances.least * lens.perSquare, to = distances.most * distances.most * lens.perSquare;
    double least = std::min(lens.factor(from), lens.factor(to)), most = std::max(lens.factor(from), lens.factor(to));
    if (const double turning = lens.k2 != 0 ? -lens.k1 / (2.0 * lens.k2) : -1.0; turning > from && turning < to) {
        least = std::min(least, lens.factor(turning));
        most = std::max(most, lens.factor(turning));
    }
    return warpRegion(warpRulesOf(call), grownBy(scaledAbout(bounds, lens.x, lens.y, least, most), 0.01, 0.01));
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    if (passes(call) == 0) {
        copy(inputs[0], out);
        return {};
    }
    const Lens lens(call);
    warp(inputs[0], warpRulesOf(call), out, [&](int x, int y, int n, double* u, double* v) { lens.place(x, y, n, u, v); });
    return {};
}

} // namespace

extern const Effect effect_lens;
const Effect effect_lens{
    .name = "lens",
    .title = "Lens",
    .help = "Adds or removes the bend of a camera lens. Positive k1 is a barrel, negative a pincushion; to straighten a film, use the opposite of its lens.",
    .tags = {"transform", "warp"},
    .synonyms = {"lens distortion", "lens correction", "barrel", "pincushion", "optics compensation", "undistort", "bulge"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "k1", .initial = 0.25, .least = -1.0, .most = 2.0, .title = "k1", .help = "Bend that grows with the square of the distance from the centre"},
        {.name = "k2", .initial = 0.0, .least = -1.0, .most = 2.0, .title = "k2", .help = "Bend that grows with its fourth power: felt in the corners"},
        {.name = "fill", .kind = ParamKind::Boolean, .initial = true, .title = "Fill", .help = "Scales the picture so that it just fills the frame, and no border shows"},
        {.name = "zoom", .initial = 1.0, .least = 0.1, .most = 10.0, .title = "Zoom"},
        {.name = "centre", .kind = ParamKind::Point, .initial = Vec2{0.5, 0.5}, .least = -1.0, .most = 2.0, .title = "Centre", .help = "Where the lens's axis meets the picture"},
        warpFilterParam(),
        warpEdgesParam(Edge::Clamp),
    },
    .access = Access::Gather,
    .passes = passes,
    .region = region,
    .render = render,
};

} // namespace artdag
