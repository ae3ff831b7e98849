// SPDX-License-Identifier: GPL-3.0-or-later
// Viewer and timeline in the real window, by mouse and keys: zoom, compare, read pixels, drag handles and keys, trim and split,
// play. Pixels are looked at in the grabbed window.
#include "tests/ui/studio_window.h"
#include "tests/ui/viewer_sample.h"
#include "ui/markers.h"

#include <QGuiApplication>
#include <QQmlExtensionPlugin>
#include <QQuickStyle>

Q_IMPORT_QML_PLUGIN(ArtDagPlugin)

using namespace artdag;

namespace {
constexpr const char* strobeRecipe = R"({
  "artdag": 1, "title": "Strobe", "canvas": {"width": 64, "height": 36, "rate": [20, 1], "sampleRate": 48000, "duration": 3},
  "nodes": {"flash": {"effect": "solid", "args": {"colour": {"expr": ["frame % 4 < 2 ? 1 : 0", "frame % 4 < 2 ? 1 : 0", "frame % 4 < 2 ? 1 : 0"]}}}},
  "outputs": {"main": {"picture": "flash", "encode": "share-h264"}}
})";

bool near(const QColor& a, const QColor& b, int reach = 6)
{
    return std::abs(a.red() - b.red()) <= reach && std::abs(a.green() - b.green()) <= reach && std::abs(a.blue() - b.blue()) <= reach;
}
} // namespace

class ViewerWindowTest : public QObject, StudioWindow {
    Q_OBJECT

    Viewer* m_viewer = nullptr;
    Timeline* m_timeline = nullptr;
    QQuickItem* m_stage = nullptr;

    void openText(const char* text)
    {
        const QString path = pathToQt(m_home->path() / "viewer.artdag");
        QVERIFY(writeFileAtomically(toPath(path), bytesOf(std::string_view(text))).has_value());
        QVERIFY(m_session->open(path));
        QTRY_VERIFY_WITH_TIMEOUT(m_session->isReady(), patience);
        m_canvas->fitAll();
    }
    void show(const char* card)
    {
        m_session->graph()->select(QString::fromLatin1(card));
        QTRY_VERIFY_WITH_TIMEOUT(!m_viewer->image().isNull() && !m_viewer->isBusy(), patience);
    }
    /// A point of the stage in the window.
    [[nodiscard]] QPoint at(double x, double y) const { return m_stage->mapToScene({m_stage->width() * x, m_stage->height() * y}).toPoint(); }
    [[nodiscard]] QColor seen(double x, double y) const { return m_window->grabWindow().pixelColor(at(x, y)); }
    [[nodiscard]] QQuickItem* named(const QString& name) const
    {
        for (QQuickItem* item : itemsBelow(m_window->contentItem()))
            if (item->objectName() == name && item->isVisible())
                return item;
        return nullptr;
    }
    static QPoint middleOf(const QQuickItem* item) { return item->mapToScene({item->width() / 2, item->height() / 2}).toPoint(); }
    void focusViewer() { QTest::mouseClick(m_window, Qt::LeftButton, {}, at(0.5, 0.02)); }
    void key(int key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(m_window, static_cast<Qt::Key>(key), modifiers); }
    [[nodiscard]] const Json* argument(const char* node, const char* name) const { return m_session->document()->recipe()->node(node)->arg(name); }
    [[nodiscard]] const std::vector<Item>& items() const { return std::get<std::vector<Item>>(m_session->document()->recipe()->node("edit")->port("items")->value); }

private Q_SLOTS:
    void initTestCase()
    {
        openWindow();
        m_viewer = m_session->viewer();
        m_timeline = m_session->timeline();
        m_stage = m_window->findChild<QQuickItem*>(QStringLiteral("stage"));
        QVERIFY(m_stage != nullptr);
    }
    void cleanupTestCase() { closeWindow(); }
    void init()
    {
        openText(viewerSample);
        m_viewer->camera()->fit();
        m_session->player()->pause();
        m_session->player()->seek(0);
        m_canvas->forceActiveFocus();
    }

