// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/effect/expression.h"
#include "core/effect/expression_words.h"

#include <QtTest>

#include <rapidcheck.h>

#include <cmath>

using namespace artdag;

namespace {

const ExpressionNames names{{"speed", 90.0}, {"half", 0.5}};

CompiledExpression compiled(const char* text)
{
    return compileExpression(text, names);
}

} // namespace

class ExpressionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void variablesHaveTheValueOfTheMoment()
    {
        constexpr std::string_view variables[] = {"a", "b"};
        const CompiledExpression sum = compileExpression("a * 10 + b + half + t", names, variables);
        QVERIFY(sum.faults.empty() && sum.expression.moves());
        const double some[] = {2.0, 3.0}, others[] = {-1.0, 0.25};
        QCOMPARE(sum.expression.at(0.0, 0.0, some), 23.5);
        QCOMPARE(sum.expression.at(1.0, 0.0, others), -8.25);
        QVERIFY(!compileExpression("a", names).faults.empty());
    }

    void expressionsHaveTheirValue_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<double>("value");
        const auto row = [](const char* text, double value) { QTest::newRow(text) << QByteArray(text) << value; };
        row("1", 1);
        row("1.5e2", 150);
        row(".5", 0.5);
        row("1 + 2 * 3", 7);
        row("(1 + 2) * 3", 9);
        row("10 - 4 - 3", 3);
        row("100 / 10 / 2", 5);
        row("2 ^ 3 ^ 2", 512);
        row("-2 ^ 2", -4);
        row("2 ^ -1", 0.5);
        row("2 ^ -1 ^ 2", 0.5);
        row("--3", 3);
        row("- - -3", -3);
        row("+3", 3);
        row("-7 % 3", 2);
        row("7 % -3", -2);
        row("5 % 0", 0);
        row("1 / 0", 0);
        row("0 / 0", 0);
        row("1e308 * 10", 0);
        row("sqrt(-1)", 0);
        row("log(0)", 0);
        row("log(-1)", 0);
        row("(-8) ^ 0.5", 0);
        row("1 < 2", 1);
        row("2 <= 1", 0);
        row("1 == 1 && 2 != 3", 1);
        row("0 || 0", 0);
        row("!0 + !5", 1);
        row("1 < 2 == 1", 1);
        row("1 ? 2 : 3", 2);
        row("0 ? 2 : 0 ? 3 : 4", 4);
        row("1 ? 0 ? 5 : 6 : 7", 6);
        row("if(0, 1, 2)", 2);
        row("speed * t", 180);
        row("half + frame", 60.5);
        row("t", 2);
        row("min(3, 1, 2)", 1);
        row("max(3, 1, 2)", 3);
        row("clamp(5, 0, 1)", 1);
        row("mix(10, 20, 0.25)", 12.5);
        row("step(1, 0.5) + step(1, 1)", 1);
        row("smoothstep(0, 1, 0.5)", 0.5);
        row("smoothstep(1, 1, 1)", 1);
        row("smoothstep(0, 4, 1)", 0.15625);
        row("floor(-1.5)", -2);
        row("ceil(-1.5)", -1);
        row("round(2.5) + round(-2.5)", 1);
        row("fract(-0.25)", 0.75);
        row("mod(-1, 4)", 3);
        row("abs(-3) + sign(-3) + sign(0)", 2);
        row("pow(2, 10)", 1024);
        row("exp(0) + log(1)", 1);
        row("sin(0) + cos(0)", 1);
        row("atan2(0, 1)", 0);
        row("degrees(pi)", 180);
        row("radians(180) - pi", 0);
        row("tau - 2 * pi", 0);
        row("asin(2) - pi / 2", 0);
        row("acos(1)", 0);
        row("  1\n+\t1 ", 2);
    }
    void expressionsHaveTheirValue()
    {
        QFETCH(QByteArray, text);
        QFETCH(double, value);
        const auto result = compiled(text.constData());
        QVERIFY2(result.faults.empty(), result.faults.empty() ? "" : result.faults[0].message.c_str());
        const double got = result.expression.at(2.0, 60.0);
        QVERIFY2(std::fabs(got - value) < 1e-12, qPrintable(QString::number(got, 'g', 17)));
    }
    void mistakesAreNamedWithTheirColumn_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("column");
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<QByteArray>("hint");
        const auto row = [](const char* text, int column, const char* message, const char* hint) { QTest::newRow(*text ? text : "empty") << QByteArray(text) << column << QByteArray(message) << QByteArray(hint); };
        row("", 1, "found the end", "not finished");
        row("1 +", 4, "found the end", "not finished");
        row("sped * t", 1, "'sped' is not a name here", "did you mean 'speed'?");
        row("1 + sn(t)", 5, "'sn' is not a function", "did you mean 'sin'");
        row("sin", 1, "'sin' is a function", "write sin(…)");
        row("sin()", 1, "takes 1 value, got 0", "");
        row("atan2(1)", 1, "takes 2 values, got 1", "");
        row("min(1)", 1, "takes 2–16 values, got 1", "");
        row("(1 + 2", 7, "expected ')' to close '('", "");
        row("1 2", 3, "expected an operator", "write '*' to multiply");
        row("2(3)", 2, "expected an operator", "write '*' to multiply");
        row("speed = 1", 7, "'=' is no operator", "'=='");
        row("1 ? 2", 6, "expected ':' of '?'", "");
        row("1 & 2", 3, "found '&'", "");
        row("ä + 1", 1, "found 'ä'", "");
        row("1 + é", 5, "found 'é'", "");
        row("1e999", 1, "out of range", "");
        row(".", 1, "expected a number", "");
        row("system(1)", 1, "is not a function", "");
    }
    void mistakesAreNamedWithTheirColumn()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, column);
        QFETCH(QByteArray, message);
        QFETCH(QByteArray, hint);
        const auto result = compiled(text.constData());
        QCOMPARE(result.faults.size(), std::size_t{1});
        QCOMPARE(result.faults[0].column, column);
        QVERIFY2(result.faults[0].message.find(message.toStdString()) != std::string::npos, result.faults[0].message.c_str());
        QVERIFY2(result.faults[0].hint.find(hint.toStdString()) != std::string::npos, result.faults[0].hint.c_str());
    }
    void depthAndLengthAreLimited()
    {
        for (const char* open : {"(", "-", "sin(", "2^", "1?", "1?1:", "!"}) {
            std::string text;
            while (text.size() < 4000)
                text += open;
            QCOMPARE(compileExpression(text, {}).faults.size(), std::size_t{1});
        }
        QVERIFY(!compileExpression(std::string(1'000'000, '1'), {}).faults.empty());
        std::string sum = "1";
        for (int i = 0; i < 1000; ++i)
            sum += "+1";
        QCOMPARE(compileExpression(sum, {}).expression.at(0, 0), 1001.0);
    }
    void onlyTimeMakesAnExpressionMove()
    {
        QVERIFY(!compiled("speed * pi + noise(3) + hash(1)").expression.moves());
        QVERIFY(compiled("0 * t").expression.moves());
        QVERIFY(compiled("frame").expression.moves());
    }
    void everyFunctionIsTotal()
    {
        const double cases[] = {0.0, -0.0, 1.0, -1.0, 0.5, 1e-320, 1e300, -1e300, 1.7e308, 3.5e15, -7.25};
        for (const ExpressionFunction& function : expressionFunctions())
            for (const double a : cases)
                for (const double b : cases) {
                    const ExpressionNames given{{"a", a}, {"b", b}};
                    std::string text = std::string(function.name) + "(a";
                    for (int i = 1; i < function.least; ++i)
                        text += i % 2 == 1 ? ", b" : ", a";
                    const auto result = compileExpression(text + ")", given);
                    QVERIFY(result.faults.empty());
                    QVERIFY2(std::isfinite(result.expression.at(0, 0)), text.c_str());
                }
    }
    void anyTextIsAnswered()
    {
        QVERIFY(rc::check("any bytes compile or give one fault; what compiles is finite", [] {
            const auto picks = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 24));
            static const char* parts[] = {"1", "t", "(", ")", "+", "-", "*", "/", "^", "%", "?", ":", ",", "<", "==", "!", "sin(", "min(", "speed", ".", "e", " ", "\xFF", "&&"};
            std::string text;
            for (const int pick : picks)
                text += parts[pick];
            const auto result = compileExpression(text, names);
            RC_ASSERT(result.faults.size() <= 1);
            RC_ASSERT(std::isfinite(result.expression.at(1.25, 30.0)));
        }));
    }
    void noiseIsSmoothAndBounded()
    {
        double last = valueNoise(-10.0), largestStep = 0, least = 1, most = -1;
        for (int i = 1; i <= 20'000; ++i) {
            const double now = valueNoise(-10.0 + i / 1000.0);
            largestStep = std::max(largestStep, std::fabs(now - last));
            least = std::min(least, now);
            most = std::max(most, now);
            last = now;
        }
        QVERIFY(least >= -1 && most < 1 && most - least > 0.5);
        QVERIFY(largestStep < 0.004); // slope of a value noise is at most 1.5 · 2
        QVERIFY(valueNoise(0.5, 0.5) != valueNoise(0.5, 1.5));
        QCOMPARE(valueNoise(1e300), 0.0);
    }
    /// These bits are in artists' films: they may never change. (Computed by a second implementation, in Python.)
    void randomFunctionsAreFrozen()
    {
        QVERIFY(compiled("hash(1)").expression.at(0, 0) == 0.3589359465617018);
        QVERIFY(compiled("noise(0.5)").expression.at(0, 0) == 0.5869660711939412);
        QVERIFY(compiled("noise(0.25, 7.75)").expression.at(0, 0) == 0.04466476534596264);
    }
};

QTEST_APPLESS_MAIN(ExpressionTest)
#include "expression_test.moc"
