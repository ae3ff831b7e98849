// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/effect/effect.h"
#include "core/picture/affine.h"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>
#include <vector>

namespace artdag {
namespace {

/// Grows with the angle of (x, y) from 0 to 4 in one turn, y down, and needs no arc tangent.
double diamond(double x, double y)
{
    const double sum = std::abs(x) + std::abs(y);
    if (sum == 0.0)
        return 0.0;
    if (y >= 0.0)
        return x >= 0.0 ? y / sum : 1.0 - x / sum;
    return x < 0.0 ? 2.0 - y / sum : 3.0 + x / sum;
}

/// Half segments around the centre: the odd ones are mirror images. Each has a map that folds it onto the first.
struct Mirrors {
    explicit Mirrors(int segments)
    {
        const int halves = 2 * segments;
        for (int i = 0; i < halves; ++i) {
            const Turn begin = turnOf(360.0 * i / halves);
            starts.push_back(i == 0 ? 0.0 : diamond(begin.cosine, begin.sine));
            // Even: turned back by its own beginning. Odd: turned back by its end, then y reversed.
            const Turn turn = turnOf(360.0 * (i + (i & 1)) / halves);
            const double side = (i & 1) != 0 ? -1.0 : 1.0;
            folds.push_back({turn.cosine, turn.sine, 0.0, -turn.sine * side, turn.cosine * side, 0.0});
        }
    }
    [[nodiscard]] const Affine& fold(double x, double y) const
    {
        const auto next = std::upper_bound(starts.begin() + 1, starts.end(), diamond(x, y));
        return folds[static_cast<std::size_t>(next - starts.begin()) - 1];
    }
    std::vector<double> starts;
    std::vector<Affine> folds;
};

/// 0 … n−1 for any whole number: … 2 1 0 | 0 1 2 …, so that a wedge that leaves the picture comes back.
int mirrored(int i, int n)
{
    const int period = 2 * n;
    i %= period;
    i = i < 0 ? i + period : i;
    return i < n ? i : period - 1 - i;
}

struct Weights {
    int x0, x1, y0, y1;
    float x, y;
};

Weights weightsAt(double x, double y, int width, int height)
{
    // Far beyond any picture nothing is lost by stopping: the mirror images repeat.
    x = std::clamp(x, -1e8, 1e8) - 0.5;
    y = std::clamp(y, -1e8, 1e8) - 0.5;
    const double left = exact::floor(x), top = exact::floor(y);
    const int ix = static_cast<int>(left), iy = static_cast<int>(top);
    return {mirrored(ix, width), mirrored(ix + 1, width), mirrored(iy, height), mirrored(iy + 1, height), static_cast<float>(x - left), static_cast<float>(y - top)};
}

float blended(const ConstPictureView& in, int plane, const Weights& w)
{
    const float* top = in.row(plane, w.y0) - in.rect.x0;
    const float* bottom = in.row(plane, w.y1) - in.rect.x0;
    const float above = top[w.x0] * (1.0F - w.x) + top[w.x1] * w.x;
    const float below = bottom[w.x0] * (1.0F - w.x) + bottom[w.x1] * w.x;
    return above * (1.0F - w.y) + below * w.y;
}

Affine toSource(const FrameCall& call)
{
    const Vec2 from = call.args.vec2("source");
    const double zoom = call.args.real("zoom");
    return chained(scaled(1.0 / zoom, 1.0 / zoom), chained(turned(call.args.real("source_rotation")), moved(from.x * call.inputs[0].stream.width, from.y * call.inputs[0].stream.height)));
}

/// The pixels that a stretch of one axis reads: first, and one past the last.
std::pair<int, int> readPixels(double least, double most, int size)
{
    int low = 0, high = size - 1;
    if (most - least < size && std::abs(least) < 1e8) {
        std::tie(low, high) = std::pair(size, -1);
        for (int i = static_cast<int>(exact::floor(least)) - 1; i <= static_cast<int>(exact::floor(most)) + 2; ++i) {
            low = std::min(low, mirrored(i, size));
            high = std::max(high, mirrored(i, size));
        }
    }
    return {low, high + 1};
}

/// Only the first half segment of the source is ever read: a slice of the disc around the farthest corner of `out`.
Rect region(const FrameCall& call, std::size_t, Rect out)
{
    const Vec2 centre = call.args.vec2("centre");
    const double cx = centre.x * call.out.width, cy = centre.y * call.out.height;
    const double farX = std::max(std::abs(out.x0 - cx), std::abs(out.x1 - cx)), farY = std::max(std::abs(out.y0 - cy), std::abs(out.y1 - cy));
    const double radius = std::sqrt(farX * farX + farY * farY);
    constexpr int pieces = 8; // of the arc; tangents at both ends of a piece meet outside of it
    const double piece = 180.0 / static_cast<double>(call.args.integer("segments")) / pieces;
    const Affine map = toSource(call);
    double least[2] = {map.x0, map.y0}, most[2] = {map.x0, map.y0};
    for (int i = 0; i < 2 * pieces + 1; ++i) {
        const Turn turn = turnOf(piece * 0.5 * i);
        const double r = i % 2 == 0 ? radius : radius / turnOf(piece * 0.5).cosine;
        const double at[2] = {map.mapX(r * turn.cosine, r * turn.sine), map.mapY(r * turn.cosine, r * turn.sine)};
        for (int axis = 0; axis < 2; ++axis) {
            least[axis] = std::min(least[axis], at[axis]);
            most[axis] = std::max(most[axis], at[axis]);
        }
    }
    const auto [x0, x1] = readPixels(least[0] - 0.5, most[0] - 0.5, call.inputs[0].stream.width);
    const auto [y0, y1] = readPixels(least[1] - 0.5, most[1] - 0.5, call.inputs[0].stream.height);
    return {x0, y0, x1, y1};
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    const ConstPictureView& in = inputs[0];
    const Mirrors mirrors(static_cast<int>(call.args.integer("segments")));
    const int width = call.inputs[0].stream.width, height = call.inputs[0].stream.height;
    const Vec2 centre = call.args.vec2("centre");
    const Affine back = turned(-call.args.real("rotation"));
    const Affine map = toSource(call);
    for (int y = out.rect.y0; y < out.rect.y1; ++y) {
        for (int x = out.rect.x0; x < out.rect.x1; ++x) {
            const double dx = x + 0.5 - centre.x * call.out.width, dy = y + 0.5 - centre.y * call.out.height;
            const double u = back.mapX(dx, dy), v = back.mapY(dx, dy);
            const Affine& fold = mirrors.fold(u, v);
            const double fx = fold.mapX(u, v), fy = fold.mapY(u, v);
            const Weights weights = weightsAt(map.mapX(fx, fy), map.mapY(fx, fy), width, height);
            for (int plane = 0; plane < 4; ++plane)
                out.at(plane, x, y) = blended(in, plane, weights);
        }
    }
    return {};
}

} // namespace

extern const Effect effect_kaleidoscope;
const Effect effect_kaleidoscope{
    .name = "kaleidoscope",
    .title = "Kaleidoscope",
    .help = "Folds a picture into a rosette of mirrored segments. Move the source point or turn the source and the whole rose moves.",
    .tags = {"transform"},
    .synonyms = {"mirror", "mandala", "rosette", "symmetry", "rose window"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "segments", .kind = ParamKind::Integer, .initial = std::int64_t{6}, .least = 1, .most = 64, .step = 1, .title = "Segments", .help = "Each is a piece and its mirror image"},
        {.name = "rotation", .kind = ParamKind::Angle, .initial = 0.0, .step = 1.0, .unit = "deg", .title = "Rotation", .help = "Turns the mirrors"},
        {.name = "zoom", .initial = 1.0, .least = 0.05, .most = 20.0, .step = 0.05, .title = "Zoom"},
        {.name = "centre", .kind = ParamKind::Point, .initial = Vec2{0.5, 0.5}, .least = -1.0, .most = 2.0, .title = "Centre", .help = "Of the rosette; 0.5, 0.5 is the middle"},
        {.name = "source", .kind = ParamKind::Point, .initial = Vec2{0.5, 0.5}, .least = -1.0, .most = 2.0, .title = "Source", .help = "The point of the picture that is in the centre"},
        {.name = "source_rotation", .kind = ParamKind::Angle, .initial = 0.0, .step = 1.0, .unit = "deg", .title = "Source rotation", .help = "Turns the picture behind the mirrors"},
    },
    .access = Access::Gather,
    .region = region,
    .render = render,
};

} // namespace artdag
