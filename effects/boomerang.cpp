// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/pieces.h"

#include <algorithm>

namespace artdag {
namespace {

/// The way there is `length` units; the way back as many, or two less where the ends are shown once.
struct Round {
    std::int64_t there, back;
    [[nodiscard]] std::int64_t all() const { return there + back; }
};

Round roundOf(const Call& call, const Played& played)
{
    const bool once = call.args.choice("ends") == 0;
    return {played.length, once ? std::max<std::int64_t>(played.length - 2, 0) : played.length};
}

std::int64_t lengthOf(const Call& call, const Played& played)
{
    const std::int64_t times = call.args.integer("times");
    return times == 0 ? StreamFacts::endless : times * roundOf(call, played).all();
}

Piece pieceAt(const Call& call, const Played& played, std::int64_t unit)
{
    const Round round = roundOf(call, played);
    const std::int64_t at = ((unit % round.all()) + round.all()) % round.all(), begin = unit - at;
    if (at < round.there)
        return {begin, begin + round.there, 0, 1};
    return {begin + round.there, begin + round.all(), call.args.choice("ends") == 0 ? played.length - 2 : played.length - 1, -1};
}

Result<void> facts(const Call& call, std::span<StreamFacts> outputs)
{
    TRY(mustEnd(call, "boomerang"));
    return piecesFacts(call, "boomerang", lengthOf(call, Played(call)), outputs);
}

void needs(const FrameCall& call, std::vector<FrameNeed>& out)
{
    piecesNeeds(call, pieceAt, out);
}

void soundNeeds(const SoundCall& call, std::vector<SoundNeed>& out)
{
    piecesSoundNeeds(call, pieceAt, lengthOf(call, Played(call)), 0, out);
}

Result<void> sound(const SoundCall& call, std::span<const Sound> inputs, Sound& out)
{
    piecesSound(call, pieceAt, lengthOf(call, Played(call)), 0, inputs, out);
    return {};
}

} // namespace

extern const Effect effect_boomerang;
const Effect effect_boomerang{
    .name = "boomerang",
    .title = "Boomerang",
    .help = "Plays a film forwards and then backwards, again and again: a loop without a seam out of any short clip.",
    .tags = {"time"},
    .synonyms = {"ping pong", "bounce", "back and forth", "palindrome", "loop"},
    .inputs = piecesInputs(),
    .outputs = piecesOutputs(),
    .params = {
        {.name = "times", .kind = ParamKind::Integer, .initial = std::int64_t{0}, .least = 0, .most = 10000, .step = 1, .title = "Times", .help = "There and back so often; 0 never ends", .animatable = false},
        {.name = "ends", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .title = "Ends", .help = "Whether the frames at which it turns are shown once, which is smoother, or twice, which keeps all of the sound", .choices = {"once", "twice"}, .animatable = false},
    },
    .facts = facts,
    .needs = needs,
    .passes = piecesPasses,
    .render = piecesRender,
    .soundNeeds = soundNeeds,
    .sound = sound,
};

} // namespace artdag
