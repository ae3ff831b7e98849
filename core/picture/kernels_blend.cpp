// SPDX-License-Identifier: GPL-3.0-or-later
// Blend modes on rows of straight colour. cb is below, cs above, as in W3C Compositing and Blending Level 1, §10.
#include "core/picture/rows.h"

#if defined(__GNUC__)
#define ALWAYS_INLINE inline __attribute__((always_inline))
#endif

namespace artdag::ARTDAG_KERNELS {

namespace {

ALWAYS_INLINE float least(float a, float b)
{
    return a < b ? a : b;
}
ALWAYS_INLINE float most(float a, float b)
{
    return a > b ? a : b;
}
ALWAYS_INLINE float unit(float v)
{
    return least(most(v, 0.0F), 1.0F);
}
ALWAYS_INLINE float absolute(float v)
{
    return v < 0.0F ? -v : v;
}

ALWAYS_INLINE float screen(float cb, float cs)
{
    return cb + cs - cb * cs;
}
ALWAYS_INLINE float hardLight(float cb, float cs)
{
    return cs <= 0.5F ? cb * (2.0F * cs) : screen(cb, 2.0F * cs - 1.0F);
}
ALWAYS_INLINE float dodge(float cb, float cs)
{
    const float divisor = cs < 1.0F ? 1.0F - cs : 1.0F;
    const float value = cs < 1.0F ? least(1.0F, cb / divisor) : 1.0F;
    return cb <= 0.0F ? 0.0F : value;
}
ALWAYS_INLINE float burn(float cb, float cs)
{
    const float divisor = cs > 0.0F ? cs : 1.0F;
    const float value = cs > 0.0F ? 1.0F - least(1.0F, (1.0F - cb) / divisor) : 0.0F;
    return cb >= 1.0F ? 1.0F : value;
}
ALWAYS_INLINE float softLight(float cb, float cs)
{
    const float d = cb <= 0.25F ? ((16.0F * cb - 12.0F) * cb + 4.0F) * cb : __builtin_sqrtf(cb);
    const float darker = cb - (1.0F - 2.0F * cs) * cb * (1.0F - cb);
    const float lighter = cb + (2.0F * cs - 1.0F) * (d - cb);
    return cs <= 0.5F ? darker : lighter;
}
ALWAYS_INLINE float vividLight(float cb, float cs)
{
    const float dark = burn(cb, 2.0F * cs);
    const float light = dodge(cb, 2.0F * cs - 1.0F);
    return cs <= 0.5F ? dark : light;
}
ALWAYS_INLINE float pinLight(float cb, float cs)
{
    return cs <= 0.5F ? least(cb, 2.0F * cs) : most(cb, 2.0F * cs - 1.0F);
}

// One loop for each separable mode, so that the choice is not made for each sample.
#define SEPARABLE(mode, clamped, formula)                               \
    case mode:                                                          \
        for (int channel = 0; channel < 3; ++channel) {                 \
            const float* under = below[channel];                        \
            const float* top = above[channel];                          \
            float* to = out[channel];                                   \
            ARTDAG_ELEMENTWISE                                          \
            for (long i = 0; i < n; ++i) {                              \
                const float cb = (clamped) ? unit(under[i]) : under[i]; \
                const float cs = (clamped) ? unit(top[i]) : top[i];     \
                to[i] = formula;                                        \
            }                                                           \
        }                                                               \
        return true;

bool blendSeparable(int number, const float* const below[3], const float* const above[3], float* const out[3], long n)
{
    switch (static_cast<BlendMode>(number)) {
        SEPARABLE(BlendMode::Normal, false, (static_cast<void>(cb), cs))
        SEPARABLE(BlendMode::Multiply, false, cb * cs)
        SEPARABLE(BlendMode::Screen, true, screen(cb, cs))
        SEPARABLE(BlendMode::Overlay, true, hardLight(cs, cb))
        SEPARABLE(BlendMode::Darken, false, least(cb, cs))
        SEPARABLE(BlendMode::Lighten, false, most(cb, cs))
        SEPARABLE(BlendMode::ColourDodge, true, dodge(cb, cs))
        SEPARABLE(BlendMode::ColourBurn, true, burn(cb, cs))
        SEPARABLE(BlendMode::HardLight, true, hardLight(cb, cs))
        SEPARABLE(BlendMode::SoftLight, true, softLight(cb, cs))
        SEPARABLE(BlendMode::Difference, false, absolute(cb - cs))
        SEPARABLE(BlendMode::Exclusion, true, cb + cs - 2.0F * cb * cs)
        SEPARABLE(BlendMode::Add, false, cb + cs)
        SEPARABLE(BlendMode::Subtract, false, most(cb - cs, 0.0F))
        SEPARABLE(BlendMode::Average, false, (cb + cs) * 0.5F)
        SEPARABLE(BlendMode::LinearLight, true, unit(cb + 2.0F * cs - 1.0F))
        SEPARABLE(BlendMode::VividLight, true, vividLight(cb, cs))
        SEPARABLE(BlendMode::PinLight, true, pinLight(cb, cs))
    default: return false;
    }
}

struct Rgb {
    float r, g, b;
};

ALWAYS_INLINE float luminance(Rgb c)
{
    return 0.3F * c.r + 0.59F * c.g + 0.11F * c.b;
}
ALWAYS_INLINE float smallest(Rgb c)
{
    return least(c.r, least(c.g, c.b));
}
ALWAYS_INLINE float largest(Rgb c)
{
    return most(c.r, most(c.g, c.b));
}
ALWAYS_INLINE float saturation(Rgb c)
{
    return largest(c) - smallest(c);
}

/// SetLum with ClipColor of §10.3: moves a colour to a luminance, then towards grey until it is within 0–1.
ALWAYS_INLINE Rgb withLuminance(Rgb c, float light)
{
    const float shift = light - luminance(c);
    Rgb moved = {c.r + shift, c.g + shift, c.b + shift};
    const float grey = luminance(moved);
    const float low = smallest(moved);
    const float high = largest(moved);
    const float fromBelow = low < 0.0F ? grey / (low < 0.0F ? grey - low : 1.0F) : 1.0F;
    moved = {grey + (moved.r - grey) * fromBelow, grey + (moved.g - grey) * fromBelow, grey + (moved.b - grey) * fromBelow};
    const float fromAbove = high > 1.0F ? (1.0F - grey) / (high > 1.0F ? high - grey : 1.0F) : 1.0F;
    return {grey + (moved.r - grey) * fromAbove, grey + (moved.g - grey) * fromAbove, grey + (moved.b - grey) * fromAbove};
}

/// SetSat of §10.3: spreads the channels over 0–s; grey becomes black.
ALWAYS_INLINE Rgb withSaturation(Rgb c, float s)
{
    const float low = smallest(c);
    const float range = saturation(c);
    const float factor = range > 0.0F ? s / (range > 0.0F ? range : 1.0F) : 0.0F;
    return {(c.r - low) * factor, (c.g - low) * factor, (c.b - low) * factor};
}

ALWAYS_INLINE Rgb hueOf(Rgb cb, Rgb cs)
{
    return withLuminance(withSaturation(cs, saturation(cb)), luminance(cb));
}
ALWAYS_INLINE Rgb saturationOf(Rgb cb, Rgb cs)
{
    return withLuminance(withSaturation(cb, saturation(cs)), luminance(cb));
}
ALWAYS_INLINE Rgb colourOf(Rgb cb, Rgb cs)
{
    return withLuminance(cs, luminance(cb));
}
ALWAYS_INLINE Rgb luminosityOf(Rgb cb, Rgb cs)
{
    return withLuminance(cb, luminance(cs));
}

#define WHOLE_COLOUR(mode, formula)                                             \
    case mode:                                                                  \
        ARTDAG_ELEMENTWISE                                                      \
        for (long i = 0; i < n; ++i) {                                          \
            const Rgb cb = {unit(underR[i]), unit(underG[i]), unit(underB[i])}; \
            const Rgb cs = {unit(topR[i]), unit(topG[i]), unit(topB[i])};       \
            const Rgb mixed = formula(cb, cs);                                  \
            toR[i] = mixed.r;                                                   \
            toG[i] = mixed.g;                                                   \
            toB[i] = mixed.b;                                                   \
        }                                                                       \
        return;

} // namespace

void blendChannels(int mode, const float* const below[3], const float* const above[3], float* const out[3], long n)
{
    if (blendSeparable(mode, below, above, out, n))
        return;
    const float *underR = below[0], *underG = below[1], *underB = below[2];
    const float *topR = above[0], *topG = above[1], *topB = above[2];
    float *toR = out[0], *toG = out[1], *toB = out[2];
    switch (static_cast<BlendMode>(mode)) {
        WHOLE_COLOUR(BlendMode::Hue, hueOf)
        WHOLE_COLOUR(BlendMode::Saturation, saturationOf)
        WHOLE_COLOUR(BlendMode::Colour, colourOf)
        WHOLE_COLOUR(BlendMode::Luminosity, luminosityOf)
    default: return;
    }
}

void blendOver(const float* const below[4], const float* const above[4], const float* const mixed[3], float* const out[4], long n, float opacity)
{
    const float* underAlpha = below[3];
    const float* topAlpha = above[3];
    for (int plane = 0; plane < 3; ++plane) { // alpha last: `out` may be an input
        const float* under = below[plane];
        const float* top = above[plane];
        const float* both = mixed[plane];
        float* to = out[plane];
        ARTDAG_ELEMENTWISE
        for (long i = 0; i < n; ++i) {
            const float shown = topAlpha[i] * opacity;
            to[i] = top[i] * opacity * (1.0F - underAlpha[i]) + under[i] * (1.0F - shown) + both[i] * (shown * underAlpha[i]);
        }
    }
    float* toAlpha = out[3];
    ARTDAG_ELEMENTWISE
    for (long i = 0; i < n; ++i)
        toAlpha[i] = topAlpha[i] * opacity + underAlpha[i] * (1.0F - topAlpha[i] * opacity);
}

} // namespace artdag::ARTDAG_KERNELS
