// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"
#include "core/picture/matte.h"
#include "core/picture/sample.h"

namespace artdag {
namespace {

int passes(const FrameCall& call)
{
    return call.args.real("amount") == 0.0 ? 0 : -1;
}

/// A mask of another size is stretched over the picture.
Affine toMask(const FrameCall& call)
{
    const StreamFacts& mask = call.inputs[1].stream;
    if (mask.width == call.out.width && mask.height == call.out.height)
        return {};
    return inverted(fitted(mask.width, mask.height, call.out.width, call.out.height, Fit::Stretch));
}

Result<void> facts(const Call& call, std::span<StreamFacts> outputs)
{
    outputs[0] = call.inputs[0].stream;
    if (outputs[0].frames == StreamFacts::endless)
        outputs[0].frames = call.inputs[1].stream.frames;
    return {};
}

Rect pictureOf(const FrameCall& call)
{
    return {0, 0, call.out.width, call.out.height};
}

Rect maskPart(const FrameCall& call, Rect out)
{
    return out.grown(matteReach(call.px("grow"), call.px("feather"))).clippedTo(pictureOf(call));
}

Rect region(const FrameCall& call, std::size_t index, Rect out)
{
    if (index == 0)
        return out;
    const StreamFacts& mask = call.inputs[1].stream;
    const Rect part = maskPart(call, out);
    return toMask(call) == Affine{} ? part : sampleRegion(mask.width, mask.height, toMask(call), Filter::Bilinear, Edge::Clamp, part);
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    const auto source = static_cast<MatteSource>(call.args.choice("source"));
    const bool display = call.args.choice("space") == 0;
    const double grow = call.px("grow"), feather = call.px("feather");
    const Rect part = maskPart(call, out.rect);
    Mask matte(part);
    if (toMask(call) == Affine{}) {
        matte = matteOf(inputs[1], source, display, part);
    } else {
        Picture stretched(part);
        sampleAffine(inputs[1], call.inputs[1].stream.width, call.inputs[1].stream.height, toMask(call), Filter::Bilinear, Edge::Clamp, stretched.view());
        matte = matteOf(stretched.view(), source, display, part);
    }
    if (call.args.boolean("invert"))
        for (float& value : matte.values)
            value = 1.0F - value;
    if (grow != 0 || feather > 0)
        matte = reshaped(matte, grow, feather, pictureOf(call), out.rect);
    applyMatte(inputs[0], matte, static_cast<float>(call.args.real("amount")), out);
    return {};
}

} // namespace

extern const Effect effect_mask;
const Effect effect_mask{
    .name = "mask",
    .title = "Mask",
    .help = "Shows a picture only where a second one, the mask, is bright or opaque; the rest becomes transparent. A mask of another size is stretched over the picture.",
    .tags = {"combine"},
    .synonyms = {"track matte", "luma matte", "alpha matte", "stencil", "alphamerge", "copy alpha", "set matte", "cut out", "key mix"},
    .inputs = {{.name = "picture", .title = "Picture"}, {.name = "mask", .title = "Mask"}},
    .params = {
        {.name = "source", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .title = "Source", .help = "What of the mask counts: how bright it is over black, or one of its channels", .choices = matteSourceNames(), .animatable = false},
        {.name = "amount", .initial = 1.0, .least = 0.0, .most = 1.0, .title = "Amount", .help = "0 leaves the picture as it is"},
        {.name = "invert", .kind = ParamKind::Boolean, .initial = false, .title = "Invert", .help = "Shows the picture where the mask is dark"},
        {.name = "grow", .initial = 0.0, .least = -128.0, .most = 128.0, .step = 0.5, .unit = "px", .title = "Grow", .help = "Widens what is shown; negative values shrink it"},
        {.name = "feather", .initial = 0.0, .least = 0.0, .most = 512.0, .step = 1.0, .unit = "px", .title = "Feather", .help = "How wide the soft edge is"},
        {.name = "space", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .title = "Space", .help = "In display a middle grey shows half of the picture; linear counts light", .choices = {"display", "linear"}, .animatable = false},
    },
    .access = Access::Region,
    .facts = facts,
    .passes = passes,
    .region = region,
    .render = render,
};

} // namespace artdag
