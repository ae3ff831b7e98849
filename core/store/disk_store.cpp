// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/disk_store.h"

#include <sys/stat.h>
#include <sys/statfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <ctime>
#include <span>
#include <vector>

namespace artdag {

namespace {

using disk::FileLock;

constexpr std::uint64_t longestCopied = 64U << 20;
/// Coarser than the time stamps of any file system: a file changed again within this time may keep its mark.
constexpr std::int64_t settledAfter = 2'500'000'000;

bool isNetwork(const std::filesystem::path& directory)
{
    // Locks and shared memory of these do not hold between machines (statfs(2)).
    constexpr std::array<std::uint32_t, 10> magics{0x6969, 0x517B, 0xFF534D42, 0xFE534D42, 0x73757245, 0x564C, 0x5346414F, 0x01021997, 0x00C36400, 0x6B414653};
    struct statfs facts {};
    return ::statfs(directory.c_str(), &facts) == 0 && std::ranges::find(magics, static_cast<std::uint32_t>(facts.f_type)) != magics.end();
}

bool isSettled(const disk::FileMark& mark)
{
    timespec now{};
    ::clock_gettime(CLOCK_REALTIME, &now);
    const std::int64_t nanoseconds = std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
    return nanoseconds - std::max(mark.changed, mark.modified) > settledAfter;
}

} // namespace

Error missingObject(const ContentId& id)
{
    return {Fault::NotFound, "object " + id.text() + ": not in the store"};
}

Result<std::unique_ptr<Store>> DiskStore::open(const std::filesystem::path& directory)
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
    for (const char* name : {"objects", "tmp", "leases", "trash", "trash/quarantine"})
        TRY(disk::makeDirectory(root / name));

    const auto lock = TRY(FileLock::take(root / "store.lock", FileLock::Kind::Exclusive));
    TRY(sweepDead(root));
    std::unique_ptr<DiskStore> store(new DiskStore(root, TRY(Lease::take(root))));
    TRY(store->m_files.prepare());
    store->m_index = TRY(Index::open(root, store->m_files));
    return store;
}

/// A SQLite connection must not be used on the other side of a fork.
Result<void> DiskStore::checkProcess() const
{
    if (::getpid() != m_process)
        return fail(Fault::Unavailable, "store: it was opened before a fork; open it again");
    return {};
}

Result<ContentId> DiskStore::put(ByteView bytes, ObjectClass kind)
{
    TRY(checkProcess());
    auto file = TRY(IncomingFile::make(m_root, m_lease.name(), bytes.size()));
    TRY(file.add(bytes));
    return commit(file, kind);
}

Result<ContentId> DiskStore::commit(IncomingFile& file, ObjectClass kind)
{
    TRY(file.finish(kind));
    for (int attempt = 0; attempt < 4; ++attempt) {
        auto committed = commitOnce(file, kind);
        if (!committed)
            withdraw(file.id());
        if (TRY(std::move(committed)))
            return file.id();
        TRY(quarantine(file.id())); // damaged bytes lie in the way
    }
    return fail(Fault::Unavailable, "object " + file.id().text() + ": the disk damages it again and again");
}

/// True when the object is there, synced and in the index; false when a damaged one is in the way.
Result<bool> DiskStore::commitOnce(IncomingFile& file, ObjectClass kind)
{
    const auto lock = TRY(FileLock::take(lockFile(), FileLock::Kind::Shared));
    const auto placed = TRY(m_files.place(file));
    if (placed == ObjectFiles::Placed::PresentButWrong)
        return false;
    if (placed == ObjectFiles::Placed::Present && kind == ObjectClass::Asset)
        TRY(m_files.keepAsAsset(file.id()));
    TRY(m_index->record({file.id(), file.size(), kind, file.sha256()}));
    return true;
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
        TRY(m_index->forget(std::span(&id, 1)));
    return isMoved;
}

Result<ContentId> DiskStore::putFile(const std::filesystem::path& path, ObjectClass kind)
{
    TRY(checkProcess());
    std::error_code error;
    const std::string name = std::filesystem::canonical(path, error).string();
    const std::string object = "file '" + path.string() + "'";
    if (error)
        return fail(error == std::errc::no_such_file_or_directory || error == std::errc::not_a_directory ? Fault::NotFound : Fault::Denied, object + ": " + error.message());
    auto opened = disk::openToRead(name, true);
    if (!opened)
        return fail(opened.error().fault, object + ": " + (opened.error().fault == Fault::BadInput ? "not a plain file" : "cannot be opened"));
    if (const auto known = TRY(knownFile(name, opened->mark, kind)))
        return *known;
    if (opened->mark.size > longestCopied)
        return putLink(name, *opened, kind);

    const bool settled = isSettled(opened->mark);
    auto file = TRY(IncomingFile::make(m_root, m_lease.name(), opened->mark.size));
    TRY(file.addFile(opened->file));
    if (TRY(disk::markOfOpen(opened->file)) != opened->mark)
        return fail(Fault::Conflict, object + ": it changed while it was read");
    const ContentId id = TRY(commit(file, kind));
    TRY(m_index->recordFile({name, id, opened->mark, kind, file.sha256(), false, settled}));
    return id;
}

