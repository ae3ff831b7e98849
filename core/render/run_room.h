// SPDX-License-Identifier: GPL-3.0-or-later
// Where the pieces of one run lie until its film is written: in the store, and beside it what the store has no room for. A
// full disk costs the cache, not the film.
#pragma once

#include "core/base/files.h"
#include "core/store/store.h"

#include <memory>
#include <mutex>
#include <optional>

namespace artdag {

/// Thread-safe. `store` must outlive it. What lies in it is not evicted while it lives.
class RunRoom {
public:
    explicit RunRoom(Store& store);

    Result<ContentId> put(ByteView bytes);
    /// Keeps it from eviction. False when the store does not have it (any more).
    bool hold(const ContentId& id);
    /// Another store, for what found no room in the first: in the system's directory for temporary files, gone with this.
    Result<Store*> beside();
    Result<Bytes> get(const ContentId& id);
    Result<std::filesystem::path> path(const ContentId& id);
    [[nodiscard]] Store& store() { return m_store; }
    /// Something lies beside the store.
    [[nodiscard]] bool isTight();

private:
    Store& holderOf(const ContentId& id);

    Store& m_store;
    std::unique_ptr<Hold> m_hold;
    std::mutex m_mutex;
    std::optional<TemporaryDirectory> m_directory;
    std::unique_ptr<Store> m_beside; ///< after its directory: it ends first
};

} // namespace artdag
