// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/effect/effect.h"
#include "core/picture/pointwise.h"

#include <algorithm>
#include <vector>

namespace artdag {
namespace {

enum Align {
    Before,
    Around,
    After,
};
enum Shape {
    Even,
    Triangle,
    Gaussian,
};

std::int64_t firstFrame(const FrameCall& call)
{
    const std::int64_t others = call.args.integer("frames") - 1;
    const int align = call.args.choice("align");
    return call.frame - (align == Before ? others : align == Around ? others / 2
                                                                    : 0);
}

std::vector<float> weightsOf(const FrameCall& call)
{
    const std::int64_t count = call.args.integer("frames");
    const double half = static_cast<double>(count) / 2.0;
    std::vector<double> weights;
    double sum = 0.0;
    for (std::int64_t i = 0; i < count; ++i) {
        const double away = (static_cast<double>(i) + 0.5 - half) / half; // −1 … 1
        const int shape = call.args.choice("shape");
        weights.push_back(shape == Triangle ? 1.0 - (away < 0 ? -away : away) * (1.0 - 0.5 / half) : shape == Gaussian ? exact::exp(-4.0 * away * away)
                                                                                                                       : 1.0);
        sum += weights.back();
    }
    std::vector<float> shares;
    for (const double weight : weights)
        shares.push_back(static_cast<float>(weight / sum));
    return shares;
}

void needs(const FrameCall& call, std::vector<FrameNeed>& out)
{
    for (std::int64_t i = 0; i < call.args.integer("frames"); ++i)
        out.push_back({0, firstFrame(call) + i});
}

int passes(const FrameCall& call)
{
    return call.args.integer("frames") == 1 ? 0 : -1;
}

Rect region(const FrameCall&, std::size_t, Rect out)
{
    return out;
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    if (passes(call) == 0) {
        copy(inputs[0], out);
        return {};
    }
    const std::vector<float> weights = weightsOf(call);
    const auto n = static_cast<std::size_t>(out.rect.width());
    for (int y = out.rect.y0; y < out.rect.y1; ++y)
        for (int plane = 0; plane < 4; ++plane) {
            float* to = out.row(plane, y);
            scaleRow(&inputs[0].at(plane, out.rect.x0, y), to, n, weights[0]);
            for (std::size_t i = 1; i < inputs.size(); ++i)
                addScaledRow(&inputs[i].at(plane, out.rect.x0, y), to, n, weights[i]);
        }
    return {};
}

} // namespace

extern const Effect effect_frame_blend;
const Effect effect_frame_blend{
    .name = "frame_blend",
    .title = "Frame blend",
    .help = "Each frame becomes the mean of its neighbours, as light adds up on film while a shutter is open: motion smears, noise calms down.",
    .tags = {"time", "blur"},
    .synonyms = {"motion blur", "shutter", "average", "tmix", "temporal blur", "long exposure", "frame mix", "ghosting"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "frames", .kind = ParamKind::Integer, .initial = std::int64_t{5}, .least = 1, .most = 32, .step = 1, .title = "Frames", .help = "How long the shutter is open, 32 frames at most; each frame costs as much as the film before it", .animatable = false},
        {.name = "align", .kind = ParamKind::Choice, .initial = std::int64_t{Around}, .title = "Window", .help = "Frames before this one, around it, or after it", .choices = {"before", "around", "after"}, .animatable = false},
        {.name = "shape", .kind = ParamKind::Choice, .initial = std::int64_t{Even}, .title = "Shutter", .help = "How the shutter opens and closes: at once, steadily, or softly", .choices = {"even", "triangle", "gaussian"}, .animatable = false},
    },
    .access = Access::Region,
    .needs = needs,
    .still = [](const Call&) { return true; },
    .passes = passes,
    .region = region,
    .render = render,
};

} // namespace artdag
