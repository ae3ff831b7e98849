// SPDX-License-Identifier: GPL-3.0-or-later
// What remembers gives the same sample by whatever way it is reached, for bounded memory, and says so in its keys.
#include "core/base/random.h"
#include "core/render/ready_plan.h"
#include "core/render/sound_memories.h"
#include "tests/support/graph_of.h"
#include "tests/support/run_effect.h"

#include <QtTest>

#include <cstring>
#include <thread>

using namespace artdag;
using namespace artdag::test;

namespace {

const std::string song = R"("beat": {"effect": "drums"}, "warm": {"effect": "equalizer", "in": {"sound": "beat"}, "args": {"low_gain": 6, "high_gain": {"expr": "t - 3"}}},
    "tight": {"effect": "compressor", "in": {"sound": "warm"}}, "hall": {"effect": "reverb", "in": {"sound": "tight"}}, "echo": {"effect": "delay_sound", "in": {"sound": "tight"}},
    "both": {"effect": "mix", "in": {"items": [{"from": "hall"}, {"from": "echo", "in": 1.5}]}}, "end": {"effect": "limiter", "in": {"sound": "both"}, "args": {"gain": 6}}, "bar": {"effect": "gradient"})";

struct Heard {
    NoSources sources;
    std::shared_ptr<const Plan> plan;
    std::unique_ptr<FrameServer> server;

    explicit Heard(const std::string& nodes, const std::string& sound = "end", double seconds = 20.0)
    {
        auto made = makeReadyPlan(graphOf(recipeText(nodes, "bar", seconds, sound)), {}, sources, nullptr);
        if (!made)
            qFatal("%s", made.error().message.c_str());
        plan = *made;
        server = std::make_unique<FrameServer>(plan, sources);
    }
    [[nodiscard]] Sound at(SampleRange range) const
    {
        auto sound = server->sound(*plan->output.sound, range);
        if (!sound)
            qFatal("%s", sound.error().message.c_str());
        return std::move(*sound);
    }
    [[nodiscard]] SoundKey key(SampleRange range) const { return plan->soundKey(*plan->output.sound, range); }
};

bool samePart(const Sound& part, const Sound& whole)
{
    for (int channel = 0; channel < soundChannels; ++channel)
        if (std::memcmp(part.channel(channel), whole.channel(channel) + (part.range().first - whole.range().first), sizeof(float) * static_cast<std::size_t>(part.range().count)) != 0)
            return false;
    return true;
}

/// An effect that counts, in a memory of `bytes`.
Result<Sound> counted(std::int64_t index, SoundMemory& memory, std::size_t bytes)
{
    memory.samples.resize(bytes / sizeof(float));
    memory.numbers.resize(1);
    memory.numbers[0] = memory.numbers[0] * 0.5 + static_cast<double>(index);
    Sound sound({index * soundBlock, soundBlock});
    sound.channel(0)[0] = static_cast<float>(memory.numbers[0]);
    return sound;
}

} // namespace

class SoundMemoriesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyDivisionGivesTheSame();
    void jumpsGiveTheSame();
    void backwardsIsNotMuchMore();
    void memoryStaysWithinItsBudget();
    void threadsMayHearDifferentPlaces();
    void keysKnowThePast();
    void aGainFromTheWholeIsPlannedFirst();
    void aFailedBlockIsMadeAgain();
};

void SoundMemoriesTest::everyDivisionGivesTheSame()
{
    const Sound whole = Heard(song).at({0, 48000 * 12});
    double power = 0;
    for (std::int64_t i = 0; i < whole.range().count; ++i)
        power += whole.channel(0)[i] * whole.channel(0)[i];
    QVERIFY(power > 1000);
    for (const std::int64_t step : {std::int64_t{48000}, std::int64_t{1001}, soundBlock, std::int64_t{33333}}) {
        const Heard heard(song);
        for (std::int64_t first = 0; first + step <= 48000 * 4; first += step)
            QVERIFY2(samePart(heard.at({first, step}), whole), qPrintable(QString("%1 from %2").arg(step).arg(first)));
    }
}

void SoundMemoriesTest::jumpsGiveTheSame()
{
    const Sound whole = Heard(song).at({0, 48000 * 16});
    const Heard heard(song);
    for (std::uint64_t jump = 0; jump < 24; ++jump) {
        const SampleRange range{static_cast<std::int64_t>(randomUnit(7, jump) * 48000 * 15), 1 + static_cast<std::int64_t>(randomUnit(8, jump) * 40000)};
        QVERIFY2(samePart(heard.at(range), whole), qPrintable(QString("jump %1 to %2").arg(jump).arg(range.first)));
    }
}

void SoundMemoriesTest::backwardsIsNotMuchMore()
{
    const Heard heard(song);
    SoundMemories memories(*heard.plan);
    const std::int64_t blocks = 1000;
    for (std::int64_t block = 0; block < blocks; ++block)
        QVERIFY(memories.block({0, 0}, block, [](std::int64_t index, SoundMemory& memory) { return counted(index, memory, 1000); }));
    for (std::int64_t block = blocks; block-- > 0;)
        QVERIFY(memories.block({0, 0}, block, [](std::int64_t index, SoundMemory& memory) { return counted(index, memory, 1000); }));
    QVERIFY2(memories.blocksMade() < blocks * 5 / 2, qPrintable(QString::number(memories.blocksMade())));
}

