// SPDX-License-Identifier: GPL-3.0-or-later
// A lease says "my owner lives": a lock on a file of `leases/`, which the kernel ends with the process. The names of an
// owner's files in `tmp/` begin with the lease's name, so that those of the dead can be swept and no others. In the file:
// the bytes that the owner has been promised (8, little-endian), then the ids that it holds, 32 bytes each.
#pragma once

#include "core/store/disk.h"
#include "core/store/store.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <unordered_set>
#include <utility>

namespace artdag {

/// Thread-safe.
class Lease {
public:
    /// The caller holds `store.lock` exclusively: a lease that is made but not yet locked looks dead.
    static Result<std::shared_ptr<Lease>> take(const std::filesystem::path& root);
    ~Lease();
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    [[nodiscard]] const std::string& name() const { return m_name; } ///< 16 hexadecimal digits

    /// Lock of the caller: `reserve.lock` to reserve, none to give back.
    Result<void> reserve(std::uint64_t bytes);
    void giveBack(std::uint64_t bytes);
    /// An id may be held several times. Lock: shared to hold, none to let go.
    Result<void> hold(const ContentId& id);
    void letGo(std::span<const ContentId> ids);

private:
    Lease(std::filesystem::path file, std::string name, disk::FileLock lock)
        : m_file(std::move(file)),
          m_name(std::move(name)),
          m_lock(std::move(lock)) {}
    Result<void> write();
    std::filesystem::path m_file;
    std::string m_name;
    disk::FileLock m_lock;
    std::mutex m_mutex;
    std::uint64_t m_reserved = 0;
    std::map<ContentId, int> m_held;
};

/// What all living owners say together. To trust `held`, the caller holds `store.lock` exclusively.
struct LeaseNotes {
    std::uint64_t reserved = 0;
    std::unordered_set<ContentId, NameHash> held;
};
Result<LeaseNotes> notesOfTheLiving(const std::filesystem::path& root);

/// Removes the leases of the dead and every file of `tmp/` without a live lease. The caller holds `store.lock` exclusively.
Result<void> sweepDead(const std::filesystem::path& root);

} // namespace artdag
