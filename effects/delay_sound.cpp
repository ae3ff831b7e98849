// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/effect/effect.h"
#include "core/sound/automation.h"
#include "core/sound/level.h"

#include <algorithm>

namespace artdag {
namespace {

std::int64_t samplesOf(const Call& call)
{
    return std::max<std::int64_t>(1, frameAt(call.args.time("time"), {call.canvas.sampleRate, 1}));
}

/// As long as the last echo that is louder than −60 dB, at most a minute more.
Result<void> facts(const Call& call, std::span<StreamFacts> outputs)
{
    const double feedback = call.args.real("feedback");
    const double echoes = feedback > 0.0 ? std::min(1.0 + 6.907755279 / -exact::log(std::min(feedback, 0.9999)), 1e6) : 1.0;
    if (outputs[0].samples > 0)
        outputs[0].samples += static_cast<std::int64_t>(std::min(exact::floor(echoes + 1.0) * static_cast<double>(samplesOf(call)), 60.0 * call.canvas.sampleRate));
    return {};
}

Result<void> sound(const SoundCall& call, std::span<const Sound> inputs, Sound& out)
{
    const std::int64_t length = samplesOf(call);
    std::vector<float>& line = call.memory->samples; // a ring for each side
    line.resize(static_cast<std::size_t>(2 * length));
    call.memory->numbers.resize(4); // a low pass and a high pass in the loop of each side
    double* const low = call.memory->numbers.data();
    double* const high = low + 2;
    const double rate = call.canvas.sampleRate;
    const auto steps = [&](std::string_view name) { return automate(out.range(), [&, name](std::int64_t sample) { return call.real(name, sample); }); };
    const auto feedback = steps("feedback"), mix = steps("mix");
    const double damping = 1.0 - remaining(1.0 / (2.0 * exact::pi * 20000.0 * exact::pow(0.02, call.args.real("damping"))), rate);
    const double thinning = 1.0 - remaining(1.0 / (2.0 * exact::pi * call.args.real("low_cut")), rate);
    const bool pingPong = call.args.boolean("ping_pong"), damps = call.args.real("damping") > 0.0;
    std::int64_t at = out.range().first % length;
    for (std::size_t i = 0; i < mix.size(); ++i) {
        float* const cells[2] = {&line[static_cast<std::size_t>(at)], &line[static_cast<std::size_t>(length + at)]};
        const double echo[2] = {*cells[0], *cells[1]};
        const double in[2] = {inputs[0].channel(0)[i], inputs[0].channel(1)[i]};
        double back[2];
        for (int side = 0; side < 2; ++side) {
            low[side] = damps ? low[side] + damping * (echo[side] - low[side]) : echo[side];
            high[side] += thinning * (low[side] - high[side]);
            back[side] = (low[side] - high[side]) * feedback[i];
            out.channel(side)[i] = static_cast<float>(in[side] + mix[i] * (echo[side] - in[side]));
        }
        const double fresh[2] = {pingPong ? (in[0] + in[1]) / 2.0 : in[0], pingPong ? 0.0 : in[1]};
        for (int side = 0; side < 2; ++side) {
            const double value = fresh[side] + back[pingPong ? 1 - side : side];
            *cells[side] = value > -1e-25 && value < 1e-25 ? 0.0F : static_cast<float>(value);
        }
        at = at + 1 < length ? at + 1 : 0;
    }
    for (double& number : call.memory->numbers)
        number = number > -1e-25 && number < 1e-25 ? 0.0 : number;
    return {};
}

} // namespace

extern const Effect effect_delay_sound;
const Effect effect_delay_sound{
    .name = "delay_sound",
    .title = "Delay sound",
    .help = "Echoes that repeat, each softer and duller than the one before. With ping-pong they jump from side to side.",
    .tags = {"sound", "space"},
    .synonyms = {"echo", "delay", "aecho", "adelay", "ping pong", "dub", "feedback delay", "slapback"},
    .inputs = {{.name = "sound", .type = PortType::Sound, .title = "Sound"}},
    .outputs = {{.name = "sound", .type = PortType::Sound, .title = "Sound"}},
    .params = {
        {.name = "time", .kind = ParamKind::Time, .initial = Moment{flicksPerSecond * 3 / 8}, .least = 0.001, .most = 10.0, .unit = "s", .title = "Time", .help = "Between two echoes; 0.375 s is a dotted eighth at 120 BPM", .animatable = false},
        {.name = "feedback", .initial = 0.4, .least = 0.0, .most = 0.98, .title = "Feedback", .help = "How much of each echo comes again"},
        {.name = "ping_pong", .kind = ParamKind::Boolean, .initial = false, .title = "Ping-pong", .help = "Echoes come from the left and the right in turn", .animatable = false},
        {.name = "damping", .initial = 0.3, .least = 0.0, .most = 1.0, .title = "Damping", .help = "How much duller each echo is than the one before", .animatable = false},
        {.name = "low_cut", .initial = 60.0, .least = 5.0, .most = 2000.0, .step = 1.0, .unit = "Hz", .title = "Low cut", .help = "Echoes lose what is below, so that bass does not pile up", .animatable = false},
        {.name = "mix", .initial = 0.35, .least = 0.0, .most = 1.0, .title = "Mix", .help = "0 is the sound alone, 1 the echoes alone"},
    },
    .facts = facts,
    .remembers = true,
    .sound = sound,
};

} // namespace artdag
