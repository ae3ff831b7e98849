// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/effect/effect.h"
#include "core/effect/linear_colour.h"

#include <algorithm>

namespace artdag {
namespace {

enum Mode {
    WithColour,
    Clamp,
    Repeat,
    Mirror,
};

struct Borders {
    int left, top, right, bottom;

    explicit Borders(const Call& call)
        : left(whole(call.px("left"))),
          top(whole(call.px("top"))),
          right(whole(call.px("right"))),
          bottom(whole(call.px("bottom")))
    {
    }
    static int whole(double size) { return static_cast<int>(exact::floor(size + 0.5)); }
};

Result<void> facts(const Call& call, std::span<StreamFacts> outputs)
{
    const Borders borders(call);
    outputs[0] = call.inputs[0].stream;
    outputs[0].width += borders.left + borders.right;
    outputs[0].height += borders.top + borders.bottom;
    return {};
}

int passes(const FrameCall& call)
{
    const StreamFacts& in = call.inputs[0].stream;
    return in.width == call.out.width && in.height == call.out.height ? 0 : -1;
}

Works works(const FrameCall&)
{
    return Works::Either;
}

/// Which pixel of one axis stands at i.
int sourceOf(int i, int size, int mode)
{
    if (i >= 0 && i < size)
        return i;
    const int period = mode == Mirror ? 2 * size : size;
    const int at = ((i % period) + period) % period;
    return mode == Clamp ? (i < 0 ? 0 : size - 1) : at < size ? at
                                                              : period - 1 - at;
}

/// The pixels that stand from `first` to `end`: a part of the axis where they are no more than one period.
void readAxis(int first, int end, int size, int mode, int& from, int& to)
{
    from = std::max(first, 0);
    to = std::min(end, size);
    if (mode == WithColour || (first >= 0 && end <= size))
        return;
    if (mode != Clamp) {
        from = 0;
        to = size;
        return;
    }
    from = sourceOf(first, size, mode);
    to = sourceOf(end - 1, size, mode) + 1;
}

Rect region(const FrameCall& call, std::size_t, Rect out)
{
    const StreamFacts& in = call.inputs[0].stream;
    const Borders borders(call);
    const int mode = call.args.choice("fill");
    Rect part;
    readAxis(out.x0 - borders.left, out.x1 - borders.left, in.width, mode, part.x0, part.x1);
    readAxis(out.y0 - borders.top, out.y1 - borders.top, in.height, mode, part.y0, part.y1);
    return part.empty() ? Rect{} : part;
}

/// The colour's planes in the space that is asked.
void planesOf(const FrameCall& call, float planes[4])
{
    const Colour colour = call.args.colour("colour");
    const LinearColour linear = linearOf(colour);
    const float light[4] = {linear.r, linear.g, linear.b, linear.a};
    const bool seen = colour.a > 0;
    const float shown[4] = {seen ? static_cast<float>(colour.r) : 0, seen ? static_cast<float>(colour.g) : 0, seen ? static_cast<float>(colour.b) : 0, static_cast<float>(colour.a)};
    std::copy_n(call.space == Space::Linear ? light : shown, 4, planes);
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    const StreamFacts& in = call.inputs[0].stream;
    const Borders borders(call);
    const int mode = call.args.choice("fill");
    float colour[4];
    planesOf(call, colour);
    const int first = std::clamp(borders.left, out.rect.x0, out.rect.x1), end = std::clamp(borders.left + in.width, first, out.rect.x1);
    for (int y = out.rect.y0; y < out.rect.y1; ++y)
        for (int plane = 0; plane < 4; ++plane) {
            float* to = out.row(plane, y) - out.rect.x0;
            const int line = y - borders.top;
            if (mode == WithColour && (line < 0 || line >= in.height)) {
                std::fill(to + out.rect.x0, to + out.rect.x1, colour[plane]);
                continue;
            }
            const float* from = inputs[0].rect.empty() ? nullptr : inputs[0].row(plane, sourceOf(line, in.height, mode)) - inputs[0].rect.x0;
            auto beyond = [&](int x) { return mode == WithColour ? colour[plane] : from[sourceOf(x - borders.left, in.width, mode)]; };
            for (int x = out.rect.x0; x < first; ++x)
                to[x] = beyond(x);
            if (end > first)
                std::copy(from + (first - borders.left), from + (end - borders.left), to + first);
            for (int x = end; x < out.rect.x1; ++x)
                to[x] = beyond(x);
        }
    return {};
}

Param border(std::string_view name, std::string_view title)
{
    return {.name = name, .initial = 0.0, .least = 0.0, .most = 8192.0, .step = 1.0, .unit = "px", .title = title, .animatable = false};
}

} // namespace

extern const Effect effect_pad;
const Effect effect_pad{
    .name = "pad",
    .title = "Pad",
    .help = "Puts room around a picture, in a colour or with its own edge going on. The result is larger by what you add.",
    .tags = {"transform"},
    .synonyms = {"border", "margin", "extend canvas", "letterbox", "pillarbox", "reformat", "fillborders", "matte bars", "canvas size"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        border("left", "Left"),
        border("top", "Top"),
        border("right", "Right"),
        border("bottom", "Bottom"),
        {.name = "fill", .kind = ParamKind::Choice, .initial = std::int64_t{WithColour}, .title = "Fill", .help = "What the room is filled with: a colour, the outermost pixels, the picture again, or its mirror image", .choices = {"colour", "clamp", "repeat", "mirror"}, .animatable = false},
        {.name = "colour", .kind = ParamKind::Colour, .initial = Colour{0, 0, 0, 1}, .title = "Colour"},
    },
    .access = Access::Gather,
    .neutralAtDefault = true,
    .facts = facts,
    .passes = passes,
    .region = region,
    .works = works,
    .render = render,
};

} // namespace artdag
