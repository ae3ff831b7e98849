// SPDX-License-Identifier: GPL-3.0-or-later
// A filter that runs in this process, whatever library it is of: frames or blocks of sound go in by number, and come out with
// a place in time.
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
    int samples = 0;       ///< sound instead of pictures, in blocks of at most so many samples

    /// Of a frame, or of a full block.
    [[nodiscard]] std::size_t bytes() const { return samples > 0 ? soundBytes(samples) : packedBytes(format, width, height); }
};

struct FilterRequest {
    std::string filter;                                       ///< of libavfilter; a plugin needs no name
    std::vector<std::pair<std::string, std::string>> options; ///< those that differ from the default, as texts
    std::vector<std::pair<int, int>> sizes;                   ///< of each picture that goes in, px
    int sounds = 0;                                           ///< instead: how many sounds go in, stereo
    int block = 0;                                            ///< samples of them at once
    Rate rate;                                                ///< frames or samples a second
    bool deep = true;                                         ///< more than 8 bits where the filter can; a preview is content with 8, which are sooner kept
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
    /// Changes an option for what is put from now on. Denied for one that does not move.
    virtual Result<void> set(const std::string& option, const std::string& value) = 0;
    virtual Result<void> put(int input, Stretch stretch, std::span<const std::uint8_t> packed) = 0;
    /// Nothing more comes for this input.
    virtual Result<void> end(int input) = 0;
    /// `at`: the first frame of the request's rate at which the taken one is seen; the samples that were taken.
    virtual Result<Taken> take(std::span<std::uint8_t> packed, Stretch& at) = 0;
};

} // namespace artdag