    void theWheelZoomsAtTheCursorAndLargePixelsAreSquares()
    {
        show("red");
        ViewCamera* camera = m_viewer->camera();
        const QPointF cursor(m_stage->width() * 0.6, m_stage->height() * 0.4);
        const QPointF before = camera->toPicture(cursor);
        QWheelEvent wheel(m_stage->mapToScene(cursor), m_window->mapToGlobal(m_stage->mapToScene(cursor)), {}, {0, 720}, Qt::NoButton, {}, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(m_window, &wheel);
        QVERIFY(!camera->isFitted());
        const QPointF moved = camera->toView(before) - cursor;
        QVERIFY2(std::hypot(moved.x(), moved.y()) < 1.5, qPrintable(camera->text()));
        QVERIFY(camera->isNearest());
        focusViewer();
        key(Qt::Key_F);
        QVERIFY(camera->isFitted());
        key(Qt::Key_F, Qt::ShiftModifier);
        QCOMPARE(camera->zoom(), 1.0);
    }

    void draggingPansAndBothButtonsDo()
    {
        show("red");
        focusViewer();
        key(Qt::Key_F, Qt::ShiftModifier);
        for (const Qt::MouseButton button : {Qt::LeftButton, Qt::MiddleButton}) {
            const QRectF before = m_viewer->camera()->rect();
            QTest::mousePress(m_window, button, {}, at(0.5, 0.5));
            QTest::mouseMove(m_window, at(0.5, 0.5) + QPoint(20, 8));
            QTest::mouseMove(m_window, at(0.5, 0.5) + QPoint(40, 16));
            QTest::mouseRelease(m_window, button, {}, at(0.5, 0.5) + QPoint(40, 16));
            QCOMPARE(m_viewer->camera()->rect().topLeft(), before.topLeft() + QPointF(40, 16));
        }
    }

    void thePixelUnderThePointerIsReadOfBothSides()
    {
        show("blue");
        m_canvas->forceActiveFocus();
        key(Qt::Key_2);
        show("red");
        focusViewer();
        key(Qt::Key_P);
        QTRY_VERIFY_WITH_TIMEOUT(!m_viewer->compare()->image().isNull(), patience);
        QTest::mouseMove(m_window, at(0.45, 0.5));
        QTest::mouseMove(m_window, at(0.5, 0.5));
        QTRY_COMPARE_WITH_TIMEOUT(m_viewer->probe()->rows().size(), qsizetype{2}, patience);
        const QVariantMap a = m_viewer->probe()->rows()[0].toMap(), b = m_viewer->probe()->rows()[1].toMap();
        QCOMPARE(a[QStringLiteral("hex")].toString(), QStringLiteral("#ff0000"));
        QCOMPARE(a[QStringLiteral("r")].toString(), QStringLiteral("1.0000"));
        QCOMPARE(a[QStringLiteral("bytes")].toString(), QStringLiteral("255 0 0 255"));
        QCOMPARE(b[QStringLiteral("hex")].toString(), QStringLiteral("#0000ff"));
        QVERIFY2(m_viewer->probe()->place().startsWith(QStringLiteral("160, ")) || m_viewer->probe()->place().startsWith(QStringLiteral("159, ")), qPrintable(m_viewer->probe()->place()));
        key(Qt::Key_P);
        QVERIFY(!m_viewer->probe()->isOn());
    }

    void aSlotIsComparedByWipeSideBySideAndDifference()
    {
        show("blue");
        key(Qt::Key_3); // the graph has the keys
        QCOMPARE(m_viewer->compare()->title(), QStringLiteral("3: blue"));
        show("red");
        QTRY_VERIFY_WITH_TIMEOUT(near(seen(0.5, 0.5), Qt::red), patience);
        key(Qt::Key_Q);
        QTRY_VERIFY_WITH_TIMEOUT(near(seen(0.5, 0.5), Qt::blue), patience);
        key(Qt::Key_Q);
        QTRY_VERIFY_WITH_TIMEOUT(near(seen(0.5, 0.5), Qt::red), patience);
        key(Qt::Key_W);
        QTRY_VERIFY_WITH_TIMEOUT(near(seen(0.3, 0.4), Qt::red) && near(seen(0.7, 0.4), Qt::blue), patience);
        drag(at(0.5, 0.3), at(0.8, 0.3));
        QTRY_VERIFY_WITH_TIMEOUT(near(seen(0.7, 0.4), Qt::red) && near(seen(0.9, 0.4), Qt::blue), patience);
        const double wipe = m_viewer->compare()->wipe();
        key(Qt::Key_Left); // the line has the focus
        QVERIFY(m_viewer->compare()->wipe() < wipe);
        QCOMPARE(m_session->player()->frame(), qint64{0});
        key(Qt::Key_Right, Qt::AltModifier);
        QCOMPARE(m_viewer->compare()->wipe(), wipe);
        key(Qt::Key_W, Qt::ShiftModifier);
        QTRY_VERIFY_WITH_TIMEOUT(near(seen(0.25, 0.5), Qt::red) && near(seen(0.75, 0.5), Qt::blue), patience);
        // Both sides share pan and zoom: a pan in one half moves the other's picture as well.
        drag(at(0.25, 0.5), at(0.25, 0.5) + QPoint(0, 60));
        QVERIFY(!m_viewer->camera()->isFitted());
        m_viewer->camera()->fit();
        focusViewer();
        key(Qt::Key_D, Qt::ShiftModifier);
        QTRY_VERIFY_WITH_TIMEOUT(near(seen(0.5, 0.5), QColor(255, 0, 255)), patience);
    }

    void aSnapshotKeepsTheEarlierLook()
    {
        show("red");
        focusViewer();
        key(Qt::Key_Q, Qt::ShiftModifier);
        QCOMPARE(m_viewer->compare()->title(), QStringLiteral("snapshot 1"));
        m_session->form()->setText(0, QStringLiteral("#00ff00"));
        QTRY_VERIFY_WITH_TIMEOUT(near(seen(0.5, 0.5), QColor(0, 255, 0)), patience);
        key(Qt::Key_W);
        QTRY_VERIFY_WITH_TIMEOUT(near(seen(0.3, 0.4), QColor(0, 255, 0)) && near(seen(0.9, 0.4), Qt::red), patience);
    }

    void comparingWithNothingSaysHowToBegin()
    {
        show("red");
        focusViewer();
        key(Qt::Key_W);
        QCOMPARE(m_viewer->compare()->mode(), Comparison::Single);
        QVERIFY(m_viewer->compare()->message().contains(QStringLiteral("Shift+Q")));
    }

    void aHandleDraggedOnThePictureIsOneStep()
    {
        show("dot");
        QQuickItem* handle = nullptr;
        QTRY_VERIFY_WITH_TIMEOUT((handle = named(QStringLiteral("grip:Position"))) != nullptr, patience);
        const QPoint from = middleOf(handle);
        drag(from, from + QPoint(m_viewer->camera()->rect().width() / 4, 0));
        QCOMPARE(m_session->document()->steps(), std::size_t{2});
        const Json* position = argument("dot", "position");
        QVERIFY2(std::abs((*position)[0].get<double>() - 0.5) < 0.01 && std::abs((*position)[1].get<double>() - 0.5) < 0.01, position->dump().c_str());
        // The picture follows: the shape is where the handle is.
        QTRY_VERIFY_WITH_TIMEOUT(m_viewer->isExact() && near(m_viewer->image().pixelColor(m_viewer->image().width() / 2 + 20, m_viewer->image().height() / 2), QColor(247, 158, 56), 12), patience);
        key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE((*argument("dot", "position"))[0].get<double>(), 0.25);
    }

    void sizesAndAnglesHaveHandlesAndArrowsMoveThem()
    {
        show("dot");
        QQuickItem* size = nullptr;
        QTRY_VERIFY_WITH_TIMEOUT((size = named(QStringLiteral("grip:Size"))) != nullptr, patience);
        const double scale = m_viewer->camera()->rect().width() / 320;
        drag(middleOf(size), middleOf(size) + QPoint(static_cast<int>(20 * scale), 0));
        QVERIFY2(std::abs((*argument("dot", "size"))[0].get<double>() - 120) <= 3, argument("dot", "size")->dump().c_str());
        QQuickItem* turn = named(QStringLiteral("grip:Rotation"));
        QVERIFY(turn != nullptr);
        const QRectF place = m_viewer->camera()->rect();
        const QPointF below(place.x() + place.width() * 0.25, place.y() + place.height() * 0.9);
        drag(middleOf(turn), m_stage->mapToScene(below).toPoint());
        QVERIFY2(std::abs(argument("dot", "rotation")->get<double>() - 90) <= 2, argument("dot", "rotation")->dump().c_str());
        named(QStringLiteral("grip:Rotation"))->forceActiveFocus();
        const double degrees = argument("dot", "rotation")->get<double>();
        key(Qt::Key_Right);
        QCOMPARE(argument("dot", "rotation")->get<double>(), degrees + 1);
        QCOMPARE(m_session->player()->frame(), qint64{0});
        QCOMPARE(m_session->document()->steps(), std::size_t{4});
    }

    void scopesShowWhatIsSeen()
    {
        show("red");
        focusViewer();
        for (int kind = 0; kind < 4; ++kind) {
            key(Qt::Key_H);
            QTRY_VERIFY_WITH_TIMEOUT(!m_viewer->scope()->image().value<QImage>().isNull(), patience);
        }
        key(Qt::Key_H);
        QVERIFY(!m_viewer->scope()->isOn());
    }

    void channelsAreSeenAlone()
    {
        show("red");
        focusViewer();
        key(Qt::Key_B);
        QTRY_VERIFY_WITH_TIMEOUT(near(seen(0.5, 0.5), Qt::black), patience);
        key(Qt::Key_R);
        QTRY_VERIFY_WITH_TIMEOUT(near(seen(0.5, 0.5), Qt::white), patience);
        key(Qt::Key_R);
        QTRY_VERIFY_WITH_TIMEOUT(near(seen(0.5, 0.5), Qt::red), patience);
    }

    void gridAndSafeAreasLieOnThePicture()
    {
        show("red");
        focusViewer();
        key(Qt::Key_G, Qt::ShiftModifier);
        const QRectF place = m_viewer->camera()->rect();
        const auto lineAt = [&](double part) { return m_window->grabWindow().pixelColor(m_stage->mapToScene({place.x() + std::round(part * place.width()), place.y() + place.height() * 0.2}).toPoint()); };
        QTRY_VERIFY_WITH_TIMEOUT(lineAt(1.0 / 3).green() > 80, patience);
        key(Qt::Key_G, Qt::ShiftModifier);
        QTRY_VERIFY_WITH_TIMEOUT(near(lineAt(1.0 / 3), Qt::red), patience);
        key(Qt::Key_S, Qt::ShiftModifier);
        QVERIFY(m_viewer->property("safeAreas").toBool());
        key(Qt::Key_S, Qt::ShiftModifier);
    }

    void theScaleCanBeChosen()
    {
        show("red");
        QCOMPARE(m_viewer->image().width(), 320);
        m_viewer->run(QStringLiteral("viewer.scale.quarter"));
        QTRY_COMPARE_WITH_TIMEOUT(m_viewer->image().width(), 80, patience);
        m_viewer->run(QStringLiteral("viewer.scale.auto"));
        QTRY_COMPARE_WITH_TIMEOUT(m_viewer->image().width(), 320, patience);
        m_viewer->run(QStringLiteral("viewer.proxies"));
        QCOMPARE(m_viewer->proxyText(), QStringLiteral("proxies off"));
        m_viewer->run(QStringLiteral("viewer.proxies"));
    }

    void onlyFromInToOutIsPlayed()
    {
        Player* player = m_session->player();
        show("lift");
        focusViewer();
        player->seek(5);
        key(Qt::Key_I);
        player->seek(8);
        key(Qt::Key_O);
        QCOMPARE(player->inFrame(), qint64{5});
        QCOMPARE(player->outFrame(), qint64{8});
        QSet<qint64> frames;
        const auto watch = connect(player, &Player::frameChanged, this, [&] { frames.insert(player->frame()); });
        QSignalSpy jumps(player, &Player::jumped);
        key(Qt::Key_Space);
        QTRY_VERIFY_WITH_TIMEOUT(jumps.count() >= 2, patience);
        key(Qt::Key_Space);
        disconnect(watch);
        QVERIFY(std::ranges::all_of(frames, [](qint64 frame) { return frame >= 5 && frame <= 8; }));
        key(Qt::Key_I, Qt::ShiftModifier);
        QVERIFY(!player->isRanged());
    }

    void shuttlingGoesBackwardsAndFaster()
    {
        Player* player = m_session->player();
        show("lift");
        focusViewer();
        player->seek(15);
        key(Qt::Key_J);
        QCOMPARE(player->speed(), -1.0);
        QTRY_VERIFY_WITH_TIMEOUT(player->frame() < 14, patience);
        key(Qt::Key_J);
        QCOMPARE(player->speed(), -2.0);
        key(Qt::Key_L);
        QCOMPARE(player->speed(), 1.0);
        key(Qt::Key_L);
        QCOMPARE(player->speed(), 2.0);
        key(Qt::Key_K);
        QVERIFY(!player->isPlaying());
    }

    void cachedPlayingShowsEveryFrame()
    {
        Player* player = m_session->player();
        show("lift");
        player->setIn(2);
        player->setOut(12);
        focusViewer();
        QList<qint64> shown;
        const auto watch = connect(m_viewer, &Viewer::pictureArrived, this, [&] {
            if (player->isPlaying() && shown.size() < 11)
                shown.append(player->frame());
        });
        key(Qt::Key_Space, Qt::ShiftModifier);
        QTRY_VERIFY_WITH_TIMEOUT(player->isPlaying() && player->playsEveryFrame(), patience);
        QTRY_COMPARE_WITH_TIMEOUT(shown.size(), qsizetype{11}, patience);
        disconnect(watch);
        for (qsizetype i = 0; i < shown.size(); ++i)
            QCOMPARE(shown[i], 2 + i);
        key(Qt::Key_Space);
        QVERIFY(!player->isPlaying());
    }

    void whileIdleThePlayheadsNeighboursAreMade()
    {
        show("lift");
        m_session->player()->seek(10);
        QTRY_VERIFY_WITH_TIMEOUT(m_viewer->reel().find(7) != nullptr && m_viewer->reel().find(13) != nullptr, patience);
        // What was made is seen at once, before anybody is asked.
        QSignalSpy pictures(m_viewer, &Viewer::pictureArrived);
        m_session->player()->seek(11);
        QCOMPARE(pictures.count(), 1);
        const QImage early = m_viewer->image();
        QTRY_VERIFY_WITH_TIMEOUT(m_viewer->isExact(), patience);
        QCOMPARE(m_viewer->image(), early);
    }

    void markersAreOfTheDocumentAndUndone()
    {
        m_session->player()->seek(7);
        key(Qt::Key_M);
        QCOMPARE(markersOf(*m_session->document()->recipe()).size(), std::size_t{1});
        QCOMPARE(m_timeline->markers().size(), qsizetype{1});
        QCOMPARE(m_session->document()->steps(), std::size_t{2});
        m_session->player()->seek(0);
        m_timeline->run(QStringLiteral("timeline.next_marker"));
        QCOMPARE(m_session->player()->frame(), qint64{7});
        key(Qt::Key_M);
        QVERIFY(markersOf(*m_session->document()->recipe()).empty());
    }

    void timeIsShownInThreeStyles()
    {
        focusViewer();
        m_session->player()->seek(13);
        QCOMPARE(m_session->player()->timeText(), QStringLiteral("0:01.30"));
        key(Qt::Key_T, Qt::ShiftModifier);
        QCOMPARE(m_session->player()->timeText(), QStringLiteral("13"));
        key(Qt::Key_T, Qt::ShiftModifier);
        QCOMPARE(m_session->player()->timeText(), QStringLiteral("00:00:01:03"));
        key(Qt::Key_T, Qt::ShiftModifier);
    }

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

    void aStrobeThatIsPlayedIsAProblemInWords()
    {
        openText(strobeRecipe);
        QTRY_VERIFY_WITH_TIMEOUT(!m_viewer->image().isNull() && !m_viewer->isBusy(), patience);
        QCOMPARE(m_session->problems()->rowTotal(), 0);
        focusViewer();
        key(Qt::Key_Space, Qt::ShiftModifier); // every frame, however slow this machine is
        QTRY_VERIFY_WITH_TIMEOUT(m_session->problems()->rowTotal() == 1, patience);
        const QString words = m_session->problems()->data(m_session->problems()->index(0), ProblemsModel::MessageRole).toString();
        QVERIFY2(words.contains(QStringLiteral("three times a second")), qPrintable(words));
        m_session->player()->pause();
    }
};

int main(int argc, char** argv)
{
    // As the program's own main does.
    qputenv("QT_MEDIA_BACKEND", "ffmpeg");
    QQuickStyle::setStyle(QStringLiteral("Fusion"));
    QGuiApplication application(argc, argv);
    ViewerWindowTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "viewer_window_test.moc"
