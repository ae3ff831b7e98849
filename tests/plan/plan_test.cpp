// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/plan.h"
#include "tests/support/graph_of.h"

#include <QtTest>

#include <algorithm>
#include <set>

using namespace artdag;
using namespace artdag::test;

namespace {

/// JSON is easier to read here with single quotes.
std::string json(std::string text)
{
    std::ranges::replace(text, '\'', '"');
    return text;
}

std::shared_ptr<const Plan> planOf(const std::string& text)
{
    NoSources sources;
    auto plan = makePlan(graphOf(text), {}, sources);
    if (!plan)
        qFatal("%s", plan.error().message.c_str());
    return *plan;
}

const std::string turning = json("'bar': {'effect': 'gradient'}, 'turn': {'effect': 'rotate', 'in': {'picture': 'bar'}, 'args': {'angle': {'expr': '30 * t'}}}");

std::set<FrameKey> keysOf(const Plan& plan)
{
    std::set<FrameKey> keys;
    for (std::int64_t frame = 0; frame < plan.frames; ++frame)
        keys.insert(plan.outputFrameKey(frame));
    return keys;
}

} // namespace

class PlanTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void stillStretchesAreOneWork()
    {
        const auto plan = planOf(recipeText(json("'bar': {'effect': 'gradient'}"), "bar"));
        QCOMPARE(plan->frames, 50);
        QCOMPARE(keysOf(*plan).size(), 1U);
    }

    void everyFrameOfAMovingPictureIsItsOwnWork()
    {
        QCOMPARE(keysOf(*planOf(recipeText(turning, "turn"))).size(), 50U);
    }

    void namesAndLayoutEnterNoKey()
    {
        const auto one = planOf(recipeText(turning, "turn"));
        const auto other = planOf(recipeText(json("'a': {'effect': 'gradient'}, 'b': {'effect': 'rotate', 'in': {'picture': 'a'}, 'args': {'angle': {'expr': '30 * t'}}}"), "b"));
        QCOMPARE(one->outputFrameKey(7), other->outputFrameKey(7));
    }

    void orderOfInputsIsInTheKey()
    {
        const std::string nodes = json("'a': {'effect': 'gradient'}, 'b': {'effect': 'checker'}, 'both': {'effect': 'blend', 'in': {'below': '");
        const auto ab = planOf(recipeText(nodes + json("a', 'above': 'b'}}"), "both"));
        const auto ba = planOf(recipeText(nodes + json("b', 'above': 'a'}}"), "both"));
        QVERIFY(ab->outputFrameKey(0) != ba->outputFrameKey(0));
    }

    void anArgumentAtOneInstantChangesOnlyItsFrames()
    {
        const std::string keys = json("'bar': {'effect': 'gradient'}, 'turn': {'effect': 'rotate', 'in': {'picture': 'bar'}, 'args': {'angle': {'keys': [[0, 0, 'linear'], [1, 10, 'linear'], [2, ");
        const auto before = planOf(recipeText(keys + "20]]}}}", "turn"));
        const auto after = planOf(recipeText(keys + "30]]}}}", "turn"));
        for (std::int64_t frame = 0; frame <= 25; ++frame)
            QCOMPARE(before->outputFrameKey(frame), after->outputFrameKey(frame));
        for (std::int64_t frame = 26; frame < 50; ++frame)
            QVERIFY(before->outputFrameKey(frame) != after->outputFrameKey(frame));
    }

    void chunksBeginAtCutsAndThenEverySecond()
    {
        const auto plan = planOf(recipeText(turning + json(", 'film': {'effect': 'sequence', 'in': {'items': [{'id': 'a', 'from': 'turn', 'in': 0, 'out': 0.6}, {'id': 'b', 'from': 'bar', 'in': 0, 'out': 3}]}}"), "film", 3.0));
        std::vector<std::pair<std::int64_t, std::int64_t>> chunks;
        for (const PlanChunk& chunk : plan->chunks)
            chunks.emplace_back(chunk.first, chunk.count);
        const std::vector<std::pair<std::int64_t, std::int64_t>> expected{{0, 15}, {15, 25}, {40, 25}, {65, 10}};
        QCOMPARE(chunks, expected);
    }

    void aClipThatMovedKeepsTheKeysOfItsFrames()
    {
        const std::string film = json(", 'film': {'effect': 'sequence', 'in': {'items': [{'id': 'a', 'from': 'bar', 'in': 0, 'out': ");
        const std::string rest = json("}, {'id': 'b', 'from': 'turn', 'in': 0, 'out': 1}]}}");
        const auto before = planOf(recipeText(turning + film + "1" + rest, "film"));
        const auto after = planOf(recipeText(turning + film + "0.4" + rest, "film"));
        for (std::int64_t frame = 0; frame < 25; ++frame)
            QCOMPARE(before->outputFrameKey(25 + frame), after->outputFrameKey(10 + frame));
        const EncodeProfile profile = *encodeProfile("share-h264");
        QCOMPARE(before->chunkKey({25, 25}, profile), after->chunkKey({10, 25}, profile));
    }

    void aLongerFilmKeepsItsEarlierChunks()
    {
        const EncodeProfile profile = *encodeProfile("share-h264");
        const auto two = planOf(recipeText(turning, "turn", 2.0));
        const auto five = planOf(recipeText(turning, "turn", 5.0));
        for (const PlanChunk& chunk : two->chunks)
            QCOMPARE(two->chunkKey(chunk, profile), five->chunkKey(chunk, profile));
    }

    void theWorkedExampleOfTheDocsHolds()
    {
        const auto plan = planOf(recipeText(json("'red': {'effect': 'solid', 'args': {'colour': '#ff0000'}}"), "red"));
        const Bytes rest = *bytesOfHex("05000000736f6c6964"                                                           // solid
                                       "01000000"                                                                     // version
                                       "010001000400000000000000f03f00000000000000000000000000000000000000000000f03f" // one argument
                                       "0000"                                                                         // no items
                                       "40000000300000001900000000000000010000000000000080bb0000000000000000f03f"     // canvas
                                       "00004000000030000000");                                                       // its picture
        const Digest node = Hasher().add("artdag.node.1\n").add(rest).finish();
        QCOMPARE(hexOf(node), std::string("7ab8697352536904e93b5880f738eec94d9aab3b4cf6b827bf00a90e36502268"));
        QCOMPARE(plan->nodes[0].staticDigest, node);
        QCOMPARE(plan->outputFrameKey(0).hex(), std::string("b63e6370b11c3c5bd2972667cdc680741dc68e35e06075cfc68401e57d3a36c0"));
    }

    void encoderSettingsAreInTheChunkKeyOnly()
    {
        const auto plan = planOf(recipeText(turning, "turn"));
        QVERIFY(plan->chunkKey(plan->chunks[0], *encodeProfile("share-h264")) != plan->chunkKey(plan->chunks[0], *encodeProfile("master-ffv1")));
    }

    void soundKeysFollowArgumentsAndRanges()
    {
        const std::string tone = json("'bar': {'effect': 'gradient'}, 'beep': {'effect': 'tone', 'args': {'frequency': ");
        const auto low = planOf(recipeText(tone + "220}}", "bar", 2.0, "beep"));
        const auto high = planOf(recipeText(tone + "440}}", "bar", 2.0, "beep"));
        const NodePort port = *low->output.sound;
        QCOMPARE(low->sound.count, 96000);
        QVERIFY(low->soundKey(port, low->sound) != high->soundKey(port, high->sound));
        QVERIFY(low->soundKey(port, {0, 100}) != low->soundKey(port, {100, 100}));
        QCOMPARE(low->soundKey(port, {0, 100}), low->soundKey(port, {0, 100}));
    }

    void aPlanThatTakesOverKeysHasTheKeysOfAFreshOne()
    {
        NoSources sources;
        const auto film = [](const char* amount, const char* angle, double seconds) {
            return graphOf(recipeText(json(std::string("'bar': {'effect': 'gradient'}, 'lit': {'effect': 'brightness', 'in': {'picture': 'bar'}, 'args': {'amount': ") + amount + "}}, 'soft': {'effect': 'blur', 'in': {'picture': 'lit'}}, 'turn': {'effect': 'rotate', 'in': {'picture': 'soft'}, 'args': {'angle': {'expr': '" + angle + " * t'}}}, 'film': {'effect': 'sequence', 'in': {'items': [{'id': 'a', 'from': 'turn', 'in': 0, 'out': 1}, {'id': 'b', 'from': 'lit', 'in': 0, 'out': 1, 'args': {'transition': 'crossfade', 'overlap': 0.4}}]}}"), "film", seconds));
        };
        const std::shared_ptr<const Graph> states[] = {film("0.1", "30", 2), film("0.2", "30", 2), film("0.2", "40", 2), film("0.2", "40", 3), film("0.1", "30", 2)};
        std::shared_ptr<const Plan> before;
        for (const auto& state : states) {
            const auto fresh = *makePlan(state, {}, sources);
            before = *makePlan(state, {}, sources, {.previous = before});
            for (std::int64_t frame = 0; frame < fresh->frames; ++frame)
                QCOMPARE(before->outputFrameKey(frame), fresh->outputFrameKey(frame));
        }
    }

    void anUnknownOutputIsNotFound()
    {
        NoSources sources;
        const auto plan = makePlan(graphOf(recipeText(turning, "turn")), "poster", sources);
        QVERIFY(!plan);
        QCOMPARE(plan.error().fault, Fault::NotFound);
        QVERIFY(plan.error().message.find("poster") != std::string::npos);
    }
};

QTEST_APPLESS_MAIN(PlanTest)
#include "plan_test.moc"
