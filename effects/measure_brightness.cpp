// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/whole_inputs.h"
#include "core/picture/mosaic.h"

#include <algorithm>
#include <cmath>

namespace artdag {
namespace {

constexpr int columns = 192, rows = 108; ///< tiles that are told apart

struct Brightness {
    double mean = 0, darkest = 0, lightest = 0, contrast = 0;
};

/// What is there, weighted by its alpha; darkest and lightest leave out a hundredth of it.
Brightness brightnessOf(const std::vector<float>& luma, const std::vector<float>& weights)
{
    std::vector<std::pair<float, float>> tiles;
    double all = 0.0, sum = 0.0, squares = 0.0;
    for (std::size_t i = 0; i < luma.size(); ++i) {
        if (weights[i] <= 0.0F)
            continue;
        tiles.emplace_back(luma[i], weights[i]);
        all += weights[i];
        sum += static_cast<double>(luma[i]) * weights[i];
        squares += static_cast<double>(luma[i]) * luma[i] * weights[i];
    }
    if (tiles.empty())
        return {};
    std::ranges::sort(tiles);
    Brightness found{sum / all, tiles.back().first, tiles.front().first, std::sqrt(std::max(squares / all - (sum / all) * (sum / all), 0.0))};
    double below = 0.0;
    for (const auto& [value, weight] : tiles) {
        if (below <= 0.01 * all)
            found.darkest = value;
        below += weight;
        found.lightest = value;
        if (below >= 0.99 * all)
            break;
    }
    return found;
}

Result<std::vector<Analysed>> analyse(const AnalysisCall& call)
{
    const Vec2 centre = call.args.vec2("centre"), size = call.args.vec2("size");
    const bool light = call.args.choice("measure") == 1;
    std::vector<Analysed> out(4, Analysed{{}, call.canvas.rate.perSecond(), {}});
    TRY(seeFrames(call, call.input("picture"), [&](const ConstPictureView& picture) {
        const Rect part = partOf(picture.rect.width(), picture.rect.height(), centre.x, centre.y, size.x, size.y);
        Mosaic mosaic = mosaicOf(picture, part, columns, rows);
        if (light)
            for (int plane = 0; plane < 3; ++plane)
                for (std::size_t i = 0; i < mosaic.tiles(); ++i)
                    mosaic.planes[plane][i] = mosaic.planes[alpha][i] > 0.0F ? mosaic.planes[plane][i] / mosaic.planes[alpha][i] : 0.0F;
        else
            mosaic = unveiled(std::move(mosaic));
        const Brightness found = brightnessOf(lumaOf(mosaic), mosaic.planes[alpha]);
        const double values[] = {found.mean, found.darkest, found.lightest, found.contrast};
        for (std::size_t i = 0; i < out.size(); ++i)
            out[i].values.push_back(values[i]);
    }));
    if (!call.args.boolean("normalize"))
        return out;
    for (Analysed& found : out) {
        if (found.values.empty())
            continue;
        const auto [least, most] = std::ranges::minmax(found.values);
        for (double& value : found.values)
            value = most - least > 1e-6 ? (value - least) / (most - least) : 0.0;
    }
    return out;
}

} // namespace

extern const Effect effect_measure_brightness;
const Effect effect_measure_brightness{
    .name = "measure_brightness",
    .title = "Measure brightness",
    .help = "How bright a film is from frame to frame, with its darkest and lightest parts and its contrast. It sees every frame once.",
    .tags = {"analysis", "picture", "signal"},
    .synonyms = {"luminance", "luma", "average brightness", "signalstats", "exposure meter", "light meter", "histogram"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .outputs = {
        {.name = "signal", .type = PortType::Signal, .title = "Mean, 0–1"},
        {.name = "darkest", .type = PortType::Signal, .title = "Darkest part"},
        {.name = "lightest", .type = PortType::Signal, .title = "Lightest part"},
        {.name = "contrast", .type = PortType::Signal, .title = "Contrast: the spread around the mean"},
    },
    .params = {
        {.name = "centre", .kind = ParamKind::Point, .initial = Vec2{0.5, 0.5}, .least = 0.0, .most = 1.0, .title = "Centre", .help = "Of what is looked at", .animatable = false},
        {.name = "size", .kind = ParamKind::Size, .initial = Vec2{1.0, 1.0}, .least = 0.0, .most = 1.0, .title = "Size", .help = "Of what is looked at, as a part of the picture", .animatable = false},
        {.name = "measure", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .title = "Measure", .help = "As the eye sees it, or the light itself", .choices = {"display", "light"}, .animatable = false},
        {.name = "normalize", .kind = ParamKind::Boolean, .initial = false, .title = "Normalize", .help = "The least moment is 0, the greatest is 1", .animatable = false},
    },
    .analyse = analyse,
};

} // namespace artdag
