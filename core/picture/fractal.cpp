// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture/fractal.h"

#include "core/picture/affine.h"
#include "core/picture/pointwise.h"
#include "core/picture/rows.h"

#include <algorithm>
#include <vector>

namespace artdag {
namespace {

constexpr std::size_t block = 16; ///< of the kernel

/// Rows of points, a multiple of the kernel's block long.
struct Rows {
    explicit Rows(std::size_t points)
        : n((points + block - 1) / block * block),
          x(n),
          y(n),
          cx(n),
          cy(n),
          count(n),
          tone(n)
    {
    }
    std::size_t n;
    std::vector<double> x, y, cx, cy;
    std::vector<float> count, tone;
};

/// Inside the main cardioid or the disc left of it nothing ever leaves: no need to find out step by step.
bool neverLeaves(double x, double y)
{
    const double yy = y * y;
    const double q = (x - 0.25) * (x - 0.25) + yy;
    return q * (q + (x - 0.25)) <= 0.25 * yy || (x + 1.0) * (x + 1.0) + yy <= 0.0625;
}

/// The tones of one row of points at height `py` (px), `samples` for each pixel from x0 on.
void toneRow(const FractalWindow& window, int width, int height, double py, int x0, Rows& rows)
{
    const Turn turn = turnOf(window.degrees);
    const double unit = window.span / height;
    const double v = (0.5 * height - py) * unit;
    for (std::size_t i = 0; i < rows.n; ++i) {
        const double px = (static_cast<double>(x0) * window.samples + static_cast<double>(i) + 0.5) / window.samples;
        const double u = (px - 0.5 * width) * unit;
        const double x = window.x + (u * turn.cosine - v * turn.sine);
        const double y = window.y + (u * turn.sine + v * turn.cosine);
        rows.x[i] = window.julia ? x : 0.0;
        rows.y[i] = window.julia ? y : 0.0;
        rows.cx[i] = window.julia ? window.cx : x;
        rows.cy[i] = window.julia ? window.cy : y;
    }
    std::vector<bool> skipped;
    if (!window.julia) {
        skipped.resize(rows.n);
        for (std::size_t i = 0; i < rows.n; ++i) {
            skipped[i] = neverLeaves(rows.cx[i], rows.cy[i]);
            if (skipped[i])
                rows.cx[i] = 1e3; // leaves at once, so that it holds up none of its neighbours
        }
    }
    rowKernels().escape(rows.x.data(), rows.y.data(), rows.cx.data(), rows.cy.data(), rows.count.data(), static_cast<long>(rows.n), window.limit);
    for (std::size_t i = 0; i < skipped.size(); ++i)
        if (skipped[i])
            rows.count[i] = -1.0F;
    rowKernels().bands(rows.count.data(), rows.tone.data(), static_cast<long>(rows.n), static_cast<int>(window.scale), static_cast<float>(window.density), static_cast<float>(window.offset), static_cast<float>(window.inside));
    displayToLinearRow(rows.tone.data(), rows.tone.data(), rows.n);
}

} // namespace

void drawFractal(const FractalWindow& window, int width, int height, PictureView out)
{
    const auto w = static_cast<std::size_t>(out.rect.width());
    const auto samples = static_cast<std::size_t>(window.samples);
    Rows rows(w * samples);
    std::vector<float> sum(w);
    const float share = 1.0F / static_cast<float>(window.samples * window.samples);
    for (int y = out.rect.y0; y < out.rect.y1; ++y) {
        std::fill(sum.begin(), sum.end(), 0.0F);
        for (int sub = 0; sub < window.samples; ++sub) {
            toneRow(window, width, height, y + (sub + 0.5) / window.samples, out.rect.x0, rows);
            for (std::size_t x = 0; x < w; ++x)
                for (std::size_t i = 0; i < samples; ++i)
                    sum[x] += rows.tone[x * samples + i];
        }
        for (int plane = 0; plane < 3; ++plane)
            for (std::size_t x = 0; x < w; ++x)
                out.row(plane, y)[x] = sum[x] * share;
        std::fill_n(out.row(alpha, y), w, 1.0F);
    }
}

} // namespace artdag
