// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/similar_names.h"
#include "tests/support/fake_effects.h"

#include <QtTest>

using namespace artdag;
using test::fakeEffects;

class CatalogueTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyEntryIsFoundByItsName()
    {
        for (const CatalogueEntry& entry : fakeEffects().entries)
            QCOMPARE(fakeEffects().find(entry.name), &entry);
    }
    void whatIsNotThereIsNotFound_data()
    {
        QTest::addColumn<QByteArray>("name");
        for (const char* name : {"", "a", "tin", "tints", "zzz", "Tint"})
            QTest::newRow(*name ? name : "empty") << QByteArray(name);
    }
    void whatIsNotThereIsNotFound()
    {
        QFETCH(QByteArray, name);
        QVERIFY(fakeEffects().find(name.toStdString()) == nullptr);
    }
    void similarGivesTheNearestFirst()
    {
        const auto near = fakeEffects().similar("tnit");
        QVERIFY(!near.empty());
        QCOMPARE(near.front(), std::string_view("tint"));
    }
    void similarKnowsSynonyms()
    {
        QCOMPARE(fakeEffects().similar("sequence").front(), std::string_view("join"));
        QCOMPARE(fakeEffects().similar("Concat").front(), std::string_view("join"));
    }
    void similarIsSilentAboutWhatIsFar()
    {
        QVERIFY(fakeEffects().similar("reaction_diffusion").empty());
    }
    void searchFindsEveryWordInAnyField()
    {
        const auto found = fakeEffects().search("Picture TIME");
        QCOMPARE(found.size(), std::size_t{1});
        QCOMPARE(found[0]->name, std::string_view("join"));
    }
    void searchPutsNamesBeforeHelp()
    {
        QCOMPARE(fakeEffects().search("over").front()->name, std::string_view("over"));
        const auto still = fakeEffects().search("st");
        QCOMPARE(still.front()->name, std::string_view("still"));
    }
    void anEmptySearchGivesAll()
    {
        QCOMPARE(fakeEffects().search("  ").size(), fakeEffects().entries.size());
    }
    void distancesCountSwapsAsOne_data()
    {
        QTest::addColumn<QByteArray>("a");
        QTest::addColumn<QByteArray>("b");
        QTest::addColumn<int>("distance");
        QTest::newRow("same") << QByteArray("blur") << QByteArray("blur") << 0;
        QTest::newRow("swap") << QByteArray("bulr") << QByteArray("blur") << 1;
        QTest::newRow("insert") << QByteArray("blr") << QByteArray("blur") << 1;
        QTest::newRow("replace two") << QByteArray("blob") << QByteArray("blur") << 2;
        QTest::newRow("from nothing") << QByteArray("") << QByteArray("abc") << 3;
        QTest::newRow("over the limit") << QByteArray("kaleidoscope") << QByteArray("x") << 4;
    }
    void distancesCountSwapsAsOne()
    {
        QFETCH(QByteArray, a);
        QFETCH(QByteArray, b);
        QFETCH(int, distance);
        QCOMPARE(editDistance(a.toStdString(), b.toStdString(), 3), distance);
        QCOMPARE(editDistance(b.toStdString(), a.toStdString(), 3), distance);
    }
    void aLongNameCostsNothing()
    {
        const std::string name(10'000'000, 'a');
        QCOMPARE(editDistance(name, name + "b", 3), 4);
    }
};

QTEST_APPLESS_MAIN(CatalogueTest)
#include "catalogue_test.moc"
