// SPDX-License-Identifier: GPL-3.0-or-later
// Why objects stay and how they go: cost and age, holds, pins, kept runs, published works.
#include "tests/store/place.h"

#include <QtTest>

using namespace artdag;

namespace {

std::string hundred(const std::string& name)
{
    return name + std::string(100 - name.size(), '.');
}

} // namespace

class StoreRootsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { useMemory(); }

    void whatIsCheapToMakeAgainGoesFirstWhenItIsEquallyOld()
    {
        Place place;
        const std::array<std::uint64_t, 4> costs{5000, 100, 900'000, 0};
        std::vector<ContentId> ids;
        for (const std::uint64_t cost : costs) {
            ids.push_back(*place.store->put(bytesOf(hundred("costs " + std::to_string(cost))), ObjectClass::Render));
            QVERIFY(place.store->putAction("chunk", sha3(bytesOf(std::to_string(cost))), {{ids.back()}, 1, cost}));
        }
        for (const std::size_t next : {3, 1, 0, 2}) {
            QVERIFY(place.store->facts(ids[next]));
            QCOMPARE(*place.store->collect(place.store->statistics()->renderBytes - 1), std::uint64_t{100});
            QVERIFY2(!place.store->facts(ids[next]), std::to_string(next).c_str());
        }
    }

    void aDearObjectThatNobodyAsksForGoesInTheEnd()
    {
        Place place;
        const ContentId dear = *place.store->put(bytesOf(hundred("dear")), ObjectClass::Render);
        QVERIFY(place.store->putAction("chunk", Digest{1}, {{dear}, 1, 1000}));
        for (int i = 0; i < 40 && place.store->facts(dear); ++i) {
            const ContentId fresh = *place.store->put(bytesOf(hundred("fresh " + std::to_string(i))), ObjectClass::Render);
            QVERIFY(place.store->putAction("chunk", sha3(bytesOf(std::to_string(i))), {{fresh}, 1, 100}));
            QVERIFY(place.store->collect(200));
            QVERIFY(i > 3 || place.store->facts(dear)); // worth ten of the others
        }
        QVERIFY(!place.store->facts(dear));
    }

    void whatALivingOwnerHoldsIsNeverEvicted()
    {
        Place place;
        const ContentId id = *place.store->put(bytesOf("held"), ObjectClass::Render);
        const auto other = *openStore(place.root, smallLimits);
        auto hold = place.store->hold();
        auto second = place.store->hold();
        QVERIFY(hold->add(id) && second->add(id) && hold->add(id));
        QCOMPARE(faultOf(hold->add(idOf("missing"))), Fault::NotFound);
        QCOMPARE(*other->collect(0), std::uint64_t{0});
        QCOMPARE(faultOf(other->remove(id)), Fault::Conflict);
        hold.reset();
        QCOMPARE(*other->collect(0), std::uint64_t{0});
        second.reset();
        QCOMPARE(*other->collect(0), std::uint64_t{4});
    }

    void aHoldEndsWithItsStore()
    {
        Place place;
        const auto other = *openStore(place.root, smallLimits);
        const ContentId id = *other->put(bytesOf("held"), ObjectClass::Render);
        auto hold = place.store->hold();
        QVERIFY(hold->add(id));
        QCOMPARE(*other->collect(0), std::uint64_t{0});
        place.store.reset();
        hold.reset();
        QCOMPARE(*other->collect(0), std::uint64_t{4});
    }

    void manyHeldObjectsDoNotEndACollection()
    {
        Place place;
        const auto hold = place.store->hold();
        for (int i = 0; i < 300; ++i)
            QVERIFY(hold->add(*place.store->put(bytesOf(hundred("held " + std::to_string(i))), ObjectClass::Render)));
        const ContentId last = *place.store->put(bytesOf("free"), ObjectClass::Render);
        QCOMPARE(*place.store->collect(0), std::uint64_t{4});
        QVERIFY(!place.store->facts(last));
    }

    void inputsAndOutputsOfAKeptRunStayAndItsIntermediatesMayGo()
    {
        Place place;
        const auto put = [&](const char* text, ObjectClass kind) { return *place.store->put(bytesOf(text), kind); };
        const Root run{Root::Kind::Run, "run-1", {put("input", ObjectClass::Asset), put("output", ObjectClass::Render)}, {put("intermediate", ObjectClass::Render)}};
        QVERIFY(place.store->keep(run));
        QCOMPARE(faultOf(place.store->remove(run.keeps[0])), Fault::Conflict);
        QCOMPARE(faultOf(place.store->remove(run.keeps[1])), Fault::Conflict);
        QVERIFY(place.store->collect(0));
        QVERIFY(place.store->facts(run.keeps[1]) && !place.store->facts(run.intermediates[0]));
        put("intermediate", ObjectClass::Render);
        QVERIFY(place.store->remove(run.intermediates[0]));
        QCOMPARE(faultOf(place.store->remove(run.intermediates[0])), Fault::NotFound);
    }

    void discardTakesWhatOnlyTheRunKeptAlong()
    {
        Place place;
        const auto put = [&](const char* text, ObjectClass kind) { return *place.store->put(bytesOf(text), kind); };
        const ContentId shared = put("shared input", ObjectClass::Asset), own = put("own input", ObjectClass::Asset);
        const ContentId output = put("output", ObjectClass::Render), intermediate = put("intermediate", ObjectClass::Render);
        QVERIFY(place.store->keep({Root::Kind::Run, "first", {shared, own, output}, {intermediate}}));
        QVERIFY(place.store->keep({Root::Kind::Run, "second", {shared}, {}}));
        QVERIFY(place.store->keep({Root::Kind::Work, "work", {output}, {}}));
        QCOMPARE(faultOf(place.store->discard("first")), Fault::Conflict);
        QVERIFY(place.store->facts(intermediate));
        QVERIFY(place.store->release(Root::Kind::Work, "work")); // withdrawn
        QCOMPARE(place.store->discard("first")->size(), std::size_t{3});
        QVERIFY(place.store->facts(shared));
        QVERIFY(!place.store->facts(own) && !place.store->facts(output) && !place.store->facts(intermediate));
        QCOMPARE(faultOf(place.store->discard("first")), Fault::NotFound);
        QVERIFY(place.store->check()->empty());
    }

    void aRootIsReplacedByItsNameAndNeverNamesWhatIsMissing()
    {
        Place place;
        const ContentId first = *place.store->put(bytesOf("first"), ObjectClass::Render), second = *place.store->put(bytesOf("second"), ObjectClass::Render);
        QVERIFY(place.store->keep({Root::Kind::Run, "run", {first}, {}}));
        QCOMPARE(faultOf(place.store->keep({Root::Kind::Run, "run", {idOf("missing")}, {}})), Fault::NotFound);
        QVERIFY(place.store->keep({Root::Kind::Run, "run", {second}, {}}));
        QCOMPARE(place.store->roots()->size(), std::size_t{1});
        QVERIFY(place.store->collect(0));
        QVERIFY(!place.store->facts(first) && place.store->facts(second));
    }
};

QTEST_APPLESS_MAIN(StoreRootsTest)
#include "store_roots_test.moc"
