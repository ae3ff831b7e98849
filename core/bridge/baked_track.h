// SPDX-License-Identifier: GPL-3.0-or-later
// What a filter gives, placed by its time stamps, into a file: pictures into a film, sound into a wave.
#pragma once

#include "core/base/time.h"
#include "core/bridge/filter_process.h"

#include <filesystem>
#include <memory>

namespace artdag {

class BakedTrack {
public:
    virtual ~BakedTrack() = default;
    /// As much is written as is kept.
    [[nodiscard]] virtual bool full() const = 0;
    /// What the filter gave, packed as its output's shape has it.
    virtual Result<void> add(std::vector<std::uint8_t> packed, Stretch at) = 0;
    /// BadInput where nothing was given.
    virtual Result<void> finish() = 0;
};

struct TrackOrder {
    FramesShape shape;        ///< of what the filter gives
    Rate rate;                ///< frames or samples a second
    std::int64_t most = 0;    ///< frames or samples that are kept
    std::uint64_t bytes = 0;  ///< the largest file
    std::string object;       ///< begins every message: `filter ffmpeg.gblur`
    std::filesystem::path to; ///< the file
};

/// Each picture is seen until the next one's time, the first one also before its own. Samples lie where their time stamps say,
/// with silence where none do; where they come twice they follow each other.
Result<std::unique_ptr<BakedTrack>> makeTrack(TrackOrder order);

} // namespace artdag
