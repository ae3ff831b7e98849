// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"

namespace artdag {
namespace {

/// How much of left and right is in each output.
constexpr float shares[4][2] = {{1.0F, 0.0F}, {0.0F, 1.0F}, {0.5F, 0.5F}, {0.5F, -0.5F}};

Result<void> facts(const Call& call, std::span<StreamFacts> outputs)
{
    for (StreamFacts& output : outputs)
        output = call.inputs[0].stream;
    return {};
}

Result<void> sound(const SoundCall& call, std::span<const Sound> inputs, Sound& out)
{
    const float* const share = shares[call.output];
    for (std::int64_t i = 0; i < out.range().count; ++i)
        out.channel(0)[i] = out.channel(1)[i] = share[0] * inputs[0].channel(0)[i] + share[1] * inputs[0].channel(1)[i];
    return {};
}

} // namespace

extern const Effect effect_split_channels;
const Effect effect_split_channels{
    .name = "split_channels",
    .title = "Split channels",
    .help = "Takes a stereo sound apart: left and right, or middle (what both have in common) and side (how they differ), each as a sound of its own in the middle.",
    .tags = {"sound", "channels"},
    .synonyms = {"channelsplit", "left", "right", "mono", "mid side", "M/S", "separate channels"},
    .inputs = {{.name = "sound", .type = PortType::Sound, .title = "Sound"}},
    .outputs = {{.name = "left", .type = PortType::Sound, .title = "Left"}, {.name = "right", .type = PortType::Sound, .title = "Right"}, {.name = "middle", .type = PortType::Sound, .title = "Middle"}, {.name = "side", .type = PortType::Sound, .title = "Side"}},
    .facts = facts,
    .sound = sound,
};

} // namespace artdag
