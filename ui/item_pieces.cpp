// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/item_pieces.h"

#include <algorithm>

namespace artdag {

namespace {
std::int64_t sourceFramesOf(const Plan& plan, const GraphInput& input)
{
    return plan.nodes[static_cast<std::size_t>(input.node)].outputs[static_cast<std::size_t>(input.output)].frames;
}

Json secondsOf(std::int64_t frame, Rate rate)
{
    const double seconds = secondsOfFlicks(timeOfFrame(frame, rate));
    return seconds == static_cast<double>(static_cast<std::int64_t>(seconds)) ? Json(static_cast<std::int64_t>(seconds)) : Json(seconds);
}

const std::vector<Item>* itemsOf(const Recipe& recipe, const std::string& node, const std::string& port)
{
    const Node* found = recipe.node(node);
    const PortValue* value = found == nullptr ? nullptr : found->port(port);
    return value == nullptr ? nullptr : std::get_if<std::vector<Item>>(&value->value);
}

/// Adds what is seen from `frame` on for `length` frames, or lengthens a piece of the same item that goes on.
void append(std::vector<ItemPiece>& pieces, const ItemPiece& piece)
{
    for (ItemPiece& each : pieces) {
        if (each.item == piece.item && each.start + each.length == piece.start && each.source + each.length == piece.source) {
            each.length += piece.length;
            return;
        }
    }
    pieces.push_back(piece);
}

void findLanes(std::vector<ItemPiece>& pieces)
{
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const auto taken = [&](int lane) {
            return std::any_of(pieces.begin(), pieces.begin() + static_cast<std::ptrdiff_t>(i),
                [&](const ItemPiece& other) { return other.lane == lane && other.start + other.length > pieces[i].start; });
        };
        while (taken(pieces[i].lane))
            ++pieces[i].lane;
    }
}

std::vector<ItemPiece> stackedPieces(const GraphNode& node, const PlanNode& planned, const Plan& plan, std::int64_t frames)
{
    std::vector<ItemPiece> pieces;
    for (std::size_t i = 0; i < planned.inputs.size(); ++i) {
        const InputFacts& input = planned.inputs[i];
        if (input.item < 0)
            continue;
        const std::int64_t length = input.stream.frames == StreamFacts::endless ? frames : std::min(frames, input.stream.frames);
        pieces.push_back({input.item, 0, length, 0, sourceFramesOf(plan, node.inputs[i]), input.item});
    }
    return pieces;
}
} // namespace

std::vector<ItemPiece> itemPieces(const Plan& plan, int node)
{
    const GraphNode& graphNode = plan.graph->nodes[static_cast<std::size_t>(node)];
    const PlanNode& planned = plan.nodes[static_cast<std::size_t>(node)];
    const Effect& effect = *graphNode.entry->effect;
    const NodePort port{node, 0};
    const std::int64_t own = planned.outputs[0].frames;
    const std::int64_t frames = own == StreamFacts::endless ? plan.frames : std::min(own, plan.frames);
    if (effect.cuts == nullptr)
        return stackedPieces(graphNode, planned, plan, frames);
    const auto still = argumentsAt(plan, node, 0);
    std::vector<std::int64_t> borders{0};
    effect.cuts(callOf(plan, port, *still, nullptr), borders);
    borders.push_back(frames);
    std::erase_if(borders, [&](std::int64_t at) { return at > frames; });
    std::ranges::sort(borders);
    borders.erase(std::unique(borders.begin(), borders.end()), borders.end());
    std::vector<ItemPiece> pieces;
    for (std::size_t i = 0; i + 1 < borders.size(); ++i) {
        for (const FrameNeed& need : frameNeeds(frameCall(plan, port, borders[i], *argumentsAt(plan, node, borders[i]), nullptr))) {
            const auto input = static_cast<std::size_t>(need.input);
            if (planned.inputs[input].item >= 0)
                append(pieces,
                    {planned.inputs[input].item, borders[i], borders[i + 1] - borders[i], need.frame, sourceFramesOf(plan, graphNode.inputs[input])});
        }
    }
    findLanes(pieces);
    return pieces;
}

ItemTrim trimOf(const Item& item, const ItemPiece& piece, Rate rate)
{
    const Result<Flicks> in = item.in ? timeOfJson(*item.in, rate) : Result<Flicks>(0);
    const Result<Flicks> out = item.out ? timeOfJson(*item.out, rate) : fail(Fault::NotFound, "item: it has no out");
    ItemTrim trim;
    trim.in = in ? frameAt(*in, rate) : 0;
    trim.out = out ? frameAt(*out, rate) : (piece.sourceFrames >= 0 ? piece.sourceFrames : trim.in + piece.source + piece.length);
    return trim;
}

Result<Recipe> withTrim(const Recipe& recipe, const std::string& node, const std::string& port, int index, ItemTrim trim)
{
    const std::vector<Item>* items = itemsOf(recipe, node, port);
    if (items == nullptr || index < 0 || index >= static_cast<int>(items->size()))
        return fail(Fault::NotFound, "node '" + node + "': it has no item " + std::to_string(index + 1));
    Item item = (*items)[static_cast<std::size_t>(index)];
    item.plain = false;
    item.in = trim.in > 0 ? std::optional(secondsOf(trim.in, recipe.canvas.rate)) : std::nullopt;
    item.out = secondsOf(trim.out, recipe.canvas.rate);
    return setItem(recipe, node, port, index, std::move(item));
}

Result<Recipe> withSplit(const Recipe& recipe, const std::string& node, const std::string& port, int index, std::int64_t at, ItemTrim trim)
{
    const std::vector<Item>* items = itemsOf(recipe, node, port);
    if (items == nullptr || index < 0 || index >= static_cast<int>(items->size()))
        return fail(Fault::NotFound, "node '" + node + "': it has no item " + std::to_string(index + 1));
    if (at <= trim.in || at >= trim.out)
        return fail(
            Fault::BadInput, "node '" + node + "': item " + std::to_string(index + 1) + " is split between its ends; move the playhead into it");
    Item second = (*items)[static_cast<std::size_t>(index)];
    second.plain = false;
    second.id.clear();
    second.in = secondsOf(at, recipe.canvas.rate);
    // How the first went over to the next one is now the second's.
    Item first = (*items)[static_cast<std::size_t>(index)];
    first.plain = false;
    first.out = secondsOf(at, recipe.canvas.rate);
    std::erase_if(
        first.args, [](const auto& argument) { return argument.first == "transition" || argument.first == "overlap" || argument.first == "ease"; });
    const Recipe cut = TRY(setItem(recipe, node, port, index, std::move(first)));
    return insertItem(cut, node, port, index + 1, std::move(second));
}

} // namespace artdag
