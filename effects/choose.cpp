// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/effect/effect.h"
#include "core/picture/pointwise.h"
#include "core/picture/show_coded.h"

#include <algorithm>

namespace artdag {
namespace {

Result<void> facts(const Call& call, std::span<StreamFacts> outputs)
{
    if (call.inputs.empty())
        return fail(Fault::BadInput, "choose: items has nothing in it; connect at least one picture");
    outputs[0] = call.inputs[0].stream;
    for (const InputFacts& input : call.inputs)
        outputs[0].frames = std::max(outputs[0].frames, input.stream.frames); // endless counts as less than any
    return {};
}

/// One item, or two while the index is between them.
struct Chosen {
    int first = 0, second = 0;
    double mix = 0; ///< of the second
};

Chosen chosenAt(const FrameCall& call)
{
    const auto count = static_cast<double>(call.inputs.size());
    const bool wraps = call.args.choice("beyond") == 1;
    auto item = [&](double index) { return static_cast<int>(wraps ? exact::fmod(index, count) : std::clamp(index, 0.0, count - 1.0)); };
    const double index = call.args.real("index");
    if (!call.args.boolean("blend")) {
        const int nearest = item(exact::floor(index + 0.5));
        return {nearest, nearest, 0.0};
    }
    const double below = exact::floor(index);
    Chosen chosen{item(below), item(below + 1.0), index - below};
    if (chosen.first == chosen.second)
        chosen.mix = 0.0;
    return chosen;
}

void needs(const FrameCall& call, std::vector<FrameNeed>& out)
{
    const Chosen chosen = chosenAt(call);
    out.push_back({chosen.first, call.frame});
    if (chosen.mix > 0)
        out.push_back({chosen.second, call.frame});
}

void moment(const FrameCall& call, std::vector<double>& out)
{
    out.push_back(chosenAt(call).mix);
}

Affine toSource(const FrameCall& call, int item)
{
    const StreamFacts& in = call.inputs[static_cast<std::size_t>(item)].stream;
    if (in.width == call.out.width && in.height == call.out.height)
        return {};
    return inverted(fitted(in.width, in.height, call.out.width, call.out.height, static_cast<Fit>(call.args.choice("fit"))));
}

int passes(const FrameCall& call)
{
    const Chosen chosen = chosenAt(call);
    const StreamFacts& in = call.inputs[static_cast<std::size_t>(chosen.first)].stream;
    return chosen.mix == 0 && in.width == call.out.width && in.height == call.out.height ? 0 : -1;
}

Rect region(const FrameCall& call, std::size_t index, Rect out)
{
    const Chosen chosen = chosenAt(call);
    const int item = index == 0 ? chosen.first : chosen.second;
    const StreamFacts& in = call.inputs[static_cast<std::size_t>(item)].stream;
    const Affine map = toSource(call, item);
    return map == Affine{} ? out : scaleRegion(in.width, in.height, map, Filter::Lanczos3, Edge::Transparent, out);
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    const Chosen chosen = chosenAt(call);
    auto show = [&](std::size_t need, int item, PictureView to) {
        const StreamFacts& in = call.inputs[static_cast<std::size_t>(item)].stream;
        showPicture(inputs[need], in.width, in.height, toSource(call, item), Filter::Lanczos3, to);
    };
    show(0, chosen.first, out);
    if (chosen.mix > 0) {
        Picture second(out.rect);
        show(1, chosen.second, second.view());
        lerp(out, second.view(), out, static_cast<float>(chosen.mix));
    }
    return {};
}

} // namespace

extern const Effect effect_choose;
const Effect effect_choose{
    .name = "choose",
    .title = "Choose",
    .help = "Shows one of several pictures, by a number that can be animated or led by a signal. It has the size of the first and lasts as long as the longest.",
    .tags = {"time", "combine"},
    .synonyms = {"switch", "select", "index", "multicam", "which", "streamselect"},
    .inputs = {{.name = "items", .title = "Items", .list = true}},
    .params = {
        {.name = "index", .initial = 0.0, .least = 0.0, .most = 1000.0, .title = "Index", .help = "0 is the first; between two whole numbers the nearest, or a mixture"},
        {.name = "blend", .kind = ParamKind::Boolean, .initial = false, .title = "Blend", .help = "Mixes two neighbours when the index is between them"},
        {.name = "beyond", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .title = "Beyond the last", .choices = {"hold", "begin_again"}, .animatable = false},
        {.name = "fit", .kind = ParamKind::Choice, .initial = static_cast<std::int64_t>(Fit::Inside), .title = "Fit", .help = "How items of another size are shown", .choices = fitNames(), .animatable = false},
    },
    .access = Access::Region,
    .neutralAtDefault = true,
    .facts = facts,
    .needs = needs,
    .moment = moment,
    .still = [](const Call&) { return true; }, // which item it is depends on arguments alone
    .passes = passes,
    .region = region,
    .render = render,
};

} // namespace artdag
