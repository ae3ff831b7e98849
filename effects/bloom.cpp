// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"
#include "core/effect/linear_colour.h"
#include "core/picture/filter.h"
#include "core/picture/row_math.h"
#include "core/picture/rows.h"

#include <algorithm>

namespace artdag {
namespace {

/// A narrow core, the glow itself and a wide veil: standard deviations as parts of the radius, and their shares of the light.
constexpr double widths[3] = {0.25, 1.0, 2.5};
constexpr double shares[3] = {0.45, 0.35, 0.20};

int passes(const FrameCall& call)
{
    return call.args.real("amount") == 0.0 ? 0 : -1;
}

int reach(const FrameCall& call)
{
    int most = 0;
    for (const double width : widths)
        most = std::max(most, gaussianRadius(call.px("radius") * width));
    return most;
}

Rect region(const FrameCall& call, std::size_t, Rect out)
{
    return out.grown(reach(call));
}

struct Knee {
    float level = 0.0F, knee = 0.0F;
    float tints[3] = {};
};

/// Rows of R, G, B, A; without branches, so that it becomes a loop of vectors.
void brightRow(const Knee& rule, const float* const in[4], float* const out[4], int n)
{
    const float *r = in[red], *g = in[green], *b = in[blue], *a = in[alpha];
    float *toR = out[red], *toG = out[green], *toB = out[blue], *toA = out[alpha];
    const float level = rule.level, knee = rule.knee, tintR = rule.tints[0], tintG = rule.tints[1], tintB = rule.tints[2];
    ARTDAG_ELEMENTWISE
    for (int i = 0; i < n; ++i) {
        const float brighter = chosen(r[i] < g[i], g[i], r[i]), strongest = chosen(brighter < b[i], b[i], brighter);
        const float rise = strongest - level + knee, held = chosen(rise < 0.0F, 0.0F, rise), soft = chosen(2.0F * knee < held, 2.0F * knee, held);
        const float curve = soft * soft / (4.0F * knee), beyond = strongest - level;
        const bool shines = strongest > 1e-6F;
        const float part = chosen(shines, chosen(curve < beyond, beyond, curve) / chosen(shines, strongest, 1.0F), 0.0F);
        toR[i] = r[i] * part * tintR;
        toG[i] = g[i] * part * tintG;
        toB[i] = b[i] * part * tintB;
        toA[i] = a[i] * chosen(1.0F < part, 1.0F, part);
    }
}

/// What is brighter than the threshold, with a soft knee of half its height; the hue is kept.
void brightPart(const FrameCall& call, const ConstPictureView& in, PictureView out)
{
    Knee rule{.level = static_cast<float>(call.args.real("threshold"))};
    displayToLinearRow(&rule.level, &rule.level, 1);
    rule.knee = 0.5F * rule.level + 1e-4F;
    const LinearColour tint = linearOf(call.args.colour("tint"));
    rule.tints[0] = tint.r, rule.tints[1] = tint.g, rule.tints[2] = tint.b;
    const int x = out.rect.x0;
    for (int y = out.rect.y0; y < out.rect.y1; ++y) {
        const float* const from[4] = {&in.at(red, x, y), &in.at(green, x, y), &in.at(blue, x, y), &in.at(alpha, x, y)};
        float* const to[4] = {out.row(red, y), out.row(green, y), out.row(blue, y), out.row(alpha, y)};
        brightRow(rule, from, to, out.rect.width());
    }
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    if (passes(call) == 0) {
        copy(inputs[0], out);
        return {};
    }
    const Rect need = region(call, 0, out.rect).clippedTo(inputs[0].rect);
    Picture bright(need), glow(out.rect);
    brightPart(call, inputs[0], bright.view());
    const int planes = inputs[0].opaque ? 3 : 4; // more light changes nothing of an alpha of 1
    for (int i = 0; i < 3; ++i) {
        const double sigma = call.px("radius") * widths[i];
        const int grow = gaussianRadius(sigma);
        PictureView window = bright.view().sub(out.rect.grown(grow).clippedTo(need));
        window.opaque = planes == 3; // so that its alpha is not blurred
        gaussianBlur(window, glow.view(), sigma, sigma, EdgeMode::Clamp);
        const auto share = static_cast<float>(call.args.real("amount") * shares[i]);
        for (int y = out.rect.y0; y < out.rect.y1; ++y) {
            if (const Rect row{out.rect.x0, y, out.rect.x1, y + 1}; i == 0)
                copy(inputs[0].sub(row), out.sub(row));
            for (int plane = 0; plane < planes; ++plane)
                addScaledRow(glow.view().row(plane, y), out.row(plane, y), static_cast<std::size_t>(out.rect.width()), share);
        }
    }
    for (int y = out.rect.y0; y < out.rect.y1 && planes == 4; ++y)
        for (int x = 0; x < out.rect.width(); ++x)
            out.row(alpha, y)[x] = std::min(out.row(alpha, y)[x], 1.0F);
    return {};
}

} // namespace

extern const Effect effect_bloom;
const Effect effect_bloom{
    .name = "bloom",
    .title = "Bloom",
    .help = "Lets bright parts shine over their neighbours, in linear light. Amount 0 changes nothing.",
    .tags = {"blur and detail", "light"},
    .synonyms = {"glow", "glare", "light leak", "halation", "soft light"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "amount", .initial = 0.6, .least = 0.0, .most = 4.0, .title = "Amount", .help = "How much of the light is added"},
        {.name = "radius", .initial = 16.0, .least = 0.0, .most = 160.0, .step = 0.5, .unit = "px", .title = "Radius"},
        {.name = "threshold", .initial = 0.6, .least = 0.0, .most = 1.0, .title = "Threshold", .help = "Display brightness from which a tone shines"},
        {.name = "tint", .kind = ParamKind::Colour, .initial = Colour{1, 1, 1, 1}, .title = "Tint"},
    },
    .access = Access::Region,
    .passes = passes,
    .region = region,
    .render = render,
};

} // namespace artdag
