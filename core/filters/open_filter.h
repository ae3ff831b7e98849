// SPDX-License-Identifier: GPL-3.0-or-later
// A filter that runs in this process, whatever library it is of: frames go in by number, frames come out with a place in time.
#pragma once

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/base/time.h"
#include "core/filters/exchange.h"

#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace artdag {

struct FilterFrames {
    int width = 0, height = 0; ///< px
    SampleFormat format = SampleFormat::Rgba;
    bool fullRange = true; ///< of gray codes, which carry no matrix that would say so
};

struct FilterRequest {
    std::string filter;                                       ///< of libavfilter; a plugin needs no name
    std::vector<std::pair<std::string, std::string>> options; ///< those that differ from the default, as texts
    std::vector<std::pair<int, int>> sizes;                   ///< of each input, px
    Rate rate;
    bool deep = true; ///< more than 8 bits where the filter can; a preview is content with 8, which are sooner kept
};

class OpenFilter {
public:
    enum class Taken {
        Frame,
        More, ///< it needs more input first
        End,
    };
    virtual ~OpenFilter() = default;
    [[nodiscard]] virtual const std::vector<FilterFrames>& inputs() const = 0;
    [[nodiscard]] virtual const FilterFrames& output() const = 0;
    virtual Result<void> put(int input, std::int64_t frame, std::span<const std::uint8_t> packed) = 0;
    /// Nothing more comes for this input.
    virtual Result<void> end(int input) = 0;
    /// `at`: the first frame of the request's rate at which the taken one is seen.
    virtual Result<Taken> take(std::span<std::uint8_t> packed, std::int64_t& at) = 0;
};

} // namespace artdag
