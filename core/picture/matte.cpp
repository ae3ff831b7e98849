// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture/matte.h"

#include "core/base/exact_math.h"
#include "core/picture/filter.h"
#include "core/picture/pointwise.h"

#include <algorithm>
#include <cmath>

namespace artdag {

std::vector<std::string_view> matteSourceNames()
{
    return {"luminance", "alpha", "red", "green", "blue"};
}

void matteRow(ConstPictureView picture, MatteSource source, bool display, int x, int y, int n, float* out)
{
    const auto count = static_cast<std::size_t>(n);
    if (source == MatteSource::Luminance) {
        const float* __restrict r = &picture.at(red, x, y);
        const float* __restrict g = &picture.at(green, x, y);
        const float* __restrict b = &picture.at(blue, x, y);
        for (int i = 0; i < n; ++i)
            out[i] = 0.2126F * r[i] + 0.7152F * g[i] + 0.0722F * b[i];
    } else {
        const int plane = source == MatteSource::Alpha ? alpha : source == MatteSource::Red ? red
            : source == MatteSource::Green                                                  ? green
                                                                                            : blue;
        std::copy_n(&picture.at(plane, x, y), n, out);
    }
    if (display && source != MatteSource::Alpha)
        linearToDisplayRow(out, out, count);
    for (int i = 0; i < n; ++i) {
        const float kept = out[i] > 0.0F ? out[i] : 0.0F;
        out[i] = kept < 1.0F ? kept : 1.0F;
    }
}

Mask matteOf(ConstPictureView picture, MatteSource source, bool display, Rect part)
{
    Mask matte(part);
    for (int y = part.y0; y < part.y1; ++y)
        matteRow(picture, source, display, part.x0, y, part.width(), matte.row(y));
    return matte;
}

namespace {

constexpr float nothing = -2.0F; ///< below every sample, whatever its sign

int chordOf(int radius, int distance)
{
    const double square = radius * radius + 0.5 * radius - distance * distance;
    return static_cast<int>(std::sqrt(square > 0 ? square : 0.0));
}

int powerBelow(int count)
{
    int power = 0;
    while ((2 << power) <= count)
        ++power;
    return power;
}

/// The largest sign · sample within a disc, row by row. For each row that is in reach it holds the largest of every run of 1, 2,
/// 4 … samples: the largest of any chord is then that of two such runs.
class DiscMaximum {
public:
    DiscMaximum(const Mask& in, int radius, float sign, int x0, int x1)
        : m_in(in),
          m_radius(radius),
          m_sign(sign),
          m_left(x0 - radius),
          m_width(x1 - x0 + 2 * radius),
          m_levels(powerBelow(2 * radius + 1) + 1),
          m_runs(static_cast<std::size_t>(2 * radius + 1) * static_cast<std::size_t>(m_levels) * static_cast<std::size_t>(m_width))
    {
    }

    void start(int y) { m_next = std::max(m_in.rect.y0, y - m_radius); }

    /// Rows must be asked in order.
    void row(int y, float* __restrict out, int n)
    {
        for (const int end = std::min(m_in.rect.y1, y + m_radius + 1); m_next < end; ++m_next)
            load(m_next);
        std::fill_n(out, n, nothing);
        for (int at = std::max(m_in.rect.y0, y - m_radius); at < std::min(m_in.rect.y1, y + m_radius + 1); ++at) {
            const int chord = chordOf(m_radius, at - y);
            const int level = powerBelow(2 * chord + 1);
            const float* __restrict first = runs(at, level) + (m_radius - chord);
            const float* __restrict last = runs(at, level) + (m_radius + chord + 1 - (1 << level));
            for (int i = 0; i < n; ++i) {
                const float larger = first[i] > last[i] ? first[i] : last[i];
                out[i] = out[i] > larger ? out[i] : larger;
            }
        }
        for (int i = 0; i < n; ++i)
            out[i] = out[i] * m_sign;
    }

private:
    float* runs(int y, int level)
    {
        const int slot = (y - m_in.rect.y0) % (2 * m_radius + 1);
        return m_runs.data() + (static_cast<std::size_t>(slot) * static_cast<std::size_t>(m_levels) + static_cast<std::size_t>(level)) * static_cast<std::size_t>(m_width);
    }

