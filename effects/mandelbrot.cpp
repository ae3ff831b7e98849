// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/fractal_view.h"

namespace artdag {
namespace {

Result<void> render(const FrameCall& call, std::span<const ConstPictureView>, PictureView out)
{
    drawFractal(fractalWindow(call, 2.6), call.out.width, call.out.height, out);
    return {};
}

} // namespace

extern const Effect effect_mandelbrot;
const Effect effect_mandelbrot{
    .name = "mandelbrot",
    .title = "Mandelbrot set",
    .help = "The Mandelbrot set in greys, from the whole to ten million million times as large. Put a gradient map after it.",
    .tags = {"generate", "fractal"},
    .synonyms = {"fractal", "mandelbrot", "deep zoom", "complex dynamics"},
    .params = fractalParams({}, {-0.6, 0.0}),
    .access = Access::Region,
    .render = render,
};

} // namespace artdag
