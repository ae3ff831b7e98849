// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/files.h"
#include "core/base/sqlite.h"

#include <QtTest>

#include <thread>

using namespace artdag;
using sqlite::Connection;
using sqlite::Statement;
using sqlite::Transaction;

namespace {

struct Place {
    TemporaryDirectory directory = *TemporaryDirectory::make();
    std::filesystem::path file = directory.path() / "x.sqlite";
};

std::int64_t count(Connection& connection)
{
    Statement statement = *connection.prepare("SELECT count(*) FROM t");
    CHECK(*statement.step());
    return statement.integer(0);
}

} // namespace

class SqliteTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void valuesComeBackAsTheyWereBound()
    {
        const Place place;
        Connection connection = *Connection::open(place.file);
        QVERIFY(connection.run("CREATE TABLE t(a, b, c, d, e, f)"));
        const std::string text("a\0b", 3);
        QVERIFY(connection.prepare("INSERT INTO t VALUES (?,?,?,?,?,?)")->bind(1, INT64_MIN).bind(2, 0.1).bind(3, std::string_view(text)).bind(4, Bytes{0, 255}).bind(5, nullptr).bind(6, std::string_view()).run());
        QCOMPARE(connection.lastRow(), 1);
        Statement statement = *connection.prepare("SELECT * FROM t");
        QVERIFY(*statement.step());
        QCOMPARE(statement.integer(0), INT64_MIN);
        QCOMPARE(statement.real(1), 0.1);
        QCOMPARE(statement.text(2), text);
        QCOMPARE(statement.blob(3), (Bytes{0, 255}));
        QVERIFY(statement.isNull(4));
        QVERIFY(!statement.isNull(5) && statement.text(5).empty());
        QVERIFY(!*statement.step());
    }

    void aStatementRunsAgainWithNewValues()
    {
        const Place place;
        Connection connection = *Connection::open(place.file);
        QVERIFY(connection.run("CREATE TABLE t(a)"));
        Statement insert = *connection.prepare("INSERT INTO t VALUES (?)");
        for (int i = 0; i < 5; ++i)
            QVERIFY(insert.bind(1, i).run());
        QCOMPARE(count(connection), 5);
        QVERIFY(connection.run("DELETE FROM t WHERE a > 1"));
        QCOMPARE(connection.changes(), 3);
    }

    void faultsSayWhatTheCallerCanDo()
    {
        const Place place;
        QCOMPARE(Connection::open(place.file, Connection::Mode::ReadWrite).error().fault, Fault::NotFound);
        Connection connection = *Connection::open(place.file);
        QVERIFY(connection.run("CREATE TABLE t(a PRIMARY KEY, b)"));
        QVERIFY(connection.run("INSERT INTO t VALUES (1, 1)"));
        QCOMPARE(connection.run("INSERT INTO t VALUES (1, 1)").error().fault, Fault::Conflict);
        QCOMPARE(connection.prepare("SELECT * FROM missing").error().fault, Fault::Corrupt);
        QCOMPARE(connection.prepare("SELECT a FROM t")->bind(7, 1).step().error().fault, Fault::BadInput);
        QVERIFY(connection.run("SELECT * FROM missing").error().message.starts_with("database 'x.sqlite'"));
        QCOMPARE(connection.prepare("SELECT x'00'")->digest(0).error().fault, Fault::Corrupt);
        QVERIFY(writeFileAtomically(place.directory.path() / "no", bytesOf(std::string(4096, 'n'))));
        QCOMPARE(Connection::open(place.directory.path() / "no").error().fault, Fault::Corrupt);
    }

    void aTransactionThatIsNotCommittedLeavesNothing()
    {
        const Place place;
        Connection connection = *Connection::open(place.file);
        QVERIFY(connection.run("CREATE TABLE t(a)"));
        {
            auto transaction = Transaction::begin(connection);
            QVERIFY(connection.run("INSERT INTO t VALUES (1)"));
        }
        QCOMPARE(count(connection), 0);
        {
            auto transaction = Transaction::begin(connection);
            QVERIFY(connection.run("INSERT INTO t VALUES (1)"));
            QVERIFY(transaction->commit());
        }
        QCOMPARE(count(connection), 1);
    }

    void connectionsAreDurableAndWaitForEachOther()
    {
        const Place place;
        Connection connection = *Connection::open(place.file);
        Statement mode = *connection.prepare("SELECT (SELECT journal_mode FROM pragma_journal_mode), (SELECT synchronous FROM pragma_synchronous)");
        QVERIFY(*mode.step());
        QCOMPARE(mode.text(0), std::string("wal"));
        QCOMPARE(mode.integer(1), 2);
        mode.reset();
        QVERIFY(connection.run("CREATE TABLE t(a)"));
        std::atomic<int> failures = 0;
        {
            std::vector<std::jthread> threads;
            for (int k = 0; k < 4; ++k)
                threads.emplace_back([&] {
                    Connection own = *Connection::open(place.file);
                    for (int i = 0; i < 25; ++i) {
                        auto transaction = Transaction::begin(own);
                        failures += !(transaction && own.run("INSERT INTO t VALUES (1)") && transaction->commit());
                    }
                });
        }
        QCOMPARE(failures.load(), 0);
        QCOMPARE(count(connection), 100);
    }
};

QTEST_APPLESS_MAIN(SqliteTest)
#include "sqlite_test.moc"
