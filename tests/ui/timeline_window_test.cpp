// SPDX-License-Identifier: GPL-3.0-or-later
// The timeline in the real window, by mouse and keys: keys dragged, curves, marks, items trimmed, slipped, moved and split, time zoomed.
#include "tests/ui/viewer_window.h"

#include <QGuiApplication>
#include <QQmlExtensionPlugin>
#include <QQuickStyle>

Q_IMPORT_QML_PLUGIN(ArtDagPlugin)

using namespace artdag;

class TimelineWindowTest : public QObject, ViewerWindow {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { openViewer(); }
    void cleanupTestCase() { closeWindow(); }
    void init() { openEach(); }

    void aKeyIsDraggedInOneStepAndStaysBetweenItsNeighbours()
    {
        show("lift");
        QTRY_COMPARE_WITH_TIMEOUT(m_timeline->curves()->rowTotal(), 1, patience);
        m_timeline->run(QStringLiteral("timeline.snap"));
        QQuickItem* plot = nullptr;
        QTRY_VERIFY_WITH_TIMEOUT((plot = named(QStringLiteral("curve:Amount"))) != nullptr, patience);
        QQuickItem* last = named(QStringLiteral("key:Amount:1"));
        QVERIFY(last != nullptr);
        drag(middleOf(last), middleOf(last) + QPoint(static_cast<int>(plot->width() * 0.25), 0));
        QCOMPARE(m_session->document()->steps(), std::size_t{2});
        QVERIFY2((*argument("lift", "amount"))["keys"][1][0] == 1.5, argument("lift", "amount")->dump().c_str());
        // Farther to the left than the first key is: it stops beside it.
        QTRY_VERIFY((last = named(QStringLiteral("key:Amount:1"))) != nullptr);
        drag(middleOf(last), middleOf(last) - QPoint(static_cast<int>(plot->width()), 0));
        QCOMPARE((*argument("lift", "amount"))["keys"].size(), std::size_t{2});
        QVERIFY2((*argument("lift", "amount"))["keys"][1][0] == 0.1, argument("lift", "amount")->dump().c_str());
        m_timeline->run(QStringLiteral("timeline.snap"));
    }

    void keysAreAddedByDoubleClickCopiedEasedAndDeleted()
    {
        show("lift");
        QQuickItem* plot = nullptr;
        QTRY_VERIFY_WITH_TIMEOUT((plot = named(QStringLiteral("curve:Amount"))) != nullptr, patience);
        QTest::mouseDClick(m_window, Qt::LeftButton, {}, plot->mapToScene({plot->width() * 0.25, plot->height() / 2}).toPoint());
        QTRY_COMPARE_WITH_TIMEOUT((*argument("lift", "amount"))["keys"].size(), std::size_t{3}, patience);
        QVERIFY((*argument("lift", "amount"))["keys"][1][0] == 0.5);
        QCOMPARE(m_timeline->curves()->selectedCount(), 1);
        key(Qt::Key_T); // the timeline has the keys
        QVERIFY((*argument("lift", "amount"))["keys"][1][2] == "smooth");
        key(Qt::Key_C, Qt::ControlModifier);
        m_session->player()->seek(15);
        key(Qt::Key_V, Qt::ControlModifier);
        QCOMPARE((*argument("lift", "amount"))["keys"].size(), std::size_t{4});
        QVERIFY((*argument("lift", "amount"))["keys"][3][0] == 1.5 && (*argument("lift", "amount"))["keys"][3][2] == "smooth");
        key(Qt::Key_Delete);
        QCOMPARE((*argument("lift", "amount"))["keys"].size(), std::size_t{3});
        QVERIFY((*argument("lift", "amount"))["keys"][1][0] == 1);
        QCOMPARE(m_session->document()->steps(), std::size_t{5}); // add, ease, paste, delete
    }

    void aSelectedKeyThatIsUndoneIsNotSelectedAnyMore()
    {
        show("lift");
        CurveModel& curves = *m_timeline->curves();
        curves.addKey(0, 0.9, 0.5);
        QCOMPARE(curves.selectedCount(), 1);
        m_session->document()->undo();
        QCOMPARE(curves.selectedCount(), 0);
        curves.cycleEase();
        curves.removeSelected();
        QCOMPARE(argument("lift", "amount")->at("keys").size(), std::size_t{2});
    }

