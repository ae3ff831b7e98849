// SPDX-License-Identifier: GPL-3.0-or-later
// Seeded gestures in the real window, from all commands and everything a hand does: nothing crashes, nothing is left behind in
// the document that undo does not take back, and redo brings all of it again, byte for byte. `ARTDAG_GESTURES` says how many
// (the soak: 10,000), `ARTDAG_GESTURE_SEED` which; with `ARTDAG_GESTURE_TABLE` it is told how often each of them changed the document.
// In the folder `ARTDAG_GESTURE_FOLDER` are the last documents, for when the program has ended itself.
#include "tests/ui/gesture_hands.h"
#include "tests/ui/gesture_sample.h"

#include <QQmlExtensionPlugin>

#include <map>
#include <set>

Q_IMPORT_QML_PLUGIN(ArtDagPlugin)

using namespace artdag;

class GestureFuzzTest : public QObject, GestureHands {
    Q_OBJECT

    struct Told {
        int runs = 0, changes = 0;
    };
    std::string m_first; ///< the document as it was opened last
    std::map<QString, Told> m_commandsTold, m_handsTold;
    QStringList m_commands; ///< left of this round
    std::ptrdiff_t m_mostObjects = 0;

    [[nodiscard]] std::string written() const { return writeRecipe(*document().recipe()); }

    struct Hand {
        const char* name;
        bool (GestureHands::*move)();
        int often;
    };
    static constexpr Hand hands[] = {
        {"click a card", &GestureFuzzTest::clickACard, 2},
        {"draw a marquee", &GestureFuzzTest::drawAMarquee, 1},
        {"turn the wheel", &GestureFuzzTest::turnTheWheel, 1},
        {"drag a card", &GestureFuzzTest::dragACard, 8},
        {"move a frame", &GestureFuzzTest::moveAFrame, 4},
        {"resize a frame", &GestureFuzzTest::resizeAFrame, 3},
        {"dot a wire", &GestureFuzzTest::dotAWire, 4},
        {"drag a dot", &GestureFuzzTest::dragADot, 4},
        {"cut a wire", &GestureFuzzTest::cutAWire, 3},
        {"connect", &GestureFuzzTest::connectCards, 8},
        {"pull a free wire", &GestureFuzzTest::pullAFreeWire, 4},
        {"unplug", &GestureFuzzTest::unplug, 3},
        {"double click and type", &GestureFuzzTest::doubleClickAndType, 4},
        {"drop an effect", &GestureFuzzTest::dropAnEffect, 6},
        {"slide", &GestureFuzzTest::slide, 6},
        {"scrub", &GestureFuzzTest::scrub, 6},
        {"edit a row", &GestureFuzzTest::editARow, 20},
        {"drag a marker", &GestureFuzzTest::dragAMarker, 3},
        {"drag a key", &GestureFuzzTest::dragAKey, 5},
        {"trim an item", &GestureFuzzTest::trimAnItem, 3},
        {"drag on the picture", &GestureFuzzTest::dragOnThePicture, 2},
    };

    /// The next command of a round in which each comes once, so that all of them come equally often.
    QString nextCommand()
    {
        if (m_commands.isEmpty()) {
            const Commands* commands = m_session->commands();
            for (int row = 0; row < commands->rowCount(); ++row) {
                const QString id = commands->index(row).data(Commands::IdRole).toString();
                if (id != QLatin1String("studio.quit")) // the story would be over
                    m_commands << id;
            }
            std::shuffle(m_commands.begin(), m_commands.end(), m_random);
        }
        return m_commands.takeLast();
    }

    // --- what one does before a command, so that there is something for it to work on ---

