// SPDX-License-Identifier: GPL-3.0-or-later
// One prepared statement and one connection, on either engine. SQL is written once, in the subset that SQLite and PostgreSQL
// share: parameters $1 …, INTEGER, TEXT and BLOB columns, ON CONFLICT, RETURNING. What only one of them has belongs in its
// own file (sqlite_link.cpp, postgres_link.cpp).
#pragma once

#include "core/base/digest.h"
#include "core/base/result.h"

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace artdag::server {

/// Parameters count from 1, columns from 0. A failed bind is reported by the next step or run. Used by one thread at a time.
class Statement {
public:
    virtual ~Statement() = default;
    virtual Statement& bind(int parameter, std::int64_t value) = 0;
    virtual Statement& bind(int parameter, std::string_view text) = 0;
    virtual Statement& bind(int parameter, ByteView blob) = 0;
    virtual Statement& bind(int parameter, std::nullptr_t) = 0;
    Statement& bind(int parameter, const char* text) { return bind(parameter, std::string_view(text)); }
    Statement& bind(int parameter, const std::string& text) { return bind(parameter, std::string_view(text)); }
    Statement& bind(int parameter, const Digest& digest) { return bind(parameter, ByteView(digest)); }
    template <std::integral Number>
    Statement& bind(int parameter, Number value)
    {
        return bind(parameter, static_cast<std::int64_t>(value));
    }
    /// A name of bytes, frames or documents; NULL when there is none.
    template <class Name>
    Statement& bind(int parameter, const std::optional<Name>& name)
    {
        return name ? bind(parameter, name->digest) : bind(parameter, nullptr);
    }

    /// True when there is a row to read, false after the last one (the statement is then ready to run again).
    virtual Result<bool> step() = 0;
    /// Steps to the end and forgets the rows.
    virtual Result<void> run() = 0;
    /// Ready to run again; bound values stay.
    virtual void reset() = 0;

    [[nodiscard]] virtual std::int64_t integer(int column) const = 0;
    [[nodiscard]] virtual std::string text(int column) const = 0;
    [[nodiscard]] virtual Bytes blob(int column) const = 0;
    [[nodiscard]] virtual bool isNull(int column) const = 0;
    /// Rows that the last run changed.
    [[nodiscard]] virtual std::int64_t changes() const = 0;
    /// A blob of exactly 32 bytes; Corrupt otherwise.
    [[nodiscard]] Result<Digest> digest(int column) const;
};

/// A table as the engine knows it.
struct Table {
    enum class Kind {
        Integer,
        Text,
        Blob
    };
    struct Column {
        std::string name;
        Kind kind;
    };
    std::string name;
    std::vector<Column> columns;
};

/// One connection; used by one thread at a time, never across a fork.
class Link {
public:
    virtual ~Link() = default;
    virtual Result<std::unique_ptr<Statement>> prepare(std::string_view sql) = 0;
    /// A SELECT without parameters over any number of rows in constant memory; nothing else runs here before its end.
    virtual Result<std::unique_ptr<Statement>> stream(const std::string& sql) = 0;
    /// Any number of statements without parameters.
    virtual Result<void> run(const std::string& sql) = 0;
    /// A step of the schema, written for SQLite.
    virtual Result<void> migrate(const std::string& step) = 0;
    /// The beginning of a transaction that will write: no other such one can come between, not even another process's.
    virtual Result<void> begin() = 0;
    /// The beginning of a transaction that sees one moment and writes nothing.
    virtual Result<void> beginReading() = 0;
    /// Waits until no other connection of any process has this turn (Unavailable after 10 s), and keeps it until endTurn or
    /// the loss of the connection. SQLite has one process, whose own lock is enough.
    virtual Result<void> takeTurn(std::int32_t turn) = 0;
    virtual void endTurn(std::int32_t turn) = 0;
    /// The end of the subselect with which an UPDATE claims one row of a queue: others' claims are passed over.
    [[nodiscard]] virtual std::string_view skipClaimed() const = 0;
    /// The tables of the schema in the order in which they were made: a table comes after those it refers to.
    virtual Result<std::vector<Table>> tables() = 0;
    /// After rows came with ids of their own: the next id is greater than all.
    virtual Result<void> followIds() = 0;
    /// How many migrations were run here; 0 for a new database.
    virtual Result<std::int64_t> schemaVersion() = 0;
    virtual Result<void> setSchemaVersion(std::int64_t version) = 0;
    /// False when the connection is lost and the next lease needs a new one.
    [[nodiscard]] virtual bool isGood() const = 0;
};

} // namespace artdag::server