    void load(int y)
    {
        float* samples = runs(y, 0);
        std::fill_n(samples, m_width, nothing);
        const int first = std::max(m_left, m_in.rect.x0), end = std::min(m_left + m_width, m_in.rect.x1);
        const float* from = m_in.row(y) - m_in.rect.x0;
        for (int x = first; x < end; ++x)
            samples[x - m_left] = from[x] * m_sign;
        for (int level = 1; level < m_levels; ++level) {
            const int half = 1 << (level - 1);
            const float* __restrict shorter = runs(y, level - 1);
            float* __restrict longer = runs(y, level);
            for (int i = 0; i + 2 * half <= m_width; ++i)
                longer[i] = shorter[i] > shorter[i + half] ? shorter[i] : shorter[i + half];
        }
    }

    const Mask& m_in;
    int m_radius;
    float m_sign;
    int m_left, m_width, m_levels;
    std::vector<float> m_runs;
    int m_next = 0;
};

/// Between the discs of whole radii around `grow`, so that an animated one moves smoothly.
Mask grown(const Mask& matte, double grow, Rect part)
{
    const float sign = grow < 0 ? -1.0F : 1.0F;
    const double size = grow < 0 ? -grow : grow;
    const int whole = static_cast<int>(size);
    const auto rest = static_cast<float>(size - whole);
    Mask out(part);
    DiscMaximum inner(matte, whole, sign, part.x0, part.x1);
    DiscMaximum outer(matte, whole + 1, sign, part.x0, part.x1);
    inner.start(part.y0);
    outer.start(part.y0);
    std::vector<float> wider(static_cast<std::size_t>(part.width()));
    for (int y = part.y0; y < part.y1; ++y) {
        inner.row(y, out.row(y), part.width());
        if (rest <= 0.0F)
            continue;
        outer.row(y, wider.data(), part.width());
        lerpRow(out.row(y), wider.data(), out.row(y), wider.size(), rest);
    }
    return out;
}

} // namespace

double sigmaOfFeather(double feather)
{
    return feather / 4;
}

int matteReach(double grow, double feather)
{
    const double size = grow < 0 ? -grow : grow;
    return static_cast<int>(exact::floor(size)) + 1 + gaussianRadius(sigmaOfFeather(feather));
}

Mask reshaped(const Mask& matte, double grow, double feather, Rect whole, Rect part)
{
    const double sigma = sigmaOfFeather(feather);
    Mask shaped = grown(matte, grow, part.grown(gaussianRadius(sigma)).clippedTo(whole));
    Mask out(part);
    auto viewOf = [](Mask& mask) { // one plane, and no null ones
        float* const values = mask.values.data();
        return PictureView{{values, values, values, values}, mask.rect.width(), mask.rect};
    };
    gaussianBlur(viewOf(shaped), viewOf(out), sigma, sigma, EdgeMode::Clamp, 1);
    return out;
}

void applyMatte(ConstPictureView picture, const Mask& matte, float amount, PictureView out)
{
    const auto n = static_cast<std::size_t>(out.rect.width());
    std::vector<float> kept(n);
    for (int y = out.rect.y0; y < out.rect.y1; ++y) {
        scaleRow(matte.row(y) + (out.rect.x0 - matte.rect.x0), kept.data(), n, amount, 1.0F - amount);
        for (int plane = 0; plane < 4; ++plane)
            multiplyRow(&picture.at(plane, out.rect.x0, y), kept.data(), out.row(plane, y), n);
    }
}

void showMatteRow(const float* matte, int x, int y, int n, PictureView out)
{
    float* grey = &out.at(red, x, y);
    displayToLinearRow(matte, grey, static_cast<std::size_t>(n));
    std::copy_n(grey, n, &out.at(green, x, y));
    std::copy_n(grey, n, &out.at(blue, x, y));
    std::fill_n(&out.at(alpha, x, y), n, 1.0F);
}

} // namespace artdag
