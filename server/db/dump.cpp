// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/db/dump.h"

#include "core/base/files.h"
#include "core/base/json.h"
#include "core/identity/keys.h"
#include "server/db/migrations.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <optional>

#include <fcntl.h>
#include <unistd.h>

namespace artdag::server {

namespace {

constexpr std::size_t longestLine = std::size_t{256} << 20;

std::string nameInSql(const std::string& name)
{
    return "\"" + name + "\""; // names are our own: letters, digits and _
}

std::string listOf(const Table& table)
{
    std::string list;
    for (const Table::Column& column : table.columns)
        list += (list.empty() ? "" : ", ") + nameInSql(column.name);
    return list;
}

Json valueOf(const Statement& row, int column, Table::Kind kind)
{
    if (row.isNull(column))
        return nullptr;
    if (kind == Table::Kind::Integer)
        return row.integer(column);
    if (kind == Table::Kind::Text)
        return row.text(column);
    return {{"b", base64Url(row.blob(column))}};
}

Result<std::int64_t> writeTable(Link& link, const Table& table, const std::function<Result<void>(std::string_view)>& sink)
{
    Json columns = Json::array();
    for (const Table::Column& column : table.columns)
        columns.push_back(column.name);
    TRY(sink(Json{{"table", table.name}, {"columns", columns}}.dump() + "\n"));
    const auto rows = TRY(link.stream("SELECT " + listOf(table) + " FROM " + nameInSql(table.name)));
    std::int64_t count = 0;
    for (; TRY(rows->step()); ++count) {
        Json row = Json::array();
        for (std::size_t i = 0; i < table.columns.size(); ++i)
            row.push_back(valueOf(*rows, static_cast<int>(i), table.columns[i].kind));
        // Text that is no UTF-8 cannot have come through JSON, and so is not there.
        TRY(sink(row.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n"));
    }
    return count;
}

} // namespace

Result<void> writeDump(Database& database, const std::function<Result<void>(std::string_view)>& sink)
{
    auto lease = TRY(database.lease());
    Link& link = lease.link();
    TRY(link.beginReading());
    const auto written = [&]() -> Result<void> {
        TRY(sink(Json{{"artdag", "dump"}, {"schema", TRY(link.schemaVersion())}}.dump() + "\n"));
        std::int64_t rows = 0;
        for (const Table& table : TRY(link.tables()))
            rows += TRY(writeTable(link, table, sink));
        return sink(Json{{"rows", rows}}.dump() + "\n");
    }();
    const auto ended = link.run("ROLLBACK");
    TRY(Result<void>(written));
    return ended;
}

Result<void> writeDumpFile(Database& database, const std::filesystem::path& file)
{
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return tl::unexpected<Error>(systemError("file '" + file.filename().string() + "'", errno));
    std::FILE* out = ::fdopen(descriptor, "w");
    CHECK(out != nullptr);
    auto written = writeDump(database, [&](std::string_view piece) -> Result<void> {
        if (std::fwrite(piece.data(), 1, piece.size(), out) != piece.size())
            return tl::unexpected<Error>(systemError("file '" + file.filename().string() + "'", errno));
        return {};
    });
    const bool safe = std::fflush(out) == 0 && ::fdatasync(descriptor) == 0;
    const int code = errno;
    if (std::fclose(out) != 0 || !safe) // NOLINT: both are looked at
        written = written ? tl::unexpected<Error>(systemError("file '" + file.filename().string() + "'", code)) : written;
    if (!written)
        ::unlink(file.c_str());
    return written;
}

struct DumpReader::State {
    std::string url, line;
    std::unique_ptr<Database> database;
    std::optional<Database::Lease> lease;
    std::optional<Transaction> transaction;
    std::vector<Table> tables;
    const Table* table = nullptr;
    Statement* insert = nullptr;
    std::int64_t rows = 0;
    bool ended = false;

    ~State()
    {
        transaction.reset();
        lease.reset();
    }

    static tl::unexpected<Error> corrupt(const std::string& why) { return fail(Fault::Corrupt, "dump: " + why); }

    Result<void> start(const Json& head)
    {
        const auto newest = static_cast<std::int64_t>(migrations().size());
        const std::int64_t schema = head.value("schema", std::int64_t{0});
        if (head.value("artdag", "") != "dump" || schema < 1)
            return corrupt("it does not begin as one");
        if (schema > newest)
            return corrupt(fmt::format("schema {} was made by a newer artdagd; this one knows {}", schema, newest));
        database = Database::attach(url);
        if (TRY(TRY(database->lease()).link().schemaVersion()) != 0)
            return fail(Fault::Conflict, "database: there is something in it already; restore into an empty one");
        database = TRY(Database::openAt(url, schema));
        lease.emplace(TRY(database->lease()));
        transaction.emplace(TRY(lease->begin()));
        tables = TRY(lease->link().tables());
        return {};
    }

    Result<void> nextTable(const Json& head)
    {
        const auto found = std::ranges::find(tables, head.at("table").get<std::string>(), &Table::name);
        if (found == tables.end())
            return corrupt("it has a table that the schema has not");
        Table named{found->name, {}};
        for (const Json& name : head.at("columns")) {
            const auto column = std::ranges::find(found->columns, name.get<std::string>(), &Table::Column::name);
            if (column == found->columns.end())
                return corrupt("table " + found->name + " has a column that the schema has not");
            named.columns.push_back(*column);
        }
        std::string marks;
        for (std::size_t i = 1; i <= named.columns.size(); ++i)
            marks += (i == 1 ? "$" : ", $") + std::to_string(i);
        insert = TRY(lease->statement("INSERT INTO " + nameInSql(named.name) + " (" + listOf(named) + ") VALUES (" + marks + ")"));
        *found = named;
        table = &*found;
        return {};
    }

    Result<void> addRow(const Json& row)
    {
        if (table == nullptr || row.size() != table->columns.size())
            return corrupt("a row does not fit its table");
        for (std::size_t i = 0; i < row.size(); ++i) {
            const int parameter = static_cast<int>(i) + 1;
            if (row[i].is_null())
                insert->bind(parameter, nullptr);
            else if (row[i].is_number_integer())
                insert->bind(parameter, row[i].get<std::int64_t>());
            else if (row[i].is_string())
                insert->bind(parameter, row[i].get_ref<const std::string&>());
            else
                insert->bind(parameter, ByteView(TRY(bytesOfBase64Url(row[i].at("b").get<std::string>()))));
        }
        ++rows;
        return insert->run();
    }

    Result<void> takeLine(const Json& json)
    {
        if (ended)
            return corrupt("it goes on after its end");
        if (!database)
            return start(json);
        if (json.is_array())
            return addRow(json);
        if (json.contains("table"))
            return nextTable(json);
        ended = true;
        return json.value("rows", std::int64_t{-1}) == rows ? Result<void>() : corrupt("rows are missing");
    }

    Result<void> takeLine()
    {
        try {
            const Json json = Json::parse(line);
            line.clear();
            return takeLine(json);
        } catch (const Json::exception&) {
            return corrupt("a line cannot be read");
        }
    }
};

DumpReader::DumpReader(std::string url)
    : m_state(std::make_unique<State>())
{
    m_state->url = std::move(url);
}

DumpReader::~DumpReader() = default;

Result<void> DumpReader::take(std::string_view piece)
{
    while (!piece.empty()) {
        const std::size_t end = piece.find('\n');
        m_state->line += piece.substr(0, end);
        if (m_state->line.size() > longestLine)
            return State::corrupt("a line is too long");
        if (end == std::string_view::npos)
            return {};
        piece.remove_prefix(end + 1);
        TRY(m_state->takeLine());
    }
    return {};
}

Result<void> DumpReader::finish()
{
    if (!m_state->ended || !m_state->line.empty())
        return State::corrupt("its end is missing");
    TRY(m_state->lease->link().followIds());
    return m_state->transaction->commit();
}

} // namespace artdag::server
