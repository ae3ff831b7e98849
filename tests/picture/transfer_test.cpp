// SPDX-License-Identifier: GPL-3.0-or-later
// Transfer curves against their formulas: close, odd, monotonic, without a kink or a step.
#include "core/picture/picture.h"
#include "core/picture/pointwise.h"
#include "core/picture/transfer.h"

#include <QtTest>

#include <cmath>
#include <vector>

using namespace artdag;

namespace {

double srgbToLinear(double v) // IEC 61966-2-1, odd
{
    const double size = std::fabs(v);
    return std::copysign(size <= 0.04045 ? size / 12.92 : std::pow((size + 0.055) / 1.055, 2.4), v);
}
double linearToSrgb(double l)
{
    const double size = std::fabs(l);
    return std::copysign(size <= 0.0031308 ? size * 12.92 : 1.055 * std::pow(size, 1 / 2.4) - 0.055, l);
}

using Curve = void (*)(const float*, float*, std::size_t);
struct Direction {
    Curve curve;
    double (*formula)(double);
};
const Direction directions[] = {{displayToLinearRow, srgbToLinear}, {linearToDisplayRow, linearToSrgb}};

} // namespace

class TransferTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void srgbFollowsItsFormula_data()
    {
        QTest::addColumn<int>("direction");
        QTest::newRow("to linear") << 0;
        QTest::newRow("to display") << 1;
    }
    void srgbFollowsItsFormula()
    {
        QFETCH(int, direction);
        const auto [curve, formula] = directions[direction];
        std::vector<float> in;
        for (int i = -400'000; i <= 400'000; ++i)
            in.push_back(static_cast<float>(i) / 100'000.0F);
        for (double size = 1e-7; size < 1e4; size *= 1.0003)
            in.push_back(static_cast<float>(size));
        std::vector<float> out(in.size());
        curve(in.data(), out.data(), in.size());
        double worst = 0;
        for (std::size_t i = 0; i < in.size(); ++i) {
            const double want = formula(in[i]);
            worst = std::max(worst, std::fabs(out[i] - want) / std::max(0.01, std::fabs(want)));
        }
        qInfo("largest error %.2e of the value (of 0.01 below it)", worst);
        QVERIFY(worst < 2e-6);
        QVERIFY(worst > 1e-9);
    }

    void srgbIsOddAndExactAtItsEnds()
    {
        for (const auto& [curve, formula] : directions) {
            const float in[] = {0.0F, 1.0F, -1.0F, 0.3F, -0.3F, 0.001F, -0.001F, 7.0F, -7.0F, -0.0F};
            float out[std::size(in)];
            curve(in, out, std::size(in));
            QCOMPARE(out[0], 0.0F);
            QCOMPARE(out[1], 1.0F);
            for (std::size_t i = 1; i + 1 < std::size(in) - 1; i += 2)
                QCOMPARE(out[i], -out[i + 1]);
        }
    }

    void srgbRisesWithoutStepOrKink_data() { srgbFollowsItsFormula_data(); }
    void srgbRisesWithoutStepOrKink()
    {
        QFETCH(int, direction);
        const auto [curve, formula] = directions[direction];
        // Steps of 2^-16 through all exponents from 0 to 8: a step or a fall at a border of the approximation would show.
        constexpr double step = 1.0 / 65536;
        std::vector<float> in(8 * 65536);
        for (std::size_t i = 0; i < in.size(); ++i)
            in[i] = static_cast<float>(static_cast<double>(i) * step);
        std::vector<float> out(in.size());
        curve(in.data(), out.data(), in.size());
        for (std::size_t i = 1; i < in.size(); ++i) {
            QVERIFY2(out[i] > out[i - 1], qPrintable(QString("falls at %1").arg(in[i], 0, 'g', 9)));
            const double slope = (static_cast<double>(out[i]) - out[i - 1]) / step;
            const double want = (formula(in[i]) - formula(in[i - 1])) / step;
            // One unit in the last place of the value, over the step, is what float can tell.
            QVERIFY2(std::fabs(slope - want) < 0.02 + 4 * std::fabs(want) * 0x1p-23 / step + 4 * std::fabs(formula(in[i])) * 0x1p-23 / step,
                qPrintable(QString("slope %1, not %2, at %3").arg(slope).arg(want).arg(in[i], 0, 'g', 9)));
        }
    }

    void survivesAbsurdValues()
    {
        const float in[] = {1e30F, -1e30F, std::numeric_limits<float>::infinity(), 1e-40F, std::numeric_limits<float>::max()};
        for (const auto& [curve, formula] : directions) {
            float out[std::size(in)];
            curve(in, out, std::size(in));
            for (const float value : out)
                QVERIFY(std::isfinite(value));
            QVERIFY(out[0] > 1e6F);
            QCOMPARE(out[1], -out[0]);
        }
    }

    void pqFollowsSt2084_data()
    {
        QTest::addColumn<double>("signal");
        QTest::addColumn<double>("nits");
        // BT.2408 table 1 and ST 2084: levels that are quoted with the standard
        QTest::newRow("black") << 0.0 << 0.0;
        QTest::newRow("203 nits is 58 %") << 0.58068888 << 203.0;
        QTest::newRow("100 nits") << 0.50807842 << 100.0;
        QTest::newRow("1000 nits") << 0.75182709 << 1000.0;
        QTest::newRow("peak") << 1.0 << 10000.0;
    }
    void pqFollowsSt2084()
    {
        QFETCH(double, signal);
        QFETCH(double, nits);
        QVERIFY(std::fabs(lightOfPq(signal) * 203 - nits) < 1e-5 * (nits + 1e-3));
        QVERIFY(std::fabs(pqOfLight(nits / 203) - signal) < 1e-6);
        QVERIFY(std::fabs(lightOfPq(-signal) + lightOfPq(signal)) == 0);
    }

    void hlgFollowsBt2100()
    {
        QVERIFY(std::fabs(sceneOfHlg(0.5) - 1.0 / 12) < 1e-12);
        QVERIFY(std::fabs(sceneOfHlg(1.0) - 1.0) < 1e-7);
        for (int i = 0; i <= 1000; ++i)
            QVERIFY(std::fabs(hlgOfScene(sceneOfHlg(i / 1000.0)) - i / 1000.0) < 1e-12);
        QCOMPARE(sceneOfHlg(-0.3), -sceneOfHlg(0.3));
        // BT.2408: 75 % HLG is 203 nits on a 1000 nit display with gamma 1.2, so a gray of 0.75 is 1.
        Coding coding;
        coding.transfer = Transfer::Hlg;
        coding.primaries = Primaries::Bt2020;
        float values[4][3] = {{0.75F, 1.0F, 0.0F}, {0.75F, 1.0F, 0.0F}, {0.75F, 1.0F, 0.0F}, {1, 1, 1}};
        float* const rows[4] = {values[0], values[1], values[2], values[3]};
        transferToLinear(coding, rows, 3);
        for (int plane = 0; plane < 3; ++plane) {
            QVERIFY2(std::fabs(values[plane][0] - 1.0F) < 2e-3, qPrintable(QString::number(values[plane][0])));
            QVERIFY(std::fabs(values[plane][1] - 1000.0F / 203) < 1e-4);
            QCOMPARE(values[plane][2], 0.0F);
        }
    }

    void wideColoursComeOutInBt709()
    {
        // The primaries of BT.709 have known BT.2020 coordinates; pure BT.2020 green lies outside and stays so (negative).
        Coding coding;
        coding.transfer = Transfer::Linear;
        coding.primaries = Primaries::Bt2020;
        float values[4][3] = {{0.6274039F, 0.0F, 1.0F}, {0.0690973F, 1.0F, 1.0F}, {0.0163914F, 0.0F, 1.0F}, {1, 1, 1}};
        float* const rows[4] = {values[0], values[1], values[2], values[3]};
        transferToLinear(coding, rows, 3);
        const float want[3][3] = {{1, -0.58764F, 1}, {0, 1.13290F, 1}, {0, -0.10058F, 1}};
        for (int plane = 0; plane < 3; ++plane)
            for (int i = 0; i < 3; ++i)
                QVERIFY(std::fabs(values[plane][i] - want[plane][i]) < 1e-5);
        transferFromLinear(coding, rows, rows, 3);
        QVERIFY(std::fabs(values[1][1] - 1.0F) < 1e-6);
        QVERIFY(std::fabs(values[0][1]) < 1e-6);
    }
};

QTEST_APPLESS_MAIN(TransferTest)
#include "transfer_test.moc"
