// SPDX-License-Identifier: GPL-3.0-or-later
// Which bridges this machine has: asked of the filter process once, and kept until the program, the library or that plugin is
// another. A filter that crashes while it is described, or is refused, is left out by name.
#pragma once

#include "core/base/json.h"
#include "core/bridge/bridge_options.h"

#include <string>
#include <vector>

namespace artdag {

struct ListedBridge {
    Json description;
    std::filesystem::path plugin; ///< of frei0r; empty: libavfilter
};

struct BridgeList {
    std::vector<ListedBridge> bridges;
    std::vector<std::string> leftOut; ///< `frei0r.facedetect: …why`
};

/// Unavailable when there is no filter process, or it gives no list at all.
Result<BridgeList> listBridges(const BridgeOptions& options);

} // namespace artdag
