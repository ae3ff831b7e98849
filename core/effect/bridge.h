// SPDX-License-Identifier: GPL-3.0-or-later
// An effect that another program computes: a filter of libavfilter, a frei0r plugin. Its pixels are not the same on every
// machine by rule, so they are baked: computed once over the whole length, kept by content as a film, and read from there.
#pragma once

#include "core/effect/effect.h"

#include <filesystem>
#include <string>

namespace artdag {

class Bridge {
public:
    virtual ~Bridge() = default;
    /// Who computes here, for the manifest: `libavfilter 8.44.100 gblur`.
    [[nodiscard]] virtual const std::string& by() const = 0;
    /// What was introspected, canonical JSON: names, kinds and defaults of the arguments, by which another machine reads the
    /// same recipe in the same way although its libraries are others.
    [[nodiscard]] virtual const std::string& description() const = 0;
    /// Runs the filter over all frames of its inputs and writes the film. BadInput for arguments that it refuses, Corrupt for
    /// a filter that crashed or lied, Unavailable for one that took too long or too much; messages begin with the filter.
    /// From any thread; the filter itself runs in a process of its own.
    virtual Result<void> bake(const AnalysisCall& call, const std::filesystem::path& film) const = 0;
};

} // namespace artdag
