// SPDX-License-Identifier: GPL-3.0-or-later
// Opening the index, or making it anew from the objects and the records.
#include "core/store/index.h"

#include "core/base/files.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace artdag {

namespace {

constexpr std::int64_t schemaVersion = 2;

constexpr const char* schema = R"(
CREATE TABLE objects(
    id BLOB PRIMARY KEY, size INTEGER NOT NULL, class INTEGER NOT NULL, sha256 BLOB, sums BLOB, cost INTEGER NOT NULL,
    worth INTEGER NOT NULL, last_use INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX renders_by_worth ON objects(worth, last_use, id) WHERE class = 1;
CREATE TABLE totals(class INTEGER PRIMARY KEY, objects INTEGER NOT NULL, bytes INTEGER NOT NULL);
INSERT INTO totals VALUES (0, 0, 0), (1, 0, 0);
CREATE TRIGGER object_added AFTER INSERT ON objects BEGIN
    UPDATE totals SET objects = objects + 1, bytes = bytes + new.size WHERE class = new.class; END;
CREATE TRIGGER object_gone AFTER DELETE ON objects BEGIN
    UPDATE totals SET objects = objects - 1, bytes = bytes - old.size WHERE class = old.class; END;
CREATE TRIGGER object_changed AFTER UPDATE OF size, class ON objects BEGIN
    UPDATE totals SET objects = objects - 1, bytes = bytes - old.size WHERE class = old.class;
    UPDATE totals SET objects = objects + 1, bytes = bytes + new.size WHERE class = new.class; END;
CREATE TABLE trash(pass INTEGER PRIMARY KEY, bytes INTEGER NOT NULL);
CREATE TABLE files(
    path TEXT PRIMARY KEY, id BLOB NOT NULL, device INTEGER NOT NULL, inode INTEGER NOT NULL, size INTEGER NOT NULL,
    modified INTEGER NOT NULL, changed INTEGER NOT NULL, class INTEGER NOT NULL, sha256 BLOB, linked INTEGER NOT NULL,
    settled INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX files_by_id ON files(id) WHERE linked = 1;
CREATE TABLE roots(
    number INTEGER PRIMARY KEY, kind INTEGER NOT NULL, name TEXT NOT NULL, keeps BLOB NOT NULL, intermediates BLOB NOT NULL,
    UNIQUE(kind, name));
CREATE TABLE kept(
    id BLOB NOT NULL, root INTEGER NOT NULL REFERENCES roots ON DELETE CASCADE, PRIMARY KEY(id, root)) WITHOUT ROWID;
CREATE INDEX kept_by_root ON kept(root);
CREATE TABLE actions(
    number INTEGER PRIMARY KEY, kind TEXT NOT NULL, key BLOB NOT NULL, objects BLOB NOT NULL, facts TEXT NOT NULL,
    cost INTEGER NOT NULL, UNIQUE(kind, key));
CREATE TABLE action_objects(
    id BLOB NOT NULL, action INTEGER NOT NULL REFERENCES actions(number) ON DELETE CASCADE, PRIMARY KEY(id, action)) WITHOUT ROWID;
CREATE INDEX objects_of_action ON action_objects(action);
CREATE TABLE counters(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO counters VALUES ('use', 0), ('pass', 0), ('age', 0), ('scrub', 0);
)";

/// The number of the youngest pass that has something in the trash, so that a new index goes on counting from there.
Result<std::int64_t> countTrash(sqlite::Connection& connection, const std::filesystem::path& trash)
{
    std::int64_t last = 0;
    for (const std::string& name : TRY(disk::namesIn(trash))) {
        if (name.empty() || name.size() > 15 || name.find_first_not_of("0123456789") != std::string::npos)
            continue;
        std::int64_t bytes = 0;
        for (const std::string& object : TRY(disk::namesIn(trash / name))) {
            std::error_code error;
            const auto size = std::filesystem::file_size(trash / name / object, error);
            bytes += error ? 0 : static_cast<std::int64_t>(size);
        }
        TRY(TRY(connection.prepare("INSERT INTO trash VALUES (?, ?)")).bind(1, std::stoll(name)).bind(2, bytes).run());
        last = std::max<std::int64_t>(last, std::stoll(name));
    }
    return last;
}

} // namespace

Result<std::unique_ptr<Index>> Index::open(const std::filesystem::path& root, const ObjectFiles& files, const RecordFiles& records)
{
    std::unique_ptr<Index> index(new Index(root));
    std::error_code ignored;
    const bool isDamaged = std::filesystem::exists(root / "index.damaged", ignored);
    auto usable = isDamaged ? Result<bool>(false) : index->isUsable();
    if (!usable && usable.error().fault == Fault::Conflict)
        return fail(Fault::Corrupt, usable.error().message);
    if (!usable && usable.error().fault != Fault::NotFound && usable.error().fault != Fault::Corrupt)
        return tl::unexpected<Error>(usable.error());
    if (!usable || !*usable)
        TRY(index->rebuild(files, records));
    return index;
}

/// Each table is looked at once; what hides deeper is found when it is read, and noted for the next opening.
Result<bool> Index::isUsable()
{
    auto connection = std::make_unique<sqlite::Connection>(TRY(sqlite::Connection::open(file(), sqlite::Connection::Mode::ReadWrite)));
    const std::int64_t version = TRY(index_rows::number(*connection, "PRAGMA user_version"));
    if (version > schemaVersion)
        return fail(Fault::Conflict, "store: its index was written by a newer Art DAG (schema " + std::to_string(version) + ")");
    if (version != schemaVersion)
        return false;
    for (const char* table : {"objects", "totals", "trash", "files", "roots", "kept", "actions", "action_objects"})
        TRY(connection->run(std::string("SELECT * FROM ") + table + " LIMIT 1"));
    TRY(index_rows::number(*connection, "SELECT value FROM counters WHERE name = 'use'"));
    m_idle.push_back(std::move(connection)); // closing the last one would write the log into the index for nothing
    m_inode = inodeNow();
    return m_inode != 0;
}

Result<void> Index::setAside()
{
    const std::string mark = hexOf(secureRandom(8));
    for (const char* name : {"index.sqlite", "index.sqlite-wal", "index.sqlite-shm", "index.sqlite-journal"})
        if (::rename((m_root / name).c_str(), (m_root / "trash" / "quarantine" / (std::string(name) + "-" + mark)).c_str()) != 0 && errno != ENOENT)
            return disk::failed("setting a damaged index aside", errno);
    return disk::syncDirectory(m_root);
}

/// One transaction: after a crash the version is still 0 and the next opening begins again.
Result<void> Index::rebuild(const ObjectFiles& files, const RecordFiles& records)
{
    TRY(setAside());
    auto connection = std::make_unique<sqlite::Connection>(TRY(sqlite::Connection::open(file())));
    auto transaction = TRY(sqlite::Transaction::begin(*connection));
    TRY(connection->run(schema));
    TRY(files.each([&](const ContentId& id) -> Result<void> {
        const auto size = files.sizeOf(id);
        return size ? index_rows::insertObject(*connection, {id, *size, files.classOf(id), std::nullopt, {}}) : Result<void>();
    }));
    TRY(records.each([&](const Record& record) -> Result<void> {
        if (const auto* action = std::get_if<ActionRecord>(&record))
            return index_rows::insertAction(*connection, *action);
        if (const auto* root = std::get_if<Root>(&record))
            return index_rows::insertRoot(*connection, *root);
        return index_rows::insertFile(*connection, std::get<FileRow>(record));
    }));
    const std::int64_t pass = TRY(countTrash(*connection, m_root / "trash"));
    TRY(connection->run("UPDATE counters SET value = " + std::to_string(pass) + " WHERE name = 'pass'"));
    TRY(connection->run("PRAGMA user_version = " + std::to_string(schemaVersion)));
    TRY(transaction.commit());
    TRY(disk::syncDirectory(m_root));
    if (::unlink((m_root / "index.damaged").c_str()) != 0 && errno != ENOENT)
        return disk::failed("clearing a mark", errno);
    m_inode = inodeNow();
    return {};
}

} // namespace artdag
