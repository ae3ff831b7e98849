// SPDX-License-Identifier: GPL-3.0-or-later
// exact_math against the long double functions of libm, which are 11 bits more precise than what is asked of ours.
#include "core/base/exact_math.h"
#include "core/base/random.h"

#include <QtTest>

#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>

using namespace artdag;

namespace {

using Exact = std::function<double(double, double)>;
using Reference = std::function<long double(long double, long double)>;

struct Case {
    const char* name;
    Exact exact;
    Reference reference;
    double least, most;           ///< range of the first argument
    bool logarithmic = false;     ///< spread evenly over exponents
    double least2 = 0, most2 = 0; ///< range of the second
};

const Case cases[] = {
    {"sin near 0", [](double x, double) { return exact::sin(x); }, [](long double x, long double) { return std::sin(x); }, -7, 7},
    {"sin far away", [](double x, double) { return exact::sin(x); }, [](long double x, long double) { return std::sin(x); }, -1073741824.0, 1073741824.0},
    {"cos near 0", [](double x, double) { return exact::cos(x); }, [](long double x, long double) { return std::cos(x); }, -7, 7},
    {"cos far away", [](double x, double) { return exact::cos(x); }, [](long double x, long double) { return std::cos(x); }, -1073741824.0, 1073741824.0},
    {"tan", [](double x, double) { return exact::tan(x); }, [](long double x, long double) { return std::tan(x); }, -100, 100},
    {"atan of small", [](double x, double) { return exact::atan(x); }, [](long double x, long double) { return std::atan(x); }, -2, 2},
    {"atan of any size", [](double x, double) { return exact::atan(x); }, [](long double x, long double) { return std::atan(x); }, 1e-300, 1e300, true},
    {"atan2", [](double y, double x) { return exact::atan2(y, x); }, [](long double y, long double x) { return std::atan2(y, x); }, -5, 5, false, -5, 5},
    {"exp", [](double x, double) { return exact::exp(x); }, [](long double x, long double) { return std::exp(x); }, -700, 709.7},
    {"exp near 0", [](double x, double) { return exact::exp(x); }, [](long double x, long double) { return std::exp(x); }, -1, 1},
    {"log", [](double x, double) { return exact::log(x); }, [](long double x, long double) { return std::log(x); }, 1e-308, 1e308, true},
    {"log near 1", [](double x, double) { return exact::log(x); }, [](long double x, long double) { return std::log(x); }, 0.5, 2},
    {"log2", [](double x, double) { return exact::log2(x); }, [](long double x, long double) { return std::log2(x); }, 1e-308, 1e308, true},
    {"log2 near 1", [](double x, double) { return exact::log2(x); }, [](long double x, long double) { return std::log2(x); }, 0.5, 2},
    {"exp2", [](double x, double) { return exact::exp2(x); }, [](long double x, long double) { return std::exp2(x); }, -1000, 1023},
    {"pow", [](double x, double y) { return exact::pow(x, y); }, [](long double x, long double y) { return std::pow(x, y); }, 1e-6, 1e6, true, -40, 40},
    {"pow as in curves", [](double x, double y) { return exact::pow(x, y); }, [](long double x, long double y) { return std::pow(x, y); }, 0, 1, false, 0.01, 5},
    {"cbrt", [](double x, double) { return exact::cbrt(x); }, [](long double x, long double) { return std::cbrt(x); }, 1e-300, 1e300, true},
    {"cbrt of negatives", [](double x, double) { return exact::cbrt(x); }, [](long double x, long double) { return std::cbrt(x); }, -8, 8},
};

double argument(double least, double most, bool logarithmic, std::uint64_t seed, std::uint64_t index)
{
    const double unit = randomUnit(seed, index);
    if (!logarithmic)
        return least + (most - least) * unit;
    return std::exp(std::log(least) + (std::log(most) - std::log(least)) * unit);
}

double ulpsBetween(double got, long double want)
{
    const auto rounded = static_cast<double>(want);
    const double size = std::max(std::fabs(rounded), std::numeric_limits<double>::min());
    const double ulp = std::nextafter(size, std::numeric_limits<double>::infinity()) - size;
    return static_cast<double>(std::fabs(static_cast<long double>(got) - want) / static_cast<long double>(ulp));
}

} // namespace

class ExactMathTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void staysWithinTwoUnitsInTheLastPlace_data()
    {
        QTest::addColumn<int>("index");
        for (int i = 0; i < static_cast<int>(std::size(cases)); ++i)
            QTest::newRow(cases[i].name) << i;
    }
    void staysWithinTwoUnitsInTheLastPlace()
    {
        QFETCH(int, index);
        const Case& test = cases[index];
        double worst = 0;
        double worstAt = 0;
        for (std::uint64_t i = 0; i < 200'000; ++i) {
            const double x = argument(test.least, test.most, test.logarithmic, 1, i);
            const double y = test.least2 + (test.most2 - test.least2) * randomUnit(2, i);
            const long double want = test.reference(x, y);
            if (std::fabs(want) > std::numeric_limits<double>::max() || std::fabs(want) < std::numeric_limits<double>::min())
                continue;
            const double ulps = ulpsBetween(test.exact(x, y), want);
            if (!(ulps <= worst)) {
                worst = ulps;
                worstAt = x;
            }
        }
        qInfo("%s: %.3f ulp at %.17g", test.name, worst, worstAt);
        QVERIFY2(worst <= 2.0, test.name);
        QVERIFY(worst > 0.4); // a reference that agrees everywhere would be the function itself
    }

    void isPreciseAtMultiplesOfHalfPi()
    {
        for (int n = 1; n < 100'000; n += 7) {
            const double x = static_cast<double>(n * (exact::pi / 2));
            QVERIFY(ulpsBetween(exact::sin(x), std::sin(static_cast<long double>(x))) <= 2.0);
            QVERIFY(ulpsBetween(exact::cos(x), std::cos(static_cast<long double>(x))) <= 2.0);
        }
    }

    void givesExactResultsWhereTheyExist()
    {
        QCOMPARE(exact::pow(2, 10), 1024.0);
        QCOMPARE(exact::pow(3, 3), 27.0);
        QCOMPARE(exact::pow(-3, 3), -27.0);
        QCOMPARE(exact::pow(-2, -2), 0.25);
        QCOMPARE(exact::pow(10, 22), 1e22);
        QCOMPARE(exact::pow(4, 0.5), 2.0);
        QCOMPARE(exact::pow(0, 0), 1.0);
        QCOMPARE(exact::cbrt(27), 3.0);
        QCOMPARE(exact::cbrt(-1e-300), -1e-100);
        QCOMPARE(exact::exp(0), 1.0);
        QCOMPARE(exact::log(1), 0.0);
        for (int k = -1000; k <= 1000; ++k) {
            QCOMPARE(exact::exp2(k), std::ldexp(1.0, k));
            QCOMPARE(exact::log2(std::ldexp(1.0, k)), static_cast<double>(k));
        }
        QCOMPARE(exact::atan2(1, -1), 0.75 * exact::pi);
        QCOMPARE(exact::atan2(0, -1), exact::pi);
        QCOMPARE(exact::atan2(-1, 0), -exact::pi / 2);
    }

    void answersOutsideItsDomainWithoutNaN()
    {
        const double largest = std::numeric_limits<double>::max();
        const double nan = std::numeric_limits<double>::quiet_NaN();
        const double infinity = std::numeric_limits<double>::infinity();
        QCOMPARE(exact::sin(1e10), 0.0);
        QCOMPARE(exact::cos(nan), 0.0);
        QCOMPARE(exact::exp(1000), largest);
        QCOMPARE(exact::exp(-1000), 0.0);
        QCOMPARE(exact::exp2(2000), largest);
        QCOMPARE(exact::log(0), -largest);
        QCOMPARE(exact::log(-1), -largest);
        QCOMPARE(exact::log(infinity), largest);
        QCOMPARE(exact::pow(-2, 0.5), 0.0);
        QCOMPARE(exact::pow(0, -1), largest);
        QCOMPARE(exact::pow(10, 400), largest);
        QCOMPARE(exact::pow(-10, 401), -largest);
        QCOMPARE(exact::atan2(0, 0), 0.0);
        QCOMPARE(exact::fmod(5, 0), 0.0);
        for (double x : {nan, infinity, -infinity}) {
            QVERIFY(!std::isnan(exact::exp(x)));
            QVERIFY(!std::isnan(exact::exp2(x)));
            QVERIFY(!std::isnan(exact::log2(x)));
            QVERIFY(!std::isnan(exact::atan(x)));
            QVERIFY(!std::isnan(exact::fmod(x, 3)));
            for (double y : {nan, infinity, -infinity, 0.5, 2.0}) {
                QVERIFY(!std::isnan(exact::pow(x, y)));
                QVERIFY(!std::isnan(exact::pow(y, x)));
            }
        }
    }

    void floorsAndTakesRemaindersExactly()
    {
        for (std::uint64_t i = 0; i < 200'000; ++i) {
            const double x = argument(1e-3, 1e18, true, 3, i) * (i % 2 == 0 ? 1 : -1);
            QCOMPARE(exact::floor(x), std::floor(x));
            const double m = argument(1e-3, 1e6, true, 4, i);
            double want = std::fmod(x, m);
            if (want < 0)
                want = m + want;
            QCOMPARE(exact::fmod(x, m), want);
        }
        QCOMPARE(exact::fmod(-30, 360), 330.0);
        QCOMPARE(exact::fmod(30, -360), -330.0);
        QCOMPARE(exact::floor(-0.5), -1.0);
    }
};

QTEST_APPLESS_MAIN(ExactMathTest)
#include "exact_math_test.moc"
