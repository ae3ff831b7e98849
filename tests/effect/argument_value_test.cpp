// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"

#include <QtTest>

#include <set>

using namespace artdag;

namespace {

std::string keyOf(const Value& value)
{
    Hasher hasher;
    addValue(hasher, value);
    return hexOf(hasher.finish());
}

const std::vector<Value>& values()
{
    static const std::vector<Value> all{0.0, 1.0, -1.0, std::int64_t{0}, std::int64_t{1}, false, true, std::string(), std::string("0"), Colour{0, 0, 0, 0},
        Colour{0, 0, 0, 1}, Vec2{0, 0}, Vec2{0, 1}, Vec2{1, 0}, Moment{0}, Moment{1}, Gradient{}, Gradient{{0, {}}}, CurvePoints{}, CurvePoints{{0, 0}}, ContentId{}, ContentId{sha3({})}};
    return all;
}

} // namespace

class ArgumentValueTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void differentValuesHaveDifferentKeys()
    {
        std::set<std::string> keys;
        for (const Value& value : values())
            keys.insert(keyOf(value));
        QCOMPARE(keys.size(), values().size());
    }
    void minusZeroIsZero()
    {
        QCOMPARE(keyOf(-0.0), keyOf(0.0));
        QCOMPARE(keyOf(Vec2{-0.0, 1}), keyOf(Vec2{0, 1}));
    }
    void theBytesOfAValueAreAsDocumented()
    {
        Hasher byHand;
        byHand.addU16(4).addF64(1).addF64(0.5).addF64(0).addF64(1);
        QCOMPARE(keyOf(Colour{1, 0.5, 0, 1}), hexOf(byHand.finish()));
        Hasher text;
        text.addU16(3).addU32(2).add("hi");
        QCOMPARE(keyOf(std::string("hi")), hexOf(text.finish()));
    }
    void componentsComeBack()
    {
        for (const Value& value : values())
            if (const auto components = componentsOf(value); !components.empty())
                QVERIFY(valueOfComponents(value, components) == value);
    }
    void wholeNumbersAreRoundedWithTiesUp()
    {
        QVERIFY(valueOfComponents(std::int64_t{0}, {2.5}) == Value(std::int64_t{3}));
        QVERIFY(valueOfComponents(std::int64_t{0}, {-2.5}) == Value(std::int64_t{-2}));
    }
    void argumentsAreFoundByName()
    {
        const std::vector<Param> params{{.name = "amount"}, {.name = "count", .kind = ParamKind::Integer}, {.name = "colour", .kind = ParamKind::Colour}, {.name = "at", .kind = ParamKind::Time}};
        const std::vector<Value> given{0.25, std::int64_t{7}, Colour{1, 0, 0, 1}, Moment{flicksPerSecond}};
        const Arguments arguments{params, given};
        QCOMPARE(arguments.real("amount"), 0.25);
        QCOMPARE(arguments.integer("count"), 7);
        QCOMPARE(arguments.real("count"), 7.0);
        QVERIFY((arguments.colour("colour") == Colour{1, 0, 0, 1}));
        QCOMPARE(arguments.time("at"), flicksPerSecond);
    }
    void aCallKnowsItsInputsAndFrames()
    {
        const Effect effect{.name = "over", .inputs = {{.name = "below"}, {.name = "above"}, {.name = "mask", .optional = true}}};
        const Canvas canvas{.rate = {30000, 1001}};
        const std::vector<InputFacts> inputs{{.port = 0}, {.port = 2}};
        const Call call{effect, canvas, inputs, {}, {}};
        QCOMPARE(call.input("below"), 0);
        QCOMPARE(call.input("mask"), 1);
        QCOMPARE(call.input("above"), -1);
        for (const std::int64_t frame : {0, 1, 29, 30, 1001, 123456})
            QCOMPARE(call.framesOf(timeOfFrame(frame, canvas.rate)), frame);
        QCOMPARE(call.framesOf(flicksPerSecond), 30); // 29.97
    }
    void halfAFrameIsRoundedUp()
    {
        const Effect effect{};
        const Canvas canvas{.rate = {30, 1}};
        const Call call{effect, canvas, {}, {}, {}};
        QCOMPARE(call.framesOf(flicksPerSecond / 60), 1);
        QCOMPARE(call.framesOf(flicksPerSecond / 60 - 1), 0);
        QCOMPARE(call.framesOf(-flicksPerSecond / 60), 0);
    }
};

QTEST_APPLESS_MAIN(ArgumentValueTest)
#include "argument_value_test.moc"
