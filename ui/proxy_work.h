// SPDX-License-Identifier: GPL-3.0-or-later
// Makes the proxies of a recipe's films while nothing else is to be done, a little at a time. Thread-safe: one thread at a
// time works, any other that is sent to work returns at once. Knows nothing of Qt.
#pragma once

#include "core/render/frame_server.h"
#include "core/render/make_proxy.h"
#include "core/render/proxy_sources.h"
#include "core/workflow/workspace.h"

#include <chrono>
#include <deque>
#include <memory>
#include <mutex>
#include <set>

namespace artdag {

struct ProxyState {
    int films = 0;       ///< that still want their proxies, with the one in the making
    double progress = 0; ///< of that one, 0 … 1
    bool operator==(const ProxyState&) const = default;
};

class ProxyWork {
public:
    /// Both must outlive it.
    ProxyWork(Workspace& workspace, ProxyShelf& shelf)
        : m_workspace(&workspace),
          m_shelf(&shelf) {}

    /// From now on the films of this recipe that are dear to decode and have no proxy; one in the making goes on if it is among
    /// them. May open files.
    void want(const Graph& graph);
    /// Works for about this long or until it is cancelled. Tells whether a proxy was finished, which the shelf then finds.
    bool work(std::chrono::milliseconds time, const CancelToken& cancel);
    [[nodiscard]] ProxyState state() const;

private:
    void finish(bool refuse);

    Workspace* m_workspace;
    ProxyShelf* m_shelf;
    std::mutex m_working; ///< around the maker
    std::unique_ptr<ProxyMaker> m_maker;
    std::optional<ContentId> m_making;
    mutable std::mutex m_mutex; ///< around the rest, never held for long
    std::deque<ContentId> m_films;
    std::set<ContentId> m_refused; ///< that break: not tried again by this process
    double m_progress = 0;
};

} // namespace artdag
