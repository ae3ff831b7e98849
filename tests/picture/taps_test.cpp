// SPDX-License-Identifier: GPL-3.0-or-later
// Sums over taps are those of the plain loop, bit for bit, however the kernel reads.
#include "core/base/random.h"
#include "core/picture/rows.h"

#include <QtTest>

#include <cstring>
#include <vector>

using namespace artdag;

class TapsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sumsAreThoseOfThePlainLoop_data()
    {
        QTest::addColumn<int>("places");
        QTest::addColumn<int>("taps");
        QTest::addColumn<int>("scattered"); // one tap in so many lies anywhere
        for (const int places : {1, 3, 4, 7, 64, 331})
            for (const int taps : {1, 2, 3, 8, 11})
                for (const int scattered : {0, 1, 5})
                    QTest::addRow("%d places, %d taps, %d", places, taps, scattered) << places << taps << scattered;
    }
    void sumsAreThoseOfThePlainLoop()
    {
        QFETCH(int, places);
        QFETCH(int, taps);
        QFETCH(int, scattered);
        constexpr int width = 600;
        constexpr float special[] = {0.0F, -0.0F, 1.0F, -1.0F, 1e-44F, 1e30F, -1e30F};
        std::vector<float> in(width);
        for (int i = 0; i < width; ++i) {
            const std::uint64_t bits = randomBits(1, 2, static_cast<std::uint64_t>(i));
            in[i] = bits % 9 == 0 ? special[bits / 9 % 7] : static_cast<float>(bits >> 40) / 16777216.0F - 0.25F;
        }
        std::vector<int> indices(static_cast<std::size_t>(places * taps));
        std::vector<float> weights(indices.size()), out(static_cast<std::size_t>(places), 7.0F), expected(out.size());
        for (int tap = 0; tap < taps; ++tap)
            for (int i = 0; i < places; ++i) {
                const std::uint64_t bits = randomBits(3, static_cast<std::uint64_t>(tap), static_cast<std::uint64_t>(i));
                const auto at = static_cast<std::size_t>(tap * places + i);
                indices[at] = scattered != 0 && bits % static_cast<std::uint64_t>(scattered) == 0 ? static_cast<int>(bits / 64 % width) : i * 3 / 2 + tap;
                weights[at] = bits % 7 == 0 ? 0.0F : static_cast<float>(bits >> 40) / 16777216.0F - 0.4F;
            }
        for (int i = 0; i < places; ++i) {
            volatile float sum = 0.0F;
            for (int tap = 0; tap < taps; ++tap) {
                const auto at = static_cast<std::size_t>(tap * places + i);
                const volatile float product = in[static_cast<std::size_t>(indices[at])] * weights[at];
                sum = sum + product;
            }
            expected[static_cast<std::size_t>(i)] = sum;
        }
        for (const RowKernels* level : {&kernels_v2::table, &rowKernels()}) {
            level->gatherTaps(in.data(), indices.data(), weights.data(), out.data(), places, taps);
            QCOMPARE(std::memcmp(out.data(), expected.data(), out.size() * sizeof(float)), 0);
        }
    }
};

QTEST_GUILESS_MAIN(TapsTest)
#include "taps_test.moc"
