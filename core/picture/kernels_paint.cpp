// SPDX-License-Identifier: GPL-3.0-or-later
// The anisotropic Kuwahara filter with polynomial sector weights: J. E. Kyprianidis, H. Kang, J. Döllner, "Image and Video
// Abstraction by Anisotropic Kuwahara Filtering" (2009), and J. E. Kyprianidis, A. Semmo, H. Kang, J. Döllner, "Anisotropic
// Kuwahara Filtering with Polynomial Weighting Functions" (2010).
#include "core/picture/rows.h"

namespace artdag::ARTDAG_KERNELS {

namespace {

#if defined(__AVX512F__)
constexpr long lanes = 16;
#elif defined(__AVX__)
constexpr long lanes = 8;
#else
constexpr long lanes = 4;
#endif
typedef float Vector __attribute__((vector_size(lanes * sizeof(float)), aligned(sizeof(float)), may_alias));

__attribute__((always_inline)) inline Vector at(const float* samples)
{
    return *reinterpret_cast<const Vector*>(samples);
}
__attribute__((always_inline)) inline Vector positive(Vector value)
{
    const Vector zero{};
    return value > zero ? value : zero;
}
__attribute__((always_inline)) inline bool anyPositive(Vector value)
{
    typedef long long Words __attribute__((vector_size(lanes * sizeof(float))));
    const Vector zero{};
    const Words set = (Words)(value > zero);
    long long any = 0;
    for (unsigned long i = 0; i < sizeof(Words) / sizeof(any); ++i)
        any |= set[i];
    return any != 0;
}

constexpr int sectors = 8;

/// What falls into each sector of the brush: cover, colour, square of brightness.
struct Sums {
    Vector cover[sectors] = {}, colour[sectors][3] = {}, square[sectors] = {};
};

__attribute__((always_inline)) inline void squareSectors(Vector u, Vector v, float zeta, float eta, int first, Vector* weights)
{
    const Vector across = zeta - eta * u * u, along = zeta - eta * v * v;
    const Vector a = positive(v + across), b = positive(along - u), c = positive(across - v), d = positive(u + along);
    weights[first] = a * a;
    weights[first + 2] = b * b;
    weights[first + 4] = c * c;
    weights[first + 6] = d * d;
}

__attribute__((always_inline)) inline void addSample(const PaintRow& row, const float* const from[4], Vector u, Vector v, Vector inside, Sums& sums)
{
    constexpr float half = 0.70710678F;
    Vector weights[sectors];
    squareSectors(u, v, row.zeta, row.eta, 0, weights);
    squareSectors(half * (u - v), half * (u + v), row.zeta, row.eta, 1, weights);
    Vector total = weights[0] + 1e-20F; // far outside of the disc no sector may be there
    for (int k = 1; k < sectors; ++k)
        total += weights[k];
    const Vector share = inside * inside * at(from[3]) / total;
    const Vector r = at(from[0]), g = at(from[1]), b = at(from[2]);
    const Vector brightness = 0.3F * r + 0.59F * g + 0.11F * b;
    const Vector square = brightness * brightness;
    for (int k = 0; k < sectors; ++k) {
        const Vector weight = weights[k] * share;
        sums.cover[k] += weight;
        sums.colour[k][0] += weight * r;
        sums.colour[k][1] += weight * g;
        sums.colour[k][2] += weight * b;
        sums.square[k] += weight * square;
    }
}

/// The calmest sectors give the colour.
__attribute__((always_inline)) inline void mixSectors(const PaintRow& row, const Sums& sums, Vector* colour)
{
    Vector total{};
    colour[0] = colour[1] = colour[2] = Vector{};
    for (int k = 0; k < sectors; ++k) {
        const Vector scale = 1.0F / (sums.cover[k] + 1e-9F);
        const Vector r = sums.colour[k][0] * scale, g = sums.colour[k][1] * scale, b = sums.colour[k][2] * scale;
        const Vector brightness = 0.3F * r + 0.59F * g + 0.11F * b;
        const Vector variance = positive(sums.square[k] * scale - brightness * brightness) * row.hardness;
        const Vector rough = variance * variance;
        // A sector that is transparent has nothing to say.
        const Vector calm = sums.cover[k] * scale / (1.0F + rough * rough) + 1e-12F * sums.cover[k];
        total += calm;
        colour[0] += calm * r;
        colour[1] += calm * g;
        colour[2] += calm * b;
    }
    const Vector scale = 1.0F / (total + 1e-20F);
    for (int plane = 0; plane < 3; ++plane)
        colour[plane] *= scale;
}

} // namespace

void kuwahara(const PaintRow& row, long n)
{
    for (long i = 0; i < n; i += lanes) { // rows are padded to whole vectors
        const Vector ux = at(row.ux + i), uy = at(row.uy + i), vx = at(row.vx + i), vy = at(row.vy + i);
        float reachX = 0, reachY = 0;
        for (long lane = 0; lane < lanes; ++lane) {
            reachX = row.reachX[i + lane] > reachX ? row.reachX[i + lane] : reachX;
            reachY = row.reachY[i + lane] > reachY ? row.reachY[i + lane] : reachY;
        }
        const int columns = static_cast<int>(reachX) / row.step, lines = static_cast<int>(reachY) / row.step;
        Sums sums;
        Vector bristle{}, power = Vector{} + 1e-12F;
        for (int k = -lines; k <= lines; ++k) {
            const float dy = static_cast<float>(k * row.step);
            const Vector lineU = uy * dy, lineV = vy * dy;
            for (int j = -columns; j <= columns; ++j) {
                const float dx = static_cast<float>(j * row.step);
                const Vector u = ux * dx + lineU, v = vx * dx + lineV;
                const Vector inside = positive(1.0F - (u * u + v * v));
                if (!anyPositive(inside))
                    continue;
                const long place = static_cast<long>(k) * row.step * row.stride + j * row.step + i;
                const float* const from[4] = {row.from[0] + place, row.from[1] + place, row.from[2] + place, row.from[3] + place};
                addSample(row, from, u, v, inside, sums);
                const Vector thin = positive(1.0F - row.bristles * (v * v)) * inside;
                bristle += thin * at(row.noise + place);
                power += thin * thin;
            }
        }
        Vector colour[3];
        mixSectors(row, sums, colour);
        for (long lane = 0; lane < lanes && i + lane < n; ++lane) {
            for (int plane = 0; plane < 3; ++plane)
                row.out[plane][i + lane] = colour[plane][lane];
            row.out[3][i + lane] = bristle[lane] / __builtin_sqrtf(power[lane]);
        }
    }
}

} // namespace artdag::ARTDAG_KERNELS
