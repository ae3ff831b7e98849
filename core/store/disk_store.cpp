// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/disk_store.h"

#include <sys/statfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <set>

namespace artdag {

namespace {

using disk::FileLock;

/// Objects up to this length are hashed before they are written: those that are there already need no writing.
constexpr std::size_t longestLookedFor = std::size_t{1} << 20;

bool isNetwork(const std::filesystem::path& directory)
{
    // Locks and shared memory of these do not hold between machines (statfs(2)).
    constexpr std::array<std::uint32_t, 10> magics{0x6969, 0x517B, 0xFF534D42, 0xFE534D42, 0x73757245, 0x564C, 0x5346414F, 0x01021997, 0x00C36400, 0x6B414653};
    struct statfs facts {};
    return ::statfs(directory.c_str(), &facts) == 0 && std::ranges::find(magics, static_cast<std::uint32_t>(facts.f_type)) != magics.end();
}

} // namespace

Error missingObject(const ContentId& id)
{
    return {Fault::NotFound, "object " + id.text() + ": not in the store"};
}

Result<std::unique_ptr<Store>> DiskStore::open(const std::filesystem::path& directory, const StoreLimits& limits)
{
    std::error_code error;
    const auto root = std::filesystem::absolute(directory, error);
    std::filesystem::create_directories(root, error);
    if (error)
        return disk::failed("making its directory", error.value());
    if (isNetwork(root))
        return fail(Fault::Denied, "store: it cannot live on a network file system; set ARTDAG_HOME to a local disk");
    if (::access(root.c_str(), W_OK | X_OK) != 0)
        return disk::failed("opening its directory", errno);
    for (const char* name : {"objects", "records", "tmp", "leases", "trash", "trash/quarantine"})
        TRY(disk::makeDirectory(root / name));

    const auto lock = TRY(FileLock::take(root / "store.lock", FileLock::Kind::Exclusive));
    TRY(sweepDead(root));
    auto lease = TRY(Lease::take(root)); // not inside `new`: what TRY leaves there is not freed
    std::unique_ptr<DiskStore> store(new DiskStore(root, std::move(lease), limits));
    TRY(disk::prepareParts(root / "objects"));
    TRY(disk::prepareParts(root / "records"));
    store->m_diskLimit = limits.diskBytes ? *limits.diskBytes : TRY(readDiskLimit(root));
    store->m_index = TRY(Index::open(root, store->m_files, store->m_records));
    store->keepBallast();
    return store;
}

DiskStore::~DiskStore() = default;

/// A SQLite connection must not be used on the other side of a fork.
Result<void> DiskStore::checkProcess() const
{
    if (::getpid() != m_process)
        return fail(Fault::Unavailable, "store: it was opened before a fork; open it again");
    return {};
}

Result<ContentId> DiskStore::put(ByteView bytes, ObjectClass kind)
{
    return TRY(putAll(std::span(&bytes, 1), kind)).front();
}

Result<std::vector<ContentId>> DiskStore::putAll(std::span<const ByteView> objects, ObjectClass kind)
{
    TRY(checkProcess());
    if (std::ranges::all_of(objects, [](ByteView bytes) { return bytes.size() <= longestLookedFor; })) {
        std::vector<ContentId> ids;
        for (const ByteView bytes : objects) {
            ids.push_back(ContentId{sha3(bytes)});
            if (!TRY(isKept(ids.back(), kind))) {
                ids.clear();
                break;
            }
        }
        if (ids.size() == objects.size())
            return ids;
    }
    std::uint64_t size = 0;
    for (const ByteView bytes : objects)
        size += bytes.size();
    const Promise promised = TRY(promise(size));
    return withRoom(size, [&] { return putBytes(objects, kind); });
}

/// Whether an object is there, whole and of that class, and will still be after a crash. Anything doubtful is not: putting
/// it again finds out what is wrong.
Result<bool> DiskStore::isKept(const ContentId& id, ObjectClass kind)
{
    const auto lock = TRY(FileLock::take(lockFile(), FileLock::Kind::Shared));
    auto row = TRY(m_index->object(id));
    if (!row || (row->kind == ObjectClass::Render && kind == ObjectClass::Asset))
        return false;
    if (!m_files.read(id, row->sums, longestLookedFor))
        return false;
    TRY(m_files.syncDirectoryOf(id)); // whoever put it may not have come to this point
    m_index->touch(id);
    return true;
}

Result<std::vector<ContentId>> DiskStore::putBytes(std::span<const ByteView> objects, ObjectClass kind)
{
    std::vector<IncomingFile> files;
    files.reserve(objects.size());
    for (const ByteView bytes : objects) {
        files.push_back(TRY(IncomingFile::make(m_root, m_lease->name(), bytes.size())));
        TRY(files.back().add(bytes));
        TRY(files.back().finish(kind)); // one descriptor at a time
    }
    TRY(commit(files, kind));
    std::vector<ContentId> ids;
    for (const IncomingFile& file : files)
        ids.push_back(file.id());
    return ids;
}

/// Files that are finished become objects, all or none.
Result<void> DiskStore::commit(std::span<IncomingFile> files, ObjectClass kind)
{
    for (int attempt = 0; attempt < 4; ++attempt) {
        auto inTheWay = commitOnce(files, kind);
        if (!inTheWay)
            for (const IncomingFile& file : files)
                withdraw(file.id());
        const auto damaged = TRY(std::move(inTheWay));
        if (!damaged)
            return {};
        TRY(quarantine(*damaged));
    }
    return fail(Fault::Unavailable, "object " + files.front().id().text() + ": the disk damages it again and again");
}

/// Nothing when all objects are there, synced and in the index; else the one that is damaged and in the way.
Result<std::optional<ContentId>> DiskStore::commitOnce(std::span<IncomingFile> files, ObjectClass kind)
{
    const auto lock = TRY(FileLock::take(lockFile(), FileLock::Kind::Shared));
    std::vector<ObjectRow> rows;
    std::set<std::uint8_t> synced;
    for (IncomingFile& file : files) {
        const auto placed = TRY(m_files.place(file));
        if (placed == ObjectFiles::Placed::PresentButWrong)
            return std::optional(file.id());
        if (placed == ObjectFiles::Placed::Present && kind == ObjectClass::Asset)
            TRY(m_files.keepAsAsset(file.id()));
        rows.push_back({file.id(), file.size(), kind, file.sha256(), file.sums()});
    }
    // Also of one that was there: whoever put it may not have come to this point.
    for (const ObjectRow& row : rows)
        if (synced.insert(row.id.digest[0]).second)
            TRY(m_files.syncDirectoryOf(row.id));
    TRY(m_index->record(rows));
    return std::optional<ContentId>();
}

/// What could not be acknowledged must not stay; but whoever else put the same object and was told so must not lose it.
void DiskStore::withdraw(const ContentId& id)
{
    const auto lock = FileLock::take(lockFile(), FileLock::Kind::Exclusive);
    if (!lock)
        return;
    const auto row = m_index->object(id);
    if (row && !*row)
        m_files.withdraw(id);
}

Result<bool> DiskStore::quarantine(const ContentId& id)
{
    const auto lock = TRY(FileLock::take(lockFile(), FileLock::Kind::Exclusive));
    const bool isMoved = TRY(m_files.quarantine(id));
    if (isMoved)
        TRY(forgetObjects(std::span(&id, 1), 0, 0));
    return isMoved;
}

/// An attempt that finds damage moves it out of the way; the object is then missing, unless another put it again.
template <class Attempt>
auto DiskStore::healed(const ContentId& id, Attempt attempt) -> decltype(attempt())
{
    for (int i = 0; i < 2; ++i) {
        auto result = attempt();
        if (result || result.error().fault == Fault::NotFound || result.error().fault == Fault::Unavailable)
            return result;
        if (TRY(quarantine(id)))
            break;
    }
    return tl::unexpected<Error>(missingObject(id));
}

/// An attempt with the sums that the index knows; those that were missing or wrong are noted.
template <class Attempt>
auto DiskStore::withSums(const ContentId& id, Attempt attempt) -> decltype(attempt(std::declval<Bytes&>()))
{
    const auto known = m_index->object(id);
    auto row = known && *known ? **known : ObjectRow();
    const Bytes before = row.sums;
    auto result = attempt(row.sums);
    if (result && !row.id.isNull() && row.sums != before)
        m_index->noteSums(id, row.sums);
    return result;
}

Result<Bytes> DiskStore::get(const ContentId& id)
{
    TRY(checkProcess());
    if (const auto offered = m_offered.pathOf(id))
        return getOutside(*offered, {});
    auto bytes = healed(id, [&] { return withSums(id, [&](Bytes& sums) { return m_files.read(id, sums, m_limits.memoryBytes); }); });
    if (bytes)
        m_index->touch(id);
    if (bytes || bytes.error().fault != Fault::NotFound)
        return bytes;
    const std::string path = TRY(openAnyLink(id)).first.path;
    bytes = getOutside(path, id);
    if (!bytes && bytes.error().fault == Fault::NotFound)
        TRY(forgetLink(path));
    return bytes;
}

/// The bytes of the artist's own file; those of a null id whatever they are.
Result<Bytes> DiskStore::getOutside(const std::filesystem::path& path, const ContentId& id)
{
    const auto opened = TRY(disk::openToRead(path, true));
    if (opened.mark.size > m_limits.memoryBytes)
        return fail(Fault::Unavailable, "object " + id.text() + ": it is longer than the memory limit; read it by its path");
    Bytes bytes = TRY(disk::readAll(opened.file));
    if (!id.isNull() && sha3(bytes) != id.digest)
        return tl::unexpected<Error>(missingObject(id));
    return bytes;
}

Result<std::filesystem::path> DiskStore::path(const ContentId& id)
{
    TRY(checkProcess());
    if (const auto offered = m_offered.pathOf(id))
        return std::filesystem::path(*offered);
    const auto opened = healed(id, [&] { return withSums(id, [&](Bytes& sums) { return m_files.openVerified(id, sums); }); });
    if (opened) {
        m_index->touch(id);
        return m_files.pathOf(id);
    }
    if (opened.error().fault != Fault::NotFound)
        return tl::unexpected<Error>(opened.error());
    return std::filesystem::path(TRY(openAnyLink(id)).first.path);
}

bool DiskStore::isPresent(const ContentId& id)
{
    return m_files.sizeOf(id) || believedLink(id);
}

std::optional<ObjectFacts> DiskStore::facts(const ContentId& id)
{
    if (!checkProcess())
        return std::nullopt;
    if (const auto offered = m_offered.markOf(id))
        return ObjectFacts{offered->size, ObjectClass::Asset, true, std::nullopt};
    if (const auto size = m_files.sizeOf(id)) {
        const auto row = m_index->object(id);
        const bool known = row && row->has_value();
        return ObjectFacts{*size, known ? (*row)->kind : m_files.classOf(id), false, known ? (*row)->sha256 : std::nullopt};
    }
    if (const auto link = believedLink(id))
        return ObjectFacts{link->mark.size, link->kind, true, link->sha256};
    return std::nullopt;
}

std::optional<ActionResult> DiskStore::action(std::string_view kind, const Digest& key)
{
    if (!checkProcess())
        return std::nullopt;
    auto found = m_index->action(kind, key);
    if (!found || !*found || !std::ranges::all_of((*found)->objects, [this](const ContentId& id) { return isPresent(id); }))
        return std::nullopt;
    for (const ContentId& id : (*found)->objects)
        m_index->touch(id);
    return std::move(**found);
}

Result<void> DiskStore::putAction(std::string_view kind, const Digest& key, const ActionResult& result)
{
    TRY(checkProcess());
    return withRoom(0, [&]() -> Result<void> {
        const auto lock = TRY(FileLock::take(lockFile(), FileLock::Kind::Shared)); // nothing is evicted between look and record
        for (const ContentId& id : result.objects)
            if (!isPresent(id))
                return tl::unexpected<Error>(missingObject(id));
        const ActionRecord action{std::string(kind), key, result};
        TRY(m_records.write(m_lease->name(), action));
        return m_index->recordAction(action);
    });
}

Result<StoreStatistics> DiskStore::statistics()
{
    TRY(checkProcess());
    return m_index->statistics();
}

Result<std::unique_ptr<Store>> openStore(const std::filesystem::path& directory, const StoreLimits& limits)
{
    return DiskStore::open(directory, limits);
}

} // namespace artdag
