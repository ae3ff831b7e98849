// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"

namespace artdag {
namespace {

/// What this frame is: the loop's last frame, or what it begins with; no input where nothing is connected.
FrameNeed shown(const FrameCall& call)
{
    const int previous = call.input("previous");
    return call.frame > 0 && previous >= 0 ? FrameNeed{previous, call.frame - 1} : FrameNeed{call.input("picture"), call.frame};
}

Result<void> facts(const Call& call, std::span<StreamFacts> outputs)
{
    outputs[0] = {PortType::Picture, call.canvas.width, call.canvas.height};
    if (const int begins = call.input("picture"); begins >= 0) {
        outputs[0] = call.inputs[static_cast<std::size_t>(begins)].stream;
        outputs[0].frames = StreamFacts::endless;
    }
    return {};
}

void needs(const FrameCall& call, std::vector<FrameNeed>& out)
{
    if (const FrameNeed need = shown(call); need.input >= 0)
        out.push_back(need);
}

int passes(const FrameCall& call)
{
    return shown(call).input >= 0 ? 0 : -1;
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

extern const Effect effect_feedback;
const Effect effect_feedback{
    .name = "feedback",
    .title = "Feedback",
    .help = "The last frame of a loop: change it, lay something over it, and wire the result back into Previous. Trails, echoes and endless tunnels come of it.",
    .tags = {"time", "feedback"},
    .synonyms = {"loop", "previous frame", "last frame", "trails", "feedback TOP", "recursion"},
    .inputs = {
        {.name = "picture", .title = "Begins with", .optional = true},
        {.name = "previous", .title = "Previous", .optional = true, .before = true},
    },
    .params = {},
    .access = Access::Pointwise,
    .facts = facts,
    .needs = needs,
    .passes = passes,
    .render = render,
};

} // namespace artdag