/// What a file was when it was last put, if it has not changed since and its object is still at hand.
Result<std::optional<ContentId>> DiskStore::knownFile(const std::string& path, const disk::FileMark& mark, ObjectClass kind)
{
    const auto row = TRY(m_index->fileAt(path));
    if (!row || row->mark != mark || !row->settled || (row->kind == ObjectClass::Render && kind == ObjectClass::Asset))
        return std::optional<ContentId>();
    if (!row->linked) {
        const auto object = TRY(m_index->object(row->id));
        if (!m_files.sizeOf(row->id) || !object || (object->kind == ObjectClass::Render && kind == ObjectClass::Asset))
            return std::optional<ContentId>();
    }
    m_index->touch(row->id);
    return std::optional<ContentId>(row->id);
}

Result<ContentId> DiskStore::putLink(const std::string& path, const disk::OpenedFile& source, ObjectClass kind)
{
    const bool settled = isSettled(source.mark);
    const FileDigests digests = TRY(digestsOf(source.file));
    if (TRY(disk::markOfOpen(source.file)) != source.mark)
        return fail(Fault::Conflict, "file '" + path + "': it changed while it was read");
    TRY(m_index->recordFile({path, digests.id, source.mark, kind, digests.sha256, true, settled}));
    return digests.id;
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

Result<Bytes> DiskStore::get(const ContentId& id)
{
    TRY(checkProcess());
    auto bytes = healed(id, [&] { return m_files.read(id); });
    if (bytes)
        m_index->touch(id);
    if (bytes || bytes.error().fault != Fault::NotFound)
        return bytes;
    const auto [row, opened] = TRY(openAnyLink(id));
    bytes = Bytes();
    TRY(disk::eachBlock(opened.file, [&](ByteView block) -> Result<void> {
        bytes->insert(bytes->end(), block.begin(), block.end());
        return {};
    }));
    if (sha3(*bytes) != id.digest) {
        TRY(m_index->forgetFile(row.path));
        return tl::unexpected<Error>(missingObject(id));
    }
    return bytes;
}

Result<std::filesystem::path> DiskStore::path(const ContentId& id)
{
    TRY(checkProcess());
    const auto opened = healed(id, [&] { return m_files.openVerified(id); });
    if (opened) {
        m_index->touch(id);
        return m_files.pathOf(id);
    }
    if (opened.error().fault != Fault::NotFound)
        return tl::unexpected<Error>(opened.error());
    return std::filesystem::path(TRY(openAnyLink(id)).first.path);
}

/// A linked file is believed while its mark agrees, else hashed again.
Result<disk::OpenedFile> DiskStore::openLink(FileRow& row)
{
    auto opened = TRY(disk::openToRead(row.path, true));
    if (opened.mark == row.mark && row.settled)
        return opened;
    const bool settled = isSettled(opened.mark);
    const FileDigests digests = TRY(digestsOf(opened.file));
    if (digests.id != row.id || TRY(disk::markOfOpen(opened.file)) != opened.mark) {
        TRY(m_index->forgetFile(row.path));
        return fail(Fault::NotFound, "object " + row.id.text() + ": its linked file has changed");
    }
    row.mark = opened.mark;
    row.settled = settled;
    TRY(m_index->recordFile(row));
    return opened;
}

Result<std::pair<FileRow, disk::OpenedFile>> DiskStore::openAnyLink(const ContentId& id)
{
    Error error = missingObject(id);
    for (FileRow& row : TRY(m_index->linksOf(id))) {
        auto opened = openLink(row);
        if (opened)
            return std::pair(row, std::move(*opened));
        error = {Fault::NotFound, opened.error().message};
    }
    return tl::unexpected<Error>(error);
}

std::optional<FileRow> DiskStore::believedLink(const ContentId& id)
{
    const auto rows = m_index->linksOf(id);
    for (const FileRow& row : rows ? *rows : std::vector<FileRow>())
        if (const auto opened = disk::openToRead(row.path, true); opened && opened->mark == row.mark)
            return row;
    return std::nullopt;
}

bool DiskStore::isPresent(const ContentId& id)
{
    return m_files.sizeOf(id) || believedLink(id);
}

std::optional<ObjectFacts> DiskStore::facts(const ContentId& id)
{
    if (!checkProcess())
        return std::nullopt;
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
    const auto lock = TRY(FileLock::take(lockFile(), FileLock::Kind::Shared)); // nothing is evicted between look and record
    for (const ContentId& id : result.objects)
        if (!isPresent(id))
            return tl::unexpected<Error>(missingObject(id));
    return m_index->recordAction(kind, key, result);
}

Result<void> DiskStore::pin(const ContentId& id)
{
    TRY(checkProcess());
    const auto lock = TRY(FileLock::take(lockFile(), FileLock::Kind::Shared));
    if (!isPresent(id))
        return tl::unexpected<Error>(missingObject(id));
    return m_index->pin(id);
}

Result<void> DiskStore::unpin(const ContentId& id)
{
    TRY(checkProcess());
    return m_index->unpin(id);
}

Result<StoreStatistics> DiskStore::statistics()
{
    TRY(checkProcess());
    return m_index->statistics();
}

Result<std::unique_ptr<Store>> openStore(const std::filesystem::path& directory)
{
    return DiskStore::open(directory);
}

} // namespace artdag
