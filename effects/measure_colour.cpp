// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/effect/whole_inputs.h"
#include "core/picture/mosaic.h"

#include <algorithm>
#include <cmath>

namespace artdag {
namespace {

constexpr int columns = 96, rows = 54; ///< tiles that are told apart

enum Output {
    Red,
    Green,
    Blue,
    Hue,
    Saturation,
    Lightness,
};

/// Sums over tiles, weighted by alpha.
struct Colours {
    double weight = 0, rgb[3] = {};
    double east = 0, north = 0; ///< colours as arrows on the hue circle, as long as they are strong
    double saturation = 0, lightness = 0;
};

Colours coloursOf(const Mosaic& display)
{
    Colours sum;
    for (std::size_t i = 0; i < display.tiles(); ++i) {
        const double weight = display.planes[alpha][i];
        if (weight <= 0.0)
            continue;
        const double r = display.planes[red][i], g = display.planes[green][i], b = display.planes[blue][i];
        const double most = std::max({r, g, b}), least = std::min({r, g, b});
        sum.weight += weight;
        sum.rgb[red] += weight * r;
        sum.rgb[green] += weight * g;
        sum.rgb[blue] += weight * b;
        sum.east += weight * (r - 0.5 * (g + b));
        sum.north += weight * (0.866025403784438647 * (g - b));
        sum.saturation += weight * (most > 0.0 ? (most - least) / most : 0.0);
        sum.lightness += weight * 0.5 * (most + least);
    }
    return sum;
}

/// Degrees nearest to `before` among those that mean the same, so that a turn goes on where it was at 360.
double turnedOn(double degrees, double before)
{
    return degrees + 360.0 * std::floor((before - degrees) / 360.0 + 0.5);
}

Result<std::vector<Analysed>> analyse(const AnalysisCall& call)
{
    const Vec2 centre = call.args.vec2("centre"), size = call.args.vec2("size");
    const bool wrap = call.args.choice("hue") == 1;
    std::vector<Analysed> out(6, Analysed{{}, call.canvas.rate.perSecond(), {}});
    double hue = 180.0;
    TRY(seeFrames(call, call.input("picture"), [&](const ConstPictureView& picture) {
        const Rect part = partOf(picture.rect.width(), picture.rect.height(), centre.x, centre.y, size.x, size.y);
        const Colours sum = coloursOf(unveiled(mosaicOf(picture, part, columns, rows)));
        const double weight = std::max(sum.weight, 1e-12);
        for (std::size_t plane = 0; plane < 3; ++plane)
            out[plane].values.push_back(sum.rgb[plane] / weight);
        if (sum.east * sum.east + sum.north * sum.north > 1e-8 * weight * weight) // grey has no hue: the last one stays
            hue = turnedOn(exact::atan2(sum.north, sum.east) * 180.0 / exact::pi, hue);
        out[Hue].values.push_back(wrap ? exact::fmod(hue, 360.0) : hue);
        out[Saturation].values.push_back(sum.saturation / weight);
        out[Lightness].values.push_back(sum.lightness / weight);
    }));
    return out;
}

} // namespace

extern const Effect effect_measure_colour;
const Effect effect_measure_colour{
    .name = "measure_colour",
    .title = "Measure colour",
    .help = "The mean colour of a film from frame to frame: red, green, blue, hue, saturation and lightness as signals. It sees every frame once.",
    .tags = {"analysis", "picture", "signal"},
    .synonyms = {"average colour", "average color", "dominant hue", "colour sampler", "eyedropper", "signalstats", "rgb meter"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .outputs = {
        {.name = "red", .type = PortType::Signal, .title = "Red, 0–1"},
        {.name = "green", .type = PortType::Signal, .title = "Green, 0–1"},
        {.name = "blue", .type = PortType::Signal, .title = "Blue, 0–1"},
        {.name = "hue", .type = PortType::Signal, .title = "Hue in degrees; strong colours count more"},
        {.name = "saturation", .type = PortType::Signal, .title = "Saturation, 0–1"},
        {.name = "lightness", .type = PortType::Signal, .title = "Lightness, 0–1"},
    },
    .params = {
        {.name = "centre", .kind = ParamKind::Point, .initial = Vec2{0.5, 0.5}, .least = 0.0, .most = 1.0, .title = "Centre", .help = "Of what is looked at", .animatable = false},
        {.name = "size", .kind = ParamKind::Size, .initial = Vec2{1.0, 1.0}, .least = 0.0, .most = 1.0, .title = "Size", .help = "Of what is looked at, as a part of the picture", .animatable = false},
        {.name = "hue", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .title = "Hue", .help = "It goes on beyond 0 and 360 without a jump, or stays within", .choices = {"continuous", "within 360"}, .animatable = false},
    },
    .analyse = analyse,
};

} // namespace artdag
