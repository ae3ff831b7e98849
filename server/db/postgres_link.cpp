// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/db/postgres_link.h"

#include "server/db/postgres_schema.h"
#include "server/operation/log.h"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <array>
#include <charconv>
#include <cstdlib>
#include <map>
#include <utility>

namespace artdag::server {

namespace {

constexpr std::int32_t turns = 0x41444147; // the space of our advisory locks
constexpr Oid int8Type = 20, textType = 25, byteaType = 17;

struct FreeResult {
    void operator()(PGresult* result) const { PQclear(result); }
};
using ResultRows = std::unique_ptr<PGresult, FreeResult>;

struct CloseConnection {
    void operator()(PGconn* connection) const { PQfinish(connection); }
};

/// PostgreSQL 15, Appendix A.
Fault faultOf(std::string_view state)
{
    if (state.starts_with("23"))
        return Fault::Conflict;
    if (state.starts_with("22"))
        return Fault::BadInput;
    if (state.starts_with("28") || state == "42501")
        return Fault::Denied;
    for (const std::string_view passing : {"08", "40", "53", "55P03", "57", "58", "25006"})
        if (state.starts_with(passing))
            return Fault::Unavailable;
    return Fault::Corrupt;
}

/// The connection, as its statements see it.
struct Connection {
    std::unique_ptr<PGconn, CloseConnection> handle;
    bool isGood = true;
    std::uint64_t prepared = 0;

    /// Only the first line of a message: the others may show values.
    Error errorOf(const PGresult* result)
    {
        const char* state = result != nullptr ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : nullptr;
        const std::string_view code = state != nullptr ? state : "";
        if (PQstatus(handle.get()) != CONNECTION_OK || code.empty() || code.starts_with("57P") || code.starts_with("08")) {
            isGood = false;
            return {Fault::Unavailable, "database: the connection was lost"};
        }
        const char* words = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
        return {faultOf(code), "database: " + std::string(words != nullptr ? words : "it refused") + " (" + std::string(code) + ")"};
    }

    Result<ResultRows> take(PGresult* result)
    {
        ResultRows rows(result);
        const ExecStatusType status = PQresultStatus(rows.get());
        if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_SINGLE_TUPLE && status != PGRES_EMPTY_QUERY)
            return tl::unexpected<Error>(errorOf(rows.get()));
        return rows;
    }
};

Bytes bytesOfHex(std::string_view text)
{
    Bytes bytes;
    auto digit = [](char c) { return static_cast<std::uint8_t>(c <= '9' ? c - '0' : c - 'a' + 10); };
    for (std::size_t i = 2; i + 1 < text.size(); i += 2) // after \x
        bytes.push_back(static_cast<std::uint8_t>(digit(text[i]) << 4 | digit(text[i + 1])));
    return bytes;
}

class Rows : public Statement {
public:
    [[nodiscard]] std::int64_t integer(int column) const override
    {
        const std::string_view value = view(column);
        if (value == "t")
            return 1;
        std::int64_t number = 0;
        std::from_chars(value.data(), value.data() + value.size(), number);
        return number;
    }
    [[nodiscard]] std::string text(int column) const override { return std::string(view(column)); }
    [[nodiscard]] Bytes blob(int column) const override { return bytesOfHex(view(column)); }
    [[nodiscard]] bool isNull(int column) const override { return !m_rows || PQgetisnull(m_rows.get(), m_row, column) != 0; }
    [[nodiscard]] std::int64_t changes() const override { return m_changes; }

protected:
    ResultRows m_rows;
    int m_row = -1;
    std::int64_t m_changes = 0;

private:
    [[nodiscard]] std::string_view view(int column) const
    {
        if (!m_rows)
            return {};
        return {PQgetvalue(m_rows.get(), m_row, column), static_cast<std::size_t>(PQgetlength(m_rows.get(), m_row, column))};
    }
};

/// Prepared when it first runs, because what is bound says which types its parameters have: `$1 = 0` alone would make a
/// 32-bit number of it.
class PostgresStatement final : public Rows {
public:
    PostgresStatement(Connection& connection, std::string_view sql)
        : m_connection(connection),
          m_sql(sql)
    {
    }
    using Statement::bind;
    Statement& bind(int parameter, std::int64_t value) override { return bound(parameter, int8Type, std::to_string(value), 0); }
    Statement& bind(int parameter, std::string_view text) override { return bound(parameter, textType, std::string(text), 1); }
    Statement& bind(int parameter, ByteView blob) override { return bound(parameter, byteaType, std::string(blob.begin(), blob.end()), 1); }
    Statement& bind(int parameter, std::nullptr_t) override
    {
        at(parameter).isNull = true;
        return *this;
    }

