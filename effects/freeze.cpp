// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/pieces.h"

#include <algorithm>

namespace artdag {
namespace {

enum Kind {
    Still,
    Pause,
    Over,
};

std::int64_t heldUnit(const Call& call, const Played& played)
{
    const std::int64_t at = played.unitsOf(call.args.time("at"));
    return played.isEndless() ? at : std::clamp<std::int64_t>(at, 0, std::max<std::int64_t>(played.length - 1, 0));
}

Piece pieceAt(const Call& call, const Played& played, std::int64_t unit)
{
    const std::int64_t at = heldUnit(call, played), duration = played.unitsOf(call.args.time("duration"));
    const int kind = call.args.choice("kind");
    if (kind == Still)
        return {0, noEnd, at, 0};
    if (unit < at)
        return {0, at, 0, 1};
    const std::int64_t end = duration == 0 ? noEnd : at + duration;
    if (unit < end)
        return {at, end, at, 0};
    return {end, noEnd, kind == Pause ? at : end, 1};
}

/// A film that stops while time goes on is heard as it was.
Piece heardAt(const Call& call, const Played& played, std::int64_t unit)
{
    return call.args.choice("kind") == Over ? Piece{0, noEnd, 0, 1} : pieceAt(call, played, unit);
}

std::int64_t lengthOf(const Call& call, const Played& played)
{
    const std::int64_t duration = played.unitsOf(call.args.time("duration"));
    const int kind = call.args.choice("kind");
    if (kind == Still && duration > 0)
        return duration;
    return kind == Pause && !played.isEndless() ? played.length + duration : played.length;
}

Result<void> facts(const Call& call, std::span<StreamFacts> outputs)
{
    TRY(piecesFacts(call, "freeze", lengthOf(call, Played(call)), outputs));
    if (call.args.choice("kind") == Still)
        outputs[1].samples = 0;
    return {};
}

void needs(const FrameCall& call, std::vector<FrameNeed>& out)
{
    piecesNeeds(call, pieceAt, out);
}

void soundNeeds(const SoundCall& call, std::vector<SoundNeed>& out)
{
    piecesSoundNeeds(call, heardAt, lengthOf(call, Played(call)), 0, out);
}

Result<void> sound(const SoundCall& call, std::span<const Sound> inputs, Sound& out)
{
    piecesSound(call, heardAt, lengthOf(call, Played(call)), 0, inputs, out);
    return {};
}

/// What stands already is what it was.
bool still(const Call&)
{
    return true;
}

} // namespace

extern const Effect effect_freeze;
const Effect effect_freeze{
    .name = "freeze",
    .title = "Freeze",
    .help = "Holds one frame of a film: as a still, as a pause after which the film goes on from there, or over the running film, which then jumps ahead.",
    .tags = {"time"},
    .synonyms = {"freeze frame", "hold", "still", "pause", "stop", "frame hold", "tpad"},
    .inputs = piecesInputs(),
    .outputs = piecesOutputs(),
    .params = {
        {.name = "kind", .kind = ParamKind::Choice, .initial = std::int64_t{Still}, .title = "Kind", .help = "A pause is silent and makes the film longer; over it, sound goes on", .choices = {"still", "pause", "over"}, .animatable = false},
        {.name = "at", .kind = ParamKind::Time, .initial = Moment{}, .least = 0.0, .most = 86400.0, .unit = "s", .title = "At", .help = "The frame that is held", .animatable = false},
        {.name = "duration", .kind = ParamKind::Time, .initial = Moment{}, .least = 0.0, .most = 86400.0, .unit = "s", .title = "Duration", .help = "How long; 0 holds to the end of the film", .animatable = false},
    },
    .facts = facts,
    .needs = needs,
    .still = still,
    .passes = piecesPasses,
    .render = piecesRender,
    .soundNeeds = soundNeeds,
    .sound = sound,
};

} // namespace artdag
