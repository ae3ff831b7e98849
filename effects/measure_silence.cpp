// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/effect/whole_inputs.h"

#include <algorithm>

namespace artdag {
namespace {

constexpr std::int64_t valuesPerSecond = 200;

struct Silence {
    std::int64_t first = 0, end = 0; ///< samples
};

/// Stretches in which no sample of either channel is as loud as the threshold.
class Listener {
public:
    Listener(float threshold, std::int64_t least)
        : m_threshold(threshold),
          m_least(least) {}

    void hear(const Sound& piece)
    {
        for (std::int64_t i = 0; i < piece.range().count; ++i) {
            const float left = piece.channel(0)[i], right = piece.channel(1)[i];
            if (left >= m_threshold || left <= -m_threshold || right >= m_threshold || right <= -m_threshold)
                end(piece.range().first + i);
        }
    }
    /// Something sounds at this sample.
    void end(std::int64_t sample)
    {
        if (sample - m_quietFrom >= m_least && sample > m_quietFrom)
            found.push_back({m_quietFrom, sample});
        m_quietFrom = sample + 1;
    }

    std::vector<Silence> found;

private:
    float m_threshold;
    std::int64_t m_least, m_quietFrom = 0;
};

Result<std::vector<Analysed>> analyse(const AnalysisCall& call)
{
    const int input = call.input("sound");
    const std::int64_t rate = call.canvas.sampleRate, samples = wholeSamples(call, input);
    Listener listener(static_cast<float>(exact::pow(10.0, call.args.real("threshold") / 20.0)), frameAt(call.args.time("least"), {rate, 1}));
    TRY(hearPieces(call, input, [&](const Sound& piece) { listener.hear(piece); }));
    listener.end(samples);
    std::vector<Analysed> out(3);
    out[0] = {{}, static_cast<double>(valuesPerSecond), std::vector<double>(static_cast<std::size_t>((samples * valuesPerSecond + rate - 1) / rate))};
    for (const Silence& silence : listener.found) {
        const std::int64_t first = (silence.first * valuesPerSecond + rate - 1) / rate, end = (silence.end * valuesPerSecond + rate - 1) / rate;
        std::fill(out[0].values.begin() + first, out[0].values.begin() + std::min<std::int64_t>(end, static_cast<std::int64_t>(out[0].values.size())), 1.0);
        out[1].events.push_back({timeOfFrame(silence.first, {rate, 1}), 1.0});
        if (silence.end < samples)
            out[2].events.push_back({timeOfFrame(silence.end, {rate, 1}), 1.0});
    }
    return out;
}

} // namespace

extern const Effect effect_measure_silence;
const Effect effect_measure_silence{
    .name = "measure_silence",
    .title = "Measure silence",
    .help = "Where a sound is silent: a signal that is 1 during silence, and events where silence begins and where something sounds again.",
    .tags = {"analysis", "sound", "signal", "events"},
    .synonyms = {"silencedetect", "silence detection", "gate", "pause", "voice activity"},
    .inputs = {{.name = "sound", .type = PortType::Sound, .title = "Sound"}},
    .outputs = {
        {.name = "signal", .type = PortType::Signal, .title = "1 during silence"},
        {.name = "starts", .type = PortType::Events, .title = "Where silence begins"},
        {.name = "ends", .type = PortType::Events, .title = "Where sound begins again"},
    },
    .params = {
        {.name = "threshold", .initial = -50.0, .least = -120.0, .most = 0.0, .step = 1.0, .unit = "dB", .title = "Threshold", .help = "What never reaches it is silence; 0 dB is full scale", .animatable = false},
        {.name = "least", .kind = ParamKind::Time, .initial = Moment{flicksPerSecond / 2}, .least = 0.0, .most = 60.0, .unit = "s", .title = "Least length", .help = "Shorter pauses are no silence", .animatable = false},
    },
    .analyse = analyse,
};

} // namespace artdag