void SoundMemoriesTest::memoryStaysWithinItsBudget()
{
    const Heard heard(song);
    for (const std::size_t bytes : {std::size_t{100}, std::size_t{1} << 20, std::size_t{1} << 24}) {
        SoundMemories memories(*heard.plan, std::size_t{8} << 20);
        const auto make = [&](std::int64_t index, SoundMemory& memory) { return counted(index, memory, bytes); };
        for (std::int64_t block = 0; block < 700; ++block)
            QVERIFY(memories.block({0, 0}, block, make));
        QVERIFY2(memories.bytes() <= std::size_t{8} << 20, qPrintable(QString::number(memories.bytes())));
        const float expected = (*memories.block({0, 0}, 699, make))->channel(0)[0];
        QCOMPARE((*memories.block({0, 0}, 3, make))->channel(0)[0], 3 + 1 + 0.25F); // 3 + (2 + (1 + 0/2)/2)/2
        QCOMPARE((*memories.block({0, 0}, 699, make))->channel(0)[0], expected);
    }
}

void SoundMemoriesTest::threadsMayHearDifferentPlaces()
{
    const Sound whole = Heard(song).at({0, 48000 * 8});
    const Heard heard(song);
    std::vector<std::thread> threads;
    std::atomic<int> wrong = 0;
    for (std::uint64_t thread = 0; thread < 4; ++thread)
        threads.emplace_back([&, thread] {
            for (std::uint64_t jump = 0; jump < 6; ++jump)
                wrong += samePart(heard.at({static_cast<std::int64_t>(randomUnit(thread, jump) * 48000 * 7), 30000}), whole) ? 0 : 1;
        });
    for (std::thread& thread : threads)
        thread.join();
    QCOMPARE(wrong.load(), 0);
}

void SoundMemoriesTest::keysKnowThePast()
{
    const auto nodes = [](const std::string& gain) { return R"("pad": {"effect": "synth_pad"}, "loud": {"effect": "gain", "in": {"sound": "pad"}, "args": {"gain": {"expr": ")" + gain + R"("}}}, "end": {"effect": "delay_sound", "in": {"sound": "loud"}}, "bar": {"effect": "gradient"})"; };
    const Heard one(nodes("t < 1 ? -6 : 0")), other(nodes("t < 1 ? -9 : 0")), same(nodes("t < 1 ? -6 : 0 * t"));
    const SampleRange later{48000 * 4, 48000};
    QVERIFY(one.key(later) != other.key(later));
    QVERIFY(one.key(later) == same.key(later));
    QVERIFY(one.plan->soundKey({1, 0}, later) == other.plan->soundKey({1, 0}, later)); // a gain forgets
    QVERIFY(!samePart(one.at(later), other.at(later)));
}

void SoundMemoriesTest::aGainFromTheWholeIsPlannedFirst()
{
    const auto nodes = [](double gain) { return R"("beat": {"effect": "drums", "args": {"level": )" + std::to_string(gain) + R"(}}, "bit": {"effect": "segment", "in": {"sound": "beat"}, "args": {"duration": 6}}, "end": {"effect": "normalize_loudness", "in": {"sound": "bit.sound"}, "args": {"ceiling": 20}}, "bar": {"effect": "gradient"})"; };
    NoSources sources;
    const auto early = makePlan(graphOf(recipeText(nodes(-3), "bar", 6.0, "end")), {}, sources);
    QVERIFY(early && !(*early)->ready());
    QCOMPARE((*early)->analysesToRun().size(), std::size_t{1});
    const Heard loud(nodes(-3), "end", 6.0), soft(nodes(-15), "end", 6.0);
    QVERIFY(loud.plan->ready());
    const Sound a = loud.at({0, 48000 * 6}), b = soft.at({0, 48000 * 6});
    for (std::int64_t i = 0; i < a.range().count; i += 7)
        QVERIFY(std::fabs(a.channel(0)[i] - b.channel(0)[i]) < 1e-4F); // both at the same loudness
    QVERIFY(loud.key({0, 48000}) != soft.key({0, 48000}));
}

void SoundMemoriesTest::aFailedBlockIsMadeAgain()
{
    const Heard heard(song);
    SoundMemories memories(*heard.plan);
    bool broken = true;
    const auto make = [&](std::int64_t index, SoundMemory& memory) -> Result<Sound> {
        auto sound = counted(index, memory, 100);
        if (broken && index == 5)
            return fail(Fault::Cancelled, "rendering was cancelled");
        return sound;
    };
    QVERIFY(!memories.block({0, 0}, 9, make));
    broken = false;
    SoundMemories fresh(*heard.plan);
    QCOMPARE((*memories.block({0, 0}, 9, make))->channel(0)[0], (*fresh.block({0, 0}, 9, make))->channel(0)[0]);
}

QTEST_GUILESS_MAIN(SoundMemoriesTest)
#include "sound_memories_test.moc"
