// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"
#include "core/effect/linear_colour.h"
#include "core/picture/matte.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace artdag {
namespace {

enum Output {
    Cut,
    Grey,
    Foreground,
};

/// The chroma plane is that of colours without their brightness, in linear light: a shadow on the screen moves its colour
/// straight towards grey, in proportion, so dividing by how dark it is brings it back. In units of the key's own distance from
/// grey the screen lies at (1, 0) and all greys at (0, 0).
struct Key {
    float toKey[3], across[3]; ///< along the key's hue, and across it, of a linear colour
    float colour[3];
    float brightness;      ///< of the key: the mean of its channels
    float darkest;         ///< the part of it at which a shadow ends
    float tolerance, ramp; ///< distance that is screen, and 1 / the distance over which the rest comes
    float reach;           ///< 0 where the key is grey: then all greys are screen
    float spill;

    explicit Key(const FrameCall& call);
};

Key::Key(const FrameCall& call)
{
    const LinearColour key = linearOf([&] {
        Colour opaque = call.args.colour("key");
        opaque.a = 1;
        return opaque;
    }());
    const double rgb[3] = {key.r, key.g, key.b};
    const double mean = (rgb[0] + rgb[1] + rgb[2]) / 3;
    double chroma[3] = {rgb[0] - mean, rgb[1] - mean, rgb[2] - mean};
    const double length = std::sqrt(chroma[0] * chroma[0] + chroma[1] * chroma[1] + chroma[2] * chroma[2]);
    constexpr double leastChroma = 0.02;
    const bool isGrey = length < 1e-6;
    if (isGrey) { // any direction will do
        chroma[0] = 1;
        chroma[1] = -1;
        chroma[2] = 0;
    }
    const double norm = isGrey ? std::sqrt(2.0) : length;
    const double scale = 1 / std::max(length, leastChroma);
    const double along[3] = {chroma[0] / norm, chroma[1] / norm, chroma[2] / norm};
    constexpr double third = 0.57735026918962576; // (1, 1, 1) has length 1 with it
    for (int i = 0; i < 3; ++i) {
        toKey[i] = static_cast<float>(along[i] * scale);
        across[i] = static_cast<float>(third * (along[(i + 2) % 3] - along[(i + 1) % 3]) * scale);
        colour[i] = static_cast<float>(rgb[i]);
    }
    brightness = std::max(static_cast<float>(mean), 1e-3F);
    darkest = std::max(1.0F - static_cast<float>(call.args.real("shadows")), 0.02F);
    tolerance = static_cast<float>(call.args.real("tolerance"));
    ramp = 1.0F / std::max(static_cast<float>(call.args.real("softness")), 1e-3F);
    reach = static_cast<float>(length * scale);
    spill = isGrey ? 0.0F : static_cast<float>(call.args.real("spill"));
}

/// Straight linear colour in, the same without spill and its matte out.
struct Rows {
    const float* __restrict r;
    const float* __restrict g;
    const float* __restrict b;
    const float* __restrict a;
    float* __restrict outR;
    float* __restrict outG;
    float* __restrict outB;
    float* __restrict matte;
};

void keyRow(const Key& key, const Rows& rows, int n)
{
    const Key k = key;
    for (int i = 0; i < n; ++i) {
        const float whole = rows.a[i] > 1e-20F ? 1.0F / rows.a[i] : 0.0F;
        const float r = rows.r[i] * whole, g = rows.g[i] * whole, b = rows.b[i] * whole;
        const float x = k.toKey[0] * r + k.toKey[1] * g + k.toKey[2] * b;
        const float z = k.across[0] * r + k.across[1] * g + k.across[2] * b;
        float lit = (r + g + b) * (1.0F / 3.0F) / k.brightness;
        lit = lit < 1.0F ? lit : 1.0F;
        lit = lit > k.darkest ? lit : k.darkest;
        const float near = x / lit - k.reach;
        const float dx = k.reach > 0.0F && near > 0.0F ? 0.0F : near; // stronger than the key is screen too
        const float dz = z / lit;
        float kept = (__builtin_sqrtf(dx * dx + dz * dz) - k.tolerance) * k.ramp;
        kept = kept > 0.0F ? kept : 0.0F;
        kept = kept < 1.0F ? kept : 1.0F;
        rows.matte[i] = kept;
        // What of the key is in the colour, within 53° of its hue, is taken out as light: yellow and cyan stay. Where the picture shows through it was
        // a mixture with the screen, so the rest is made whole again.
        const float side = 0.75F * (z < 0.0F ? -z : z);
        float part = x > side ? (x - side) * k.spill : 0.0F;
        part = part < 1.0F ? part : 1.0F;
        const float mixed = 4.0F * (1.0F - kept) < 1.0F ? 4.0F * (1.0F - kept) : 1.0F;
        const float rest = 1.0F - part * mixed;
        const float gain = 1.0F / (rest > 0.1F ? rest : 0.1F);
        const float cleanR = r - part * k.colour[0], cleanG = g - part * k.colour[1], cleanB = b - part * k.colour[2];
        rows.outR[i] = (part > 0.0F && cleanR < 0.0F ? 0.0F : cleanR) * gain;
        rows.outG[i] = (part > 0.0F && cleanG < 0.0F ? 0.0F : cleanG) * gain;
        rows.outB[i] = (part > 0.0F && cleanB < 0.0F ? 0.0F : cleanB) * gain;
    }
}

void finishRow(int output, const float* __restrict cover, float* __restrict matte, PictureView out, int y, int n)
{
    if (output != Foreground)
        for (int i = 0; i < n; ++i)
            matte[i] = matte[i] * cover[i];
    if (output == Grey) {
        showMatteRow(matte, out.rect.x0, y, n, out);
        return;
    }
    const float* __restrict kept = output == Foreground ? cover : matte;
    for (int plane = 0; plane < 3; ++plane) {
        float* __restrict row = out.row(plane, y);
        for (int i = 0; i < n; ++i)
            row[i] = row[i] * kept[i];
    }
    std::copy_n(kept, n, out.row(alpha, y));
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    const Key key(call);
    const int n = out.rect.width(), x = out.rect.x0;
    std::vector<float> matte(static_cast<std::size_t>(n));
    for (int y = out.rect.y0; y < out.rect.y1; ++y) {
        const ConstPictureView& in = inputs[0];
        keyRow(key, {&in.at(red, x, y), &in.at(green, x, y), &in.at(blue, x, y), &in.at(alpha, x, y), out.row(red, y), out.row(green, y), out.row(blue, y), matte.data()}, n);
        finishRow(call.args.choice("output"), &in.at(alpha, x, y), matte.data(), out, y, n);
    }
    return {};
}

} // namespace

