// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "core/effect/pieces.h"

#include <algorithm>

namespace artdag {
namespace {

/// Time is cut into groups of slices. In a group that stutters its first slice plays again and again; what it plays over is
/// lost, and the film keeps its length.
struct Groups {
    std::int64_t slice, repeats, start;

    Groups(const Call& call, const Played& played)
        : slice(std::max<std::int64_t>(1, played.unitsOf(call.args.time("length")))),
          repeats(call.args.integer("repeats")),
          start(played.unitsOf(call.args.time("offset")) % (slice * repeats))
    {
    }
    [[nodiscard]] std::int64_t length() const { return slice * repeats; }
};

Piece pieceAt(const Call& call, const Played& played, std::int64_t unit)
{
    const Groups groups(call, played);
    std::int64_t group = (unit - groups.start) / groups.length();
    group -= (unit - groups.start) % groups.length() < 0 ? 1 : 0;
    const std::int64_t begin = groups.start + group * groups.length();
    const bool stutters = group >= 0 && randomUnit(static_cast<std::uint64_t>(call.args.integer("seed")), static_cast<std::uint64_t>(group)) < call.args.real("chance");
    if (!stutters)
        return {begin, begin + groups.length(), begin, 1};
    const std::int64_t slice = (unit - begin) / groups.slice, first = begin + slice * groups.slice;
    if (call.args.boolean("back_and_forth") && slice % 2 == 1)
        return {first, first + groups.slice, begin + groups.slice - 1, -1};
    return {first, first + groups.slice, begin, 1};
}

Result<void> facts(const Call& call, std::span<StreamFacts> outputs)
{
    return piecesFacts(call, "stutter", Played(call).length, outputs);
}

void needs(const FrameCall& call, std::vector<FrameNeed>& out)
{
    piecesNeeds(call, pieceAt, out);
}

void soundNeeds(const SoundCall& call, std::vector<SoundNeed>& out)
{
    piecesSoundNeeds(call, pieceAt, Played(call).length, 0, out);
}

Result<void> sound(const SoundCall& call, std::span<const Sound> inputs, Sound& out)
{
    piecesSound(call, pieceAt, Played(call).length, 0, inputs, out);
    return {};
}

} // namespace

extern const Effect effect_stutter;
const Effect effect_stutter{
    .name = "stutter",
    .title = "Stutter",
    .help = "Plays short slices of a film and its sound again and again, as a scratched disc does. It keeps its length: what is repeated covers what comes after it.",
    .tags = {"time"},
    .synonyms = {"beat repeat", "glitch", "skip", "roll", "buffer", "repeat"},
    .inputs = piecesInputs(),
    .outputs = piecesOutputs(),
    .params = {
        {.name = "length", .kind = ParamKind::Time, .initial = Moment{flicksPerSecond / 8}, .least = 0.0, .most = 60.0, .unit = "s", .title = "Length", .help = "Of a slice; an eighth of a second is a sixteenth note at 120 BPM", .animatable = false},
        {.name = "repeats", .kind = ParamKind::Integer, .initial = std::int64_t{4}, .least = 1, .most = 64, .step = 1, .title = "Repeats", .help = "How often a slice is heard; 1 changes nothing", .animatable = false},
        {.name = "chance", .initial = 1.0, .least = 0.0, .most = 1.0, .title = "Chance", .help = "How many of the possible stutters happen", .animatable = false},
        {.name = "back_and_forth", .kind = ParamKind::Boolean, .initial = false, .title = "Back and forth", .help = "Every second repeat plays backwards", .animatable = false},
        {.name = "offset", .kind = ParamKind::Time, .initial = Moment{}, .least = 0.0, .most = 60.0, .unit = "s", .title = "Offset", .help = "Where the first slice begins", .animatable = false},
        {.name = "seed", .kind = ParamKind::Seed, .initial = std::int64_t{1}, .least = 0, .title = "Seed", .help = "Chooses which slices stutter", .animatable = false},
    },
    .facts = facts,
    .needs = needs,
    .passes = piecesPasses,
    .render = piecesRender,
    .soundNeeds = soundNeeds,
    .sound = sound,
};

} // namespace artdag
