// SPDX-License-Identifier: GPL-3.0-or-later
// Canonical samples: one rounding (half up after clamping), one byte order.
#include "core/sound/sound.h"

#include <QtTest>

#include <limits>

using namespace artdag;

namespace {

std::int32_t s16At(const std::vector<std::uint8_t>& bytes, std::size_t index)
{
    return static_cast<std::int16_t>(bytes[index * 2] | bytes[index * 2 + 1] << 8);
}
std::int32_t s24At(const std::vector<std::uint8_t>& bytes, std::size_t index)
{
    const std::size_t at = index * 4;
    return static_cast<std::int32_t>(static_cast<std::uint32_t>(bytes[at]) | static_cast<std::uint32_t>(bytes[at + 1]) << 8 | static_cast<std::uint32_t>(bytes[at + 2]) << 16
        | static_cast<std::uint32_t>(bytes[at + 3]) << 24);
}

} // namespace

class SamplesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void roundsHalfUpAndClamps_data()
    {
        QTest::addColumn<float>("sample");
        QTest::addColumn<int>("s16");
        QTest::addColumn<int>("s24");
        const float unit = 1.0F / 32768;
        QTest::newRow("silence") << 0.0F << 0 << 0;
        QTest::newRow("half up") << 0.5F * unit << 1 << 128;
        QTest::newRow("half up below 0") << -0.5F * unit << 0 << -128;
        QTest::newRow("just below half") << 0.49999F * unit << 0 << 128;
        QTest::newRow("minus one and a half") << -1.5F * unit << -1 << -384;
        QTest::newRow("most") << 1.0F << 32767 << 8388607;
        QTest::newRow("least") << -1.0F << -32768 << -8388608;
        QTest::newRow("too loud") << 40.0F << 32767 << 8388607;
        QTest::newRow("too loud below") << -40.0F << -32768 << -8388608;
        QTest::newRow("infinite") << std::numeric_limits<float>::infinity() << 32767 << 8388607;
        QTest::newRow("no number") << std::numeric_limits<float>::quiet_NaN() << 0 << 0;
    }
    void roundsHalfUpAndClamps()
    {
        QFETCH(float, sample);
        QFETCH(int, s16);
        QFETCH(int, s24);
        Sound sound({0, 1});
        sound.channel(0)[0] = sample;
        QCOMPARE(s16At(toS16(sound), 0), s16);
        QCOMPARE(s24At(toS24(sound), 0), s24);
    }

    void everyCodeSurvives()
    {
        Sound sound({0, 65536});
        for (int code = -32768; code < 32768; ++code) {
            sound.channel(0)[code + 32768] = static_cast<float>(code) / 32768.0F;
            sound.channel(1)[code + 32768] = static_cast<float>(-code - 1) / 32768.0F;
        }
        const auto bytes = toS16(sound);
        QCOMPARE(bytes.size(), std::size_t{65536 * 2 * 2});
        const auto wide = toS24(sound);
        QCOMPARE(wide.size(), std::size_t{65536 * 2 * 4});
        for (int code = -32768; code < 32768; ++code) {
            const auto i = static_cast<std::size_t>(code + 32768) * 2;
            QCOMPARE(s16At(bytes, i), code);
            QCOMPARE(s16At(bytes, i + 1), -code - 1);
            QCOMPARE(s24At(wide, i), code * 256);
        }
    }
};

QTEST_APPLESS_MAIN(SamplesTest)
#include "samples_test.moc"
