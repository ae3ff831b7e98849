// SPDX-License-Identifier: GPL-3.0-or-later
// The Studio's window with real events: opens a recipe, drags a card, edits, undoes, sees pictures arrive, renders a short
// film and finds it in the gallery. Runs under Xvfb; with OpenGL unless QT_QUICK_BACKEND says software.
#include "core/recipe/edit_recipe.h"
#include "tests/ui/studio_window.h"

#include <QAccessible>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMediaPlayer>
#include <QQmlExtensionPlugin>
#include <QQuickStyle>
#include <QSGRendererInterface>

Q_IMPORT_QML_PLUGIN(ArtDagPlugin)

using namespace artdag;

namespace {
bool software()
{
    return qEnvironmentVariable("QT_QUICK_BACKEND") == QLatin1String("software");
}
} // namespace

class StudioWindowTest : public QObject, StudioWindow {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { openWindow(); }
    void cleanupTestCase() { closeWindow(); }
    void init()
    {
        openSample();
    }

    void itDrawsWithOpenGl()
    {
        QCOMPARE(m_window->rendererInterface()->graphicsApi(), software() ? QSGRendererInterface::Software : QSGRendererInterface::OpenGL);
    }

    void wiresAreDrawn()
    {
        // The middle of a wire has the wire's colour, whichever way it is drawn.
        const QColor expected(0x56, 0xb4, 0xe9);
        auto near = [&] {
            const SceneWire& wire = m_session->graph()->scene().wires().front();
            const QImage seen = m_window->grabWindow();
            const QPoint middle = onScreen(wireCurve(wire.a, wire.b, 2)[1]);
            int nearest = 765; // a wire may lie between two rows of pixels
            for (int y = -2; y <= 2; ++y) {
                const QColor at = seen.pixelColor(middle + QPoint(0, y));
                nearest = std::min(nearest, std::abs(at.red() - expected.red()) + std::abs(at.green() - expected.green()) + std::abs(at.blue() - expected.blue()));
            }
            return nearest < 60;
        };
        QTRY_VERIFY_WITH_TIMEOUT(near(), patience);
    }

