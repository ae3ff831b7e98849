// SPDX-License-Identifier: GPL-3.0-or-later
// Damage on the disk and hostile surroundings (F5, F10 and F12 of docs/store-faults.md).
#include "core/base/random.h"
#include "core/base/sqlite.h"
#include "tests/store/place.h"
#include "tests/store/soak.h"

#include <QtTest>

#include <array>

using namespace artdag;

namespace {

std::string content(std::uint64_t number)
{
    std::string text = "object " + std::to_string(number) + " ";
    const std::size_t size = number % 10 == 0 ? (1U << 20) + 5000 : 1 + randomBits(1, number) % 3000;
    while (text.size() < size)
        text += std::to_string(randomBits(2, number, text.size()));
    return text;
}

/// Flips a bit, cuts, or zeroes a part. False when that changes nothing.
bool damage(const fs::path& file, std::uint64_t seed)
{
    std::string text = *readTextFile(file);
    const std::string before = text;
    const std::size_t at = randomBits(seed, 0) % text.size();
    switch (randomBits(seed, 1) % 3) {
    case 0:
        text[at] = char(text[at] ^ (1 << randomBits(seed, 2) % 8));
        break;
    case 1:
        text.resize(at);
        break;
    default:
        std::fill(text.begin() + std::ptrdiff_t(at), text.begin() + std::ptrdiff_t(std::min(text.size(), at + 1 + randomBits(seed, 3) % 4096)), '\0');
    }
    if (text == before)
        return false;
    // Where the file is changed in place its times stay as they were: nothing but the bytes tells.
    struct stat facts {};
    CHECK(::stat(file.c_str(), &facts) == 0);
    writeOver(file, text);
    const std::array<timespec, 2> times{facts.st_atim, facts.st_mtim};
    CHECK(::utimensat(AT_FDCWD, file.c_str(), times.data(), 0) == 0);
    return true;
}

} // namespace

class StoreDamageTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { useMemory(); }

    void everyDamageIsDetectedNoWrongByteIsServedAndRendersHeal()
    {
        const int wanted = trials(1000);
        Place place;
        constexpr std::uint64_t objects = 30;
        for (std::uint64_t number = 0; number < objects; ++number)
            QVERIFY(place.store->put(bytesOf(content(number)), number % 2 == 0 ? ObjectClass::Asset : ObjectClass::Render));
        int detected = 0;
        for (std::uint64_t trial = 0; detected < wanted; ++trial) {
            const std::uint64_t number = randomBits(7, trial) % objects;
            const std::string text = content(number);
            const ContentId id = idOf(text);
            if (trial % 5 == 0)
                place.reopen();
            if (trial % 3 == 0)
                QVERIFY(place.store->get(id) && place.store->path(id)); // it was believed
            if (!damage(place.file(id), trial))
                continue;
            const std::string what = "trial " + std::to_string(trial);
            switch (trial % 4) {
            case 0:
                QVERIFY2(faultOf(place.store->get(id)) == Fault::NotFound, what.c_str());
                break;
            case 1:
                QVERIFY2(faultOf(place.store->path(id)) == Fault::NotFound, what.c_str());
                break;
            case 2:
                QVERIFY2(*place.store->check() == std::vector{id}, what.c_str());
                break;
            default:
                QVERIFY2(*place.store->scrub(std::uint64_t{1} << 40) == std::vector{id}, what.c_str());
            }
            ++detected;
            QVERIFY2(!place.store->facts(id), what.c_str());
            QVERIFY2(place.store->put(bytesOf(text), number % 2 == 0 ? ObjectClass::Asset : ObjectClass::Render), what.c_str());
            QVERIFY2(*place.store->get(id) == bytes(text), what.c_str());
        }
        qInfo("%d damages detected", detected);
    }

    void sumsThatAreWrongThemselvesAreNoDamage()
    {
        Place place;
        const ContentId id = *place.store->put(bytesOf("right"), ObjectClass::Asset);
        place.store.reset();
        {
            auto connection = *sqlite::Connection::open(place.root / "index.sqlite");
            QVERIFY(connection.run("UPDATE objects SET sums = x'0102030405060708'"));
        }
        place.reopen();
        QCOMPARE(*place.store->get(id), bytes("right"));
        QVERIFY(place.store->path(id));
        place.store.reset();
        auto connection = *sqlite::Connection::open(place.root / "index.sqlite");
        auto select = *connection.prepare("SELECT count(*) FROM objects WHERE sums = x'0102030405060708'");
        QVERIFY(*select.step());
        QCOMPARE(select.integer(0), 0);
    }

    void aLostIndexKeepsTheHitsOfKeptWorks_data()
    {
        QTest::addColumn<int>("how");
        QTest::newRow("deleted") << 0;
        QTest::newRow("overwritten with noise") << 1;
        QTest::newRow("a page damaged") << 2;
        QTest::newRow("of an older schema") << 3;
    }
    void aLostIndexKeepsTheHitsOfKeptWorks()
    {
        QFETCH(int, how);
        Place place;
        const auto big = bigFile(place);
        age(big);
        const ContentId linked = *place.store->putFile(big, ObjectClass::Asset);
        std::vector<ContentId> renders;
        for (std::uint64_t i = 1; i < 6; ++i) {
            renders.push_back(*place.store->put(bytesOf(content(i)), ObjectClass::Render));
            QVERIFY(place.store->putAction("chunk", sha3(bytesOf(content(i))), {{renders.back(), linked}, Json{{"psnr", "41.2"}, {"i", i}}, 1000 * i}));
        }
        const Root work{Root::Kind::Work, "urn:uuid:1", {renders[0], renders[1]}, {renders[2]}};
        QVERIFY(place.store->keep(work));
        QVERIFY(place.store->pin(renders[3]));
        place.store.reset();
        const auto index = place.root / "index.sqlite";
        if (how == 0)
            fs::remove(index);
        if (how == 1)
            writeOver(index, std::string(40'000, '#'));
        if (how == 2) {
            std::string text = *readTextFile(index);
            std::fill(text.begin() + 4096, text.begin() + 8192, '\7');
            writeOver(index, text);
        }
        if (how == 3) {
            auto connection = *sqlite::Connection::open(index);
            QVERIFY(connection.run("DROP TABLE kept; PRAGMA user_version = 1"));
        }
        place.reopen();
        if (how == 2) { // found when that page is read: then the next opening makes it anew
            (void)place.store->check();
            place.reopen();
        }
        QCOMPARE(place.store->roots()->size(), std::size_t{2});
        QCOMPARE(place.store->roots()->back(), work);
        for (std::uint64_t i = 1; i < 6; ++i) {
            const auto hit = place.store->action("chunk", sha3(bytesOf(content(i))));
            QVERIFY(hit);
            QCOMPARE(hit->objects, (std::vector{renders[i - 1], linked}));
            QCOMPARE(hit->costMicroseconds, 1000 * i);
            QCOMPARE(hit->facts["i"].get<std::uint64_t>(), i);
        }
        QVERIFY(place.store->collect(0));
        QVERIFY(place.store->facts(renders[0]) && place.store->facts(renders[1]) && place.store->facts(renders[3]));
        QVERIFY(!place.store->facts(renders[2]) && !place.store->facts(renders[4]));
        QVERIFY(place.store->facts(linked)->linked);
        if (how != 2) // there check() already went over the objects
            QVERIFY(!place.store->facts(renders[0])->sha256);
        QVERIFY(place.store->check()->empty());
        QCOMPARE(*place.store->facts(renders[0])->sha256, sha256(bytesOf(content(1))));
    }

    void aDamagedRecordIsAsGoodAsNone()
    {
        Place place;
        const ContentId id = *place.store->put(bytesOf("object"), ObjectClass::Asset);
        QVERIFY(place.store->putAction("k", Digest{1}, {{id}, 1}));
        QVERIFY(place.store->pin(id));
        place.store.reset();
        fs::remove(place.root / "index.sqlite");
        for (const auto& entry : fs::recursive_directory_iterator(place.root / "records"))
            if (entry.is_regular_file() && readTextFile(entry.path())->find("action") != std::string::npos)
                CHECK(damage(entry.path(), 3) || damage(entry.path(), 4));
        place.reopen();
        QVERIFY(!place.store->action("k", Digest{1}));
        QCOMPARE(place.store->roots()->size(), std::size_t{1});
        QVERIFY(place.store->check()->empty());
    }

    void hostileSurroundingsAreRefusedCleanly_data()
    {
        QTest::addColumn<QByteArray>("name");
        for (const char* name : {"objects", "objects/ab", "records", "records/07", "tmp", "leases", "trash", "trash/quarantine"})
            QTest::newRow(name) << QByteArray(name);
    }
    void hostileSurroundingsAreRefusedCleanly()
    {
        QFETCH(QByteArray, name);
        Place place;
        const auto elsewhere = place.directory.path() / "elsewhere";
        fs::create_directory(elsewhere);
        QVERIFY(writeFileAtomically(elsewhere / "mine", bytesOf("mine")));
        place.store.reset();
        fs::remove_all(place.root / name.toStdString());
        fs::create_directory_symlink(elsewhere, place.root / name.toStdString());
        QCOMPARE(faultOf(openStore(place.root)), Fault::Denied);
        QCOMPARE(std::distance(fs::directory_iterator(elsewhere), {}), 1);
    }

    void namesThatTraverseAreNoIds_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::newRow("up") << QByteArray("../../../../etc/passwd");
        QTest::newRow("as long as an id") << QByteArray("sha3-256:") + QByteArray("../").repeated(21) + "x";
        QTest::newRow("absolute") << QByteArray("/etc/passwd");
        QTest::newRow("a null byte") << QByteArray("sha3-256:") + QByteArray(64, '\0');
        QTest::newRow("upper-case prefix") << QByteArray("SHA3-256:") + QByteArray(64, 'a');
    }
    void namesThatTraverseAreNoIds()
    {
        QFETCH(QByteArray, name);
        QCOMPARE(faultOf(nameOfText<ContentId>(name.toStdString())), Fault::BadInput);
        // Names of roots are free text: they are hashed before they become a file's name.
        Place place;
        const ContentId id = *place.store->put(bytesOf("x"), ObjectClass::Asset);
        QVERIFY(place.store->keep({Root::Kind::Run, "../../" + std::string("escape"), {id}, {}}));
        QVERIFY(!fs::exists(place.directory.path() / "escape"));
    }
};

QTEST_APPLESS_MAIN(StoreDamageTest)
#include "store_damage_test.moc"
