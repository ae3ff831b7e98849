// SPDX-License-Identifier: GPL-3.0-or-later
// The canvas in the real window, by mouse and keys: copies, frames, dots, groups, cutting, inserting, bookmarks. Runs under
// Xvfb.
#include "core/recipe/canvas_marks.h"
#include "tests/ui/canvas_window.h"
#include "ui/graph_commands.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QProcess>
#include <QQmlExtensionPlugin>
#include <QQuickStyle>

#include <ctime>

Q_IMPORT_QML_PLUGIN(ArtDagPlugin)

using namespace artdag;

class CanvasTest : public QObject, CanvasWindow {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { openWindow(); }
    void cleanupTestCase() { closeWindow(); }
    void init() { rest(); }

    void everyCommandHasItsOwnKeys()
    {
        QSet<QString> keys, ids;
        for (const Command& command : graphCommands()) {
            QVERIFY2(!ids.contains(QString::fromLatin1(command.id)), command.id);
            ids.insert(QString::fromLatin1(command.id));
            QCOMPARE(command.panel(), std::string_view("graph"));
            for (const QKeySequence& sequence : QKeySequence::listFromString(QString::fromLatin1(command.keys), QKeySequence::PortableText)) {
                QVERIFY2(!sequence.isEmpty() && !keys.contains(sequence.toString()), qPrintable(sequence.toString()));
                keys.insert(sequence.toString());
            }
        }
    }

