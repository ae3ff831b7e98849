// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture/transfer.h"

#include "core/base/exact_math.h"

#include <algorithm>

namespace artdag {

namespace {

constexpr double nitsOfOne = 203.0;    // diffuse white of BT.2408
constexpr double hlgPeakNits = 1000.0; // nominal peak for which BT.2100 gives gamma 1.2
constexpr double hlgGamma = 1.2;

// SMPTE ST 2084
constexpr double pqM1 = 2610.0 / 16384.0;
constexpr double pqM2 = 2523.0 / 4096.0 * 128.0;
constexpr double pqC1 = 3424.0 / 4096.0;
constexpr double pqC2 = 2413.0 / 4096.0 * 32.0;
constexpr double pqC3 = 2392.0 / 4096.0 * 32.0;
constexpr double pqPeakNits = 10000.0;

// ARIB STD-B67 / BT.2100
constexpr double hlgA = 0.17883277;
constexpr double hlgB = 1.0 - 4.0 * hlgA;
constexpr double hlgC = 0.55991072952956202016; // 0.5 − a·ln(4a)

// Primaries of BT.2020 and BT.709, both D65 (0.3127, 0.3290).
constexpr float bt709FromBt2020[9] = {
    1.6604910021F,
    -0.5876411388F,
    -0.0728498633F, //
    -0.1245504745F,
    1.1328998971F,
    -0.0083494226F, //
    -0.0181507634F,
    -0.1005788980F,
    1.1187296614F,
};
constexpr float bt2020FromBt709[9] = {
    0.6274038959F,
    0.3292830384F,
    0.0433130657F, //
    0.0690972894F,
    0.9195403951F,
    0.0113623156F, //
    0.0163914389F,
    0.0880133079F,
    0.8955952532F,
};

/// Luminance weights of the primaries that the HLG OOTF works in.
struct Luminance {
    double r, g, b;
};
Luminance luminanceOf(Primaries primaries)
{
    return primaries == Primaries::Bt2020 ? Luminance{0.2627, 0.6780, 0.0593} : Luminance{0.2126, 0.7152, 0.0722};
}

void hlgToLight(Primaries primaries, float* const rgba[4], long n)
{
    const Luminance weights = luminanceOf(primaries);
    for (long i = 0; i < n; ++i) {
        const double r = sceneOfHlg(rgba[red][i]);
        const double g = sceneOfHlg(rgba[green][i]);
        const double b = sceneOfHlg(rgba[blue][i]);
        const double luminance = weights.r * r + weights.g * g + weights.b * b;
        const double gain = luminance > 0.0 ? hlgPeakNits / nitsOfOne * exact::pow(luminance, hlgGamma - 1.0) : 0.0;
        rgba[red][i] = static_cast<float>(r * gain);
        rgba[green][i] = static_cast<float>(g * gain);
        rgba[blue][i] = static_cast<float>(b * gain);
    }
}

void lightToHlg(Primaries primaries, float* const rgba[4], long n)
{
    const Luminance weights = luminanceOf(primaries);
    constexpr double scale = nitsOfOne / hlgPeakNits;
    for (long i = 0; i < n; ++i) {
        const double r = rgba[red][i] * scale;
        const double g = rgba[green][i] * scale;
        const double b = rgba[blue][i] * scale;
        const double luminance = weights.r * r + weights.g * g + weights.b * b;
        const double gain = luminance > 0.0 ? exact::pow(luminance, (1.0 - hlgGamma) / hlgGamma) : 0.0;
        rgba[red][i] = static_cast<float>(hlgOfScene(r * gain));
        rgba[green][i] = static_cast<float>(hlgOfScene(g * gain));
        rgba[blue][i] = static_cast<float>(hlgOfScene(b * gain));
    }
}

} // namespace

double lightOfPq(double signal)
{
    const double size = signal < 0 ? -signal : signal;
    const double power = exact::pow(size, 1.0 / pqM2);
    const double above = power > pqC1 ? power - pqC1 : 0.0;
    const double below = pqC2 - pqC3 * power;
    // The curve has a pole a little above signal 1.9; nothing that a file can hold comes near.
    const double nits = below > 1e-6 ? pqPeakNits * exact::pow(above / below, 1.0 / pqM1) : pqPeakNits * 1e6;
    return (signal < 0 ? -nits : nits) / nitsOfOne;
}

double pqOfLight(double light)
{
    const double size = (light < 0 ? -light : light) * (nitsOfOne / pqPeakNits);
    const double power = exact::pow(size, pqM1);
    const double signal = exact::pow((pqC1 + pqC2 * power) / (1.0 + pqC3 * power), pqM2);
    return light < 0 ? -signal : signal;
}

double sceneOfHlg(double signal)
{
    const double size = signal < 0 ? -signal : signal;
    const double scene = size <= 0.5 ? size * size / 3.0 : (exact::exp((size - hlgC) / hlgA) + hlgB) / 12.0;
    return signal < 0 ? -scene : scene;
}

double hlgOfScene(double scene)
{
    const double size = scene < 0 ? -scene : scene;
    const double signal = size <= 1.0 / 12.0 ? __builtin_sqrt(3.0 * size) : hlgA * exact::log(12.0 * size - hlgB) + hlgC;
    return scene < 0 ? -signal : signal;
}

void transferToLinear(const Coding& coding, float* const rgba[4], long n)
{
    const RowKernels& kernels = rowKernels();
    switch (coding.transfer) {
    case Transfer::Srgb:
        for (int plane = 0; plane < 3; ++plane)
            kernels.srgbToLinear(rgba[plane], rgba[plane], n);
        break;
    case Transfer::Pq:
        for (int plane = 0; plane < 3; ++plane)
            for (long i = 0; i < n; ++i)
                rgba[plane][i] = static_cast<float>(lightOfPq(rgba[plane][i]));
        break;
    case Transfer::Hlg:
        hlgToLight(coding.primaries, rgba, n);
        break;
    case Transfer::Linear:
        break;
    }
    if (coding.primaries == Primaries::Bt2020)
        kernels.matrix3(bt709FromBt2020, rgba, rgba, n);
}

void transferFromLinear(const Coding& coding, const float* const in[4], float* const out[4], long n)
{
    const RowKernels& kernels = rowKernels();
    const float* rows[3] = {in[0], in[1], in[2]};
    if (coding.primaries == Primaries::Bt2020) {
        kernels.matrix3(bt2020FromBt709, in, out, n);
        std::copy_n(out, 3, rows);
    }
    for (int plane = 0; plane < 3; ++plane) {
        switch (coding.transfer) {
        case Transfer::Srgb:
            kernels.linearToSrgb(rows[plane], out[plane], n);
            break;
        case Transfer::Pq:
            for (long i = 0; i < n; ++i)
                out[plane][i] = static_cast<float>(pqOfLight(rows[plane][i]));
            break;
        case Transfer::Hlg: // works on all three together, below
        case Transfer::Linear:
            if (rows[plane] != out[plane])
                std::copy_n(rows[plane], n, out[plane]);
            break;
        }
    }
    if (coding.transfer == Transfer::Hlg)
        lightToHlg(coding.primaries, out, n);
}

} // namespace artdag
