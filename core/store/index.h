// SPDX-License-Identifier: GPL-3.0-or-later
// The store's index (`index.sqlite`): sizes, classes, last use, roots, linked files, and the action cache. It can be made
// again from the objects and records, so it never decides whether an object is there: the file does.
#pragma once

#include "core/base/sqlite.h"
#include "core/store/objects.h"
#include "core/store/records.h"
#include "core/store/store.h"

#include <fcntl.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

namespace artdag {

struct ObjectRow {
    ContentId id;
    std::uint64_t size = 0;
    ObjectClass kind = ObjectClass::Asset;
    std::optional<Digest> sha256;
    Bytes sums; ///< see BlockSums; empty: unknown
};

/// A render that may be evicted. In order of `worth`: what it costs to make each MiB again (microseconds), plus the age at
/// its last use, which grows to the worth of what is evicted (Greedy-Dual-Size; Cao and Irani 1997). Then by last use.
struct Candidate {
    ContentId id;
    std::uint64_t size = 0;
    std::int64_t worth = -1, lastUse = -1;
};

/// Thread-safe: each call takes a connection that no other thread uses meanwhile.
class Index {
public:
    /// Opens the index, made anew from the files where it is missing, damaged or of an older schema; the old one goes into
    /// quarantine. Corrupt for a newer schema. Lock: exclusive.
    static Result<std::unique_ptr<Index>> open(const std::filesystem::path& root, const ObjectFiles& files, const RecordFiles& records);
    ~Index();

    /// Adds objects or makes renders assets; never the other way.
    Result<void> record(std::span<const ObjectRow> rows);
    Result<std::optional<ObjectRow>> object(const ContentId& id);
    Result<std::vector<ContentId>> objects();
    /// Forgets objects and the actions that name them; `trashed` bytes of them went into the trash of a pass. Returns the
    /// names of the records of those actions.
    Result<std::vector<Digest>> forget(std::span<const ContentId> ids, std::int64_t pass = 0, std::uint64_t trashed = 0);

    Result<void> recordFile(const FileRow& row);
    Result<std::optional<FileRow>> fileAt(const std::string& path);
    Result<std::vector<FileRow>> linksOf(const ContentId& id); ///< of a null id: all
    Result<void> forgetFile(const std::string& path);

    Result<std::optional<ActionResult>> action(std::string_view kind, const Digest& key);
    Result<void> recordAction(const ActionRecord& action);

    Result<void> recordRoot(const Root& root);
    Result<void> forgetRoot(Root::Kind kind, std::string_view name);
    Result<std::vector<Root>> roots();
    Result<std::optional<Root>> root(Root::Kind kind, std::string_view name);
    /// The kinds of the roots, but for one, that keep an object.
    Result<std::vector<Root::Kind>> keepersOf(const ContentId& id, const Root* but = nullptr);

    /// Notes a use; written with the next change or in batches, because a lost note only makes an object look older.
    void touch(const ContentId& id);
    void noteSums(const ContentId& id, Bytes sums); ///< likewise: what was read and found right
    Result<void> writeTouched();

    Result<StoreStatistics> statistics();
    Result<std::int64_t> nextPass();             ///< a counter of collections
    Result<void> forgetTrash(std::int64_t pass); ///< what the passes up to this one had put there
    /// Renders that no root keeps, worth least first, after one of them.
    Result<std::vector<Candidate>> candidates(const Candidate& after, int most);
    /// Eviction has come to this worth: what is used from now on is worth that much more.
    Result<void> growTo(std::int64_t worth);
    /// Bytes of both classes and of the trash, from totals that are kept by the way.
    struct Used {
        std::uint64_t assets = 0, renders = 0, trash = 0;
    };
    Result<Used> used();
    Result<std::int64_t> counter(std::string_view name);
    Result<void> setCounter(std::string_view name, std::int64_t value);

private:
    explicit Index(std::filesystem::path root)
        : m_root(std::move(root)) {}
    [[nodiscard]] std::filesystem::path file() const { return m_root / "index.sqlite"; }
    Result<bool> isUsable();
    [[nodiscard]] std::uint64_t inodeNow() const;
    Result<void> setAside();
    Result<void> rebuild(const ObjectFiles& files, const RecordFiles& records);
    Result<std::unique_ptr<sqlite::Connection>> takeConnection();
    Result<void> flush(sqlite::Connection& connection);
    template <class Work>
    auto with(Work work) -> decltype(work(std::declval<sqlite::Connection&>()));
    /// Whether a commit reaches the disk before it is acknowledged, or with the next one that must.
    enum class Sync {
        Now,
        Later,
    };
    template <class Work>
    Result<void> change(Work work, Sync sync = Sync::Now);

    std::filesystem::path m_root;
    std::uint64_t m_inode = 0;
    std::mutex m_mutex;
    std::vector<std::unique_ptr<sqlite::Connection>> m_idle;
    std::vector<ContentId> m_touched;
    std::vector<std::pair<ContentId, Bytes>> m_sums;
    std::unordered_set<ContentId, NameHash> m_touchedOnce;
};

template <class Work>
auto Index::with(Work work) -> decltype(work(std::declval<sqlite::Connection&>()))
{
    auto connection = TRY(takeConnection());
    auto result = work(*connection);
    if (!result && result.error().fault == Fault::Corrupt) // damage: the next opening makes the index anew
        (void)disk::Descriptor(::open((m_root / "index.damaged").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666));
    const std::scoped_lock lock(m_mutex);
    m_idle.push_back(std::move(connection));
    return result;
}

template <class Work>
Result<void> Index::change(Work work, Sync sync)
{
    return with([&](sqlite::Connection& connection) -> Result<void> {
        const auto changed = [&]() -> Result<void> {
            auto transaction = TRY(sqlite::Transaction::begin(connection));
            TRY(work(connection));
            TRY(flush(connection));
            return transaction.commit();
        };
        if (sync == Sync::Now)
            return changed();
        TRY(connection.run("PRAGMA synchronous=NORMAL")); // of a log: whole after a crash, perhaps without its end
        auto done = changed();
        TRY(connection.run("PRAGMA synchronous=FULL"));
        return done;
    });
}

// What index rooms write, also without a transaction of their own: the rebuild does it in one.
namespace index_rows {
Result<void> insertObject(sqlite::Connection& connection, const ObjectRow& row);
Result<void> insertFile(sqlite::Connection& connection, const FileRow& row);
Result<void> insertAction(sqlite::Connection& connection, const ActionRecord& action);
Result<void> insertRoot(sqlite::Connection& connection, const Root& root);
Result<std::int64_t> number(sqlite::Connection& connection, std::string_view sql);
Bytes blobOf(std::span<const ContentId> ids);
} // namespace index_rows

} // namespace artdag
