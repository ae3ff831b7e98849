// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"
#include "core/sound/filter.h"

#include <array>

namespace artdag {
namespace {

constexpr std::size_t bands = 5;
constexpr std::string_view gains[bands] = {"low_gain", "bell_1_gain", "bell_2_gain", "bell_3_gain", "high_gain"};
constexpr std::string_view frequencies[bands] = {"low_frequency", "bell_1_frequency", "bell_2_frequency", "bell_3_frequency", "high_frequency"};
constexpr std::string_view widths[bands] = {"low_q", "bell_1_q", "bell_2_q", "bell_3_q", "high_q"};

Filter bandAt(const SoundCall& call, std::size_t band, std::int64_t sample)
{
    const double hertz = call.real(frequencies[band], sample), q = call.real(widths[band], sample), gain = call.real(gains[band], sample);
    const double rate = call.canvas.sampleRate;
    return band == 0 ? lowShelfFilter(hertz, q, gain, rate) : band == bands - 1 ? highShelfFilter(hertz, q, gain, rate)
                                                                                : bellFilter(hertz, q, gain, rate);
}

void runMoving(const SoundCall& call, std::span<double> states, StereoBlock& block)
{
    for (std::size_t band = 0; band < bands; ++band) {
        Filter from = bandAt(call, band, call.range.first);
        for (std::size_t first = 0; first < block.size(); first += controlStep) {
            const Filter to = bandAt(call, band, call.range.first + static_cast<std::int64_t>(first) + controlStep);
            runFilter(from, to, states.subspan(band * filterNumbers, filterNumbers), std::span(block).subspan(first, controlStep));
            from = to;
        }
    }
}

/// Bands that turn nothing are left out.
void runSteady(const SoundCall& call, std::span<double> states, StereoBlock& block)
{
    std::vector<Filter> filters;
    for (std::size_t band = 0; band < bands; ++band)
        if (call.args.real(gains[band]) != 0.0)
            filters.push_back(bandAt(call, band, 0));
    runFilters(filters, states, block);
}

Result<void> sound(const SoundCall& call, std::span<const Sound> inputs, Sound& out)
{
    std::vector<double>& states = call.memory->numbers;
    states.resize(bands * filterNumbers);
    StereoBlock block = stereoOf(inputs[0], out.range());
    if (call.moves)
        runMoving(call, states, block);
    else
        runSteady(call, states, block);
    settle(states);
    writeStereo(block, out);
    return {};
}

std::vector<Param> band(std::size_t index, std::string_view group, double hertz, double q)
{
    return {
        {.name = gains[index], .initial = 0.0, .least = -24.0, .most = 24.0, .step = 0.1, .unit = "dB", .title = "Gain", .group = group},
        {.name = frequencies[index], .initial = hertz, .least = 20.0, .most = 20000.0, .step = 1.0, .unit = "Hz", .title = "Frequency", .group = group},
        {.name = widths[index], .initial = q, .least = 0.1, .most = 18.0, .title = "Q", .help = "Higher is narrower", .group = group},
    };
}

std::vector<Param> params()
{
    std::vector<Param> all;
    for (const std::vector<Param>& some : {band(0, "Low shelf", 100.0, 0.707), band(1, "Bell 1", 250.0, 1.0), band(2, "Bell 2", 1000.0, 1.0), band(3, "Bell 3", 3500.0, 1.0), band(4, "High shelf", 10000.0, 0.707)})
        all.insert(all.end(), some.begin(), some.end());
    return all;
}

} // namespace

extern const Effect effect_equalizer;
const Effect effect_equalizer{
    .name = "equalizer",
    .title = "Equalizer",
    .help = "Makes parts of a sound's range louder or softer: everything below and above two shelves, and three bells between. Bands at 0 dB change nothing.",
    .tags = {"sound", "filter"},
    .synonyms = {"eq", "parametric equalizer", "bass", "treble", "tone control", "shelf", "peaking", "bell", "anequalizer"},
    .inputs = {{.name = "sound", .type = PortType::Sound, .title = "Sound"}},
    .outputs = {{.name = "sound", .type = PortType::Sound, .title = "Sound"}},
    .params = params(),
    .neutralAtDefault = true,
    .remembers = true,
    .sound = sound,
};

} // namespace artdag
