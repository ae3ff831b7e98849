// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "core/effect/effect.h"
#include "core/picture/show_coded.h"

#include <algorithm>
#include <numeric>
#include <vector>

namespace artdag {
namespace {

enum Order {
    Alternate,
    Shuffle,
    Random,
};
enum Play {
    Running,
    Beginning,
    Continuing,
    Slice,
};

/// The inputs that are clips; events come before them.
std::vector<int> clipsOf(const Call& call)
{
    std::vector<int> clips;
    for (std::size_t i = 0; i < call.inputs.size(); ++i)
        if (call.inputs[i].item >= 0)
            clips.push_back(static_cast<int>(i));
    return clips;
}

Result<void> facts(const Call& call, std::span<StreamFacts> outputs)
{
    const std::vector<int> clips = clipsOf(call);
    if (clips.empty())
        return fail(Fault::BadInput, "cut_on_beats: items has nothing in it; connect at least one picture");
    outputs[0] = call.inputs[static_cast<std::size_t>(clips.front())].stream;
    outputs[0].frames = StreamFacts::endless;
    return {};
}

/// The frames at which a clip begins, up to an instant: 0, then the frames nearest to the events that count.
std::vector<std::int64_t> shotsUntil(const Call& call, Flicks until)
{
    std::vector<std::int64_t> shots{0};
    const int events = call.input("events");
    if (events < 0 || call.signals == nullptr)
        return shots;
    const std::int64_t every = call.args.integer("every"), skipped = call.args.integer("skip");
    std::int64_t number = 0;
    for (const Event& event : call.signals->events(events, 0, until)) {
        if (event.strength < call.args.real("threshold"))
            continue;
        const bool counts = number >= skipped && (number - skipped) % every == 0;
        ++number;
        if (const std::int64_t frame = call.framesOf(event.time); counts && frame > shots.back())
            shots.push_back(frame);
    }
    return shots;
}

/// A permutation of the clips for each round, of which none begins with the clip that ended the one before. The last place is
/// never touched for that, so that a round can be found without all before it; two clips take turns.
int shuffled(std::uint64_t seed, std::int64_t shot, int count)
{
    auto roundOf = [&](std::int64_t round) {
        std::vector<int> order(static_cast<std::size_t>(count));
        std::iota(order.begin(), order.end(), 0);
        for (int i = count - 1; i > 0; --i)
            std::swap(order[static_cast<std::size_t>(i)], order[randomBits(seed, static_cast<std::uint64_t>(round), static_cast<std::uint64_t>(i)) % static_cast<std::uint64_t>(i + 1)]);
        return order;
    };
    if (count <= 2)
        return static_cast<int>((shot + static_cast<std::int64_t>(randomBits(seed, 0) % 2)) % count);
    const std::int64_t round = shot / count;
    std::vector<int> order = roundOf(round);
    if (round > 0 && order.front() == roundOf(round - 1).back())
        std::swap(order[0], order[1]);
    return order[static_cast<std::size_t>(shot % count)];
}

int clipOfShot(const Call& call, std::int64_t shot, int count)
{
    const auto seed = static_cast<std::uint64_t>(call.args.integer("seed"));
    switch (call.args.choice("order")) {
    case Shuffle: return shuffled(seed, shot, count);
    case Random: return static_cast<int>(randomBits(seed, static_cast<std::uint64_t>(shot), 1) % static_cast<std::uint64_t>(count));
    default: return static_cast<int>(shot % count);
    }
}

struct View {
    int input = 0;
    std::int64_t frame = 0;
};

View viewAt(const FrameCall& call)
{
    const std::vector<int> clips = clipsOf(call);
    const auto count = static_cast<int>(clips.size());
    std::vector<std::int64_t> shots = shotsUntil(call, timeOfFrame(call.frame + 1, call.canvas.rate));
    while (shots.back() > call.frame)
        shots.pop_back();
    const auto shot = static_cast<std::int64_t>(shots.size()) - 1;
    const int clip = clipOfShot(call, shot, count), input = clips[static_cast<std::size_t>(clip)];
    const std::int64_t length = call.inputs[static_cast<std::size_t>(input)].stream.frames;
    const std::int64_t into = call.frame - shots.back();
    std::int64_t frame = call.frame;
    const int play = call.args.choice("play");
    if (play == Beginning)
        frame = into;
    if (play == Slice) {
        const std::int64_t all = length != StreamFacts::endless ? length : std::max<std::int64_t>(1, call.framesOf(call.canvas.duration));
        frame = into + static_cast<std::int64_t>(randomBits(static_cast<std::uint64_t>(call.args.integer("seed")), static_cast<std::uint64_t>(shot), 2) % static_cast<std::uint64_t>(all));
    }
    if (play == Continuing) {
        frame = into;
        for (std::int64_t earlier = 0; earlier < shot; ++earlier)
            if (clipOfShot(call, earlier, count) == clip)
                frame += shots[static_cast<std::size_t>(earlier) + 1] - shots[static_cast<std::size_t>(earlier)];
    }
    return {input, length == StreamFacts::endless || length <= 0 ? frame : frame % length}; // a short clip begins again
}

void needs(const FrameCall& call, std::vector<FrameNeed>& out)
{
    const View view = viewAt(call);
    out.push_back({view.input, view.frame});
}

void cuts(const Call& call, std::vector<std::int64_t>& out)
{
    const std::vector<std::int64_t> shots = shotsUntil(call, call.canvas.duration);
    out.insert(out.end(), shots.begin() + 1, shots.end());
}

const StreamFacts& streamOf(const FrameCall& call)
{
    return call.inputs[static_cast<std::size_t>(viewAt(call).input)].stream;
}

int passes(const FrameCall& call)
{
    const StreamFacts& in = streamOf(call);
    return in.width == call.out.width && in.height == call.out.height ? 0 : -1;
}

Affine toSource(const FrameCall& call, const StreamFacts& in)
{
    if (in.width == call.out.width && in.height == call.out.height)
        return {};
    return inverted(fitted(in.width, in.height, call.out.width, call.out.height, static_cast<Fit>(call.args.choice("fit"))));
}

Rect region(const FrameCall& call, std::size_t, Rect out)
{
    const StreamFacts& in = streamOf(call);
    const Affine map = toSource(call, in);
    return map == Affine{} ? out : scaleRegion(in.width, in.height, map, Filter::Lanczos3, Edge::Transparent, out);
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    const StreamFacts& in = streamOf(call);
    showPicture(inputs[0], in.width, in.height, toSource(call, in), Filter::Lanczos3, out);
    return {};
}

} // namespace

extern const Effect effect_cut_on_beats;
const Effect effect_cut_on_beats{
    .name = "cut_on_beats",
    .title = "Cut on beats",
    .help = "Cuts from clip to clip whenever something happens: connect a pattern, beats or onsets to events. It has the size of the first clip and goes on as long as you let it.",
    .tags = {"time", "combine"},
    .synonyms = {"beat edit", "music video", "auto edit", "beat sync", "montage", "jump cut"},
    .inputs = {{.name = "events", .type = PortType::Events, .title = "Events"}, {.name = "items", .title = "Clips", .list = true}},
    .params = {
        {.name = "order", .kind = ParamKind::Choice, .initial = std::int64_t{Alternate}, .title = "Order", .help = "One after another; shuffled, each once a round and never twice in a row; or any", .choices = {"alternate", "shuffle", "random"}, .animatable = false},
        {.name = "play", .kind = ParamKind::Choice, .initial = std::int64_t{Running}, .title = "Play", .help = "Clips run on unseen as cameras do, begin anew, go on where they were left, or show a random slice", .choices = {"running", "from_beginning", "continuing", "random_slice"}, .animatable = false},
        {.name = "every", .kind = ParamKind::Integer, .initial = std::int64_t{1}, .least = 1, .most = 256, .step = 1, .title = "Every", .help = "2 cuts at every second event", .animatable = false},
        {.name = "skip", .kind = ParamKind::Integer, .initial = std::int64_t{0}, .least = 0, .most = 100000, .step = 1, .title = "Skip", .help = "So many events pass before the first cut", .animatable = false},
        {.name = "threshold", .initial = 0.0, .least = 0.0, .most = 1.0, .title = "Threshold", .help = "Weaker events do not count", .animatable = false},
        {.name = "fit", .kind = ParamKind::Choice, .initial = static_cast<std::int64_t>(Fit::Cover), .title = "Fit", .help = "How clips of another size are shown", .choices = fitNames(), .animatable = false},
        {.name = "seed", .kind = ParamKind::Seed, .initial = std::int64_t{1}, .least = 0, .title = "Seed", .help = "Of shuffle, random order and random slices", .animatable = false},
    },
    .access = Access::Region,
    .facts = facts,
    .needs = needs,
    .cuts = cuts,
    .passes = passes,
    .region = region,
    .render = render,
};

} // namespace artdag