    /// Keys, items and handles on the picture are those of the group that is open, not of what has that name outside.
    void whatIsInAGroupIsEditedThere()
    {
        GraphModel& graph = *m_session->graph();
        for (const char* name : {"lift", "dot", "edit"})
            graph.select(QString::fromLatin1(name), true);
        graph.groupSelected();
        const std::string group = m_session->document()->recipe()->groups.front().name;
        QVERIFY(graph.openGroup(graph.current()));
        const auto inside = [&](const char* name) { return m_session->document()->recipe()->group(group)->node(name); };

        graph.select(QStringLiteral("lift"));
        CurveModel& curves = *m_timeline->curves();
        QCOMPARE(curves.rowTotal(), 1);
        curves.beginDrag(0, 1);
        curves.dragTo(1, 0, 0.75, 0.5);
        curves.endDrag();
        QVERIFY2(inside("lift")->arg("amount")->at("keys")[1][0] == 1.5, inside("lift")->arg("amount")->dump().c_str());

        graph.select(QStringLiteral("dot"));
        Overlay& overlay = *m_viewer->overlay();
        QVERIFY(overlay.handleCount() > 0);
        overlay.begin(0);
        overlay.moveTo(0, {0.6, 0.7});
        overlay.end();
        QVERIFY2(*inside("dot")->arg("position") == Json::array({0.6, 0.7}), inside("dot")->arg("position")->dump().c_str());

        graph.select(QStringLiteral("edit"));
        QTRY_COMPARE_WITH_TIMEOUT(m_timeline->items()->pieceCount(), 2, patience);
        m_timeline->items()->nudge(0, ItemStrip::End, -3);
        QVERIFY2(*std::get<std::vector<Item>>(inside("edit")->port("items")->value)[0].out == 0.7, "trimmed");
        QCOMPARE(m_session->document()->steps(), std::size_t{5});
    }

    void aBoundParameterIsDrawnFromTheSignalThatLeadsIt()
    {
        show("pulse");
        QTRY_COMPARE_WITH_TIMEOUT(m_timeline->curves()->rowTotal(), 1, patience);
        const auto curve = [&] { return m_timeline->curves()->data(m_timeline->curves()->index(0), CurveModel::CurvesRole).toList(); };
        QTRY_VERIFY_WITH_TIMEOUT(!curve().isEmpty(), patience);
        const auto ys = curve().constFirst().value<QList<double>>();
        QVERIFY(ys.size() > 100);
        // Up at each beat of the half second, down before the next.
        QVERIFY(ys.first() > 0.8 && ys[ys.size() / 4 - 4] < 0.5 && ys[ys.size() / 4 + 2] > 0.8);
        QVERIFY(m_timeline->curves()->data(m_timeline->curves()->index(0), CurveModel::FollowsRole).toString().contains(QStringLiteral("tick")));
    }

    void beatsAndCutsAreMarks()
    {
        QTRY_VERIFY_WITH_TIMEOUT(m_timeline->eventRows().rows().size() == 2, patience);
        const auto& rows = m_timeline->eventRows().rows();
        const auto tick = std::ranges::find(rows, QStringLiteral("tick"), &EventRows::Row::title);
        const auto edit = std::ranges::find(rows, QStringLiteral("edit"), &EventRows::Row::title);
        QVERIFY(tick != rows.end() && edit != rows.end());
        QCOMPARE(tick->events.size(), std::size_t{4});
        QCOMPARE(secondsOfFlicks(tick->events[1].time), 0.5);
        QCOMPARE(edit->events.size(), std::size_t{1});
        QCOMPARE(secondsOfFlicks(edit->events[0].time), 1.0);
    }

