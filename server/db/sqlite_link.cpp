// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/db/sqlite_link.h"

#include "core/base/sqlite.h"

namespace artdag::server {

namespace {

class SqliteStatement final : public Statement {
public:
    SqliteStatement(sqlite::Statement statement, const sqlite::Connection& connection)
        : m_statement(std::move(statement)),
          m_connection(&connection)
    {
    }
    using Statement::bind;
    Statement& bind(int parameter, std::int64_t value) override { return bound(parameter, value); }
    Statement& bind(int parameter, std::string_view text) override { return bound(parameter, text); }
    Statement& bind(int parameter, ByteView blob) override { return bound(parameter, blob); }
    Statement& bind(int parameter, std::nullptr_t) override { return bound(parameter, nullptr); }
    Result<bool> step() override { return m_statement.step(); }
    Result<void> run() override
    {
        TRY(m_statement.run());
        m_changes = m_connection->changes();
        return {};
    }
    void reset() override { m_statement.reset(); }
    [[nodiscard]] std::int64_t integer(int column) const override { return m_statement.integer(column); }
    [[nodiscard]] std::string text(int column) const override { return m_statement.text(column); }
    [[nodiscard]] Bytes blob(int column) const override { return m_statement.blob(column); }
    [[nodiscard]] bool isNull(int column) const override { return m_statement.isNull(column); }
    [[nodiscard]] std::int64_t changes() const override { return m_changes; }

private:
    template <class Value>
    Statement& bound(int parameter, Value value)
    {
        m_statement.bind(parameter, value);
        return *this;
    }
    sqlite::Statement m_statement;
    const sqlite::Connection* m_connection;
    std::int64_t m_changes = 0;
};

/// SQLite takes `$2` for a name and numbers names as they appear; `?2` is the second parameter wherever it stands.
std::string numbered(std::string_view sql)
{
    std::string out(sql);
    for (std::size_t i = 0; i + 1 < out.size(); ++i)
        if (out[i] == '$' && out[i + 1] >= '1' && out[i + 1] <= '9')
            out[i] = '?';
    return out;
}

class SqliteLink final : public Link {
public:
    explicit SqliteLink(sqlite::Connection connection)
        : m_connection(std::move(connection))
    {
    }
    Result<std::unique_ptr<Statement>> prepare(std::string_view sql) override
    {
        auto compiled = TRY(m_connection.prepare(numbered(sql)));
        return std::unique_ptr<Statement>(std::make_unique<SqliteStatement>(std::move(compiled), m_connection));
    }
    Result<void> run(const std::string& sql) override { return m_connection.run(sql); }
    Result<void> begin() override { return m_connection.run("BEGIN IMMEDIATE"); }
    Result<std::int64_t> schemaVersion() override
    {
        auto query = TRY(m_connection.prepare("PRAGMA user_version"));
        TRY(query.step());
        return query.integer(0);
    }
    Result<void> setSchemaVersion(std::int64_t version) override { return m_connection.run("PRAGMA user_version = " + std::to_string(version)); }
    [[nodiscard]] bool isGood() const override { return true; }

private:
    sqlite::Connection m_connection;
};

} // namespace

Result<std::unique_ptr<Link>> openSqliteLink(const std::filesystem::path& file)
{
    return std::unique_ptr<Link>(std::make_unique<SqliteLink>(TRY(sqlite::Connection::open(file))));
}

} // namespace artdag::server
