// SPDX-License-Identifier: GPL-3.0-or-later
// A frame of a node on its way through strips: what is fused into it, and the memory of its strip. For frame_server.cpp.
#pragma once

#include "core/picture/pointwise.h"
#include "core/plan/plan.h"

#include <algorithm>
#include <memory>
#include <vector>

namespace artdag {

inline constexpr int stripRows = 8;   ///< at 1080p a strip of four float planes is 0.5 MB: it stays in L2
inline constexpr int gatherRows = 32; ///< what is read for one strip of a turned picture is read again for the next

inline Rect wholeOf(const StreamFacts& facts)
{
    return {0, 0, facts.width, facts.height};
}

/// Brings pixels from one space to another, in place.
inline void convert(Space from, Space to, PictureView picture)
{
    if (from == Space::Linear && to == Space::Display)
        toDisplay(picture, picture);
    else if (from == Space::Display && to == Space::Linear)
        fromDisplay(picture, picture);
}

/// Where an effect works, and in which space it then gives its pixels: a property of the recipe, whoever runs it.
inline Space spaceOf(const FrameCall& call, Space wanted)
{
    const Works works = call.effect.works != nullptr ? call.effect.works(call) : Works::Linear;
    return works == Works::Either ? wanted : works == Works::Display ? Space::Display
                                                                     : Space::Linear;
}

/// Memory for one strip of one fused step, used again for the next strip. A copy of a step has its own.
class StripBuffer {
public:
    StripBuffer() = default;
    StripBuffer(const StripBuffer&) {}
    StripBuffer(StripBuffer&&) = default;
    StripBuffer& operator=(const StripBuffer&) = delete;
    StripBuffer& operator=(StripBuffer&&) = default;
    ~StripBuffer() = default;
    PictureView view(const Rect& rect, const std::shared_ptr<PictureMemory>& memory)
    {
        const auto stride = static_cast<std::size_t>(rect.width() + 15) / 16 * 16;
        const std::size_t plane = stride * static_cast<std::size_t>(rect.height());
        if (m_picture.bytes() < plane * 4 * sizeof(float) || m_picture.rect().width() < rect.width() || m_picture.rect().height() < rect.height())
            m_picture = Picture({0, 0, rect.width(), std::max(rect.height(), gatherRows)}, memory);
        PictureView view = m_picture.view();
        view.rect = rect;
        return view;
    }

private:
    Picture m_picture;
};

/// A frame of a port, ready to be asked for strips: already whole, or a step over others. Threads that make parts of it have
/// a copy each.
struct Step {
    PicturePointer picture;       ///< when whole, in the wanted space
    Space wanted = Space::Linear; ///< by its consumer
    std::shared_ptr<const EvaluatedArguments> arguments;
    std::shared_ptr<const FrameCall> call;
    std::shared_ptr<const Memory> memory; ///< of the call
    std::vector<Step> inputs;
    StripBuffer buffer;
    Rect bounds;
    int node = 0;
};

/// Whether an effect's output may be made strip by strip.
inline bool streams(const Effect& effect, const std::vector<FrameNeed>& needs)
{
    return effect.access == Access::Pointwise || effect.access == Access::Gather || (effect.access == Access::Region && needs.empty());
}

/// Whether a step, or one that is fused into it, gathers.
inline bool gathers(const Step& step)
{
    return step.call != nullptr && (step.call->effect.access == Access::Gather || std::ranges::any_of(step.inputs, gathers));
}

/// What of an input of these bounds a part of the output needs.
inline Rect partOf(const FrameCall& call, std::size_t need, const Rect& out, const Rect& bounds)
{
    return call.effect.region != nullptr ? call.effect.region(call, need, out).clippedTo(bounds) : bounds;
}

} // namespace artdag