    void selectCards(int count, bool nodes = true)
    {
        graph().clearSelection();
        for (int tries = 0; tries < 30 && graph().selectedCount() < count && graph().count() > 0; ++tries) {
            const SceneCard& card = cardAt(random(graph().count()));
            if (!graph().isSelected(card.name) && (card.kind == CardKind::Node || !nodes))
                graph().select(toQt(std::string_view(card.name)), true);
        }
    }
    void selectWhere(const std::function<bool(const SceneCard&)>& wanted)
    {
        std::vector<QString> found;
        for (const SceneCard& card : scene().cards()) {
            if (wanted(card))
                found.push_back(toQt(std::string_view(card.name)));
        }
        if (!found.empty())
            graph().select(oneOf(found));
    }
    void selectAKey()
    {
        CurveModel& curves = *m_session->timeline()->curves();
        if (showKeys())
            curves.select(keyedRow(), random(static_cast<int>(curves.data(curves.index(keyedRow()), CurveModel::KeysRole).toList().size())), false);
    }
    void prepareGraph(const QString& what)
    {
        static const std::set<QString> several{QStringLiteral("alignLeft"), QStringLiteral("alignTop"), QStringLiteral("distributeAcross"), QStringLiteral("distributeDown"), QStringLiteral("layOut")};
        selectCards(several.contains(what) ? 3 : 1 + random(2));
        if ((what == QLatin1String("fold") || what == QLatin1String("fitFrame")) && !scene().frames().empty())
            graph().selectFrame(random(static_cast<int>(scene().frames().size())));
        else if (what == QLatin1String("ungroup") || what == QLatin1String("open"))
            selectWhere([](const SceneCard& card) { return card.kind == CardKind::Group; });
        else if (what == QLatin1String("connect"))
            selectWhere([&](const SceneCard& card) { return !graph().connections(toQt(std::string_view(card.name))).isEmpty(); });
        else if (what == QLatin1String("promote"))
            selectWhere([&](const SceneCard& card) { return !graph().promotable(toQt(std::string_view(card.name))).isEmpty(); });
        else if (what == QLatin1String("dot") && !scene().wires().empty())
            graph().selectWire(random(static_cast<int>(scene().wires().size())));
        else if (what == QLatin1String("paste"))
            m_canvas->run(QStringLiteral("graph.copy"));
    }
    void prepareTimeline(const QString& what)
    {
        Timeline& timeline = *m_session->timeline();
        m_session->player()->seek(random(static_cast<int>(m_session->player()->frames())));
        if (what == QLatin1String("split")) {
            if (showItems()) {
                const ItemPiece& piece = oneOf(timeline.items()->pieces());
                m_session->player()->seek(piece.start + piece.length / 2);
            }
            return;
        }
        selectAKey();
        if (what == QLatin1String("paste"))
            timeline.curves()->copy();
    }
    void prepare(const QString& id)
    {
        const QString room = id.section(QLatin1Char('.'), 0, 0), what = id.section(QLatin1Char('.'), 1);
        if (room == QLatin1String("graph"))
            prepareGraph(what);
        else if (room == QLatin1String("timeline") || what == QLatin1String("marker"))
            prepareTimeline(what);
        else if (room == QLatin1String("sheet")) {
            ContactSheet& sheet = *m_session->explore()->sheet();
            if (sheet.rowTotal() == 0 || sheet.isStale()) {
                sheet.varyAll();
                static_cast<void>(QTest::qWaitFor([&] { return sheet.rowTotal() > 0 && !sheet.isStale(); }, 1000));
            }
            sheet.setCurrent(random(sheet.rowTotal()));
        } else if (room == QLatin1String("library")) {
            Library& library = *m_session->explore()->library();
            library.setSection(QStringLiteral("effects"));
            library.setCurrent(random(library.rowTotal()));
        } else if (id == QLatin1String("studio.redo") && !document().canRedo()) {
            document().undo();
        } else {
            selectCards(1);
        }
    }
    /// What is typed or chosen in what a command has opened.
    void answer(const QString& id)
    {
        if (id == QLatin1String("graph.add"))
            typeAnEffect();
        else if (id == QLatin1String("graph.rename"))
            typeAndEnter(QStringLiteral("n%1").arg(random(100'000)));
        else if (id == QLatin1String("graph.connect") || id == QLatin1String("graph.promote"))
            takeWhatIsOffered();
    }
    /// What a command has opened: taken or left.
    void closeWhatOpened()
    {
        for (QObject* each : m_window->findChildren<QObject*>()) {
            if (each->inherits("QQuickAbstractDialog") || each->inherits("QQuickFileDialog"))
                QMetaObject::invokeMethod(each, "close");
        }
        for (int i = 0; i < 4 && m_session->commands()->focus()->panel() == QLatin1String("popup"); ++i)
            QTest::keyClick(m_window, random(4) == 0 && i == 0 ? Qt::Key_Return : Qt::Key_Escape);
        for (QWindow* window : QGuiApplication::topLevelWindows())
            if (window != m_window && window->isVisible())
                window->close();
        if (m_window->property("fullViewer").toBool())
            QTest::keyClick(m_window, Qt::Key_Escape);
    }
    static std::ptrdiff_t objectsBelow(const QObject& object)
    {
        std::ptrdiff_t count = 1;
        for (const QObject* child : object.children())
            count += objectsBelow(*child);
        return count;
    }
    void beginADocument()
    {
        m_session->document()->reset(chance(50) ? sampleRecipe() : readRecipe(gestureSample).recipe, {});
        m_session->setPlace(QStringLiteral("make"));
        m_canvas->fitAll();
        m_first = written();
        m_mostObjects = std::max(m_mostObjects, objectsBelow(*m_window) + objectsBelow(*m_engine));
    }
    void settle()
    {
        QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete); // what was let go outside of an event's handler
    }
    void runCommand()
    {
        const QString id = nextCommand();
        prepare(id);
        const std::string before = written();
        m_session->commands()->run(id);
        settle();
        answer(id);
        settle();
        closeWhatOpened();
        Told& told = m_commandsTold[id];
        ++told.runs;
        told.changes += written() != before ? 1 : 0;
    }
    /// One that finds something to take hold of. What it does is one step.
    void moveHands()
    {
        m_session->setPlace(QStringLiteral("make"));
        if (graph().scope()->depth() > 0 && chance(10))
            m_canvas->run(QStringLiteral("graph.up"));
        static const std::vector<const Hand*> deck = [] {
            std::vector<const Hand*> cards;
            for (const Hand& each : hands)
                cards.insert(cards.end(), static_cast<std::size_t>(each.often), &each);
            return cards;
        }();
        const std::string before = written();
        const Hand* hand = oneOf(deck);
        while (!(this->*hand->move)())
            hand = oneOf(deck);
        settle();
        closeWhatOpened();
        const std::string after = written();
        Told& told = m_handsTold[QString::fromLatin1(hand->name)];
        ++told.runs;
        told.changes += after != before ? 1 : 0;
        if (after == before)
            return;
        document().undo();
        QVERIFY2(written() == before, hand->name);
        document().redo();
        QVERIFY2(written() == after, hand->name);
    }
    void compareWithUndo()
    {
        const std::string last = written();
        int steps = 0;
        while (document().canUndo()) {
            document().undo();
            ++steps;
        }
        QCOMPARE(QByteArray::fromStdString(written()), QByteArray::fromStdString(m_first));
        for (int i = 0; i < steps; ++i)
            document().redo();
        QCOMPARE(QByteArray::fromStdString(written()), QByteArray::fromStdString(last));
    }
    static int changesOf(const std::map<QString, Told>& told)
    {
        int changes = 0;
        for (const auto& [name, each] : told) {
            changes += each.changes;
            if (qEnvironmentVariableIsSet("ARTDAG_GESTURE_TABLE"))
                qInfo("%5d of %5d %s", each.changes, each.runs, qPrintable(name));
        }
        return changes;
    }

private Q_SLOTS:
    void initTestCase()
    {
        openWindow();
        QVERIFY(readRecipe(gestureSample).ok());
        QObject::connect(m_session->document(), &Document::opened, this, [this] { m_first = written(); });
    }
    void cleanupTestCase() { closeWindow(); }

    void everythingIsTakenBack()
    {
        const int wanted = qEnvironmentVariable("ARTDAG_GESTURES", QStringLiteral("300")).toInt();
        const unsigned seed = qEnvironmentVariable("ARTDAG_GESTURE_SEED", QStringLiteral("1")).toUInt();
        const QString folder = qEnvironmentVariable("ARTDAG_GESTURE_FOLDER");
        m_random.seed(seed);
        constexpr int together = 100; // then all is undone, and a new document begins
        for (int done = 0; done < wanted; ++done) {
            if (done % together == 0)
                beginADocument();
            if (chance(39)) // so that 10,000 are 20 of each
                runCommand();
            else
                moveHands();
            QVERIFY2(!document().inGesture(), "a gesture was left open");
            const std::string now = written();
            if (!folder.isEmpty())
                static_cast<void>(writeFileAtomically(toPath(QStringLiteral("%1/%2.artdag").arg(folder).arg(done % 20)), bytesOf(now)));
            const ReadRecipe again = readRecipe(now);
            QVERIFY2(again.ok() && writeRecipe(again.recipe) == now, "what is written cannot be read again");
            if (done % together == together - 1 || done == wanted - 1) {
                m_session->player()->pause();
                m_session->cancelRendering();
                compareWithUndo();
            }
            if (QTest::currentTestFailed()) {
                qWarning("seed %u, gesture %d", seed, done);
                return;
            }
        }
        qInfo("%td objects at most when a document began", m_mostObjects);
        QVERIFY2(m_mostObjects < 9000, "objects of the window are left behind"); // 4,500 after three documents, 5,100 after nine
        const int least = m_commandsTold.empty() ? 0 : std::ranges::min_element(m_commandsTold, {}, [](const auto& each) { return each.second.runs; })->second.runs;
        const int changes = changesOf(m_commandsTold) + changesOf(m_handsTold);
        qInfo("%d gestures of seed %u: %d %% changed the document, %d commands, each at least %d times", wanted, seed, changes * 100 / wanted, static_cast<int>(m_commandsTold.size()), least);
        QVERIFY(wanted < 10'000 || (least >= 20 && changes * 100 >= 60 * wanted));
    }
};

int main(int argc, char** argv)
{
    return runWindowTest<GestureFuzzTest>(argc, argv);
}
#include "gesture_fuzz_test.moc"
