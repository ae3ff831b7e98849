// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"

#include <algorithm>

namespace artdag {
namespace {

int passes(const FrameCall&)
{
    return 0;
}

Result<void> render(const FrameCall&, std::span<const ConstPictureView> inputs, PictureView out)
{
    copy(inputs[0], out);
    return {};
}

Result<void> sound(const SoundCall& call, std::span<const Sound> inputs, Sound& out)
{
    const std::int64_t shift = call.range.first - inputs[0].range().first;
    for (int channel = 0; channel < soundChannels; ++channel)
        std::copy_n(inputs[0].channel(channel) + shift, call.range.count, out.channel(channel));
    return {};
}

} // namespace

extern const Effect effect_mux;
const Effect effect_mux{
    .name = "mux",
    .title = "Mux",
    .help = "Puts a sound to a picture, so that one node carries the whole film.",
    .tags = {"combine"},
    .synonyms = {"add sound", "join", "soundtrack", "audio to video"},
    .inputs = {{.name = "picture", .title = "Picture"}, {.name = "sound", .type = PortType::Sound, .title = "Sound"}},
    .outputs = {{.name = "picture", .title = "Picture"}, {.name = "sound", .type = PortType::Sound, .title = "Sound"}},
    .neutralAtDefault = true,
    .passes = passes,
    .render = render,
    .sound = sound,
};

} // namespace artdag
