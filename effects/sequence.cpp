// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"
#include "core/picture/pointwise.h"
#include "core/picture/show_coded.h"

#include <fmt/format.h>

#include <algorithm>

namespace artdag {
namespace {

enum Transition {
    Cut,
    Crossfade,
};
enum SizePolicy {
    First,
    Last,
    Largest,
    Explicit,
};

/// One item on the sequence's own time.
struct Shot {
    std::int64_t start = 0;
    std::int64_t length = 0;  ///< StreamFacts::endless for a last item without end
    std::int64_t overlap = 0; ///< frames that it shares with the next
    [[nodiscard]] bool isEndless() const { return length == StreamFacts::endless; }
    [[nodiscard]] std::int64_t end() const { return isEndless() ? INT64_MAX : start + length; }
};

/// A transition takes as long as both its items have: what one before it did not take, and the next one's length.
std::vector<Shot> shotsOf(const Call& call)
{
    std::vector<Shot> shots;
    std::int64_t at = 0;
    std::int64_t taken = 0;
    for (std::size_t i = 0; i < call.inputs.size(); ++i) {
        Shot shot{at, call.inputs[i].stream.frames, 0};
        if (i + 1 < call.inputs.size() && !shot.isEndless()) {
            const Arguments& item = call.items[i];
            const std::int64_t next = call.inputs[i + 1].stream.frames;
            if (item.choice("transition") == Crossfade)
                shot.overlap = std::clamp<std::int64_t>(call.framesOf(item.time("overlap")), 0, std::max<std::int64_t>(0, shot.length - taken));
            if (next != StreamFacts::endless)
                shot.overlap = std::min(shot.overlap, next);
            at = shot.start + shot.length - shot.overlap;
            taken = shot.overlap;
        }
        shots.push_back(shot);
    }
    return shots;
}

/// What a frame shows: one item, or two while a transition lasts.
struct View {
    std::size_t first = 0;
    bool two = false;
    double mix = 0; ///< of the second, eased
};

View viewAt(const FrameCall& call, const std::vector<Shot>& shots)
{
    View view;
    while (view.first + 1 < shots.size() && call.frame >= shots[view.first].end())
        ++view.first;
    const Shot& shot = shots[view.first];
    const std::int64_t into = call.frame - (shot.end() - shot.overlap);
    if (shot.overlap == 0 || into < 0 || view.first + 1 >= shots.size())
        return view;
    view.two = true;
    view.mix = static_cast<double>(into + 1) / static_cast<double>(shot.overlap + 1); // neither end repeats a whole frame
    if (call.items[view.first].choice("ease") == 1)
        view.mix = view.mix * view.mix * (3 - 2 * view.mix);
    return view;
}

Result<void> facts(const Call& call, std::span<StreamFacts> outputs)
{
    if (call.inputs.empty())
        return fail(Fault::BadInput, "sequence: items has nothing in it; connect at least one picture");
    for (std::size_t i = 0; i + 1 < call.inputs.size(); ++i)
        if (call.inputs[i].stream.frames == StreamFacts::endless)
            return fail(Fault::BadInput, fmt::format("sequence: item {} never ends, so what follows would never be seen; give it an `out`", i + 1));
    std::size_t model = 0;
    const int policy = call.args.choice("size");
    for (std::size_t i = 1; i < call.inputs.size(); ++i) {
        auto area = [&](std::size_t item) { return static_cast<std::int64_t>(call.inputs[item].stream.width) * call.inputs[item].stream.height; };
        if (policy == Last || (policy == Largest && area(i) > area(model)))
            model = i;
    }
    outputs[0] = call.inputs[model].stream;
    if (policy == Explicit) {
        auto sized = [&](std::string_view name, int ofCanvas) { return call.px(name) > 0 ? std::max(1, static_cast<int>(call.px(name) + 0.5)) : ofCanvas; };
        outputs[0].width = sized("width", call.canvas.width);
        outputs[0].height = sized("height", call.canvas.height);
    }
    const Shot last = shotsOf(call).back();
    outputs[0].frames = last.isEndless() ? StreamFacts::endless : last.end();
    return {};
}

void needs(const FrameCall& call, std::vector<FrameNeed>& out)
{
    const auto shots = shotsOf(call);
    const View view = viewAt(call, shots);
    out.push_back({static_cast<int>(view.first), call.frame - shots[view.first].start});
    if (view.two)
        out.push_back({static_cast<int>(view.first) + 1, call.frame - shots[view.first + 1].start});
}

void moment(const FrameCall& call, std::vector<double>& out)
{
    const View view = viewAt(call, shotsOf(call));
    out.push_back(view.two ? view.mix : 0.0);
}

void cuts(const Call& call, std::vector<std::int64_t>& out)
{
    const auto shots = shotsOf(call);
    for (std::size_t i = 1; i < shots.size(); ++i) {
        out.push_back(shots[i].start);
        if (shots[i - 1].overlap > 0)
            out.push_back(shots[i - 1].end());
    }
}

const StreamFacts& streamOf(const FrameCall& call, const View& view, std::size_t need)
{
    return call.inputs[view.first + need].stream;
}

int passes(const FrameCall& call)
{
    const View view = viewAt(call, shotsOf(call));
    const StreamFacts& in = streamOf(call, view, 0);
    return !view.two && in.width == call.out.width && in.height == call.out.height ? 0 : -1;
}

Affine toSource(const FrameCall& call, const StreamFacts& in)
{
    if (in.width == call.out.width && in.height == call.out.height)
        return {};
    return inverted(fitted(in.width, in.height, call.out.width, call.out.height, static_cast<Fit>(call.args.choice("fit"))));
}

Rect region(const FrameCall& call, std::size_t index, Rect out)
{
    const StreamFacts& in = streamOf(call, viewAt(call, shotsOf(call)), index);
    const Affine map = toSource(call, in);
    return map == Affine{} ? out : scaleRegion(in.width, in.height, map, Filter::Lanczos3, Edge::Transparent, out);
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    const View view = viewAt(call, shotsOf(call));
    const StreamFacts& first = streamOf(call, view, 0);
    showPicture(inputs[0], first.width, first.height, toSource(call, first), Filter::Lanczos3, out);
    if (view.two) {
        const StreamFacts& second = streamOf(call, view, 1);
        Picture next(out.rect);
        showPicture(inputs[1], second.width, second.height, toSource(call, second), Filter::Lanczos3, next.view());
        lerp(out, next.view(), out, static_cast<float>(view.mix));
    }
    return {};
}

} // namespace

extern const Effect effect_sequence;
const Effect effect_sequence{
    .name = "sequence",
    .title = "Sequence",
    .help = "Shows pictures one after another, by cuts or crossfades. An item's transition is how it goes over to the next one.",
    .tags = {"time", "combine"},
    .synonyms = {"concat", "concatenate", "edit", "timeline", "cut", "crossfade", "slideshow", "join", "append", "montage"},
    .inputs = {{.name = "items", .title = "Items", .list = true}},
    .params = {
        {.name = "size", .kind = ParamKind::Choice, .initial = std::int64_t{First}, .title = "Size", .help = "Whose size the sequence has", .choices = {"first", "last", "largest", "explicit"}, .animatable = false},
        {.name = "width", .initial = 0.0, .least = 0.0, .most = 16384.0, .step = 1.0, .unit = "px", .title = "Width", .help = "With an explicit size; 0 is the canvas's", .animatable = false},
        {.name = "height", .initial = 0.0, .least = 0.0, .most = 16384.0, .step = 1.0, .unit = "px", .title = "Height", .help = "With an explicit size; 0 is the canvas's", .animatable = false},
        {.name = "fit", .kind = ParamKind::Choice, .initial = static_cast<std::int64_t>(Fit::Inside), .title = "Fit", .help = "How items of another size are shown", .choices = fitNames(), .animatable = false},
    },
    .itemParams = {
        {.name = "transition", .kind = ParamKind::Choice, .initial = std::int64_t{Cut}, .title = "Transition", .help = "How this item goes over to the next", .choices = {"cut", "crossfade"}, .animatable = false},
        {.name = "overlap", .kind = ParamKind::Time, .initial = Moment{flicksPerSecond}, .least = 0.0, .most = 3600.0, .unit = "s", .title = "Overlap", .help = "Length of the crossfade; the sequence gets as much shorter", .animatable = false},
        {.name = "ease", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .title = "Ease", .choices = {"linear", "smooth"}, .animatable = false},
    },
    .access = Access::Region,
    .facts = facts,
    .needs = needs,
    .moment = moment,
    .cuts = cuts,
    .passes = passes,
    .region = region,
    .render = render,
};

} // namespace artdag
