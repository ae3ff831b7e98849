// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"

namespace artdag {
namespace {

enum Beyond {
    Hold,
    Transparent,
    Wrap,
};

std::int64_t lengthOf(const FrameCall& call)
{
    return call.inputs[0].stream.frames;
}

std::int64_t shownFrame(const FrameCall& call)
{
    const std::int64_t frame = call.frame - call.args.integer("frames"), length = lengthOf(call);
    if (call.args.choice("beyond") != Wrap || length == StreamFacts::endless)
        return frame;
    return ((frame % length) + length) % length;
}

bool isEmpty(const FrameCall& call)
{
    const std::int64_t frame = shownFrame(call), length = lengthOf(call);
    return call.args.choice("beyond") == Transparent && (frame < 0 || (length != StreamFacts::endless && frame >= length));
}

void needs(const FrameCall& call, std::vector<FrameNeed>& out)
{
    if (!isEmpty(call))
        out.push_back({0, shownFrame(call)});
}

int passes(const FrameCall& call)
{
    return isEmpty(call) ? -1 : 0;
}

Result<void> render(const FrameCall&, std::span<const ConstPictureView> inputs, PictureView out)
{
    if (inputs.empty())
        clear(out);
    else
        copy(inputs[0], out);
    return {};
}

} // namespace

extern const Effect effect_frame_delay;
const Effect effect_frame_delay{
    .name = "frame_delay",
    .title = "Frame delay",
    .help = "Shows a film some frames later, or with a negative number earlier. Blend it with the film itself for trails, or offset copies of it.",
    .tags = {"time"},
    .synonyms = {"time offset", "delay", "offset", "shift", "slip", "tpad"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "frames", .kind = ParamKind::Integer, .initial = std::int64_t{5}, .least = -100000, .most = 100000, .step = 1, .title = "Frames"},
        {.name = "beyond", .kind = ParamKind::Choice, .initial = std::int64_t{Hold}, .title = "Beyond the ends", .help = "What is shown before the first frame and after the last", .choices = {"hold", "transparent", "wrap"}, .animatable = false},
    },
    .needs = needs,
    .still = [](const Call& call) { return call.args.choice("beyond") != Transparent; },
    .passes = passes,
    .render = render,
};

} // namespace artdag
