// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/node_digests.h"

#include "core/effect/value_bytes.h"
#include "core/picture/many_digests.h"

#include <algorithm>
#include <span>
#include <utility>

namespace artdag {

namespace {

/// What a source reads instead of its file is part of what it gives.
void addBaked(Preimage& preimage, const StreamFacts& facts)
{
    if (!facts.baked.isNull())
        preimage.add(facts.baked.digest);
}

void addFacts(Preimage& preimage, const StreamFacts& facts)
{
    preimage.addU16(static_cast<std::uint16_t>(facts.type)).addU32(static_cast<std::uint32_t>(facts.width)).addU32(static_cast<std::uint32_t>(facts.height));
    addBaked(preimage, facts);
}

void addArguments(Preimage& preimage, const GraphArguments& args)
{
    preimage.addU16(static_cast<std::uint16_t>(args.size()));
    auto moving = args.moving.begin();
    for (std::size_t i = 0; i < args.size(); ++i) {
        const bool moves = moving != args.moving.end() && moving->index == i;
        preimage.addU16(moves ? 0 : 1);
        if (moves)
            ++moving;
        else
            addValue(preimage, args.values()[i]);
    }
}

void addNode(Preimage& preimage, const GraphNode& node)
{
    preimage.addText(node.entry->name).addU32(static_cast<std::uint32_t>(node.entry->effect->version));
    addArguments(preimage, node.args);
    preimage.addU16(static_cast<std::uint16_t>(node.items.size()));
    for (const GraphItem& item : node.items)
        addArguments(preimage, item.args);
}

void addRate(Preimage& preimage, Rate rate)
{
    preimage.addU64(static_cast<std::uint64_t>(rate.numerator)).addU64(static_cast<std::uint64_t>(rate.denominator));
}

/// Effect, version, constant arguments, canvas facts: what all frames of a node share. Lengths stay out, so that a
/// longer clip leaves the keys of its earlier frames alone; what depends on them says so by `moment`.
void addStatic(Preimage& preimage, const GraphNode& node, const PlanNode& planned, const Canvas& canvas, std::span<const StreamFacts> outputs)
{
    preimage.add("artdag.node.1\n");
    addNode(preimage, node);
    preimage.addU32(static_cast<std::uint32_t>(canvas.width)).addU32(static_cast<std::uint32_t>(canvas.height));
    addRate(preimage, canvas.rate);
    preimage.addU32(static_cast<std::uint32_t>(canvas.sampleRate)).addF64(canvas.scale);
    for (const InputFacts& input : planned.inputs) {
        preimage.addU16(static_cast<std::uint16_t>(input.port)).addU16(static_cast<std::uint16_t>(input.item));
        addFacts(preimage, input.stream);
    }
    for (const StreamFacts& output : outputs)
        addFacts(preimage, output);
}

/// What names sound and what is found in it knows no size of pictures: a preview hears what the film says.
void addHeard(Preimage& preimage, const GraphNode& node, const PlanNode& planned, const Canvas& canvas, std::span<const StreamFacts> outputs)
{
    preimage.add("artdag.sound.node.1\n");
    addNode(preimage, node);
    addRate(preimage, canvas.rate);
    preimage.addU32(static_cast<std::uint32_t>(canvas.sampleRate));
    for (const InputFacts& input : planned.inputs)
        preimage.addU16(static_cast<std::uint16_t>(input.port)).addU16(static_cast<std::uint16_t>(input.item)).addU16(static_cast<std::uint16_t>(input.stream.type));
    for (const StreamFacts& output : outputs)
        if (output.type != PortType::Picture) // of a film's picture: its proxy, a drawing
            addBaked(preimage, output);
}

bool hasSoundDigest(const Effect& effect)
{
    return effect.analyse != nullptr || std::ranges::find(effect.outputs, PortType::Sound, &Port::type) != effect.outputs.end();
}

} // namespace

void makeDigests(Plan& plan, std::span<const int> nodes)
{
    constexpr std::size_t group = 512; // so many messages stay in the processor's cache until they are hashed
    Preimage preimages;
    std::vector<std::pair<Digest*, std::size_t>> ends; // whose, and where its preimage ends
    std::vector<ByteView> messages;
    std::vector<Digest> digests;
    const auto hash = [&] {
        messages.clear();
        for (std::size_t at = 0; const auto& [digest, end] : ends) {
            messages.push_back(preimages.view().subspan(at, end - at));
            at = end;
        }
        digests.resize(messages.size());
        sha3OfMany(messages, digests);
        for (std::size_t i = 0; i < ends.size(); ++i)
            *ends[i].first = digests[i];
        ends.clear();
        preimages.clear();
    };
    for (const int index : nodes) {
        PlanNode& planned = plan.nodes.change(static_cast<std::size_t>(index));
        const GraphNode& node = plan.graph->nodes[static_cast<std::size_t>(index)];
        addStatic(preimages, node, planned, plan.canvas, planned.outputs);
        ends.emplace_back(&planned.staticDigest, preimages.size());
        if (node.entry->bridge != nullptr) {
            const bool sound = node.entry->effect->outputs.front().type == PortType::Sound;
            (sound ? addHeard : addStatic)(preimages, node, planned, plan.canvas, {});
            preimages.addText(node.entry->sourceHash); // which arguments these are, and of which library
            ends.emplace_back(&planned.bakeDigest, preimages.size());
        }
        if (hasSoundDigest(*node.entry->effect)) {
            addHeard(preimages, node, planned, plan.canvas, planned.outputs);
            ends.emplace_back(&planned.soundDigest, preimages.size());
        }
        if (ends.size() >= group)
            hash();
    }
    hash();
}

} // namespace artdag
