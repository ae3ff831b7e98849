// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest> // first, as moc of Qt 6.4 cannot begin with <compare>

#include "core/base/shared_list.h"

#include <algorithm>
#include <string>

using artdag::SharedList;

namespace {

SharedList<std::string> counted(std::size_t count)
{
    SharedList<std::string> list;
    for (std::size_t i = 0; i < count; ++i)
        list.push_back(std::to_string(i));
    return list;
}

} // namespace

class SharedListTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void valuesStandInTheirOrder()
    {
        const auto list = counted(100);
        QCOMPARE(list.size(), 100U);
        QCOMPARE(list[77], std::string("77"));
        QCOMPARE(list.back(), std::string("99"));
        QCOMPARE(std::ranges::find(list, "64") - list.begin(), 64);
        QCOMPARE(std::distance(list.begin(), list.end()), 100);
        QVERIFY(SharedList<int>().empty() && SharedList<int>(33)[32] == 0);
    }
    void aCopyKeepsWhatTheOtherChanges()
    {
        const auto before = counted(100);
        auto after = before;
        after.change(40) = "forty";
        after.push_back("more");
        QCOMPARE(before[40], std::string("40"));
        QCOMPARE(before.size(), 100U);
        QCOMPARE(after[40], std::string("forty"));
        QCOMPARE(after[41], std::string("41"));
        QCOMPARE(after.size(), 101U);
    }
    void pagesThatNobodyChangedAreShared()
    {
        const auto before = counted(100);
        auto after = before;
        after.change(40) = "forty";
        QVERIFY(&before[0] == &after[0] && &before[99] == &after[99] && &before[41] != &after[41]);
    }
    void anOwnPageIsChangedInPlace()
    {
        auto list = counted(100);
        const std::string* place = &list[40];
        list.change(40) = "forty";
        QCOMPARE(place, &list[40]);
    }
};

QTEST_APPLESS_MAIN(SharedListTest)
#include "shared_list_test.moc"
