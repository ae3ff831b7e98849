// SPDX-License-Identifier: GPL-3.0-or-later
// The objects as files: `objects/ab/cdef…`, written once, never changed, named by what they hold. Knows no index: what is
// a file here is in the store, whatever became of its row.
#pragma once

#include "core/store/block_sums.h"
#include "core/store/disk.h"
#include "core/store/store.h"

#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <unordered_map>
#include <vector>

namespace artdag {

/// Of an open file, read once; `bytes` is how many there were.
struct FileDigests {
    ContentId id;
    Digest sha256{};
    Bytes sums;
    std::uint64_t bytes = 0;
};
/// Cancelled when a stop is asked for.
Result<FileDigests> digestsOf(const disk::Descriptor& file, const std::stop_token& stop = {});

/// A file of `tmp/` on its way in, hashed while it is written; removed at the end of its life unless it was moved away.
class IncomingFile {
public:
    /// `size` bytes are reserved on the disk, so that a full one is noticed before the work is done.
    static Result<IncomingFile> make(const std::filesystem::path& root, const std::string& lease, std::uint64_t size);
    IncomingFile(IncomingFile&& other) noexcept;
    IncomingFile& operator=(IncomingFile&&) = delete;
    ~IncomingFile();

    Result<void> add(ByteView bytes);
    /// The bytes of another file: a reflink where the file system can, else a copy. Hashed is what was written.
    Result<void> addFile(const disk::Descriptor& source);
    /// Marks the class, takes away the right to write, fdatasync, close. After an error the file is of no use.
    Result<void> finish(ObjectClass kind);

    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }
    void moved() { m_path.clear(); } ///< it is an object now
    [[nodiscard]] bool isMoved() const { return m_path.empty(); }
    [[nodiscard]] const ContentId& id() const { return m_id; }
    [[nodiscard]] const Digest& sha256() const { return m_sha256; }
    [[nodiscard]] const Bytes& sums() const { return m_blockSums; } ///< see BlockSums
    [[nodiscard]] std::uint64_t size() const { return m_size; }

private:
    IncomingFile(std::filesystem::path path, disk::Descriptor file)
        : m_path(std::move(path)),
          m_file(std::move(file)) {}
    std::filesystem::path m_path;
    disk::Descriptor m_file;
    Hasher m_hasher, m_hasher256{Hasher::Algorithm::Sha256};
    BlockSums m_summer;
    ContentId m_id;
    Digest m_sha256{};
    Bytes m_blockSums;
    std::uint64_t m_size = 0, m_reserved = 0;
    std::uint64_t m_pushed = 0; ///< so many bytes are on their way to the disk
};

/// Thread-safe. The caller holds `store.lock` as each function says.
class ObjectFiles {
public:
    explicit ObjectFiles(std::filesystem::path root)
        : m_root(std::move(root)) {}

    [[nodiscard]] std::filesystem::path pathOf(const ContentId& id) const;
    /// Size, when there is a plain file of that name; its bytes are not looked at.
    [[nodiscard]] std::optional<std::uint64_t> sizeOf(const ContentId& id) const;
    /// What the file itself says; assets where it says nothing, so that nothing is evicted by mistake.
    [[nodiscard]] ObjectClass classOf(const ContentId& id) const;
    /// Makes a render an asset for good.
    Result<void> keepAsAsset(const ContentId& id);

    enum class Placed {
        New,
        Present,
        PresentButWrong,
    };
    /// Renames into place without replacing. Present: the same bytes, checked, were there. Neither lasts before the
    /// directory is synced; after an error the object may lie there unacknowledged: see withdraw. Lock: shared.
    Result<Placed> place(IncomingFile& file);
    Result<void> syncDirectoryOf(const ContentId& id);
    /// Removes a file that was placed but not acknowledged. Lock: exclusive.
    void withdraw(const ContentId& id);

    /// Opens an object whose bytes are right: read at the first call in this process, then believed while its mark agrees.
    /// `sums` is what is known of it, or empty; replaced where it is missing or wrong. Corrupt when the bytes are wrong: see
    /// quarantine.
    Result<disk::OpenedFile> openVerified(const ContentId& id, Bytes& sums);
    /// The verified bytes, read once and checked each time. Unavailable when there are more than `most`.
    Result<Bytes> read(const ContentId& id, Bytes& sums, std::uint64_t most);
    /// Everything that bytes can be checked by, read from the file; Corrupt when its name is wrong.
    Result<FileDigests> hash(const ContentId& id);
    /// Moves an object into `trash/quarantine/` unless its bytes are right by now. True when it was moved. Lock: exclusive.
    Result<bool> quarantine(const ContentId& id);
    /// Moves an object into `trash/<pass>/`; true when there was one. Lock: exclusive.
    Result<bool> discard(const ContentId& id, std::int64_t pass);
    /// Deletes what the passes up to this one put into the trash.
    Result<void> emptyTrash(std::int64_t pass);

    /// Every file with the name of an object, in order of name: all, or those whose first byte is `part`.
    Result<void> each(const std::function<Result<void>(const ContentId&)>& visit) const;
    Result<std::vector<ContentId>> inPart(int part) const;

private:
    [[nodiscard]] bool isVerified(const ContentId& id, const disk::FileMark& mark);
    void remember(const ContentId& id, const disk::FileMark& mark);

    std::filesystem::path m_root;
    std::mutex m_mutex;
    std::unordered_map<ContentId, disk::FileMark, NameHash> m_verified;
};

} // namespace artdag
