// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures and sound of any node of a plan, on demand: pull, with pointwise steps fused over row strips. A preview and an
// export go through here; a preview only asks for fewer pixels. It never writes to the store.
#pragma once

#include "core/base/cancel.h"
#include "core/plan/plan.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

namespace artdag {

class SoundMemories;

/// Whole frames in memory by key, least recently used first out. Shared between plans, so that undo finds the earlier
/// picture. Thread-safe.
class FrameCache {
public:
    explicit FrameCache(std::size_t limitBytes);
    ~FrameCache();
    PicturePointer find(const FrameKey& key, Space space = Space::Linear);
    void put(const FrameKey& key, PicturePointer picture, Space space = Space::Linear);
    [[nodiscard]] std::size_t bytes() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// What a server did, for reports and tests.
struct FrameCounters {
    std::atomic<std::int64_t> framesRendered{0}; ///< asked frames that were computed
    std::atomic<std::int64_t> cacheReads{0};     ///< asked or inner frames found in the cache
    std::atomic<std::int64_t> nodesExecuted{0};  ///< node renders, a fused strip run counted once a frame
};

class FrameServer {
public:
    /// What goes into the cache: a viewer comes back to frames, an export only to still pictures, and to those of which an effect needs several moments.
    enum class Keep {
        Everything,
        Still,
    };
    /// `cache` may be null. `sources` must outlive the server.
    FrameServer(std::shared_ptr<const Plan> plan, Sources& sources, std::shared_ptr<FrameCache> cache = nullptr, Keep keep = Keep::Everything);
    ~FrameServer();
    FrameServer(const FrameServer&) = delete;
    FrameServer& operator=(const FrameServer&) = delete;

    /// A whole frame of a picture port, or the part `rect` of it. Frames beyond the ends hold the first and the last.
    /// Thread-safe; the calling thread computes.
    Result<PicturePointer> picture(NodePort port, std::int64_t frame, const CancelToken& cancel = {});
    Result<PicturePointer> picture(NodePort port, std::int64_t frame, Rect rect, const CancelToken& cancel);
    /// A whole frame as codes of an encoder's format: `out` has the port's size. Rows go from the last step into the codes
    /// strip by strip, so that the frame need not exist as floats.
    Result<void> coded(NodePort port, std::int64_t frame, PackedPicture& out, const CancelToken& cancel = {});
    /// A range of a sound port; silence beyond its ends.
    Result<Sound> sound(NodePort port, SampleRange range, const CancelToken& cancel = {});
    /// Has every source decode what this frame needs, in the caller's order: the run-ahead of an export.
    Result<void> prefetch(NodePort port, std::int64_t frame);

    [[nodiscard]] const Plan& plan() const { return *m_plan; }
    [[nodiscard]] const FrameCounters& counters() const { return *m_counters; }

private:
    struct Pull;
    struct Chains;
    std::shared_ptr<const Plan> m_plan;
    Sources* m_sources;
    std::shared_ptr<FrameCache> m_cache;
    Keep m_keep;
    std::shared_ptr<PictureMemory> m_memory;
    std::unique_ptr<Chains> m_chains;
    std::shared_ptr<SoundMemories> m_sounds;
    std::shared_ptr<FrameCounters> m_counters = std::make_shared<FrameCounters>();
};

} // namespace artdag
