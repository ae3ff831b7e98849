// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of what names objects: files outside, actions, roots.
#include "core/store/index.h"

#include <algorithm>

namespace artdag {

namespace {

std::optional<Digest> optionalDigest(const sqlite::Statement& row, int column)
{
    const auto digest = row.digest(column);
    return digest ? std::optional<Digest>(*digest) : std::nullopt;
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

std::vector<ContentId> idsOf(const Bytes& blob)
{
    std::vector<ContentId> ids(blob.size() / sizeof(Digest));
    for (std::size_t i = 0; i < ids.size(); ++i)
        std::copy_n(blob.begin() + static_cast<std::ptrdiff_t>(i * sizeof(Digest)), sizeof(Digest), ids[i].digest.begin());
    return ids;
}

Root rootOf(const sqlite::Statement& row)
{
    return {static_cast<Root::Kind>(row.integer(0)), row.text(1), idsOf(row.blob(2)), idsOf(row.blob(3))};
}

} // namespace

namespace index_rows {

Bytes blobOf(std::span<const ContentId> ids)
{
    Bytes blob;
    for (const ContentId& id : ids)
        blob.insert(blob.end(), id.digest.begin(), id.digest.end());
    return blob;
}

Result<void> insertFile(sqlite::Connection& connection, const FileRow& row)
{
    auto insert = TRY(connection.prepare("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
    insert.bind(1, row.path).bind(2, row.id.digest).bind(3, row.mark.device).bind(4, row.mark.inode).bind(5, row.mark.size);
    insert.bind(6, row.mark.modified).bind(7, row.mark.changed).bind(8, row.kind == ObjectClass::Render ? 1 : 0);
    if (row.sha256)
        insert.bind(9, *row.sha256);
    else
        insert.bind(9, nullptr);
    return insert.bind(10, row.linked ? 1 : 0).bind(11, row.settled ? 1 : 0).run();
}

Result<void> insertAction(sqlite::Connection& connection, const ActionRecord& action)
{
    TRY(TRY(connection.prepare("DELETE FROM actions WHERE kind = ? AND key = ?")).bind(1, action.kind).bind(2, action.key).run());
    const ActionResult& result = action.result;
    auto insert = TRY(connection.prepare("INSERT INTO actions(kind, key, objects, facts, cost) VALUES (?, ?, ?, ?, ?)"));
    insert.bind(1, action.kind).bind(2, action.key).bind(3, ByteView(blobOf(result.objects))).bind(4, result.facts.dump());
    TRY(insert.bind(5, result.costMicroseconds).run());
    const std::int64_t row = connection.lastRow();
    auto name = TRY(connection.prepare("INSERT OR IGNORE INTO action_objects VALUES (?, ?)"));
    for (const ContentId& id : result.objects)
        TRY(name.bind(1, id.digest).bind(2, row).run());
    if (result.costMicroseconds == 0)
        return {};
    auto size = TRY(connection.prepare("SELECT sum(size) FROM objects WHERE id IN (SELECT id FROM action_objects WHERE action = ?)"));
    TRY(size.bind(1, row).step());
    const double costOfMebibyte = static_cast<double>(result.costMicroseconds) * 1048576.0 / static_cast<double>(std::max<std::int64_t>(1, size.integer(0)));
    size.reset();
    auto update = TRY(connection.prepare(
        "UPDATE objects SET cost = max(cost, ?1), worth = max(cost, ?1) + (SELECT value FROM counters WHERE name = 'age') WHERE id IN (SELECT id FROM action_objects WHERE action = ?2)"));
    return update.bind(1, static_cast<std::int64_t>(std::min(costOfMebibyte, 1e15))).bind(2, row).run();
}

Result<void> insertRoot(sqlite::Connection& connection, const Root& root)
{
    TRY(TRY(connection.prepare("DELETE FROM roots WHERE kind = ? AND name = ?")).bind(1, static_cast<int>(root.kind)).bind(2, root.name).run());
    auto insert = TRY(connection.prepare("INSERT INTO roots(kind, name, keeps, intermediates) VALUES (?, ?, ?, ?)"));
    insert.bind(1, static_cast<int>(root.kind)).bind(2, root.name).bind(3, ByteView(blobOf(root.keeps)));
    TRY(insert.bind(4, ByteView(blobOf(root.intermediates))).run());
    const std::int64_t row = connection.lastRow();
    auto keep = TRY(connection.prepare("INSERT OR IGNORE INTO kept VALUES (?, ?)"));
    for (const ContentId& id : root.keeps)
        TRY(keep.bind(1, id.digest).bind(2, row).run());
    return {};
}

} // namespace index_rows

Result<void> Index::recordFile(const FileRow& row)
{
    // Of a file that is not linked this saves hashing it again, no more.
    return change([&](sqlite::Connection& connection) { return index_rows::insertFile(connection, row); }, row.linked ? Sync::Now : Sync::Later);
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
        auto select = TRY(connection.prepare("SELECT objects, facts, cost FROM actions WHERE kind = ? AND key = ?"));
        if (!TRY(select.bind(1, kind).bind(2, key).step()))
            return std::optional<ActionResult>();
        auto facts = readJson(select.text(1));
        if (!facts)
            return fail(Fault::Corrupt, "store: an action of the index is damaged");
        return std::optional<ActionResult>(ActionResult{idsOf(select.blob(0)), std::move(*facts), static_cast<std::uint64_t>(select.integer(2))});
    });
}

Result<void> Index::recordAction(const ActionRecord& action)
{
    return change([&](sqlite::Connection& connection) { return index_rows::insertAction(connection, action); });
}

Result<void> Index::recordRoot(const Root& root)
{
    return change([&](sqlite::Connection& connection) { return index_rows::insertRoot(connection, root); });
}

Result<void> Index::forgetRoot(Root::Kind kind, std::string_view name)
{
    return change([&](sqlite::Connection& connection) -> Result<void> {
        return TRY(connection.prepare("DELETE FROM roots WHERE kind = ? AND name = ?")).bind(1, static_cast<int>(kind)).bind(2, name).run();
    });
}

Result<std::vector<Root>> Index::roots()
{
    return with([&](sqlite::Connection& connection) -> Result<std::vector<Root>> {
        auto select = TRY(connection.prepare("SELECT kind, name, keeps, intermediates FROM roots ORDER BY kind, name"));
        std::vector<Root> roots;
        while (TRY(select.step()))
            roots.push_back(rootOf(select));
        return roots;
    });
}

Result<std::optional<Root>> Index::root(Root::Kind kind, std::string_view name)
{
    return with([&](sqlite::Connection& connection) -> Result<std::optional<Root>> {
        auto select = TRY(connection.prepare("SELECT kind, name, keeps, intermediates FROM roots WHERE kind = ? AND name = ?"));
        return TRY(select.bind(1, static_cast<int>(kind)).bind(2, name).step()) ? std::optional<Root>(rootOf(select)) : std::nullopt;
    });
}

Result<std::vector<Root::Kind>> Index::keepersOf(const ContentId& id, const Root* but)
{
    return with([&](sqlite::Connection& connection) -> Result<std::vector<Root::Kind>> {
        auto select = TRY(connection.prepare("SELECT kind, name FROM roots WHERE number IN (SELECT root FROM kept WHERE id = ?)"));
        select.bind(1, id.digest);
        std::vector<Root::Kind> kinds;
        while (TRY(select.step())) {
            const auto kind = static_cast<Root::Kind>(select.integer(0));
            if (but == nullptr || but->kind != kind || but->name != select.text(1))
                kinds.push_back(kind);
        }
        return kinds;
    });
}

} // namespace artdag
