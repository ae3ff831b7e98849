// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formula/formula.h"

#include "core/base/random.h"
#include "core/picture/rows.h"
#include "core/picture/simd.h"

#include <QtTest>

#include <cmath>
#include <cstring>
#include <limits>

using namespace artdag;

namespace {

constexpr std::string_view inputs[] = {"x", "y"};
constexpr std::pair<std::string_view, double> values[] = {{"t", 1.5}, {"p", 0.25}};

/// A picture whose plane k holds k + u + 10·v.
class Ramp final : public FormulaPicture {
public:
    void sample(int plane, const double* u, const double* v, double* out, std::size_t n) const override
    {
        for (std::size_t i = 0; i < n; ++i)
            out[i] = plane + u[i] + 10 * v[i];
    }
};

std::vector<double> run(std::string_view text, double x = 0, double y = 0, bool picture = false)
{
    const auto formula = compileFormula(text, {inputs, values, picture});
    if (!formula)
        qFatal("%s", formula.error().message.c_str());
    FormulaRows rows(*formula);
    std::fill_n(rows.input(0), FormulaRows::block, x);
    std::fill_n(rows.input(1), FormulaRows::block, y);
    const Ramp ramp;
    rows.run(FormulaRows::block, &ramp);
    std::vector<double> numbers;
    for (int i = 0; i < formula->results(); ++i)
        numbers.push_back(rows.result(i)[FormulaRows::block / 2]);
    return numbers;
}

double value(std::string_view text, double x = 0, double y = 0)
{
    return run(text, x, y).front();
}

} // namespace

class FormulaTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void arithmeticIsThatOfMathematics_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<double>("wanted");
        const auto row = [](const char* text, double wanted) { QTest::newRow(text) << QByteArray(text) << wanted; };
        row("1 + 2 * 3", 7);
        row("(1 + 2) * 3", 9);
        row("2 ^ 3 ^ 2", 512);
        row("-2 ^ 2", -4);
        row("2 ^ -1", 0.5);
        row("7 % 3", 1);
        row("-7 % 3", 2);
        row("7 - 2 - 1", 4);
        row("1 < 2 && 2 <= 2 && 3 > 2 && 2 >= 2 && 1 == 1 && 1 != 2", 1);
        row("0 || 0", 0);
        row("!0 + !3", 1);
        row("1 > 2 ? 10 : 20", 20);
        row("0 ? 1 : 1 ? 2 : 3", 2);
        row("1 / 0", 0);
        row("0 % 0", 0);
        row("sqrt(-4)", 0);
        row("(-8) ^ (1 / 3)", 0);
        row("(-2) ^ 5", -32);
        row("0 ^ 0", 1);
        row("t * 2 + p", 3.25);
        row("a = 2; a *= 3; a -= 1; a", 5);
        row("s = 0; for i in 0..5 { s += i; } s", 10);
        row("s = 0; for i in 1..3 { for k in 0..i { s += 1 } } s", 3);
        row("min(3, 1, 2) + 10 * max(3, 1, 2)", 31);
        row("floor(-1.5) + ceil(-1.5) + round(2.5) + fract(-0.25)", -2 - 1 + 3 + 0.75);
        row("sign(-3) + sign(0) + 10 * sign(2)", 9);
        row("step(2, 3) + step(3, 2) + step(2, 2)", 2);
        row("clamp(5, 0, 1) + clamp(-5, 0, 1) + clamp(0.5, 0, 1)", 1.5);
        row("mix(10, 20, 0.25)", 12.5);
        row("smoothstep(0, 2, 1) + smoothstep(0, 1, 3)", 1.5);
        row("dot(vec3(1, 2, 3), vec3(4, 5, 6))", 32);
        row("length(vec2(3, 4)) + distance(vec2(1, 1), vec2(4, 5))", 10);
        row("cross(vec3(1, 0, 0), vec3(0, 1, 0)).z", 1);
        row("vec4(1, 2, 3, 4).wzyx.x + vec2(5, 6).g", 10);
        row("length(normalize(vec3(1, 2, 2)))", 1);
        row("# what follows is one\n1", 1);
        row("0.5e1 + .5", 5.5);
        row("length(rotate(vec2(1, 0), 90) - vec2(0, 1)) < 0.000001", 1);
    }
    void arithmeticIsThatOfMathematics()
    {
        QFETCH(QByteArray, text);
        QFETCH(double, wanted);
        QVERIFY2(std::abs(value(text.toStdString()) - wanted) < 1e-12, qPrintable(QString::number(value(text.toStdString()), 'g', 17)));
    }

    /// Against the C library, at places far and near.
    void functionsAreExactTo12Digits_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("which");
        int which = 0;
        for (const char* text : {"sin(x)", "cos(x)", "tan(x)", "exp(x)", "log(abs(x))", "pow(abs(x), y)", "atan(y, x)", "atan(x)", "sqrt(abs(x))", "x % y", "x ^ 3"})
            QTest::newRow(text) << QByteArray(text) << which++;
    }
    void functionsAreExactTo12Digits()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, which);
        for (const double x : {-700.25, -30.0, -3.3, -1.0, -0.7, -1e-5, 0.0, 1e-9, 0.41, 0.5, 1.0, 1.570796, 3.0, 8.5, 100.0, 650.0})
            for (const double y : {-3.5, -1.0, 0.25, 2.0, 7.75}) {
                const double wanted[] = {std::sin(x), std::cos(x), std::tan(x), std::exp(x), x == 0 ? std::log(1e-300) : std::log(std::abs(x)), x == 0 ? 0.0 : std::pow(std::abs(x), y), std::atan2(y, x), std::atan(x), std::sqrt(std::abs(x)), x - y * std::floor(x / y), x * x * x};
                const double found = value(text.toStdString(), x, y), right = std::abs(wanted[which]) < 1e30 ? wanted[which] : 0.0; // what is larger is no number
                QVERIFY2(std::abs(found - right) <= 2e-12 * std::max(1.0, std::abs(right)) || std::abs(found - right) <= 1e-11 * std::abs(right), qPrintable(QString("%1 %2: %3 for %4").arg(x).arg(y).arg(found, 0, 'g', 17).arg(right, 0, 'g', 17)));
            }
    }

    void hsvGoesRoundTheWheel()
    {
        QCOMPARE(run("hsv(0, 1, 1)"), (std::vector<double>{1, 0, 0}));
        const auto green = run("hsv(1 / 3, 1, 0.5)");
        QVERIFY(std::abs(green[0]) < 1e-12 && std::abs(green[1] - 0.5) < 1e-12 && std::abs(green[2]) < 1e-12);
        QCOMPARE(run("hsv(0.7, 0, 0.25)"), (std::vector<double>{0.25, 0.25, 0.25}));
    }

    void vectorsGoNumberByNumber()
    {
        QCOMPARE(run("vec3(1, 2, 3) * 2 + vec3(1)"), (std::vector<double>{3, 5, 7}));
        QCOMPARE(run("x > 0 ? vec2(1, 2) : vec2(3, 4)", -1), (std::vector<double>{3, 4}));
        QCOMPARE(run("vec4(vec2(1, 2), 3, 4).zw"), (std::vector<double>{3, 4}));
    }

    void samplesReadThePicture()
    {
        QCOMPARE(run("sample(x, y)", 0.5, 2, true), (std::vector<double>{20.5, 21.5, 22.5, 23.5}));
        QCOMPARE(run("sample(vec2(x, y)).g", 0.5, 2, true), (std::vector<double>{21.5}));
    }

    void noiseIsSmoothAndHashIsNot()
    {
        double most = 0, least = 1, steepest = 0, sum = 0;
        for (int i = 0; i < 4000; ++i) {
            const double x = i * 0.013, here = value("noise(x, y, t)", x, 0.3 * x), next = value("noise(x, y, t)", x + 1e-4, 0.3 * x);
            most = std::max(most, here);
            least = std::min(least, here);
            steepest = std::max(steepest, std::abs(next - here) / 1e-4);
            sum += value("hash(x, y)", i, 3);
        }
        QVERIFY(most > 0.5 && most < 1.0 && least < -0.5 && least >= -1.0);
        QVERIFY(steepest < 6.0);
        QVERIFY(std::abs(sum / 4000 - 0.5) < 0.02);
        QCOMPARE(value("hash(x)", 2.2), value("hash(x)", 2.9));
        QVERIFY(value("hash(x)", 2.2) != value("hash(x)", 3.2));
    }

    /// Where a place is known to be whole on an axis, that axis is left out, and nothing else changes.
    void noiseOfFewerAxesIsTheSameNoise()
    {
        for (int i = 0; i < 500; ++i) {
            const double x = i * 0.37 - 90, y = 40 - i * 0.21;
            QCOMPARE(std::bit_cast<std::uint64_t>(value("noise(x, y)", x, y)), std::bit_cast<std::uint64_t>(value("noise(x, y, floor(x) * 0)", x, y)));
            QCOMPARE(std::bit_cast<std::uint64_t>(value("noise(x, y, -7)", x, y)), std::bit_cast<std::uint64_t>(value("noise(x, y, floor(x) * 0 - 7)", x, y)));
            QCOMPARE(std::bit_cast<std::uint64_t>(value("noise(x)", x)), std::bit_cast<std::uint64_t>(value("noise(x, floor(x) * 0, floor(x) * 0)", x)));
            QCOMPARE(std::bit_cast<std::uint64_t>(value("noise(x, 3, 5)", x)), std::bit_cast<std::uint64_t>(value("noise(x, floor(x) * 0 + 3, floor(x) * 0 + 5)", x)));
        }
    }

    void nothingIsEverNoNumber()
    {
        for (const char* text : {"x / y", "exp(x * 1e6) - exp(y * 1e6)", "log(x) * exp(1e9)", "1e300 * 1e300 * x - 1e300 * 1e300", "noise(x * 1e200, y)", "sin(x * 1e300)", "pow(x, y * 1e9)", "sqrt(x) % y", "hash(1e300 * 1e300 * x)"})
            for (const double x : {0.0, -1.0, 3.0, 1e308})
                QVERIFY(std::isfinite(value(text, x, -x)));
    }

    void kernelsAgreeAtEveryLevel()
    {
        std::vector<double> a(1000), b(1000), c(1000), first(1000), other(1000);
        for (std::size_t i = 0; i < a.size(); ++i) {
            a[i] = (randomUnit(1, i) - 0.5) * std::exp2(static_cast<double>(i % 40) - 12);
            b[i] = i % 7 == 0 ? 0.0 : (randomUnit(2, i) - 0.5) * 30;
            c[i] = i % 5 == 0 ? a[i] : 3 * randomUnit(3, i);
        }
        a[3] = std::numeric_limits<double>::infinity();
        a[4] = std::numeric_limits<double>::quiet_NaN();
        for (int operation = 0; operation <= static_cast<int>(FormulaOperation::Hash); ++operation)
            for (const SimdLevel level : {SimdLevel::V2, SimdLevel::V3, SimdLevel::V4}) {
                if (level == SimdLevel::V4 && !__builtin_cpu_supports("avx512f"))
                    continue; // levels_test says which levels this machine has
                auto& found = level == SimdLevel::V2 ? first : other;
                rowKernelsOf(level).formula(static_cast<FormulaOperation>(operation), a.data(), b.data(), c.data(), found.data(), static_cast<long>(a.size()));
                if (level != SimdLevel::V2)
                    QVERIFY2(std::memcmp(first.data(), other.data(), first.size() * sizeof(double)) == 0, qPrintable(QString::number(operation)));
            }
    }

    void whatIsWrongIsNamedWithItsColumn_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("message");
        const auto row = [](const char* text, const char* message) { QTest::newRow(text) << QByteArray(text) << QByteArray(message); };
        row("", "column 1: the last line must say");
        row("a = 1", "column 6: the last line must say");
        row("x +", "column 4: expected a number or a name, found the end");
        row("x + zz", "column 5: there is no 'zz'");
        row("sn(x)", "column 1: there is no function 'sn'; did you mean 'sin'?");
        row("sin(x, y)", "column 1: sin takes 1 arguments, got 2");
        row("(x", "column 3: expected ')', found the end");
        row("x = 1; x", "column 1: 'x' has a meaning already");
        row("sin = 1; sin", "column 1: 'sin' has a meaning already");
        row("1; 2", "column 1: what comes of this line goes nowhere");
        row("vec2(1, 2) + vec3(1)", "column 12: a vector of 2 and one of 3");
        row("vec2(1, 2).z", "column 12: a vector of 2 has no part 'z'");
        row("for i in 0..x { } 1", "column 13: how often a loop runs must be known");
        row("for i in 3..1 { } 1", "column 5: this loop never runs");
        row("for i in 0..1000000 { for k in 0..1000000 { } } 1", "too long");
        row("for i in 0..4 { a = i", "a '}' is missing");
        row("a = 1 2; a", "column 7: expected ';' before '2'");
        row("x $ y", "column 3: this sign means nothing");
        row("sample(x, y)", "column 1: there is no picture to sample");
        row("1e999", "column 1: this number is too large");
        row("ä + 1", "column 1: this sign means nothing");
        row("vec3(1, 2)", "vec3 takes 3 numbers, got 2");
        row("(x > vec2(1)) ? 1 : 2", "must be one number");
    }
    void whatIsWrongIsNamedWithItsColumn()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, message);
        const auto formula = compileFormula(text.toStdString(), {inputs, values});
        QVERIFY(!formula);
        QCOMPARE(formula.error().fault, Fault::BadInput);
        QVERIFY2(QByteArray::fromStdString(formula.error().message).contains(message), formula.error().message.c_str());
    }

    void deepNestingIsRefused()
    {
        for (const std::string& part : {std::string("("), std::string("sin("), std::string("2^")}) {
            std::string text;
            for (int i = 0; i < 3000; ++i)
                text += part;
            QVERIFY(!compileFormula(text, {inputs, values}));
        }
        QVERIFY(!compileFormula(std::string(20000, '-'), {inputs, values}));
    }

    void columnsAndLinesAreWorkedOutOnce_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char* text : {"x", "y", "vec2(x, y)", "sin(x) * cos(y) + x * y", "a = sin(x * 3); b = noise(y, 2); c = a * b; vec3(c + a, a - b, b)", "vec3(sin(x), sin(sin(x)), sin(sin(sin(x))))",
                 "for i in 0..6 { y2 = y + i; s = sin(y2) * x; q = hash(floor(x * i), floor(y2)); x2 = x * i; w = s + q + x2; } w", "sample(x, 1) + sample(2, y) + sample(x, y)",
                 "c = 0; for i in 0..9 { c += hash(floor(x * 9), i) * noise(y * i, x); } vec4(c, x, y, 1)"})
            QTest::newRow(text) << QByteArray(text);
    }
    void columnsAndLinesAreWorkedOutOnce()
    {
        QFETCH(QByteArray, text);
        const auto plain = compileFormula(text.toStdString(), {inputs, values, true});
        const auto parted = compileFormula(text.toStdString(), {inputs, values, true, 0b1111, 0b01, 0b10});
        QVERIFY(plain && parted);
        FormulaRows one(*plain), other(*parted);
        const Ramp ramp;
        constexpr std::size_t n = 50;
        for (const double first : {0.25, 7.5}) // two blocks of columns
            for (int y = 0; y < 5; ++y) {
                for (FormulaRows* rows : {&one, &other})
                    for (std::size_t i = 0; i < n; ++i)
                        rows->input(0)[i] = first + static_cast<double>(i), rows->input(1)[i] = 3.5 * y - 4;
                one.run(n, &ramp);
                other.run(n, &ramp, y > 0);
                for (int result = 0; result < plain->results(); ++result)
                    QVERIFY(std::memcmp(one.result(result), other.result(result), n * sizeof(double)) == 0);
            }
    }

    void whatIsConstantCostsNothing()
    {
        const auto formula = compileFormula("a = sin(t) * 3; unused = noise(x, y) ; b = x * a; b + x * a", {inputs, values});
        QVERIFY(formula && formula->uses(0) && !formula->uses(1));
        QVERIFY(formula->mentions(0) && !formula->mentions(1));
        QVERIFY(!formula->samples());
    }
};

QTEST_GUILESS_MAIN(FormulaTest)
#include "formula_test.moc"
