// SPDX-License-Identifier: GPL-3.0-or-later
// What is made of its own frame before (simulations, the ends of loops): held for the last frames and at checkpoints, from
// which it is made again for whoever jumps.
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <map>
#include <memory>
#include <thread>

namespace artdag {

inline constexpr std::size_t checkpoints = 4; ///< of a chain, at distances that double when there are more
/// Frames behind the last one that are held: as many as the threads of a run are apart.
inline std::int64_t heldBehind()
{
    return static_cast<std::int64_t>(std::thread::hardware_concurrency()) + 2;
}

/// Not thread-safe: its server lets one thread at a time into all of its chains, as the steps of one may ask another.
template <class Link>
class FrameChain {
public:
    using Pointer = std::shared_ptr<const Link>;
    /// Makes the link of a frame from the one before, null for frame 0.
    using Step = std::function<Result<Pointer>(std::int64_t frame, const Pointer& before)>;

    /// The link of `frame`, by steps from the nearest one before it that is held.
    Result<Pointer> at(std::int64_t frame, const Step& step)
    {
        if (const auto held = m_held.find(frame); held != m_held.end())
            return held->second;
        const auto next = m_held.lower_bound(frame);
        std::int64_t from = next == m_held.begin() ? -1 : std::prev(next)->first;
        Pointer link = from < 0 ? nullptr : std::prev(next)->second;
        for (++from; from <= frame; ++from) {
            link = TRY(step(from, link));
            hold(from, link);
        }
        return link;
    }

private:
    void hold(std::int64_t frame, const Pointer& link)
    {
        m_held.insert_or_assign(frame, link);
        std::size_t farther = 0;
        std::erase_if(m_held, [&](const auto& each) {
            const bool isNear = each.first <= frame && each.first > frame - heldBehind();
            const bool stays = isNear || each.first % m_distance == 0;
            farther += stays && !isNear ? 1 : 0;
            return !stays;
        });
        if (farther > checkpoints)
            m_distance *= 2;
    }

    std::map<std::int64_t, Pointer> m_held;
    std::int64_t m_distance = 32;
};

} // namespace artdag
