// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"
#include "core/effect/linear_colour.h"
#include "core/picture/show_coded.h"

#include <algorithm>
#include <cmath>

namespace artdag {
namespace {

enum Mode {
    Inside,
    Fill,
    Stretch,
    Pad,
};

int wholeSize(double size)
{
    return std::max(1, static_cast<int>(std::floor(size + 0.5)));
}

/// 0 stands for the canvas's.
int boxSize(const Call& call, std::string_view name, int ofCanvas)
{
    const double asked = call.px(name);
    return asked > 0 ? wholeSize(asked) : ofCanvas;
}

Result<void> facts(const Call& call, std::span<StreamFacts> outputs)
{
    const StreamFacts& in = call.inputs[0].stream;
    StreamFacts& out = outputs[0];
    out = in;
    out.width = boxSize(call, "width", call.canvas.width);
    out.height = boxSize(call, "height", call.canvas.height);
    if (call.args.choice("mode") == Inside) {
        const double ratio = std::min(static_cast<double>(out.width) / in.width, static_cast<double>(out.height) / in.height);
        out.width = wholeSize(in.width * ratio);
        out.height = wholeSize(in.height * ratio);
    }
    return {};
}

Affine toSource(const FrameCall& call)
{
    const StreamFacts& in = call.inputs[0].stream;
    static constexpr Fit fits[] = {Fit::Stretch, Fit::Cover, Fit::Stretch, Fit::Inside};
    return inverted(fitted(in.width, in.height, call.out.width, call.out.height, fits[call.args.choice("mode")]));
}

int passes(const FrameCall& call)
{
    const StreamFacts& in = call.inputs[0].stream;
    return in.width == call.out.width && in.height == call.out.height && (call.args.choice("mode") != Pad || call.args.colour("background").a == 0) ? 0 : -1;
}

Rect region(const FrameCall& call, std::size_t, Rect out)
{
    const StreamFacts& in = call.inputs[0].stream;
    return scaleRegion(in.width, in.height, toSource(call), static_cast<Filter>(call.args.choice("filter")), Edge::Transparent, out);
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    const StreamFacts& in = call.inputs[0].stream;
    showPicture(inputs[0], in.width, in.height, toSource(call), static_cast<Filter>(call.args.choice("filter")), out);
    if (call.args.choice("mode") == Pad) {
        const LinearColour colour = linearOf(call.args.colour("background"));
        Picture background(out.rect);
        fill(background.view(), colour.r, colour.g, colour.b, colour.a);
        over(background.view(), out, out);
    }
    return {};
}

} // namespace

extern const Effect effect_resize;
const Effect effect_resize{
    .name = "resize",
    .title = "Resize",
    .help = "Gives a picture another size. fit keeps all of it and its shape, fill covers the box and cuts, stretch bends its shape, pad fits it into the box before a background.",
    .tags = {"transform"},
    .synonyms = {"scale", "size", "fit", "fill", "letterbox", "pad", "stretch", "resample"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "width", .initial = 0.0, .least = 0.0, .most = 16384.0, .step = 1.0, .unit = "px", .title = "Width", .help = "0 is the canvas's", .animatable = false},
        {.name = "height", .initial = 0.0, .least = 0.0, .most = 16384.0, .step = 1.0, .unit = "px", .title = "Height", .help = "0 is the canvas's", .animatable = false},
        {.name = "mode", .kind = ParamKind::Choice, .initial = std::int64_t{Inside}, .title = "Mode", .choices = {"fit", "fill", "stretch", "pad"}, .animatable = false},
        {.name = "filter", .kind = ParamKind::Choice, .initial = static_cast<std::int64_t>(Filter::Lanczos3), .title = "Filter", .choices = filterNames(), .animatable = false},
        {.name = "background", .kind = ParamKind::Colour, .initial = Colour{0, 0, 0, 1}, .title = "Background", .help = "Behind a padded picture"},
    },
    .access = Access::Region,
    .facts = facts,
    .passes = passes,
    .region = region,
    .render = render,
};

} // namespace artdag
