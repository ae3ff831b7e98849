// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures that a function draws, and how far two are apart, for tests of combined and moved pictures.
#pragma once

#include "core/base/exact_math.h"
#include "core/effect/linear_colour.h"
#include "core/picture/perspective.h"
#include "tests/support/run_effect.h"

#include <QTest>
#include <algorithm>
#include <array>
#include <cmath>

namespace artdag {
extern const Effect effect_composite, effect_corner_pin, effect_flip, effect_grid, effect_key_chroma, effect_key_luma, effect_mask, effect_matte, effect_mirror, effect_pad, effect_pan_zoom, effect_picture_in_picture,
    effect_side_by_side, effect_tile_grid, effect_zoom;
}

namespace artdag::test {

constexpr double tolerance = 1.0 / 255;

/// A picture whose pixels a function gives: premultiplied linear, whatever the frame.
template <class Pixel>
inline TestStream drawn(int width, int height, Pixel pixel)
{
    TestStream stream{{PortType::Picture, width, height, 24}};
    stream.picture = [=](std::int64_t, Rect part) {
        Picture picture(part);
        const PictureView view = picture.view();
        for (int y = part.y0; y < part.y1; ++y)
            for (int x = part.x0; x < part.x1; ++x) {
                const std::array<double, 4> value = pixel(x, y);
                for (int plane = 0; plane < 4; ++plane)
                    view.at(plane, x, y) = static_cast<float>(value[static_cast<std::size_t>(plane)]);
            }
        return picture;
    };
    return stream;
}

inline TestStream plain(int width, int height, std::array<double, 4> colour)
{
    return drawn(width, height, [=](int, int) { return colour; });
}

/// The canvas at full scale, so that a px is a px.
inline Canvas canvasOf(int width, int height)
{
    Canvas canvas = EffectRun::smallCanvas();
    canvas.width = width;
    canvas.height = height;
    canvas.scale = 1;
    return canvas;
}

inline EffectRun runOf(const Effect& effect, TestStream picture)
{
    EffectRun run(effect, canvasOf(picture.facts.width, picture.facts.height));
    run.connect(effect.inputs[0].name, std::move(picture));
    return run;
}

inline Picture madeBy(const EffectRun& run, std::int64_t frame = 0)
{
    auto picture = run.picture(frame);
    if (!picture)
        qFatal("%s", picture.error().message.c_str());
    return std::move(*picture);
}

inline double sample(const Picture& picture, int plane, int x, int y)
{
    return picture.view().at(plane, x, y);
}

/// Shrunk pictures have their weights' rounding.
inline bool isFull(const Picture& picture, int plane, int x, int y)
{
    return std::fabs(sample(picture, plane, x, y) - 1) < 1e-5;
}

inline bool isNone(const Picture& picture, int plane, int x, int y)
{
    return std::fabs(sample(picture, plane, x, y)) < 1e-5;
}

inline Value chosen(const Effect& effect, std::string_view param, std::string_view choice)
{
    const auto found = std::ranges::find(effect.params, param, &Param::name);
    return static_cast<std::int64_t>(std::ranges::find(found->choices, choice) - found->choices.begin());
}

// -- a projection by eight equations, to compare with

using Row = std::array<double, 9>;

inline std::array<double, 9> solvedProjection(const std::array<std::array<double, 4>, 4>& pairs)
{
    std::vector<Row> rows;
    for (const auto& [x, y, u, v] : pairs) {
        rows.push_back({x, y, 1, 0, 0, 0, -u * x, -u * y, u});
        rows.push_back({0, 0, 0, x, y, 1, -v * x, -v * y, v});
    }
    for (std::size_t i = 0; i < 8; ++i) {
        const auto pivot = std::ranges::max_element(rows.begin() + static_cast<std::ptrdiff_t>(i), rows.end(), {}, [i](const Row& row) { return std::fabs(row[i]); });
        std::swap(rows[i], *pivot);
        for (std::size_t j = 0; j < 8; ++j) {
            if (j == i)
                continue;
            const double factor = rows[j][i] / rows[i][i];
            for (std::size_t k = i; k < 9; ++k)
                rows[j][k] -= factor * rows[i][k];
        }
    }
    std::array<double, 9> solved{};
    for (std::size_t i = 0; i < 8; ++i)
        solved[i] = rows[i][8] / rows[i][i];
    solved[8] = 1;
    return solved;
}

inline double kernel(int filter, double x)
{
    const double t = std::fabs(x);
    if (filter == static_cast<int>(Filter::Bilinear))
        return t < 1 ? 1 - t : 0;
    if (filter == static_cast<int>(Filter::Bicubic))
        return t < 1 ? 1.5 * t * t * t - 2.5 * t * t + 1 : t < 2 ? -0.5 * t * t * t + 2.5 * t * t - 4 * t + 2
                                                                 : 0;
    return t < 1e-12 ? 1 : t < 3 ? std::sin(M_PI * t) / (M_PI * t) * std::sin(M_PI * t / 3) / (M_PI * t / 3)
                                 : 0;
}

inline int within(long i, int n, int edge)
{
    if (edge == static_cast<int>(Edge::Repeat))
        return static_cast<int>(((i % n) + n) % n);
    if (edge == static_cast<int>(Edge::Mirror)) {
        const long m = ((i % (2 * n)) + 2 * n) % (2 * n);
        return static_cast<int>(m < n ? m : 2 * n - 1 - m);
    }
    return static_cast<int>(std::clamp(i, 0L, n - 1L));
}

/// One pixel read through H, by its definition: kernels as wide as the pixel is there, 8 times at most.
inline std::array<double, 4> perspectivePixel(const Picture& source, const std::array<double, 9>& h, int filter, int edge, int px, int py)
{
    const int width = source.rect().width(), height = source.rect().height();
    auto at = [&](double x, double y) {
        const double w = h[6] * x + h[7] * y + h[8];
        return std::array<double, 3>{(h[0] * x + h[1] * y + h[2]) / w, (h[3] * x + h[4] * y + h[5]) / w, w};
    };
    constexpr double d = 1e-4;
    const auto [u, v, w] = at(px + 0.5, py + 0.5);
    if (w <= 0)
        return {};
    const auto right = at(px + 0.5 + d, py + 0.5), left = at(px + 0.5 - d, py + 0.5), lower = at(px + 0.5, py + 0.5 + d), upper = at(px + 0.5, py + 0.5 - d);
    const double stepX = std::hypot(right[0] - left[0], lower[0] - upper[0]) / (2 * d), stepY = std::hypot(right[1] - left[1], lower[1] - upper[1]) / (2 * d);
    const double wideX = std::clamp(stepX, 1.0, 8.0), wideY = std::clamp(stepY, 1.0, 8.0);
    std::array<double, 4> sum{};
    double total = 0;
    const long reachX = static_cast<long>(3 * wideX) + 2, reachY = static_cast<long>(3 * wideY) + 2;
    for (long j = std::lround(v) - reachY; j < std::lround(v) + reachY; ++j)
        for (long i = std::lround(u) - reachX; i < std::lround(u) + reachX; ++i) {
            const double weight = kernel(filter, (static_cast<double>(i) + 0.5 - u) / wideX) * kernel(filter, (static_cast<double>(j) + 0.5 - v) / wideY);
            total += weight;
            for (std::size_t plane = 0; plane < 4; ++plane)
                sum[plane] += weight * sample(source, static_cast<int>(plane), within(i, width, edge), within(j, height, edge));
        }
    auto unit = [](double x) { return std::clamp(x, 0.0, 1.0); };
    const double cover = edge != static_cast<int>(Edge::Transparent) ? 1 : (unit(u / stepX + 0.5) - unit((u - width) / stepX + 0.5)) * (unit(v / stepY + 0.5) - unit((v - height) / stepY + 0.5));
    const bool under = sum[3] / total < 0;
    for (double& value : sum)
        value = under ? 0 : value / total;
    sum[3] = std::min(sum[3], 1.0);
    for (double& value : sum)
        value *= cover;
    return sum;
}

} // namespace artdag::test
