// SPDX-License-Identifier: GPL-3.0-or-later
// The store on a local disk: objects as files, an index beside them, one lock file that puts share and collections own.
// Not included outside this room: others hold a Store.
#pragma once

#include "core/store/index.h"
#include "core/store/lease.h"
#include "core/store/objects.h"
#include "core/store/store.h"

#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace artdag {

class DiskStore : public Store {
public:
    static Result<std::unique_ptr<Store>> open(const std::filesystem::path& directory);

    Result<ContentId> put(ByteView bytes, ObjectClass kind) override;
    Result<ContentId> putFile(const std::filesystem::path& path, ObjectClass kind) override;
    Result<Bytes> get(const ContentId& id) override;
    Result<std::filesystem::path> path(const ContentId& id) override;
    std::optional<ObjectFacts> facts(const ContentId& id) override;
    std::optional<ActionResult> action(std::string_view kind, const Digest& key) override;
    Result<void> putAction(std::string_view kind, const Digest& key, const ActionResult& result) override;
    Result<void> pin(const ContentId& id) override;
    Result<void> unpin(const ContentId& id) override;
    Result<StoreStatistics> statistics() override;
    Result<std::uint64_t> collect(std::uint64_t limitBytes) override;
    Result<std::vector<ContentId>> check() override;

private:
    DiskStore(std::filesystem::path root, Lease lease)
        : m_root(std::move(root)),
          m_files(m_root),
          m_lease(std::move(lease)) {}
    [[nodiscard]] std::filesystem::path lockFile() const { return m_root / "store.lock"; }
    [[nodiscard]] Result<void> checkProcess() const;
    Result<ContentId> commit(IncomingFile& file, ObjectClass kind);
    Result<bool> commitOnce(IncomingFile& file, ObjectClass kind);
    void withdraw(const ContentId& id);
    Result<bool> quarantine(const ContentId& id);
    Result<ContentId> putLink(const std::string& path, const disk::OpenedFile& source, ObjectClass kind);
    Result<std::optional<ContentId>> knownFile(const std::string& path, const disk::FileMark& mark, ObjectClass kind);
    template <class Attempt>
    auto healed(const ContentId& id, Attempt attempt) -> decltype(attempt());
    Result<disk::OpenedFile> openLink(FileRow& row);
    Result<std::pair<FileRow, disk::OpenedFile>> openAnyLink(const ContentId& id);
    bool isPresent(const ContentId& id);
    std::optional<FileRow> believedLink(const ContentId& id);
    Result<std::uint64_t> collectSlice(std::uint64_t excess, std::int64_t pass);
    Result<void> checkObjects(std::vector<ContentId>& wrong);
    Result<void> checkRows(std::vector<ContentId>& wrong);
    Result<void> checkLinks(std::vector<ContentId>& wrong);

    std::filesystem::path m_root;
    ObjectFiles m_files;
    Lease m_lease;
    std::unique_ptr<Index> m_index;
    pid_t m_process = ::getpid();
};

/// NotFound, named by the object.
Error missingObject(const ContentId& id);

} // namespace artdag
