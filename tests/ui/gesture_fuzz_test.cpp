// SPDX-License-Identifier: GPL-3.0-or-later
// Seeded gestures in the real window, from all commands and everything a hand does: nothing crashes, nothing is left behind in
// the document that undo does not take back, and redo brings all of it again, byte for byte. `ARTDAG_GESTURES` says how many
// (the soak: 10,000), `ARTDAG_GESTURE_SEED` which.
#include "core/effect/catalogue.h"
#include "core/recipe/edit_recipe.h"
#include "tests/ui/studio_window.h"

#include <QQmlExtensionPlugin>

#include <map>
#include <random>

Q_IMPORT_QML_PLUGIN(ArtDagPlugin)

using namespace artdag;

class GestureFuzzTest : public QObject, StudioWindow {
    Q_OBJECT

    std::mt19937 m_random;
    std::string m_first; ///< the document as it was opened last
    std::map<QString, int> m_runs;
    QStringList m_commands; ///< left of this round
    int m_changes = 0;
    std::ptrdiff_t m_mostObjects = 0;

    int random(int below) { return below <= 0 ? 0 : static_cast<int>(m_random() % static_cast<unsigned>(below)); }
    [[nodiscard]] Document& document() const { return *m_session->document(); }
    [[nodiscard]] GraphModel& graph() const { return *m_session->graph(); }
    [[nodiscard]] std::string written() const { return writeRecipe(*document().recipe()); }

    QPoint somewhere()
    {
        const QPointF inside(random(static_cast<int>(m_canvas->width())), random(static_cast<int>(m_canvas->height())));
        return m_canvas->mapToScene(inside).toPoint();
    }
    QString someCard()
    {
        const auto& cards = graph().scene().cards();
        return cards.empty() ? QString() : toQt(std::string_view(cards[static_cast<std::size_t>(random(static_cast<int>(cards.size())))].name));
    }
    QPoint onCard()
    {
        const auto& cards = graph().scene().cards();
        return cards.empty() ? somewhere() : onScreen(cards[static_cast<std::size_t>(random(static_cast<int>(cards.size())))].rect.center());
    }

    /// The next command of a round in which each comes once, so that all of them come equally often.
    void runCommand()
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
        const QString id = m_commands.takeLast();
        ++m_runs[id];
        graph().select(someCard()); // most of them need something to work on
        m_session->commands()->run(id);
    }
    void editForm()
    {
        FieldModel* form = m_session->form();
        for (int i = 0; i < 4 && (i == 0 || form->rowCount() == 0); ++i)
            graph().select(someCard());
        if (random(4) == 0 || form->rowCount() == 0)
            form = m_session->handles();
        const int row = random(form->rowCount());
        if (form->rowCount() == 0)
            return;
        switch (random(9)) {
        case 0: form->toggleKey(row); break;
        case 1: form->makeExpression(row); break;
        case 2: form->toggleHandle(row); break;
        case 3: form->newSeed(row); break;
        case 4: form->reset(row); break;
        case 5: {
            const QVariantList choices = form->followChoices(row);
            if (!choices.isEmpty())
                form->follow(row, choices[random(static_cast<int>(choices.size()))].toMap().value(QStringLiteral("id")).toString());
            break;
        }
        case 6: form->setText(row, QString::number(random(200) / 10.0)); break;
        default:
            form->beginDrag(row);
            for (int i = 0; i < 3; ++i)
                form->dragFraction(row, random(1000) / 1000.0);
            form->endDrag();
        }
    }
    void addSomething()
    {
        const auto entries = builtinEffects().entries;
        const auto& entry = entries[static_cast<std::size_t>(random(static_cast<int>(entries.size())))];
        graph().addNode(toQt(entry.name), {random(1600) - 200.0, random(1000) - 200.0}, random(2) == 0 ? someCard() : QString());
    }
    void hand()
    {
        switch (random(20)) {
        case 0: QTest::mouseClick(m_window, Qt::LeftButton, random(3) == 0 ? Qt::ShiftModifier : Qt::NoModifier, onCard()); break;
        case 1: drag(somewhere(), somewhere()); break;
        case 2: drag(onCard() + QPoint(random(160) - 80, random(120) - 60), onCard()); break; // from a socket, with luck
        case 3: QTest::mouseClick(m_window, Qt::LeftButton, Qt::ControlModifier, somewhere()); break;
        case 4: {
            QWheelEvent wheel(m_canvas->mapToScene({200, 200}), m_window->mapToGlobal(QPointF(200, 200)), {}, {0, random(2) == 0 ? 120 : -120}, Qt::NoButton, {}, Qt::NoScrollPhase, false);
            QCoreApplication::sendEvent(m_window, &wheel);
            break;
        }
        case 5:
        case 6:
        case 7: {
            const QPoint card = onCard();
            drag(card, card + QPoint(40 + random(200), random(200) - 100));
            break;
        }
        case 8:
        case 9:
        case 10:
        case 11:
        case 12: addSomething(); break;
        default: editForm();
        }
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

private Q_SLOTS:
    void initTestCase()
    {
        openWindow();
        connect(m_session->document(), &Document::opened, this, [this] { m_first = written(); });
    }
    void cleanupTestCase() { closeWindow(); }

    void everythingIsTakenBack()
    {
        const int wanted = qEnvironmentVariable("ARTDAG_GESTURES", QStringLiteral("600")).toInt();
        const unsigned seed = qEnvironmentVariable("ARTDAG_GESTURE_SEED", QStringLiteral("1")).toUInt();
        m_random.seed(seed);
        constexpr int together = 100; // then all is undone, and a new document begins
        for (int done = 0; done < wanted; ++done) {
            if (done % together == 0) {
                m_session->document()->reset(sampleRecipe(), {});
                m_session->setPlace(QStringLiteral("make"));
                m_canvas->fitAll();
                m_first = written();
                m_mostObjects = std::max(m_mostObjects, objectsBelow(*m_window) + objectsBelow(*m_engine));
            }
            const std::string before = written();
            if (random(100) < 37) // so that 10,000 are 20 of each
                runCommand();
            else
                hand();
            QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete); // what was let go outside of an event's handler
            closeWhatOpened();
            QVERIFY2(!document().inGesture(), "a gesture was left open");
            m_changes += written() != before ? 1 : 0;
            const ReadRecipe again = readRecipe(written());
            QVERIFY2(again.ok() && writeRecipe(again.recipe) == written(), "what is written cannot be read again");
            if (done % together == together - 1 || done == wanted - 1) {
                m_session->player()->pause();
                m_session->cancelRendering();
                compareWithUndo();
                if (QTest::currentTestFailed()) {
                    qWarning("seed %u, gesture %d", seed, done);
                    return;
                }
            }
        }
        qInfo("%td objects at most when a document began", m_mostObjects);
        QVERIFY2(m_mostObjects < 9000, "objects of the window are left behind"); // 4,500 after three documents, 5,100 after nine
        const int least = m_runs.empty() ? 0 : std::ranges::min_element(m_runs, {}, [](const auto& each) { return each.second; })->second;
        qInfo("%d gestures of seed %u: %d %% changed the document, %d commands, each at least %d times", wanted, seed, m_changes * 100 / wanted, static_cast<int>(m_runs.size()), least);
        QVERIFY(wanted < 10'000 || (least >= 20 && m_changes * 100 >= 60 * wanted));
    }
};

int main(int argc, char** argv)
{
    return runWindowTest<GestureFuzzTest>(argc, argv);
}
#include "gesture_fuzz_test.moc"
