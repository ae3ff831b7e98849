// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/fractal_view.h"

namespace artdag {
namespace {

Result<void> render(const FrameCall& call, std::span<const ConstPictureView>, PictureView out)
{
    FractalWindow window = fractalWindow(call, 3.0);
    window.julia = true;
    window.cx = call.args.vec2("c").x;
    window.cy = call.args.vec2("c").y;
    drawFractal(window, call.out.width, call.out.height, out);
    return {};
}

} // namespace

extern const Effect effect_julia;
const Effect effect_julia{
    .name = "julia",
    .title = "Julia set",
    .help = "A Julia set in greys: for each point z the steps of z² + c until it leaves. Move c a little and the whole shape changes. Put a gradient map after it.",
    .tags = {"generate", "fractal"},
    .synonyms = {"fractal", "julia", "complex dynamics"},
    .params = fractalParams({{.name = "c", .kind = ParamKind::Point, .initial = Vec2{-0.8, 0.156}, .least = -2.0, .most = 2.0, .step = 0.001, .title = "c", .help = "Real and imaginary part of the constant"}}, {0.0, 0.0}),
    .access = Access::Region,
    .render = render,
};

} // namespace artdag
