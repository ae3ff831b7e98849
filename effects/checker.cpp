// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/effect/effect.h"
#include "core/effect/linear_colour.h"

#include <vector>

namespace artdag {
namespace {

/// The integral from 0 to x of "lies in an odd cell".
double oddUpTo(double x, double size)
{
    const double pairs = exact::floor(x / (2 * size));
    const double rest = x - pairs * 2 * size;
    return pairs * size + (rest > size ? rest - size : 0.0);
}

/// Which part of pixel `at` lies in odd cells of one axis.
double oddPart(int at, double offset, double size)
{
    return oddUpTo(at + 1 - offset, size) - oddUpTo(at - offset, size);
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView>, PictureView out)
{
    const double size = call.px("size");
    const Vec2 offset = call.args.vec2("offset");
    const double left = offset.x * call.canvas.scale;
    const double top = offset.y * call.canvas.scale;
    const LinearColour even = linearOf(call.args.colour("colour_a"));
    const LinearColour odd = linearOf(call.args.colour("colour_b"));
    const float a[4] = {even.r, even.g, even.b, even.a};
    const float b[4] = {odd.r, odd.g, odd.b, odd.a};
    std::vector<double> across;
    for (int x = out.rect.x0; x < out.rect.x1; ++x)
        across.push_back(oddPart(x, left, size));
    for (int y = out.rect.y0; y < out.rect.y1; ++y) {
        const double down = oddPart(y, top, size);
        for (std::size_t i = 0; i < across.size(); ++i) {
            // One of both axes odd: exactly the covered area, for the axes are independent.
            const auto mix = static_cast<float>(across[i] + down - 2 * across[i] * down);
            for (int plane = 0; plane < 4; ++plane)
                out.row(plane, y)[i] = a[plane] * (1.0F - mix) + b[plane] * mix;
        }
    }
    return {};
}

} // namespace

extern const Effect effect_checker;
const Effect effect_checker{
    .name = "checker",
    .title = "Checkerboard",
    .help = "Squares of two colours in turn, sharp at any size.",
    .tags = {"source", "pattern"},
    .synonyms = {"chess", "checkerboard", "squares", "transparency grid"},
    .params = {
        {.name = "size", .initial = 64.0, .least = 1.0, .most = 4096.0, .step = 1.0, .unit = "px", .title = "Size", .help = "One square's side"},
        {.name = "offset", .kind = ParamKind::Size, .initial = Vec2{0, 0}, .least = -8192.0, .most = 8192.0, .step = 1.0, .unit = "px", .title = "Offset"},
        {.name = "colour_a", .kind = ParamKind::Colour, .initial = Colour{0.92, 0.92, 0.9, 1}, .title = "First colour"},
        {.name = "colour_b", .kind = ParamKind::Colour, .initial = Colour{0.2, 0.22, 0.27, 1}, .title = "Second colour"},
    },
    .access = Access::Region,
    .render = render,
};

} // namespace artdag
