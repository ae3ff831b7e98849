// SPDX-License-Identifier: GPL-3.0-or-later
// Evicting, keeping, checking, sweeping.
#include "core/base/sqlite.h"
#include "tests/store/place.h"

#include <QtTest>

#include <sys/wait.h>
#include <sys/xattr.h>

#include <array>
#include <set>

using namespace artdag;

class StoreUpkeepTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { useMemory(); }

    void rendersAreEvictedByLastUseAndNothingElseIs()
    {
        Place place;
        const auto put = [&](const std::string& text, ObjectClass kind) { return *place.store->put(bytesOf(text + std::string(95, '.')), kind); };
        const ContentId asset = put("asset", ObjectClass::Asset);
        const ContentId old = put("old11", ObjectClass::Render);
        const ContentId pinned = put("pin11", ObjectClass::Render);
        const ContentId used = put("used1", ObjectClass::Render);
        const ContentId young = put("young", ObjectClass::Render);
        QVERIFY(place.store->pin(pinned));
        QVERIFY(place.store->putAction("k", Digest{}, {{asset, old}, 1}));
        place.reopen();
        QVERIFY(place.store->get(used));
        QCOMPARE(*place.store->collect(1000), std::uint64_t{0});
        QCOMPARE(*place.store->collect(350), std::uint64_t{100});
        QVERIFY(!place.store->facts(old));
        QCOMPARE(place.store->statistics()->actions, std::uint64_t{0});
        QCOMPARE(*place.store->collect(200), std::uint64_t{100});
        QVERIFY(place.store->facts(used) && !place.store->facts(young));
        QCOMPARE(*place.store->collect(0), std::uint64_t{100});
        QVERIFY(place.store->facts(pinned) && place.store->facts(asset));
        QVERIFY(place.store->unpin(pinned));
        QCOMPARE(*place.store->collect(0), std::uint64_t{100});
        QVERIFY(!place.store->facts(pinned));
    }

    void theTrashIsEmptiedTwoCollectionsLater()
    {
        Place place;
        QVERIFY(place.store->put(bytesOf("render"), ObjectClass::Render));
        const auto inTrash = [&] { return std::distance(fs::recursive_directory_iterator(place.root / "trash"), {}); };
        const auto empty = inTrash();
        QVERIFY(place.store->collect(0));
        QCOMPARE(inTrash(), empty + 2);
        QVERIFY(place.store->collect(0));
        QCOMPARE(inTrash(), empty + 2);
        QVERIFY(place.store->collect(0));
        QCOMPARE(inTrash(), empty);
    }

    void checkNamesDamageLossAndTakesInWhatACrashLeft()
    {
        Place place;
        const ContentId good = *place.store->put(bytesOf("good"), ObjectClass::Asset);
        const ContentId damaged = *place.store->put(bytesOf("damaged"), ObjectClass::Render);
        const ContentId lost = *place.store->put(bytesOf("lost"), ObjectClass::Asset);
        const ContentId evicted = *place.store->put(bytesOf("evicted"), ObjectClass::Render);
        QVERIFY(place.store->check()->empty());
        QVERIFY(place.store->get(damaged));
        writeOver(place.file(damaged), "damagee");
        fs::remove(place.file(lost));
        fs::remove(place.file(evicted));
        const ContentId orphan = idOf("orphan");
        QVERIFY(writeFileAtomically(place.file(orphan), bytesOf("orphan"), 0444));
        auto expected = std::vector<ContentId>{damaged, lost};
        std::ranges::sort(expected);
        QCOMPARE(*place.store->check(), expected);
        QVERIFY(place.store->check()->empty());
        QCOMPARE(place.store->statistics()->assets, std::uint64_t{2});
        QCOMPARE(place.store->statistics()->renders, std::uint64_t{0});
        QCOMPARE(*place.store->get(good), bytes("good"));
        QCOMPARE(*place.store->get(orphan), bytes("orphan"));
    }

    void onlyTheTmpFilesOfTheDeadAreSwept()
    {
        Place place;
        const std::string alive = place.names("leases").at(0);
        QVERIFY(writeFileAtomically(place.root / "tmp" / (alive + "0123456789abcdef"), bytesOf("being written")));
        QVERIFY(writeFileAtomically(place.root / "tmp" / "00000000000000000123456789abcdef", bytesOf("left behind")));
        QVERIFY(writeFileAtomically(place.root / "leases" / "0000000000000000", {}));
        const auto second = openStore(place.root);
        QCOMPARE(place.names("tmp"), std::vector<std::string>{alive + "0123456789abcdef"});
        QCOMPARE(place.names("leases").size(), std::size_t{2});
        place.reopen();
        QVERIFY(place.names("tmp").empty());
    }
};

QTEST_APPLESS_MAIN(StoreUpkeepTest)
#include "store_upkeep_test.moc"
