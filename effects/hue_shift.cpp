// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/effect/effect.h"
#include "core/picture/tone.h"

namespace artdag {
namespace {

int passes(const FrameCall& call)
{
    return exact::fmod(call.args.real("angle"), 360.0) == 0.0 ? 0 : -1;
}

Works works(const FrameCall& call)
{
    return passes(call) == 0 ? Works::Either : call.args.choice("space") == 1 ? Works::Linear
                                                                              : Works::Display;
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    if (passes(call) == 0) {
        copy(inputs[0], out);
        return {};
    }
    const ColourMatrix matrix = hueRotation(call.args.real("angle"));
    applyMatrix(matrix, inputs[0], out, call.space == Space::Linear);
    return {};
}

} // namespace

extern const Effect effect_hue_shift;
const Effect effect_hue_shift{
    .name = "hue_shift",
    .title = "Hue shift",
    .help = "Turns all colours around the colour wheel and keeps greys and luma as they are (the W3C hue-rotate matrix, in display space unless you choose linear light).",
    .tags = {"colour"},
    .synonyms = {"hue", "hue rotate", "hueRotate", "recolour", "recolor", "tint"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "angle", .kind = ParamKind::Angle, .initial = 0.0, .step = 1.0, .unit = "deg", .title = "Angle", .help = "120 turns red to green"},
        {.name = "space", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .title = "Space", .choices = {"display", "linear"}, .animatable = false},
    },
    .neutralAtDefault = true,
    .passes = passes,
    .works = works,
    .render = render,
};

} // namespace artdag