    void anItemIsTrimmedReorderedAndSplitEachInOneStep()
    {
        show("edit");
        QTRY_COMPARE_WITH_TIMEOUT(m_timeline->items()->pieceCount(), 2, patience);
        QQuickItem* first = named(QStringLiteral("item:1 · red"));
        QVERIFY(first != nullptr);
        const QPoint end = first->mapToScene({first->width() - 3, first->height() / 2}).toPoint();
        drag(end, end - QPoint(static_cast<int>(first->width() / 2), 0));
        QCOMPARE(m_session->document()->steps(), std::size_t{2});
        QVERIFY2(*items()[0].out == 0.5, items()[0].out->dump().c_str());
        QTRY_VERIFY_WITH_TIMEOUT(m_timeline->items()->pieces()[1].start == 5, patience); // the edit closes up
        m_session->document()->undo();
        QTRY_VERIFY_WITH_TIMEOUT(m_timeline->items()->pieces()[1].start == 10, patience);

        m_session->player()->seek(4);
        QTest::mouseClick(m_window, Qt::LeftButton, {}, middleOf(named(QStringLiteral("item:1 · red"))));
        key(Qt::Key_K, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(m_timeline->items()->pieceCount(), 3, patience);
        QVERIFY(*items()[0].out == 0.4 && *items()[1].in == 0.4);
        QCOMPARE(m_session->document()->steps(), std::size_t{2});
        m_session->document()->undo();

        QTRY_COMPARE_WITH_TIMEOUT(m_timeline->items()->pieceCount(), 2, patience);
        QQuickItem* moved = named(QStringLiteral("item:1 · red"));
        drag(middleOf(moved), middleOf(moved) + QPoint(static_cast<int>(moved->width() * 1.4), 0));
        QCOMPARE(items()[0].from->node, std::string("blue"));
        QCOMPARE(m_session->document()->steps(), std::size_t{2});
    }

    void slippingKeepsAnItemsPlaceAndLength()
    {
        show("edit");
        QTRY_COMPARE_WITH_TIMEOUT(m_timeline->items()->pieceCount(), 2, patience);
        QQuickItem* second = named(QStringLiteral("item:2 · blue"));
        QVERIFY(second != nullptr);
        const QPoint from = middleOf(second);
        QTest::mousePress(m_window, Qt::LeftButton, Qt::AltModifier, from);
        for (int i = 1; i <= 4; ++i) {
            QMouseEvent move(QEvent::MouseMove, from - QPoint(i * 20, 0), m_window->mapToGlobal(from - QPoint(i * 20, 0)), Qt::NoButton, Qt::LeftButton, Qt::AltModifier);
            QCoreApplication::sendEvent(m_window, &move);
        }
        QTest::mouseRelease(m_window, Qt::LeftButton, Qt::AltModifier, from - QPoint(80, 0));
        QVERIFY(items()[1].in.has_value());
        const double in = items()[1].in->get<double>();
        QVERIFY(in > 0);
        QVERIFY(std::abs(items()[1].out->get<double>() - in - 1) < 1e-9);
        QCOMPARE(m_session->document()->steps(), std::size_t{2});
    }

    void timeIsZoomedAtTheCursorAndScrolled()
    {
        TimeWindow* window = m_timeline->window();
        window->fit();
        QQuickItem* wave = named(QStringLiteral("waveform"));
        QVERIFY(wave != nullptr);
        const QPointF cursor = wave->mapToScene({wave->width() * 0.75, 4});
        QWheelEvent wheel(cursor, m_window->mapToGlobal(cursor), {}, {0, 480}, Qt::NoButton, Qt::ControlModifier, Qt::NoScrollPhase, false);
        const double fixed = window->frameOf(0.75);
        QCoreApplication::sendEvent(m_window, &wheel);
        QVERIFY(window->span() < 10);
        QVERIFY(std::abs(window->frameOf(0.75) - fixed) < 0.1);
        // The waveform's columns are those of the window's samples: of a tone none is empty.
        QTRY_VERIFY_WITH_TIMEOUT(m_session->isSettled() && m_timeline->peaks().size() > 100, patience);
        QVERIFY(std::ranges::all_of(m_timeline->peaks(), [](double peak) { return peak > 0.01; }));
        const double first = window->first();
        window->scrollBy(-0.5);
        QVERIFY(window->first() < first);
        m_timeline->run(QStringLiteral("timeline.fit"));
        QCOMPARE(window->span(), 20.0);
    }
};

int main(int argc, char** argv)
{
    // As the program's own main does.
    qputenv("QT_MEDIA_BACKEND", "ffmpeg");
    QQuickStyle::setStyle(QStringLiteral("Fusion"));
    QGuiApplication application(argc, argv);
    TimelineWindowTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "timeline_window_test.moc"
