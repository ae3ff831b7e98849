// SPDX-License-Identifier: GPL-3.0-or-later
// One recipe snapshot with a frame server for each target and scale, made by whichever thread asks first. Thread-safe. It
// knows nothing of threads' urgency or of the views.
#pragma once

#include "ui/preview_engine.h"

#include <map>

namespace artdag {

struct PreparedRecipe {
    struct Server {
        std::once_flag once;
        std::unique_ptr<ProxySources> sources;
        std::optional<Result<std::shared_ptr<FrameServer>>> server;
        std::size_t nodes = 0;  ///< of its plan; 0 until it is made
        std::uint64_t used = 0; ///< when it was asked for last
    };
    /// Plans of large graphs are large, and each target has one of its own: of those that were asked for longest ago, what is
    /// beyond so many nodes in all is made anew when it is asked for again. Pictures stay in the cache.
    static constexpr std::size_t mostNodes = 8'000;
    RecipePointer recipe;
    Workspace* workspace = nullptr;
    std::shared_ptr<FrameCache> cache;
    std::shared_ptr<ProxyShelf> shelf;
    std::shared_ptr<std::atomic<std::int64_t>> executed;
    std::mutex mutex;
    std::map<std::string, std::shared_ptr<Server>> servers;

    Result<std::shared_ptr<FrameServer>> server(const PreviewTarget& target, double scale);
    /// What PreviewMeanwhile says.
    std::optional<PreviewPicture> nearest(const PreviewTarget& target, std::int64_t frame, double scale, std::int64_t reach);
    /// Has lost proxies looked for again; tells whether there were any.
    bool forgetLost();

private:
    void dropOldest(const Server& but);
    std::uint64_t m_asks = 0;
    Result<std::shared_ptr<FrameServer>> make(Server& entry, const PreviewTarget& target, double scale) const;
};

} // namespace artdag