extern const Effect effect_key_chroma;
const Effect effect_key_chroma{
    .name = "key_chroma",
    .title = "Chroma key",
    .help = "Makes a green, blue or other coloured screen transparent, shadows on it as well, and takes its light off the edges. Follow it with a matte to choke or soften the edge.",
    .tags = {"combine", "key"},
    .synonyms = {"green screen", "blue screen", "chromakey", "keylight", "keyer", "colorkey", "colour difference key", "despill", "primatte", "ultra key"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "key", .kind = ParamKind::Colour, .initial = Colour{0.0, 0.694, 0.251, 1}, .title = "Key colour", .help = "The screen where it is lit"},
        {.name = "tolerance", .initial = 0.25, .least = 0.0, .most = 1.0, .title = "Tolerance", .help = "How unlike the key a colour may be and still vanish; greys are 1 away"},
        {.name = "softness", .initial = 0.6, .least = 0.0, .most = 2.0, .title = "Softness", .help = "How far beyond that colours show in part: hair, smoke, blurred edges"},
        {.name = "shadows", .initial = 0.5, .least = 0.0, .most = 1.0, .title = "Shadows", .help = "How dark a shadow on the screen may be and still vanish; less keeps more of dark hair"},
        {.name = "spill", .initial = 1.0, .least = 0.0, .most = 1.0, .title = "Spill suppression", .help = "How much of the screen's light is taken off what stays"},
        {.name = "output", .kind = ParamKind::Choice, .initial = std::int64_t{Cut}, .title = "Output", .help = "The keyed picture, the matte in grey, or the whole picture without spill", .choices = {"result", "matte", "foreground"}, .animatable = false},
    },
    .render = render,
};

} // namespace artdag
