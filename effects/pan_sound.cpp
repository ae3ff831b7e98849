// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/effect/effect.h"
#include "core/sound/automation.h"

namespace artdag {
namespace {

enum Law {
    EqualPower,
    Linear,
    Balance,
};

/// How much of a side stays and how much goes over to the other, `amount` of the way there.
double staying(int law, double amount)
{
    return amount <= 0.0 ? 1.0 : amount >= 1.0 ? 0.0
        : law == EqualPower                    ? exact::cos(amount * exact::pi / 2.0)
                                               : 1.0 - amount;
}
double crossing(int law, double amount)
{
    if (law == Balance || amount <= 0.0)
        return 0.0;
    return law == EqualPower ? exact::sin(amount * exact::pi / 2.0) : amount;
}

Result<void> sound(const SoundCall& call, std::span<const Sound> inputs, Sound& out)
{
    const int law = call.args.choice("law");
    const auto over = [&](auto gain, double sign) {
        return automate(out.range(), [&](std::int64_t sample) { return gain(law, sign * call.real("pan", sample)); });
    };
    // What pans to the right thins the left side, and the other way round.
    const auto leftStays = over(staying, 1.0), leftCrosses = over(crossing, 1.0);
    const auto rightStays = over(staying, -1.0), rightCrosses = over(crossing, -1.0);
    const auto width = automate(out.range(), [&](std::int64_t sample) { return call.real("width", sample); });
    const std::int64_t shift = out.range().first - inputs[0].range().first;
    const float* const source[2] = {inputs[0].channel(0) + shift, inputs[0].channel(1) + shift};
    for (std::size_t i = 0; i < width.size(); ++i) {
        double left = source[0][i], right = source[1][i];
        if (width[i] != 1.0) {
            const double middle = (left + right) / 2.0, side = (left - right) / 2.0 * width[i];
            left = middle + side;
            right = middle - side;
        }
        out.channel(0)[i] = static_cast<float>(left * leftStays[i] + right * rightCrosses[i]);
        out.channel(1)[i] = static_cast<float>(right * rightStays[i] + left * leftCrosses[i]);
    }
    return {};
}

} // namespace

extern const Effect effect_pan_sound;
const Effect effect_pan_sound{
    .name = "pan_sound",
    .title = "Pan sound",
    .help = "Moves a sound to the left or to the right, and makes it wider or narrower. In the middle and at width 1 it stays as it is.",
    .tags = {"sound", "space"},
    .synonyms = {"pan", "panorama", "balance", "stereo", "stereo width", "mono", "stereowiden", "left right"},
    .inputs = {{.name = "sound", .type = PortType::Sound, .title = "Sound"}},
    .outputs = {{.name = "sound", .type = PortType::Sound, .title = "Sound"}},
    .params = {
        {.name = "pan", .initial = 0.0, .least = -1.0, .most = 1.0, .title = "Pan", .help = "−1 is left, 1 is right"},
        {.name = "law", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .title = "Law", .help = "Equal power and linear bring the other side along; balance only turns it down", .choices = {"equal power", "linear", "balance"}, .animatable = false},
        {.name = "width", .initial = 1.0, .least = 0.0, .most = 2.0, .title = "Width", .help = "0 is mono, 2 doubles what differs between the sides"},
    },
    .neutralAtDefault = true,
    .sound = sound,
};

} // namespace artdag
