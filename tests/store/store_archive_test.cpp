// SPDX-License-Identifier: GPL-3.0-or-later
// Objects carried from one store to another in a folder.
#include "core/store/archive.h"
#include "tests/store/place.h"

#include <QtTest>

using namespace artdag;

class StoreArchiveTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { useMemory(); }

    void whatIsExportedCanBeTakenInElsewhere()
    {
        Place from, to;
        const auto big = bigFile(from);
        const std::vector<ContentId> ids{*from.store->put(bytesOf("asset"), ObjectClass::Asset), *from.store->put(bytesOf("render"), ObjectClass::Render), *from.store->putFile(big, ObjectClass::Asset)};
        const auto folder = from.directory.path() / "out";
        const auto exported = *exportObjects(*from.store, ids, folder);
        QCOMPARE(exported.size(), std::size_t{3});
        QCOMPARE(*importObjects(*to.store, folder), exported);
        fs::remove_all(folder);
        for (const ContentId& id : ids) {
            QCOMPARE(to.store->facts(id)->kind, ObjectClass::Asset);
            QVERIFY(!to.store->facts(id)->linked);
            QVERIFY(to.store->path(id));
        }
    }

    void aDamagedExportIsRefusedByTheNameOfTheObject_data()
    {
        QTest::addColumn<int>("how");
        QTest::newRow("a byte changed") << 0;
        QTest::newRow("an object cut") << 1;
        QTest::newRow("an object gone") << 2;
        QTest::newRow("a symbolic link") << 3;
    }
    void aDamagedExportIsRefusedByTheNameOfTheObject()
    {
        QFETCH(int, how);
        Place from, to;
        const ContentId id = *from.store->put(bytesOf("asset"), ObjectClass::Asset);
        const auto folder = from.directory.path() / "out";
        QVERIFY(exportObjects(*from.store, std::span(&id, 1), folder));
        const auto file = folder / "objects" / id.hex().substr(0, 2) / id.hex().substr(2);
        if (how == 0)
            writeOver(file, "assey");
        if (how == 1)
            writeOver(file, "ass");
        if (how >= 2)
            fs::remove(file);
        if (how == 3) {
            QVERIFY(writeFileAtomically(from.directory.path() / "asset", bytesOf("asset")));
            fs::create_symlink(from.directory.path() / "asset", file);
        }
        const auto refused = importObjects(*to.store, folder);
        QCOMPARE(faultOf(refused), Fault::Corrupt);
        QVERIFY(refused.error().message.starts_with("object " + id.text()));
        QVERIFY(!to.store->facts(id));
    }

    void anExportIsNeverMixedWithAnotherAndNeedsItsList()
    {
        Place place;
        const ContentId id = *place.store->put(bytesOf("asset"), ObjectClass::Asset);
        const auto folder = place.directory.path() / "out";
        QVERIFY(exportObjects(*place.store, std::span(&id, 1), folder));
        QCOMPARE(faultOf(exportObjects(*place.store, std::span(&id, 1), folder)), Fault::Conflict);
        fs::remove(folder / "export.json");
        QCOMPARE(faultOf(importObjects(*place.store, folder)), Fault::NotFound);
        const ContentId missing = idOf("missing");
        QCOMPARE(faultOf(exportObjects(*place.store, std::span(&missing, 1), place.directory.path() / "other")), Fault::NotFound);
    }

    void aListThatIsNoneIsRefused_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("another version") << QByteArray(R"({"artdag_export": 2, "objects": []})");
        QTest::newRow("no list") << QByteArray(R"({"artdag_export": 1, "objects": {}})");
        QTest::newRow("a traversing name") << QByteArray(R"({"artdag_export": 1, "objects": [{"id": "../../x", "size": 1}]})");
        QTest::newRow("a negative size") << QByteArray(R"({"artdag_export": 1, "objects": [{"id": "ID", "size": -1}]})").replace("ID", "sha3-256:" + QByteArray(64, 'a'));
    }
    void aListThatIsNoneIsRefused()
    {
        QFETCH(QByteArray, text);
        QCOMPARE(faultOf(readArchiveList(text.toStdString())), Fault::BadInput);
    }
};

QTEST_APPLESS_MAIN(StoreArchiveTest)
#include "store_archive_test.moc"
