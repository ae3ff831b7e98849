// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/sound_memories.h"

#include <algorithm>

namespace artdag {

namespace {

constexpr std::size_t mostListeners = 4;
/// More than lies between two checkpoints, so that what is heard backwards is made about once.
constexpr std::size_t mostBlocks = 128;

std::size_t bytesOf(const SoundMemory& memory)
{
    return memory.numbers.size() * sizeof(double) + memory.samples.size() * sizeof(float);
}

} // namespace

SoundMemories::SoundMemories(const Plan& plan, std::size_t budget)
{
    std::size_t tracks = 0;
    for (std::size_t i = 0; i < plan.nodes.size(); ++i)
        if (plan.nodes[i].needed && plan.graph->nodes[i].entry->effect->remembers)
            tracks += plan.nodes[i].outputs.size();
    m_share = budget / std::max<std::size_t>(tracks, 1);
}

SoundMemories::Track& SoundMemories::trackOf(NodePort port)
{
    const std::lock_guard lock(m_mutex);
    std::unique_ptr<Track>& track = m_tracks[{port.node, port.output}];
    if (!track)
        track = std::make_unique<Track>();
    return *track;
}

/// The listener to go on from: the one that is nearest before the block, or a new one at a checkpoint that is nearer still.
SoundMemories::Listener& SoundMemories::listenerFor(Track& track, std::int64_t index)
{
    Listener* nearest = nullptr;
    for (Listener& listener : track.listeners)
        if (listener.next <= index && (nearest == nullptr || listener.next > nearest->next))
            nearest = &listener;
    const auto after = track.checkpoints.upper_bound(index);
    const bool found = after != track.checkpoints.begin();
    const std::int64_t checkpoint = found ? std::prev(after)->first : 0;
    if (nearest == nullptr || nearest->next < checkpoint) {
        if (track.listeners.size() >= mostListeners)
            track.listeners.erase(std::ranges::min_element(track.listeners, {}, &Listener::used));
        nearest = &track.listeners.emplace_back(Listener{checkpoint, found ? std::prev(after)->second : SoundMemory{}});
    }
    nearest->used = ++track.clock;
    return *nearest;
}

void SoundMemories::keepCheckpoint(Track& track, const Listener& listener) const
{
    if (listener.next == 0 || listener.next % track.distance != 0 || !track.checkpoints.try_emplace(listener.next, listener.memory).second)
        return;
    while (!track.checkpoints.empty() && track.checkpoints.size() * bytesOf(listener.memory) > m_share) {
        track.distance *= 2;
        std::erase_if(track.checkpoints, [&](const auto& kept) { return kept.first % track.distance != 0; });
    }
}

void SoundMemories::keepBlock(Track& track, std::int64_t index, SoundPointer sound)
{
    track.made.insert_or_assign(index, std::move(sound));
    if (track.made.size() > mostBlocks) // the one farthest away
        track.made.erase(index - track.made.begin()->first > track.made.rbegin()->first - index ? track.made.begin() : std::prev(track.made.end()));
}

Result<SoundPointer> SoundMemories::block(NodePort port, std::int64_t index, const MakeBlock& make)
{
    Track& track = trackOf(port);
    const std::lock_guard lock(track.mutex);
    if (const auto known = track.made.find(index); known != track.made.end())
        return known->second;
    Listener& listener = listenerFor(track, index);
    SoundPointer last;
    while (listener.next <= index) {
        keepCheckpoint(track, listener);
        auto sound = make(listener.next, listener.memory);
        if (!sound) { // its memory may be half of the next block
            std::erase_if(track.listeners, [&](const Listener& one) { return &one == &listener; });
            return tl::unexpected<Error>(std::move(sound).error());
        }
        last = std::make_shared<const Sound>(std::move(*sound));
        keepBlock(track, listener.next, last);
        ++listener.next;
        ++track.blocksMade;
    }
    return last;
}

std::int64_t SoundMemories::blocksMade() const
{
    const std::lock_guard lock(m_mutex);
    std::int64_t made = 0;
    for (const auto& [port, track] : m_tracks)
        made += track->blocksMade;
    return made;
}

std::size_t SoundMemories::bytes() const
{
    const std::lock_guard lock(m_mutex);
    std::size_t sum = 0;
    for (const auto& [port, track] : m_tracks)
        for (const auto& [block, memory] : track->checkpoints)
            sum += bytesOf(memory);
    return sum;
}

} // namespace artdag
