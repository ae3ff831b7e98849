// SPDX-License-Identifier: GPL-3.0-or-later
// A picture on a picture tube: see effects/crt.cpp.
#include "core/picture/rows.h"

namespace artdag::ARTDAG_KERNELS {

namespace {

#define ARTDAG_INLINE __attribute__((always_inline)) inline

constexpr int most = 64;

ARTDAG_INLINE double within(double value, double least, double greatest)
{
    const double above = value < least ? least : value;
    return greatest < above ? greatest : above;
}

ARTDAG_INLINE float unit(float value)
{
    const float above = value < 0.0F ? 0.0F : value;
    return 1.0F < above ? 1.0F : above;
}

ARTDAG_INLINE double sizeOf(double value)
{
    return value < 0.0 ? -value : value;
}

/// 1 inside the glass, 0 beyond, one pixel soft; corners rounded.
ARTDAG_INLINE double glass(const TubeRow& tube, double aspect, double u, double v)
{
    constexpr double corner = 0.06;
    const double dx = (sizeOf(u) - 1.0) * aspect + corner, dy = sizeOf(v) - 1.0 + corner;
    const double right = dx < 0.0 ? 0.0 : dx, below = dy < 0.0 ? 0.0 : dy;
    const double nearest = dx < dy ? dy : dx;
    const double outside = __builtin_sqrt(right * right + below * below) + (nearest < 0.0 ? nearest : 0.0) - corner;
    return within(0.5 - outside * tube.height * 0.5, 0.0, 1.0);
}

} // namespace

float tubeHump(double phase)
{
    const double part = sizeOf(phase - __builtin_floor(phase) - 0.5) * 2.0;
    return static_cast<float>(part * part * (3.0 - 2.0 * part));
}

void tube(const TubeRow& row, int first, long n)
{
    const TubeRow tube = row; // so that nothing that is written can change it
    alignas(64) double u[most], v[most];
    alignas(64) float inside[most], right[most], below[most], samples[3][most] = {};
    alignas(64) int at[most];
    const double aspect = static_cast<double>(tube.width) / tube.height;
    const double v0 = tube.v0, bendX = tube.curvature * 0.25, bendY = tube.curvature * 0.35;
    const bool isBent = tube.curvature > 0.0;
    ARTDAG_ELEMENTWISE
    for (long i = 0; i < n; ++i) {
        const double u0 = (first + static_cast<int>(i) + 0.5) / tube.width * 2.0 - 1.0;
        u[i] = u0 * (1.0 + bendX * (v0 * v0 + 0.1 * u0 * u0));
        v[i] = v0 * (1.0 + bendY * (u0 * u0 + 0.1 * v0 * v0));
        inside[i] = static_cast<float>(isBent ? glass(tube, aspect, u[i], v[i]) : 1.0);
    }
    // The last column and row are read as the right and lower neighbours of those before.
    const int lastX = tube.width > 1 ? tube.width - 2 : 0, lastY = tube.height > 1 ? tube.height - 2 : 0;
    const int stride = static_cast<int>(tube.stride), nextX = tube.width > 1 ? 1 : 0, nextY = tube.height > 1 ? stride : 0;
    for (int tap = 0; tap < tube.taps; ++tap) {
        const double shift = ((tap + 0.5) / tube.taps - 0.5) * 2.0 / (tube.spanY * tube.height);
        ARTDAG_ELEMENTWISE
        for (long i = 0; i < n; ++i) {
            const double sx = u[i] / tube.spanX, sy = v[i] / tube.spanY;
            // One comparison, so that the loop stays one of vectors.
            const double farther = sizeOf(sx) > sizeOf(sy) ? sizeOf(sx) : sizeOf(sy), reach = inside[i] > 0.0F ? farther : 2.0;
            const double x = within((sx * 0.5 + 0.5) * tube.width - 0.5, 0.0, tube.width - 1.0);
            const double y = within(((sy + shift) * 0.5 + 0.5) * tube.height - 0.5, 0.0, tube.height - 1.0);
            const int wholeX = static_cast<int>(x), wholeY = static_cast<int>(y);
            const int column = wholeX < lastX ? wholeX : lastX, line = wholeY < lastY ? wholeY : lastY;
            right[i] = static_cast<float>(x - column);
            below[i] = static_cast<float>(y - line);
            at[i] = reach <= 1.0 ? line * stride + column : -1;
        }
        for (int plane = 0; plane < 3; ++plane) {
            const float* from = tube.from[plane];
            float* to = samples[plane];
            ARTDAG_ELEMENTWISE
            for (long i = 0; i < n; ++i) {
                const int place = at[i] < 0 ? 0 : at[i];
                const float above = from[place] * (1.0F - right[i]) + from[place + nextX] * right[i];
                const float under = from[place + nextY] * (1.0F - right[i]) + from[place + nextY + nextX] * right[i];
                const float light = (above * (1.0F - below[i]) + under * below[i]) / static_cast<float>(tube.taps);
                to[i] = to[i] + (at[i] < 0 ? 0.0F : light);
            }
        }
    }
    float *red = samples[0], *green = samples[1], *blue = samples[2];
    ARTDAG_ELEMENTWISE
    for (long i = 0; i < n; ++i) {
        const float luma = 0.2126F * red[i] + 0.7152F * green[i] + 0.0722F * blue[i];
        // A strong beam is thick and fills the gap between the lines.
        const float gap = tube.depth * (1.0F - 0.5F * unit(luma));
        const float line = (1.0F - gap * (1.0F - tubeHump((v[i] * 0.5 + 0.5) * tube.lines))) / (1.0F - 0.5F * gap);
        const auto corner = static_cast<float>((1.0 - u[i] * u[i]) * (1.0 - v[i] * v[i]));
        const float light = inside[i] * (1.0F - tube.vignette * (1.0F - __builtin_sqrtf(unit(corner))));
        const float beam = line * tube.gain;
        tube.out[0][i] = (red[i] + (luma * tube.phosphor[0] - red[i]) * tube.monochrome) * beam * light * tube.stripes[0][i];
        tube.out[1][i] = (green[i] + (luma * tube.phosphor[1] - green[i]) * tube.monochrome) * beam * light * tube.stripes[1][i];
        tube.out[2][i] = (blue[i] + (luma * tube.phosphor[2] - blue[i]) * tube.monochrome) * beam * light * tube.stripes[2][i];
    }
}

} // namespace artdag::ARTDAG_KERNELS