    Result<bool> step() override
    {
        if (!m_rows)
            TRY(execute());
        if (++m_row < PQntuples(m_rows.get()))
            return true;
        reset();
        return false;
    }
    Result<void> run() override
    {
        if (!m_rows)
            TRY(execute());
        reset();
        return {};
    }
    void reset() override
    {
        m_rows.reset();
        m_row = -1;
    }

private:
    struct Parameter {
        Oid type = 0; ///< of the last value that was not NULL; 0: found by the server from where it stands
        bool isNull = true;
        std::string value;
        int format = 0;
    };
    Parameter& at(int parameter)
    {
        if (static_cast<std::size_t>(parameter) > m_parameters.size())
            m_parameters.resize(static_cast<std::size_t>(parameter));
        return m_parameters[static_cast<std::size_t>(parameter) - 1];
    }
    Statement& bound(int parameter, Oid type, std::string value, int format)
    {
        at(parameter) = {type, false, std::move(value), format};
        return *this;
    }

    Result<std::string> prepared(const std::vector<Oid>& types)
    {
        if (const auto found = m_names.find(types); found != m_names.end())
            return found->second;
        const std::string name = "s" + std::to_string(++m_connection.prepared);
        TRY(m_connection.take(PQprepare(m_connection.handle.get(), name.c_str(), m_sql.c_str(), static_cast<int>(types.size()), types.data())));
        return m_names.emplace(types, name).first->second;
    }

    Result<void> execute()
    {
        std::vector<Oid> types;
        std::vector<const char*> values;
        std::vector<int> lengths, formats;
        for (const Parameter& parameter : m_parameters) {
            types.push_back(parameter.type);
            values.push_back(parameter.isNull ? nullptr : parameter.value.c_str());
            lengths.push_back(static_cast<int>(parameter.value.size()));
            formats.push_back(parameter.format);
        }
        const std::string name = TRY(prepared(types));
        m_rows = TRY(m_connection.take(PQexecPrepared(m_connection.handle.get(), name.c_str(), static_cast<int>(types.size()), values.data(), lengths.data(), formats.data(), 0)));
        m_row = -1;
        m_changes = std::atoll(PQcmdTuples(m_rows.get()));
        return {};
    }

