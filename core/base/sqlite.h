// SPDX-License-Identifier: GPL-3.0-or-later
// SQLite as values that close themselves and errors that are Results. A connection is used by one thread at a time and
// never crosses a fork; statements die before their connection.
#pragma once

#include "core/base/digest.h"
#include "core/base/result.h"

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

struct sqlite3;
struct sqlite3_stmt;

namespace artdag::sqlite {

/// One prepared statement. Parameters count from 1, columns from 0. A failed bind is reported by the next step or run.
class Statement {
public:
    Statement& bind(int parameter, std::int64_t value);
    Statement& bind(int parameter, double value);
    Statement& bind(int parameter, std::string_view text);
    Statement& bind(int parameter, const char* text) { return bind(parameter, std::string_view(text)); }
    Statement& bind(int parameter, ByteView blob);
    Statement& bind(int parameter, const Digest& digest) { return bind(parameter, ByteView(digest)); }
    Statement& bind(int parameter, std::nullptr_t);
    template <std::integral Number>
    Statement& bind(int parameter, Number value)
    {
        return bind(parameter, static_cast<std::int64_t>(value));
    }

    /// True when there is a row to read, false after the last one (the statement is then ready to run again).
    Result<bool> step();
    /// Steps to the end and forgets the rows.
    Result<void> run();
    /// Ready to run again; bound values stay.
    void reset();

    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] double real(int column) const;
    [[nodiscard]] std::string text(int column) const;
    [[nodiscard]] Bytes blob(int column) const;
    /// A blob of exactly 32 bytes; Corrupt otherwise.
    [[nodiscard]] Result<Digest> digest(int column) const;
    [[nodiscard]] bool isNull(int column) const;

private:
    friend class Connection;
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const;
    };
    std::unique_ptr<sqlite3_stmt, Finalize> m_statement;
    int m_bindFailure = 0;
};

class Connection {
public:
    enum class Mode {
        ReadWrite,
        Create,
    };
    /// Opens with busy timeout 10 s, WAL, synchronous=FULL and foreign keys on. NotFound for Mode::ReadWrite without a
    /// file; Corrupt for a file that is no database; Denied for a read-only one.
    static Result<Connection> open(const std::filesystem::path& file, Mode mode = Mode::Create);

    /// Compiles one statement.
    Result<Statement> prepare(std::string_view sql);
    /// Runs any number of statements without parameters.
    Result<void> run(const std::string& sql);
    [[nodiscard]] std::int64_t changes() const; ///< rows that the last statement changed
    [[nodiscard]] std::int64_t lastRow() const; ///< rowid of the last insert

private:
    struct Close {
        void operator()(sqlite3* database) const;
    };
    std::unique_ptr<sqlite3, Close> m_database;
};

/// BEGIN IMMEDIATE; rolled back at the end of its life unless committed.
class Transaction {
public:
    static Result<Transaction> begin(Connection& connection);
    Transaction(Transaction&& other) noexcept
        : m_connection(std::exchange(other.m_connection, nullptr)) {}
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();
    /// After an error nothing of the transaction is kept.
    Result<void> commit();

private:
    explicit Transaction(Connection& connection)
        : m_connection(&connection) {}
    Connection* m_connection;
};

} // namespace artdag::sqlite
