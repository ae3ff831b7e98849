// SPDX-License-Identifier: GPL-3.0-or-later
// Resampled sound lies where it lay, keeps its tones, loses what does not fit, and does not depend on the range asked.
#include "core/sound/resample.h"

#include <QtTest>

#include <cstring>

#include <cmath>
#include <numbers>

using namespace artdag;

namespace {

double tone(double hertz, double seconds)
{
    return 0.7 * std::sin(2 * std::numbers::pi * hertz * seconds + 0.3);
}

Sound toneSound(double hertz, int rate, SampleRange range)
{
    Sound sound(range);
    for (std::int64_t i = 0; i < range.count; ++i)
        for (int channel = 0; channel < soundChannels; ++channel)
            sound.channel(channel)[i] = static_cast<float>(tone(hertz * (channel + 1), static_cast<double>(range.first + i) / rate));
    return sound;
}

double decibels(double ratio)
{
    return 20 * std::log10(std::max(ratio, 1e-12));
}

const std::pair<int, int> ratePairs[] = {{44100, 48000}, {48000, 44100}, {48000, 96000}, {96000, 48000}, {22050, 48000}, {8000, 48000}, {48000, 8000}, {44100, 96000}, {32000, 44100}, {11025, 44100},
    {47999, 48000}};

} // namespace

class ResampleTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aToneStaysWhereItWas_data()
    {
        QTest::addColumn<int>("from");
        QTest::addColumn<int>("to");
        for (const auto& [from, to] : ratePairs)
            QTest::addRow("%d to %d", from, to) << from << to;
    }
    void aToneStaysWhereItWas()
    {
        QFETCH(int, from);
        QFETCH(int, to);
        // Channel 0 at 1/10 and channel 1 at 1/5 of the lower rate: well inside the pass band, compared with the very tone.
        const double hertz = std::min(from, to) / 10.0;
        const Sound in = toneSound(hertz, from, {0, from / 4});
        const Sound out = resample(in, from, to);
        QCOMPARE(out.range().first, 0);
        QVERIFY(std::abs(out.range().count - to / 4) <= 1);
        const std::int64_t quiet = to / 40; // the ends hear the silence beyond
        for (int channel = 0; channel < soundChannels; ++channel) {
            double worst = 0;
            for (std::int64_t k = quiet; k < out.range().count - quiet; ++k)
                worst = std::max(worst, std::fabs(out.channel(channel)[k] - tone(hertz * (channel + 1), static_cast<double>(k) / to)));
            QVERIFY2(decibels(worst / 0.7) < -90, qPrintable(QString("%1 dB").arg(decibels(worst / 0.7))));
        }
    }

    void anImpulseArrivesAtItsTime()
    {
        Sound in({0, 4410});
        in.channel(0)[1470] = 1.0F; // 1/30 s
        const Sound out = resample(in, 44100, 48000);
        std::int64_t peak = 0;
        for (std::int64_t k = 0; k < out.range().count; ++k)
            if (out.channel(0)[k] > out.channel(0)[peak])
                peak = k;
        QCOMPARE(peak, std::int64_t{1600});
        for (std::int64_t d = 1; d < 40; ++d) // 1470/44100 s is a sample of both: the answer is symmetric about it
            QVERIFY(std::fabs(out.channel(0)[peak - d] - out.channel(0)[peak + d]) < 1e-6);
        QCOMPARE(out.channel(1)[peak], 0.0F);
    }

    void whatDoesNotFitIsRemoved()
    {
        // 30 kHz cannot be told at 48 kHz: it would come back as 18 kHz.
        const Sound in = toneSound(15'000, 96'000, {0, 48'000});
        const Sound out = resample(in, 96'000, 48'000);
        double left = 0;
        double right = 0;
        for (std::int64_t k = 500; k < out.range().count - 500; ++k) {
            left = std::max(left, std::fabs(out.channel(0)[k] - tone(15'000, static_cast<double>(k) / 48'000)));
            right = std::max(right, std::fabs(static_cast<double>(out.channel(1)[k])));
        }
        QVERIFY2(decibels(left / 0.7) < -90, qPrintable(QString("%1 dB").arg(decibels(left / 0.7))));
        QVERIFY2(decibels(right / 0.7) < -90, qPrintable(QString("%1 dB").arg(decibels(right / 0.7))));
    }

    void aConstantStaysConstant()
    {
        Sound in({0, 3000});
        std::fill_n(in.channel(0), 3000, 0.5F);
        const Sound out = resample(in, 44100, 48000);
        for (std::int64_t k = 200; k < out.range().count - 200; ++k)
            QVERIFY(std::fabs(out.channel(0)[k] - 0.5F) < 1e-7);
    }

    void anyRangeIsAPieceOfTheWhole_data() { aToneStaysWhereItWas_data(); }
    void anyRangeIsAPieceOfTheWhole()
    {
        QFETCH(int, from);
        QFETCH(int, to);
        const Sound in = toneSound(440, from, {-1000, 6000});
        const Sound whole = resample(in, from, to);
        for (const SampleRange part : {SampleRange{0, 1}, SampleRange{-100, 333}, SampleRange{700, 64}, SampleRange{whole.range().first, 17}}) {
            // Only the samples that resampleNeeds names.
            const SampleRange need = resampleNeeds(part, from, to);
            const std::int64_t first = std::max(need.first, in.range().first);
            Sound piece({first, std::min(need.end(), in.range().end()) - first});
            for (int channel = 0; channel < soundChannels; ++channel)
                std::copy_n(in.channel(channel) + (first - in.range().first), piece.range().count, piece.channel(channel));
            const Sound out = resample(piece, from, to, part);
            QVERIFY(out.range() == part);
            for (int channel = 0; channel < soundChannels; ++channel)
                for (std::int64_t k = part.first; k < part.end(); ++k)
                    if (k >= whole.range().first && k < whole.range().end())
                        QCOMPARE(out.channel(channel)[k - part.first], whole.channel(channel)[k - whole.range().first]);
        }
    }

    void everyWidthOfVectorsGivesTheSameBits()
    {
        std::uint32_t random = 1;
        Sound in({0, 20000});
        for (int channel = 0; channel < soundChannels; ++channel)
            for (std::int64_t i = 0; i < in.range().count; ++i)
                in.channel(channel)[i] = static_cast<float>(random = random * 1664525U + 1013904223U) / 2147483648.0F - 1.0F;
        for (const auto& [from, to] : {std::pair(48000, 44100), std::pair(44100, 48000), std::pair(96000, 22050), std::pair(48000, 47999)}) {
            const Resampler wide(from, to), narrow(from, to, Resampler::Vectors::Narrow);
            const SampleRange all = wide.within(in.range());
            const Sound one = wide.run(in, all), other = narrow.run(in, all);
            for (int channel = 0; channel < soundChannels; ++channel)
                QVERIFY(std::memcmp(one.channel(channel), other.channel(channel), static_cast<std::size_t>(all.count) * sizeof(float)) == 0);
        }
    }

    void equalRatesAreACopy()
    {
        const Sound in = toneSound(440, 48000, {100, 500});
        const Sound out = resample(in, 48000, 48000);
        QVERIFY(out.range() == in.range());
        for (int i = 0; i < 500; ++i)
            QCOMPARE(out.channel(1)[i], in.channel(1)[i]);
        const Sound wider = resample(in, 48000, 48000, {90, 520});
        QCOMPARE(wider.channel(0)[9], 0.0F);
        QCOMPARE(wider.channel(0)[10], in.channel(0)[0]);
        QCOMPARE(wider.channel(0)[519], 0.0F);
    }

    void theWholeIsTheSamplesThatBeginInsideTheInput()
    {
        QVERIFY(resample(Sound({0, 44100}), 44100, 48000).range() == (SampleRange{0, 48000}));
        QVERIFY(resample(Sound({1, 1}), 44100, 48000).range() == (SampleRange{2, 1}));
        QVERIFY(resample(Sound({-3, 6}), 48000, 24000).range() == (SampleRange{-1, 3}));
        QVERIFY(resample(Sound({0, 0}), 44100, 48000).range() == (SampleRange{0, 0}));
    }
};

QTEST_APPLESS_MAIN(ResampleTest)
#include "resample_test.moc"
