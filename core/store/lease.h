// SPDX-License-Identifier: GPL-3.0-or-later
// A lease says "my owner lives": a lock on a file of `leases/`, which the kernel ends with the process. The names of an
// owner's files in `tmp/` begin with the lease's name, so that those of the dead can be swept and no others.
#pragma once

#include "core/store/disk.h"

#include <filesystem>
#include <string>
#include <utility>

namespace artdag {

class Lease {
public:
    /// The caller holds `store.lock` exclusively: a lease that is made but not yet locked looks dead.
    static Result<Lease> take(const std::filesystem::path& root);
    Lease(Lease&& other) noexcept
        : m_file(std::exchange(other.m_file, {})),
          m_name(std::move(other.m_name)),
          m_lock(std::move(other.m_lock)) {}
    Lease& operator=(Lease&&) = delete;
    ~Lease();
    [[nodiscard]] const std::string& name() const { return m_name; } ///< 16 hexadecimal digits

private:
    Lease(std::filesystem::path file, std::string name, disk::FileLock lock)
        : m_file(std::move(file)),
          m_name(std::move(name)),
          m_lock(std::move(lock)) {}
    std::filesystem::path m_file;
    std::string m_name;
    disk::FileLock m_lock;
};

/// Removes the leases of the dead and every file of `tmp/` without a live lease. The caller holds `store.lock` exclusively.
Result<void> sweepDead(const std::filesystem::path& root);

} // namespace artdag
