// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"

#include <algorithm>

namespace artdag {
namespace {

Result<void> facts(const Call& call, std::span<StreamFacts> outputs)
{
    if (call.inputs.empty())
        return fail(Fault::BadInput, "null: nothing is connected; connect a picture, a sound, a signal or events");
    if (call.input("picture") < 0)
        outputs[0] = {PortType::Picture, call.canvas.width, call.canvas.height, 1};
    if (call.input("sound") < 0)
        outputs[1] = {.type = PortType::Sound, .samples = 0};
    return {};
}

int passes(const FrameCall& call)
{
    return call.input("picture") >= 0 ? 0 : -1;
}

Result<void> render(const FrameCall&, std::span<const ConstPictureView> inputs, PictureView out)
{
    if (inputs.empty())
        clear(out);
    else
        copy(inputs[0], out);
    return {};
}

Result<void> sound(const SoundCall& call, std::span<const Sound> inputs, Sound& out)
{
    if (inputs.empty())
        return {};
    const std::int64_t shift = call.range.first - inputs[0].range().first;
    for (int channel = 0; channel < soundChannels; ++channel)
        std::copy_n(inputs[0].channel(channel) + shift, call.range.count, out.channel(channel));
    return {};
}

double signal(const Call& call, Flicks time)
{
    const int input = call.input("signal");
    return input < 0 ? 0.0 : call.signals->signal(input, time);
}

void events(const Call& call, Flicks from, Flicks to, std::vector<Event>& out)
{
    if (const int input = call.input("events"); input >= 0) {
        const std::vector<Event> found = call.signals->events(input, from, to);
        out.insert(out.end(), found.begin(), found.end());
    }
}

} // namespace

extern const Effect effect_null;
const Effect effect_null{
    .name = "null",
    .title = "Null",
    .help = "A named end that takes whatever you connect, picture, sound, signal or events, and gives it on unchanged: let others hang on it while you rebuild what comes before.",
    .tags = {"combine"},
    .synonyms = {"end", "output", "sink", "terminal", "handle", "pass", "dot", "reroute", "pin"},
    .inputs = {
        {.name = "picture", .title = "Picture", .optional = true},
        {.name = "sound", .type = PortType::Sound, .title = "Sound", .optional = true},
        {.name = "signal", .type = PortType::Signal, .title = "Signal", .optional = true},
        {.name = "events", .type = PortType::Events, .title = "Events", .optional = true},
    },
    .outputs = {
        {.name = "picture", .title = "Picture"},
        {.name = "sound", .type = PortType::Sound, .title = "Sound"},
        {.name = "signal", .type = PortType::Signal, .title = "Signal"},
        {.name = "events", .type = PortType::Events, .title = "Events"},
    },
    .neutralAtDefault = true,
    .facts = facts,
    .passes = passes,
    .render = render,
    .sound = sound,
    .signal = signal,
    .events = events,
};

} // namespace artdag