    Connection& m_connection;
    std::string m_sql;
    std::vector<Parameter> m_parameters;
    std::map<std::vector<Oid>, std::string> m_names; ///< by the types of the parameters
};

/// Row after row as the server sends them.
class StreamedRows final : public Rows {
public:
    StreamedRows(Connection& connection, std::string sql)
        : m_connection(connection),
          m_sql(std::move(sql))
    {
    }
    ~StreamedRows() override { drain(); }
    StreamedRows(const StreamedRows&) = delete;
    StreamedRows& operator=(const StreamedRows&) = delete;
    using Statement::bind;
    Statement& bind(int, std::int64_t) override { return *this; }
    Statement& bind(int, std::string_view) override { return *this; }
    Statement& bind(int, ByteView) override { return *this; }
    Statement& bind(int, std::nullptr_t) override { return *this; }
    Result<bool> step() override
    {
        PGconn* connection = m_connection.handle.get();
        if (!std::exchange(m_sent, true) && (PQsendQuery(connection, m_sql.c_str()) != 1 || PQsetSingleRowMode(connection) != 1))
            return tl::unexpected<Error>(m_connection.errorOf(nullptr));
        m_rows = TRY(m_connection.take(PQgetResult(connection)));
        m_row = 0;
        if (PQntuples(m_rows.get()) == 1)
            return true;
        reset();
        return false;
    }
    Result<void> run() override
    {
        while (TRY(step())) {
        }
        return {};
    }
    void reset() override
    {
        drain();
        m_rows.reset();
        m_sent = false;
    }

private:
    void drain()
    {
        while (m_sent)
            if (const ResultRows rest(PQgetResult(m_connection.handle.get())); !rest)
                return;
    }
    Connection& m_connection;
    std::string m_sql;
    bool m_sent = false;
};

class PostgresLink final : public Link {
public:
    explicit PostgresLink(std::unique_ptr<PGconn, CloseConnection> handle) { m_connection.handle = std::move(handle); }
    Result<std::unique_ptr<Statement>> prepare(std::string_view sql) override
    {
        return std::unique_ptr<Statement>(std::make_unique<PostgresStatement>(m_connection, sql));
    }
    Result<std::unique_ptr<Statement>> stream(const std::string& sql) override
    {
        return std::unique_ptr<Statement>(std::make_unique<StreamedRows>(m_connection, sql));
    }
    Result<void> run(const std::string& sql) override
    {
        const ResultRows rows = TRY(m_connection.take(PQexec(m_connection.handle.get(), sql.c_str())));
        // A transaction that failed on its way is "committed" by rolling it back, and without an error.
        if (sql == "COMMIT" && std::string_view(PQcmdStatus(rows.get())) == "ROLLBACK")
            return fail(Fault::Conflict, "database: nothing was written, because a part of it was refused");
        return {};
    }
    Result<void> migrate(const std::string& step) override
    {
        if (!TRY(hasSchema()))
            TRY(run(std::string(postgresBeginnings())));
        return run(postgresSchema(step));
    }
    Result<void> begin() override
    {
        auto begun = run(fmt::format("BEGIN; SELECT pg_advisory_xact_lock({}, 0)", turns));
        if (!begun && isGood())
            (void)run("ROLLBACK");
        return begun;
    }
    Result<void> beginReading() override { return run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"); }
    Result<void> takeTurn(std::int32_t turn) override { return run(fmt::format("SELECT pg_advisory_lock({}, {})", turns, turn)); }
    void endTurn(std::int32_t turn) override { (void)run(fmt::format("SELECT pg_advisory_unlock({}, {})", turns, turn)); }
    [[nodiscard]] std::string_view skipClaimed() const override { return " FOR UPDATE SKIP LOCKED"; }
    Result<std::vector<Table>> tables() override;
    Result<void> followIds() override;
    Result<std::int64_t> schemaVersion() override
    {
        if (!TRY(hasSchema()))
            return 0;
        const ResultRows rows = TRY(m_connection.take(PQexec(m_connection.handle.get(), "SELECT version FROM schema_version")));
        if (PQntuples(rows.get()) != 1)
            return fail(Fault::Corrupt, "database: the number of its schema is gone");
        return std::atoll(PQgetvalue(rows.get(), 0, 0));
    }
    Result<void> setSchemaVersion(std::int64_t version) override { return run("UPDATE schema_version SET version = " + std::to_string(version)); }
    [[nodiscard]] bool isGood() const override { return m_connection.isGood; }

private:
    Result<bool> hasSchema()
    {
        const ResultRows there = TRY(m_connection.take(PQexec(m_connection.handle.get(), "SELECT to_regclass('schema_version') IS NOT NULL")));
        return std::string_view(PQgetvalue(there.get(), 0, 0)) == "t";
    }
    Connection m_connection;
};

Result<std::vector<Table>> PostgresLink::tables()
{
    const auto query = TRY(prepare("SELECT c.relname, a.attname, format_type(a.atttypid, NULL) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid "
                                   "WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND c.relname <> 'schema_version' AND a.attnum > 0 AND NOT a.attisdropped "
                                   "ORDER BY c.oid, a.attnum"));
    std::vector<Table> tables;
    while (TRY(query->step())) {
        if (tables.empty() || tables.back().name != query->text(0))
            tables.push_back({query->text(0), {}});
        const std::string type = query->text(2);
        tables.back().columns.push_back({query->text(1), type == "bigint" ? Table::Kind::Integer : type == "bytea" ? Table::Kind::Blob
                                                                                                                   : Table::Kind::Text});
    }
    return tables;
}

Result<void> PostgresLink::followIds()
{
    const auto query = TRY(prepare("SELECT format('SELECT setval(pg_get_serial_sequence(%L, %L), coalesce(max(%I), 0) + 1, false) FROM %I', table_name, column_name, column_name, table_name) "
                                   "FROM information_schema.columns WHERE table_schema = current_schema() AND is_identity = 'YES'"));
    while (TRY(query->step()))
        TRY(run(query->text(0)));
    return {};
}

} // namespace

Result<std::unique_ptr<Link>> openPostgresLink(const std::string& url)
{
    // A URL that cannot be read is quoted in libpq's own message, password and all.
    if (auto* parsed = PQconninfoParse(url.c_str(), nullptr); parsed != nullptr)
        PQconninfoFree(parsed);
    else
        return fail(Fault::BadInput, "database: the URL cannot be read; it must be postgresql://USER:PASSWORD@HOST:PORT/NAME");
    // Later words win, but for the database's name, which is the URL and is taken apart where it stands.
    constexpr std::array names{"connect_timeout", "client_encoding", "application_name", "options", "keepalives_idle", "dbname", static_cast<const char*>(nullptr)};
    const std::array values{"5", "UTF8", "artdagd", "-c lock_timeout=10s -c client_min_messages=warning -c standard_conforming_strings=on -c bytea_output=hex", "30", url.c_str(), static_cast<const char*>(nullptr)};
    std::unique_ptr<PGconn, CloseConnection> handle(PQconnectdbParams(names.data(), values.data(), 1));
    if (!handle || PQstatus(handle.get()) != CONNECTION_OK) {
        const std::string words = handle ? PQerrorMessage(handle.get()) : "out of memory";
        logTrouble("database", words.substr(0, words.find('\n'))); // for the log: it tells where the server is
        const bool refused = handle && PQconnectionNeedsPassword(handle.get()) != 0;
        return fail(refused || words.find("authentication failed") != std::string::npos ? Fault::Denied : Fault::Unavailable, "database: it cannot be reached now");
    }
    return std::unique_ptr<Link>(std::make_unique<PostgresLink>(std::move(handle)));
}

} // namespace artdag::server
