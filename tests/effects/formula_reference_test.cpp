// SPDX-License-Identifier: GPL-3.0-or-later
// Colour, blur, fractals and sound sources against their definitions, written here a second time in double precision.
#include "tests/support/run_effect.h"

#include "core/effect/catalogue.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

using namespace artdag;

namespace {

constexpr double pi = std::numbers::pi;
using Rgb = std::array<double, 3>;

double toDisplay(double v)
{
    return v <= 0.0031308 ? 12.92 * v : 1.055 * std::pow(v, 1 / 2.4) - 0.055;
}
double toLinear(double v)
{
    return v < 0 ? -toLinear(-v) : v <= 0.04045 ? v / 12.92
                                                : std::pow((v + 0.055) / 1.055, 2.4);
}

const Effect& effectNamed(std::string_view name)
{
    const CatalogueEntry* entry = builtinEffects().find(name);
    CHECK(entry != nullptr);
    return *entry->effect;
}

Rgb hueRotate(const Rgb& c, double degrees) // W3C Filter Effects Module Level 1, 9.6
{
    const double cs = std::cos(degrees * pi / 180), sn = std::sin(degrees * pi / 180);
    return {(.213 + cs * .787 - sn * .213) * c[0] + (.715 - cs * .715 - sn * .715) * c[1] + (.072 - cs * .072 + sn * .928) * c[2],
        (.213 - cs * .213 + sn * .143) * c[0] + (.715 + cs * .285 + sn * .140) * c[1] + (.072 - cs * .072 - sn * .283) * c[2],
        (.213 - cs * .213 - sn * .787) * c[0] + (.715 - cs * .715 + sn * .715) * c[1] + (.072 + cs * .928 + sn * .072) * c[2]};
}

Rgb asDefined(const QString& effect, const Rgb& c, double value)
{
    Rgb out = c;
    if (effect == "hue_shift")
        return hueRotate(c, value);
    for (double& v : out)
        v = effect == "brightness" ? v + value : 0.5 + (v - 0.5) * (1 + value) * (1 + value);
    return out;
}

EffectRun runOf(std::string_view effect, int width, int height)
{
    EffectRun run(effectNamed(effect), {.width = width, .height = height});
    return run;
}

/// Level of one frequency in a sound, by correlation with a sine and a cosine.
double levelAt(const Sound& sound, double hertz)
{
    double s = 0, c = 0;
    for (std::int64_t i = 0; i < sound.range().count; ++i) {
        const double window = 0.5 - 0.5 * std::cos(2 * pi * static_cast<double>(i) / static_cast<double>(sound.range().count));
        s += window * sound.channel(0)[i] * std::sin(2 * pi * hertz * static_cast<double>(i) / 48000);
        c += window * sound.channel(0)[i] * std::cos(2 * pi * hertz * static_cast<double>(i) / 48000);
    }
    return 4 * std::hypot(s, c) / static_cast<double>(sound.range().count);
}

} // namespace

class FormulaReferenceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void colourFollowsItsFormula_data();
    void colourFollowsItsFormula();
    void gaussianIsTheSampledGaussian_data();
    void gaussianIsTheSampledGaussian();
    void mandelbrotCountsTheSteps();
    void toneHasItsFrequencyAndLevel_data();
    void toneHasItsFrequencyAndLevel();
    void gainIsInDecibels();
    void mixAdds();
    void drumsAreOnTheGrid();
    void padPlaysItsChord();
    void padLoopsWithoutASeam();
    void aWrongChordIsNamed();
};

void FormulaReferenceTest::colourFollowsItsFormula_data()
{
    QTest::addColumn<QString>("effect");
    QTest::addColumn<QString>("param");
    QTest::addColumn<double>("value");
    QTest::addColumn<int>("space");
    for (const int space : {0, 1})
        for (const auto& [effect, param, value] : {std::tuple{"brightness", "amount", 0.2}, {"brightness", "amount", -0.35}, {"contrast", "amount", 0.5}, {"contrast", "amount", -0.6}, {"hue_shift", "angle", 75.0}, {"hue_shift", "angle", -200.0}})
            QTest::addRow("%s %g %s", effect, value, space == 0 ? "display" : "linear") << effect << param << value << space;
}

