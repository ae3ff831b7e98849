// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/index.h"

#include "core/base/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace artdag {

namespace {

constexpr std::int64_t schemaVersion = 1;
constexpr std::size_t touchedBatch = 512;

constexpr const char* schema = R"(
CREATE TABLE objects(
    id BLOB PRIMARY KEY, size INTEGER NOT NULL, class INTEGER NOT NULL, sha256 BLOB, last_use INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX renders_by_use ON objects(last_use) WHERE class = 1;
CREATE TABLE files(
    path TEXT PRIMARY KEY, id BLOB NOT NULL, device INTEGER NOT NULL, inode INTEGER NOT NULL, size INTEGER NOT NULL,
    modified INTEGER NOT NULL, changed INTEGER NOT NULL, class INTEGER NOT NULL, sha256 BLOB, linked INTEGER NOT NULL,
    settled INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX files_by_id ON files(id) WHERE linked = 1;
CREATE TABLE pins(id BLOB PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE actions(
    number INTEGER PRIMARY KEY, kind TEXT NOT NULL, key BLOB NOT NULL, objects BLOB NOT NULL, facts TEXT NOT NULL,
    UNIQUE(kind, key));
CREATE TABLE action_objects(
    id BLOB NOT NULL, action INTEGER NOT NULL REFERENCES actions(number) ON DELETE CASCADE, PRIMARY KEY(id, action)) WITHOUT ROWID;
CREATE INDEX objects_of_action ON action_objects(action);
CREATE TABLE counters(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO counters VALUES ('use', 0), ('pass', 0);
)";

Result<std::int64_t> number(sqlite::Connection& connection, std::string_view sql)
{
    auto statement = TRY(connection.prepare(sql));
    if (!TRY(statement.step()))
        return fail(Fault::Corrupt, "store: a counter of the index is missing");
    return statement.integer(0);
}

std::optional<Digest> optionalDigest(const sqlite::Statement& row, int column)
{
    const auto digest = row.digest(column);
    return digest ? std::optional<Digest>(*digest) : std::nullopt;
}

void bindDigest(sqlite::Statement& statement, int parameter, const std::optional<Digest>& digest)
{
    if (digest)
        statement.bind(parameter, *digest);
    else
        statement.bind(parameter, nullptr);
}

constexpr const char* fileColumns = "path, id, device, inode, size, modified, changed, class, sha256, linked, settled";

Result<FileRow> fileOf(const sqlite::Statement& row)
{
    FileRow file;
    file.path = row.text(0);
    file.id = ContentId{TRY(row.digest(1))};
    file.mark = {static_cast<std::uint64_t>(row.integer(2)), static_cast<std::uint64_t>(row.integer(3)), static_cast<std::uint64_t>(row.integer(4)), row.integer(5), row.integer(6)};
    file.kind = row.integer(7) == 1 ? ObjectClass::Render : ObjectClass::Asset;
    file.sha256 = optionalDigest(row, 8);
    file.linked = row.integer(9) != 0;
    file.settled = row.integer(10) != 0;
    return file;
}

} // namespace

Result<std::unique_ptr<Index>> Index::open(const std::filesystem::path& root, const ObjectFiles& files)
{
    std::unique_ptr<Index> index(new Index(root));
    TRY(index->openOrRebuild(files));
    return index;
}

Index::~Index()
{
    (void)writeTouched();
}

Result<void> Index::openOrRebuild(const ObjectFiles& files)
{
    std::error_code ignored;
    const bool isDamaged = std::filesystem::exists(m_root / "index.damaged", ignored);
    auto usable = isDamaged ? Result<bool>(false) : isUsable();
    if (!usable && usable.error().fault == Fault::Conflict)
        return fail(Fault::Corrupt, usable.error().message);
    if (!usable && usable.error().fault != Fault::NotFound && usable.error().fault != Fault::Corrupt)
        return tl::unexpected<Error>(usable.error());
    if (usable && *usable)
        return {};
    return rebuild(files);
}

/// Each table is looked at once; what hides deeper is found when it is read, and noted for the next opening.
Result<bool> Index::isUsable()
{
    auto connection = std::make_unique<sqlite::Connection>(TRY(sqlite::Connection::open(file(), sqlite::Connection::Mode::ReadWrite)));
    const std::int64_t version = TRY(number(*connection, "PRAGMA user_version"));
    if (version > schemaVersion)
        return fail(Fault::Conflict, "store: its index was written by a newer Art DAG (schema " + std::to_string(version) + ")");
    if (version != schemaVersion)
        return false;
    for (const char* table : {"objects", "files", "pins", "actions", "action_objects"})
        TRY(connection->run(std::string("SELECT * FROM ") + table + " LIMIT 1"));
    TRY(number(*connection, "SELECT value FROM counters WHERE name = 'use'"));
    connection.reset();
    m_inode = inodeNow();
    return m_inode != 0;
}

Result<void> Index::setAside()
{
    const std::string mark = hexOf(secureRandom(8));
    for (const char* name : {"index.sqlite", "index.sqlite-wal", "index.sqlite-shm"})
        if (::rename((m_root / name).c_str(), (m_root / "trash" / "quarantine" / (std::string(name) + "-" + mark)).c_str()) != 0 && errno != ENOENT)
            return disk::failed("setting a damaged index aside", errno);
    return disk::syncDirectory(m_root);
}

/// One transaction: after a crash the version is still 0 and the next opening begins again.
Result<void> Index::rebuild(const ObjectFiles& files)
{
    TRY(setAside());
    auto connection = std::make_unique<sqlite::Connection>(TRY(sqlite::Connection::open(file())));
    auto transaction = TRY(sqlite::Transaction::begin(*connection));
    TRY(connection->run(schema));
    {
        auto insert = TRY(connection->prepare("INSERT INTO objects VALUES (?, ?, ?, NULL, 0)"));
        TRY(files.each([&](const ContentId& id) -> Result<void> {
            const auto size = files.sizeOf(id);
            return size ? insert.bind(1, id.digest).bind(2, *size).bind(3, files.classOf(id) == ObjectClass::Render ? 1 : 0).run() : Result<void>();
        }));
    }
    TRY(connection->run("PRAGMA user_version = " + std::to_string(schemaVersion)));
    TRY(transaction.commit());
    TRY(disk::syncDirectory(m_root));
    if (::unlink((m_root / "index.damaged").c_str()) != 0 && errno != ENOENT)
        return disk::failed("clearing a mark", errno);
    m_inode = inodeNow();
    return {};
}

std::uint64_t Index::inodeNow() const
{
    struct stat facts {};
    return ::stat(file().c_str(), &facts) == 0 ? facts.st_ino : 0;
}

Result<std::unique_ptr<sqlite::Connection>> Index::takeConnection()
{
    // Rows written into a file that has lost its name would be lost with it.
    if (inodeNow() != m_inode)
        return fail(Fault::Unavailable, "store: its index was taken away or made anew; open the store again");
    {
        const std::scoped_lock lock(m_mutex);
        if (!m_idle.empty()) {
            auto connection = std::move(m_idle.back());
            m_idle.pop_back();
            return connection;
        }
    }
    return std::make_unique<sqlite::Connection>(TRY(sqlite::Connection::open(file(), sqlite::Connection::Mode::ReadWrite)));
}

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
Result<void> Index::change(Work work)
{
    return with([&](sqlite::Connection& connection) -> Result<void> {
        auto transaction = TRY(sqlite::Transaction::begin(connection));
        TRY(work(connection));
        TRY(flush(connection));
        return transaction.commit();
    });
}

/// Last uses are numbers of a counter, never times: a clock that jumps would evict the wrong object.
Result<void> Index::flush(sqlite::Connection& connection)
{
    std::vector<ContentId> touched;
    {
        const std::scoped_lock lock(m_mutex);
        touched.swap(m_touched);
        m_touchedOnce.clear();
    }
    if (touched.empty())
        return {};
    auto use = TRY(number(connection, "SELECT value FROM counters WHERE name = 'use'"));
    auto update = TRY(connection.prepare("UPDATE objects SET last_use = ? WHERE id = ?"));
    for (const ContentId& id : touched)
        TRY(update.bind(1, ++use).bind(2, id.digest).run());
    return TRY(connection.prepare("UPDATE counters SET value = ? WHERE name = 'use'")).bind(1, use).run();
}

void Index::touch(const ContentId& id)
{
    bool isFull = false;
    {
        const std::scoped_lock lock(m_mutex);
        if (m_touchedOnce.insert(id).second)
            m_touched.push_back(id);
        isFull = m_touched.size() >= touchedBatch;
    }
    if (isFull)
        (void)writeTouched();
}

Result<void> Index::writeTouched()
{
    {
        const std::scoped_lock lock(m_mutex);
        if (m_touched.empty())
            return {};
    }
    return change([](sqlite::Connection&) -> Result<void> { return {}; });
}

Result<void> Index::record(const ObjectRow& row)
{
    touch(row.id);
    return change([&](sqlite::Connection& connection) -> Result<void> {
        auto insert = TRY(connection.prepare(
            "INSERT INTO objects VALUES (?, ?, ?, ?, (SELECT value FROM counters WHERE name = 'use')) "
            "ON CONFLICT(id) DO UPDATE SET class = min(class, excluded.class), size = excluded.size, sha256 = coalesce(excluded.sha256, sha256)"));
        insert.bind(1, row.id.digest).bind(2, row.size).bind(3, row.kind == ObjectClass::Render ? 1 : 0);
        bindDigest(insert, 4, row.sha256);
        return insert.run();
    });
}

Result<std::optional<ObjectRow>> Index::object(const ContentId& id)
{
    return with([&](sqlite::Connection& connection) -> Result<std::optional<ObjectRow>> {
        auto select = TRY(connection.prepare("SELECT size, class, sha256 FROM objects WHERE id = ?"));
        if (!TRY(select.bind(1, id.digest).step()))
            return std::optional<ObjectRow>();
        return std::optional<ObjectRow>(ObjectRow{id, static_cast<std::uint64_t>(select.integer(0)), select.integer(1) == 1 ? ObjectClass::Render : ObjectClass::Asset, optionalDigest(select, 2)});
    });
}

Result<void> Index::forget(std::span<const ContentId> ids)
{
    return change([&](sqlite::Connection& connection) -> Result<void> {
        auto actions = TRY(connection.prepare("DELETE FROM actions WHERE number IN (SELECT action FROM action_objects WHERE id = ?)"));
        auto object = TRY(connection.prepare("DELETE FROM objects WHERE id = ?"));
        for (const ContentId& id : ids) {
            TRY(actions.bind(1, id.digest).run());
            TRY(object.bind(1, id.digest).run());
        }
        return {};
    });
}

Result<std::vector<ContentId>> Index::objects()
{
    return with([&](sqlite::Connection& connection) -> Result<std::vector<ContentId>> {
        auto select = TRY(connection.prepare("SELECT id FROM objects"));
        std::vector<ContentId> ids;
        while (TRY(select.step()))
            ids.push_back(ContentId{TRY(select.digest(0))});
        return ids;
    });
}

Result<void> Index::recordFile(const FileRow& row)
{
    return change([&](sqlite::Connection& connection) -> Result<void> {
        auto insert = TRY(connection.prepare("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
        insert.bind(1, row.path).bind(2, row.id.digest).bind(3, row.mark.device).bind(4, row.mark.inode).bind(5, row.mark.size);
        insert.bind(6, row.mark.modified).bind(7, row.mark.changed).bind(8, row.kind == ObjectClass::Render ? 1 : 0);
        bindDigest(insert, 9, row.sha256);
        return insert.bind(10, row.linked ? 1 : 0).bind(11, row.settled ? 1 : 0).run();
    });
}

Result<std::optional<FileRow>> Index::fileAt(const std::string& path)
{
    return with([&](sqlite::Connection& connection) -> Result<std::optional<FileRow>> {
        auto select = TRY(connection.prepare(std::string("SELECT ") + fileColumns + " FROM files WHERE path = ?"));
        if (!TRY(select.bind(1, path).step()))
            return std::optional<FileRow>();
        return std::optional<FileRow>(TRY(fileOf(select)));
    });
}

Result<std::vector<FileRow>> Index::linksOf(const ContentId& id)
{
    return with([&](sqlite::Connection& connection) -> Result<std::vector<FileRow>> {
        auto select = TRY(connection.prepare(std::string("SELECT ") + fileColumns + " FROM files WHERE linked = 1" + (id.isNull() ? "" : " AND id = ?")));
        if (!id.isNull())
            select.bind(1, id.digest);
        std::vector<FileRow> rows;
        while (TRY(select.step()))
            rows.push_back(TRY(fileOf(select)));
        return rows;
    });
}

Result<void> Index::forgetFile(const std::string& path)
{
    return change([&](sqlite::Connection& connection) -> Result<void> {
        return TRY(connection.prepare("DELETE FROM files WHERE path = ?")).bind(1, path).run();
    });
}

Result<std::optional<ActionResult>> Index::action(std::string_view kind, const Digest& key)
{
    return with([&](sqlite::Connection& connection) -> Result<std::optional<ActionResult>> {
        auto select = TRY(connection.prepare("SELECT objects, facts FROM actions WHERE kind = ? AND key = ?"));
        if (!TRY(select.bind(1, kind).bind(2, key).step()))
            return std::optional<ActionResult>();
        const Bytes ids = select.blob(0);
        ActionResult result;
        auto facts = readJson(select.text(1));
        if (ids.size() % sizeof(Digest) != 0 || !facts)
            return fail(Fault::Corrupt, "store: an action of the index is damaged");
        result.facts = std::move(*facts);
        for (std::size_t at = 0; at < ids.size(); at += sizeof(Digest)) {
            ContentId id;
            std::copy_n(ids.begin() + static_cast<std::ptrdiff_t>(at), sizeof(Digest), id.digest.begin());
            result.objects.push_back(id);
        }
        return std::optional<ActionResult>(std::move(result));
    });
}

Result<void> Index::recordAction(std::string_view kind, const Digest& key, const ActionResult& result)
{
    std::string facts;
    try {
        facts = result.facts.dump();
    } catch (const std::exception&) {
        return fail(Fault::BadInput, "action '" + std::string(kind.substr(0, 80)) + "': its facts hold a text that is not UTF-8");
    }
    Bytes ids;
    for (const ContentId& id : result.objects)
        ids.insert(ids.end(), id.digest.begin(), id.digest.end());
    return change([&](sqlite::Connection& connection) -> Result<void> {
        TRY(TRY(connection.prepare("DELETE FROM actions WHERE kind = ? AND key = ?")).bind(1, kind).bind(2, key).run());
        TRY(TRY(connection.prepare("INSERT INTO actions(kind, key, objects, facts) VALUES (?, ?, ?, ?)")).bind(1, kind).bind(2, key).bind(3, ids).bind(4, facts).run());
        const std::int64_t action = connection.lastRow();
        auto name = TRY(connection.prepare("INSERT OR IGNORE INTO action_objects VALUES (?, ?)"));
        for (const ContentId& id : result.objects)
            TRY(name.bind(1, id.digest).bind(2, action).run());
        return {};
    });
}

Result<void> Index::pin(const ContentId& id)
{
    return change([&](sqlite::Connection& connection) -> Result<void> {
        return TRY(connection.prepare("INSERT OR IGNORE INTO pins VALUES (?)")).bind(1, id.digest).run();
    });
}

Result<void> Index::unpin(const ContentId& id)
{
    return change([&](sqlite::Connection& connection) -> Result<void> {
        return TRY(connection.prepare("DELETE FROM pins WHERE id = ?")).bind(1, id.digest).run();
    });
}

Result<StoreStatistics> Index::statistics()
{
    return with([&](sqlite::Connection& connection) -> Result<StoreStatistics> {
        auto select = TRY(connection.prepare(
            "SELECT (SELECT count(*) FROM objects WHERE class = 0), (SELECT coalesce(sum(size), 0) FROM objects WHERE class = 0),"
            " (SELECT count(*) FROM objects WHERE class = 1), (SELECT coalesce(sum(size), 0) FROM objects WHERE class = 1),"
            " (SELECT count(*) FROM files WHERE linked = 1), (SELECT coalesce(sum(size), 0) FROM files WHERE linked = 1),"
            " (SELECT count(*) FROM actions)"));
        TRY(select.step());
        const auto value = [&](int column) { return static_cast<std::uint64_t>(select.integer(column)); };
        return StoreStatistics{value(0), value(2), value(4), value(1), value(3), value(5), value(6)};
    });
}

Result<std::int64_t> Index::nextPass()
{
    std::int64_t pass = 0;
    TRY(change([&](sqlite::Connection& connection) -> Result<void> {
        pass = TRY(number(connection, "SELECT value FROM counters WHERE name = 'pass'")) + 1;
        return TRY(connection.prepare("UPDATE counters SET value = ? WHERE name = 'pass'")).bind(1, pass).run();
    }));
    return pass;
}

Result<std::vector<ObjectRow>> Index::oldestRenders(int most)
{
    return with([&](sqlite::Connection& connection) -> Result<std::vector<ObjectRow>> {
        auto select = TRY(connection.prepare("SELECT id, size FROM objects WHERE class = 1 AND id NOT IN (SELECT id FROM pins) ORDER BY last_use, id LIMIT ?"));
        select.bind(1, most);
        std::vector<ObjectRow> rows;
        while (TRY(select.step()))
            rows.push_back({ContentId{TRY(select.digest(0))}, static_cast<std::uint64_t>(select.integer(1)), ObjectClass::Render, std::nullopt});
        return rows;
    });
}

Result<std::uint64_t> Index::renderBytes()
{
    return with([&](sqlite::Connection& connection) -> Result<std::uint64_t> {
        return static_cast<std::uint64_t>(TRY(number(connection, "SELECT coalesce(sum(size), 0) FROM objects WHERE class = 1")));
    });
}

} // namespace artdag
