// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/graph/graph.h"
#include "core/recipe/edit_recipe.h"
#include "tests/ui/sample_recipe.h"
#include "ui/canvas_layer.h"
#include "ui/graph_layout.h"
#include "ui/graph_model.h"
#include "ui/graph_wiring.h"
#include "ui/palette_model.h"
#include "ui/qt_std.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QtTest>

#include <ctime>

using namespace artdag;

namespace {
GraphScene scene()
{
    return GraphScene::of(sampleRecipe(), builtinEffects());
}
const SceneCard& cardOf(const GraphScene& scene, const char* name)
{
    return scene.cards()[static_cast<std::size_t>(scene.card(name))];
}

/// A machine with one filter.
class OneBridge final : public FurtherEffects, Bridge {
public:
    [[nodiscard]] bool claims(std::string_view name) const override { return name.starts_with("ffmpeg."); }
    [[nodiscard]] const CatalogueEntry* find(std::string_view name) const override { return name == m_effect.name ? &m_entry : nullptr; }
    [[nodiscard]] std::span<const CatalogueEntry* const> all() const override
    {
        ++asked;
        return {&m_all, 1};
    }
    mutable int asked = 0;

private:
    [[nodiscard]] const std::string& by() const override { return m_by; }
    [[nodiscard]] const std::string& description() const override { return m_by; }
    Result<void> bake(const BakeCall&, const std::filesystem::path&) const override { return fail(Fault::Unavailable, "not here"); }
    [[nodiscard]] int version() const override { return 2; }

    std::string m_by = "libavfilter 8 hflip";
    Effect m_effect{.name = "ffmpeg.hflip", .title = "hflip (FFmpeg)", .tags = {"bridge"}, .inputs = {{"picture", PortType::Picture}}};
    CatalogueEntry m_entry{"ffmpeg.hflip", "", &m_effect, this};
    const CatalogueEntry* m_all = &m_entry;
};
} // namespace

class GraphTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void hitsWhatIsThere()
    {
        const GraphScene graph = scene();
        const SceneCard& tint = cardOf(graph, "tint");
        SceneHit hit = graph.hit(tint.rect.center(), 8);
        QCOMPARE(hit.what, SceneHit::What::Card);
        QCOMPARE(hit.card, graph.card("tint"));

        hit = graph.hit(tint.inputs[0].at + QPointF(-5, 3), 8);
        QCOMPARE(hit.what, SceneHit::What::Port);
        QCOMPARE(hit.card, graph.card("tint"));
        QVERIFY(hit.input);

        hit = graph.hit(tint.outputs[0].at + QPointF(4, 0), 8);
        QCOMPARE(hit.what, SceneHit::What::Port);
        QVERIFY(!hit.input);

        const SceneWire& wire = graph.wires().front();
        hit = graph.hit(wireCurve(wire.a, wire.b, 2)[1] + QPointF(0, 4), 8);
        QCOMPARE(hit.what, SceneHit::What::Wire);
        QCOMPARE(hit.wire, 0);

        QCOMPARE(graph.hit({-4000, 900}, 8).what, SceneHit::What::Nothing);
        QCOMPARE(graph.hit(tint.rect.bottomLeft() + QPointF(0, 60), 8).what, SceneHit::What::Nothing);
    }

    void hitAgreesWithASearchOfEverything()
    {
        // The grid is only a shortcut: it gives what looking at every card gives.
        Recipe recipe = sampleRecipe();
        for (int i = 0; i < 300; ++i)
            recipe = *addNode(recipe, "blur", {i % 20 * 230.0 - 900, i / 20 * 190.0 - 700});
        const GraphScene graph = GraphScene::of(recipe, builtinEffects());
        for (int i = 0; i < 3000; ++i) {
            const QPointF point(i * 7919 % 5200 - 1200, i * 104729 % 4200 - 1000);
            int expected = -1;
            for (std::size_t c = 0; c < graph.cards().size(); ++c) {
                if (graph.cards()[c].rect.contains(point))
                    expected = static_cast<int>(c);
            }
            const SceneHit hit = graph.hit(point, 0.01);
            if (hit.what == SceneHit::What::Card || expected >= 0)
                QVERIFY2(hit.what == SceneHit::What::Port || hit.card == expected, qPrintable(QStringLiteral("%1, %2").arg(point.x()).arg(point.y())));
        }
    }

    void wiresOfTheSceneAreTheRecipes()
    {
        const GraphScene graph = scene();
        QCOMPARE(graph.wires().size(), std::size_t{4}); // sky→tint, tint→soft, soft→main, hum→main
        QCOMPARE(graph.wires()[0].type, PortType::Picture);
        QCOMPARE(graph.wires()[3].type, PortType::Sound);
        QCOMPARE(graph.wires()[0].a, cardOf(graph, "sky").outputs[0].at);
        QCOMPARE(graph.wires()[0].b, cardOf(graph, "tint").inputs[0].at);
    }

    void onlyFittingPortsFit()
    {
        const GraphScene graph = scene();
        const int hum = graph.card("hum"), tint = graph.card("tint"), soft = graph.card("soft"), sky = graph.card("sky");
        QVERIFY(graph.fits(sky, 0, soft, 0));
        QVERIFY(!graph.fits(hum, 0, soft, 0));  // sound into a picture
        QVERIFY(!graph.fits(soft, 0, tint, 0)); // a circle
        QVERIFY(!graph.fits(soft, 0, soft, 0));
    }

    void portTypesConvertAsTheTableSays_data()
    {
        QTest::addColumn<int>("from");
        QTest::addColumn<int>("to");
        QTest::addColumn<bool>("fits");
        for (int from = 0; from < 6; ++from) {
            for (int to = 0; to < 6; ++to) {
                const auto a = static_cast<PortType>(from), b = static_cast<PortType>(to);
                const bool converts = b == PortType::Signal && (a == PortType::Events || a == PortType::Sound);
                QTest::addRow("%s → %s", nameOf(a), nameOf(b)) << from << to << (from == to || converts);
            }
        }
    }
    void portTypesConvertAsTheTableSays()
    {
        QFETCH(int, from);
        QFETCH(int, to);
        QFETCH(bool, fits);
        QCOMPARE(portsFit(static_cast<PortType>(from), static_cast<PortType>(to)), fits);
    }

    void everyPortTypeHasItsOwnShape()
    {
        for (int a = 0; a < 6; ++a) {
            for (int b = 0; b < a; ++b)
                QVERIFY(portShape(static_cast<PortType>(a), {0, 0}, 5) != portShape(static_cast<PortType>(b), {0, 0}, 5));
        }
    }

    void draggingCardsIsOneStepAndMovesThemAll()
    {
        Document document;
        document.reset(sampleRecipe(), {});
        GraphModel graph(document, builtinEffects());
        QAbstractItemModelTester tester(&graph, QAbstractItemModelTester::FailureReportingMode::QtTest);
        graph.select(QStringLiteral("sky"));
        graph.select(QStringLiteral("tint"), true);
        QSignalSpy recipes(&document, &Document::recipeChanged);
        graph.beginMove();
        for (int i = 1; i <= 20; ++i)
            graph.moveBy({i * 5.0, i * 2.0});
        QCOMPARE(recipes.count(), 0); // nothing is computed anew while cards are dragged
        graph.endMove();
        QCOMPARE(document.steps(), std::size_t{2});
        QCOMPARE(document.recipe()->layout.at("sky"), (LayoutPoint{140, 80}));
        QCOMPARE(document.recipe()->layout.at("tint"), (LayoutPoint{360, 80}));
        QCOMPARE(document.recipe()->layout.at("soft"), (LayoutPoint{480, 40}));
        document.undo();
        QCOMPARE(QByteArray::fromStdString(writeRecipe(*document.recipe())), QByteArray::fromStdString(writeRecipe(sampleRecipe())));
        QCOMPARE(cardOf(graph.scene(), "sky").rect.topLeft(), QPointF(40, 40));
    }

    void connectingAndUnpluggingAreOneStepEach()
    {
        Document document;
        document.reset(sampleRecipe(), {});
        GraphModel graph(document, builtinEffects());
        const int sky = graph.scene().card("sky"), soft = graph.scene().card("soft");
        QVERIFY(graph.connectPorts(sky, 0, soft, 0));
        QCOMPARE(std::get<Wire>(document.recipe()->node("soft")->port("picture")->value).node, std::string("sky"));
        graph.unplugPort(soft, 0);
        QCOMPARE(document.recipe()->node("soft")->port("picture"), nullptr);
        QCOMPARE(document.steps(), std::size_t{3});
    }

    void aWireOfTheWrongTypeIsRefusedWithTheReason()
    {
        Document document;
        document.reset(sampleRecipe(), {});
        GraphModel graph(document, builtinEffects());
        QSignalSpy refused(&graph, &GraphModel::refused);
        QVERIFY(!graph.connectPorts(graph.scene().card("hum"), 0, graph.scene().card("soft"), 0));
        QCOMPARE(refused.count(), 1);
        QVERIFY2(refused.first().first().toString().contains(QStringLiteral("sound")), qPrintable(refused.first().first().toString()));
        QVERIFY(!document.canUndo());
    }

    void listPortsTakeOneMoreWire()
    {
        Document document;
        Recipe recipe = *addNode(sampleRecipe(), "layer", {700, 300}, "stack");
        document.reset(recipe, {});
        GraphModel graph(document, builtinEffects());
        auto sockets = [&] { return cardOf(graph.scene(), "stack").inputs.size(); };
        const std::size_t open = sockets();
        QVERIFY(graph.connectPorts(graph.scene().card("sky"), 0, graph.scene().card("stack"), static_cast<int>(open) - 1));
        QCOMPARE(sockets(), open + 1);
        QVERIFY(graph.connectPorts(graph.scene().card("soft"), 0, graph.scene().card("stack"), static_cast<int>(open)));
        QCOMPARE(sockets(), open + 2);
        graph.unplugPort(graph.scene().card("stack"), static_cast<int>(open) - 1);
        QCOMPARE(sockets(), open + 1);
    }

    void aNodeAddedOnASelectedWireIsInserted()
    {
        Document document;
        document.reset(sampleRecipe(), {});
        GraphModel graph(document, builtinEffects());
        graph.selectWire(1); // tint → soft
        const QString name = graph.addNode(QStringLiteral("brightness"), {});
        QVERIFY(!name.isEmpty());
        QCOMPARE(std::get<Wire>(document.recipe()->node(toStd(name))->port("picture")->value).node, std::string("tint"));
        QCOMPARE(std::get<Wire>(document.recipe()->node("soft")->port("picture")->value).node, toStd(name));
        QCOMPARE(document.steps(), std::size_t{2});
    }

    void aDeletedNodeLetsItsChainHold()
    {
        Document document;
        document.reset(sampleRecipe(), {});
        GraphModel graph(document, builtinEffects());
        QAbstractItemModelTester tester(&graph, QAbstractItemModelTester::FailureReportingMode::QtTest);
        graph.select(QStringLiteral("tint"));
        graph.removeSelected(true);
        QCOMPARE(document.recipe()->node("tint"), nullptr);
        QCOMPARE(std::get<Wire>(document.recipe()->node("soft")->port("picture")->value).node, std::string("sky"));
        document.undo();
        QVERIFY(document.recipe()->node("tint") != nullptr);
    }

    void newNodesNeverOverlap()
    {
        Document document;
        document.reset(sampleRecipe(), {});
        GraphModel graph(document, builtinEffects());
        for (int i = 0; i < 100; ++i) {
            graph.clearSelection();
            graph.addNode(QStringLiteral("solid"), {static_cast<double>(i * 7919 % 700), static_cast<double>(i * 104729 % 400)});
        }
        const auto& cards = graph.scene().cards();
        for (std::size_t a = 0; a < cards.size(); ++a) {
            for (std::size_t b = 0; b < a; ++b) {
                if (cards[a].kind != CardKind::Output && cards[b].kind != CardKind::Output)
                    QVERIFY2(!cards[a].rect.intersects(cards[b].rect), qPrintable(toQt(std::string_view(cards[a].name)) + QLatin1Char(' ') + toQt(std::string_view(cards[b].name))));
            }
        }
    }

    void theLayoutPutsSourcesLeftWithoutOverlapsAndIsIdempotent()
    {
        std::vector<LayoutCard> cards;
        std::vector<std::pair<int, int>> wires;
        for (int i = 0; i < 500; ++i) {
            cards.push_back({std::to_string(i), {160, 120.0 + i % 3 * 40}});
            if (i > 0)
                wires.emplace_back(i * 7919 % i, i);
        }
        const std::clock_t began = std::clock(); // of the processor
        const std::vector<QPointF> places = layoutGraph(cards, wires, {0, 0});
        const double took = static_cast<double>(std::clock() - began) * 1000 / CLOCKS_PER_SEC;
        qInfo("%.1f ms for 500", took);
        QVERIFY2(took <= 200, qPrintable(QString::number(took)));
        for (const auto& [from, to] : wires)
            QVERIFY(places[static_cast<std::size_t>(from)].x() + 160 <= places[static_cast<std::size_t>(to)].x());
        for (std::size_t a = 0; a < cards.size(); ++a) {
            for (std::size_t b = 0; b < a; ++b)
                QVERIFY(!QRectF(places[a], cards[a].size).intersects(QRectF(places[b], cards[b].size)));
        }
        QCOMPARE(layoutGraph(cards, wires, {0, 0}), places);
    }
    void whatIsNotSelectedStaysWhereItIs()
    {
        Document document;
        document.reset(sampleRecipe(), {});
        GraphModel graph(document, builtinEffects());
        const auto at = [&](const char* name) { return cardOf(graph.scene(), name).rect.topLeft(); };
        const QPointF sky = at("sky"), hum = at("hum");
        graph.select(QStringLiteral("tint"));
        graph.select(QStringLiteral("soft"), true);
        graph.beginMove();
        graph.moveBy({-200, 90});
        graph.endMove();
        graph.layOut();
        QVERIFY(at("tint").x() < at("soft").x());
        QVERIFY(at("sky") == sky && at("hum") == hum);
    }

    void aPartHasWhatItsEndNeedsAndNoMore()
    {
        Recipe recipe = *addNode(sampleRecipe(), "blend", {0, 0}, "half_made"); // its inputs are missing
        const Recipe part = partFor(recipe, Wire{"tint", {}}, std::nullopt);
        std::vector<std::string> names;
        for (const Node& node : part.nodes)
            names.push_back(node.name);
        QCOMPARE(names, (std::vector<std::string>{"sky", "tint"}));
        QVERIFY(checkRecipe(part, builtinEffects()).graph != nullptr);
        QVERIFY(checkRecipe(recipe, builtinEffects()).graph == nullptr);
    }

    void thePaletteFindsAndFilters()
    {
        PaletteModel palette(builtinEffects());
        QAbstractItemModelTester tester(&palette, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const int all = palette.rowTotal();
        QCOMPARE(all, static_cast<int>(builtinEffects().entries.size()));
        palette.setQuery(QStringLiteral("blu"));
        QVERIFY(palette.rowTotal() < all);
        QCOMPARE(palette.nameAt(0), QStringLiteral("blur"));
        palette.setQuery({});
        palette.setType(QStringLiteral("sound"));
        QVERIFY(palette.rowTotal() > 0 && palette.rowTotal() < all);
        for (int row = 0; row < palette.rowTotal(); ++row)
            QVERIFY(firstInputFor(*builtinEffects().find(toStd(palette.nameAt(row)))->effect, PortType::Sound) != nullptr);
    }

    void bridgesComeWhenTheyAreFoundAndAreMarked()
    {
        const OneBridge bridge;
        const Catalogue effects{builtinEffects().entries, &bridge};
        PaletteModel palette(effects);
        QCOMPARE(palette.rowTotal(), static_cast<int>(builtinEffects().entries.size()));
        QCOMPARE(bridge.asked, 0); // to find them out takes seconds
        palette.showBridges();
        QCOMPARE(palette.rowTotal(), static_cast<int>(builtinEffects().entries.size()) + 1);
        palette.setQuery(QStringLiteral("ffmpeg.hflip"));
        QCOMPARE(palette.nameAt(0), QStringLiteral("ffmpeg.hflip"));
        QVERIFY(palette.data(palette.index(0), PaletteModel::BakedRole).toBool());
        palette.setQuery(QStringLiteral("blur"));
        QVERIFY(!palette.data(palette.index(0), PaletteModel::BakedRole).toBool());
        // A card's name is one that recipes can say.
        Document document;
        GraphModel graph(document, effects);
        QCOMPARE(graph.addNode(QStringLiteral("ffmpeg.hflip"), {0, 0}), QStringLiteral("ffmpeg_hflip"));
    }

    void stripsOfStrokesAreJoinedByDegenerateTriangles()
    {
        std::vector<QSGGeometry::ColoredPoint2D> strip;
        addStroke(strip, {{{0, 0}, {10, 0}, {20, 5}}, 2, Qt::red, Qt::blue}, 1);
        QCOMPARE(strip.size(), std::size_t{3 * 6 + 2 * 2}); // three bands, joined twice
        const std::size_t first = strip.size();
        addStroke(strip, {{{50, 0}, {60, 0}}, 2, Qt::red, Qt::red}, 1);
        QCOMPARE(strip[first].x, strip[first - 1].x);
        QCOMPARE(strip[first + 1].x, strip[first + 2].x);
        addStroke(strip, {{{1, 1}}, 2, Qt::red, Qt::red}, 1); // a point is no line
    }
};

QTEST_GUILESS_MAIN(GraphTest)
#include "graph_test.moc"
