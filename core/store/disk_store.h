// SPDX-License-Identifier: GPL-3.0-or-later
// The store on a local disk: objects as files, an index beside them, one lock file that puts share and collections own.
// Not included outside this room: others hold a Store.
#pragma once

#include "core/store/index.h"
#include "core/store/lease.h"
#include "core/store/objects.h"
#include "core/store/offered_files.h"
#include "core/store/records.h"
#include "core/store/store.h"

#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace artdag {

class DiskStore : public Store {
public:
    static Result<std::unique_ptr<Store>> open(const std::filesystem::path& directory, const StoreLimits& limits);
    ~DiskStore() override;

    Result<ContentId> put(ByteView bytes, ObjectClass kind) override;
    Result<std::vector<ContentId>> putAll(std::span<const ByteView> objects, ObjectClass kind) override;
    Result<std::unique_ptr<ObjectWriter>> write(std::uint64_t expected, ObjectClass kind) override;
    Result<ContentId> putFile(const std::filesystem::path& path, ObjectClass kind, Intake intake) override;
    Result<ContentId> identify(const std::filesystem::path& path, std::optional<ContentId> hashed = {}) override;
    Result<Bytes> get(const ContentId& id) override;
    Result<std::filesystem::path> path(const ContentId& id) override;
    std::optional<ObjectFacts> facts(const ContentId& id) override;
    Result<ContentId> offerFile(const std::filesystem::path& path) override;
    bool isProvisional(const ContentId& id) override;
    Result<ContentId> settle(const ContentId& id) override;
    Result<std::vector<ContentId>> relink(const std::filesystem::path& directory) override;
    std::optional<ActionResult> action(std::string_view kind, const Digest& key) override;
    Result<void> putAction(std::string_view kind, const Digest& key, const ActionResult& result) override;
    Result<void> pin(const ContentId& id) override;
    Result<void> unpin(const ContentId& id) override;
    std::unique_ptr<Hold> hold() override;
    Result<void> keep(const Root& root) override;
    Result<void> release(Root::Kind kind, std::string_view name) override;
    Result<std::vector<Root>> roots() override;
    Result<void> remove(const ContentId& id) override;
    Result<std::vector<ContentId>> discard(std::string_view run) override;
    Result<StoreStatistics> statistics() override;
    Result<std::uint64_t> collect(std::uint64_t limitBytes) override;
    Result<std::vector<ContentId>> check() override;
    Result<std::vector<ContentId>> scrub(std::uint64_t bytes) override;
    std::uint64_t diskLimit() override { return m_diskLimit; }
    Result<void> setDiskLimit(std::uint64_t bytes) override;

private:
    class Writer;
    /// Bytes of the disk limit that a put has been promised.
    class Promise {
    public:
        Promise() = default;
        Promise(std::shared_ptr<Lease> lease, std::uint64_t bytes)
            : m_lease(std::move(lease)),
              m_bytes(bytes) {}
        Promise(Promise&& other) noexcept = default;
        Promise& operator=(Promise&&) = delete;
        ~Promise()
        {
            if (m_lease)
                m_lease->giveBack(m_bytes);
        }

    private:
        std::shared_ptr<Lease> m_lease;
        std::uint64_t m_bytes = 0;
    };

    DiskStore(std::filesystem::path root, std::shared_ptr<Lease> lease, const StoreLimits& limits)
        : m_root(std::move(root)),
          m_files(m_root),
          m_records(m_root),
          m_lease(std::move(lease)),
          m_limits(limits) {}
    [[nodiscard]] std::filesystem::path lockFile() const { return m_root / "store.lock"; }
    [[nodiscard]] Result<void> checkProcess() const;

    // disk_store.cpp: putting and getting
    Result<bool> isKept(const ContentId& id, ObjectClass kind);
    Result<std::vector<ContentId>> putBytes(std::span<const ByteView> objects, ObjectClass kind);
    Result<void> commit(std::span<IncomingFile> files, ObjectClass kind);
    Result<std::optional<ContentId>> commitOnce(std::span<IncomingFile> files, ObjectClass kind);
    void withdraw(const ContentId& id);
    Result<bool> quarantine(const ContentId& id);
    template <class Attempt>
    auto healed(const ContentId& id, Attempt attempt) -> decltype(attempt());
    template <class Attempt>
    auto withSums(const ContentId& id, Attempt attempt) -> decltype(attempt(std::declval<Bytes&>()));
    Result<Bytes> getOutside(const std::filesystem::path& path, const ContentId& id);
    bool isPresent(const ContentId& id);

    // linked_files.cpp
    Result<ContentId> takeFile(const std::string& name, ObjectClass kind, Intake intake, const std::stop_token& stop);
    Result<ContentId> copyFile(const std::string& path, const disk::OpenedFile& source, ObjectClass kind);
    Result<ContentId> linkFile(const std::string& path, const disk::OpenedFile& source, ObjectClass kind, const std::stop_token& stop);
    Result<std::optional<ContentId>> knownFile(const std::string& path, const disk::FileMark& mark, ObjectClass kind, Intake intake);
    Result<void> recordLink(const FileRow& row);
    Result<void> forgetLink(const std::string& path);
    Result<disk::OpenedFile> openLink(FileRow& row);
    Result<std::pair<FileRow, disk::OpenedFile>> openAnyLink(const ContentId& id);
    std::optional<FileRow> believedLink(const ContentId& id);

    // space.cpp: the limit, the ballast
    Result<Promise> promise(std::uint64_t bytes);
    void keepBallast();
    void dropBallast();
    void makeRoom(std::uint64_t bytes);
    template <class Work>
    auto withRoom(std::uint64_t bytes, Work work) -> decltype(work());

    // collect.cpp, check.cpp, roots.cpp
    Result<std::uint64_t> collectTo(std::uint64_t limitBytes);
    Result<std::uint64_t> collectSlice(std::uint64_t excess, std::int64_t pass, Candidate& last, bool& ended);
    Result<void> forgetObjects(std::span<const ContentId> gone, std::int64_t pass, std::uint64_t bytes);
    Result<std::uint64_t> checkObject(const ContentId& id, std::vector<ContentId>& wrong);
    Result<void> checkRows(std::vector<ContentId>& wrong);
    Result<void> checkLinks(std::vector<ContentId>& wrong);
    Result<bool> discardOne(const ContentId& id, const Root* run, std::int64_t pass);

    std::filesystem::path m_root;
    ObjectFiles m_files;
    RecordFiles m_records;
    std::shared_ptr<Lease> m_lease;
    StoreLimits m_limits;
    std::atomic<std::uint64_t> m_diskLimit = 0;
    std::unique_ptr<Index> m_index;
    pid_t m_process = ::getpid();
    OfferedFiles m_offered; // last: its threads use all of the above
};

/// Work that meets a full disk has room made for it, and is tried once more.
template <class Work>
auto DiskStore::withRoom(std::uint64_t bytes, Work work) -> decltype(work())
{
    auto result = work();
    if (result || !disk::isFull(result.error()))
        return result;
    makeRoom(bytes);
    result = work();
    keepBallast();
    return result;
}

/// NotFound, named by the object.
Error missingObject(const ContentId& id);
/// What is kept with the store; 0: no limit.
Result<std::uint64_t> readDiskLimit(const std::filesystem::path& root);

} // namespace artdag
