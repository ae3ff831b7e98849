// SPDX-License-Identifier: GPL-3.0-or-later
// Files of the artist: copied, or linked and believed while they are the same; offered before they are hashed.
#include "core/store/disk_store.h"

#include <algorithm>
#include <cerrno>
#include <ctime>

namespace artdag {

namespace {

using disk::FileLock;

constexpr std::uint64_t longestCopied = 64U << 20;
/// Coarser than the time stamps of any file system: a file changed again within this time may keep its mark.
constexpr std::int64_t settledAfter = 2'500'000'000;

bool isSettled(const disk::FileMark& mark)
{
    timespec now{};
    ::clock_gettime(CLOCK_REALTIME, &now);
    const std::int64_t nanoseconds = std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
    return nanoseconds - std::max(mark.changed, mark.modified) > settledAfter;
}

Result<std::string> plainName(const std::filesystem::path& path)
{
    std::error_code error;
    const std::string name = std::filesystem::canonical(path, error).string();
    if (error)
        return fail(error == std::errc::no_such_file_or_directory || error == std::errc::not_a_directory ? Fault::NotFound : Fault::Denied, "file '" + path.string() + "': " + error.message());
    return name;
}

Result<disk::OpenedFile> openNamed(const std::string& name)
{
    auto opened = disk::openToRead(name, true);
    if (!opened)
        return fail(opened.error().fault, "file '" + name + "': " + (opened.error().fault == Fault::BadInput ? "not a plain file" : "cannot be opened"));
    return opened;
}

Result<ContentId> contentOf(const disk::OpenedFile& opened)
{
    Hasher hasher;
    TRY(disk::eachBlock(opened.file, [&](ByteView block) -> Result<void> {
        hasher.add(block);
        return {};
    }));
    return ContentId{hasher.finish()};
}

Result<void> checkUnchanged(const std::string& path, const disk::OpenedFile& source)
{
    if (TRY(disk::markOfOpen(source.file)) != source.mark)
        return fail(Fault::Conflict, "file '" + path + "': it changed while it was read");
    return {};
}

} // namespace

Result<ContentId> DiskStore::putFile(const std::filesystem::path& path, ObjectClass kind, Intake intake)
{
    TRY(checkProcess());
    return takeFile(TRY(plainName(path)), kind, intake, {});
}

Result<ContentId> DiskStore::takeFile(const std::string& name, ObjectClass kind, Intake intake, const std::stop_token& stop)
{
    const auto opened = TRY(openNamed(name));
    if (const auto known = TRY(knownFile(name, opened.mark, kind, intake)))
        return *known;
    if (opened.mark.size > longestCopied && intake == Intake::LinkWhenLong)
        return withRoom(0, [&] { return linkFile(name, opened, kind, stop); });
    const Promise promised = TRY(promise(opened.mark.size));
    return withRoom(opened.mark.size, [&] { return copyFile(name, opened, kind); });
}

Result<ContentId> DiskStore::copyFile(const std::string& path, const disk::OpenedFile& source, ObjectClass kind)
{
    const bool settled = isSettled(source.mark);
    auto file = TRY(IncomingFile::make(m_root, m_lease->name(), source.mark.size));
    TRY(file.addFile(source.file));
    TRY(checkUnchanged(path, source));
    TRY(file.finish(kind));
    TRY(commit(std::span(&file, 1), kind));
    TRY(m_index->recordFile({path, file.id(), source.mark, kind, file.sha256(), false, settled}));
    return file.id();
}

Result<ContentId> DiskStore::identify(const std::filesystem::path& path, std::optional<ContentId> hashed)
{
    TRY(checkProcess());
    const std::string name = TRY(plainName(path));
    const auto opened = TRY(openNamed(name));
    const auto row = TRY(m_index->fileAt(name));
    if (!hashed && row && row->mark == opened.mark && row->settled)
        return row->id;
    FileRow now{name, {}, opened.mark, ObjectClass::Render, std::nullopt, false, isSettled(opened.mark)};
    now.id = hashed ? *hashed : TRY(contentOf(opened));
    TRY(checkUnchanged(name, opened));
    if (row && row->id == now.id) { // what was put once stays known as such
        now.kind = row->kind;
        now.sha256 = row->sha256;
        now.linked = row->linked;
    }
    if (now.linked)
        TRY(recordLink(now));
    else if (row && row->linked)
        TRY(forgetLink(name));
    TRY(m_index->recordFile(now));
    return now.id;
}

/// What a file was when it was last put, if it has not changed since and its object is still at hand.
Result<std::optional<ContentId>> DiskStore::knownFile(const std::string& path, const disk::FileMark& mark, ObjectClass kind, Intake intake)
{
    const auto row = TRY(m_index->fileAt(path));
    if (!row || row->mark != mark || !row->settled || (row->kind == ObjectClass::Render && kind == ObjectClass::Asset))
        return std::optional<ContentId>();
    if (row->linked && intake == Intake::Copy)
        return std::optional<ContentId>();
    if (!row->linked) {
        const auto object = TRY(m_index->object(row->id));
        if (!m_files.sizeOf(row->id) || !object || (object->kind == ObjectClass::Render && kind == ObjectClass::Asset))
            return std::optional<ContentId>();
    }
    m_index->touch(row->id);
    return std::optional<ContentId>(row->id);
}

Result<ContentId> DiskStore::linkFile(const std::string& path, const disk::OpenedFile& source, ObjectClass kind, const std::stop_token& stop)
{
    const bool settled = isSettled(source.mark);
    const FileDigests digests = TRY(digestsOf(source.file, stop));
    TRY(checkUnchanged(path, source));
    TRY(recordLink({path, digests.id, source.mark, kind, digests.sha256, true, settled}));
    return digests.id;
}

Result<void> DiskStore::recordLink(const FileRow& row)
{
    TRY(m_records.write(m_lease->name(), row));
    return m_index->recordFile(row);
}

Result<void> DiskStore::forgetLink(const std::string& path)
{
    TRY(m_records.remove(nameOfFile(path)));
    return m_index->forgetFile(path);
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
        TRY(forgetLink(row.path));
        return fail(Fault::NotFound, "object " + row.id.text() + ": its linked file has changed");
    }
    row.mark = opened.mark;
    row.settled = settled;
    TRY(recordLink(row));
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

Result<ContentId> DiskStore::offerFile(const std::filesystem::path& path)
{
    TRY(checkProcess());
    const std::string name = TRY(plainName(path));
    const disk::FileMark mark = TRY(openNamed(name)).mark;
    if (const auto known = TRY(knownFile(name, mark, ObjectClass::Asset, Intake::LinkWhenLong)))
        return *known;
    return m_offered.add(name, mark, [this, name, mark](const std::stop_token& stop) -> Result<ContentId> {
        const ContentId id = TRY(takeFile(name, ObjectClass::Asset, Intake::LinkWhenLong, stop));
        // It may have changed between the offer and the first byte read, too.
        if (TRY(openNamed(name)).mark != mark)
            return fail(Fault::Conflict, "file '" + name + "': it changed since it was offered");
        return id;
    });
}

bool DiskStore::isProvisional(const ContentId& id)
{
    return m_offered.markOf(id).has_value();
}

Result<ContentId> DiskStore::settle(const ContentId& id)
{
    return m_offered.settle(id);
}

Result<std::vector<ContentId>> DiskStore::relink(const std::filesystem::path& directory)
{
    TRY(checkProcess());
    std::vector<FileRow> missing;
    for (FileRow& row : TRY(m_index->linksOf({})))
        if (!m_files.sizeOf(row.id) && !openLink(row))
            missing.push_back(row);
    std::vector<ContentId> found;
    std::error_code error;
    constexpr auto options = std::filesystem::directory_options::skip_permission_denied;
    for (std::filesystem::recursive_directory_iterator entry(directory, options, error), end; !error && entry != end && !missing.empty(); entry.increment(error)) {
        const auto opened = disk::openToRead(entry->path());
        if (!opened || std::ranges::none_of(missing, [&](const FileRow& row) { return row.mark.size == opened->mark.size; }))
            continue;
        const FileDigests digests = TRY(digestsOf(opened->file));
        const auto row = std::ranges::find(missing, digests.id, &FileRow::id);
        if (row == missing.end() || !checkUnchanged(entry->path(), *opened))
            continue;
        TRY(recordLink({TRY(plainName(entry->path())), row->id, opened->mark, row->kind, digests.sha256, true, isSettled(opened->mark)}));
        TRY(forgetLink(row->path));
        found.push_back(row->id);
        missing.erase(row);
    }
    if (error)
        return fail(Fault::NotFound, "folder '" + directory.string() + "': " + error.message());
    return found;
}

} // namespace artdag
