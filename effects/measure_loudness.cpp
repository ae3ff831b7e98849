// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/effect/whole_inputs.h"

#include <algorithm>

namespace artdag {
namespace {

constexpr std::int64_t hopsPerSecond = 10;
constexpr std::int64_t momentary = 4, shortTerm = 30; ///< hops, EBU Tech 3341
constexpr double absoluteGate = -70.0, relativeGate = -10.0;

/// A second-order filter, direct form II transposed.
struct Section {
    double b0 = 1, b1 = 0, b2 = 0, a1 = 0, a2 = 0, z1 = 0, z2 = 0;

    double operator()(double in)
    {
        const double out = b0 * in + z1;
        z1 = b1 * in - a1 * out + z2;
        z2 = b2 * in - a2 * out;
        return out;
    }
};

/// The curves of ITU-R BS.1770-4 at any sample rate: its coefficients for 48 kHz are those of these analogue prototypes.
Section headShelf(double rate)
{
    const double k = exact::tan(exact::pi * 1681.974450955533 / rate), q = 0.7071752369554196;
    const double top = exact::pow(10.0, 3.999843853973347 / 20.0), middle = exact::pow(top, 0.4996667741545416);
    const double a0 = 1.0 + k / q + k * k;
    return {(top + middle * k / q + k * k) / a0, 2.0 * (k * k - top) / a0, (top - middle * k / q + k * k) / a0, 2.0 * (k * k - 1.0) / a0, (1.0 - k / q + k * k) / a0};
}
Section lowCut(double rate)
{
    const double k = exact::tan(exact::pi * 38.13547087602444 / rate), q = 0.5003270373238773;
    const double a0 = 1.0 + k / q + k * k;
    return {1.0, -2.0, 1.0, 2.0 * (k * k - 1.0) / a0, (1.0 - k / q + k * k) / a0};
}

/// Mean squares of the weighted sound, both channels added, in each tenth of a second.
class Meter {
public:
    explicit Meter(std::int64_t rate)
        : m_rate(rate)
    {
        for (auto& channel : m_sections) {
            channel[0] = headShelf(static_cast<double>(rate));
            channel[1] = lowCut(static_cast<double>(rate));
        }
    }

    void hear(const Sound& piece)
    {
        for (std::int64_t i = 0; i < piece.range().count; ++i) {
            for (int side = 0; side < soundChannels; ++side) {
                auto& sections = m_sections[side];
                const double out = sections[1](sections[0](piece.channel(side)[i]));
                m_sum += out * out;
            }
            if (++m_samples == (static_cast<std::int64_t>(hops.size()) + 1) * m_rate / hopsPerSecond)
                end();
        }
    }
    void end()
    {
        const std::int64_t count = m_samples - static_cast<std::int64_t>(hops.size()) * m_rate / hopsPerSecond;
        if (count > 0)
            hops.push_back(m_sum / static_cast<double>(count));
        m_sum = 0.0;
    }

    std::vector<double> hops;

private:
    std::int64_t m_rate, m_samples = 0;
    double m_sum = 0.0;
    Section m_sections[soundChannels][2];
};

double loudness(double meanSquare)
{
    return meanSquare > 1e-20 ? -0.691 + 10.0 * exact::log(meanSquare) / 2.302585092994045684 : -200.0;
}

/// Mean of `count` hops from `first`; what lies outside is silent.
double meanOf(const std::vector<double>& hops, std::int64_t first, std::int64_t count)
{
    double sum = 0.0;
    for (std::int64_t i = std::max<std::int64_t>(first, 0); i < std::min(first + count, static_cast<std::int64_t>(hops.size())); ++i)
        sum += hops[static_cast<std::size_t>(i)];
    return sum / static_cast<double>(count);
}

/// Loudness of the whole, without its pauses (BS.1770-4 §5.6).
double integrated(const std::vector<double>& hops)
{
    double gate = absoluteGate, result = -200.0;
    for (int pass = 0; pass < 2; ++pass) {
        double sum = 0.0;
        std::int64_t count = 0;
        for (std::int64_t i = 0; i + momentary <= static_cast<std::int64_t>(hops.size()); ++i)
            if (const double block = meanOf(hops, i, momentary); loudness(block) > gate) {
                sum += block;
                ++count;
            }
        if (count == 0)
            return -200.0;
        result = loudness(sum / static_cast<double>(count));
        gate = std::max(gate, result + relativeGate);
    }
    return result;
}

Result<std::vector<Analysed>> analyse(const AnalysisCall& call)
{
    Meter meter(call.canvas.sampleRate);
    TRY(hearPieces(call, call.input("sound"), [&](const Sound& piece) { meter.hear(piece); }));
    meter.end();
    const double floor = call.args.real("floor");
    const bool unit = call.args.choice("scale") == 1;
    const auto shown = [&](double lufs) { return unit ? std::max(1.0 - lufs / floor, 0.0) : std::max(lufs, floor); };
    std::vector<Analysed> out;
    for (const std::int64_t window : {momentary, shortTerm}) {
        Analysed& found = out.emplace_back(Analysed{{}, static_cast<double>(hopsPerSecond), {}});
        const std::int64_t before = call.args.choice("align") == 1 ? window : window / 2;
        for (std::int64_t i = 0; i <= static_cast<std::int64_t>(meter.hops.size()); ++i)
            found.values.push_back(shown(loudness(meanOf(meter.hops, i - before, window))));
    }
    out.push_back({{}, 1.0, {shown(integrated(meter.hops))}});
    return out;
}

} // namespace

extern const Effect effect_measure_loudness;
const Effect effect_measure_loudness{
    .name = "measure_loudness",
    .title = "Measure loudness",
    .help = "How loud a sound is to listeners over time, as broadcasters measure it: momentary over 400 ms, short-term over 3 s, and integrated over the whole.",
    .tags = {"analysis", "sound", "signal"},
    .synonyms = {"ebur128", "EBU R128", "LUFS", "LKFS", "loudness meter", "bs.1770", "volume"},
    .inputs = {{.name = "sound", .type = PortType::Sound, .title = "Sound"}},
    .outputs = {
        {.name = "momentary", .type = PortType::Signal, .title = "Over 400 ms"},
        {.name = "short_term", .type = PortType::Signal, .title = "Over 3 s"},
        {.name = "integrated", .type = PortType::Signal, .title = "Over the whole, without pauses"},
    },
    .params = {
        {.name = "scale", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .title = "Scale", .help = "LUFS, or 0–1 from Floor to 0 LUFS", .choices = {"lufs", "unit"}, .animatable = false},
        {.name = "floor", .initial = -60.0, .least = -120.0, .most = -6.0, .step = 1.0, .unit = "LUFS", .title = "Floor", .help = "What is softer counts as this", .animatable = false},
        {.name = "align", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .title = "Align", .help = "The middle of the window is now, so that pictures are in time; or its end, as meters show it", .choices = {"middle", "end"}, .animatable = false},
    },
    .analyse = analyse,
};

} // namespace artdag