    void copiedNodesArePastedAtThePointerInOneStep()
    {
        click("sky");
        click("tint", Qt::ShiftModifier);
        key(Qt::Key_C, Qt::ControlModifier);
        QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("hue_shift")));
        QTest::mouseMove(m_window, onScreen({40, 420}));
        key(Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(steps(), std::size_t{2});
        QCOMPARE(sourceOf("tint_2"), std::string("sky_2"));
        QVERIFY((card("sky_2").rect.topLeft() - QPointF(40, 420)).manhattanLength() < 12);
        QCOMPARE(graph()->selectedCount(), 2); // the copies
        key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(written(), QByteArray::fromStdString(writeRecipe(sampleRecipe())));
    }
    /// Five hundred nodes with their wires and a frame, over the clipboard of the desktop.
    void whatIsCopiedIsPastedInAnotherProcess()
    {
        Recipe many = sampleRecipe();
        for (int i = 1; i < 500; ++i) {
            Node node{.name = "n" + std::to_string(i), .effect = "blur"};
            node.in.emplace_back("picture", PortValue{Wire{i == 1 ? "sky" : "n" + std::to_string(i / 2), ""}});
            many.layout[node.name] = {i % 20 * 220.0, 400 + i / 20 * 200.0};
            many.nodes.push_back(std::move(node));
        }
        m_session->document()->reset(many, {});
        graph()->select(QStringLiteral("sky"));
        graph()->select(QStringLiteral("tint"), true);
        graph()->frameSelected({});
        const auto seconds = [] { // of this thread's work: others may use the machine
            timespec now{};
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
            return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
        };
        const double began = seconds();
        key(Qt::Key_A, Qt::ControlModifier);
        key(Qt::Key_C, Qt::ControlModifier);
        const double taken = seconds() - began;
        QVERIFY2(taken <= 1, qPrintable(QString::number(taken)));
        QProcess other;
        other.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--paste")});
        QTRY_VERIFY_WITH_TIMEOUT(other.state() == QProcess::NotRunning, patience); // the clipboard is served meanwhile
        const ReadRecipe there = readRecipe(other.readAllStandardOutput().toStdString());
        QVERIFY(there.ok());
        QCOMPARE(there.recipe.nodes.size(), recipe()->nodes.size());
        const auto wires = [](const Recipe& of) { return QByteArray::fromStdString(writeRecipe({.nodes = of.nodes})); };
        QCOMPARE(wires(there.recipe), wires(*recipe()));
        QCOMPARE(marksOf(there.recipe).frames.size(), std::size_t{1});
    }
    void aPastedLetterChangesNothingAndSaysWhy()
    {
        QGuiApplication::clipboard()->setText(QStringLiteral("Dear Sir,"));
        key(Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(steps(), std::size_t{1});
        QVERIFY2(m_session->notice().startsWith(QStringLiteral("clipboard")), qPrintable(m_session->notice()));
        QVERIFY(m_session->isNoticeSevere());
    }
    void cutTakesAwayAndDuplicateKeepsItsInputsOnRequest()
    {
        click("tint");
        key(Qt::Key_X, Qt::ControlModifier);
        QCOMPARE(recipe()->node("tint"), nullptr);
        QCOMPARE(sourceOf("soft"), std::string("sky")); // the chain holds
        key(Qt::Key_V, Qt::ControlModifier);
        QVERIFY(recipe()->node("tint") != nullptr);
        key(Qt::Key_Z, Qt::ControlModifier);
        key(Qt::Key_Z, Qt::ControlModifier);
        click("tint");
        key(Qt::Key_D, Qt::ControlModifier);
        QCOMPARE(sourceOf("tint_2"), std::string());
        click("tint");
        key(Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(sourceOf("tint_3"), std::string("sky"));
    }

    void aFrameIsDrawnAroundTheSelectionAndMovesWhatIsInIt()
    {
        click("sky");
        click("tint", Qt::ShiftModifier);
        key(Qt::Key_B, Qt::ShiftModifier);
        QCOMPARE(graph()->scene().frames().size(), std::size_t{1});
        QVERIFY(graph()->scene().frames()[0].rect.contains(card("tint").rect));
        const QPointF sky = card("sky").rect.topLeft(), soft = card("soft").rect.topLeft();
        const QPoint title = onScreen(graph()->scene().frames()[0].rect.topLeft() + QPointF(60, 12));
        drag(title, title + QPoint(0, 90));
        QCOMPARE(steps(), std::size_t{3});
        QVERIFY(card("sky").rect.y() > sky.y() + 40);
        QCOMPARE(card("sky").rect.x(), sky.x());
        QCOMPARE(card("soft").rect.topLeft(), soft);
        QVERIFY(graph()->scene().frames()[0].rect.contains(card("sky").rect));
        key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(card("sky").rect.topLeft(), sky);
    }
    void framesNestFoldFitAndResize()
    {
        click("sky");
        key(Qt::Key_B, Qt::ShiftModifier);
        click("sky");
        click("tint", Qt::ShiftModifier);
        key(Qt::Key_B, Qt::ShiftModifier);
        QCOMPARE(graph()->scene().frames().size(), std::size_t{2});
        // the outer one is drawn first and has the inner one
        QCOMPARE(graph()->scene().contentsOf(0).frames, std::vector<int>{1});
        key(Qt::Key_F, Qt::ShiftModifier);
        QVERIFY(card("sky").hidden && card("tint").hidden && !card("soft").hidden);
        QVERIFY(graph()->scene().frames()[1].hidden);
        QCOMPARE(graph()->scene().frames()[0].rect.height(), GraphScene::frameTitle);
        // wires from inside come out of the folded frame
        const SceneWire& out = graph()->scene().wires()[static_cast<std::size_t>(wireInto("soft"))];
        QCOMPARE(out.a.x(), graph()->scene().frames()[0].rect.right());
        key(Qt::Key_F, Qt::ShiftModifier);
        QVERIFY(!card("sky").hidden);
        // resized by its corner, then fitted again
        const QRectF before = graph()->scene().frames()[0].rect;
        const QPoint corner = onScreen(before.bottomRight());
        drag(corner, corner + QPoint(60, 50));
        QVERIFY(graph()->scene().frames()[0].rect.width() > before.width() + 20);
        key(Qt::Key_R, Qt::ShiftModifier);
        QVERIFY(graph()->scene().frames()[0].rect.contains(graph()->scene().frames()[1].rect));
        QVERIFY(graph()->scene().frames()[0].rect.bottom() < before.bottom() + 60);
        key(Qt::Key_Delete); // the frame goes, what is in it stays
        QCOMPARE(graph()->scene().frames().size(), std::size_t{1});
        QVERIFY(recipe()->node("sky") != nullptr);
    }

    void controlClickOnAWirePutsADotThatCanBeDraggedAndRemoved()
    {
        const int wire = wireInto("soft");
        QTRY_VERIFY_WITH_TIMEOUT(m_session->isSettled(), patience);
        const std::int64_t executed = m_session->engine()->nodesExecuted();
        QTest::mouseClick(m_window, Qt::LeftButton, Qt::ControlModifier, middleOf(wire));
        QTRY_VERIFY_WITH_TIMEOUT(m_session->isSettled(), patience);
        QCOMPARE(m_session->engine()->nodesExecuted(), executed); // no key is another
        QCOMPARE(graph()->scene().wires()[static_cast<std::size_t>(wire)].dots.size(), std::size_t{1});
        QCOMPARE(graph()->selectedDot(), 0);
        const QPointF at = graph()->scene().wires()[static_cast<std::size_t>(wire)].dots[0];
        drag(onScreen(at), onScreen(at) + QPoint(0, 120));
        QVERIFY(graph()->scene().wires()[static_cast<std::size_t>(wire)].dots[0].y() > at.y() + 60);
        QCOMPARE(steps(), std::size_t{3});
        QTest::mouseMove(m_window, onScreen(graph()->scene().wires()[static_cast<std::size_t>(wire)].dots[0]));
        key(Qt::Key_Delete);
        QVERIFY(graph()->scene().wires()[static_cast<std::size_t>(wire)].dots.empty());
        QCOMPARE(sourceOf("soft"), std::string("tint"));
        graph()->selectWire(wire);
        QTest::mouseMove(m_window, onScreen(card("hum").rect.bottomRight() + QPointF(40, 40)));
        QTest::keyClick(m_window, '.');
        QCOMPARE(graph()->scene().wires()[static_cast<std::size_t>(wire)].dots.size(), std::size_t{1});
    }

    void aGroupIsMadeOpenedEditedLeftAndFlattened()
    {
        QTRY_VERIFY_WITH_TIMEOUT(m_session->isSettled() && !m_session->viewer()->image().isNull(), patience);
        const QImage film = m_session->viewer()->image();
        click("tint");
        click("soft", Qt::ShiftModifier);
        key(Qt::Key_G, Qt::ControlModifier);
        QCOMPARE(recipe()->groups.size(), std::size_t{1});
        const std::string instance = recipe()->nodes[1].name;
        QCOMPARE(graph()->current(), toQt(std::string_view(instance)));
        QCOMPARE(card(instance.c_str()).kind, CardKind::Group);
        QCOMPARE(card(instance.c_str()).inputs.front().type, PortType::Picture);
        QCOMPARE(card(instance.c_str()).outputs.front().type, PortType::Picture);
        QTRY_VERIFY_WITH_TIMEOUT(m_session->isSettled() && m_session->viewer()->image() == film, patience); // the same picture
        key(Qt::Key_Return);
        QCOMPARE(graph()->scope()->depth(), 1);
        QVERIFY(graph()->scene().card("tint") >= 0 && graph()->scene().card("hum") < 0);
        // a node inside is seen, and edited in the group
        graph()->select(QStringLiteral("soft"));
        QTRY_VERIFY_WITH_TIMEOUT(m_session->isSettled() && m_session->viewer()->message().isEmpty(), patience);
        QVERIFY(m_session->form()->rowTotal() > 0);
        QVERIFY(m_session->form()->setText(0, QStringLiteral("60")));
        QCOMPARE(recipe()->groups.front().node("soft")->arg("radius")->get<int>(), 60);
        QTRY_VERIFY_WITH_TIMEOUT(m_session->isSettled() && m_session->viewer()->image() != film, patience);
        QTRY_VERIFY_WITH_TIMEOUT(!graph()->statusOf("soft").state.isEmpty(), patience);
        key(Qt::Key_Escape);
        key(Qt::Key_Escape);
        QCOMPARE(graph()->scope()->depth(), 0);
        key(Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(graph()->scope()->depth(), 1);
        key(Qt::Key_Right, Qt::AltModifier);
        QCOMPARE(graph()->scope()->depth(), 0);
        QTest::mouseDClick(m_window, Qt::LeftButton, {}, onScreen(card(instance.c_str()).rect.center()));
        QCOMPARE(graph()->scope()->depth(), 1);
        key(Qt::Key_Up, Qt::AltModifier);
        m_session->document()->undo(); // of the radius
        graph()->select(toQt(std::string_view(instance)));
        m_canvas->forceActiveFocus();
        key(Qt::Key_G, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(recipe()->groups.empty());
        QCOMPARE(sourceOf("soft"), std::string("tint"));
    }
    void undoLeavesAGroupThatIsNoMore()
    {
        click("tint");
        key(Qt::Key_G, Qt::ControlModifier);
        key(Qt::Key_Return);
        QCOMPARE(graph()->scope()->depth(), 1);
        m_session->document()->undo();
        QCOMPARE(graph()->scope()->depth(), 0);
        QVERIFY(graph()->scene().card("tint") >= 0);
    }
    void aParameterIsPromotedFromInsideByItsName()
    {
        click("soft");
        key(Qt::Key_G, Qt::ControlModifier);
        const QString instance = graph()->current();
        key(Qt::Key_Return);
        graph()->select(QStringLiteral("soft"));
        key(Qt::Key_P);
        for (const char letter : {'r', 'a', 'd'})
            QTest::keyClick(m_window, letter);
        key(Qt::Key_Return);
        QTRY_COMPARE(recipe()->groups.front().params.size(), std::size_t{1});
        QCOMPARE(recipe()->groups.front().params.front().name, std::string("radius"));
        QCOMPARE(recipe()->groups.front().params.front().fallback.get<int>(), 4); // its value stays
        graph()->scope()->goTo(0);
        graph()->select(instance);
        QCOMPARE(m_session->form()->rowTotal(), 1);
        QVERIFY(m_session->form()->setText(0, QStringLiteral("9")));
        QCOMPARE(recipe()->node(toStd(instance))->arg("radius")->get<int>(), 9);
    }

    void aNodeDroppedOnAWireIsInserted()
    {
        graph()->clearSelection();
        graph()->addNode(QStringLiteral("brightness"), {260, 420}, QStringLiteral("nothing:0"));
        const QPoint grip = onScreen(card("brightness").rect.center());
        drag(grip, middleOf(wireInto("soft")));
        QCOMPARE(sourceOf("soft"), std::string("brightness"));
        QCOMPARE(sourceOf("brightness"), std::string("tint"));
        QCOMPARE(steps(), std::size_t{3});
        key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(sourceOf("soft"), std::string("tint"));
        QVERIFY(sourceOf("brightness").empty());
    }
    void aWireFromASocketDroppedOnNothingOffersWhatGivesIt()
    {
        graph()->clearSelection();
        graph()->addNode(QStringLiteral("blend"), {260, 420}, QStringLiteral("nothing:0"));
        const QPoint socket = onScreen(card("blend").inputs[0].at);
        drag(socket, socket + QPoint(-60, 60));
        QTRY_VERIFY(m_session->palette()->gives());
        QCOMPARE(m_session->palette()->type(), QStringLiteral("picture"));
        for (const char letter : {'s', 'o', 'l', 'i', 'd'})
            QTest::keyClick(m_window, letter);
        QTest::keyClick(m_window, Qt::Key_Return);
        QTRY_COMPARE(sourceOf("blend", "below"), std::string("solid"));
        QCOMPARE(steps(), std::size_t{3}); // one undo takes back node and wire
    }
    void extractingLeavesTheNodeAndTheChainHolds()
    {
        click("tint");
        key(Qt::Key_X, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(sourceOf("soft"), std::string("sky"));
        QVERIFY(recipe()->node("tint") != nullptr && recipe()->node("tint")->in.empty());
        QVERIFY(recipe()->node("tint")->arg("angle") != nullptr);
        QCOMPARE(steps(), std::size_t{2});
    }
    void draggingWithXHeldCutsTheWiresItCrosses()
    {
        const QPoint middle = middleOf(wireInto("tint"));
        QTest::keyPress(m_window, Qt::Key_X);
        drag(middle - QPoint(0, 60), middle + QPoint(0, 60));
        QTest::keyRelease(m_window, Qt::Key_X);
        QVERIFY(sourceOf("tint").empty());
        QCOMPARE(sourceOf("soft"), std::string("tint"));
        QCOMPARE(steps(), std::size_t{2});
        drag(middle - QPoint(0, 60), middle + QPoint(0, 60)); // without X it selects
        QCOMPARE(sourceOf("soft"), std::string("tint"));
    }
    void escapeInTheMiddleOfADragPutsTheCardBack()
    {
        const QPointF before = card("tint").rect.topLeft();
        const QPoint grip = onScreen(card("tint").rect.center());
        QTest::mousePress(m_window, Qt::LeftButton, {}, grip);
        QTest::mouseMove(m_window, grip + QPoint(20, 20));
        QTest::mouseMove(m_window, grip + QPoint(60, 60));
        QVERIFY(card("tint").rect.topLeft() != before);
        key(Qt::Key_Escape);
        QTest::mouseRelease(m_window, Qt::LeftButton, {}, grip + QPoint(60, 60));
        QCOMPARE(card("tint").rect.topLeft(), before);
        QCOMPARE(steps(), std::size_t{1});
    }
    void bookmarksAreSetWithControlAndReachedWithShift()
    {
        click("soft");
        key(Qt::Key_4, Qt::ControlModifier);
        QCOMPARE(graph()->bookmarkOf("soft"), 4);
        click("sky");
        key(Qt::Key_4, Qt::ShiftModifier);
        QCOMPARE(graph()->current(), QStringLiteral("soft"));
        const QPointF centre = m_canvas->toScreen(card("soft").rect.center());
        QVERIFY((centre - QPointF(m_canvas->width() / 2, m_canvas->height() / 2)).manhattanLength() < 4);
        key(Qt::Key_7, Qt::ShiftModifier);
        QVERIFY(m_session->notice().contains(QStringLiteral("Ctrl+7")));
    }
    void wholeChainsAreSelectedAndCardsPutInLine()
    {
        click("tint");
        key(Qt::Key_Left, Qt::ControlModifier);
        QCOMPARE(graph()->selectedCount(), 2);
        key(Qt::Key_Right, Qt::ControlModifier);
        QCOMPARE(graph()->selectedCount(), 4); // sky, tint, soft, the film
        click("soft");
        click("hum", Qt::ShiftModifier);
        click("tint", Qt::ShiftModifier);
        key(Qt::Key_T, Qt::ControlModifier | Qt::AltModifier);
        QCOMPARE(card("hum").rect.top(), card("tint").rect.top());
        key(Qt::Key_L, Qt::ControlModifier | Qt::AltModifier);
        QCOMPARE(card("soft").rect.left(), card("tint").rect.left());
        key(Qt::Key_V, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY(!card("soft").rect.intersects(card("tint").rect) && !card("hum").rect.intersects(card("tint").rect));
    }
};

/// The other process: what it pasted, on standard output.
int paste()
{
    Document document;
    GraphModel graph(document, builtinEffects());
    if (!graph.paste(QGuiApplication::clipboard()->text(), {40, 40}))
        return 1;
    std::fputs(writeRecipe(*document.recipe()).c_str(), stdout);
    return 0;
}

int main(int argc, char** argv)
{
    qputenv("QT_MEDIA_BACKEND", "ffmpeg");
    QQuickStyle::setStyle(QStringLiteral("Fusion"));
    QGuiApplication application(argc, argv);
    if (argc == 2 && std::string_view(argv[1]) == "--paste")
        return paste();
    CanvasTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "canvas_test.moc"
