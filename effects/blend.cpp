// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture/blend.h"
#include "core/effect/effect.h"

#include <fmt/format.h>

namespace artdag {
namespace {

Result<void> facts(const Call& call, std::span<StreamFacts> outputs)
{
    const StreamFacts& below = call.inputs[0].stream;
    const StreamFacts& above = call.inputs[1].stream;
    if (below.width != above.width || below.height != above.height)
        return fail(Fault::BadInput, fmt::format("blend: below is {}×{} px and above {}×{}; put a resize before one of them", below.width, below.height, above.width, above.height));
    outputs[0] = below;
    if (below.frames == StreamFacts::endless)
        outputs[0].frames = above.frames;
    return {};
}

int passes(const FrameCall& call)
{
    return call.args.real("opacity") == 0.0 ? 0 : -1;
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    blend(inputs[0], inputs[1], static_cast<BlendMode>(call.args.choice("mode")), static_cast<float>(call.args.real("opacity")),
        static_cast<BlendSpace>(call.args.choice("space")), out);
    return {};
}

} // namespace

extern const Effect effect_blend;
const Effect effect_blend{
    .name = "blend",
    .title = "Blend",
    .help = "Puts one picture upon another by a blend mode, as layers do. It is as long as the picture below; both have the same size.",
    .tags = {"combine"},
    .synonyms = {"mix", "composite", "overlay", "multiply", "screen", "add", "merge", "layer mode", "dissolve"},
    .inputs = {{.name = "below", .title = "Below"}, {.name = "above", .title = "Above"}},
    .params = {
        {.name = "mode", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .title = "Mode", .choices = blendModeNames(), .animatable = false},
        {.name = "opacity", .initial = 1.0, .least = 0.0, .most = 1.0, .title = "Opacity", .help = "Of the picture above"},
        {.name = "space", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .title = "Space", .help = "Where the mode's formula works; display is what other programs do", .choices = {"display", "linear"}, .animatable = false},
    },
    .facts = facts,
    .passes = passes,
    .render = render,
};

} // namespace artdag
