// SPDX-License-Identifier: GPL-3.0-or-later
// Films whose frames say which they are, and sines, for tests of effects of time.
#pragma once

#include "core/effect/catalogue.h"
#include "tests/support/run_effect.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace artdag {

inline const Effect& named(std::string_view name)
{
    return *builtinEffects().find(name)->effect;
}

inline Moment seconds(double value)
{
    return {static_cast<Flicks>(value * static_cast<double>(flicksPerSecond))};
}

/// Every pixel of frame n is n / 1024 in red and `look` in blue.
inline TestStream counter(std::int64_t frames, float look = 0, int width = 8, int height = 6)
{
    TestStream stream{{PortType::Picture, width, height, frames}};
    stream.picture = [=](std::int64_t frame, Rect part) {
        Picture picture(part);
        const float planes[4] = {static_cast<float>(frame) / 1024, 0, look, 1};
        for (int plane = 0; plane < 4; ++plane)
            for (int y = part.y0; y < part.y1; ++y)
                std::fill_n(picture.view().row(plane, y), part.width(), planes[plane]);
        return picture;
    };
    return stream;
}

/// A level ramp of grey as an artist sees it: black on the left, white on the right.
inline TestStream seenRamp(int width, int height)
{
    TestStream stream{{PortType::Picture, width, height, 1}};
    stream.picture = [=](std::int64_t, Rect part) {
        Picture picture(part);
        for (int y = part.y0; y < part.y1; ++y)
            for (int x = part.x0; x < part.x1; ++x) {
                const double seen = x / (width - 1.0);
                const auto light = static_cast<float>(seen <= 0.04045 ? seen / 12.92 : std::pow((seen + 0.055) / 1.055, 2.4));
                for (int plane = 0; plane < 4; ++plane)
                    picture.view().at(plane, x, y) = plane == alpha ? 1.0F : light;
            }
        return picture;
    };
    return stream;
}

inline TestStream sine(std::int64_t samples, double hertz)
{
    TestStream stream{{.type = PortType::Sound, .samples = samples}};
    stream.sound = [=](SampleRange range) {
        Sound sound(range);
        for (std::int64_t i = 0; i < range.count; ++i)
            if (range.first + i >= 0 && range.first + i < samples)
                sound.channel(0)[i] = sound.channel(1)[i] = static_cast<float>(0.5 * std::sin(2 * M_PI * hertz * static_cast<double>(range.first + i) / 48000));
        return sound;
    };
    return stream;
}

inline TestStream eventsAt(std::vector<Event> events)
{
    TestStream stream{{.type = PortType::Events}};
    stream.events = std::move(events);
    return stream;
}

inline double redAt(const EffectRun& run, std::int64_t frame, int x = 3, int y = 3)
{
    const auto picture = run.picture(frame);
    CHECK(picture);
    return picture->view().at(red, x, y) * 1024.0;
}

inline double blueAt(const EffectRun& run, std::int64_t frame)
{
    return run.picture(frame)->view().at(blue, 3, 3);
}

inline std::vector<int> shown(const EffectRun& run, int frames)
{
    std::vector<int> all;
    for (int frame = 0; frame < frames; ++frame)
        all.push_back(static_cast<int>(std::lround(redAt(run, frame))));
    return all;
}

/// The steepest step from sample to sample.
inline double steepest(const Sound& sound)
{
    double most = 0;
    for (std::int64_t i = 1; i < sound.range().count; ++i)
        most = std::max(most, std::fabs(static_cast<double>(sound.channel(0)[i]) - sound.channel(0)[i - 1]));
    return most;
}

inline EffectRun filmAndSound(std::string_view effect, std::int64_t frames, double hertz = 440)
{
    EffectRun run(named(effect));
    run.connect("picture", counter(frames));
    run.connect("sound", sine(frames * 1600, hertz));
    return run;
}

} // namespace artdag
