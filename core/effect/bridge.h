// SPDX-License-Identifier: GPL-3.0-or-later
// An effect that another program computes: a filter of libavfilter, a frei0r plugin. Its pixels or samples are not the same on
// every machine by rule, so they are baked: computed once over the whole length, kept by content as a film, and read from there.
#pragma once

#include "core/base/cancel.h"
#include "core/effect/effect.h"

#include <filesystem>
#include <string>

namespace artdag {

/// Samples of sound that a filter is given at once, and for which its arguments hold.
inline constexpr std::int64_t bakeBlock = 1024;

/// Whole inputs, and what the arguments are while they go by.
struct BakeCall : AnalysisCall {
    /// At a step: a frame of pictures, bakeBlock samples of sound. Null where nothing moves.
    std::function<std::vector<Value>(std::int64_t step)> argumentsAt;
    CancelToken cancel = {};
};

class Bridge {
public:
    virtual ~Bridge() = default;
    /// Who computes here, for the manifest: `libavfilter 8.44.100 gblur`.
    [[nodiscard]] virtual const std::string& by() const = 0;
    /// What was introspected, canonical JSON: names, kinds and defaults of the arguments, by which another machine reads the
    /// same recipe in the same way although its libraries are others.
    [[nodiscard]] virtual const std::string& description() const = 0;
    /// Runs the filter over all of its inputs and writes the film, or the file of sound. BadInput for arguments that it refuses, Corrupt for
    /// a filter that crashed or lied, Unavailable for one that took too long or too much, Cancelled soon after the call's token, even
    /// where the filter hangs; messages begin with the filter.
    /// From any thread; the filter itself runs in a process of its own.
    virtual Result<void> bake(const BakeCall& call, const std::filesystem::path& film) const = 0;
    /// Of the rules by which it is described and its film is named. 1: those of works before the canvas' length was in the name.
    [[nodiscard]] virtual int version() const = 0;
};

} // namespace artdag