void FormulaReferenceTest::colourFollowsItsFormula()
{
    QFETCH(const QString, effect);
    QFETCH(const QString, param);
    QFETCH(const double, value);
    QFETCH(const int, space);
    const TestStream input = testPicture(90, 60);
    EffectRun run = runOf(effect.toStdString(), 90, 60);
    run.connect("picture", input);
    run.set(param.toStdString(), value);
    run.set("space", std::int64_t{space});
    const auto out = run.picture(3);
    QVERIFY(out);
    const Picture in = input.picture(3, {0, 0, 90, 60});
    for (int y = 0; y < 60; ++y) {
        for (int x = 0; x < 90; ++x) {
            const double a = in.view().at(alpha, x, y);
            QCOMPARE(out->view().at(alpha, x, y), in.view().at(alpha, x, y));
            Rgb colour{};
            for (int plane = 0; plane < 3 && a > 0; ++plane)
                colour[static_cast<std::size_t>(plane)] = space == 0 ? toDisplay(in.view().at(plane, x, y) / a) : in.view().at(plane, x, y) / a;
            colour = asDefined(effect, colour, value);
            for (int plane = 0; plane < 3; ++plane) {
                const double wanted = a * (space == 0 ? toLinear(colour[static_cast<std::size_t>(plane)]) : colour[static_cast<std::size_t>(plane)]);
                const double got = out->view().at(plane, x, y);
                QVERIFY2(std::fabs(got - wanted) < 1e-4 * (1 + std::fabs(wanted)), qPrintable(QString("%1,%2 plane %3: %4 instead of %5").arg(x).arg(y).arg(plane).arg(got).arg(wanted)));
            }
        }
    }
}

void FormulaReferenceTest::gaussianIsTheSampledGaussian_data()
{
    QTest::addColumn<double>("sigma");
    for (const double sigma : {0.7, 2.0, 8.0})
        QTest::addRow("%g px", sigma) << sigma;
}

void FormulaReferenceTest::gaussianIsTheSampledGaussian()
{
    QFETCH(const double, sigma);
    constexpr int width = 80, height = 50;
    const TestStream input = testPicture(width, height);
    EffectRun run = runOf("blur", width, height);
    run.connect("picture", input);
    run.set("radius", sigma);
    const auto out = run.picture(0);
    QVERIFY(out);
    const Picture in = input.picture(0, {0, 0, width, height});
    const int reach = static_cast<int>(6 * sigma) + 1;
    for (int y = 0; y < height; y += 7) {
        for (int x = 0; x < width; x += 3) {
            double sum = 0, weights = 0;
            for (int dy = -reach; dy <= reach; ++dy)
                for (int dx = -reach; dx <= reach; ++dx) {
                    const double weight = std::exp(-(dx * dx + dy * dy) / (2 * sigma * sigma));
                    sum += weight * in.view().at(green, std::clamp(x + dx, 0, width - 1), std::clamp(y + dy, 0, height - 1));
                    weights += weight;
                }
            QVERIFY(std::fabs(out->view().at(green, x, y) - sum / weights) < 1.0 / 255);
        }
    }
}

void FormulaReferenceTest::mandelbrotCountsTheSteps()
{
    constexpr int width = 64, height = 48;
    EffectRun run = runOf("mandelbrot", width, height);
    const auto out = run.picture(0);
    QVERIFY(out);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const double cx = -0.6 + (x + 0.5 - width / 2.0) * 2.6 / height, cy = (height / 2.0 - y - 0.5) * 2.6 / height;
            double zx = 0, zy = 0;
            int steps = 0;
            while (steps < 256 && zx * zx + zy * zy <= 65536) {
                const double next = zx * zx - zy * zy + cx;
                zy = 2 * zx * zy + cy;
                zx = next;
                ++steps;
            }
            double tone = 0;
            if (zx * zx + zy * zy > 65536) {
                const double count = std::max(0.0, steps - std::log2(std::log2(zx * zx + zy * zy) / 16));
                const double place = 0.25 * std::log2(count + 1);
                const double w = 2 * std::fabs(place - std::nearbyint(place));
                tone = w * w * (3 - 2 * w);
            }
            QVERIFY2(std::fabs(toDisplay(out->view().at(red, x, y)) - tone) < 2e-3, qPrintable(QString("%1,%2: %3 instead of %4").arg(x).arg(y).arg(toDisplay(out->view().at(red, x, y))).arg(tone)));
        }
    }
}

void FormulaReferenceTest::toneHasItsFrequencyAndLevel_data()
{
    QTest::addColumn<int>("waveform");
    QTest::addColumn<double>("harmonic1");
    QTest::addColumn<double>("harmonic3");
    QTest::newRow("sine") << 0 << 1.0 << 0.0;
    QTest::newRow("triangle") << 1 << 8 / (pi * pi) << 8 / (pi * pi) / 9;
    QTest::newRow("square") << 2 << 4 / pi << 4 / pi / 3;
    QTest::newRow("saw") << 3 << 2 / pi << 2 / pi / 3;
}

