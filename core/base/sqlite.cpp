// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/sqlite.h"

#include <sqlite3.h>

#include <algorithm>

namespace artdag::sqlite {

namespace {

Fault faultOf(int code)
{
    switch (code & 0xFF) {
    case SQLITE_CONSTRAINT:
        return Fault::Conflict;
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_READONLY:
        return Fault::Denied;
    case SQLITE_CANTOPEN:
        return Fault::NotFound;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_NOMEM:
    case SQLITE_IOERR:
    case SQLITE_FULL:
    case SQLITE_PROTOCOL:
        return Fault::Unavailable;
    case SQLITE_INTERRUPT:
        return Fault::Cancelled;
    case SQLITE_RANGE:
    case SQLITE_MISUSE:
    case SQLITE_TOOBIG:
    case SQLITE_MISMATCH:
        return Fault::BadInput;
    default: // SQLITE_CORRUPT, SQLITE_NOTADB, and SQLITE_ERROR: a table that should be there is not
        return Fault::Corrupt;
    }
}

/// Only the file's own name: the path says where on someone's machine it lies.
Error errorOf(sqlite3* database, int code)
{
    std::string name = "database";
    if (const char* file = database != nullptr ? sqlite3_db_filename(database, "main") : nullptr; file != nullptr && *file != '\0')
        name += " '" + std::filesystem::path(file).filename().string() + "'";
    const char* detail = database != nullptr && (sqlite3_errcode(database) & 0xFF) == (code & 0xFF) ? sqlite3_errmsg(database) : sqlite3_errstr(code);
    return {faultOf(code), name + ": " + detail};
}

} // namespace

void Statement::Finalize::operator()(sqlite3_stmt* statement) const
{
    sqlite3_finalize(statement);
}

Statement& Statement::bind(int parameter, std::int64_t value)
{
    m_bindFailure = std::max(m_bindFailure, sqlite3_bind_int64(m_statement.get(), parameter, value));
    return *this;
}

Statement& Statement::bind(int parameter, double value)
{
    m_bindFailure = std::max(m_bindFailure, sqlite3_bind_double(m_statement.get(), parameter, value));
    return *this;
}

Statement& Statement::bind(int parameter, std::string_view text)
{
    // A null pointer would bind NULL, which an empty text is not.
    const char* start = text.data() == nullptr ? "" : text.data();
    m_bindFailure = std::max(m_bindFailure, sqlite3_bind_text64(m_statement.get(), parameter, start, text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
    return *this;
}

Statement& Statement::bind(int parameter, ByteView blob)
{
    const void* start = blob.data() == nullptr ? static_cast<const void*>("") : blob.data();
    m_bindFailure = std::max(m_bindFailure, sqlite3_bind_blob64(m_statement.get(), parameter, start, blob.size(), SQLITE_TRANSIENT));
    return *this;
}

Statement& Statement::bind(int parameter, std::nullptr_t)
{
    m_bindFailure = std::max(m_bindFailure, sqlite3_bind_null(m_statement.get(), parameter));
    return *this;
}

Result<bool> Statement::step()
{
    sqlite3* database = sqlite3_db_handle(m_statement.get());
    if (const int failure = std::exchange(m_bindFailure, 0); failure != SQLITE_OK)
        return tl::unexpected<Error>(errorOf(database, failure));
    const int code = sqlite3_step(m_statement.get());
    if (code == SQLITE_ROW)
        return true;
    if (code == SQLITE_DONE) {
        sqlite3_reset(m_statement.get());
        return false;
    }
    const Error error = errorOf(database, sqlite3_extended_errcode(database));
    sqlite3_reset(m_statement.get());
    return tl::unexpected<Error>(error);
}

Result<void> Statement::run()
{
    while (TRY(step())) {
    }
    return {};
}

void Statement::reset()
{
    sqlite3_reset(m_statement.get());
}

std::int64_t Statement::integer(int column) const
{
    return sqlite3_column_int64(m_statement.get(), column);
}

double Statement::real(int column) const
{
    return sqlite3_column_double(m_statement.get(), column);
}

std::string Statement::text(int column) const
{
    const auto* start = reinterpret_cast<const char*>(sqlite3_column_text(m_statement.get(), column));
    return start == nullptr ? std::string() : std::string(start, static_cast<std::size_t>(sqlite3_column_bytes(m_statement.get(), column)));
}

Bytes Statement::blob(int column) const
{
    const auto* start = static_cast<const std::uint8_t*>(sqlite3_column_blob(m_statement.get(), column));
    return start == nullptr ? Bytes() : Bytes(start, start + sqlite3_column_bytes(m_statement.get(), column));
}

Result<Digest> Statement::digest(int column) const
{
    const Bytes bytes = blob(column);
    Digest digest{};
    if (bytes.size() != digest.size())
        return fail(Fault::Corrupt, "database: a digest has " + std::to_string(bytes.size()) + " bytes");
    std::ranges::copy(bytes, digest.begin());
    return digest;
}

bool Statement::isNull(int column) const
{
    return sqlite3_column_type(m_statement.get(), column) == SQLITE_NULL;
}

void Connection::Close::operator()(sqlite3* database) const
{
    sqlite3_close_v2(database);
}

Result<Connection> Connection::open(const std::filesystem::path& file, Mode mode)
{
    sqlite3* opened = nullptr;
    const int flags = SQLITE_OPEN_READWRITE | (mode == Mode::Create ? SQLITE_OPEN_CREATE : 0) | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    const int code = sqlite3_open_v2(file.c_str(), &opened, flags, nullptr);
    Connection connection;
    connection.m_database.reset(opened);
    if (code != SQLITE_OK)
        return tl::unexpected<Error>(errorOf(opened, code));
    sqlite3_busy_timeout(opened, 10'000);
    // SQLite quietly falls back to reading only when the file may not be written.
    if (sqlite3_db_readonly(opened, "main") == 1)
        return fail(Fault::Denied, "database '" + file.filename().string() + "': may not be written");
    TRY(connection.run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF;"));
    return connection;
}

Result<Statement> Connection::prepare(std::string_view sql)
{
    sqlite3_stmt* compiled = nullptr;
    const int code = sqlite3_prepare_v3(m_database.get(), sql.data(), static_cast<int>(sql.size()), 0, &compiled, nullptr);
    Statement statement;
    statement.m_statement.reset(compiled);
    if (code != SQLITE_OK)
        return tl::unexpected<Error>(errorOf(m_database.get(), code));
    CHECK(compiled != nullptr); // only white space and comments
    return statement;
}

Result<void> Connection::run(const std::string& sql)
{
    const int code = sqlite3_exec(m_database.get(), sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK)
        return tl::unexpected<Error>(errorOf(m_database.get(), code));
    return {};
}

std::int64_t Connection::changes() const
{
    return sqlite3_changes64(m_database.get());
}

std::int64_t Connection::lastRow() const
{
    return sqlite3_last_insert_rowid(m_database.get());
}

Result<Transaction> Transaction::begin(Connection& connection)
{
    TRY(connection.run("BEGIN IMMEDIATE"));
    return Transaction(connection);
}

Transaction::~Transaction()
{
    if (m_connection != nullptr)
        (void)m_connection->run("ROLLBACK");
}

Result<void> Transaction::commit()
{
    auto committed = m_connection->run("COMMIT");
    if (committed)
        m_connection = nullptr; // after an error the destructor rolls back
    return committed;
}

} // namespace artdag::sqlite
