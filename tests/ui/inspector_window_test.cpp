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

    std::string m_first; ///< the document as each test finds it

private Q_SLOTS:
    void initTestCase() { openWindow(); }
    void cleanupTestCase() { closeWindow(); }
    void init()
    {
        openSample();
        Recipe more = recipe();
        more.nodes.push_back({.name = "line", .effect = "edge_detect"});
        more.nodes.push_back({.name = "over", .effect = "blend", .args = {{"mode", Json("multiply")}}});
        for (const char* name : {"flat", "flat2"})
            more.nodes.push_back({.name = name, .effect = "solid"});
        m_session->document()->reset(std::move(more), {});
        m_first = writeRecipe(recipe());
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
        QCOMPARE(QByteArray::fromStdString(writeRecipe(recipe())), QByteArray::fromStdString(m_first));
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

    void anotherCardIsShownInTheRowsThatAreThere()
    {
        QQuickItem* first = row("Radius");
        m_session->graph()->select(QStringLiteral("tint"));
        QTRY_VERIFY(row("Angle") != nullptr);
        QCOMPARE(row("Angle"), first);
        QCOMPARE(row("Radius"), nullptr);
    }

    void whatIsTypedBelongsToTheCardItWasTypedFor()
    {
        click(itemWith("label", QStringLiteral("Radius"), "unit"));
        type(QStringLiteral("20")); // the old number is selected; no Enter
        const std::string before = writtenNode("line");
        m_session->graph()->select(QStringLiteral("line"));
        QCOMPARE(written("radius").get<double>(), 20.0);
        QTRY_VERIFY(row("Strength") != nullptr);
        click(row("Operator")); // and nothing is left in a box that would be taken now
        QCOMPARE(writtenNode("line"), before);
    }

    void whatWasRefusedIsNotShownAtAnotherCard()
    {
        m_session->graph()->select(QStringLiteral("flat"));
        QTRY_VERIFY(row("Colour") != nullptr);
        QQuickItem* box = colourBox();
        click(box);
        QTest::keyClick(m_window, Qt::Key_A, Qt::ControlModifier);
        type(QStringLiteral("reddish"));
        QTest::keyClick(m_window, Qt::Key_Return);
        QVERIFY(box->property("wrong").toBool());
        const QString colour = m_session->form()->data(m_session->form()->index(0), FieldModel::TextRole).toString();
        m_session->graph()->select(QStringLiteral("flat2")); // of the same colour
        QTRY_VERIFY(!box->property("wrong").toBool());
        QCOMPARE(box->property("text").toString(), colour);
        QCOMPARE(box, colourBox());
    }

    void eachCardShowsItsOwnChoice()
    {
        // Neither is the first of its list, and both stand in the same row: a box that is given a new list goes to its first.
        m_session->graph()->select(QStringLiteral("line"));
        QTRY_VERIFY(row("Operator") != nullptr);
        QCOMPARE(itemWith("label", QStringLiteral("Operator"), "displayText")->property("displayText").toString(), QStringLiteral("scharr"));
        m_session->graph()->select(QStringLiteral("over"));
        QTRY_VERIFY(row("Mode") != nullptr);
        QCOMPARE(itemWith("label", QStringLiteral("Mode"), "displayText")->property("displayText").toString(), QStringLiteral("multiply"));
    }

private:
    [[nodiscard]] const Recipe& recipe() const { return *m_session->document()->recipe(); }
    [[nodiscard]] std::string writtenNode(const char* name) const
    {
        Recipe one;
        one.nodes.push_back(*recipe().node(name));
        return writeRecipe(one);
    }
    [[nodiscard]] QQuickItem* colourBox() const
    {
        const QList<QQuickItem*> items = itemsBelow(row("Colour"));
        const auto box = std::ranges::find_if(items, [](const QQuickItem* item) { return item->metaObject()->indexOfProperty("wrong") >= 0; });
        return box == items.end() ? nullptr : *box;
    }
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
