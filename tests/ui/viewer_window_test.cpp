// SPDX-License-Identifier: GPL-3.0-or-later
// The viewer in the real window, by mouse and keys: zoom, compare, read pixels, drag handles, play. Pixels are looked at in the grabbed
// window.
#include "tests/ui/viewer_window.h"
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
} // namespace

class ViewerWindowTest : public QObject, ViewerWindow {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { openViewer(); }
    void cleanupTestCase() { closeWindow(); }
    void init() { openEach(); }

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

    void aChartIsShownBitForBitInBothThemes()
    {
        constexpr int across = 16, down = 10;
        QImage chart(320, 180, QImage::Format_RGB32);
        for (int y = 0; y < chart.height(); ++y) {
            for (int x = 0; x < chart.width(); ++x) {
                const unsigned block = static_cast<unsigned>(y * down / chart.height() * across + x * across / chart.width());
                chart.setPixel(x, y, block < 16 ? qRgb(17 * block, 17 * block, 17 * block) : qRgb(block * 73 % 256, block * 151 % 256, block * 199 % 256));
            }
        }
        const QString path = pathToQt(m_home->path() / "chart.png");
        QVERIFY(chart.save(path));
        m_session->takeFile(QUrl::fromLocalFile(path), {40, 600});
        QTRY_COMPARE_WITH_TIMEOUT(m_session->document()->recipe()->inputs.size(), std::size_t{1}, patience);
        show(m_session->document()->recipe()->inputs.front().name.c_str());
        focusViewer();
        key(Qt::Key_F, Qt::ShiftModifier);
        for (const bool dark : {true, false}) {
            m_session->showDark(dark);
            const auto different = [&] {
                const QImage window = m_window->grabWindow();
                const QRectF rect = m_viewer->camera()->rect();
                for (int block = 0; block < across * down; ++block) {
                    const QPointF part((block % across + 0.5) / across, (block / across + 0.5) / down);
                    const QColor wanted = chart.pixelColor(static_cast<int>(part.x() * chart.width()), static_cast<int>(part.y() * chart.height()));
                    const QPointF inView(rect.x() + part.x() * rect.width(), rect.y() + part.y() * rect.height());
                    if (const QColor got = window.pixelColor(m_stage->mapToScene(inView).toPoint()); got.rgb() != wanted.rgb())
                        return QStringLiteral("block %1: %2, not %3").arg(block).arg(got.name(), wanted.name());
                }
                return QString();
            };
            QTRY_COMPARE_WITH_TIMEOUT(different(), QString(), patience);
        }
        m_session->showDark(true);
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
        QTRY_VERIFY_WITH_TIMEOUT(m_session->isSettled(), patience);
        QSignalSpy made(m_viewer->compare(), &Comparison::imageChanged);
        key(Qt::Key_Q);
        QTRY_VERIFY_WITH_TIMEOUT(near(seen(0.5, 0.5), Qt::red), patience);
        key(Qt::Key_Q);
        key(Qt::Key_Q);
        QTRY_VERIFY_WITH_TIMEOUT(m_session->isSettled(), patience);
        QCOMPARE(made.count(), 0); // it is at hand
        key(Qt::Key_W);
        QTRY_VERIFY_WITH_TIMEOUT(near(seen(0.3, 0.4), Qt::red) && near(seen(0.7, 0.4), Qt::blue), patience);
        drag(at(0.5, 0.3), at(0.8, 0.3));
        QVERIFY(std::abs(m_viewer->compare()->wipe() - 0.8) < 0.05);
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
        const auto edgeAt = [&](double x, const QColor& colour) {
            const QImage window = m_window->grabWindow();
            const auto pixel = [&](double y) { return window.pixelColor(m_stage->mapToScene({m_stage->width() * x, m_viewer->camera()->rect().top() + y}).toPoint()); };
            return near(pixel(4), colour) && !near(pixel(-4), colour);
        };
        QTRY_VERIFY_WITH_TIMEOUT(edgeAt(0.25, Qt::red) && edgeAt(0.75, Qt::blue), patience);
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
