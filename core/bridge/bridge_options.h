// SPDX-License-Identifier: GPL-3.0-or-later
// Where bridges are looked for, and what their processes may have.
#pragma once

#include "core/worker/worker_process.h"

#include <filesystem>
#include <vector>

namespace artdag {

struct BridgeOptions {
    std::filesystem::path program;                        ///< empty: `artdag-bridge` beside this program
    std::filesystem::path cacheFile;                      ///< what was introspected; empty: it is not kept
    std::vector<std::filesystem::path> pluginDirectories; ///< of frei0r
    SandboxLimits limits{std::uint64_t{6} << 30, 24 * 3600, 16};
    std::chrono::milliseconds patience{120'000};       ///< for one frame
    std::chrono::milliseconds listingPatience{20'000}; ///< for one description
    std::uint64_t filmBytes = std::uint64_t{16} << 30; ///< the longest film that is kept of one filter
};

/// `bridges.json` in a home; ARTDAG_BRIDGE_PATIENCE in seconds for one frame; plugins as frei0r says: FREI0R_PATH, else ~/.frei0r-1/lib, /usr/local/lib/frei0r-1, /usr/lib/frei0r-1.
BridgeOptions bridgeOptions(const std::filesystem::path& home);

} // namespace artdag
