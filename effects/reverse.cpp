// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/pieces.h"

namespace artdag {
namespace {

enum SoundChoice {
    Reversed,
    Passed,
};

Piece pieceAt(const Call&, const Played& played, std::int64_t)
{
    return {0, noEnd, played.length - 1, -1};
}

Piece onwards(const Call&, const Played&, std::int64_t)
{
    return {0, noEnd, 0, 1};
}

PieceAt soundPiece(const Call& call)
{
    return call.args.choice("sound") == Reversed ? pieceAt : onwards;
}

Result<void> facts(const Call& call, std::span<StreamFacts> outputs)
{
    TRY(mustEnd(call, "reverse"));
    return piecesFacts(call, "reverse", Played(call).length, outputs);
}

void needs(const FrameCall& call, std::vector<FrameNeed>& out)
{
    piecesNeeds(call, pieceAt, out);
}

void soundNeeds(const SoundCall& call, std::vector<SoundNeed>& out)
{
    piecesSoundNeeds(call, soundPiece(call), Played(call).length, 0, out);
}

Result<void> sound(const SoundCall& call, std::span<const Sound> inputs, Sound& out)
{
    piecesSound(call, soundPiece(call), Played(call).length, 0, inputs, out);
    return {};
}

} // namespace

extern const Effect effect_reverse;
const Effect effect_reverse{
    .name = "reverse",
    .title = "Reverse",
    .help = "Plays a film, a sound, or both from the end to the beginning. To turn round only a part, put a segment before it.",
    .tags = {"time"},
    .synonyms = {"backwards", "rewind", "time reverse", "areverse", "invert time"},
    .inputs = piecesInputs(),
    .outputs = piecesOutputs(),
    .params = {{.name = "sound", .kind = ParamKind::Choice, .initial = std::int64_t{Reversed}, .title = "Sound", .help = "Whether the sound runs backwards too, or goes on as it is", .choices = {"reversed", "passed"}, .animatable = false}},
    .facts = facts,
    .needs = needs,
    .passes = piecesPasses,
    .render = piecesRender,
    .soundNeeds = soundNeeds,
    .sound = sound,
};

} // namespace artdag
