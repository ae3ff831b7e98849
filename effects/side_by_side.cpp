// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/effect/effect.h"
#include "core/effect/linear_colour.h"
#include "core/picture/cell.h"

#include <algorithm>
#include <vector>

namespace artdag {
namespace {

enum Direction {
    Row,
    Column,
};
enum SizePolicy {
    OfCanvas,
    OfItems,
};

/// Lengths along the direction: shares of the canvas by weight, or each picture's own once it is as high (wide) as the first.
std::vector<double> lengthsOf(const Call& call, double room)
{
    const bool row = call.args.choice("direction") == Row;
    const std::size_t count = call.inputs.size();
    std::vector<double> lengths;
    double weights = 0;
    for (const Arguments& item : call.items)
        weights += item.real("weight");
    for (std::size_t i = 0; i < count; ++i) {
        const StreamFacts &in = call.inputs[i].stream, &first = call.inputs[0].stream;
        if (call.args.choice("size") == OfCanvas)
            lengths.push_back((room - call.px("gap") * static_cast<double>(count - 1)) * call.items[i].real("weight") / weights);
        else
            lengths.push_back(row ? static_cast<double>(in.width) * first.height / in.height : static_cast<double>(in.height) * first.width / in.width);
    }
    return lengths;
}

int nearestWhole(double value)
{
    return static_cast<int>(exact::floor(std::clamp(value, -1e6, 1e6) + 0.5));
}

/// Where the pictures begin and end along the direction.
struct Stretch {
    int start, end;
};
std::vector<Stretch> stretchesOf(const Call& call, double room)
{
    std::vector<Stretch> stretches;
    double at = 0;
    for (const double length : lengthsOf(call, room)) {
        stretches.push_back({nearestWhole(at), nearestWhole(at + length)});
        at += length + call.px("gap");
    }
    return stretches;
}

Result<void> facts(const Call& call, std::span<StreamFacts> outputs)
{
    if (call.inputs.empty())
        return fail(Fault::BadInput, "side_by_side: items has nothing in it; connect at least one picture");
    outputs[0] = {PortType::Picture, call.canvas.width, call.canvas.height};
    if (call.args.choice("size") == OfItems) {
        const bool row = call.args.choice("direction") == Row;
        const int along = std::max(1, stretchesOf(call, 0).back().end);
        outputs[0].width = row ? along : call.inputs[0].stream.width;
        outputs[0].height = row ? call.inputs[0].stream.height : along;
    }
    for (const InputFacts& input : call.inputs)
        outputs[0].frames = std::max(outputs[0].frames, input.stream.frames); // endless counts as less than any
    return {};
}

Rect cellOf(const FrameCall& call, std::size_t item)
{
    const bool row = call.args.choice("direction") == Row;
    const Stretch along = stretchesOf(call, row ? call.out.width : call.out.height)[item];
    return row ? Rect{along.start, 0, along.end, call.out.height} : Rect{0, along.start, call.out.width, along.end};
}

/// Sizes that follow the pictures differ from them by less than a pixel: that is made up for.
Fit fitOf(const FrameCall& call)
{
    return call.args.choice("size") == OfItems ? Fit::Stretch : static_cast<Fit>(call.args.choice("fit"));
}

Rect region(const FrameCall& call, std::size_t index, Rect out)
{
    const StreamFacts& in = call.inputs[index].stream;
    return cellRegion(in.width, in.height, cellOf(call, index), fitOf(call), static_cast<Filter>(call.args.choice("filter")), out);
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    clear(out);
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        const StreamFacts& in = call.inputs[i].stream;
        showInCell(inputs[i], in.width, in.height, cellOf(call, i), fitOf(call), static_cast<Filter>(call.args.choice("filter")), out);
    }
    const LinearColour colour = linearOf(call.args.colour("background"));
    const float planes[4] = {colour.r, colour.g, colour.b, colour.a};
    putUnder(planes, out);
    return {};
}

} // namespace

extern const Effect effect_side_by_side;
const Effect effect_side_by_side{
    .name = "side_by_side",
    .title = "Side by side",
    .help = "Shows pictures next to each other or one above the other, to compare them or to tell two stories at once. Weights give one more room than another.",
    .tags = {"combine"},
    .synonyms = {"split screen", "hstack", "vstack", "compare", "before after", "diptych", "triptych", "stack"},
    .inputs = {{.name = "items", .title = "Items", .list = true}},
    .params = {
        {.name = "direction", .kind = ParamKind::Choice, .initial = std::int64_t{Row}, .title = "Direction", .choices = {"row", "column"}, .animatable = false},
        {.name = "gap", .initial = 8.0, .least = 0.0, .most = 1024.0, .step = 1.0, .unit = "px", .title = "Gap", .help = "Between pictures", .animatable = false},
        {.name = "size", .kind = ParamKind::Choice, .initial = std::int64_t{OfCanvas}, .title = "Size", .help = "They share the canvas, or all become as high (in a column: as wide) as the first and the result as long as they are together", .choices = {"canvas", "items"}, .animatable = false},
        {.name = "fit", .kind = ParamKind::Choice, .initial = static_cast<std::int64_t>(Fit::Cover), .title = "Fit", .help = "How a picture is shown in its part of the canvas: fit shows all of it, fill leaves nothing empty", .choices = fitNames(), .animatable = false},
        {.name = "background", .kind = ParamKind::Colour, .initial = Colour{0, 0, 0, 1}, .title = "Background"},
        {.name = "filter", .kind = ParamKind::Choice, .initial = static_cast<std::int64_t>(Filter::Bicubic), .title = "Filter", .choices = filterNames(), .animatable = false},
    },
    .itemParams = {
        {.name = "weight", .initial = 1.0, .least = 0.01, .most = 100.0, .step = 0.1, .title = "Weight", .help = "Its share of the canvas, next to those of the others; moved, the divider moves"},
    },
    .access = Access::Region,
    .facts = facts,
    .region = region,
    .render = render,
};

} // namespace artdag
