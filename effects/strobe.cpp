// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "core/effect/effect.h"
#include "core/effect/linear_colour.h"

#include <algorithm>

namespace artdag {
namespace {

enum Kind {
    Hold,
    Flash,
    Blink,
};

/// Where a frame lies in its period.
struct Beat {
    std::int64_t first = 0, into = 0;
    bool on = false; ///< of the length that a flash lasts
};

Beat beatAt(const FrameCall& call)
{
    const std::int64_t period = std::max<std::int64_t>(1, call.framesOf(call.args.time("period")));
    const std::int64_t number = call.frame / period;
    Beat beat{number * period, call.frame % period};
    const bool happens = randomUnit(static_cast<std::uint64_t>(call.args.integer("seed")), static_cast<std::uint64_t>(number)) < call.args.real("chance");
    beat.on = happens && (call.args.choice("kind") == Hold || beat.into < call.framesOf(call.args.time("length")));
    return beat;
}

/// How much of a flash or a gap a frame shows.
double shareAt(const FrameCall& call)
{
    return call.args.choice("kind") != Hold && beatAt(call).on ? call.args.real("amount") : 0.0;
}

void needs(const FrameCall& call, std::vector<FrameNeed>& out)
{
    const Beat beat = beatAt(call);
    out.push_back({0, call.args.choice("kind") == Hold && beat.on ? beat.first : call.frame});
}

void moment(const FrameCall& call, std::vector<double>& out)
{
    out.push_back(shareAt(call));
}

int passes(const FrameCall& call)
{
    return shareAt(call) == 0.0 ? 0 : -1;
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    const auto share = static_cast<float>(shareAt(call));
    copy(inputs[0], out);
    if (share == 0.0F)
        return {};
    LinearColour colour = linearOf(call.args.colour("colour"));
    if (call.args.choice("kind") == Blink)
        colour = {0, 0, 0, 0};
    const float planes[4] = {colour.r, colour.g, colour.b, colour.a};
    const float kept = call.args.choice("kind") == Blink ? 1.0F - share : 1.0F - share * colour.a;
    for (int y = out.rect.y0; y < out.rect.y1; ++y)
        for (int plane = 0; plane < 4; ++plane)
            scaleRow(out.row(plane, y), out.row(plane, y), static_cast<std::size_t>(out.rect.width()), kept, planes[plane] * share);
    return {};
}

} // namespace

extern const Effect effect_strobe;
const Effect effect_strobe{
    .name = "strobe",
    .title = "Strobe",
    .help = "Holds a frame for a while and then the next, flashes to a colour, or blinks away, in a steady beat. More than three flashes a second can harm people.",
    .tags = {"time"},
    .synonyms = {"strobe light", "posterize time", "flash", "blink", "flicker", "stop motion", "step", "framestep"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "kind", .kind = ParamKind::Choice, .initial = std::int64_t{Hold}, .title = "Kind", .help = "Hold frames, flash to the colour, or blink to transparent", .choices = {"hold", "flash", "blink"}, .animatable = false},
        {.name = "period", .kind = ParamKind::Time, .initial = Moment{flicksPerSecond * 2 / 5}, .least = 0.0, .most = 60.0, .unit = "s", .title = "Period", .help = "From beat to beat", .animatable = false},
        {.name = "length", .kind = ParamKind::Time, .initial = Moment{flicksPerSecond / 10}, .least = 0.0, .most = 60.0, .unit = "s", .title = "Length", .help = "Of a flash or a blink", .animatable = false},
        {.name = "amount", .initial = 1.0, .least = 0.0, .most = 1.0, .title = "Amount", .help = "How strong a flash or a blink is"},
        {.name = "colour", .kind = ParamKind::Colour, .initial = Colour{1, 1, 1, 1}, .title = "Colour", .help = "Of a flash"},
        {.name = "chance", .initial = 1.0, .least = 0.0, .most = 1.0, .title = "Chance", .help = "How many of the beats happen", .animatable = false},
        {.name = "seed", .kind = ParamKind::Seed, .initial = std::int64_t{1}, .least = 0, .title = "Seed", .help = "Chooses which beats happen", .animatable = false},
    },
    .needs = needs,
    .moment = moment,
    .still = [](const Call& call) { return call.args.choice("kind") == Hold; },
    .passes = passes,
    .render = render,
};

} // namespace artdag
