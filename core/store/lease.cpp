// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/lease.h"

#include "core/base/files.h"

#include <unistd.h>

#include <cerrno>
#include <set>
#include <vector>

namespace artdag {

namespace {

constexpr std::size_t nameLength = 16;

Result<std::vector<std::string>> namesIn(const std::filesystem::path& directory)
{
    std::vector<std::string> names;
    std::error_code error;
    for (std::filesystem::directory_iterator entry(directory, error), end; !error && entry != end; entry.increment(error))
        names.push_back(entry->path().filename().string());
    if (error)
        return disk::failed("listing a directory", error.value());
    return names;
}

} // namespace

Result<Lease> Lease::take(const std::filesystem::path& root)
{
    const std::string name = hexOf(secureRandom(nameLength / 2));
    const auto file = root / "leases" / name;
    auto lock = TRY(disk::FileLock::take(file, disk::FileLock::Kind::Exclusive));
    return Lease(file, name, std::move(lock));
}

Lease::~Lease()
{
    if (!m_file.empty())
        ::unlink(m_file.c_str());
}

Result<void> sweepDead(const std::filesystem::path& root)
{
    std::set<std::string> alive;
    for (const std::string& name : TRY(namesIn(root / "leases"))) {
        const auto file = root / "leases" / name;
        const auto isFree = disk::FileLock::isFree(file);
        if (!isFree && isFree.error().fault == Fault::NotFound)
            continue; // its owner ended just now
        // What cannot be looked at may be alive.
        if (!isFree || !*isFree)
            alive.insert(name);
        else if (::unlink(file.c_str()) != 0 && errno != ENOENT)
            return disk::failed("removing a lease", errno);
    }
    for (const std::string& name : TRY(namesIn(root / "tmp")))
        if (!alive.contains(name.substr(0, nameLength)) && ::unlink((root / "tmp" / name).c_str()) != 0 && errno != ENOENT)
            return disk::failed("sweeping tmp", errno);
    return {};
}

} // namespace artdag
