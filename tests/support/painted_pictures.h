// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures painted by a function, and what is measured in them, for tests of effects.
#pragma once

#include "core/effect/catalogue.h"
#include "core/picture/block_motion.h"
#include "core/picture/dither_pattern.h"
#include "core/picture/normal_noise.h"
#include "core/picture/pointwise.h"
#include "tests/support/run_effect.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <set>

namespace artdag {

inline const Effect& named(std::string_view name)
{
    return *builtinEffects().find(name)->effect;
}

/// px parameters mean px here.
inline Canvas fullCanvas()
{
    Canvas canvas = EffectRun::smallCanvas();
    canvas.scale = 1.0;
    return canvas;
}

using Paint = std::function<std::array<float, 4>(int x, int y, std::int64_t frame)>;

inline TestStream painted(int width, int height, Paint paint, std::int64_t frames = 200)
{
    TestStream stream{{PortType::Picture, width, height, frames}};
    stream.picture = [paint](std::int64_t frame, Rect part) {
        Picture picture(part);
        for (int y = part.y0; y < part.y1; ++y)
            for (int x = part.x0; x < part.x1; ++x) {
                const auto pixel = paint(x, y, frame);
                for (int plane = 0; plane < 4; ++plane)
                    picture.view().at(plane, x, y) = pixel[static_cast<std::size_t>(plane)];
            }
        return picture;
    };
    return stream;
}

inline float linear(float display)
{
    displayToLinearRow(&display, &display, 1);
    return display;
}

inline float display(float linear)
{
    linearToDisplayRow(&linear, &linear, 1);
    return linear;
}

/// A display grey everywhere.
inline TestStream grey(int width, int height, float tone)
{
    const float light = linear(tone);
    return painted(width, height, [light](int, int, std::int64_t) { return std::array<float, 4>{light, light, light, 1.0F}; });
}

/// Every pixel unlike any other.
inline std::array<float, 4> motley(int x, int y, std::int64_t)
{
    const auto part = [&](int a, int b) { return static_cast<float>((x * a + y * b) % 251) / 251.0F; };
    return {part(37, 101), part(83, 29), part(17, 61), 1.0F};
}

inline Picture rendered(const EffectRun& run, std::int64_t frame = 0)
{
    auto picture = run.picture(frame);
    if (!picture)
        qFatal("%s", picture.error().message.c_str());
    return std::move(*picture);
}

inline EffectRun prepared(std::string_view effect, TestStream stream, std::vector<std::pair<std::string_view, Value>> values)
{
    EffectRun run(named(effect), fullCanvas());
    run.connect("picture", std::move(stream));
    for (auto& [name, value] : values)
        run.set(name, std::move(value));
    return run;
}

/// Display colours of some pixels, rounded and sorted.
inline std::vector<std::array<int, 3>> coloursOf(const ConstPictureView& view, const Rect& part)
{
    std::vector<std::array<int, 3>> colours;
    for (int y = part.y0; y < part.y1; ++y)
        for (int x = part.x0; x < part.x1; ++x) {
            std::array<int, 3> colour{};
            for (int plane = 0; plane < 3; ++plane)
                colour[static_cast<std::size_t>(plane)] = static_cast<int>(display(view.at(plane, x, y)) * 4000.0F + 0.5F);
            colours.push_back(colour);
        }
    std::sort(colours.begin(), colours.end());
    return colours;
}

inline double meanOf(const Picture& picture, int plane, bool ofDisplay)
{
    double sum = 0.0;
    const Rect rect = picture.rect();
    for (int y = rect.y0; y < rect.y1; ++y)
        for (int x = rect.x0; x < rect.x1; ++x)
            sum += ofDisplay ? display(picture.view().at(plane, x, y)) : picture.view().at(plane, x, y);
    return sum / (static_cast<double>(rect.width()) * rect.height());
}

inline std::int64_t chosen(std::int64_t index)
{
    return index;
}

} // namespace artdag
