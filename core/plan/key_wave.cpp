// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/key_wave.h"

#include "core/effect/value_bytes.h"
#include "core/picture/many_digests.h"

#include <algorithm>
#include <utility>

namespace artdag {

namespace {

void addAnimated(Preimage& preimage, const GraphArguments& args, std::span<const Value> values)
{
    for (const MovingArgument& moving : args.moving)
        addMoving(preimage, moving.index, values[moving.index]);
}

/// The source's own frame for frame `frame` of an input: held at the ends, shifted by the trim.
std::int64_t sourceFrame(const GraphInput& input, const InputFacts& facts, std::int64_t frame, Rate rate)
{
    return heldFrame(facts.stream, frame) + (input.in == 0 ? 0 : frameAt(input.in, rate));
}

} // namespace

KeyWave::KeyWave(const Plan& plan)
    : m_plan(plan),
      m_firstOf(plan.nodes.size(), -1)
{
}

int KeyWave::workFor(const PlanSlot& slot)
{
    int& first = m_firstOf[static_cast<std::size_t>(slot.node)];
    if (first >= 0 && m_works[static_cast<std::size_t>(first)].slot == slot)
        return first;
    const auto fresh = static_cast<int>(m_works.size());
    if (first >= 0) {
        const auto [other, isNew] = m_others.emplace(slot, fresh);
        if (!isNew)
            return other->second;
    } else {
        first = fresh;
    }
    m_works.push_back({.slot = slot});
    return fresh;
}

void KeyWave::addNeed(const GraphNode& node, const PlanNode& planned, const FrameNeed& need)
{
    const auto index = static_cast<std::size_t>(need.input);
    const GraphInput& input = node.inputs[index];
    const PlanNode& source = m_plan.nodes[static_cast<std::size_t>(input.node)];
    // Without trims the input has the shape of its source, whose own is a look further away.
    std::int64_t frame = sourceFrame(input, planned.inputs[index], need.frame, m_plan.canvas.rate);
    if (input.in != 0 || input.out)
        frame = heldFrame(source.outputs[static_cast<std::size_t>(input.output)], frame);
    addNeed(m_plan.slotOf({input.node, input.output}, frame));
}

void KeyWave::addNeed(const PlanSlot& slot)
{
    Need found{.place = m_bytes.size(), .key = {}};
    const int first = m_firstOf[static_cast<std::size_t>(slot.node)];
    if (first >= 0 && m_works[static_cast<std::size_t>(first)].slot == slot) // open already, so not remembered
        found.work = first;
    else if (const auto known = m_plan.rememberedKey(slot))
        found.key = *known;
    else
        found.work = workFor(slot);
    m_needs.push_back(found);
}

/// All but the input keys (docs/formats.md, "Keys").
void KeyWave::addOwn(Preimage& preimage, const FrameCall& call, const EvaluatedArguments& arguments, const PlanSlot& slot) const
{
    const GraphNode& node = m_plan.graph->nodes[static_cast<std::size_t>(slot.node)];
    const PlanNode& planned = m_plan.nodes[static_cast<std::size_t>(slot.node)];
    preimage.add("artdag.frame.1\n").add(planned.staticDigest).addU16(static_cast<std::uint16_t>(slot.output));
    if (!planned.still) {
        addAnimated(preimage, node.args, arguments.values);
        for (std::size_t i = 0; i < node.items.size(); ++i)
            addAnimated(preimage, node.items[i].args, arguments.items[i].values);
    }
    for (std::size_t i = 0; call.signals != nullptr && i < planned.inputs.size(); ++i) // they enter as bound arguments do: by their value
        if (planned.inputs[i].stream.type == PortType::Signal)
            preimage.addU16(static_cast<std::uint16_t>(i)).addF64(call.signals->signal(static_cast<int>(i), timeOfFrame(slot.frame, m_plan.canvas.rate)));
    if (call.effect.timeDependent)
        preimage.addU64(static_cast<std::uint64_t>(slot.frame));
    if (call.effect.moment == nullptr)
        return;
    std::vector<double> numbers;
    call.effect.moment(call, numbers);
    for (const double number : numbers)
        preimage.addF64(number);
}

void KeyWave::open(int index)
{
    const PlanSlot slot = m_works[static_cast<std::size_t>(index)].slot;
    const GraphNode& node = m_plan.graph->nodes[static_cast<std::size_t>(slot.node)];
    const PlanNode& planned = m_plan.nodes[static_cast<std::size_t>(slot.node)];
    CHECK(planned.waitsFor.empty());
    const auto arguments = argumentsAt(m_plan, slot.node, slot.frame);
    const FrameCall call = frameCall(m_plan, {slot.node, slot.output}, slot.frame, *arguments, nullptr);
    const std::vector<FrameNeed> needs = frameNeeds(call);
    const int passed = call.effect.passes != nullptr ? call.effect.passes(call) : -1;
    const std::size_t begin = m_bytes.size(), firstNeed = m_needs.size();
    if (passed >= 0) { // the same picture is the same work
        addNeed(node, planned, needs[static_cast<std::size_t>(passed)]);
    } else {
        addOwn(m_bytes, call, *arguments, slot);
        for (const FrameNeed& need : needs) {
            m_bytes.addU16(static_cast<std::uint16_t>(need.input));
            addNeed(node, planned, need);
            m_bytes.add(m_needs.back().key.digest);
        }
        if (call.effect.advance != nullptr && slot.frame > 0) { // what it remembers is made of the frame before
            addNeed(m_plan.slotOf({slot.node, slot.output}, slot.frame - 1));
            m_bytes.add(m_needs.back().key.digest);
        }
    }
    Work& work = m_works[static_cast<std::size_t>(index)];
    work.begin = begin;
    work.end = m_bytes.size();
    work.firstNeed = firstNeed;
    work.needs = m_needs.size() - firstNeed;
    work.passes = passed >= 0;
}

/// Works in an order in which each comes after what it needs. Numbers of nodes would do but for loops.
std::vector<int> KeyWave::sourcesFirst() const
{
    std::vector<int> waits(m_works.size()), firstUser(m_works.size(), -1), nextUser(m_needs.size(), -1), userOf(m_needs.size()), order;
    for (std::size_t i = 0; i < m_works.size(); ++i)
        for (std::size_t need = m_works[i].firstNeed; need < m_works[i].firstNeed + m_works[i].needs; ++need)
            if (const int source = m_needs[need].work; source >= 0) {
                userOf[need] = static_cast<int>(i);
                nextUser[need] = std::exchange(firstUser[static_cast<std::size_t>(source)], static_cast<int>(need));
                ++waits[i];
            }
    order.reserve(m_works.size());
    for (std::size_t i = 0; i < m_works.size(); ++i)
        if (waits[i] == 0)
            order.push_back(static_cast<int>(i));
    for (std::size_t at = 0; at < order.size(); ++at)
        for (int need = firstUser[static_cast<std::size_t>(order[at])]; need >= 0; need = nextUser[static_cast<std::size_t>(need)])
            if (const int user = userOf[static_cast<std::size_t>(need)]; --waits[static_cast<std::size_t>(user)] == 0)
                order.push_back(user);
    CHECK(order.size() == m_works.size()); // makePlan refuses what would wait for itself
    return order;
}

void KeyWave::hashLevels(std::vector<int>& order)
{
    std::ranges::stable_sort(order, {}, [&](int i) { return m_works[static_cast<std::size_t>(i)].level; });
    std::vector<ByteView> messages;
    std::vector<Digest> digests;
    for (std::size_t at = 0; at < order.size();) {
        std::size_t end = at;
        messages.clear();
        for (; end < order.size() && m_works[static_cast<std::size_t>(order[end])].level == m_works[static_cast<std::size_t>(order[at])].level; ++end) {
            const Work& work = m_works[static_cast<std::size_t>(order[end])];
            for (const Need& need : std::span(m_needs).subspan(work.firstNeed, work.needs))
                if (need.work >= 0)
                    m_bytes.put(need.place, m_works[static_cast<std::size_t>(need.work)].key.digest);
            messages.push_back(m_bytes.view().subspan(work.begin, work.end - work.begin));
        }
        digests.resize(messages.size());
        sha3OfMany(messages, digests);
        for (std::size_t i = at; i < end; ++i)
            m_works[static_cast<std::size_t>(order[i])].key.digest = digests[i - at];
        at = end;
    }
}

FrameKey KeyWave::run(NodePort port, std::int64_t frame)
{
    workFor(m_plan.slotOf(port, frame));
    for (std::size_t i = 0; i < m_works.size(); ++i)
        open(static_cast<int>(i));
    // The levels below are known when a work comes to its turn. A work that passes a frame on stands for the one it is, at
    // whose level it is already made.
    std::vector<int> hashed;
    for (const int i : sourcesFirst()) {
        Work& work = m_works[static_cast<std::size_t>(i)];
        for (Need& need : std::span(m_needs).subspan(work.firstNeed, work.needs)) {
            while (need.work >= 0 && m_works[static_cast<std::size_t>(need.work)].passes) {
                const Need& behind = m_needs[m_works[static_cast<std::size_t>(need.work)].firstNeed];
                need.key = behind.key;
                need.work = behind.work;
            }
            if (need.work >= 0)
                work.level = std::max(work.level, m_works[static_cast<std::size_t>(need.work)].level + 1);
            else if (!work.passes)
                m_bytes.put(need.place, need.key.digest);
        }
        if (!work.passes)
            hashed.push_back(i);
    }
    hashLevels(hashed);
    for (Work& work : m_works) {
        if (work.passes) {
            const Need& same = m_needs[work.firstNeed];
            work.key = same.work >= 0 ? m_works[static_cast<std::size_t>(same.work)].key : same.key;
        }
        m_plan.rememberKey(work.slot, work.key);
    }
    return m_works.front().key;
}

} // namespace artdag
