// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"
#include "core/effect/linear_colour.h"
#include "core/picture/filter.h"

#include <algorithm>
#include <cmath>

namespace artdag {
namespace {

// Flat tones after Winnemöller, Olsen and Gooch, "Real-time video abstraction" (2006): smooth where there is no edge, soft
// steps of light, and lines from a difference of gaussians. The smoothing is He's guided filter, whose cost does not grow
// with its radius.

constexpr double widerGaussian = 1.6;

float lightOf(float r, float g, float b)
{
    return 0.2126F * r + 0.7152F * g + 0.0722F * b;
}

int boxReach(const FrameCall& call)
{
    return static_cast<int>(call.px("smoothing")) + 2;
}

int lineReach(const FrameCall& call)
{
    return gaussianRadius(call.px("line_width") * 0.5 * widerGaussian) + 1;
}

Rect region(const FrameCall& call, std::size_t, Rect out)
{
    return out.grown(2 * boxReach(call) + lineReach(call));
}

Works works(const FrameCall&)
{
    return Works::Display;
}

/// What the guided filter makes of a picture led by its own light: a·I + b, with a near 1 where light varies by more than an
/// edge and 0 where it varies less. `in` covers out.rect grown by two box radii, clipped to the picture.
void flatten(const ConstPictureView& in, double radius, float edge, PictureView out)
{
    const Rect middle = out.rect.grown(static_cast<int>(radius) + 1).clippedTo(in.rect);
    Picture moments(in.rect), means(middle), smooth(out.rect);
    const PictureView squares = moments.view(), mean = means.view(), stay = smooth.view();
    for (int y = in.rect.y0; y < in.rect.y1; ++y) { // colours, and the square of light in the place of alpha
        const float* __restrict r = in.row(red, y), * __restrict g = in.row(green, y), * __restrict b = in.row(blue, y);
        float* __restrict square = squares.row(alpha, y);
        const int n = in.rect.width();
        for (int i = 0; i < n; ++i) {
            const float light = lightOf(r[i], g[i], b[i]);
            square[i] = light * light;
        }
        std::copy_n(r, n, squares.row(red, y));
        std::copy_n(g, n, squares.row(green, y));
        std::copy_n(b, n, squares.row(blue, y));
    }
    boxBlur(squares, mean, radius, radius, EdgeMode::Clamp);
    for (int y = middle.y0; y < middle.y1; ++y) { // how much of its own detail stays, and the mean that stands for the rest
        float* __restrict r = mean.row(red, y), * __restrict g = mean.row(green, y), * __restrict b = mean.row(blue, y), * __restrict a = mean.row(alpha, y);
        for (int i = 0; i < middle.width(); ++i) {
            const float light = lightOf(r[i], g[i], b[i]), variance = std::max(a[i] - light * light, 0.0F), keep = variance / (variance + edge);
            r[i] *= 1.0F - keep;
            g[i] *= 1.0F - keep;
            b[i] *= 1.0F - keep;
            a[i] = keep;
        }
    }
    boxBlur(mean, stay, radius, radius, EdgeMode::Clamp);
    for (int y = out.rect.y0; y < out.rect.y1; ++y) {
        const std::ptrdiff_t shift = out.rect.x0 - in.rect.x0;
        const float* __restrict keep = stay.row(alpha, y);
        for (int plane = 0; plane < 3; ++plane) {
            const float* __restrict from = in.row(plane, y) + shift, * __restrict rest = stay.row(plane, y);
            float* __restrict to = out.row(plane, y);
            for (int i = 0; i < out.rect.width(); ++i)
                to[i] = std::max(from[i] * keep[i] + rest[i], 0.0F);
        }
        std::copy_n(in.row(alpha, y) + shift, out.rect.width(), out.row(alpha, y));
    }
}

/// A stair with soft risers: `sharp` 0 is a slope, 1 has steps of one pixel of tone.
float stair(float light, float steps, float sharp)
{
    const float place = std::min(std::max(light, 0.0F), 1.0F) * steps;
    const auto whole = static_cast<float>(static_cast<int>(place));
    const float half = 0.5F - 0.48F * sharp, t = std::min(std::max((place - whole - 0.5F) / (2.0F * half) + 0.5F, 0.0F), 1.0F);
    const float eased = t * t * (3.0F - 2.0F * t);
    return (whole + (sharp > 0.0F ? eased : place - whole)) / steps;
}

struct Tones {
    float steps = 6.0F, sharp = 0.8F, saturation = 1.2F;
};

void stepTones(const Tones& tones, PictureView out)
{
    for (int y = out.rect.y0; y < out.rect.y1; ++y) {
        float* __restrict r = out.row(red, y), * __restrict g = out.row(green, y), * __restrict b = out.row(blue, y);
        for (int i = 0; i < out.rect.width(); ++i) {
            const float light = lightOf(r[i], g[i], b[i]);
            const float next = stair(light, tones.steps, tones.sharp), scale = light > 1e-4F ? next / light : 1.0F;
            r[i] = std::max(next + (r[i] * scale - next) * tones.saturation, 0.0F);
            g[i] = std::max(next + (g[i] * scale - next) * tones.saturation, 0.0F);
            b[i] = std::max(next + (b[i] * scale - next) * tones.saturation, 0.0F);
        }
    }
}

struct Lines {
    float amount = 1.0F, threshold = 0.0F, soft = 0.02F;
    float colour[3] = {};
};

/// Two gaussians of the light of a picture, in the first planes.
void blurLight(const ConstPictureView& in, double sigma, PictureView fine, PictureView wide)
{
    Picture light(in.rect);
    const PictureView view = light.view();
    for (int y = in.rect.y0; y < in.rect.y1; ++y) {
        const float* __restrict r = in.row(red, y), * __restrict g = in.row(green, y), * __restrict b = in.row(blue, y);
        float* __restrict to = view.row(red, y);
        for (int i = 0; i < in.rect.width(); ++i)
            to[i] = lightOf(r[i], g[i], b[i]);
        for (int plane = 1; plane < 4; ++plane)
            std::fill_n(view.row(plane, y), in.rect.width(), 0.0F);
    }
    gaussianBlur(view, fine, sigma, sigma, EdgeMode::Clamp);
    gaussianBlur(view, wide, sigma * widerGaussian, sigma * widerGaussian, EdgeMode::Clamp);
}

/// Lines where the picture is darker than what is around it, along edges. They lie upon what is there only.
void drawLines(const Lines& lines, double sigma, const ConstPictureView& in, PictureView out)
{
    Picture fine(out.rect), wide(out.rect);
    blurLight(in, sigma, fine.view(), wide.view());
    const PictureView narrow = fine.view(), broad = wide.view();
    const int n = out.rect.width();
    for (int y = out.rect.y0; y < out.rect.y1; ++y) {
        const float* __restrict a = narrow.row(red, y), * __restrict b = broad.row(red, y), * __restrict cover = out.row(alpha, y);
        float* __restrict ink = narrow.row(green, y);
        for (int i = 0; i < n; ++i) {
            const float t = std::min(std::max((b[i] - a[i] - lines.threshold) / lines.soft, 0.0F), 1.0F);
            ink[i] = cover[i] > 0.0F ? lines.amount * t * t * (3.0F - 2.0F * t) : 0.0F;
        }
        for (int plane = 0; plane < 3; ++plane) {
            float* __restrict to = out.row(plane, y);
            for (int i = 0; i < n; ++i)
                to[i] += (lines.colour[plane] - to[i]) * ink[i];
        }
    }
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    const Rect whole{0, 0, call.inputs[0].stream.width, call.inputs[0].stream.height};
    const Rect lined = out.rect.grown(lineReach(call)).clippedTo(whole);
    Picture flat(lined);
    const double radius = call.px("smoothing");
    const Rect needed = lined.grown(2 * boxReach(call)).clippedTo(whole);
    const auto edge = static_cast<float>(call.args.real("edge"));
    if (radius > 0.0)
        flatten(inputs[0].sub(needed), radius, edge * edge + 1e-6F, flat.view());
    else
        copy(inputs[0], flat.view());
    copy(flat.view(), out);
    stepTones({static_cast<float>(call.args.integer("levels")), static_cast<float>(call.args.real("sharpness")), static_cast<float>(call.args.real("saturation"))}, out);
    const Colour colour = call.args.colour("line_colour");
    Lines lines{.amount = static_cast<float>(call.args.real("lines") * colour.a), .colour = {static_cast<float>(colour.r), static_cast<float>(colour.g), static_cast<float>(colour.b)}};
    const auto sensitivity = static_cast<float>(call.args.real("sensitivity"));
    lines.threshold = 0.03F * (1.0F - sensitivity) * (1.0F - sensitivity) + 0.002F;
    lines.soft = 0.5F * lines.threshold + 0.004F;
    if (lines.amount > 0.0F)
        drawLines(lines, std::max(call.px("line_width") * 0.5, 0.3), flat.view(), out);
    return {};
}

} // namespace

extern const Effect effect_cartoon;
const Effect effect_cartoon{
    .name = "cartoon",
    .title = "Cartoon",
    .help = "Flattens tones into a few soft steps and draws ink along the edges, as in a drawn film.",
    .tags = {"stylize", "paint"},
    .synonyms = {"toon", "comic", "cel shading", "posterize", "ink lines", "anime", "rotoscope", "abstraction"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "smoothing", .initial = 8.0, .least = 0.0, .most = 100.0, .step = 0.5, .unit = "px", .title = "Smoothing", .help = "How far around detail is flattened; edges stay", .group = "Tones"},
        {.name = "edge", .initial = 0.12, .least = 0.0, .most = 1.0, .title = "Edge", .help = "The step of light that is not smoothed away", .group = "Tones"},
        {.name = "levels", .kind = ParamKind::Integer, .initial = std::int64_t{6}, .least = 1, .most = 32, .step = 1, .title = "Levels", .help = "Steps from black to white", .group = "Tones", .animatable = false},
        {.name = "sharpness", .initial = 0.85, .least = 0.0, .most = 1.0, .title = "Sharpness", .help = "Of the steps: 0 has none", .group = "Tones"},
        {.name = "saturation", .initial = 1.25, .least = 0.0, .most = 4.0, .title = "Saturation", .help = "1 leaves colours as they are", .group = "Tones"},
        {.name = "lines", .initial = 0.9, .least = 0.0, .most = 1.0, .title = "Lines", .help = "Opacity of the ink", .group = "Lines"},
        {.name = "line_width", .initial = 3.0, .least = 0.5, .most = 60.0, .step = 0.5, .unit = "px", .title = "Line width", .group = "Lines"},
        {.name = "sensitivity", .initial = 0.6, .least = 0.0, .most = 1.0, .title = "Sensitivity", .help = "How faint an edge gets a line", .group = "Lines"},
        {.name = "line_colour", .kind = ParamKind::Colour, .initial = Colour{0.06, 0.05, 0.09, 1}, .title = "Line colour", .group = "Lines"},
    },
    .access = Access::Region,
    .region = region,
    .works = works,
    .render = render,
};

} // namespace artdag
