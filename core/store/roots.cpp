// SPDX-License-Identifier: GPL-3.0-or-later
// Why objects stay, and how they go: pins, kept runs, published works, holds; remove and discard.
#include "core/store/disk_store.h"

#include <algorithm>

namespace artdag {

namespace {

using disk::FileLock;

constexpr std::size_t discardedOfSlice = 64;

class LeaseHold : public Hold {
public:
    LeaseHold(std::shared_ptr<Lease> lease, std::function<Result<void>(const ContentId&)> add)
        : m_lease(std::move(lease)),
          m_add(std::move(add)) {}
    ~LeaseHold() override { m_lease->letGo(m_ids); }
    Result<void> add(const ContentId& id) override
    {
        TRY(m_add(id));
        const std::scoped_lock lock(m_mutex);
        m_ids.push_back(id);
        return {};
    }

private:
    std::shared_ptr<Lease> m_lease;
    std::function<Result<void>(const ContentId&)> m_add;
    std::mutex m_mutex;
    std::vector<ContentId> m_ids;
};

Root pinOf(const ContentId& id)
{
    return {Root::Kind::Pin, id.hex(), {id}, {}};
}

} // namespace

Result<void> DiskStore::pin(const ContentId& id)
{
    return keep(pinOf(id));
}

Result<void> DiskStore::unpin(const ContentId& id)
{
    return release(Root::Kind::Pin, id.hex());
}

std::unique_ptr<Hold> DiskStore::hold()
{
    return std::make_unique<LeaseHold>(m_lease, [root = m_root, lease = m_lease, this](const ContentId& id) -> Result<void> {
        TRY(checkProcess());
        const auto lock = TRY(FileLock::take(root / "store.lock", FileLock::Kind::Shared));
        if (!isPresent(id))
            return tl::unexpected<Error>(missingObject(id));
        return lease->hold(id);
    });
}

Result<void> DiskStore::keep(const Root& root)
{
    TRY(checkProcess());
    if (root.name.size() > 4096)
        return fail(Fault::BadInput, "store: the name of a root is longer than 4,096 bytes");
    return withRoom(0, [&]() -> Result<void> {
        const auto lock = TRY(FileLock::take(lockFile(), FileLock::Kind::Shared)); // nothing is evicted between look and record
        for (const ContentId& id : root.keeps)
            if (!isPresent(id))
                return tl::unexpected<Error>(missingObject(id));
        TRY(m_records.write(m_lease->name(), root));
        return m_index->recordRoot(root);
    });
}

Result<void> DiskStore::release(Root::Kind kind, std::string_view name)
{
    TRY(checkProcess());
    TRY(m_records.remove(nameOfRoot(kind, name)));
    return m_index->forgetRoot(kind, name);
}

Result<std::vector<Root>> DiskStore::roots()
{
    TRY(checkProcess());
    return m_index->roots();
}

/// False when something but the run keeps it. Lock: exclusive.
Result<bool> DiskStore::discardOne(const ContentId& id, const Root* run, std::int64_t pass)
{
    if (!TRY(m_index->keepersOf(id, run)).empty() || TRY(notesOfTheLiving(m_root)).held.contains(id))
        return false;
    const std::uint64_t size = m_files.sizeOf(id).value_or(0);
    TRY(m_files.discard(id, pass));
    TRY(forgetObjects(std::span(&id, 1), pass, size));
    return true;
}

Result<void> DiskStore::remove(const ContentId& id)
{
    TRY(checkProcess());
    const auto pass = TRY(m_index->counter("pass"));
    const auto lock = TRY(FileLock::take(lockFile(), FileLock::Kind::Exclusive));
    if (!m_files.sizeOf(id))
        return tl::unexpected<Error>(missingObject(id));
    if (!TRY(discardOne(id, nullptr, pass)))
        return fail(Fault::Conflict, "object " + id.text() + ": it is pinned, belongs to a kept run or a published work, or is in use; unpin, discard or withdraw that first");
    return {};
}

Result<std::vector<ContentId>> DiskStore::discard(std::string_view name)
{
    TRY(checkProcess());
    const auto run = TRY(m_index->root(Root::Kind::Run, name));
    if (!run)
        return fail(Fault::NotFound, "run '" + std::string(name) + "': it is not kept here");
    for (const ContentId& id : run->keeps)
        if (const auto keepers = TRY(m_index->keepersOf(id)); std::ranges::find(keepers, Root::Kind::Work) != keepers.end())
            return fail(Fault::Conflict, "run '" + std::string(name) + "': a published work is made of it; withdraw the work first");
    std::vector<ContentId> all = run->intermediates;
    all.insert(all.end(), run->keeps.begin(), run->keeps.end());
    std::vector<ContentId> gone;
    const auto pass = TRY(m_index->counter("pass"));
    for (std::size_t at = 0; at < all.size(); at += discardedOfSlice) {
        const auto lock = TRY(FileLock::take(lockFile(), FileLock::Kind::Exclusive));
        for (const ContentId& id : std::span(all).subspan(at, std::min(discardedOfSlice, all.size() - at)))
            if (m_files.sizeOf(id) && TRY(discardOne(id, &*run, pass)))
                gone.push_back(id);
    }
    TRY(release(Root::Kind::Run, name));
    return gone;
}

} // namespace artdag
