// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/heard.h"

#include "core/effect/catalogue.h"

#include <QProcess>
#include <QRegularExpression>

#include <cmath>
#include <complex>
#include <numbers>

namespace artdag::test {

namespace {
constexpr double pi = std::numbers::pi;
}

const Effect& effectNamed(std::string_view name)
{
    const CatalogueEntry* entry = builtinEffects().find(name);
    CHECK(entry != nullptr);
    return *entry->effect;
}

TestStream soundOf(std::function<double(double seconds)> left, std::function<double(double seconds)> right, std::int64_t samples)
{
    TestStream stream{{.type = PortType::Sound, .samples = samples}};
    stream.sound = [=](SampleRange range) {
        Sound sound(range);
        for (std::int64_t i = 0; i < range.count; ++i) {
            const std::int64_t at = range.first + i;
            if (at < 0 || (samples != StreamFacts::endless && at >= samples))
                continue;
            sound.channel(0)[i] = static_cast<float>(left(static_cast<double>(at) / 48000));
            sound.channel(1)[i] = static_cast<float>(right(static_cast<double>(at) / 48000));
        }
        return sound;
    };
    return stream;
}

TestStream soundOf(std::function<double(double seconds)> at, std::int64_t samples)
{
    return soundOf(at, at, samples);
}

std::function<double(double seconds)> sine(double hertz, double amplitude)
{
    return [=](double seconds) { return amplitude * std::sin(2 * pi * hertz * seconds); };
}

std::vector<double> samplesOf(const Sound& sound, int channel)
{
    return {sound.channel(channel), sound.channel(channel) + sound.range().count};
}

double levelOf(const std::vector<double>& samples, double hertz, double rate)
{
    std::complex<double> sum = 0;
    double weights = 0;
    for (std::size_t i = 0; i < samples.size(); ++i) {
        const double window = 0.5 - 0.5 * std::cos(2 * pi * static_cast<double>(i) / static_cast<double>(samples.size()));
        sum += window * samples[i] * std::polar(1.0, -2 * pi * hertz * static_cast<double>(i) / rate);
        weights += window;
    }
    return 2 * std::abs(sum) / weights;
}

double rmsOf(const std::vector<double>& samples)
{
    double sum = 0;
    for (const double sample : samples)
        sum += sample * sample;
    return std::sqrt(sum / static_cast<double>(samples.size()));
}

double pitchOf(const std::vector<double>& samples, double from, double to, double rate)
{
    const auto least = static_cast<std::size_t>(rate / to), most = static_cast<std::size_t>(rate / from) + 1;
    const std::size_t length = samples.size() - most - 1;
    const auto likeness = [&](std::size_t lag) {
        double product = 0, a = 0, b = 0;
        for (std::size_t i = 0; i < length; ++i) {
            product += samples[i] * samples[i + lag];
            a += samples[i] * samples[i];
            b += samples[i + lag] * samples[i + lag];
        }
        return product / std::sqrt(a * b + 1e-30);
    };
    std::size_t best = least;
    double highest = -2;
    for (std::size_t lag = least; lag <= most; ++lag)
        if (const double here = likeness(lag); here > highest) {
            highest = here;
            best = lag;
        }
    const double before = likeness(best - 1), after = likeness(best + 1);
    const double shift = (before - after) / (2 * (before - 2 * highest + after));
    return rate / (static_cast<double>(best) + shift);
}

double decibels(double ratio)
{
    return 20 * std::log10(ratio);
}

double cents(double found, double expected)
{
    return 1200 * std::log2(found / expected);
}

std::vector<std::int64_t> beginnings(const std::vector<double>& samples, double threshold, int silence)
{
    std::vector<std::int64_t> found;
    int quiet = silence;
    for (std::size_t i = 0; i < samples.size(); ++i) {
        const bool loud = std::fabs(samples[i]) > threshold;
        if (loud && quiet >= silence)
            found.push_back(static_cast<std::int64_t>(i));
        quiet = loud ? 0 : quiet + 1;
    }
    return found;
}

Moment seconds(double value)
{
    return {flicksOfSeconds(value)};
}

std::vector<double> loudnessByFfmpeg(const Sound& sound, int rate)
{
    QByteArray bytes;
    for (std::int64_t i = 0; i < sound.range().count; ++i)
        for (int channel = 0; channel < soundChannels; ++channel)
            bytes.append(reinterpret_cast<const char*>(sound.channel(channel) + i), sizeof(float));
    QProcess process;
    process.start("ffmpeg", {"-nostats", "-f", "f32le", "-ar", QString::number(rate), "-ac", "2", "-i", "-", "-af", "ebur128=peak=true", "-f", "null", "-"});
    if (!process.waitForStarted())
        return {};
    process.write(bytes);
    process.closeWriteChannel();
    process.waitForFinished(60000);
    const QString said = QString::fromUtf8(process.readAllStandardError());
    const QString summary = said.mid(said.lastIndexOf("Summary:"));
    const auto integrated = QRegularExpression("I:\\s+(-?[0-9.]+) LUFS").match(summary), peak = QRegularExpression("Peak:\\s+(-?[0-9.]+) dBFS").match(summary);
    return {integrated.captured(1).toDouble(), peak.captured(1).toDouble()};
}

} // namespace artdag::test
