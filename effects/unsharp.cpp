// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"
#include "core/picture/filter.h"
#include "core/picture/pointwise.h"

#include <algorithm>

namespace artdag {
namespace {

int passes(const FrameCall& call)
{
    return call.args.real("amount") == 0.0 || gaussianRadius(call.px("radius")) == 0 ? 0 : -1;
}

Works works(const FrameCall& call)
{
    return passes(call) == 0 ? Works::Either : Works::Display;
}

Rect region(const FrameCall& call, std::size_t, Rect out)
{
    return passes(call) == 0 ? out : out.grown(gaussianRadius(call.px("radius")));
}

/// What a row is more than its blur, beyond the threshold, times the amount.
void sharpenRow(const float* __restrict in, const float* __restrict blurred, const float* __restrict cover, float* __restrict out, int n, float amount, float threshold)
{
    for (int x = 0; x < n; ++x) {
        const float soft = cover[x] > 1e-6F ? blurred[x] / cover[x] : in[x];
        const float detail = in[x] - soft;
        const float over = std::max(detail - threshold, 0.0F) + std::min(detail + threshold, 0.0F);
        out[x] = in[x] + amount * over;
    }
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    copy(inputs[0], out);
    if (passes(call) == 0)
        return {};
    const double sigma = call.px("radius");
    const ConstPictureView in = inputs[0].sub(region(call, 0, out.rect).clippedTo(inputs[0].rect));
    // Straight colours are blurred as much as they cover, so that nothing black comes in from where nothing is.
    Picture covered, blurred(out.rect);
    if (!in.opaque) {
        covered = Picture(in.rect);
        premultiply(in, covered.view());
    }
    gaussianBlur(in.opaque ? in : std::as_const(covered).view(), blurred.view(), sigma, sigma, EdgeMode::Clamp);
    const auto amount = static_cast<float>(call.args.real("amount")), threshold = static_cast<float>(call.args.real("threshold"));
    for (int y = out.rect.y0; y < out.rect.y1; ++y)
        for (int plane = 0; plane < 3; ++plane)
            sharpenRow(&in.at(plane, out.rect.x0, y), blurred.view().row(plane, y), blurred.view().row(alpha, y), out.row(plane, y), out.rect.width(), amount, threshold);
    return {};
}

} // namespace

extern const Effect effect_unsharp;
const Effect effect_unsharp{
    .name = "unsharp",
    .title = "Unsharp mask",
    .help = "Adds what a picture is more than its own blur. A small radius sharpens, a large one with a small amount gives clarity.",
    .tags = {"blur and detail", "sharpen"},
    .synonyms = {"unsharp masking", "usm", "clarity", "local contrast", "sharpen", "high pass"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "amount", .initial = 1.0, .least = -1.0, .most = 10.0, .title = "Amount", .help = "How much of the detail is added; below 0 it is taken away"},
        {.name = "radius", .initial = 3.0, .least = 0.0, .most = 200.0, .step = 0.5, .unit = "px", .title = "Radius", .help = "Standard deviation of the blur: detail is what is finer"},
        {.name = "threshold", .initial = 0.0, .least = 0.0, .most = 0.5, .step = 0.005, .title = "Threshold", .help = "Differences up to this stay as they are, so that grain is not sharpened"},
    },
    .access = Access::Region,
    .passes = passes,
    .region = region,
    .works = works,
    .render = render,
};

} // namespace artdag
