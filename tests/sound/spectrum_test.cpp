// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "core/sound/moving.h"
#include "core/sound/spectrum.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>

using namespace artdag;

namespace {

std::vector<double> someSamples(int size)
{
    std::vector<double> samples;
    for (int i = 0; i < size; ++i)
        samples.push_back(2 * randomUnit(7, static_cast<std::uint64_t>(i)) - 1);
    return samples;
}

} // namespace

class SpectrumTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void itIsTheDirectTransform_data()
    {
        QTest::addColumn<int>("size");
        for (const int size : {4, 8, 64, 1024})
            QTest::addRow("%d", size) << size;
    }
    void itIsTheDirectTransform()
    {
        QFETCH(int, size);
        const std::vector<double> samples = someSamples(size);
        Spectrum spectrum(size);
        const auto found = spectrum.of(samples);
        QCOMPARE(static_cast<int>(found.size()), size / 2 + 1);
        std::vector<double> powers(found.size());
        for (int k = 0; k <= size / 2; ++k) {
            std::complex<double> sum;
            for (int n = 0; n < size; ++n)
                sum += samples[static_cast<std::size_t>(n)] * std::polar(1.0, -2 * std::numbers::pi * ((static_cast<long>(k) * n) % size) / size);
            const Complex bin = found[static_cast<std::size_t>(k)];
            QVERIFY2(std::abs(sum - std::complex(bin.re, bin.im)) < 1e-11 * size, qPrintable(QString::number(k)));
        }
        spectrum.power(samples, powers);
        QVERIFY(std::fabs(powers[1] - spectrum.of(samples)[1].power()) < 1e-12);
    }

    void theAutocorrelationIsTheSumOfProducts()
    {
        std::vector<double> samples = someSamples(256);
        std::fill(samples.begin() + 128, samples.end(), 0.0);
        std::vector<double> found(100);
        Spectrum(256).autocorrelation(samples, found);
        for (std::size_t lag = 0; lag < found.size(); ++lag) {
            double sum = 0;
            for (std::size_t i = 0; i + lag < samples.size(); ++i)
                sum += samples[i] * samples[i + lag];
            QVERIFY(std::fabs(found[lag] - sum) < 1e-10);
        }
    }

    void aSineHasHalfItsAmplitudeUnderTheWindow()
    {
        const std::vector<double> window = hannWindow(512);
        std::vector<double> samples;
        for (int i = 0; i < 512; ++i)
            samples.push_back(0.8 * std::sin(2 * std::numbers::pi * 20 * i / 512) * window[static_cast<std::size_t>(i)]);
        std::vector<double> powers(257);
        Spectrum(512).power(samples, powers);
        QVERIFY(std::fabs(std::sqrt(powers[20]) - 0.4) < 1e-9);
        QVERIFY(powers[40] < 1e-12);
    }

    void movingMeansAndPeaksAreThoseOfTheirNeighbours()
    {
        const std::vector<double> values = someSamples(57);
        for (const int side : {0, 1, 4, 80}) {
            const std::vector<double> mean = movingMean(values, side), most = movingMost(values, side);
            for (int i = 0; i < 57; ++i) {
                double sum = 0, greatest = -9, count = 0;
                for (int j = std::max(i - side, 0); j <= std::min(i + side, 56); ++j, ++count) {
                    sum += values[static_cast<std::size_t>(j)];
                    greatest = std::max(greatest, values[static_cast<std::size_t>(j)]);
                }
                QVERIFY(std::fabs(mean[static_cast<std::size_t>(i)] - sum / count) < 1e-12);
                QCOMPARE(most[static_cast<std::size_t>(i)], greatest);
            }
        }
    }
};

QTEST_APPLESS_MAIN(SpectrumTest)
#include "spectrum_test.moc"
