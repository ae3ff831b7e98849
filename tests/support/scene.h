// SPDX-License-Identifier: GPL-3.0-or-later
// Effects run on pictures that are functions of places, for tests that know what must come out.
#pragma once

#include "tests/support/run_effect.h"

#include "core/base/result.h"
#include "core/effect/catalogue.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

namespace artdag {

struct Rgba {
    double r = 0, g = 0, b = 0, a = 1; ///< linear, premultiplied
};
/// A picture as a function of places: pixel (x, y) shows the value at (x + ½, y + ½).
using Scene = std::function<Rgba(double x, double y, std::int64_t frame)>;

inline Rgba grey(double value)
{
    return {value, value, value, 1};
}
inline double toDisplay(double v)
{
    return v <= 0.0031308 ? 12.92 * v : 1.055 * std::pow(v, 1 / 2.4) - 0.055;
}
inline double toLinear(double v)
{
    return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
}

inline EffectRun runOf(std::string_view effect, int width, int height, const Scene& scene)
{
    const CatalogueEntry* entry = builtinEffects().find(effect);
    CHECK(entry != nullptr);
    EffectRun run(*entry->effect, {.width = width, .height = height});
    TestStream stream{{PortType::Picture, width, height, 24}};
    stream.picture = [=](std::int64_t frame, Rect part) {
        Picture picture(part);
        for (int y = part.y0; y < part.y1; ++y)
            for (int x = part.x0; x < part.x1; ++x) {
                const Rgba c = scene(x + 0.5, y + 0.5, frame);
                const double planes[4] = {c.r, c.g, c.b, c.a};
                for (int plane = 0; plane < 4; ++plane)
                    picture.view().at(plane, x, y) = static_cast<float>(planes[plane]);
            }
        return picture;
    };
    run.connect("picture", stream);
    return run;
}

inline Picture shown(const EffectRun& run, std::int64_t frame = 0)
{
    auto picture = run.picture(frame);
    CHECK(picture);
    return std::move(*picture);
}

inline float at(const Picture& picture, int plane, int x, int y)
{
    return picture.view().at(plane, x, y);
}

/// A disc with an edge as soft as one pixel.
inline Scene disc(double cx, double cy, double radius, bool transparent)
{
    return [=](double x, double y, std::int64_t) {
        const double cover = std::clamp(radius - std::hypot(x - cx, y - cy) + 0.5, 0.0, 1.0);
        return transparent ? Rgba{cover, cover, cover, cover} : grey(cover);
    };
}

} // namespace artdag
