// SPDX-License-Identifier: GPL-3.0-or-later
// Signals made of signals and events, against what their descriptions say.
#include "tests/support/run_effect.h"

#include "core/effect/catalogue.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace artdag;

namespace {

EffectRun effectOf(const char* name)
{
    const auto entry = std::ranges::find(builtinEffects().entries, name, &CatalogueEntry::name);
    return EffectRun(*entry->effect);
}

TestStream signalOf(std::function<double(double seconds)> wave)
{
    TestStream stream{{.type = PortType::Signal}};
    stream.signal = [wave = std::move(wave)](Flicks time) { return wave(secondsOfFlicks(time)); };
    return stream;
}

TestStream eventsOf(const std::vector<std::pair<double, double>>& events)
{
    TestStream stream{{.type = PortType::Events}};
    for (const auto& [seconds, strength] : events)
        stream.events.push_back({flicksOfSeconds(seconds), strength});
    return stream;
}

double at(const EffectRun& run, double seconds)
{
    double value = 0;
    run.withCall([&](const Call& call) { value = call.effect.signal(call, flicksOfSeconds(seconds)); });
    return value;
}

std::vector<Event> eventsIn(const EffectRun& run, double from, double to)
{
    std::vector<Event> events;
    run.withCall([&](const Call& call) { call.effect.events(call, flicksOfSeconds(from), flicksOfSeconds(to), events); });
    return events;
}

std::vector<double> secondsIn(const EffectRun& run, double from, double to)
{
    std::vector<double> seconds;
    for (const Event& event : eventsIn(run, from, to))
        seconds.push_back(std::round(secondsOfFlicks(event.time) * 1000) / 1000);
    return seconds;
}

bool near(double a, double b)
{
    return std::fabs(a - b) < 1e-6;
}

using Times = std::vector<double>;

} // namespace

class SignalEffectsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void mathCalculates_data()
    {
        QTest::addColumn<int>("operation");
        QTest::addColumn<double>("result");
        const double results[] = {10, 4, 21, 7.0 / 3, 3, 7, 5, 4, 343, 1, 1, 0};
        for (int i = 0; i < 12; ++i)
            QTest::addRow("%d", i) << i << results[i];
    }
    void mathCalculates()
    {
        QFETCH(int, operation);
        QFETCH(double, result);
        EffectRun two = effectOf("math"), one = effectOf("math");
        two.connect("a", signalOf([](double) { return 7.0; }));
        two.connect("b", signalOf([](double) { return 3.0; }));
        one.connect("a", signalOf([](double) { return 7.0; }));
        one.set("number", 3.0);
        for (EffectRun* run : {&two, &one}) {
            run->set("operation", static_cast<std::int64_t>(operation));
            QVERIFY(near(at(*run, 0.5), result));
        }
    }

    void whatIsDividedByNothingIsNothing()
    {
        EffectRun run = effectOf("math");
        run.connect("a", signalOf([](double) { return 7.0; }));
        for (const std::int64_t operation : {3, 9}) {
            run.set("operation", operation);
            QCOMPARE(at(run, 0), 0.0);
        }
    }

    void anExpressionReadsSignalsNumbersAndTime()
    {
        EffectRun run = effectOf("expression");
        run.connect("a", signalOf([](double t) { return 2 * t; }));
        run.connect("c", signalOf([](double) { return 5.0; }));
        run.set("expression", std::string("a * x + b + c - t + frame"));
        run.set("x", 3.0);
        QVERIFY(near(at(run, 0.5), 3.0 + 0.0 + 5.0 - 0.5 + 15.0));
    }

    void aWrongExpressionIsRefusedWithItsColumn()
    {
        EffectRun run = effectOf("expression");
        run.set("expression", std::string("a + q"));
        const auto facts = run.facts();
        QVERIFY(!facts);
        QCOMPARE(facts.error().fault, Fault::BadInput);
        QVERIFY2(facts.error().message.starts_with("expression: column 5: 'q'"), facts.error().message.c_str());
    }

    void noiseStaysInItsRangeAndIsSmooth()
    {
        EffectRun run = effectOf("noise_signal");
        run.set("frequency", 3.0);
        run.set("low", -2.0);
        run.set("high", 6.0);
        double least = 9, most = -9, step = 0;
        for (double t = 0; t < 60; t += 0.01) {
            least = std::min(least, at(run, t));
            most = std::max(most, at(run, t));
            step = std::max(step, std::fabs(at(run, t + 0.001) - at(run, t)));
        }
        QVERIFY(least >= -2 && most <= 6 && most - least > 4);
        QVERIFY(step < 0.05);
        EffectRun other = run;
        other.set("seed", std::int64_t{2});
        QVERIFY(at(run, 1.3) != at(other, 1.3));
    }

    void aLoopOfNoiseHasNoSeam()
    {
        EffectRun run = effectOf("noise_signal");
        run.set("frequency", 2.7);
        run.set("octaves", std::int64_t{4});
        run.set("loop", Moment{5 * flicksPerSecond});
        for (double t = 0; t < 5; t += 0.37)
            QVERIFY(near(at(run, t), at(run, t + 5)) && near(at(run, t), at(run, t + 15)));
        QVERIFY(std::fabs(at(run, 4.9999) - at(run, 0)) < 0.01);
        QVERIFY(!near(at(run, 1.0), at(run, 2.0)));
    }

    void aSampleIsHeldUntilTheNextEvent()
    {
        EffectRun run = effectOf("sample_hold");
        run.connect("signal", signalOf([](double t) { return 10 * t; }));
        run.connect("events", eventsOf({{1, 1}, {1.5, 1}, {40, 1}}));
        run.set("initial", -1.0);
        QCOMPARE(at(run, 0.9), -1.0);
        QCOMPARE(at(run, 1.0), 10.0);
        QCOMPARE(at(run, 1.49), 10.0);
        QCOMPARE(at(run, 30.0), 15.0);
        QCOMPARE(at(run, 41.0), 400.0);
    }

    void aGlideIsContinuousAlsoWhenItIsInterrupted()
    {
        EffectRun run = effectOf("sample_hold");
        run.connect("signal", signalOf([](double t) { return std::floor(t * 3) * 7 - 20 * t; }));
        run.connect("events", eventsOf({{1, 1}, {1.2, 1}, {1.3, 1}, {4, 1}, {4.9, 1}, {5.2, 1}}));
        run.set("glide", Moment{flicksPerSecond});
        for (double t = 0.5; t < 7; t += 0.01)
            QVERIFY2(std::fabs(at(run, t + 0.001) - at(run, t)) < 0.2, qPrintable(QString::number(t)));
        QVERIFY(near(at(run, 3), 3 * 7 - 26.0)); // the value at 1.3 s
    }

    void eventsAreCountedAndWrapped()
    {
        EffectRun run = effectOf("counter");
        run.connect("events", eventsOf({{1, 1}, {2, 1}, {3, 1}, {4, 1}, {5, 1}}));
        QCOMPARE(at(run, 0.5), 0.0);
        QCOMPARE(at(run, 1.0), 1.0);
        QCOMPARE(at(run, 9.0), 5.0);
        run.set("start", 10.0);
        run.set("step", 90.0);
        run.set("limit", 180.0);
        const double around[] = {10, 100, 10, 100, 10, 100}, back[] = {10, 100, 190, 100, 10, 100}, stop[] = {10, 100, 190, 190, 190, 190};
        for (int count = 0; count <= 5; ++count) {
            run.set("end", std::int64_t{0});
            QCOMPARE(at(run, count + 0.5), around[count]);
            run.set("end", std::int64_t{1});
            QCOMPARE(at(run, count + 0.5), back[count]);
            run.set("end", std::int64_t{2});
            QCOMPARE(at(run, count + 0.5), stop[count]);
        }
    }

    void aCounterBeginsAgainAndGlides()
    {
        EffectRun run = effectOf("counter");
        run.connect("events", eventsOf({{1, 1}, {2, 1}, {3, 1}, {4, 1}}));
        run.connect("reset", eventsOf({{2.5, 1}}));
        QCOMPARE(at(run, 2.4), 2.0);
        QCOMPARE(at(run, 2.6), 0.0);
        QCOMPARE(at(run, 4.5), 2.0);
        run.set("glide", Moment{flicksPerSecond / 2});
        QVERIFY(near(at(run, 3.25), 0.5) && near(at(run, 3.5), 1.0));
    }

    void randomEventsKeepTheirRateAndDoNotDependOnTheRangeAsked()
    {
        EffectRun run = effectOf("random_events");
        run.set("rate", 5.0);
        const auto all = eventsIn(run, 0, 100);
        QCOMPARE(all.size(), std::size_t{500});
        QVERIFY(std::ranges::is_sorted(all, {}, &Event::time));
        std::vector<Event> parts;
        for (double t = 0; t < 99.9; t += 0.7)
            for (const Event& event : eventsIn(run, t, std::min(t + 0.7, 100.0)))
                parts.push_back(event);
        QVERIFY(parts == all);
        run.set("chance", 0.25);
        const std::size_t some = eventsIn(run, 0, 100).size();
        QVERIFY(some > 90 && some < 160);
        run.set("chance", 1.0);
        run.set("regularity", 1.0);
        QCOMPARE(secondsIn(run, 1, 1.7), (Times{1.0, 1.2, 1.4, 1.6}));
    }

    void everySecondEventComesThrough()
    {
        EffectRun run = effectOf("filter_events");
        run.connect("events", eventsOf({{0.1, 1}, {0.2, 0.3}, {0.3, 1}, {0.4, 0.3}, {0.5, 1}, {0.6, 1}}));
        QCOMPARE(secondsIn(run, 0, 1), (Times{0.1, 0.3, 0.5}));
        QCOMPARE(secondsIn(run, 0.25, 0.45), (Times{0.3}));
        run.set("first", std::int64_t{2});
        QCOMPARE(secondsIn(run, 0, 1), (Times{0.2, 0.4, 0.6}));
        run.set("first", std::int64_t{1});
        run.set("least", 0.5);
        QCOMPARE(secondsIn(run, 0, 1), (Times{0.1, 0.5}));
        run.set("delay", 1.0);
        QCOMPARE(secondsIn(run, 0, 2), (Times{1.1, 1.5}));
        run.set("delay", -0.2);
        QCOMPARE(secondsIn(run, 0, 2), (Times{0.3}));
        run.set("every", std::int64_t{1});
        run.set("delay", 0.0);
        run.set("chance", 0.0);
        QVERIFY(eventsIn(run, 0, 2).empty());
    }

    void aTriggerFiresWhereTheSignalCrosses()
    {
        EffectRun run = effectOf("trigger");
        run.connect("signal", signalOf([](double t) { return std::fabs(std::remainder(t, 1.0)) * 2; })); // up to 1 at the halves
        QCOMPARE(secondsIn(run, 0, 2), (Times{0.25, 1.25}));
        QCOMPARE(secondsIn(run, 0.25, 1.25), (Times{0.25}));
        run.set("direction", std::int64_t{1});
        QCOMPARE(secondsIn(run, 0, 2), (Times{0.75, 1.75}));
        run.set("direction", std::int64_t{2});
        QCOMPARE(secondsIn(run, 0, 2), (Times{0.25, 0.75, 1.25, 1.75}));
    }

    void aTremblingSignalTriggersOnceWithAMargin()
    {
        EffectRun run = effectOf("trigger");
        run.connect("signal", signalOf([](double t) { return std::sin(6.2831853 * (t - 0.1)) + 0.5 + 0.3 * std::sin(60 * t); }));
        QVERIFY(secondsIn(run, 0.6, 3.6).size() > 3);
        run.set("margin", 0.7);
        QCOMPARE(secondsIn(run, 0.6, 3.6).size(), std::size_t{3});
    }
};

QTEST_GUILESS_MAIN(SignalEffectsTest)
#include "signal_effects_test.moc"
