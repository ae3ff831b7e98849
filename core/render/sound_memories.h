// SPDX-License-Identifier: GPL-3.0-or-later
// What effects that remember (Effect::remembers) left behind while a plan's sound was heard: memories at fixed distances
// and where listeners are now, and the last blocks that were made. Never more than its budget, whatever the length.
#pragma once

#include "core/plan/plan.h"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

namespace artdag {

using SoundPointer = std::shared_ptr<const Sound>;

class SoundMemories {
public:
    static constexpr std::size_t usualBudget = std::size_t{128} << 20;
    /// `budget`: bytes for all checkpoints of the plan.
    explicit SoundMemories(const Plan& plan, std::size_t budget = usualBudget);

    /// Makes block `index` from `memory`, which it changes into that after the block.
    using MakeBlock = std::function<Result<Sound>(std::int64_t index, SoundMemory& memory)>;
    /// One block of a port: known, or made by `make` from the nearest memory, with all blocks between. Thread-safe; a port
    /// is made by one thread at a time.
    Result<SoundPointer> block(NodePort port, std::int64_t index, const MakeBlock& make);
    /// Blocks that were made so far, those that were made again too.
    [[nodiscard]] std::int64_t blocksMade() const;
    /// Of all checkpoints.
    [[nodiscard]] std::size_t bytes() const;

private:
    struct Listener {
        std::int64_t next = 0; ///< the block that its memory is for
        SoundMemory memory;
        std::uint64_t used = 0; ///< when it was last asked
    };
    struct Track {
        std::mutex mutex;
        std::int64_t distance = 64;                      ///< blocks between checkpoints; doubles when they become too many
        std::map<std::int64_t, SoundMemory> checkpoints; ///< before that block
        std::vector<Listener> listeners;                 ///< a few, as two branches may hear different places in turn
        std::map<std::int64_t, SoundPointer> made;       ///< blocks at hand
        std::uint64_t clock = 0;
        std::int64_t blocksMade = 0;
    };
    Track& trackOf(NodePort port);
    static Listener& listenerFor(Track& track, std::int64_t index);
    void keepCheckpoint(Track& track, const Listener& listener) const;
    static void keepBlock(Track& track, std::int64_t index, SoundPointer sound);

    std::size_t m_share = 0; ///< bytes of checkpoints of one track
    mutable std::mutex m_mutex;
    std::map<std::pair<int, int>, std::unique_ptr<Track>> m_tracks; ///< by node and output
};

} // namespace artdag
