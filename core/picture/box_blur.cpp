// SPDX-License-Identifier: GPL-3.0-or-later
// Box blur by running sums of whole numbers (value · 2^24 in 64 bits): exact, so that a sum does not remember where it began.
#include "core/base/exact_math.h"
#include "core/base/result.h"
#include "core/picture/edges.h"
#include "core/picture/filter.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace artdag {

namespace {

constexpr float unit = 16777216.0F;   // 2^24
constexpr float limit = 268435456.0F; // 2^28: 1025 of them times the unit fit 63 bits; pixels never come near

std::int64_t wholeOf(float value)
{
    value = value > -limit ? value : -limit;
    value = value < limit ? value : limit;
    return static_cast<std::int64_t>(static_cast<double>(value) * unit + (value < 0 ? -0.5 : 0.5));
}

/// Weights of a window: `whole` samples to each side in full, one more by `part`.
struct Window {
    int whole = 0;
    double part = 0;
    double scale = 1.0 / unit;

    explicit Window(double radius)
    {
        const double size = std::clamp(radius, 0.0, 400.0);
        whole = static_cast<int>(exact::floor(size));
        part = size - whole;
        scale = 1.0 / (unit * (2.0 * size + 1.0));
    }
    [[nodiscard]] int reach() const { return whole + 1; }
    [[nodiscard]] float mean(std::int64_t inner, std::int64_t ends) const
    {
        return static_cast<float>((static_cast<double>(inner) + part * static_cast<double>(ends)) * scale);
    }
};

void alongRow(const std::vector<std::int64_t>& samples, const Window& window, float* out, int n)
{
    // samples[0] is reach() to the left of the first output.
    const int reach = window.reach();
    std::int64_t inner = 0;
    for (int k = 1; k <= 2 * window.whole; ++k)
        inner += samples[static_cast<std::size_t>(k)];
    for (int x = 0; x < n; ++x) {
        const auto centre = static_cast<std::size_t>(x + reach);
        const auto whole = static_cast<std::size_t>(window.whole);
        inner += samples[centre + whole];
        out[x] = window.mean(inner, samples[centre - whole - 1] + samples[centre + whole + 1]);
        inner -= samples[centre - whole];
    }
}

} // namespace

void boxBlur(ConstPictureView in, PictureView out, double radiusX, double radiusY, EdgeMode edges)
{
    if (out.rect.empty())
        return;
    CHECK(!in.rect.empty() && in.rect.contains(out.rect));
    const Window along(radiusX);
    const Window across(radiusY);
    const auto width = static_cast<std::size_t>(out.rect.width());
    const int first = out.rect.y0 - across.reach();
    const int rows = out.rect.height() + 2 * across.reach();
    std::vector<std::int64_t> samples(width + 2 * static_cast<std::size_t>(along.reach()));
    std::vector<float> filtered(width);
    std::vector<std::int64_t> stack(width * static_cast<std::size_t>(rows));
    std::vector<std::int64_t> inner(width);
    const auto rowAt = [&](int y) { return stack.data() + static_cast<std::size_t>(y - first) * width; };

    for (int plane = 0; plane < 4; ++plane) {
        for (int y = first; y < first + rows; ++y) {
            const int from = sampleBeyond(y, in.rect.y0, in.rect.y1, edges);
            for (std::size_t i = 0; i < samples.size(); ++i) {
                const int x = sampleBeyond(out.rect.x0 - along.reach() + static_cast<int>(i), in.rect.x0, in.rect.x1, edges);
                samples[i] = from < in.rect.y0 || x < in.rect.x0 ? 0 : wholeOf(in.at(plane, x, from));
            }
            alongRow(samples, along, filtered.data(), out.rect.width());
            std::transform(filtered.begin(), filtered.end(), rowAt(y), wholeOf);
        }
        std::fill(inner.begin(), inner.end(), 0);
        for (int y = out.rect.y0 - across.whole; y < out.rect.y0 + across.whole; ++y)
            for (std::size_t x = 0; x < width; ++x)
                inner[x] += rowAt(y)[x];
        for (int y = out.rect.y0; y < out.rect.y1; ++y) {
            const std::int64_t* entering = rowAt(y + across.whole);
            const std::int64_t* leaving = rowAt(y - across.whole);
            const std::int64_t* above = rowAt(y - across.whole - 1);
            const std::int64_t* below = rowAt(y + across.whole + 1);
            float* to = out.row(plane, y);
            for (std::size_t x = 0; x < width; ++x) {
                inner[x] += entering[x];
                to[x] = across.mean(inner[x], above[x] + below[x]);
                inner[x] -= leaving[x];
            }
        }
    }
}

} // namespace artdag
