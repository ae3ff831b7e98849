// SPDX-License-Identifier: GPL-3.0-or-later
// A frei0r plugin: a shared library that is loaded before the process is shut in, described, and run on 8-bit R'G'B'A.
#pragma once

#include "core/filters/open_filter.h"

namespace artdag {

class Frei0rPlugin {
public:
    /// Loads it from an open file, which runs its constructors. BadInput for what is no plugin. Never unloaded.
    static Result<std::unique_ptr<Frei0rPlugin>> load(int descriptor);
    virtual ~Frei0rPlugin() = default;

    /// Name, help, inputs and parameters with the defaults of a fresh instance. BadInput for a source, or one of three inputs.
    virtual Result<Json> describe(const std::string& name) = 0;
    virtual Result<std::unique_ptr<OpenFilter>> open(const FilterRequest& request) = 0;
};

} // namespace artdag
