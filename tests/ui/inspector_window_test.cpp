// SPDX-License-Identifier: GPL-3.0-or-later
// The form of a node with real events: a parameter is made to follow the beats, gets keyframes where the playhead is, is kept
// as a preset.
#include "tests/ui/studio_window.h"

#include <QQmlExtensionPlugin>

#include <algorithm>

Q_IMPORT_QML_PLUGIN(ArtDagPlugin)

using namespace artdag;

class InspectorWindowTest : public QObject, StudioWindow {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { openWindow(); }
    void cleanupTestCase() { closeWindow(); }
    void init()
    {
        openSample();
        m_session->graph()->select(QStringLiteral("soft"));
        QTRY_VERIFY_WITH_TIMEOUT(row("Radius") != nullptr, patience);
    }

    void aRightClickMakesItFollowTheBeats()
    {
        click(row("Radius"), Qt::RightButton, QPoint(40, 12));
        QTRY_VERIFY(choice("Follow") != nullptr);
        click(choice("Follow"));
        QTRY_VERIFY(choice("Beats") != nullptr);
        click(choice("Beats"));
        QTRY_VERIFY(recipe().node("beats") != nullptr);
        QCOMPARE(written("radius")["bind"].get<std::string>(), std::string("beats"));
        QCOMPARE(m_session->document()->steps(), std::size_t{2});
        // Its editor is there, and it is heard: the sound is analysed and nothing is wrong with the recipe.
        QTRY_VERIFY(itemWith("label", QStringLiteral("Radius, decay"), "unit") != nullptr);
        QTRY_VERIFY_WITH_TIMEOUT(!m_session->viewer()->isBusy() && m_session->viewer()->message().isEmpty(), patience);
        QTest::keyClick(m_window, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(QByteArray::fromStdString(writeRecipe(recipe())), QByteArray::fromStdString(writeRecipe(sampleRecipe())));
    }

    void theDiamondSetsAKeyAndTypingSetsTheNext()
    {
        click(button("A keyframe here"));
        QTRY_VERIFY(written("radius").contains("keys"));
        m_session->player()->seek(5);
        QQuickItem* number = itemWith("label", QStringLiteral("Radius"), "unit");
        QVERIFY(number != nullptr);
        click(number);
        QTest::keyClick(m_window, Qt::Key_A, Qt::ControlModifier);
        for (const char digit : {'2', '0'})
            QTest::keyClick(m_window, digit);
        QTest::keyClick(m_window, Qt::Key_Return);
        QCOMPARE(written("radius")["keys"].size(), std::size_t{2});
        QCOMPARE(written("radius")["keys"][1][1].get<double>(), 20.0);
    }

    void anExpressionIsTypedWithOfferedNames()
    {
        m_session->form()->makeExpression(rowNumber("radius"));
        QTRY_VERIFY(itemWith("label", QStringLiteral("Radius, expression"), "written") != nullptr);
        click(itemWith("label", QStringLiteral("Radius, expression"), "written"));
        QTest::keyClick(m_window, Qt::Key_A, Qt::ControlModifier);
        for (const char letter : {'4', '+', 't', 'u', 'r'})
            QTest::keyClick(m_window, letter);
        QTRY_VERIFY(itemWith("modelData", QStringLiteral("turn"), "modelData") != nullptr);
        QTest::keyClick(m_window, Qt::Key_Tab);
        QTest::keyClick(m_window, Qt::Key_Return);
        QTRY_COMPARE(written("radius")["expr"].get<std::string>(), std::string("4+turn"));
    }

    void settingsAreKeptUnderAName()
    {
        click(itemWith("text", QStringLiteral("Presets ▾"), "primary"));
        QTRY_VERIFY(choice("Keep as a preset…") != nullptr);
        click(choice("Keep as a preset…"));
        QTRY_VERIFY(itemWith("text", QStringLiteral("Keep"), "primary") != nullptr);
        for (const char letter : {'S', 'o', 'f', 't'})
            QTest::keyClick(m_window, letter);
        QTest::keyClick(m_window, Qt::Key_Return);
        QTRY_COMPARE(m_session->presets()->names(), QStringList{QStringLiteral("Soft")});
    }

private:
    [[nodiscard]] const Recipe& recipe() const { return *m_session->document()->recipe(); }
    [[nodiscard]] Json written(const char* argument) const
    {
        const Json* json = recipe().node("soft")->arg(argument);
        return json == nullptr ? Json() : *json;
    }
    [[nodiscard]] int rowNumber(const char* argument) const
    {
        const std::vector<Field>& fields = m_session->form()->fields();
        return static_cast<int>(std::ranges::find_if(fields, [&](const Field& field) { return field.place.argument == argument; }) - fields.begin());
    }
    [[nodiscard]] QQuickItem* row(const char* title) const { return itemWith("title", QString::fromLatin1(title), "canBeHandle"); }
    [[nodiscard]] QQuickItem* choice(const char* text) const { return itemWith("text", QString::fromUtf8(text), "keys"); }
    [[nodiscard]] QQuickItem* button(const char* tip) const { return itemWith("tip", QString::fromLatin1(tip), "glyph"); }
    void click(QQuickItem* item, Qt::MouseButton which = Qt::LeftButton, QPoint at = {})
    {
        QVERIFY(item != nullptr);
        const QPointF inside = at.isNull() ? QPointF(item->width() / 2, item->height() / 2) : QPointF(at);
        QTest::mouseClick(m_window, which, {}, item->mapToScene(inside).toPoint());
    }
};

int main(int argc, char** argv)
{
    return runWindowTest<InspectorWindowTest>(argc, argv);
}
#include "inspector_window_test.moc"
