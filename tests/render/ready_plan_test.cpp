// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/ready_plan.h"
#include "tests/support/graph_of.h"
#include "tests/support/run_effect.h"

#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <cmath>
#include <cstring>

using namespace artdag;
using namespace artdag::test;

namespace {

std::string json(std::string text)
{
    std::ranges::replace(text, '\'', '"');
    return text;
}

/// Media whose sound can be made to fail, and says how often it was heard.
class CountingSources : public TestSources {
public:
    bool broken = false;
    int heard = 0;
    Result<Sound> sound(const ContentId& media, SampleRange range, int rate) override
    {
        ++heard;
        if (broken)
            return fail(Fault::Unavailable, "media: it cannot be read");
        return TestSources::sound(media, range, rate);
    }
};

const std::string led = json(R"({'artdag': 1, 'canvas': {'width': 64, 'height': 48, 'rate': [25, 1], 'sampleRate': 48000, 'duration': 2},
    'inputs': {'song': {'media': 'media', 'default': 'sha3-256:0100000000000000000000000000000000000000000000000000000000000000'}},
    'nodes': {'bar': {'effect': 'gradient'}, 'lit': {'effect': 'brightness', 'in': {'picture': 'bar'}, 'args': {'amount': {'bind': 'song.sound', 'range': [0, 0.5]}}}},
    'outputs': {'main': {'picture': 'lit'}}})");

PicturePointer frameOf(const std::string& text, std::int64_t frame)
{
    NoSources sources;
    auto plan = makeReadyPlan(graphOf(text), {}, sources, nullptr);
    if (!plan)
        qFatal("%s", plan.error().message.c_str());
    return *FrameServer(*plan, sources).picture(*(*plan)->output.picture, frame);
}

bool same(const Picture& a, const Picture& b)
{
    for (int plane = 0; plane < 4; ++plane)
        for (int y = a.rect().y0; y < a.rect().y1; ++y)
            if (std::memcmp(a.view().row(plane, y), b.view().row(plane, y), sizeof(float) * static_cast<std::size_t>(a.rect().width())) != 0)
                return false;
    return true;
}

} // namespace

class ReadyPlanTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aBoundArgumentDrivesPixelsFrameByFrame()
    {
        const auto film = [](const std::string& amount) {
            return recipeText(json("'bar': {'effect': 'gradient'}, 'wave': {'effect': 'lfo', 'args': {'shape': 'triangle', 'frequency': 0.5}}, 'lit': {'effect': 'brightness', 'in': {'picture': 'bar'}, 'args': {'amount': " + amount + "}}"), "lit");
        };
        // The triangle of two seconds is at 2·(f / 50) on its way up.
        const std::pair<std::int64_t, const char*> frames[] = {{0, "-0.25"}, {5, "-0.15"}, {20, "0.15"}, {25, "0.25"}};
        for (const auto& [frame, amount] : frames)
            QVERIFY(same(*frameOf(film("{'bind': 'wave.signal', 'range': [-0.25, 0.25]}"), frame), *frameOf(film(amount), 0)));
    }

    void anAnalysisIsRunOnceAndStored()
    {
        const QTemporaryDir folder;
        const auto store = *openStore(folder.path().toStdString() + "/store");
        CountingSources sources;
        const auto first = makeReadyPlan(graphOf(led), {}, sources, store.get());
        QVERIFY2(first, first ? "" : first.error().message.c_str());
        QVERIFY((*first)->ready() && (*first)->analysesToRun().empty());
        const int heard = sources.heard;
        QVERIFY(heard > 0);
        const auto second = makeReadyPlan(graphOf(led), {}, sources, store.get());
        QCOMPARE(sources.heard, heard);
        QCOMPARE((*second)->outputFrameKey(17), (*first)->outputFrameKey(17));
        const auto unstored = makeReadyPlan(graphOf(led), {}, sources, nullptr);
        QVERIFY(sources.heard > heard); // verification believes no cache
        QCOMPARE((*unstored)->outputFrameKey(17), (*first)->outputFrameKey(17));
    }

    void aFailedAnalysisIsAnErrorAndLeavesNothingBehind()
    {
        const QTemporaryDir folder;
        const auto store = *openStore(folder.path().toStdString() + "/store");
        CountingSources sources;
        sources.broken = true;
        const auto failed = makeReadyPlan(graphOf(led), {}, sources, store.get());
        QVERIFY(!failed);
        QCOMPARE(failed.error().fault, Fault::Unavailable);
        QVERIFY2(failed.error().message.starts_with("node '"), failed.error().message.c_str());
        QCOMPARE(store->statistics()->actions, 0U);
        sources.broken = false;
        QVERIFY(makeReadyPlan(graphOf(led), {}, sources, store.get()));
        QCOMPARE(store->statistics()->actions, 1U);
    }

    void energyIsTheLoudnessOfTheWholeSound()
    {
        NoSources sources;
        const auto graph = graphOf(recipeText(json("'bar': {'effect': 'gradient'}, 'hum': {'effect': 'tone', 'args': {'level': {'keys': [[0, 0, 'hold'], [1, -20, 'hold']]}}}, 'loud': {'effect': 'energy', 'in': {'sound': 'hum'}, 'args': {'normalize': false}}, 'turn': {'effect': 'rotate', 'in': {'picture': 'bar'}, 'args': {'angle': {'bind': 'loud'}}}"), "turn"));
        const auto plan = *makeReadyPlan(graph, {}, sources, nullptr);
        const auto angle = [&](std::int64_t frame) { return std::get<double>(evaluateArguments(*plan, graph->node("turn"), frame).values[0]); };
        QVERIFY(std::fabs(angle(10) - std::sqrt(0.5)) < 0.01); // a sine at full scale
        QVERIFY(std::fabs(angle(40) - std::sqrt(0.5) / 10) < 0.001);
    }

    void aHeldFrameIsRenderedOnceForItsWholeStretch()
    {
        NoSources sources;
        FrameServer server(*makePlan(graphOf(recipeText(json("'bar': {'effect': 'gradient'}, 'soft': {'effect': 'blur', 'in': {'picture': 'bar'}}, 'lit': {'effect': 'brightness', 'in': {'picture': 'soft'}, 'args': {'amount': 0.1}}"), "lit")), {}, sources), sources, std::make_shared<FrameCache>(std::size_t{1} << 24), FrameServer::Keep::Still);
        QVERIFY(server.picture(*server.plan().output.picture, 0));
        const auto once = server.counters().nodesExecuted.load();
        for (std::int64_t frame = 1; frame < 50; ++frame)
            QVERIFY(server.picture(*server.plan().output.picture, frame));
        QCOMPARE(server.counters().nodesExecuted.load(), once);
    }

    void twoNodesOfOneKeyShareTheirRender()
    {
        NoSources sources;
        const auto blend = [](const char* other) { return recipeText(json(std::string("'a': {'effect': 'julia'}, 'b': {'effect': 'julia'}, 'sa': {'effect': 'blur', 'in': {'picture': 'a'}}, 'sb': {'effect': 'blur', 'in': {'picture': '") + other + "'}}, 'both': {'effect': 'blend', 'in': {'below': 'sa', 'above': 'sb'}, 'args': {'mode': 'add'}}"), "both"); };
        const auto executed = [&](const std::string& text) {
            FrameServer server(*makePlan(graphOf(text), {}, sources), sources);
            if (!server.picture(*server.plan().output.picture, 0))
                return std::int64_t{-1};
            return server.counters().nodesExecuted.load();
        };
        QCOMPARE(executed(blend("b")), executed(blend("a")));
    }
};

QTEST_APPLESS_MAIN(ReadyPlanTest)
#include "ready_plan_test.moc"