void FormulaReferenceTest::toneHasItsFrequencyAndLevel()
{
    QFETCH(const int, waveform);
    QFETCH(const double, harmonic1);
    QFETCH(const double, harmonic3);
    EffectRun run(effectNamed("tone"));
    run.set("waveform", std::int64_t{waveform});
    run.set("frequency", 440.0);
    run.set("level", -6.0);
    const auto sound = run.sound({12345, 48000});
    QVERIFY(sound);
    const double amplitude = std::pow(10, -6.0 / 20);
    QVERIFY(std::fabs(levelAt(*sound, 440) - amplitude * harmonic1) < 2e-3);
    QVERIFY(std::fabs(levelAt(*sound, 1320) - amplitude * harmonic3) < 2e-3);
    QVERIFY(levelAt(*sound, 700) < 1e-4);
}

void FormulaReferenceTest::gainIsInDecibels()
{
    const TestStream input = testSound(48000);
    EffectRun run(effectNamed("gain"));
    run.connect("sound", input);
    run.set("gain", -20.0);
    const auto out = run.sound({100, 5000});
    QVERIFY(out);
    const Sound in = input.sound({100, 5000});
    for (std::int64_t i = 0; i < 5000; ++i)
        QVERIFY(std::fabs(out->channel(1)[i] - 0.1 * in.channel(1)[i]) < 1e-7);
}

void FormulaReferenceTest::mixAdds()
{
    const TestStream first = testSound(48000, 0), second = testSound(48000, 1);
    EffectRun run(effectNamed("mix"));
    run.connect("items", first);
    run.connect("items", second);
    run.setItem(1, "gain", 20.0);
    const auto out = run.sound({0, 4800});
    QVERIFY(out);
    const Sound a = first.sound({0, 4800}), b = second.sound({0, 4800});
    for (std::int64_t i = 0; i < 4800; ++i)
        QVERIFY(std::fabs(out->channel(0)[i] - (a.channel(0)[i] + 10.0 * b.channel(0)[i])) < 1e-5);
}

void FormulaReferenceTest::drumsAreOnTheGrid()
{
    EffectRun run(effectNamed("drums"));
    run.set("tempo", 100.0);
    for (const char* piece : {"kick", "snare", "clap"})
        run.set(piece, std::string());
    run.set("hat", std::string("x..."));
    const auto sound = run.sound({0, 48000 * 6});
    QVERIFY(sound);
    std::vector<std::int64_t> hits;
    std::int64_t silentFor = 48000;
    for (std::int64_t i = 0; i < sound->range().count; ++i) {
        const bool silent = sound->channel(0)[i] == 0.0F;
        if (!silent && silentFor > 2000)
            hits.push_back(i);
        silentFor = silent ? silentFor + 1 : 0;
    }
    QCOMPARE(hits.size(), std::size_t{10});
    for (std::size_t k = 0; k < hits.size(); ++k)
        QVERIFY(std::llabs(hits[k] - static_cast<std::int64_t>(k) * 28800) <= 1);
}

void FormulaReferenceTest::padPlaysItsChord()
{
    EffectRun run(effectNamed("synth_pad"));
    run.set("chords", std::string("Dm"));
    run.set("detune", 0.0);
    run.set("chord_time", Moment{20 * flicksPerSecond});
    const auto sound = run.sound({96000, 96000});
    QVERIFY(sound);
    const auto hertz = [](int midi) { return 440 * std::pow(2, (midi - 69) / 12.0); };
    for (const int midi : {38, 57, 62, 65}) // D2, A3, D4, F4
        QVERIFY2(levelAt(*sound, hertz(midi)) > 0.01, qPrintable(QString::number(midi)));
    for (const int midi : {61, 63, 64, 66, 68}) // C♯, D♯, E, F♯, G♯
        QVERIFY2(levelAt(*sound, hertz(midi)) < 0.002, qPrintable(QString::number(midi)));
}

void FormulaReferenceTest::padLoopsWithoutASeam()
{
    EffectRun run(effectNamed("synth_pad"));
    run.set("loop", Moment{10 * flicksPerSecond});
    const auto begin = run.sound({0, 4800}), next = run.sound({480000, 4800});
    QVERIFY(begin && next);
    double most = 0;
    for (std::int64_t i = 0; i < 4800; ++i) {
        QVERIFY(std::fabs(begin->channel(0)[i] - next->channel(0)[i]) < 1e-5);
        most = std::max(most, static_cast<double>(std::fabs(begin->channel(0)[i])));
    }
    QVERIFY(most > 0.01); // the last chord rings under the first
}

void FormulaReferenceTest::aWrongChordIsNamed()
{
    EffectRun run(effectNamed("synth_pad"));
    run.set("chords", std::string("Dm H7"));
    const auto facts = run.facts();
    QVERIFY(!facts);
    QCOMPARE(facts.error().fault, Fault::BadInput);
    QVERIFY(facts.error().message.find("'H7'") != std::string::npos);
}

QTEST_APPLESS_MAIN(FormulaReferenceTest)
#include "formula_reference_test.moc"
