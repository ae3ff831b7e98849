// SPDX-License-Identifier: GPL-3.0-or-later
// What the canvas shows and tells: the outline, reasons, states, why a node would run, and how many views a large graph
// costs. Runs under Xvfb.
#include "core/recipe/edit_recipe.h"
#include "tests/ui/canvas_window.h"
#include "ui/canvas_layer.h"
#include "ui/near_cards.h"

#include <QAccessible>
#include <QGuiApplication>
#include <QQmlExtensionPlugin>
#include <QQuickStyle>

#include <malloc.h>

Q_IMPORT_QML_PLUGIN(ArtDagPlugin)

using namespace artdag;

class CanvasViewsTest : public QObject, CanvasWindow {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { openWindow(); }
    void cleanupTestCase() { closeWindow(); }
    void init() { rest(); }

    /// Of five thousand nodes with one and a half wires each: what is too small for pictures has none made, and nobody keeps a plan
    /// for each card. It is the first test, as it measures: the others leave memory that would be used again.
    void fiveThousandNodesTakeLittleMemory()
    {
        const auto resident = [] {
            ::malloc_trim(0);
            QFile file(QStringLiteral("/proc/self/statm"));
            return file.open(QIODevice::ReadOnly) ? file.readAll().split(' ').value(1).toLong() * 4096 / (1 << 20) : 0;
        };
        m_session->document()->reset({}, {});
        QTRY_VERIFY_WITH_TIMEOUT(m_session->isSettled(), patience);
        const long before = resident();
        Recipe large = sampleRecipe();
        large.canvas.width = 64;
        large.canvas.height = 36;
        for (int i = 1; i < 5000; ++i) {
            const bool two = i % 2 == 1 && i > 1;
            Node node{.name = "n" + std::to_string(i), .effect = two ? "blend" : "blur"};
            const auto from = [](int each) { return PortValue{Wire{each < 1 ? "sky" : "n" + std::to_string(each), ""}}; };
            node.in.emplace_back(two ? "below" : "picture", from(i - 1 - i % 7));
            if (two)
                node.in.emplace_back("above", from(i / 2));
            large.layout[node.name] = {i % 50 * 224.0, 400 + i / 50 * 200.0};
            large.layoutOrder.push_back(node.name);
            large.nodes.push_back(std::move(node));
        }
        m_session->document()->reset(large, {});
        m_canvas->fitAll();
        QTest::qWait(300);
        QTRY_VERIFY_WITH_TIMEOUT(m_session->isSettled(), patience);
        QVERIFY(graph()->thumbnail("n4000").isNull());
        const long afar = resident() - before;
        qInfo("%ld MB more from afar", afar);
        m_canvas->centreOn(QStringLiteral("n4000"));
        QTRY_VERIFY_WITH_TIMEOUT(!graph()->thumbnail("n4000").isNull(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(m_session->isSettled(), patience);
        const auto pictures = static_cast<long>(m_session->engine()->cache()->bytes() >> 20); // as many as the preferences say
        const long more = resident() - before - pictures;
        qInfo("%ld MB, and %ld MB more beside %ld MB of pictures", before, more, pictures);
        QVERIFY2(afar <= 150 && more <= 150, qPrintable(QStringLiteral("%1 and %2 MB").arg(afar).arg(more)));
        m_session->document()->reset(sampleRecipe(), {}); // for those that come after
        m_canvas->fitAll();
        QTRY_VERIFY_WITH_TIMEOUT(m_session->isSettled(), patience);
    }

    void theOutlineFindsCentresConnectsAndDeletesByKeys()
    {
        key(Qt::Key_F, Qt::ControlModifier);
        for (const char letter : {'b', 'l', 'u'}) // by its effect
            QTest::keyClick(m_window, letter);
        key(Qt::Key_Return);
        QCOMPARE(graph()->current(), QStringLiteral("soft"));
        const QPointF centre = m_canvas->toScreen(card("soft").rect.center());
        QVERIFY((centre - QPointF(m_canvas->width() / 2, m_canvas->height() / 2)).manhattanLength() < 4);
        // from the list: sky to soft, then tint away
        m_canvas->run(QStringLiteral("graph.outline"));
        key(Qt::Key_Home);
        QCOMPARE(graph()->current(), QStringLiteral("sky"));
        key(Qt::Key_C);
        for (const char letter : {'s', 'o', 'f', 't'})
            QTest::keyClick(m_window, letter);
        key(Qt::Key_Return);
        QTRY_COMPARE(sourceOf("soft"), std::string("sky"));
        graph()->select(QStringLiteral("tint"));
        m_canvas->run(QStringLiteral("graph.outline"));
        key(Qt::Key_Delete);
        QCOMPARE(recipe()->node("tint"), nullptr);
        int rows = 0;
        for (QQuickItem* item : itemsBelow(m_window->contentItem())) {
            QAccessibleInterface* spoken = item->isVisible() && item->metaObject()->indexOfProperty("cacheState") >= 0 && item->inherits("QQuickItemDelegate") ? QAccessible::queryAccessibleInterface(item) : nullptr;
            if (spoken == nullptr)
                continue;
            ++rows;
            QVERIFY2(!spoken->text(QAccessible::Name).isEmpty(), "a row without words");
        }
        QCOMPARE(rows, graph()->count());
        key(Qt::Key_Escape);
    }

    void whatDoesNotFitIsRefusedWithItsReason()
    {
        const QPoint from = onScreen(card("soft").outputs[0].at);
        QTest::mousePress(m_window, Qt::LeftButton, {}, from);
        QTest::mouseMove(m_window, from + QPoint(-30, 20));
        QTest::mouseMove(m_window, onScreen(card("tint").inputs[0].at));
        QVERIFY(m_canvas->rubber().active);
        QVERIFY2(m_canvas->hint().contains(QStringLiteral("circle")), qPrintable(m_canvas->hint()));
        QTest::mouseRelease(m_window, Qt::LeftButton, {}, onScreen(card("tint").inputs[0].at));
        QCOMPARE(sourceOf("tint"), std::string("sky"));
        const QPoint sound = onScreen(card("hum").outputs[0].at);
        QTest::mousePress(m_window, Qt::LeftButton, {}, sound);
        QTest::mouseMove(m_window, sound + QPoint(-30, 20));
        QTest::mouseMove(m_window, onScreen(card("soft").inputs[0].at));
        QVERIFY2(m_canvas->hint().contains(QStringLiteral("takes a picture, not a sound")), qPrintable(m_canvas->hint()));
        QTest::mouseRelease(m_window, Qt::LeftButton, {}, onScreen(card("soft").inputs[0].at));
    }

    void aNodeTellsWhatItIsAndWhyItWouldRun()
    {
        graph()->select(QStringLiteral("soft"));
        QTRY_COMPARE_WITH_TIMEOUT(graph()->statusOf("soft").state, QStringLiteral("cached"), patience); // made while nothing else is to be done
        key(Qt::Key_I);
        QTRY_VERIFY_WITH_TIMEOUT(m_session->report()->rows().size() >= 3, patience);
        const QVariantList rows = m_session->report()->rows();
        QVERIFY2(m_session->report()->title() == QLatin1String("soft"), qPrintable(m_session->report()->title()));
        key(Qt::Key_Escape);
        // What it is made from changes while the viewer looks elsewhere.
        graph()->select(QStringLiteral("hum"));
        QVERIFY(m_session->document()->apply(setArgument(*recipe(), "sky", "angle", Json(33)), QStringLiteral("test")));
        QTest::mouseClick(m_window, Qt::MiddleButton, {}, onScreen(card("soft").rect.center()));
        QTRY_VERIFY2_WITH_TIMEOUT(m_session->report()->why().contains(QStringLiteral("'sky': angle changed")), qPrintable(m_session->report()->why()), patience);
        key(Qt::Key_Escape);
    }

    void everyStateIsOneOfTheSix()
    {
        QTRY_VERIFY_WITH_TIMEOUT(m_session->isSettled() && !graph()->statusOf("soft").state.isEmpty(), patience);
        Recipe longer = *recipe(); // than can be made while nothing else is to be done
        longer.canvas.duration = 120;
        m_session->document()->reset(longer, {});
        QTRY_COMPARE_WITH_TIMEOUT(graph()->statusOf("soft").state, QStringLiteral("partial"), patience);
        graph()->addNode(QStringLiteral("blend"), {400, 420}, QStringLiteral("nothing:0"));
        graph()->addNode(QStringLiteral("blur"), {600, 420}, QStringLiteral("blend:0"));
        QTRY_COMPARE_WITH_TIMEOUT(graph()->statusOf("blend").state, QStringLiteral("failed"), patience);
        QTRY_COMPARE_WITH_TIMEOUT(graph()->statusOf("blur").state, QStringLiteral("waiting"), patience);
        const QStringList six{QStringLiteral("cached"), QStringLiteral("partial"), QStringLiteral("absent"), QStringLiteral("running"), QStringLiteral("failed"), QStringLiteral("waiting")};
        for (const SceneCard& card : graph()->scene().cards()) {
            if (card.kind == CardKind::Node)
                QVERIFY2(six.contains(graph()->statusOf(card.name).state), card.name.c_str());
        }
    }

    void aThousandNodesCostAScreenfulOfViewsMadeAFewAtATime()
    {
        Recipe large = sampleRecipe();
        for (int i = 0; i < 1000; ++i) {
            Node node{.name = "n" + std::to_string(i), .effect = "blur"};
            node.in.emplace_back("picture", PortValue{Wire{i == 0 ? "sky" : "n" + std::to_string(i / 2), ""}});
            large.layout[node.name] = {i % 40 * 220.0, 400 + i / 40 * 200.0};
            large.layoutOrder.push_back(node.name);
            large.nodes.push_back(std::move(node));
        }
        std::erase_if(large.nodes, [](const Node& node) { return node.name == "n0"; });
        for (Node& node : large.nodes) {
            if (node.name == "n1")
                node.in = {{"picture", PortValue{Wire{"sky", ""}}}};
        }
        m_session->document()->reset(large, {});
        auto* cards = m_window->findChild<NearCards*>();
        QVERIFY(cards != nullptr);
        const auto all = m_window->findChildren<NearCards*>();
        m_canvas->run(QStringLiteral("graph.fitAll"));
        m_canvas->centreOn(QStringLiteral("n500"));
        for (NearCards* each : all) {
            QTRY_VERIFY_WITH_TIMEOUT(each->isSettled(), patience);
            QVERIFY2(each->shown() <= 300 && each->mostMadeAtOnce() <= 9, qPrintable(QStringLiteral("%1 %2").arg(each->shown()).arg(each->mostMadeAtOnce())));
            QVERIFY(each->rowCount() <= 300);
        }
        // Panning within what is drawn draws no wire again; dragging one card draws no tile but its own.
        CanvasLayer* wires = nullptr;
        for (CanvasLayer* layer : m_window->findChildren<CanvasLayer*>()) {
            if (layer->property("kind").toInt() == CanvasLayer::Wires)
                wires = layer;
        }
        QVERIFY(wires != nullptr);
        QTRY_VERIFY(wires->partsDrawn() > 0);
        m_window->grabWindow();
        const int drawn = wires->partsDrawn();
        for (int i = 0; i < 5; ++i) {
            m_canvas->centreAt(card("n500").rect.center() + QPointF(i, i));
            m_window->grabWindow();
        }
        QCOMPARE(wires->partsDrawn(), drawn);
        graph()->select(QStringLiteral("n500"));
        graph()->beginMove();
        m_window->grabWindow();
        const int begun = wires->partsDrawn();
        for (int i = 1; i < 6; ++i) {
            graph()->moveBy(QPointF(8.0 * i, 0));
            m_window->grabWindow();
        }
        QCOMPARE(wires->partsDrawn(), begun);
        graph()->cancelMove();
    }

    void aRecipeThatWasThereBeforeTheWindowHasItsWires()
    {
        closeWindow();
        openWindow([this](const std::filesystem::path& home) {
            m_openBefore = pathToQt(home / "card.artdag");
            QVERIFY(writeFileAtomically(home / "card.artdag", bytesOf(std::string_view(studioSample))).has_value());
        });
        for (const CanvasLayer* layer : m_window->findChildren<CanvasLayer*>()) {
            const int kind = layer->property("kind").toInt();
            if (kind == CanvasLayer::Wires || kind == CanvasLayer::Ports)
                QTRY_VERIFY2_WITH_TIMEOUT(layer->partsDrawn() > 0, qPrintable(QString::number(kind)), patience);
        }
        m_openBefore.clear();
    }
};

int main(int argc, char** argv)
{
    qputenv("QT_MEDIA_BACKEND", "ffmpeg");
    QQuickStyle::setStyle(QStringLiteral("Fusion"));
    QGuiApplication application(argc, argv);
    CanvasViewsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "canvas_views_test.moc"
