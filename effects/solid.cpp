// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"
#include "core/effect/linear_colour.h"
#include "core/picture/pointwise.h"

namespace artdag {
namespace {

Result<void> render(const FrameCall& call, std::span<const ConstPictureView>, PictureView out)
{
    const LinearColour colour = linearOf(call.args.colour("colour"));
    fill(out, colour.r, colour.g, colour.b, colour.a);
    return {};
}

} // namespace

extern const Effect effect_solid;
const Effect effect_solid{
    .name = "solid",
    .title = "Solid colour",
    .help = "A canvas full of one colour.",
    .tags = {"source"},
    .synonyms = {"color", "background", "fill", "constant", "matte"},
    .params = {{.name = "colour", .kind = ParamKind::Colour, .initial = Colour{0.13, 0.15, 0.2, 1}, .title = "Colour"}},
    .render = render,
};

} // namespace artdag
