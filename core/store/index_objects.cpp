// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of objects: what there is, what it takes, what may go.
#include "core/store/index.h"

#include <algorithm>

namespace artdag {

namespace index_rows {

Result<std::int64_t> number(sqlite::Connection& connection, std::string_view sql)
{
    auto statement = TRY(connection.prepare(sql));
    if (!TRY(statement.step()))
        return fail(Fault::Corrupt, "store: a counter of the index is missing");
    return statement.integer(0);
}

Result<void> insertObject(sqlite::Connection& connection, const ObjectRow& row)
{
    auto insert = TRY(connection.prepare(
        "INSERT INTO objects VALUES (?, ?, ?, ?, ?, 0, (SELECT value FROM counters WHERE name = 'age'), (SELECT value FROM counters WHERE name = 'use')) "
        "ON CONFLICT(id) DO UPDATE SET class = min(class, excluded.class), size = excluded.size, sha256 = coalesce(excluded.sha256, sha256), sums = coalesce(excluded.sums, sums)"));
    insert.bind(1, row.id.digest).bind(2, row.size).bind(3, row.kind == ObjectClass::Render ? 1 : 0);
    if (row.sha256)
        insert.bind(4, *row.sha256);
    else
        insert.bind(4, nullptr);
    if (row.sums.empty())
        insert.bind(5, nullptr);
    else
        insert.bind(5, ByteView(row.sums));
    return insert.run();
}

} // namespace index_rows

using index_rows::number;

Result<void> Index::record(std::span<const ObjectRow> rows)
{
    for (const ObjectRow& row : rows)
        touch(row.id);
    return change([&](sqlite::Connection& connection) -> Result<void> {
        for (const ObjectRow& row : rows)
            TRY(index_rows::insertObject(connection, row));
        return {};
    });
}

Result<std::optional<ObjectRow>> Index::object(const ContentId& id)
{
    return with([&](sqlite::Connection& connection) -> Result<std::optional<ObjectRow>> {
        auto select = TRY(connection.prepare("SELECT size, class, sha256, sums FROM objects WHERE id = ?"));
        if (!TRY(select.bind(1, id.digest).step()))
            return std::optional<ObjectRow>();
        ObjectRow row{id, static_cast<std::uint64_t>(select.integer(0)), select.integer(1) == 1 ? ObjectClass::Render : ObjectClass::Asset, std::nullopt, select.blob(3)};
        if (const auto digest = select.digest(2))
            row.sha256 = *digest;
        return std::optional<ObjectRow>(std::move(row));
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

Result<std::vector<Digest>> Index::forget(std::span<const ContentId> ids, std::int64_t pass, std::uint64_t trashed)
{
    std::vector<Digest> records;
    TRY(change([&](sqlite::Connection& connection) -> Result<void> {
        auto named = TRY(connection.prepare("SELECT kind, key FROM actions WHERE number IN (SELECT action FROM action_objects WHERE id = ?)"));
        auto actions = TRY(connection.prepare("DELETE FROM actions WHERE number IN (SELECT action FROM action_objects WHERE id = ?)"));
        auto object = TRY(connection.prepare("DELETE FROM objects WHERE id = ?"));
        for (const ContentId& id : ids) {
            named.bind(1, id.digest);
            while (TRY(named.step()))
                records.push_back(nameOfAction(named.text(0), TRY(named.digest(1))));
            TRY(actions.bind(1, id.digest).run());
            TRY(object.bind(1, id.digest).run());
        }
        if (trashed == 0)
            return {};
        return TRY(connection.prepare("INSERT INTO trash VALUES (?, ?) ON CONFLICT(pass) DO UPDATE SET bytes = bytes + excluded.bytes")).bind(1, pass).bind(2, trashed).run();
    }));
    return records;
}

Result<StoreStatistics> Index::statistics()
{
    return with([&](sqlite::Connection& connection) -> Result<StoreStatistics> {
        auto select = TRY(connection.prepare(
            "SELECT (SELECT objects FROM totals WHERE class = 0), (SELECT bytes FROM totals WHERE class = 0),"
            " (SELECT objects FROM totals WHERE class = 1), (SELECT bytes FROM totals WHERE class = 1),"
            " (SELECT count(*) FROM files WHERE linked = 1), (SELECT coalesce(sum(size), 0) FROM files WHERE linked = 1),"
            " (SELECT count(*) FROM actions), (SELECT coalesce(sum(bytes), 0) FROM trash), (SELECT count(*) FROM roots)"));
        TRY(select.step());
        const auto value = [&](int column) { return static_cast<std::uint64_t>(select.integer(column)); };
        return StoreStatistics{value(0), value(2), value(4), value(1), value(3), value(5), value(6), value(7), value(8)};
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

Result<void> Index::forgetTrash(std::int64_t pass)
{
    return change([&](sqlite::Connection& connection) -> Result<void> {
        return TRY(connection.prepare("DELETE FROM trash WHERE pass <= ?")).bind(1, pass).run();
    });
}

Result<std::vector<Candidate>> Index::candidates(const Candidate& after, int most)
{
    return with([&](sqlite::Connection& connection) -> Result<std::vector<Candidate>> {
        auto select = TRY(connection.prepare(
            "SELECT id, size, worth, last_use FROM objects WHERE class = 1 AND (worth, last_use, id) > (?, ?, ?) AND id NOT IN (SELECT id FROM kept)"
            " ORDER BY worth, last_use, id LIMIT ?"));
        select.bind(1, after.worth).bind(2, after.lastUse).bind(3, after.id.digest).bind(4, most);
        std::vector<Candidate> found;
        while (TRY(select.step()))
            found.push_back({ContentId{TRY(select.digest(0))}, static_cast<std::uint64_t>(select.integer(1)), select.integer(2), select.integer(3)});
        return found;
    });
}

Result<void> Index::growTo(std::int64_t worth)
{
    return change([&](sqlite::Connection& connection) -> Result<void> {
        return TRY(connection.prepare("UPDATE counters SET value = max(value, ?) WHERE name = 'age'")).bind(1, worth).run();
    });
}

Result<Index::Used> Index::used()
{
    return with([&](sqlite::Connection& connection) -> Result<Used> {
        auto select = TRY(connection.prepare("SELECT (SELECT bytes FROM totals WHERE class = 0), (SELECT bytes FROM totals WHERE class = 1), (SELECT coalesce(sum(bytes), 0) FROM trash)"));
        TRY(select.step());
        return Used{static_cast<std::uint64_t>(select.integer(0)), static_cast<std::uint64_t>(select.integer(1)), static_cast<std::uint64_t>(select.integer(2))};
    });
}

} // namespace artdag
