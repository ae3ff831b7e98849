// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/effect/whole_inputs.h"
#include "core/sound/spectrum.h"

#include <algorithm>
#include <cmath>

namespace artdag {
namespace {

constexpr int valuesPerSecond = 100;
constexpr double faintest = -60.0; ///< dB, 0 of the scale in decibels

struct Range {
    double low = 0, high = 0; ///< Hz
};

/// Mean squares of both channels within ranges of frequencies, each hundredth of a second.
class Listener {
public:
    Listener(int sampleRate, std::span<const Range> ranges)
        : m_spectrum(spectrumSize(sampleRate / 25.0)),
          m_window(hannWindow(m_spectrum.size())),
          m_samples(m_window.size()),
          m_powers(static_cast<std::size_t>(m_spectrum.bins()))
    {
        const double width = static_cast<double>(sampleRate) / m_spectrum.size();
        for (const Range& range : ranges) {
            std::vector<double>& weights = m_weights.emplace_back();
            for (int bin = 0; bin < m_spectrum.bins(); ++bin) { // a bin that the edge goes through counts in part
                const double low = std::max(range.low / width, bin - 0.5), high = std::min(range.high / width, bin + 0.5);
                weights.push_back(std::max(high - low, 0.0));
            }
            powers.emplace_back();
        }
    }

    [[nodiscard]] int size() const { return m_spectrum.size(); }

    void hear(std::span<const double> left, std::span<const double> right)
    {
        std::vector<double> sums(m_weights.size());
        for (const auto& channel : {left, right}) {
            for (std::size_t i = 0; i < m_samples.size(); ++i)
                m_samples[i] = channel[i] * m_window[i];
            m_spectrum.power(m_samples, m_powers);
            for (std::size_t range = 0; range < sums.size(); ++range)
                for (std::size_t bin = 0; bin < m_powers.size(); ++bin)
                    sums[range] += m_powers[bin] * m_weights[range][bin];
        }
        // Both signs of a frequency, over the window's noise bandwidth of 1.5 bins, in the mean of two channels.
        for (std::size_t range = 0; range < sums.size(); ++range)
            powers[range].push_back(sums[range] * 2.0 / 1.5 / 2.0);
    }

    std::vector<std::vector<double>> powers; ///< by range

private:
    Spectrum m_spectrum;
    std::vector<double> m_window, m_samples, m_powers;
    std::vector<std::vector<double>> m_weights; ///< of each bin, by range
};

std::vector<double> levels(const Call& call, const std::vector<double>& power)
{
    std::vector<double> sums{0.0};
    for (const double each : power)
        sums.push_back(sums.back() + each);
    const auto count = static_cast<std::int64_t>(power.size());
    const auto side = static_cast<std::int64_t>(secondsOfFlicks(call.args.time("window")) * valuesPerSecond / 2);
    std::vector<double> values;
    for (std::int64_t i = 0; i < count; ++i) {
        const std::int64_t first = std::max<std::int64_t>(i - side, 0), end = std::min(i + side + 1, count);
        values.push_back(std::sqrt(std::max((sums[static_cast<std::size_t>(end)] - sums[static_cast<std::size_t>(first)]) / static_cast<double>(end - first), 0.0)));
    }
    const double loudest = values.empty() ? 0.0 : *std::ranges::max_element(values);
    if (call.args.boolean("normalize") && loudest > 1e-6) // what is fainter than 120 dB below full scale is nothing
        for (double& value : values)
            value /= loudest;
    if (call.args.choice("scale") == 1)
        for (double& value : values)
            value = value > 0 ? std::max(1.0 - 20.0 * exact::log(value) / 2.302585092994045684 / faintest, 0.0) : 0.0;
    return values;
}

Result<std::vector<Analysed>> analyse(const AnalysisCall& call)
{
    const double bass = call.args.real("bass_to"), high = std::max(call.args.real("high_from"), bass), all = 0.5 * call.canvas.sampleRate;
    const double one = call.args.real("low"), other = call.args.real("high");
    const Range ranges[] = {{20.0, bass}, {bass, high}, {high, all}, {std::min(one, other), std::max(one, other)}};
    Listener listener(call.canvas.sampleRate, ranges);
    TRY(hearWindows(call, call.input("sound"), valuesPerSecond, listener.size(), [&](std::span<const double> left, std::span<const double> right) { listener.hear(left, right); }));
    std::vector<Analysed> out;
    for (const std::vector<double>& power : listener.powers)
        out.push_back({{}, static_cast<double>(valuesPerSecond), levels(call, power)});
    return out;
}

Param frequency(std::string_view name, std::string_view title, double initial, std::string_view help)
{
    return {.name = name, .initial = initial, .least = 20.0, .most = 20000.0, .step = 10.0, .unit = "Hz", .title = title, .help = help, .animatable = false};
}

} // namespace

extern const Effect effect_bands;
const Effect effect_bands{
    .name = "bands",
    .title = "Bands",
    .help = "How loud bass, middle and high sounds are over time, and any other range of frequencies: the kick moves one thing, the hats another.",
    .tags = {"analysis", "sound", "signal"},
    .synonyms = {"spectrum", "frequency bands", "bass mid treble", "audio spectrum", "audio reactive", "equalizer", "fft"},
    .inputs = {{.name = "sound", .type = PortType::Sound, .title = "Sound"}},
    .outputs = {
        {.name = "bass", .type = PortType::Signal, .title = "Bass"},
        {.name = "mid", .type = PortType::Signal, .title = "Middle"},
        {.name = "high", .type = PortType::Signal, .title = "High"},
        {.name = "range", .type = PortType::Signal, .title = "The range Low … High"},
    },
    .params = {
        frequency("bass_to", "Bass up to", 250.0, "Where bass ends and the middle begins"),
        frequency("high_from", "High from", 4000.0, "Where the middle ends"),
        frequency("low", "Low", 400.0, "Where the range begins"),
        frequency("high", "High", 2000.0, "Where the range ends"),
        {.name = "window", .kind = ParamKind::Time, .initial = Moment{flicksPerSecond / 20}, .least = 0.0, .most = 10.0, .unit = "s", .title = "Window", .help = "How much sound makes one value; longer is calmer", .animatable = false},
        {.name = "normalize", .kind = ParamKind::Boolean, .initial = true, .title = "Normalize", .help = "The loudest moment of each band is 1; else full scale is", .animatable = false},
        {.name = "scale", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .title = "Scale", .help = "Decibels show what is soft: −60 dB is 0, 0 dB is 1", .choices = {"amplitude", "decibels"}, .animatable = false},
    },
    .analyse = analyse,
};

} // namespace artdag
