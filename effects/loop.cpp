// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/pieces.h"
#include "core/picture/pointwise.h"

#include <algorithm>

namespace artdag {
namespace {

/// A crossfade eats into the film: its tail lies under its head, and the rest is what one time round shows.
std::int64_t fadeOf(const Call& call, const Played& played)
{
    return std::clamp<std::int64_t>(played.unitsOf(call.args.time("crossfade")), 0, played.length / 2);
}

std::int64_t roundOf(const Call& call, const Played& played)
{
    return std::max<std::int64_t>(played.length - fadeOf(call, played), 1);
}

std::int64_t lengthOf(const Call& call, const Played& played)
{
    const std::int64_t times = call.args.integer("times");
    return times == 0 ? StreamFacts::endless : times * roundOf(call, played);
}

Piece pieceAt(const Call& call, const Played& played, std::int64_t unit)
{
    const std::int64_t round = roundOf(call, played);
    const std::int64_t begin = unit - ((unit % round) + round) % round;
    return {begin, begin + round, 0, 1};
}

/// How much of the head a frame shows over the tail; 1 outside of the crossfade.
double headAt(const FrameCall& call, const Played& played)
{
    const std::int64_t fade = fadeOf(call, played), at = pieceAt(call, played, call.frame).unitAt(call.frame);
    if (at >= fade)
        return 1.0;
    const double mix = static_cast<double>(at + 1) / static_cast<double>(fade + 1); // neither end repeats a whole frame
    return call.args.choice("ease") == 1 ? mix * mix * (3 - 2 * mix) : mix;
}

Result<void> facts(const Call& call, std::span<StreamFacts> outputs)
{
    TRY(mustEnd(call, "loop"));
    return piecesFacts(call, "loop", lengthOf(call, Played(call)), outputs);
}

void needs(const FrameCall& call, std::vector<FrameNeed>& out)
{
    const Played played(call);
    if (played.picture < 0)
        return;
    const std::int64_t at = pieceAt(call, played, call.frame).unitAt(call.frame);
    out.push_back({played.picture, at});
    if (headAt(call, played) < 1.0)
        out.push_back({played.picture, at + roundOf(call, played)});
}

void moment(const FrameCall& call, std::vector<double>& out)
{
    const Played played(call);
    out.push_back(played.picture < 0 ? 1.0 : headAt(call, played));
}

int passes(const FrameCall& call)
{
    const Played played(call);
    return played.picture >= 0 && headAt(call, played) == 1.0 ? 0 : -1;
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    if (inputs.size() < 2)
        return piecesRender(call, inputs, out);
    lerp(inputs[1], inputs[0], out, static_cast<float>(headAt(call, Played(call))));
    return {};
}

void soundNeeds(const SoundCall& call, std::vector<SoundNeed>& out)
{
    const Played played(call);
    piecesSoundNeeds(call, pieceAt, lengthOf(call, played), fadeOf(call, played), out);
}

Result<void> sound(const SoundCall& call, std::span<const Sound> inputs, Sound& out)
{
    const Played played(call);
    piecesSound(call, pieceAt, lengthOf(call, played), fadeOf(call, played), inputs, out);
    return {};
}

} // namespace

extern const Effect effect_loop;
const Effect effect_loop{
    .name = "loop",
    .title = "Loop",
    .help = "Plays a film and its sound again and again. With a crossfade its tail melts into its head, every time round alike, so that no seam shows.",
    .tags = {"time"},
    .synonyms = {"repeat", "cycle", "seamless loop", "stream loop", "loopout", "gif loop"},
    .inputs = piecesInputs(),
    .outputs = piecesOutputs(),
    .params = {
        {.name = "times", .kind = ParamKind::Integer, .initial = std::int64_t{0}, .least = 0, .most = 10000, .step = 1, .title = "Times", .help = "0 never ends", .animatable = false},
        {.name = "crossfade", .kind = ParamKind::Time, .initial = Moment{flicksPerSecond / 2}, .least = 0.0, .most = 3600.0, .unit = "s", .title = "Crossfade", .help = "How long head and tail overlap, half of the film at most; each time round gets as much shorter", .animatable = false},
        {.name = "ease", .kind = ParamKind::Choice, .initial = std::int64_t{1}, .title = "Ease", .help = "How the crossfade of the pictures runs", .choices = {"linear", "smooth"}, .animatable = false},
    },
    .facts = facts,
    .needs = needs,
    .moment = moment,
    .passes = passes,
    .render = render,
    .soundNeeds = soundNeeds,
    .sound = sound,
};

} // namespace artdag