    void aPreviewArrives()
    {
        Viewer* viewer = m_session->viewer();
        QTRY_VERIFY_WITH_TIMEOUT(!viewer->image().isNull() && !viewer->isBusy(), patience);
        QCOMPARE(viewer->image().width(), 320);
        QVERIFY(viewer->message().isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(!m_session->graph()->thumbnail("sky").isNull() && !m_session->graph()->thumbnail("hum").isNull(), patience);
        // What the engine made is what is seen: a pixel in the middle of the viewer.
        m_session->graph()->select(QStringLiteral("sky"));
        QTRY_VERIFY_WITH_TIMEOUT(!viewer->image().isNull() && !viewer->isBusy(), patience);
    }

    void draggingACardMovesItInOneStep()
    {
        const QPointF before = card("tint").rect.topLeft();
        const QPoint grip = onScreen(card("tint").rect.center());
        drag(grip, grip + QPoint(60, 80));
        QCOMPARE(m_session->graph()->current(), QStringLiteral("tint"));
        const QPointF after = card("tint").rect.topLeft();
        QVERIFY(after.x() > before.x() + 30 && after.y() > before.y() + 40);
        QCOMPARE(m_session->document()->steps(), std::size_t{2});
        QTest::keyClick(m_window, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(card("tint").rect.topLeft(), before);
        QCOMPARE(QByteArray::fromStdString(writeRecipe(*m_session->document()->recipe())), QByteArray::fromStdString(writeRecipe(sampleRecipe())));
    }

    void draggingAWireConnectsAndUndoTakesItBack()
    {
        drag(onScreen(card("sky").outputs[0].at), onScreen(card("soft").inputs[0].at));
        QCOMPARE(std::get<Wire>(m_session->document()->recipe()->node("soft")->port("picture")->value).node, std::string("sky"));
        QTest::keyClick(m_window, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(std::get<Wire>(m_session->document()->recipe()->node("soft")->port("picture")->value).node, std::string("tint"));
    }

    void aWireThatDoesNotFitIsRefusedInWords()
    {
        drag(onScreen(card("hum").outputs[0].at), onScreen(card("soft").inputs[0].at));
        QVERIFY(!m_session->document()->canUndo());
        QVERIFY2(m_session->notice().contains(QStringLiteral("sound")), qPrintable(m_session->notice()));
        QVERIFY(m_session->isNoticeSevere());
    }

    void aPickedUpWireDroppedOnNothingIsUnplugged()
    {
        const QPoint socket = onScreen(card("soft").inputs[0].at);
        drag(socket, socket + QPoint(-20, 200));
        QCOMPARE(m_session->document()->recipe()->node("soft")->port("picture"), nullptr);
        QCOMPARE(m_session->document()->steps(), std::size_t{2});
    }

    void aWireDroppedOnNothingOffersWhatFitsAndConnectsIt()
    {
        const QPoint from = onScreen(card("sky").outputs[0].at);
        drag(from, from + QPoint(20, 260));
        QTRY_COMPARE(m_session->palette()->type(), QStringLiteral("picture"));
        for (const char letter : {'c', 'o', 'n', 't', 'r', 'a'})
            QTest::keyClick(m_window, letter);
        QTest::keyClick(m_window, Qt::Key_Return);
        QTRY_VERIFY(m_session->document()->recipe()->node("contrast") != nullptr);
        QCOMPARE(std::get<Wire>(m_session->document()->recipe()->node("contrast")->port("picture")->value).node, std::string("sky"));
        QCOMPARE(m_session->document()->steps(), std::size_t{2}); // one undo takes back node and wire
    }

    void aDroppedPictureBecomesAnInputThatIsSeen()
    {
        QImage picture(64, 36, QImage::Format_RGB32);
        picture.fill(QColor(250, 40, 40));
        const QString path = pathToQt(m_home->path() / "red square.png");
        QVERIFY(picture.save(path));
        m_session->takeFile(QUrl::fromLocalFile(path), {40, 300});
        QTRY_COMPARE_WITH_TIMEOUT(m_session->document()->recipe()->inputs.size(), std::size_t{1}, patience);
        QCOMPARE(m_session->document()->recipe()->inputs.front().media, std::string("still"));
        QCOMPARE(m_session->document()->recipe()->inputs.front().title, std::string("red square"));
        QTRY_VERIFY_WITH_TIMEOUT(!m_session->viewer()->image().isNull() && !m_session->viewer()->isBusy(), patience);
        QCOMPARE(m_session->viewer()->message(), QString());
        const QImage seen = m_session->viewer()->image();
        const QColor middle = seen.pixelColor(seen.width() / 2, seen.height() / 2);
        QVERIFY2(std::abs(middle.red() - 250) <= 1 && std::abs(middle.green() - 40) <= 1, qPrintable(middle.name()));
        // A text file is refused in words.
        const auto text = m_home->path() / "letter.txt";
        QVERIFY(writeFileAtomically(text, bytesOf(std::string_view("Dear Sir,"))).has_value());
        m_session->takeFile(QUrl::fromLocalFile(pathToQt(text)));
        QTRY_VERIFY_WITH_TIMEOUT(m_session->isNoticeSevere() && m_session->notice().contains(QStringLiteral("letter.txt")), patience);
        QCOMPARE(m_session->document()->recipe()->inputs.size(), std::size_t{1});
    }

    void unsavedEditsAreAskedAboutBeforeTheyAreLost()
    {
        QSignalSpy asked(m_session.get(), &StudioSession::unsavedAsked);
        m_session->document()->setTitle(QStringLiteral("Mine"));
        QVERIFY(!m_window->close());
        QVERIFY(m_window->isVisible());
        QCOMPARE(asked.count(), 1);
        m_session->stay();
        m_session->wishForNew();
        QCOMPARE(asked.count(), 2);
        QCOMPARE(m_session->document()->title(), QStringLiteral("Mine"));
        m_session->goOnAfterSaving();
        QTRY_COMPARE_WITH_TIMEOUT(m_session->document()->title(), QStringLiteral("Untitled"), patience);
        const auto text = readTextFile(m_home->path() / "card.artdag");
        QVERIFY(text && text->find("\"title\": \"Mine\"") != std::string::npos);
        m_session->document()->setTitle(QStringLiteral("Lost"));
        m_session->wishForNew();
        m_session->goOnWithoutSaving();
        QCOMPARE(m_session->document()->title(), QStringLiteral("Untitled"));
        QTest::keyClick(m_window, Qt::Key_Escape); // the question closes
    }

    void theMarqueeSelects()
    {
        const QRectF both = card("sky").rect | card("tint").rect;
        drag(onScreen(both.topLeft() - QPointF(12, 12)), onScreen(both.bottomRight() + QPointF(6, 6)));
        QCOMPARE(m_session->graph()->selectedCount(), 2);
    }

    void tabAddsANodeByItsName()
    {
        QTest::mouseClick(m_window, Qt::LeftButton, {}, onScreen(card("tint").rect.center()));
        QTest::keyClick(m_window, Qt::Key_Tab);
        for (const char letter : {'b', 'r', 'i', 'g', 'h', 't'})
            QTest::keyClick(m_window, letter);
        QTRY_COMPARE(m_session->palette()->query(), QStringLiteral("bright"));
        QTest::keyClick(m_window, Qt::Key_Return);
        QTRY_VERIFY(m_session->document()->recipe()->node("brightness") != nullptr);
        QCOMPARE(m_session->document()->recipe()->nodes.back().effect, std::string("brightness"));
        const PortValue* fed = m_session->document()->recipe()->nodes.back().port("picture");
        QVERIFY(fed != nullptr);
        QCOMPARE(std::get<Wire>(fed->value).node, std::string("tint"));
        QCOMPARE(m_session->document()->steps(), std::size_t{2});
    }

    void keysDeleteAndBypass()
    {
        QTest::mouseClick(m_window, Qt::LeftButton, {}, onScreen(card("tint").rect.center()));
        QTest::keyClick(m_window, Qt::Key_D);
        QVERIFY(m_session->document()->recipe()->node("tint")->bypass);
        QTest::keyClick(m_window, Qt::Key_Delete);
        QCOMPARE(m_session->document()->recipe()->node("tint"), nullptr);
        QTest::keyClick(m_window, Qt::Key_Z, Qt::ControlModifier);
        QTest::keyClick(m_window, Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(!m_session->document()->canUndo());
    }

    void anEditChangesThePictureAndUndoBringsItBackFromTheCache()
    {
        Viewer* viewer = m_session->viewer();
        m_session->graph()->select(QStringLiteral("soft"));
        QTRY_VERIFY_WITH_TIMEOUT(!viewer->image().isNull() && m_session->isSettled(), patience);
        const QImage before = viewer->image();
        m_session->form()->setText(0, QStringLiteral("60"));
        QTRY_VERIFY_WITH_TIMEOUT(m_session->isSettled() && viewer->image() != before, patience);
        const std::int64_t executed = m_session->engine()->nodesExecuted();
        m_session->document()->undo();
        QTRY_VERIFY_WITH_TIMEOUT(m_session->isSettled() && viewer->image() == before, patience);
        QCOMPARE(m_session->engine()->nodesExecuted(), executed);
    }

    void aHalfMadeNodeIsAProblemOnItsCard()
    {
        GraphModel* graph = m_session->graph();
        graph->clearSelection();
        graph->addNode(QStringLiteral("blend"), {4000, 4000}, QStringLiteral("nothing:0"));
        graph->addNode(QStringLiteral("blur"), {4300, 4000}, QStringLiteral("blend:0"));
        graph->clearSelection();                                                                                                                    // so that no picture is asked for that tells of it as well
        QTRY_VERIFY_WITH_TIMEOUT(graph->statusOf("blend").message.startsWith(QStringLiteral("node 'blend': below is not connected – ")), patience); // and what to do
        QCOMPARE(graph->statusOf("blend").state, QStringLiteral("failed"));
        QCOMPARE(graph->statusOf("blur").state, QStringLiteral("waiting"));
        QCOMPARE(graph->statusOf("blur").message, QStringLiteral("waiting for 'blend'"));
        QVERIFY(m_session->problems()->errors() > 0);
        // The list of problems leads there.
        m_canvas->centreOn(QStringLiteral("sky"));
        click(itemWith("text", m_session->problems()->summary(), "alarming"));
        const QString words = m_session->problems()->index(0).data(ProblemsModel::MessageRole).toString();
        QQuickItem* row = nullptr;
        QTRY_VERIFY((row = itemWith("message", words, "severe")) != nullptr);
        click(row);
        QCOMPARE(graph->current(), QStringLiteral("blend"));
        const QPointF off = m_canvas->toScreen(card("blend").rect.center()) - QPointF(m_canvas->width(), m_canvas->height()) / 2;
        QVERIFY2(off.manhattanLength() < 1, qPrintable(QStringLiteral("%1, %2").arg(off.x()).arg(off.y())));
        m_session->document()->undo();
        m_session->document()->undo();
        QTRY_COMPARE_WITH_TIMEOUT(m_session->problems()->errors(), 0, patience);
    }

    void draggingASliderShowsPicturesAndIsOneStep()
    {
        QQuickItem* track = itemWith("label", QStringLiteral("Turn"), "handle");
        QVERIFY(track != nullptr);
        QTRY_VERIFY_WITH_TIMEOUT(m_session->isSettled() && !m_session->viewer()->image().isNull(), patience);
        const QImage before = m_session->viewer()->image();
        QSignalSpy pictures(m_session->viewer(), &Viewer::pictureArrived);
        const auto at = [&](double part) { return track->mapToScene({track->width() * part, track->height() / 2}).toPoint(); };
        QTest::mousePress(m_window, Qt::LeftButton, {}, at(0.6));
        QTest::mouseMove(m_window, at(0.7));
        QTest::mouseMove(m_window, at(0.9));
        QVERIFY(m_session->document()->inGesture());
        QTRY_VERIFY_WITH_TIMEOUT(pictures.count() > 0, patience); // while the button is still down
        QVERIFY(m_session->document()->inGesture());
        QTest::mouseRelease(m_window, Qt::LeftButton, {}, at(0.9));
        QVERIFY(!m_session->document()->inGesture());
        QVERIFY(m_session->document()->recipe()->params.front().fallback.get<double>() > 100);
        QCOMPARE(m_session->document()->steps(), std::size_t{2});
        QTRY_VERIFY_WITH_TIMEOUT(m_session->isSettled() && m_session->viewer()->image() != before, patience);
        m_session->document()->undo();
        QTRY_VERIFY_WITH_TIMEOUT(m_session->isSettled() && m_session->viewer()->image() == before, patience);
    }

    void everyControlHasAName_data()
    {
        QTest::addColumn<QString>("place");
        for (const char* place : {"make", "explore", "share"})
            QTest::newRow(place) << QString::fromLatin1(place);
    }
    void everyControlHasAName()
    {
        QFETCH(QString, place);
        m_session->setPlace(place);
        m_session->graph()->select(QStringLiteral("soft"));
        QStringList nameless;
        int controls = 0;
        for (QQuickItem* item : m_window->findChildren<QQuickItem*>() + itemsBelow(m_window->contentItem())) {
            const bool interactive = item->isVisible() && (item->inherits("QQuickAbstractButton") || item->inherits("QQuickTextField") || item->inherits("QQuickTextArea") || item->inherits("QQuickSlider") || item->inherits("QQuickComboBox"));
            if (!interactive)
                continue;
            ++controls;
            const QAccessibleInterface* spoken = QAccessible::queryAccessibleInterface(item);
            if (spoken == nullptr || spoken->text(QAccessible::Name).isEmpty())
                nameless << QString::fromLatin1(item->metaObject()->className()) + QLatin1Char(' ') + item->property("text").toString();
        }
        QVERIFY(controls > 8);
        QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(QStringLiteral(", "))));
        m_session->setPlace(QStringLiteral("make"));
    }

    void playingMovesThePlayheadAndShowsFrames()
    {
        Player* player = m_session->player();
        QTRY_VERIFY_WITH_TIMEOUT(!m_session->viewer()->image().isNull(), patience);
        QSignalSpy pictures(m_session->viewer(), &Viewer::pictureArrived);
        QSignalSpy frames(player, &Player::frameChanged);
        m_canvas->forceActiveFocus();
        QTest::keyClick(m_window, Qt::Key_Space);
        QVERIFY(player->isPlaying());
        QTRY_VERIFY_WITH_TIMEOUT(frames.count() >= 5 && pictures.count() >= 3, patience);
        QTest::keyClick(m_window, Qt::Key_Space);
        QVERIFY(!player->isPlaying());
        player->seek(7);
        QTRY_VERIFY_WITH_TIMEOUT(!m_session->viewer()->isBusy(), patience);
        QCOMPARE(player->timeText(), QStringLiteral("0:00.70"));
    }

    void savingWritesTheDocument()
    {
        m_session->document()->setTitle(QStringLiteral("Saved here"));
        QVERIFY(m_session->document()->isModified());
        QTest::keyClick(m_window, Qt::Key_S, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(!m_session->document()->isModified(), patience);
        const auto text = readTextFile(toPath(m_session->document()->path()));
        QVERIFY(text.has_value());
        QCOMPARE(QByteArray::fromStdString(*text), QByteArray::fromStdString(writeRecipe(*m_session->document()->recipe())));
    }

    void aRenderedFilmIsInTheGallery()
    {
        const int before = m_session->gallery()->total();
        QTest::keyClick(m_window, Qt::Key_E, Qt::ControlModifier);
        QVERIFY(m_session->queue()->isRunning());
        QTRY_VERIFY_WITH_TIMEOUT(!m_session->queue()->isRunning(), patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_session->gallery()->total(), before + 1, patience);
        const GalleryEntry* entry = m_session->gallery()->currentEntry();
        QVERIFY(entry != nullptr);
        QVERIFY2(QFileInfo::exists(entry->film), qPrintable(entry->film));
        QVERIFY(QFileInfo::exists(entry->provenance));
        QVERIFY(entry->framesHash.startsWith(QStringLiteral("sha3-256:")));
        QTRY_COMPARE_WITH_TIMEOUT(m_session->gallery()->currentImage().value<QImage>().size(), QSize(320, 180), patience);
        m_session->gallery()->mark(m_session->gallery()->current(), QStringLiteral("kept"));

        // Another start finds it again, with its mark.
        auto listed = [&]() -> std::string {
            auto catalogue = RenderCatalogue::open(m_home->path() / "studio");
            return catalogue && !catalogue->all()->empty() ? catalogue->all()->front().mark : std::string();
        };
        QTRY_COMPARE_WITH_TIMEOUT(listed(), std::string("kept"), patience);
        Gallery again(m_home->path() / "studio");
        QTRY_COMPARE_WITH_TIMEOUT(again.total(), before + 1, patience);
        QCOMPARE(again.currentEntry()->framesHash, entry->framesHash);
        QCOMPARE(again.currentEntry()->mark, QStringLiteral("kept"));

        m_session->setPlace(QStringLiteral("explore"));
        auto* film = m_window->findChild<QMediaPlayer*>();
        QVERIFY(film != nullptr);
        QQuickItem* play = itemWith("text", QStringLiteral("Play"), "pressed");
        QVERIFY(play != nullptr);
        QVERIFY(QMetaObject::invokeMethod(play, "clicked"));
        QTRY_VERIFY_WITH_TIMEOUT(film->position() > 200, patience);
        QCOMPARE(film->error(), QMediaPlayer::NoError);
        QVERIFY(QMetaObject::invokeMethod(play, "clicked"));
        QTRY_COMPARE(film->playbackState(), QMediaPlayer::StoppedState);
        m_session->openRecipeOfCurrentFilm();
        QCOMPARE(QByteArray::fromStdString(writeRecipe(*m_session->document()->recipe())), QByteArray::fromStdString(writeRecipe(sampleRecipe())));
    }

    void aFileThatIsNoRecipeIsRefusedAndTheDocumentStays()
    {
        const auto path = m_home->path() / "letter.artdag";
        QVERIFY(writeFileAtomically(path, bytesOf(std::string_view("Dear Sir,"))).has_value());
        const RecipePointer before = m_session->document()->recipe();
        QVERIFY(!m_session->open(pathToQt(path)));
        QCOMPARE(m_session->document()->recipe().get(), before.get());
        QVERIFY2(m_session->notice().contains(QStringLiteral("letter.artdag")), qPrintable(m_session->notice()));
    }

    void everySampleOpensWithoutErrors()
    {
        const QVariantList samples = m_session->samples();
        QVERIFY(samples.size() >= 6);
        for (const QVariant& sample : samples) {
            QVERIFY(m_session->open(sample.toMap().value(QStringLiteral("path")).toString()));
            QTRY_VERIFY_WITH_TIMEOUT(!m_session->viewer()->image().isNull(), patience);
            QCOMPARE(m_session->viewer()->message(), QString());
        }
    }
};

int main(int argc, char** argv)
{
    return runWindowTest<StudioWindowTest>(argc, argv);
}
#include "studio_window_test.moc"
