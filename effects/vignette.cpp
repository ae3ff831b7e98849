// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"
#include "core/effect/linear_colour.h"
#include "core/picture/picture.h"

#include <algorithm>
#include <cmath>

namespace artdag {
namespace {

int passes(const FrameCall& call)
{
    return call.args.real("amount") == 0.0 ? 0 : -1;
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    if (passes(call) == 0) {
        copy(inputs[0], out);
        return {};
    }
    const double width = call.out.width, height = call.out.height;
    const double round = call.args.real("roundness");
    const double shorter = std::min(width, height);
    // Half axes of the ellipse through the corners, from the picture's own shape to a circle.
    const double axisX = 0.70710678118654752 * (width + (shorter - width) * round);
    const double axisY = 0.70710678118654752 * (height + (shorter - height) * round);
    const Vec2 centre = call.args.vec2("centre");
    const double soft = std::max(call.args.real("softness"), 1e-3);
    const double inner = call.args.real("radius") - 0.5 * soft;
    const auto amount = static_cast<float>(call.args.real("amount"));
    const LinearColour colour = linearOf(call.args.colour("colour"));
    const float paint[4] = {colour.r, colour.g, colour.b, colour.a};
    const auto n = static_cast<std::size_t>(out.rect.width());
    std::vector<float> weights(n);
    for (int y = out.rect.y0; y < out.rect.y1; ++y) {
        const double dy = (y + 0.5 - centre.y * height) / axisY;
        for (std::size_t i = 0; i < n; ++i) {
            const double dx = (out.rect.x0 + static_cast<int>(i) + 0.5 - centre.x * width) / axisX;
            const double step = std::clamp((std::sqrt(dx * dx + dy * dy) - inner) / soft, 0.0, 1.0);
            weights[i] = amount * static_cast<float>(step * step * (3.0 - 2.0 * step));
        }
        const std::ptrdiff_t shift = out.rect.x0 - inputs[0].rect.x0;
        const float* cover = inputs[0].row(alpha, y) + shift;
        for (int plane = 0; plane < 3; ++plane) {
            const float* from = inputs[0].row(plane, y) + shift;
            float* to = out.row(plane, y);
            for (std::size_t i = 0; i < n; ++i)
                to[i] = from[i] * (1.0F - weights[i] * paint[3]) + paint[plane] * (cover[i] * weights[i]);
        }
        std::copy_n(cover, n, out.row(alpha, y));
    }
    return {};
}

} // namespace

extern const Effect effect_vignette;
const Effect effect_vignette{
    .name = "vignette",
    .title = "Vignette",
    .help = "Lets the corners fall into a colour, as an old lens does. Amount 0 changes nothing.",
    .tags = {"stylize"},
    .synonyms = {"dark corners", "edge darkening", "spotlight"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "amount", .initial = 0.6, .least = 0.0, .most = 1.0, .title = "Amount"},
        {.name = "radius", .initial = 0.75, .least = 0.0, .most = 2.0, .title = "Radius", .help = "Where half of it has come; 1 is the corner"},
        {.name = "softness", .initial = 0.7, .least = 0.0, .most = 2.0, .title = "Softness"},
        {.name = "roundness", .initial = 0.0, .least = 0.0, .most = 1.0, .title = "Roundness", .help = "0 follows the picture's shape, 1 is a circle"},
        {.name = "centre", .kind = ParamKind::Point, .initial = Vec2{0.5, 0.5}, .least = -1.0, .most = 2.0, .title = "Centre", .help = "0, 0 is top left, 1, 1 bottom right"},
        {.name = "colour", .kind = ParamKind::Colour, .initial = Colour{0, 0, 0, 1}, .title = "Colour"},
    },
    .passes = passes,
    .render = render,
};

} // namespace artdag
