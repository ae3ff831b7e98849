// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/graph/argument.h"
#include "core/graph/keyframes.h"
#include "core/graph/literal.h"
#include "tests/support/fake_effects.h"

#include <QtTest>

#include <rapidcheck.h>

#include <algorithm>
#include <cmath>

using namespace artdag;
using test::fakeEffects;

namespace {

std::string json(std::string text)
{
    std::ranges::replace(text, '\'', '"');
    return text;
}

const Param& param(std::string_view name)
{
    const auto& params = fakeEffects().find("tint")->effect->params;
    return *std::ranges::find(params, name, &Param::name);
}

GraphArgument argument(std::string_view name, const std::string& text)
{
    ProblemList problems;
    ArgumentScope scope{.rate = {30, 1}, .params = {{"speed", ParamKind::Real, 2.0}, {"when", ParamKind::Time, "f15"}}, .numbers = {{"speed", 2.0}}};
    auto read = readArgument(*readJson(json(text)), param(name), "node 'n'", "", scope, problems);
    const auto list = problems.take();
    if (!list.empty())
        qWarning("%s", list[0].message.c_str());
    return read ? *read : GraphArgument(Value(std::string("nothing")));
}

double realAt(const GraphArgument& argument, double t)
{
    return std::get<double>(std::get<std::shared_ptr<const Animation>>(argument)->at(t, t * 30));
}

bool isConstant(const GraphArgument& argument, const Value& value)
{
    const Value* constant = std::get_if<Value>(&argument);
    return constant != nullptr && *constant == value;
}

} // namespace

class ArgumentTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void literalsOfEachKindAreRead()
    {
        QVERIFY(isConstant(argument("radius", "3"), 3.0));
        QVERIFY(isConstant(argument("radius", "-0.0"), 0.0));
        QVERIFY(isConstant(argument("angle", "-45.5"), -45.5));
        QVERIFY(isConstant(argument("count", "4.0"), std::int64_t{4}));
        QVERIFY(isConstant(argument("wrap", "true"), true));
        QVERIFY(isConstant(argument("mode", "'screen'"), std::int64_t{2}));
        QVERIFY(isConstant(argument("words", "'é'"), std::string("é")));
        QVERIFY(isConstant(argument("colour", "'#f00'"), Colour{1, 0, 0, 1}));
        QVERIFY(isConstant(argument("colour", "'#FF000080'"), Colour{1, 0, 0, 128 / 255.0}));
        QVERIFY(isConstant(argument("colour", "[0, 0.5, 1]"), Colour{0, 0.5, 1, 1}));
        QVERIFY(isConstant(argument("centre", "[0.25, -1]"), Vec2{0.25, -1}));
        QVERIFY(isConstant(argument("extent", "[2, 3]"), Vec2{2, 3}));
        QVERIFY(isConstant(argument("delay", "'f45'"), Moment{flicksPerSecond * 3 / 2}));
        QVERIFY(isConstant(argument("delay", "1.5"), Moment{flicksPerSecond * 3 / 2}));
        QVERIFY(isConstant(argument("font", "''"), ContentId{}));
        QVERIFY(isConstant(argument("shape", "[[0, 1], [1, 0]]"), CurvePoints{{0, 1}, {1, 0}}));
        QVERIFY(isConstant(argument("ramp", "[[0, '#000'], [1, '#fff']]"), Gradient{{0, {0, 0, 0, 1}}, {1, {1, 1, 1, 1}}}));
        QVERIFY(isConstant(argument("seed", "7"), std::int64_t{7}));
        QVERIFY(isConstant(argument("formula", "'r + g'"), std::string("r + g")));
    }
    void everyDefaultIsWrittenAndReadBack()
    {
        for (const CatalogueEntry& entry : fakeEffects().entries)
            for (const Param& each : entry.effect->params) {
                const auto back = valueOfJson(jsonOfValue(each.initial, each), each, {30, 1});
                QVERIFY2(back && *back == each.initial, std::string(each.name).c_str());
            }
    }
    void coloursSurviveTheirText()
    {
        QVERIFY(rc::check("jsonOfValue ∘ valueOfJson keeps any colour", [] {
            const Colour colour{*rc::gen::inRange(0, 256) / 255.0, *rc::gen::inRange(0, 256) / 255.0, *rc::gen::inRange(0, 1001) / 1000.0, *rc::gen::inRange(0, 256) / 255.0};
            const Json json = jsonOfValue(colour, param("colour"));
            RC_ASSERT(*valueOfJson(json, param("colour"), {30, 1}) == Value(colour));
        }));
    }
    void timesSurviveTheirSeconds()
    {
        QVERIFY(rc::check("a time is written in seconds and comes back to the flick", [] {
            const Moment moment{*rc::gen::inRange<Flicks>(0, 60 * flicksPerSecond)};
            RC_ASSERT(*valueOfJson(jsonOfValue(moment, param("delay")), param("delay"), {30, 1}) == Value(moment));
        }));
    }
    void keysHoldBeforeAndAfter()
    {
        const auto ramp = argument("radius", "{'keys': [[1, 10], [2, 20], ['f90', 0]]}");
        QCOMPARE(realAt(ramp, 0), 10.0);
        QCOMPARE(realAt(ramp, 1), 10.0);
        QCOMPARE(realAt(ramp, 1.25), 12.5);
        QCOMPARE(realAt(ramp, 2), 20.0);
        QCOMPARE(realAt(ramp, 2.5), 10.0);
        QCOMPARE(realAt(ramp, 3), 0.0);
        QCOMPARE(realAt(ramp, 99), 0.0);
    }
    void easesShapeTheSpanAfterTheirKey()
    {
        QCOMPARE(realAt(argument("radius", "{'keys': [[0, 0, 'hold'], [1, 8]]}"), 0.999), 0.0);
        QCOMPARE(realAt(argument("radius", "{'keys': [[0, 0, 'smooth'], [1, 8]]}"), 0.25), 8 * 0.15625);
        const auto straight = argument("radius", "{'keys': [[0, 0, [0.25, 0.25, 0.75, 0.75]], [1, 8]]}");
        QVERIFY(std::fabs(realAt(straight, 0.3) - 2.4) < 1e-12);
        const auto over = argument("radius", "{'keys': [[0, 0, [0.3, 2, 0.7, 2]], [1, 500]]}");
        QCOMPARE(realAt(over, 0.5), 512.0); // over its end, but never out of the parameter's range
    }
    void bezierEasesRiseInTimeAndMeetTheirEnds()
    {
        QVERIFY(rc::check("any curve begins at 0 and ends at 1; with y in 0–1 it stays there", [] {
            Ease ease{Ease::Kind::Bezier};
            for (double& part : ease.curve)
                part = *rc::gen::inRange(0, 101) / 100.0;
            RC_ASSERT(ease.at(0) == 0.0);
            RC_ASSERT(ease.at(1) == 1.0);
            const double u = *rc::gen::inRange(0, 1001) / 1000.0;
            RC_ASSERT(ease.at(u) >= 0.0);
            RC_ASSERT(ease.at(u) <= 1.0 + 1e-15);
        }));
        // cubic-bezier(0.25, 0.1, 0.25, 1), solved with 50 digits
        QVERIFY(std::fabs(Ease{Ease::Kind::Bezier, {0.25, 0.1, 0.25, 1.0}}.at(0.5) - 0.802403387584857) < 1e-12);
    }
    void coloursAndPointsMovePerComponent()
    {
        const auto colour = std::get<std::shared_ptr<const Animation>>(argument("colour", "{'keys': [[0, '#000000'], [1, '#ff000000']]}"));
        QVERIFY((colour->at(0.5, 0) == Value(Colour{0.5, 0, 0, 0.5})));
        const auto point = std::get<std::shared_ptr<const Animation>>(argument("centre", "{'keys': [[0, [0, 0]], [2, [1, -2]]]}"));
        QVERIFY((point->at(1, 0) == Value(Vec2{0.5, -1})));
        const auto wheel = std::get<std::shared_ptr<const Animation>>(argument("colour", "{'expr': ['t', '2', '-1']}"));
        QVERIFY((wheel->at(0.25, 0) == Value(Colour{0.25, 1, 0, 1})));
        const auto path = std::get<std::shared_ptr<const Animation>>(argument("centre", "{'expr': ['t', 'frame']}"));
        QVERIFY((path->at(0.25, 1) == Value(Vec2{0.25, 1})));
    }
    void heldKindsAreHeld()
    {
        const auto mode = std::get<std::shared_ptr<const Animation>>(argument("mode", "{'keys': [[0, 'soft'], [1, 'screen']]}"));
        QVERIFY(mode->at(0.99, 0) == Value(std::int64_t{0}));
        QVERIFY(mode->at(1, 0) == Value(std::int64_t{2}));
        const auto words = std::get<std::shared_ptr<const Animation>>(argument("words", "{'keys': [[0, 'one'], [1, 'two', 'hold']]}"));
        QVERIFY(words->at(5, 0) == Value(std::string("two")));
        const auto count = std::get<std::shared_ptr<const Animation>>(argument("count", "{'keys': [[0, 1], [1, 4]]}"));
        QVERIFY(count->at(0.5, 0) == Value(std::int64_t{3}));
    }
    void whatNeverMovesIsAPlainValue()
    {
        QVERIFY(isConstant(argument("radius", "{'keys': [[3, 10, 'smooth']]}"), 10.0));
        QVERIFY(isConstant(argument("radius", "{'keys': [[0, 10], [1, 10]]}"), 10.0));
        QVERIFY(isConstant(argument("radius", "{'expr': 'speed * 4 + 1'}"), 9.0));
        QVERIFY(isConstant(argument("radius", "{'expr': '1e9'}"), 512.0));
        QVERIFY(isConstant(argument("count", "{'expr': '2.5'}"), std::int64_t{3}));
        QVERIFY(isConstant(argument("wrap", "{'expr': 'speed > 1'}"), true));
        QVERIFY(isConstant(argument("delay", "{'expr': '0.5'}"), Moment{flicksPerSecond / 2}));
        QVERIFY(isConstant(argument("quality", "{'expr': 'speed'}"), 2.0));
        QVERIFY(isConstant(argument("radius", "{'param': 'speed'}"), 2.0));
        QVERIFY(isConstant(argument("delay", "{'param': 'when'}"), Moment{flicksPerSecond / 2}));
        QVERIFY(isConstant(argument("radius", "{'param': 'when'}"), 0.5));
    }
    void aKeyAtAFramesTimeIsReachedByThatFrame()
    {
        for (const Rate rate : {Rate{30, 1}, Rate{24000, 1001}, Rate{30000, 1001}, Rate{60, 1}})
            for (int frame = 1; frame < 500; ++frame) {
                ProblemList problems;
                const Json json = {{"keys", Json::array({Json::array({0, 1, "hold"}), Json::array({"f" + std::to_string(frame), 2})})}};
                const auto read = readArgument(json, param("radius"), "node 'n'", "", {.rate = rate}, problems);
                const double t = static_cast<double>(frame) * static_cast<double>(rate.denominator) / static_cast<double>(rate.numerator);
                QCOMPARE(realAt(*read, t), 2.0);
                QCOMPARE(realAt(*read, std::nextafter(t, 0.0)), 1.0);
            }
    }
    void conversionsAreTheTable()
    {
        QVERIFY(converts(PortType::Picture, PortType::Picture));
        QVERIFY(converts(PortType::Events, PortType::Signal));
        QVERIFY(converts(PortType::Sound, PortType::Signal));
        QVERIFY(!converts(PortType::Signal, PortType::Events));
        QVERIFY(!converts(PortType::Picture, PortType::Signal));
        QVERIFY(!converts(PortType::Sound, PortType::Picture));
    }
};

QTEST_APPLESS_MAIN(ArgumentTest)
#include "argument_test.moc"
