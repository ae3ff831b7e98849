// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"
#include "core/effect/linear_colour.h"
#include "core/picture/cell.h"

#include <algorithm>

namespace artdag {
namespace {

enum SizePolicy {
    OfCanvas,
    OfItems,
};

struct Layout {
    int items, columns, rows;
    double margin, gap;

    explicit Layout(const Call& call)
        : items(static_cast<int>(call.inputs.size())),
          columns(static_cast<int>(call.args.integer("columns"))),
          margin(call.px("margin")),
          gap(call.px("gap"))
    {
        if (columns == 0) // as many as rows, or one more
            for (columns = 1; columns * columns < items; ++columns) {}
        columns = std::min(columns, items);
        rows = (items + columns - 1) / columns;
    }
    /// An incomplete last row begins on the left, or stands in the middle.
    [[nodiscard]] Rect cell(const FrameCall& call, int item) const
    {
        const int row = item / columns, column = item % columns;
        const double width = call.out.width - 2 * margin, height = call.out.height - 2 * margin;
        const double each = (width - gap * (columns - 1)) / columns;
        const int missing = row == rows - 1 ? columns * rows - items : 0;
        const double start = margin + (call.args.choice("last_row") == 1 ? missing * (each + gap) / 2 : 0.0);
        return {cellStart(column, columns, start, width, gap), cellStart(row, rows, margin, height, gap), cellEnd(column, columns, start, width, gap), cellEnd(row, rows, margin, height, gap)};
    }
};

int wholeSize(double size)
{
    return static_cast<int>(std::clamp(size + 0.5, 1.0, 1e6));
}

Result<void> facts(const Call& call, std::span<StreamFacts> outputs)
{
    if (call.inputs.empty())
        return fail(Fault::BadInput, "grid: items has nothing in it; connect at least one picture");
    outputs[0] = {PortType::Picture, call.canvas.width, call.canvas.height};
    if (call.args.choice("size") == OfItems) {
        const Layout layout(call);
        outputs[0].width = wholeSize(layout.columns * call.inputs[0].stream.width + (layout.columns - 1) * layout.gap + 2 * layout.margin);
        outputs[0].height = wholeSize(layout.rows * call.inputs[0].stream.height + (layout.rows - 1) * layout.gap + 2 * layout.margin);
    }
    for (const InputFacts& input : call.inputs)
        outputs[0].frames = std::max(outputs[0].frames, input.stream.frames); // endless counts as less than any
    return {};
}

Rect region(const FrameCall& call, std::size_t index, Rect out)
{
    const StreamFacts& in = call.inputs[index].stream;
    return cellRegion(in.width, in.height, Layout(call).cell(call, static_cast<int>(index)), static_cast<Fit>(call.args.choice("fit")), static_cast<Filter>(call.args.choice("filter")), out);
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    clear(out);
    const Layout layout(call);
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        const StreamFacts& in = call.inputs[i].stream;
        showInCell(inputs[i], in.width, in.height, layout.cell(call, static_cast<int>(i)), static_cast<Fit>(call.args.choice("fit")), static_cast<Filter>(call.args.choice("filter")), out);
    }
    const LinearColour colour = linearOf(call.args.colour("background"));
    const float planes[4] = {colour.r, colour.g, colour.b, colour.a};
    putUnder(planes, out);
    return {};
}

} // namespace

extern const Effect effect_grid;
const Effect effect_grid{
    .name = "grid",
    .title = "Grid",
    .help = "Shows pictures as a wall, from left to right and then row by row, all playing at once.",
    .tags = {"combine"},
    .synonyms = {"contact sheet", "mosaic", "wall", "split screen", "multi view", "xstack", "collage", "montage", "layout"},
    .inputs = {{.name = "items", .title = "Items", .list = true}},
    .params = {
        {.name = "columns", .kind = ParamKind::Integer, .initial = std::int64_t{0}, .least = 0, .most = 64, .step = 1, .title = "Columns", .help = "0 makes about as many as there are rows", .animatable = false},
        {.name = "gap", .initial = 12.0, .least = 0.0, .most = 1024.0, .step = 1.0, .unit = "px", .title = "Gap", .help = "Between pictures", .animatable = false},
        {.name = "margin", .initial = 0.0, .least = 0.0, .most = 1024.0, .step = 1.0, .unit = "px", .title = "Margin", .help = "Around all of them", .animatable = false},
        {.name = "fit", .kind = ParamKind::Choice, .initial = static_cast<std::int64_t>(Fit::Cover), .title = "Fit", .help = "How a picture of another shape is shown in its cell: fit shows all of it, fill leaves nothing empty", .choices = fitNames(), .animatable = false},
        {.name = "last_row", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .title = "Last row", .help = "Where an incomplete last row stands", .choices = {"left", "centre"}, .animatable = false},
        {.name = "size", .kind = ParamKind::Choice, .initial = std::int64_t{OfCanvas}, .title = "Size", .help = "The wall is as large as the canvas, or each cell as large as the first picture", .choices = {"canvas", "items"}, .animatable = false},
        {.name = "background", .kind = ParamKind::Colour, .initial = Colour{0, 0, 0, 1}, .title = "Background"},
        {.name = "filter", .kind = ParamKind::Choice, .initial = static_cast<std::int64_t>(Filter::Bicubic), .title = "Filter", .choices = filterNames(), .animatable = false},
    },
    .access = Access::Region,
    .facts = facts,
    .region = region,
    .render = render,
};

} // namespace artdag
