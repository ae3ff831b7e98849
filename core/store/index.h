// SPDX-License-Identifier: GPL-3.0-or-later
// The store's index (`index.sqlite`): sizes, classes, last use, pins, linked files, and the action cache. It can be made
// again from the objects, so it never decides whether an object is there: the file does.
#pragma once

#include "core/base/sqlite.h"
#include "core/store/disk.h"
#include "core/store/objects.h"
#include "core/store/store.h"

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace artdag {

struct ObjectRow {
    ContentId id;
    std::uint64_t size = 0;
    ObjectClass kind = ObjectClass::Asset;
    std::optional<Digest> sha256;
};

/// What is known of a file outside the store.
struct FileRow {
    std::string path;
    ContentId id;
    disk::FileMark mark;
    ObjectClass kind = ObjectClass::Asset;
    std::optional<Digest> sha256;
    bool linked = false;  ///< its bytes stand for the object; else it was only copied from
    bool settled = false; ///< it was long unchanged when it was hashed, so that a later change must show in its mark
};

/// Thread-safe: each call takes a connection that no other thread uses meanwhile.
class Index {
public:
    /// Opens the index, made anew from the files where it is missing, damaged or of an older schema; the old one goes into
    /// quarantine. Corrupt for a newer schema. Lock: exclusive.
    static Result<std::unique_ptr<Index>> open(const std::filesystem::path& root, const ObjectFiles& files);
    ~Index();

    /// Adds an object or makes a render an asset; never the other way.
    Result<void> record(const ObjectRow& row);
    Result<std::optional<ObjectRow>> object(const ContentId& id);
    /// Forgets objects and the actions that name them.
    Result<void> forget(std::span<const ContentId> ids);
    Result<std::vector<ContentId>> objects();

    Result<void> recordFile(const FileRow& row);
    Result<std::optional<FileRow>> fileAt(const std::string& path);
    Result<std::vector<FileRow>> linksOf(const ContentId& id); ///< of a null id: all
    Result<void> forgetFile(const std::string& path);

    Result<std::optional<ActionResult>> action(std::string_view kind, const Digest& key);
    Result<void> recordAction(std::string_view kind, const Digest& key, const ActionResult& result);

    Result<void> pin(const ContentId& id);
    Result<void> unpin(const ContentId& id);

    /// Notes a use; written with the next change or in batches, because a lost note only makes an object look older.
    void touch(const ContentId& id);
    Result<void> writeTouched();

    Result<StoreStatistics> statistics();
    Result<std::int64_t> nextPass(); ///< a counter of collections
    /// Unpinned renders, least recently used first.
    Result<std::vector<ObjectRow>> oldestRenders(int most);
    Result<std::uint64_t> renderBytes();

private:
    explicit Index(std::filesystem::path root)
        : m_root(std::move(root)) {}
    [[nodiscard]] std::filesystem::path file() const { return m_root / "index.sqlite"; }
    Result<void> openOrRebuild(const ObjectFiles& files);
    Result<bool> isUsable();
    [[nodiscard]] std::uint64_t inodeNow() const;
    Result<void> setAside();
    Result<void> rebuild(const ObjectFiles& files);
    Result<std::unique_ptr<sqlite::Connection>> takeConnection();
    Result<void> flush(sqlite::Connection& connection);
    template <class Work>
    auto with(Work work) -> decltype(work(std::declval<sqlite::Connection&>()));
    template <class Work>
    Result<void> change(Work work);

    std::filesystem::path m_root;
    std::uint64_t m_inode = 0;
    std::mutex m_mutex;
    std::vector<std::unique_ptr<sqlite::Connection>> m_idle;
    std::vector<ContentId> m_touched;
    std::unordered_set<ContentId, NameHash> m_touchedOnce;
};

} // namespace artdag
