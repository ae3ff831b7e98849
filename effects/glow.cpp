// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"
#include "core/effect/linear_colour.h"
#include "core/picture/filter.h"

#include <algorithm>
#include <utility>

namespace artdag {
namespace {

enum Around {
    Bright,
    Cover,
};
enum Composition {
    Behind,
    Over,
    Alone,
};

/// The halo is the mean of a narrow and a wide blur of the shape: dense at its edge, far-reaching and thin.
constexpr double widths[2] = {0.35, 1.0};

int passes(const FrameCall& call)
{
    return call.args.real("intensity") == 0.0 && call.args.choice("composition") != Alone ? 0 : -1;
}

int reach(const FrameCall& call)
{
    return std::max(gaussianRadius(call.px("radius") * widths[0]), gaussianRadius(call.px("radius") * widths[1]));
}

Rect region(const FrameCall& call, std::size_t, Rect out)
{
    return out.grown(reach(call));
}

/// The shape whose halo it is, in alpha; the colours are black.
Picture shapeOf(const FrameCall& call, const ConstPictureView& in)
{
    Picture shape(in.rect);
    const PictureView out = shape.view();
    const auto n = static_cast<std::size_t>(in.rect.width());
    const auto level = static_cast<float>(call.args.real("threshold"));
    for (int y = in.rect.y0; y < in.rect.y1; ++y) {
        const float *const r = in.row(red, y), *const g = in.row(green, y), *const b = in.row(blue, y), *const a = in.row(alpha, y);
        float* const to = out.row(alpha, y);
        for (int plane = 0; plane < 3; ++plane)
            std::fill_n(out.row(plane, y), n, 0.0F);
        if (call.args.choice("around") == Cover) {
            std::copy_n(a, n, to);
            continue;
        }
        for (std::size_t x = 0; x < n; ++x)
            to[x] = std::max(0.0F, 0.2126F * r[x] + 0.7152F * g[x] + 0.0722F * b[x]);
        linearToDisplayRow(to, to, n);
        for (std::size_t x = 0; x < n; ++x) {
            const float t = std::clamp((to[x] - level) / 0.2F, 0.0F, 1.0F);
            to[x] = t * t * (3.0F - 2.0F * t);
        }
    }
    return shape;
}

/// The halo's cover in alpha of `halo`: 0–1.
void haloOf(const FrameCall& call, const PictureView& shape, Picture& halo)
{
    const Rect rect = halo.rect();
    Picture blurred(rect);
    clear(halo.view());
    for (const double width : widths) {
        const double sigma = call.px("radius") * width;
        gaussianBlur(shape.sub(rect.grown(gaussianRadius(sigma)).clippedTo(shape.rect)), blurred.view(), sigma, sigma, EdgeMode::Clamp);
        for (int y = rect.y0; y < rect.y1; ++y)
            addScaledRow(blurred.view().row(alpha, y), halo.view().row(alpha, y), static_cast<std::size_t>(rect.width()), 0.5F);
    }
    // Denser glow does not only get brighter: it wins over the air around it, as light does in mist.
    const auto intensity = static_cast<float>(call.args.real("intensity"));
    for (int y = rect.y0; y < rect.y1; ++y) {
        float* const row = halo.view().row(alpha, y);
        for (int x = 0; x < rect.width(); ++x) {
            const float light = 2.0F * intensity * std::max(row[x], 0.0F);
            row[x] = light * (2.0F + light) / (1.0F + light * (2.0F + light));
        }
    }
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    copy(inputs[0], out);
    if (passes(call) == 0)
        return {};
    const Rect need = region(call, 0, out.rect).clippedTo(inputs[0].rect);
    Picture shape = shapeOf(call, inputs[0].sub(need)), halo(out.rect);
    haloOf(call, shape.view(), halo);
    const LinearColour inner = linearOf(call.args.colour("inner")), outer = linearOf(call.args.colour("outer"));
    const float near[4] = {inner.r, inner.g, inner.b, inner.a}, far[4] = {outer.r, outer.g, outer.b, outer.a};
    const int composition = call.args.choice("composition");
    for (int y = out.rect.y0; y < out.rect.y1; ++y) {
        const float *const light = halo.view().row(alpha, y), *const own = &std::as_const(shape).view().at(alpha, out.rect.x0, y);
        for (int x = 0; x < out.rect.width(); ++x) {
            const float cover = out.row(alpha, y)[x];
            for (int plane = 0; plane < 4; ++plane) {
                float& pixel = out.row(plane, y)[x];
                const float glow = (far[plane] + (near[plane] - far[plane]) * light[x]) * light[x];
                if (composition == Behind)
                    pixel += glow * (1.0F - cover);
                else if (composition == Alone)
                    pixel = glow;
                else // screened, and around the shape only: what glows keeps its own colour
                    pixel += glow * (1.0F - own[x]) * std::clamp(1.0F - pixel, 0.0F, 1.0F);
            }
        }
    }
    return {};
}

} // namespace

extern const Effect effect_glow;
const Effect effect_glow{
    .name = "glow",
    .title = "Glow",
    .help = "A coloured halo around what is bright, or around what is not transparent. Bloom spreads the picture's own light; glow has colours of its own.",
    .tags = {"blur and detail", "light"},
    .synonyms = {"outer glow", "halo", "aura", "shine", "backlight"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "intensity", .initial = 1.0, .least = 0.0, .most = 8.0, .title = "Intensity"},
        {.name = "radius", .initial = 30.0, .least = 1.0, .most = 300.0, .step = 0.5, .unit = "px", .title = "Radius"},
        {.name = "inner", .kind = ParamKind::Colour, .initial = Colour{1.0, 0.87, 0.55, 1}, .title = "Inner colour", .help = "Where the glow is dense"},
        {.name = "outer", .kind = ParamKind::Colour, .initial = Colour{1.0, 0.25, 0.5, 1}, .title = "Outer colour", .help = "Where it fades"},
        {.name = "around", .kind = ParamKind::Choice, .initial = std::int64_t{Bright}, .title = "Around", .help = "What glows: what is brighter than the threshold, or what is not transparent", .choices = {"bright", "alpha"}, .animatable = false},
        {.name = "threshold", .initial = 0.75, .least = 0.0, .most = 1.0, .title = "Threshold", .help = "Display brightness from which a tone glows"},
        {.name = "composition", .kind = ParamKind::Choice, .initial = std::int64_t{Over}, .title = "Composition", .help = "Behind shows only where the picture is transparent; over lies around what glows, which keeps its own colour", .choices = {"behind", "over", "alone"}, .animatable = false},
    },
    .access = Access::Region,
    .passes = passes,
    .region = region,
    .render = render,
};

} // namespace artdag
