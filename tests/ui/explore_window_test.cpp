// SPDX-License-Identifier: GPL-3.0-or-later
// Variations in the real window, by key and mouse.
#include "core/recipe/edit_recipe.h"
#include "tests/ui/explore_window.h"

#include <QImage>
#include <QQmlExtensionPlugin>

Q_IMPORT_QML_PLUGIN(ArtDagPlugin)

using namespace artdag;

class ExploreWindowTest : public QObject, ExploreWindow {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { openWindow(); }
    void cleanupTestCase() { closeWindow(); }
    void init() { openSample(); }

    // --- variations ---

    void eShowsTwelveVariationsInTime()
    {
        const QByteArray before = written();
        showVariations();
        QCOMPARE(m_session->place(), QStringLiteral("explore"));
        QVERIFY(named("sheetGrid") != nullptr && named("sheetGrid")->hasActiveFocus());
        for (int row = 0; row < 12; ++row)
            QCOMPARE(sheet()->index(row).data(ContactSheet::StateRole).toString(), QStringLiteral("ready"));
        QVERIFY2(sheet()->firstSeconds() <= 1, qPrintable(QString::number(sheet()->firstSeconds())));
        QVERIFY2(sheet()->allSeconds() <= 15, qPrintable(QString::number(sheet()->allSeconds())));
        QCOMPARE(written(), before); // looking changes nothing, no seed either
    }

