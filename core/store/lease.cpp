// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/lease.h"

#include "core/base/files.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <set>
#include <vector>

namespace artdag {

namespace {

constexpr std::size_t nameLength = 16;

} // namespace

Result<std::shared_ptr<Lease>> Lease::take(const std::filesystem::path& root)
{
    const std::string name = hexOf(secureRandom(nameLength / 2));
    const auto file = root / "leases" / name;
    auto lock = TRY(disk::FileLock::take(file, disk::FileLock::Kind::Exclusive));
    return std::shared_ptr<Lease>(new Lease(file, name, std::move(lock)));
}

Lease::~Lease()
{
    ::unlink(m_file.c_str());
}

Result<void> Lease::write()
{
    Bytes notes;
    for (int byte = 0; byte < 8; ++byte)
        notes.push_back(static_cast<std::uint8_t>(m_reserved >> (8 * byte)));
    for (const auto& [id, times] : m_held)
        notes.insert(notes.end(), id.digest.begin(), id.digest.end());
    const disk::Descriptor file(::open(m_file.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW));
    if (file.get() < 0)
        return disk::failed("opening a lease", errno);
    TRY(disk::writeAll(file, notes));
    return ::ftruncate(file.get(), static_cast<off_t>(notes.size())) == 0 ? Result<void>() : Result<void>(disk::failed("writing a lease", errno));
}

Result<void> Lease::reserve(std::uint64_t bytes)
{
    const std::scoped_lock lock(m_mutex);
    m_reserved += bytes;
    auto written = write();
    if (!written)
        m_reserved -= bytes;
    return written;
}

void Lease::giveBack(std::uint64_t bytes)
{
    const std::scoped_lock lock(m_mutex);
    m_reserved -= bytes;
    (void)write(); // else the file promises too much until it is next written
}

Result<void> Lease::hold(const ContentId& id)
{
    const std::scoped_lock lock(m_mutex);
    if (++m_held[id] > 1)
        return {};
    auto written = write();
    if (!written)
        m_held.erase(id);
    return written;
}

void Lease::letGo(std::span<const ContentId> ids)
{
    // A collection that read the list while it is written could miss what is still held.
    const auto shared = disk::FileLock::take(m_file.parent_path().parent_path() / "store.lock", disk::FileLock::Kind::Shared);
    const std::scoped_lock lock(m_mutex);
    for (const ContentId& id : ids)
        if (const auto found = m_held.find(id); found != m_held.end() && --found->second == 0)
            m_held.erase(found);
    if (shared)
        (void)write();
}

Result<LeaseNotes> notesOfTheLiving(const std::filesystem::path& root)
{
    LeaseNotes notes;
    for (const std::string& name : TRY(disk::namesIn(root / "leases"))) {
        const auto path = root / "leases" / name;
        const auto isFree = disk::FileLock::isFree(path);
        const auto opened = disk::openToRead(path);
        if ((isFree && *isFree) || (!opened && opened.error().fault == Fault::NotFound))
            continue; // its owner has ended
        if (!opened)
            return tl::unexpected<Error>(opened.error());
        const Bytes bytes = TRY(disk::readAll(opened->file));
        for (std::size_t byte = 0; byte < std::min<std::size_t>(8, bytes.size()); ++byte)
            notes.reserved += std::uint64_t{bytes[byte]} << (8 * byte);
        for (std::size_t at = 8; at + sizeof(Digest) <= bytes.size(); at += sizeof(Digest)) {
            ContentId id;
            std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), sizeof(Digest), id.digest.begin());
            notes.held.insert(id);
        }
    }
    return notes;
}

Result<void> sweepDead(const std::filesystem::path& root)
{
    std::set<std::string> alive;
    for (const std::string& name : TRY(disk::namesIn(root / "leases"))) {
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
    for (const std::string& name : TRY(disk::namesIn(root / "tmp")))
        if (!alive.contains(name.substr(0, nameLength)) && ::unlink((root / "tmp" / name).c_str()) != 0 && errno != ENOENT)
            return disk::failed("sweeping tmp", errno);
    return {};
}

} // namespace artdag
