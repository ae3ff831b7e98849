// SPDX-License-Identifier: GPL-3.0-or-later
// How an analysis goes through a whole sound or film: windows of samples or frames, one after another, so that an hour of
// it needs no more memory than a second.
#pragma once

#include "core/effect/effect.h"

#include <algorithm>
#include <span>
#include <vector>

namespace artdag {

/// How much of an input there is: all of it, or the canvas's length of an endless one.
inline std::int64_t wholeSamples(const AnalysisCall& call, int input)
{
    const std::int64_t samples = call.inputs[static_cast<std::size_t>(input)].stream.samples;
    return samples != StreamFacts::endless ? samples : frameAt(call.canvas.duration, {call.canvas.sampleRate, 1});
}
inline std::int64_t wholeFrames(const AnalysisCall& call, int input)
{
    const std::int64_t frames = call.inputs[static_cast<std::size_t>(input)].stream.frames;
    return frames != StreamFacts::endless ? frames : frameAt(call.canvas.duration, call.canvas.rate);
}

/// Calls `use(piece)` with the sound in pieces of a second.
template <class Use>
Result<void> hearPieces(const AnalysisCall& call, int input, Use&& use)
{
    const std::int64_t samples = wholeSamples(call, input), rate = call.canvas.sampleRate;
    for (std::int64_t first = 0; first < samples; first += rate)
        use(TRY(call.soundOf(input, {first, std::min(rate, samples - first)})));
    return {};
}

/// Calls `use(left, right)` for each 1/perSecond of the sound with `size` samples of each channel around it: sample
/// size/2 lies at that instant; silence before the beginning and after the end.
template <class Use>
Result<void> hearWindows(const AnalysisCall& call, int input, int perSecond, int size, Use&& use)
{
    const std::int64_t samples = wholeSamples(call, input), rate = call.canvas.sampleRate;
    const std::int64_t windows = (samples * perSecond + rate - 1) / rate;
    std::int64_t window = 0, start = -size / 2; // of what is kept
    std::vector<double> kept[soundChannels];
    for (auto& channel : kept)
        channel.assign(static_cast<std::size_t>(size / 2), 0.0);
    const auto useAll = [&] {
        for (; window < windows; ++window) {
            const auto at = static_cast<std::size_t>(window * rate / perSecond - size / 2 - start);
            if (at + static_cast<std::size_t>(size) > kept[0].size())
                break;
            use(std::span<const double>(kept[0]).subspan(at, static_cast<std::size_t>(size)), std::span<const double>(kept[1]).subspan(at, static_cast<std::size_t>(size)));
        }
        const std::int64_t done = std::min<std::int64_t>(window * rate / perSecond - size / 2 - start, static_cast<std::int64_t>(kept[0].size()));
        for (auto& channel : kept)
            channel.erase(channel.begin(), channel.begin() + done);
        start += done;
    };
    TRY(hearPieces(call, input, [&](const Sound& piece) {
        for (int side = 0; side < soundChannels; ++side)
            kept[side].insert(kept[side].end(), piece.channel(side), piece.channel(side) + piece.range().count);
        useAll();
    }));
    for (auto& channel : kept)
        channel.insert(channel.end(), static_cast<std::size_t>(size), 0.0);
    useAll();
    return {};
}

/// Calls `use(mono)` likewise.
template <class Use>
Result<void> hearMono(const AnalysisCall& call, int input, int perSecond, int size, Use&& use)
{
    std::vector<double> mono(static_cast<std::size_t>(size));
    return hearWindows(call, input, perSecond, size, [&](std::span<const double> left, std::span<const double> right) {
        for (std::size_t i = 0; i < mono.size(); ++i)
            mono[i] = 0.5 * (left[i] + right[i]);
        use(std::span<const double>(mono));
    });
}

/// Calls `use(picture)` with every frame.
template <class Use>
Result<void> seeFrames(const AnalysisCall& call, int input, Use&& use)
{
    for (std::int64_t frame = 0; frame < wholeFrames(call, input); ++frame) {
        const PicturePointer picture = TRY(call.pictureOf(input, frame));
        use(picture->view());
    }
    return {};
}

} // namespace artdag