    void arrowsMoveAndEnterOpensExactlyThoseSettingsAsOneStep()
    {
        const QByteArray before = written();
        showVariations();
        QTest::keyClick(m_window, Qt::Key_Right);
        QTest::keyClick(m_window, Qt::Key_Down);
        QCOMPARE(sheet()->current(), 5);
        const Recipe wanted = sheet()->recipeOf(5);
        const QImage seen = sheet()->index(5).data(ContactSheet::ImageRole).value<QImage>();
        QTest::keyClick(m_window, Qt::Key_Return);
        QCOMPARE(m_session->place(), QStringLiteral("make"));
        QCOMPARE(written(), QByteArray::fromStdString(writeRecipe(wanted)));
        QVERIFY(written() != before);
        // Key equality: the opened document computes what the cell showed.
        QCOMPARE(graphHash(*m_session->document()->recipe(), builtinEffects()), graphHash(wanted, builtinEffects()));
        QCOMPARE(m_session->document()->steps(), std::size_t{2});
        QTest::keyClick(m_window, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(written(), before);
        QVERIFY(!seen.isNull());
    }

    void aDoubleClickOpensToo()
    {
        showVariations();
        const Recipe wanted = sheet()->recipeOf(2);
        QTest::mouseDClick(m_window, Qt::LeftButton, {}, centreOf(rowOf("sheetGrid", 2)));
        QTRY_COMPARE(written(), QByteArray::fromStdString(writeRecipe(wanted)));
    }

    void kKeepsWithRecipeAndPictureAndXDiscards()
    {
        showVariations();
        const int before = m_session->gallery()->total();
        QTest::keyClick(m_window, Qt::Key_K);
        QCOMPARE(sheet()->index(0).data(ContactSheet::MarkRole).toString(), QStringLiteral("kept"));
        QCOMPARE(m_session->gallery()->total(), before + 1);
        const GalleryEntry kept = *m_session->gallery()->entryAt(0);
        QVERIFY(kept.look);
        QTRY_VERIFY_WITH_TIMEOUT(QImage(kept.poster) == sheet()->index(0).data(ContactSheet::ImageRole).value<QImage>().convertToFormat(QImage(kept.poster).format()), patience);
        std::string text;
        m_session->gallery()->askRecipe(kept.id, [&](const std::string& found) { text = found; });
        QTRY_COMPARE_WITH_TIMEOUT(QByteArray::fromStdString(text), QByteArray::fromStdString(writeRecipe(sheet()->recipeOf(0))), patience);
        QTest::keyClick(m_window, Qt::Key_X);
        QCOMPARE(sheet()->index(0).data(ContactSheet::MarkRole).toString(), QStringLiteral("discarded"));
        QCOMPARE(m_session->gallery()->total(), before);
    }

    void oneCellMadeAgainGivesTheSameBytes()
    {
        showVariations();
        QTest::keyClick(m_window, Qt::Key_Right);
        const std::int64_t row = sheet()->current();
        QTest::keyClick(m_window, Qt::Key_R);
        QTRY_COMPARE_WITH_TIMEOUT(sheet()->index(static_cast<int>(row)).data(ContactSheet::MessageRole).toString(), QStringLiteral("made again: the same bytes"), patience);
    }

    void twoParametersMakeATableThatIsWrittenWithItsLabels()
    {
        showVariations();
        sheet()->varyTwo(QStringLiteral("turn"), 3, QStringLiteral("soft.radius"), 2);
        QTRY_VERIFY_WITH_TIMEOUT(sheet()->rowTotal() == 6 && sheet()->isSettled(), patience);
        QCOMPARE(sheet()->title(), QStringLiteral("Turn × Radius"));
        const QString file = pathToQt(m_home->path() / "sheet.png");
        sheet()->exportTo(QUrl::fromLocalFile(file));
        QTRY_VERIFY_WITH_TIMEOUT(QFileInfo::exists(file) && !QImage(file).isNull(), patience);
        const QImage whole(file);
        const QImage cell = sheet()->index(0).data(ContactSheet::ImageRole).value<QImage>();
        QVERIFY(whole.width() > 3 * cell.width() && whole.height() > 2 * cell.height());
        // The first cell's pixels are in it as they are, and something is written below.
        QCOMPARE(whole.pixelColor(16 + cell.width() / 2, 48 + cell.height() / 2), cell.pixelColor(cell.width() / 2, cell.height() / 2));
        int bright = 0;
        for (int x = 16; x < 16 + cell.width(); ++x)
            for (int y = 48 + cell.height(); y < 48 + cell.height() + 28; ++y)
                bright += whole.pixelColor(x, y).lightness() > 150 ? 1 : 0;
        QVERIFY(bright > 20);
        QTest::keyClick(m_window, Qt::Key_Escape);
        QCOMPARE(m_session->place(), QStringLiteral("make"));
    }

    void theInspectorsRowVariesItsParameter()
    {
        m_session->setPlace(QStringLiteral("make"));
        m_session->graph()->select(QStringLiteral("soft"));
        QQuickItem* button = nullptr;
        QTRY_VERIFY((button = itemWith("glyph", QStringLiteral("vary"), "tip")) != nullptr);
        QTest::mouseMove(m_window, centreOf(button));
        QTest::mouseClick(m_window, Qt::LeftButton, {}, centreOf(button));
        QTRY_COMPARE(m_session->place(), QStringLiteral("explore"));
        QTRY_VERIFY_WITH_TIMEOUT(sheet()->kind() == QLatin1String("one") && sheet()->rowTotal() > 2 && sheet()->isSettled(), patience);
        QCOMPARE(sheet()->title(), QStringLiteral("Radius"));
    }

    void leavingStopsTheWorkAndComingBackGoesOn()
    {
        showVariations();
        QTest::keyClick(m_window, Qt::Key_N); // twelve others
        QTRY_VERIFY_WITH_TIMEOUT(!sheet()->isSettled(), patience);
        m_session->setPlace(QStringLiteral("share"));
        QTRY_VERIFY_WITH_TIMEOUT(m_session->engine()->idle(), patience);
        m_session->setPlace(QStringLiteral("explore"));
        QTRY_VERIFY_WITH_TIMEOUT(sheet()->rowTotal() == 12 && sheet()->isSettled(), patience);
    }

    // --- renders ---
};

int main(int argc, char** argv)
{
    return runWindowTest<ExploreWindowTest>(argc, argv);
}
#include "explore_window_test.moc"
