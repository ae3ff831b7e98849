// SPDX-License-Identifier: GPL-3.0-or-later
// What one process sees of the store: bytes, names, damage, actions.
#include "core/base/sqlite.h"
#include "tests/store/place.h"

#include <QtTest>

#include <sys/wait.h>
#include <sys/xattr.h>

#include <array>
#include <set>

using namespace artdag;

class StoreTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { useMemory(); }

    void bytesComeBackFromAFileNamedByThem()
    {
        Place place;
        const ContentId id = *place.store->put(bytesOf("hello"), ObjectClass::Asset);
        QCOMPARE(id, idOf("hello"));
        QCOMPARE(*place.store->get(id), bytes("hello"));
        QCOMPARE(*place.store->path(id), place.file(id));
        struct stat facts {};
        QCOMPARE(::stat(place.file(id).c_str(), &facts), 0);
        QCOMPARE(unsigned(facts.st_mode & 07777U), 0444U);
        QVERIFY(place.names("tmp").empty());
        QCOMPARE(place.store->facts(id)->size, std::uint64_t{5});
        QCOMPARE(*place.store->facts(id)->sha256, sha256(bytesOf("hello")));
        place.reopen();
        QCOMPARE(*place.store->get(id), bytes("hello"));
    }

    void sizesAroundABlockAreKept_data()
    {
        QTest::addColumn<int>("size");
        for (const int size : {0, 1, 262143, 262144, 262145, 3000001})
            QTest::newRow(std::to_string(size).c_str()) << size;
    }
    void sizesAroundABlockAreKept()
    {
        QFETCH(int, size);
        Place place;
        std::string text(std::size_t(size), 'x');
        for (std::size_t i = 0; i < text.size(); i += 997)
            text[i] = char(i);
        const ContentId id = *place.store->put(bytesOf(text), ObjectClass::Render);
        QCOMPARE(id, idOf(text));
        place.reopen();
        QVERIFY(*place.store->get(id) == bytes(text));
    }

    void whatComesInPiecesIsKeptWhenItIsWhole()
    {
        Place place;
        const std::string text(3000001, 'x');
        for (const std::uint64_t expected : {std::uint64_t{0}, std::uint64_t{100}, std::uint64_t{9} << 20}) {
            const auto writer = place.store->write(expected, ObjectClass::Render).value();
            for (std::size_t at = 0; at < text.size(); at += 700001)
                QVERIFY(writer->add(bytesOf(std::string_view(text).substr(at, 700001))));
            QCOMPARE(writer->finish().value(), idOf(text));
        }
        struct stat facts {};
        QCOMPARE(::stat(place.file(idOf(text)).c_str(), &facts), 0);
        QVERIFY2(facts.st_blocks * 512 < (4 << 20), "what was expected too much is given back");
        QVERIFY(*place.store->get(idOf(text)) == bytes(text));
        {
            const auto unfinished = place.store->write(10, ObjectClass::Asset).value();
            QVERIFY(unfinished->add(bytesOf("lost")));
        }
        QVERIFY(!place.store->facts(idOf("lost")));
        QVERIFY(place.names("tmp").empty());
    }

    void aBatchIsKeptAsAWhole()
    {
        Place place;
        std::vector<std::string> texts;
        for (int i = 0; i < 300; ++i)
            texts.push_back("object " + std::to_string(i % 290));
        std::vector<ByteView> views;
        for (const std::string& text : texts)
            views.push_back(bytesOf(text));
        const ContentId damaged = *place.store->put(views[7], ObjectClass::Render);
        writeOver(place.file(damaged), "objegt 7");
        const auto ids = *place.store->putAll(views, ObjectClass::Asset);
        QCOMPARE(ids.size(), texts.size());
        place.reopen();
        for (std::size_t i = 0; i < texts.size(); ++i) {
            QCOMPARE(ids[i], idOf(texts[i]));
            QCOMPARE(*place.store->get(ids[i]), bytes(texts[i]));
        }
        QCOMPARE(place.store->statistics()->assets, std::uint64_t{290});
        QVERIFY(place.store->check()->empty());
        QVERIFY(place.store->putAll({}, ObjectClass::Asset)->empty());
    }

    void theSameBytesAreKeptOnce()
    {
        Place place;
        QVERIFY(place.store->put(bytesOf("twice"), ObjectClass::Asset));
        QVERIFY(place.store->put(bytesOf("twice"), ObjectClass::Render));
        const auto statistics = *place.store->statistics();
        QCOMPARE(statistics.assets, std::uint64_t{1});
        QCOMPARE(statistics.renders, std::uint64_t{0});
        QCOMPARE(statistics.assetBytes, std::uint64_t{5});
        QVERIFY(place.names("tmp").empty());
    }

    void whatIsMissingIsNotFound()
    {
        Place place;
        QCOMPARE(faultOf(place.store->get(idOf("x"))), Fault::NotFound);
        QCOMPARE(faultOf(place.store->path(idOf("x"))), Fault::NotFound);
        QCOMPARE(faultOf(place.store->pin(idOf("x"))), Fault::NotFound);
        QVERIFY(!place.store->facts(idOf("x")));
    }

    void damageIsQuarantinedAndHealedByAPut_data()
    {
        QTest::addColumn<QByteArray>("now");
        QTest::addColumn<bool>("readBefore");
        for (const bool readBefore : {false, true}) {
            const QByteArray when = readBefore ? ", read before" : "";
            QTest::newRow("a flipped bit" + when) << QByteArray("the biginning") << readBefore;
            QTest::newRow("cut" + when) << QByteArray("the beg") << readBefore;
            QTest::newRow("empty" + when) << QByteArray() << readBefore;
            QTest::newRow("longer" + when) << QByteArray("the beginning!") << readBefore;
            QTest::newRow("zeros" + when) << QByteArray(13, '\0') << readBefore;
        }
    }
    void damageIsQuarantinedAndHealedByAPut()
    {
        QFETCH(QByteArray, now);
        QFETCH(bool, readBefore);
        Place place;
        const ContentId id = *place.store->put(bytesOf("the beginning"), ObjectClass::Asset);
        QVERIFY(place.store->putAction("k", Digest{1}, {{id}, Json::object()}));
        if (!readBefore)
            place.reopen();
        writeOver(place.file(id), now.toStdString());
        QCOMPARE(faultOf(place.store->get(id)), Fault::NotFound);
        QVERIFY(!fs::exists(place.file(id)));
        QCOMPARE(place.names("trash/quarantine").size(), std::size_t{1});
        QVERIFY(!place.store->facts(id));
        QVERIFY(!place.store->action("k", Digest{1}));
        QVERIFY(place.store->put(bytesOf("the beginning"), ObjectClass::Asset));
        QCOMPARE(*place.store->get(id), bytes("the beginning"));
    }

    void damageIsFoundByPathAndByPutToo()
    {
        Place place;
        const ContentId id = *place.store->put(bytesOf("good"), ObjectClass::Asset);
        writeOver(place.file(id), "bad!");
        QCOMPARE(faultOf(place.store->path(id)), Fault::NotFound);
        QVERIFY(place.store->put(bytesOf("good"), ObjectClass::Asset));
        writeOver(place.file(id), "bad!");
        QVERIFY(place.store->put(bytesOf("good"), ObjectClass::Asset));
        QCOMPARE(*place.store->get(id), bytes("good"));
        QCOMPARE(place.names("trash/quarantine").size(), std::size_t{2});
    }

    void aSymbolicLinkIsNeverFollowed()
    {
        Place place;
        const ContentId id = idOf("secret");
        QVERIFY(writeFileAtomically(place.directory.path() / "secret", bytesOf("secret")));
        fs::create_symlink(place.directory.path() / "secret", place.file(id));
        QVERIFY(!place.store->facts(id));
        QCOMPARE(faultOf(place.store->get(id)), Fault::NotFound);
        QVERIFY(!fs::is_symlink(place.file(id)));
        fs::remove_all(place.root / "objects" / "ab");
        fs::create_directory_symlink(place.directory.path(), place.root / "objects" / "ab");
        place.store.reset();
        QCOMPARE(faultOf(openStore(place.root)), Fault::Denied);
    }

    void anActionIsAHitOnlyWithAllItsObjects()
    {
        Place place;
        const ContentId first = *place.store->put(bytesOf("first"), ObjectClass::Render);
        const ContentId second = *place.store->put(bytesOf("second"), ObjectClass::Render);
        const Json facts = *readJson(R"({"psnr": ["41.2"], "frames": 30, "name": "\u00e4"})");
        QVERIFY(place.store->putAction("chunk", Digest{7}, {{first, second, first}, facts}));
        place.reopen();
        const auto hit = place.store->action("chunk", Digest{7});
        QVERIFY(hit);
        QCOMPARE(hit->objects, (std::vector<ContentId>{first, second, first}));
        QCOMPARE(hit->facts.dump(), facts.dump());
        QVERIFY(!place.store->action("chunk", Digest{8}));
        QVERIFY(!place.store->action("sound", Digest{7}));
        fs::remove(place.file(second));
        QVERIFY(!place.store->action("chunk", Digest{7}));
        QVERIFY(place.store->put(bytesOf("second"), ObjectClass::Render));
        QVERIFY(place.store->action("chunk", Digest{7}));
    }

    void anActionIsReplacedAndNeverNamesWhatIsMissing()
    {
        Place place;
        const ContentId id = *place.store->put(bytesOf("one"), ObjectClass::Render);
        QVERIFY(place.store->putAction("k", Digest{}, {{id}, 1}));
        QVERIFY(place.store->putAction("k", Digest{}, {{}, 2}));
        QCOMPARE(place.store->action("k", Digest{})->facts.get<int>(), 2);
        QVERIFY(place.store->action("k", Digest{})->objects.empty());
        QCOMPARE(place.store->statistics()->actions, std::uint64_t{1});
        QCOMPARE(faultOf(place.store->putAction("k", Digest{}, {{idOf("missing")}, 3})), Fault::NotFound);
        QCOMPARE(place.store->action("k", Digest{})->facts.get<int>(), 2);
        QCOMPARE(faultOf(place.store->putAction("k", Digest{}, {{}, "\xff"})), Fault::BadInput);
    }

    void aDirectoryThatMayNotBeWrittenIsDenied()
    {
        const auto directory = *TemporaryDirectory::make();
        fs::permissions(directory.path(), fs::perms(0755));
        const auto root = directory.path() / "store";
        fs::create_directory(root);
        fs::permissions(root, fs::perms(0555));
        const bool isRoot = ::geteuid() == 0;
        if (isRoot)
            QCOMPARE(::seteuid(65534), 0);
        const auto refused = openStore(root);
        if (isRoot)
            QCOMPARE(::seteuid(0), 0);
        QCOMPARE(faultOf(refused), Fault::Denied);
        QVERIFY(fs::is_empty(root));
    }

    void theOtherSideOfAForkMustOpenItAgain()
    {
        Place place;
        const pid_t child = ::fork();
        if (child == 0) {
            const auto refused = place.store->put(bytesOf("x"), ObjectClass::Asset);
            ::_exit(faultOf(refused) == Fault::Unavailable && !place.store->facts(idOf("x")) ? 0 : 1);
        }
        int status = 1;
        QCOMPARE(::waitpid(child, &status, 0), child);
        QCOMPARE(status, 0);
        QVERIFY(place.store->put(bytesOf("x"), ObjectClass::Asset));
    }
};

QTEST_APPLESS_MAIN(StoreTest)
#include "store_test.moc"
