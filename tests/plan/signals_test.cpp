// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "core/plan/signals.h"
#include "tests/support/graph_of.h"

#include <QtTest>

#include <algorithm>
#include <cmath>

using namespace artdag;
using namespace artdag::test;

namespace {

std::string json(std::string text)
{
    std::ranges::replace(text, '\'', '"');
    return text;
}

std::shared_ptr<const Plan> planOf(const std::string& nodes, const std::string& picture = "turn", const std::string& sound = {})
{
    NoSources sources;
    auto plan = makePlan(graphOf(recipeText(json(nodes), picture, 4.0, sound)), {}, sources);
    if (!plan)
        qFatal("%s", plan.error().message.c_str());
    return *plan;
}

/// A rotation whose angle follows `source` (25 frames a second).
std::string turned(const std::string& source, const std::string& members)
{
    return source + ", 'bar': {'effect': 'gradient'}, 'turn': {'effect': 'rotate', 'in': {'picture': 'bar'}, 'args': {'angle': {'bind': '" + members + "}}}";
}

double angle(const Plan& plan, std::int64_t frame, const std::string& node = "turn")
{
    return std::get<double>(evaluateArguments(plan, plan.graph->node(node), frame).values[0]);
}

bool near(double a, double b)
{
    return std::fabs(a - b) < 1e-9;
}

const std::string saw = "'wave': {'effect': 'lfo', 'args': {'shape': 'saw', 'frequency': 0.5}}";               // t / 2
const std::string beat = "'beat': {'effect': 'pattern', 'args': {'steps': 'Xo', 'tempo': 60, 'division': 1}}"; // 1 at 0 s, 0.4 at 1 s, …
const std::string step = "'wave': {'effect': 'constant', 'args': {'value': {'keys': [[0, 0], [1, 1, 'hold'], [2, 0, 'hold']]}}}";

} // namespace

class SignalsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aBoundArgumentFollowsItsSignalFrameByFrame()
    {
        const auto plan = planOf(turned(saw, "wave.signal', 'range': [10, 30]"));
        for (const std::int64_t frame : {0, 1, 7, 25, 49})
            QVERIFY2(near(angle(*plan, frame), 10 + 20 * (static_cast<double>(frame) / 25 / 2)), qPrintable(QString::number(frame)));
        QCOMPARE(angle(*plan, 50), 10.0);
    }

    void withoutARangeTheValueIsTheSignalsOwn()
    {
        QCOMPARE(angle(*planOf(turned("'wave': {'effect': 'constant', 'args': {'value': -42}}", "wave'")), 3), -42.0);
    }

    void eventsAreImpulsesThatDecay()
    {
        const auto plan = planOf(turned(beat, "beat.events', 'decay': 0.5"));
        QVERIFY(near(angle(*plan, 0), 1.0));
        QVERIFY(near(angle(*plan, 5), std::exp(-0.2 / 0.5)));
        QVERIFY(near(angle(*plan, 25), std::max(0.4, std::exp(-1.0 / 0.5))));
        const auto usual = planOf(turned(beat, "beat.events'"));
        QVERIFY(near(angle(*usual, 5), std::exp(-0.2 / 0.25)));
        const auto flash = planOf(turned(beat, "beat.events', 'decay': 0"));
        QCOMPARE(angle(*flash, 25), 0.4);
        QCOMPARE(angle(*flash, 26), 0.0);
    }

    void decayLetsPeaksOfASignalFall()
    {
        const auto plan = planOf(turned(step, "wave', 'decay': 0.4"));
        QCOMPARE(angle(*plan, 49), 1.0);
        QVERIFY(near(angle(*plan, 59), std::exp(-(10.0 / 25) / 0.4)));
    }

    void smoothIsTheMeanAroundAFrame()
    {
        const auto plan = planOf(turned(step, "wave', 'smooth': 0.4")); // five frames to each side
        const auto sharp = planOf(turned(step, "wave'"));
        for (const std::int64_t frame : {40, 47, 52, 60}) {
            double sum = 0;
            for (std::int64_t other = frame - 5; other <= frame + 5; ++other)
                sum += angle(*sharp, other);
            QVERIFY(near(angle(*plan, frame), sum / 11));
        }
    }

    void offsetLooksAhead()
    {
        const auto plan = planOf(turned(saw, "wave', 'offset': 0.4"));
        QVERIFY(near(angle(*plan, 10), (0.4 + 0.4) / 2));
    }

    void noiseIsAddedByFrameAndSeed()
    {
        const auto quiet = planOf(turned(saw, "wave'")), noisy = planOf(turned(saw, "wave', 'noise': 0.25, 'seed': 7")), other = planOf(turned(saw, "wave', 'noise': 0.25, 'seed': 8"));
        for (const std::int64_t frame : {0, 9, 30})
            QVERIFY(near(angle(*noisy, frame), angle(*quiet, frame) + 0.25 * (2 * randomUnit(7, static_cast<std::uint64_t>(frame)) - 1)));
        QVERIFY(angle(*noisy, 9) != angle(*other, 9));
    }

    void mapsBendTheUnitRange_data()
    {
        QTest::addColumn<QString>("map");
        QTest::addColumn<double>("bent");
        QTest::newRow("linear") << "linear" << 0.16;
        QTest::newRow("sqrt") << "sqrt" << 0.4;
        QTest::newRow("square") << "square" << 0.0256;
        QTest::newRow("log") << "log" << std::log10(1 + 9 * 0.16);
    }
    void mapsBendTheUnitRange()
    {
        QFETCH(QString, map);
        QFETCH(double, bent);
        const auto plan = planOf(turned(saw, "wave', 'range': [100, 0], 'map': '" + map.toStdString() + "'"));
        QVERIFY(near(angle(*plan, 8), 100 - 100 * bent)); // the wave is at 0.16
    }

    void signalsOfSignalsAndEnvelopes()
    {
        const auto plan = planOf(turned(saw + ", 'calm': {'effect': 'smooth', 'in': {'signal': 'wave'}, 'args': {'time': 0.24}}, 'wide': {'effect': 'remap', 'in': {'signal': 'calm'}, 'args': {'low': 5, 'high': 7}}", "wide'"));
        QVERIFY(near(angle(*plan, 20), 5 + 2 * (0.8 / 2)));
        const auto envelope = planOf(turned(beat + ", 'rise': {'effect': 'envelope', 'in': {'events': 'beat'}, 'args': {'attack': 0.4, 'decay': 0, 'sustain': 1, 'length': 0.4, 'release': 0.4}}", "rise'"));
        QVERIFY(near(angle(*envelope, 5), 0.5));
        QVERIFY(near(angle(*envelope, 15), 0.5));
        QCOMPARE(angle(*envelope, 24), 0.0);
    }

    void deepChainsOfSignalsAreReadOnce()
    {
        std::string nodes = saw, last = "wave";
        for (int i = 0; i < 24; ++i) { // 11 values each: 11^24 without memory
            const std::string name = "s" + std::to_string(i);
            nodes += ", '" + name + "': {'effect': 'smooth', 'in': {'signal': '" + last + "'}, 'args': {'time': 0.4}}";
            last = name;
        }
        const double value = angle(*planOf(turned(nodes, last + "'")), 25);
        QVERIFY(value > 0 && value < 1);
    }

    void anEditOfTheSignalLeavesFramesAloneWhoseValueStays()
    {
        const std::string before = turned("'beat': {'effect': 'pattern', 'args': {'steps': 'x.x.', 'tempo': 60, 'division': 1}}", "beat', 'decay': 0.05"), after = turned("'beat': {'effect': 'pattern', 'args': {'steps': 'x.o.', 'tempo': 60, 'division': 1}}", "beat', 'decay': 0.05");
        const auto one = planOf(before), other = planOf(after);
        for (std::int64_t frame = 0; frame < 50; ++frame)
            QCOMPARE(one->outputFrameKey(frame), other->outputFrameKey(frame));
        QVERIFY(one->outputFrameKey(50) != other->outputFrameKey(50));
        QCOMPARE(one->outputFrameKey(80), other->outputFrameKey(80)); // long decayed
    }

    void aConstantSignalIsTheArgumentItself()
    {
        const auto bound = planOf(turned("'wave': {'effect': 'constant', 'args': {'value': 12}}", "wave'"));
        QCOMPARE(bound->outputFrameKey(3), bound->outputFrameKey(40));
        QVERIFY(!bound->nodes[static_cast<std::size_t>(bound->graph->node("turn"))].animated);
    }

    void aFormulaWithoutTimeAndAPartOfItAreOnePicture()
    {
        const auto animated = [](const std::string& formula) {
            const auto plan = planOf("'drawn': {'effect': 'pixel_formula', 'args': {'formula': '" + formula + "'}}, 'turn': {'effect': 'segment', 'in': {'picture': 'drawn'}, 'args': {'duration': 1}}");
            return plan->nodes[static_cast<std::size_t>(plan->graph->node("drawn"))].animated || plan->nodes[static_cast<std::size_t>(plan->graph->node("turn"))].animated;
        };
        QVERIFY(!animated("u * v"));
        QVERIFY(animated("u * v + t"));
    }

    void aMovedClipKeepsTheKeysOfItsBoundFrames()
    {
        const auto film = [&](const std::string& first) {
            return planOf(turned(saw, "wave', 'range': [0, 90]") + ", 'film': {'effect': 'sequence', 'in': {'items': [{'id': 'a', 'from': 'bar', 'in': 0, 'out': " + first + "}, {'id': 'b', 'from': 'turn', 'in': 0, 'out': 1}]}}", "film");
        };
        const auto before = film("1"), after = film("0.4");
        for (std::int64_t frame = 0; frame < 25; ++frame)
            QCOMPARE(before->outputFrameKey(25 + frame), after->outputFrameKey(10 + frame));
    }

    void everyControlPointOfBoundSoundIsInItsKey()
    {
        const auto loud = [&](const std::string& steps) {
            return planOf("'bar': {'effect': 'gradient'}, 'beat': {'effect': 'pattern', 'args': {'steps': '" + steps + "', 'tempo': 400, 'division': 16}}, 'hum': {'effect': 'tone'}, 'duck': {'effect': 'gain', 'in': {'sound': 'hum'}, 'args': {'gain': {'bind': 'beat', 'decay': 0.001, 'range': [0, -20]}}}", "bar", "duck");
        };
        // The events lie between two frames: a value a frame would not see them.
        const auto one = loud("...x............................................................"), other = loud("....x...........................................................");
        QVERIFY(one->soundKey(*one->output.sound, one->sound) != other->soundKey(*other->output.sound, other->sound));
    }

    void namesOfWaitingStepsAreKnownBeforeTheirKeys()
    {
        const auto plan = planOf(turned("'hum': {'effect': 'tone'}, 'loud': {'effect': 'energy', 'in': {'sound': 'hum'}}, 'calm': {'effect': 'smooth', 'in': {'signal': 'loud'}}", "calm', 'range': [0, 90]"));
        QVERIFY(!plan->ready());
        const auto node = [&](const char* name) -> const PlanNode& { return plan->nodes[static_cast<std::size_t>(plan->graph->node(name))]; };
        const std::vector<int> loud{plan->graph->node("loud")};
        QCOMPARE(plan->analysesToRun(), loud);
        QVERIFY(node("loud").analysisKey && node("loud").waitsFor.empty());
        QCOMPARE(node("calm").waitsFor, loud);
        QCOMPARE(node("turn").waitsFor, loud);
        QVERIFY(node("bar").waitsFor.empty());
    }

    void aBoundSoundLeadsByItsEnergyAndOneAnalysisServesAll()
    {
        const auto plan = planOf("'hum': {'effect': 'tone'}, 'bar': {'effect': 'gradient'}, 'lit': {'effect': 'brightness', 'in': {'picture': 'bar'}, 'args': {'amount': {'bind': 'hum.sound', 'range': [0, 1]}}}, 'turn': {'effect': 'rotate', 'in': {'picture': 'lit'}, 'args': {'angle': {'bind': 'hum.sound'}}}");
        QCOMPARE(plan->graph->nodes.size(), 5U);
        QCOMPARE(plan->analysesToRun(), std::vector<int>{plan->graph->node("hum.sound")});
    }

    void anAnalysisOfSoundIsTheSameForAPreview()
    {
        NoSources sources;
        const auto graph = graphOf(recipeText(json(turned("'hum': {'effect': 'tone'}, 'loud': {'effect': 'energy', 'in': {'sound': 'hum'}}", "loud'")), "turn", 4.0));
        const auto whole = *makePlan(graph, {}, sources), half = *makePlan(graph, {}, sources, {.scale = 0.5});
        const auto index = static_cast<std::size_t>(graph->node("loud"));
        QCOMPARE(*whole->nodes[index].analysisKey, *half->nodes[index].analysisKey);
    }

    void bytesOfAnAnalysisComeBack()
    {
        const Analysis analysis{{{{5, 0.5}, {7, 1.0}}, 0, {}}, {{}, 100, {0.25, 1.0, 0.0}}};
        Bytes bytes = bytesOfAnalysis(analysis);
        QCOMPARE(*analysisOfBytes(bytes), analysis);
        for (std::size_t size = 0; size < bytes.size(); ++size)
            QVERIFY(!analysisOfBytes(ByteView(bytes).first(size)));
        bytes[22] = 0xFF; // more events than there can be
        bytes[29] = 0xFF;
        QVERIFY(!analysisOfBytes(bytes));
    }
};

QTEST_APPLESS_MAIN(SignalsTest)
#include "signals_test.moc"
