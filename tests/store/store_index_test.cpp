// SPDX-License-Identifier: GPL-3.0-or-later
// A lost, damaged, old or new index.
#include "core/base/sqlite.h"
#include "tests/store/place.h"

#include <QtTest>

#include <sys/wait.h>
#include <sys/xattr.h>

#include <array>
#include <set>

using namespace artdag;

class StoreIndexTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { useMemory(); }

    void aLostIndexIsMadeAnewFromTheObjects_data()
    {
        QTest::addColumn<int>("how");
        QTest::newRow("deleted") << 0;
        QTest::newRow("deleted with its log left") << 1;
        QTest::newRow("overwritten with noise") << 2;
        QTest::newRow("cut to nothing") << 3;
        QTest::newRow("cut in half") << 4;
        QTest::newRow("a table dropped") << 5;
        QTest::newRow("of an older schema") << 6;
        QTest::newRow("an unfinished one") << 7;
    }
    void aLostIndexIsMadeAnewFromTheObjects()
    {
        QFETCH(int, how);
        Place place;
        const ContentId asset = *place.store->put(bytesOf("an asset"), ObjectClass::Asset);
        const ContentId render = *place.store->put(bytesOf("a render!"), ObjectClass::Render);
        const ContentId raised = *place.store->put(bytesOf("first a render"), ObjectClass::Render);
        QVERIFY(place.store->put(bytesOf("first a render"), ObjectClass::Asset));
        const auto index = place.root / "index.sqlite";
        if (how == 1) { // the log of a process that was killed
            fs::copy_file(place.root / "index.sqlite-wal", place.directory.path() / "wal");
        }
        place.store.reset();
        if (how == 1)
            fs::copy_file(place.directory.path() / "wal", place.root / "index.sqlite-wal");
        if (how == 0 || how == 1 || how == 7)
            fs::remove(index);
        if (how == 2)
            writeOver(index, std::string(8192, '#'));
        if (how == 3)
            fs::resize_file(index, 0);
        if (how == 4)
            fs::resize_file(index, fs::file_size(index) / 8192 * 4096);
        if (how >= 5) {
            auto connection = *sqlite::Connection::open(index);
            QVERIFY(connection.run(how == 5 ? "DROP TABLE kept" : how == 6 ? "PRAGMA user_version = 0"
                                                                           : "CREATE TABLE objects(id)"));
        }
        place.reopen();
        // Where files cannot carry attributes (tmpfs before Linux 6.6), all that is found again is an asset.
        const bool marked = ::getxattr(place.file(render).c_str(), "user.artdag.class", nullptr, 0) == 6;
        QVERIFY(marked || ::setxattr(place.directory.path().c_str(), "user.probe", "x", 1, 0) != 0);
        const auto statistics = *place.store->statistics();
        QCOMPARE(statistics.assets, std::uint64_t(marked ? 2 : 3));
        QCOMPARE(statistics.assetBytes, std::uint64_t(marked ? 22 : 31));
        QCOMPARE(*place.store->get(asset), bytes("an asset"));
        QCOMPARE(place.store->facts(render)->kind, marked ? ObjectClass::Render : ObjectClass::Asset);
        QCOMPARE(place.store->facts(raised)->kind, ObjectClass::Asset);
        QVERIFY(place.store->check()->empty());
        place.reopen();
        QCOMPARE(place.store->statistics()->assets, statistics.assets);
    }

    void anIndexOfANewerSchemaIsRefusedAndLeftAlone()
    {
        Place place;
        QVERIFY(place.store->put(bytesOf("x"), ObjectClass::Asset));
        place.store.reset();
        {
            auto connection = *sqlite::Connection::open(place.root / "index.sqlite");
            QVERIFY(connection.run("PRAGMA user_version = 99"));
        }
        const auto refused = openStore(place.root);
        QCOMPARE(faultOf(refused), Fault::Corrupt);
        QVERIFY(refused.error().message.find("newer") != std::string::npos);
        QVERIFY(place.names("trash/quarantine").empty());
        QVERIFY(place.names("leases").empty());
    }

    void anIndexTakenAwayUnderTheStoreIsNoticed()
    {
        Place place;
        fs::remove(place.root / "index.sqlite");
        QCOMPARE(faultOf(place.store->put(bytesOf("x"), ObjectClass::Asset)), Fault::Unavailable);
        place.reopen();
        QVERIFY(place.store->put(bytesOf("x"), ObjectClass::Asset));
    }
};

QTEST_APPLESS_MAIN(StoreIndexTest)
#include "store_index_test.moc"
