// SPDX-License-Identifier: GPL-3.0-or-later
// The proxies of a recipe's films, one after the other: what a command makes while somebody waits for it. The Studio makes
// them a picture at a time while nobody does (ui/preview_engine).
#pragma once

#include "core/render/frame_server.h"
#include "core/render/make_proxy.h"
#include "core/workflow/workspace.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace artdag {

struct MadeProxy {
    ContentId media;
    std::string why;          ///< it has none; empty: it has one now
    bool made = false;        ///< false: it was there before
    std::size_t pictures = 0; ///< of the proxy
    std::uint64_t bytes = 0;  ///< that were added to the store
    double seconds = 0;
};

/// Makes what is missing. With `all`, also those of films that are decoded soon enough without. `progress` is told 0 … 1 of all
/// films together. Cancelled within a picture; finished pieces are kept.
Result<std::vector<MadeProxy>> makeProxies(Workspace& workspace, const std::vector<ContentId>& films, bool all, const CancelToken& cancel, const std::function<void(double)>& progress);

} // namespace artdag
