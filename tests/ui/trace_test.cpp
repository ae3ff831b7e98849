// SPDX-License-Identifier: GPL-3.0-or-later
// What is computed, against what the graph says: an edit runs what lies below it and nothing else, states are those of the
// store, the same key has the same pixels, and groups in groups change no key.
#include "core/base/files.h"
#include "core/recipe/edit_recipe.h"
#include "core/recipe/group_scope.h"
#include "core/render/ready_plan.h"
#include "core/workflow/inspect_recipe.h"
#include "tests/ui/patience.h"
#include "tests/ui/sample_recipe.h"
#include "ui/preview_engine.h"
#include "ui/qt_std.h"
#include "ui/session.h"

#include <QDir>
#include <QtTest>

#include <clocale>
#include <cstdlib>
#include <random>
#include <set>

using namespace artdag;

namespace {
/// Sources, blurs, and blends that are blurred: nothing of it is fused, so that each node is a render of its own.
struct RandomGraph {
    Recipe recipe;
    std::map<std::string, std::set<std::string>> above; ///< what each node is made from, itself among it
    std::mt19937 random;

    explicit RandomGraph(unsigned seed)
        : random(seed)
    {
        recipe = readRecipe(R"({"artdag": 1, "canvas": {"width": 96, "height": 64, "rate": [10, 1], "duration": 0.5}, "nodes": {}, "outputs": {}})").recipe;
        std::vector<std::string> ends;
        const auto any = [&] { return ends[random() % ends.size()]; };
        for (int i = 0; i < 24; ++i) {
            std::string end;
            if (i < 3)
                end = add("gradient", {}, {{"angle", Json(random() % 360)}});
            else if (i % 2 == 0)
                end = add("blend", {{"below", any()}, {"above", any()}}, {{"opacity", Json(0.25)}});
            else
                end = any();
            ends.push_back(add("blur", {{"picture", end}}, {{"radius", Json(2 + random() % 5)}}));
        }
        recipe.outputs.push_back({.name = "main", .picture = Wire{ends.back(), ""}});
    }
    std::string add(const char* effect, const std::vector<std::pair<std::string, std::string>>& in, std::vector<std::pair<std::string, Json>> args)
    {
        Node node{.name = "n" + std::to_string(recipe.nodes.size()), .effect = effect, .args = std::move(args)};
        above[node.name] = {node.name};
        for (const auto& [port, source] : in) {
            node.in.emplace_back(port, PortValue{Wire{source, ""}});
            above[node.name].insert(above[source].begin(), above[source].end());
        }
        recipe.nodes.push_back(node);
        return node.name;
    }
    /// The same recipe with one argument of that node changed.
    Recipe edited(const Node& node)
    {
        const double value = static_cast<double>(random() % 1000) / 100;
        const char* argument = node.effect == "gradient" ? "angle" : (node.effect == "blur" ? "radius" : "opacity");
        return *setArgument(recipe, node.name, argument, Json(node.effect == "blur" ? 2 + value : (node.effect == "gradient" ? value * 36 : 0.3 + value / 20)));
    }
};

QString textOf(const std::set<std::string>& names)
{
    QStringList list;
    for (const std::string& name : names)
        list << toQt(std::string_view(name));
    return list.join(QLatin1Char(' '));
}
} // namespace

class TraceTest : public QObject {
    Q_OBJECT

    std::unique_ptr<TemporaryDirectory> m_home;
    std::unique_ptr<Workspace> m_workspace;

