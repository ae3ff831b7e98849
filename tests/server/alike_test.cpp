// SPDX-License-Identifier: GPL-3.0-or-later
// Fingerprints: of what was scaled, dimmed, noised or cut they are near, of different things they are not.
#include "core/rendition/fingerprint.h"
#include "server/l2/alike.h"

#include <QTest>

#include <cmath>
#include <random>

using namespace artdag;
using namespace artdag::server;

namespace {

constexpr double pi = 3.14159265358979323846;

/// Soft patches of colour, others for each seed, on a square from 0 to 1.
class Scene {
public:
    explicit Scene(unsigned seed)
        : m_random(seed)
    {
        std::uniform_real_distribution<double> unit(0, 1);
        for (auto& patch : m_patches)
            for (double& value : patch)
                value = unit(m_random);
    }
    /// As a file of that size would be squeezed: each pixel of the print is the mean of what it covers.
    [[nodiscard]] Picture print(int across, double gain = 1, double noise = 0)
    {
        std::normal_distribution<double> grain(0, noise == 0 ? 1e-9 : noise);
        Picture picture(Rect{0, 0, printSize, printSize});
        PictureView view = picture.view();
        for (int y = 0; y < printSize; ++y)
            for (int x = 0; x < printSize; ++x)
                for (int plane = 0; plane < 4; ++plane) {
                    double sum = 0;
                    for (int i = 0; i < across * across; ++i)
                        sum += light(plane, (x + (i % across + 0.5) / across) / printSize, (y + (i / across + 0.5) / across) / printSize);
                    view.at(plane, x, y) = plane == alpha ? 1.0F : static_cast<float>(std::clamp(gain * sum / (across * across) + grain(m_random), 0.0, 1.0));
                }
        return picture;
    }

private:
    [[nodiscard]] double light(int plane, double x, double y) const
    {
        double sum = 0.05;
        for (const auto& patch : m_patches) {
            const double across = (x - patch[0]) / (0.05 + 0.2 * patch[2]);
            const double down = (y - patch[1]) / (0.05 + 0.2 * patch[3]);
            sum += patch[static_cast<std::size_t>(4 + std::min(plane, 2))] * std::exp(-across * across - down * down);
        }
        return std::min(1.0, sum * 0.6);
    }
    std::mt19937 m_random;
    std::array<std::array<double, 7>, 9> m_patches{};
};

/// A tune of three notes a second with overtones, others for each seed.
Sound tune(unsigned seed, double seconds, int rate, double from = 0, double gain = 1, double noise = 0)
{
    std::mt19937 random(seed);
    std::vector<double> notes(400);
    for (double& note : notes)
        note = 220 * std::pow(2.0, std::uniform_int_distribution<int>(0, 24)(random) / 12.0);
    std::normal_distribution<double> hiss(0, noise == 0 ? 1e-9 : noise);
    Sound sound(SampleRange{0, static_cast<std::int64_t>(seconds * rate)});
    for (std::int64_t i = 0; i < sound.range().count; ++i) {
        const double time = from + static_cast<double>(i) / rate;
        const double note = notes[static_cast<std::size_t>(time * 3) % notes.size()];
        double value = 0;
        for (int overtone = 1; overtone <= 4; ++overtone)
            value += std::sin(2 * pi * note * overtone * time) / (overtone * 3);
        for (int channel = 0; channel < soundChannels; ++channel)
            sound.channel(channel)[i] = static_cast<float>(gain * value * 0.6 + hiss(random));
    }
    return sound;
}

Fingerprint printOf(const Sound& sound, int rate)
{
    SoundPrinter printer(rate);
    printer.add(sound);
    return printer.finish();
}

} // namespace

class AlikeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void pictures()
    {
        std::vector<Bytes> prints;
        std::int64_t farthestCopy = 0;
        for (unsigned seed = 0; seed < 60; ++seed) {
            Scene scene(seed);
            const Fingerprint print = pictureFingerprint(scene.print(4).view());
            QVERIFY(print.quality > 4);
            QCOMPARE(print.value.size(), std::size_t{8});
            for (const Picture& copy : {scene.print(2), scene.print(3, 0.7), scene.print(3, 1, 0.002)}) // noise of an encoder, as it is after squeezing
                farthestCopy = std::max(farthestCopy, pictureDistance(print.value, pictureFingerprint(copy.view()).value));
            prints.push_back(print.value);
        }
        std::int64_t nearest = 1000;
        for (std::size_t i = 0; i < prints.size(); ++i)
            for (std::size_t j = 0; j < i; ++j)
                nearest = std::min(nearest, pictureDistance(prints[i], prints[j]));
        qInfo("copies within %d, others beyond %d", static_cast<int>(farthestCopy), static_cast<int>(nearest));
        QVERIFY(farthestCopy <= 190 && nearest > 190);
    }

    void aPictureOfOneColourTellsNothing()
    {
        Picture picture(Rect{0, 0, printSize, printSize});
        for (int plane = 0; plane < 4; ++plane)
            for (int y = 0; y < printSize; ++y)
                std::fill_n(picture.view().row(plane, y), printSize, 0.5F);
        QCOMPARE(pictureFingerprint(picture.view()).quality, 0);
        QCOMPARE(pictureDistance({}, {}), 1000);
    }

    void sounds()
    {
        std::vector<Bytes> prints;
        std::int64_t farthestCopy = 0;
        for (unsigned seed = 0; seed < 5; ++seed) {
            const Fingerprint print = printOf(tune(seed, 30, 44'100), 44'100);
            QVERIFY(print.quality > 10);
            for (const auto& [copy, rate] : {std::pair{tune(seed, 30, 48'000), 48'000}, std::pair{tune(seed, 30, 44'100, 0, 0.3, 0.003), 44'100}, std::pair{tune(seed, 20, 44'100, 7), 44'100}}) {
                const Fingerprint other = printOf(copy, rate);
                farthestCopy = std::max({farthestCopy, soundDistance(print.value, other.value), soundDistance(other.value, print.value)});
            }
            prints.push_back(print.value);
        }
        std::int64_t nearest = 1000;
        for (std::size_t i = 0; i < prints.size(); ++i)
            for (std::size_t j = 0; j < i; ++j)
                nearest = std::min(nearest, soundDistance(prints[i], prints[j]));
        qInfo("copies within %d, others beyond %d", static_cast<int>(farthestCopy), static_cast<int>(nearest));
        QVERIFY(farthestCopy <= 150 && nearest > 150);
    }

    void aLongSoundIsReadForTwoMinutes()
    {
        SoundPrinter printer(8000);
        const Sound piece = tune(1, 50, 8000);
        for (int i = 0; i < 3; ++i) {
            QVERIFY(!printer.hasEnough());
            printer.add(piece);
        }
        QVERIFY(printer.hasEnough());
        const std::size_t bytes = printer.finish().value.size();
        QVERIFY2(bytes > 110 * 8 * 4 && bytes < 125 * 8 * 4, qPrintable(QString::number(bytes)));
    }

    void aToneOrNothingTellsNothing()
    {
        QVERIFY(printOf(Sound(SampleRange{0, 20 * 44'100}), 44'100).quality <= 10);
        QCOMPARE(printOf(Sound(SampleRange{0, 100}), 44'100).quality, 0);
        QCOMPARE(printOf(Sound(SampleRange{0, 100}), 500).quality, 0); // a rate that it does not know
        QCOMPARE(soundDistance({}, {}), 1000);
    }
};

QTEST_APPLESS_MAIN(AlikeTest)
#include "alike_test.moc"
