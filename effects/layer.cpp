// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"
#include "core/picture/blend.h"
#include "core/picture/sample.h"

#include <algorithm>
#include <cmath>

namespace artdag {
namespace {

enum SizePolicy {
    OfCanvas,
    OfFirst,
};

Result<void> facts(const Call& call, std::span<StreamFacts> outputs)
{
    if (call.inputs.empty())
        return fail(Fault::BadInput, "layer: items has nothing in it; connect at least one picture");
    outputs[0] = {PortType::Picture, call.canvas.width, call.canvas.height};
    if (call.args.choice("size") == OfFirst) {
        outputs[0].width = call.inputs[0].stream.width;
        outputs[0].height = call.inputs[0].stream.height;
    }
    for (const InputFacts& input : call.inputs)
        outputs[0].frames = std::max(outputs[0].frames, input.stream.frames); // endless counts as less than any
    return {};
}

/// The inputs that show, lowest first.
std::vector<int> shownItems(const FrameCall& call)
{
    std::vector<int> shown;
    for (std::size_t i = 0; i < call.inputs.size(); ++i)
        if (call.items[i].real("opacity") > 0 && call.items[i].real("scale") != 0)
            shown.push_back(static_cast<int>(i));
    return shown;
}

void needs(const FrameCall& call, std::vector<FrameNeed>& out)
{
    for (const int item : shownItems(call))
        out.push_back({item, call.frame});
}

/// From an item's own pixels to the layer's.
Affine placeOf(const FrameCall& call, int item)
{
    const StreamFacts& in = call.inputs[static_cast<std::size_t>(item)].stream;
    const Arguments& args = call.items[static_cast<std::size_t>(item)];
    const Vec2 position = args.vec2("position");
    const double size = args.real("scale");
    double x = position.x * call.out.width;
    double y = position.y * call.out.height;
    const double angle = args.real("rotation");
    if (size == 1.0 && turnOf(angle).cosine == 1.0) // pixel for pixel
        return moved(std::floor(x - in.width / 2.0 + 0.5), std::floor(y - in.height / 2.0 + 0.5));
    return chained(chained(chained(moved(-in.width / 2.0, -in.height / 2.0), scaled(size, size)), turned(angle)), moved(x, y));
}

Rect boundsOf(const Affine& place, const StreamFacts& in, Rect within)
{
    double x0 = 1e9, y0 = 1e9, x1 = -1e9, y1 = -1e9;
    for (const double x : {0.0, static_cast<double>(in.width)})
        for (const double y : {0.0, static_cast<double>(in.height)}) {
            x0 = std::min(x0, place.mapX(x, y));
            x1 = std::max(x1, place.mapX(x, y));
            y0 = std::min(y0, place.mapY(x, y));
            y1 = std::max(y1, place.mapY(x, y));
        }
    auto whole = [](double value) { return static_cast<int>(std::clamp(std::floor(value), -1e6, 1e6)); };
    const Rect bounds = Rect{whole(x0) - 2, whole(y0) - 2, whole(x1) + 3, whole(y1) + 3}.clippedTo(within);
    return bounds.empty() ? Rect{} : bounds;
}

Rect region(const FrameCall& call, std::size_t index, Rect out)
{
    const int item = shownItems(call)[index];
    const StreamFacts& in = call.inputs[static_cast<std::size_t>(item)].stream;
    const Affine place = placeOf(call, item);
    return sampleRegion(in.width, in.height, inverted(place), static_cast<Filter>(call.args.choice("filter")), Edge::Transparent, boundsOf(place, in, out));
}

struct Item {
    ConstPictureView picture; ///< on the layer, or where it was rendered if it must be sampled
    Affine place;
    StreamFacts facts;
    Rect bounds;       ///< on the layer
    bool lies = false; ///< pixel for pixel, over all of its bounds
    BlendMode mode{};
    float opacity = 0.0F;
};

Item itemOf(const FrameCall& call, int index, ConstPictureView picture, const Rect& within)
{
    const Arguments& args = call.items[static_cast<std::size_t>(index)];
    Item item{picture, placeOf(call, index), call.inputs[static_cast<std::size_t>(index)].stream, {}, false, static_cast<BlendMode>(args.choice("mode")), static_cast<float>(args.real("opacity"))};
    // What is transparent of an item changes nothing.
    item.bounds = sampledPart(inverted(item.place), picture.contentOrAll(), boundsOf(item.place, item.facts, within));
    const Affine& place = item.place;
    const Rect given = picture.rect.clippedTo({0, 0, item.facts.width, item.facts.height});
    if (place.xx != 1.0 || place.yy != 1.0 || place.xy != 0.0 || place.yx != 0.0 || given.empty())
        return item;
    const ConstPictureView moved = picture.sub(given).movedBy(static_cast<int>(place.x0), static_cast<int>(place.y0)); // placeOf gives whole numbers here
    const Rect shown = moved.contentOrAll().clippedTo(item.bounds);
    item.lies = moved.rect.contains(item.bounds);
    if (item.lies) {
        item.picture = moved;
        item.bounds = shown;
    }
    return item;
}

/// Items that lie pixel for pixel are stacked in blocks of rows, whose part of the layer stays in the cache meanwhile: upon
/// nothing, if they are the lowest ones.
void stack(std::span<const Item> items, BlendSpace space, bool lowest, PictureView out)
{
    constexpr int rows = 16;
    for (int y = out.rect.y0; y < out.rect.y1; y += rows) {
        const Rect block{out.rect.x0, y, out.rect.x1, std::min(y + rows, out.rect.y1)};
        if (lowest)
            clear(out.sub(block));
        for (const Item& item : items)
            if (const Rect part = item.bounds.clippedTo(block); !part.empty())
                blend(out.sub(part), item.picture.sub(part), item.mode, item.opacity, space, out.sub(part));
    }
}

void sample(const Item& item, Filter filter, BlendSpace space, PictureView out)
{
    Picture sampled(item.bounds);
    sampleAffine(item.picture, item.facts.width, item.facts.height, inverted(item.place), filter, Edge::Transparent, sampled.view());
    blend(out.sub(item.bounds), sampled.view(), item.mode, item.opacity, space, out.sub(item.bounds));
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    const std::vector<int> shown = shownItems(call);
    std::vector<Item> items;
    for (std::size_t i = 0; i < shown.size(); ++i)
        if (Item item = itemOf(call, shown[i], inputs[i], out.rect); !item.bounds.empty())
            items.push_back(item);
    const auto space = static_cast<BlendSpace>(call.args.choice("space"));
    auto next = items.begin();
    do {
        const auto end = std::ranges::find(next, items.end(), false, &Item::lies);
        stack({next, end}, space, next == items.begin(), out);
        next = end;
        if (next != items.end())
            sample(*next++, static_cast<Filter>(call.args.choice("filter")), space, out);
    } while (next != items.end());
    return {};
}

} // namespace

extern const Effect effect_layer;
const Effect effect_layer{
    .name = "layer",
    .title = "Layer",
    .help = "Stacks pictures, the first one lowest, each with its place, size, rotation, opacity and blend mode.",
    .tags = {"combine"},
    .synonyms = {"stack", "composite", "collage", "picture in picture", "overlay", "group"},
    .inputs = {{.name = "items", .title = "Items", .list = true}},
    .params = {
        {.name = "size", .kind = ParamKind::Choice, .initial = std::int64_t{OfCanvas}, .title = "Size", .help = "As large as the canvas, or as the first item", .choices = {"canvas", "first"}, .animatable = false},
        {.name = "filter", .kind = ParamKind::Choice, .initial = static_cast<std::int64_t>(Filter::Bilinear), .title = "Filter", .choices = filterNames(), .animatable = false},
        {.name = "space", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .title = "Space", .help = "Where blend modes work; display is what other programs do", .choices = {"display", "linear"}, .animatable = false},
    },
    .itemParams = {
        {.name = "position", .kind = ParamKind::Point, .initial = Vec2{0.5, 0.5}, .least = -8.0, .most = 9.0, .title = "Position", .help = "Of its centre: 0, 0 is top left, 1, 1 bottom right"},
        {.name = "scale", .initial = 1.0, .least = -64.0, .most = 64.0, .title = "Scale", .help = "1 is pixel for pixel"},
        {.name = "rotation", .kind = ParamKind::Angle, .initial = 0.0, .step = 1.0, .unit = "deg", .title = "Rotation", .help = "Clockwise on screen"},
        {.name = "opacity", .initial = 1.0, .least = 0.0, .most = 1.0, .title = "Opacity"},
        {.name = "mode", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .title = "Mode", .choices = blendModeNames(), .animatable = false},
    },
    .access = Access::Region,
    .facts = facts,
    .needs = needs,
    .still = [](const Call&) { return true; }, // which items show depends on arguments alone
    .region = region,
    .render = render,
};

} // namespace artdag