    static QString nameOf(NodeState state)
    {
        constexpr const char* names[] = {"absent", "partial", "cached", "failed", "waiting"};
        return QString::fromLatin1(names[static_cast<int>(state)]);
    }
    std::set<std::string> absent(const Recipe& recipe, const PreviewEngine& engine)
    {
        std::set<std::string> names;
        for (const InspectedNode& node : inspectRecipe(std::make_shared<const Recipe>(recipe), *m_workspace, engine.cache().get(), nullptr, 1, 0, 1).nodes)
            if (node.state != NodeState::Cached)
                names.insert(node.name);
        return names;
    }
    Result<PreviewPicture> picture(PreviewEngine& engine, const Recipe& recipe, const std::string& card)
    {
        std::optional<Result<PreviewPicture>> answer;
        engine.setRecipe(std::make_shared<const Recipe>(recipe));
        engine.askPicture(Urgency::Viewer, "viewer", targetOfCard(recipe, builtinEffects(), card), 0, 1, [&](Result<PreviewPicture> got) { answer = std::move(got); });
        [&] { QTRY_VERIFY_WITH_TIMEOUT(answer.has_value(), patience); }();
        return answer ? std::move(*answer) : Result<PreviewPicture>(fail(Fault::Unavailable, "no answer"));
    }
    /// The keys of the first output's pictures.
    std::vector<FrameKey> keysOf(const Recipe& recipe)
    {
        std::vector<FrameKey> keys;
        const OpenedRecipe opened = openRecipe(recipe, *m_workspace);
        for (const Problem& problem : opened.problems)
            if (problem.severity == Problem::Severity::Error)
                qWarning("%s", problem.message.c_str());
        const auto plan = opened.graph ? makeReadyPlan(opened.graph, "", *m_workspace->sources, nullptr, PlanOptions{}) : Result<std::shared_ptr<const Plan>>(fail(Fault::BadInput, "it has errors"));
        for (std::int64_t frame = 0; plan && frame < (*plan)->frames; ++frame)
            keys.push_back((*plan)->outputFrameKey(frame));
        return keys;
    }

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("DBUS_SESSION_BUS_ADDRESS", "disabled:"); // never the keychain of who runs the tests
        m_home = std::make_unique<TemporaryDirectory>(std::move(*TemporaryDirectory::make()));
        auto workspace = openWorkspace(m_home->path() / "other");
        QVERIFY2(workspace.has_value(), workspace ? "" : workspace.error().message.c_str());
        m_workspace = std::move(*workspace);
    }
    void cleanupTestCase()
    {
        m_workspace.reset();
        m_home.reset();
    }

    void anEditExecutesWhatLiesBelowItAndNothingElse_data()
    {
        QTest::addColumn<unsigned>("seed");
        for (const unsigned seed : {1U, 2U, 3U})
            QTest::newRow(qPrintable(QString::number(seed))) << seed;
    }
    /// The frames that are missing after an edit are those of the nodes from the edited one on, as the wires go; a picture of any
    /// node then runs those of them that it is made from, each once.
    void anEditExecutesWhatLiesBelowItAndNothingElse()
    {
        QFETCH(unsigned, seed);
        RandomGraph graph(seed);
        PreviewEngine engine(*m_workspace, 512 << 20);
        for (const Node& node : graph.recipe.nodes)
            if (node.effect == "blur")
                QVERIFY(picture(engine, graph.recipe, node.name).has_value());
        const std::set<std::string> fused = absent(graph.recipe, engine); // sources that only run within a blend
        int executed = 0;
        for (int edit = 0; edit < 30; ++edit) {
            const Node changed = graph.recipe.nodes[graph.random() % graph.recipe.nodes.size()];
            if (fused.contains(changed.name))
                continue;
            std::set<std::string> below, wanted;
            for (const auto& [name, from] : graph.above)
                if (from.contains(changed.name))
                    below.insert(name);
            graph.recipe = graph.edited(changed);
            std::set<std::string> missing = absent(graph.recipe, engine);
            for (const std::string& name : fused)
                missing.erase(name);
            const std::string viewed = graph.recipe.nodes.back().name;
            for (const std::string& name : below)
                if (graph.above[viewed].contains(name))
                    wanted.insert(name);
            std::set<std::string> reached;
            std::ranges::set_intersection(missing, graph.above[viewed], std::inserter(reached, reached.end()));
            QCOMPARE(textOf(reached), textOf(wanted));
            const std::int64_t before = engine.nodesExecuted();
            QVERIFY(picture(engine, graph.recipe, viewed).has_value());
            QCOMPARE(engine.nodesExecuted() - before, static_cast<std::int64_t>(wanted.size()));
            executed += static_cast<int>(wanted.size());
        }
        QVERIFY2(executed > 10, qPrintable(QString::number(executed)));
    }

    /// Of a thousand edits without a pause between fifty: what cards say is what a look into the cache says.
    void afterAThousandEditsEachStateIsWhatTheStoreSays()
    {
        StudioSession session(m_home->path() / "states");
        QTRY_VERIFY_WITH_TIMEOUT(session.isReady(), patience);
        session.viewer()->setViewSize({320, 180});
        session.document()->reset(sampleRecipe(), {});
        std::mt19937 random(7);
        const auto any = [&] { return QString(session.graph()->nameAt(static_cast<int>(random() % static_cast<unsigned>(session.graph()->count())))); };
        std::set<QString> seen;
        int edits = 0;
        while (edits < 1000) {
            for (int i = 0; i < 50; ++i, ++edits) {
                session.graph()->select(any());
                switch (random() % 8) {
                case 0: session.document()->apply(setArgument(*session.document()->recipe(), "soft", "radius", Json(2 + random() % 4)), QStringLiteral("Radius")); break;
                case 1: session.document()->apply(setArgument(*session.document()->recipe(), "sky", "angle", Json(random() % 3)), QStringLiteral("Angle")); break;
                case 2: session.graph()->addNode(QStringLiteral("blur"), {}); break;
                case 3: session.graph()->addNode(QStringLiteral("blend"), {}); break;
                case 4: session.graph()->toggleBypass(); break;
                case 5: session.document()->redo(); break;
                default: session.document()->undo();
                }
            }
            QTRY_VERIFY_WITH_TIMEOUT(session.isSettled(), patience);
            QTest::qWait(1); // what arrived last starts a timer
            QTRY_VERIFY_WITH_TIMEOUT(session.isSettled(), patience);
            const RecipePointer recipe = session.document()->recipe();
            std::shared_ptr<const TracedInspection> fresh;
            session.engine()->askInspection(session.viewer()->scale(), 0, session.player()->frames(), [&](const Result<std::shared_ptr<const TracedInspection>>& got) { fresh = got.value_or(nullptr); });
            QTRY_VERIFY_WITH_TIMEOUT(fresh != nullptr, patience);
            for (const InspectedNode& node : fresh->inspection.nodes) {
                const QString shown = session.graph()->statusOf(node.name).state;
                if (shown == QLatin1String("failed") && session.viewer()->message().startsWith(QStringLiteral("node '%1'").arg(toQt(std::string_view(node.name)))))
                    continue; // the viewer has tried it
                QVERIFY2(shown == nameOf(node.state), qPrintable(QStringLiteral("edit %1, %2: %3 is shown, it is %4").arg(edits).arg(toQt(std::string_view(node.name)), shown, nameOf(node.state))));
                seen.insert(shown);
            }
            session.document()->reset(*recipe, {}); // as long as it stays small
            if (session.graph()->count() > 30)
                session.document()->reset(sampleRecipe(), {});
        }
        QVERIFY2(seen.size() >= 3, qPrintable(QStringList(seen.begin(), seen.end()).join(QLatin1Char(' '))));
    }

    void noSampleReadsWhatItDoesNotDeclare_data()
    {
        QTest::addColumn<QString>("file");
        const QDir folder(QStringLiteral(ARTDAG_SOURCE_DIR "/resources/recipes"));
        for (const QString& name : folder.entryList({QStringLiteral("*.artdag")}, QDir::Files, QDir::Name))
            QTest::newRow(qPrintable(name)) << folder.filePath(name);
    }
    /// The checked mode: what has a key is computed again where everything that the key does not name is another: the clock, the
    /// place, the language, the words of the document and what else is in it. The same key must have the same pixels.
    void noSampleReadsWhatItDoesNotDeclare()
    {
        QFETCH(QString, file);
        const auto text = readTextFile(toPath(file));
        QVERIFY(text.has_value());
        const ReadRecipe read = readRecipe(*text);
        const auto rendered = [&](const Recipe& recipe, std::map<std::string, FrameKey>& keys) {
            std::map<std::string, PicturePointer> pictures;
            const OpenedRecipe opened = openRecipe(recipe, *m_workspace);
            if (!opened.graph)
                return pictures;
            const auto plan = makeReadyPlan(opened.graph, "", *m_workspace->sources, nullptr, PlanOptions{.scale = 0.125});
            if (!plan || !(*plan)->output.picture)
                return pictures;
            FrameServer server(*plan, *m_workspace->sources, std::make_shared<FrameCache>(256 << 20));
            for (std::size_t node = 0; node < (*plan)->nodes.size(); ++node) {
                const PlanNode& planned = (*plan)->nodes[node];
                if (!planned.needed || planned.outputs.empty() || planned.outputs.front().type != PortType::Picture)
                    continue;
                const NodePort port{static_cast<int>(node), 0};
                const std::int64_t frame = std::min<std::int64_t>(3, (*plan)->stepFrames(port.node, 0) - 1);
                const auto picture = server.picture(port, frame);
                if (!picture)
                    continue;
                const std::string& name = (*plan)->graph->nodes[node].name;
                pictures[name] = *picture;
                keys[name] = (*plan)->frameKey(port, frame);
            }
            return pictures;
        };
        std::map<std::string, FrameKey> keys, others;
        const auto here = rendered(read.recipe, keys);
        Recipe dressed = read.recipe;
        dressed.title = "Another";
        dressed.description = "Other words";
        dressed.license = "CC0-1.0";
        dressed.tags = {"other"};
        dressed.layout.clear();
        dressed.layoutOrder.clear();
        std::ranges::reverse(dressed.nodes);
        dressed = *addNode(dressed, "checker", {0, 0}, "zz_unused"); // of which nothing is made
        const QString place = QDir::currentPath();
        QDir::setCurrent(pathToQt(m_home->path()));
        std::map<const char*, QByteArray> home;
        for (const auto& [name, value] : {std::pair{"TZ", "Pacific/Chatham"}, {"HOME", "/nowhere"}, {"USER", "somebody"}, {"LANG", "de_DE.UTF-8"}}) {
            home[name] = qgetenv(name);
            qputenv(name, value);
        }
        std::setlocale(LC_ALL, "de_DE.UTF-8");
        const auto there = rendered(dressed, others);
        std::setlocale(LC_ALL, "C");
        for (const auto& [name, value] : home) // the next sample begins where this one did
            value.isEmpty() ? qunsetenv(name) : qputenv(name, value);
        QDir::setCurrent(place);
        QVERIFY2(here.size() >= 1, "nothing was rendered");
        QCOMPARE(there.size(), here.size());
        for (const auto& [name, one] : here) {
            QVERIFY2(keys.at(name) == others.at(name), name.c_str());
            const PicturePointer& two = there.at(name);
            QCOMPARE(one->rect(), two->rect());
            for (int plane = red; plane <= alpha; ++plane)
                for (int y = one->rect().y0; y < one->rect().y1; ++y)
                    QVERIFY2(std::memcmp(one->view().row(plane, y), two->view().row(plane, y), sizeof(float) * static_cast<std::size_t>(one->rect().width())) == 0, name.c_str());
        }
    }

    /// A picture that is laid over itself sixty-four times is reached in 2^64 ways.
    void howeverManyWaysLeadToAFrameItIsLookedAtOnce()
    {
        Recipe recipe = sampleRecipe();
        std::string last = "sky";
        for (int i = 0; i < 64; ++i) {
            Node node{.name = "over" + std::to_string(i), .effect = "blend", .args = {{"opacity", Json(0.5)}}};
            node.in = {{"below", PortValue{Wire{last, ""}}}, {"above", PortValue{Wire{last, ""}}}};
            last = node.name;
            recipe.nodes.push_back(std::move(node));
        }
        PreviewEngine engine(*m_workspace, 256 << 20);
        QVERIFY(picture(engine, recipe, last).has_value());
    }

    /// A parameter goes up through five groups; renamed, put in another order, written and read, it still leads, and flattened
    /// nothing has another key.
    void aParameterHoldsThroughFiveGroups()
    {
        const Recipe first = sampleRecipe();
        Recipe recipe = first;
        std::string inner = "soft", argument = "radius";
        for (int level = 1; level <= 5; ++level) {
            recipe = *groupNodes(recipe, {inner}, "level" + std::to_string(level));
            const std::string group = recipe.groups.back().name;
            Recipe inside = *recipeOfGroup(recipe, group);
            inside = *promoteArgument(inside, inner, argument, {.name = "p" + std::to_string(level), .fallback = Json(4), .title = "Level " + std::to_string(level)});
            if (level == 3) // another one before it, which nobody uses
                inside.params.insert(inside.params.begin(), {.name = "other", .fallback = Json(1)});
            recipe = *withGroup(recipe, group, inside);
            argument = "p" + std::to_string(level);
            for (const Node& node : recipe.nodes)
                if (node.group == group)
                    inner = node.name;
            if (level == 4) {
                recipe = *renameNode(recipe, inner, "renamed");
                inner = "renamed";
            }
        }
        QCOMPARE(recipe.groups.size(), std::size_t{5});
        const ReadRecipe read = readRecipe(writeRecipe(recipe));
        QVERIFY(read.ok());
        QVERIFY(!keysOf(first).empty());
        QVERIFY(keysOf(read.recipe) == keysOf(first));
        const auto changed = setArgument(read.recipe, inner, argument, Json(9));
        QVERIFY(changed.has_value());
        QVERIFY(keysOf(*changed) == keysOf(*setArgument(first, "soft", "radius", Json(9))));
        QVERIFY(keysOf(*changed) != keysOf(first));
        recipe = *changed;
        for (int level = 5; level >= 1; --level) {
            const auto instance = std::ranges::find_if(recipe.nodes, [](const Node& node) { return !node.group.empty(); });
            QVERIFY(instance != recipe.nodes.end());
            recipe = *ungroupNode(recipe, instance->name);
        }
        QVERIFY(recipe.groups.empty());
        QVERIFY(keysOf(recipe) == keysOf(*changed));
    }
};

QTEST_GUILESS_MAIN(TraceTest)
#include "trace_test.moc"
