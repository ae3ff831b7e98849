// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"

#include <fmt/format.h>

namespace artdag {
namespace {

/// A Porter–Duff operator (W3C Compositing and Blending Level 1, §9.1): above · Fa + below · Fb, where
/// Fa = above + aboveByBelow · alpha below, Fb = below + belowByAbove · alpha above.
struct Operator {
    std::string_view name;
    float above, aboveByBelow;
    float below, belowByAbove;
};
constexpr Operator operators[] = {
    {"over", 1, 0, 1, -1},
    {"in", 0, 1, 0, 0},
    {"out", 1, -1, 0, 0},
    {"atop", 0, 1, 1, -1},
    {"xor", 1, -1, 1, -1},
    {"plus", 1, 0, 1, 0},
    {"under", 1, -1, 1, 0},
    {"mask", 0, 0, 0, 1},
    {"stencil", 0, 0, 1, -1},
    {"atop_above", 1, -1, 0, 1},
};

std::vector<std::string_view> operatorNames()
{
    std::vector<std::string_view> names;
    for (const Operator& one : operators)
        names.push_back(one.name);
    return names;
}

const Operator& operatorOf(const FrameCall& call)
{
    return operators[call.args.choice("operator")];
}

Result<void> facts(const Call& call, std::span<StreamFacts> outputs)
{
    const StreamFacts& below = call.inputs[0].stream;
    const StreamFacts& above = call.inputs[1].stream;
    if (below.width != above.width || below.height != above.height)
        return fail(Fault::BadInput, fmt::format("composite: below is {}×{} px and above {}×{}; put a resize before one of them", below.width, below.height, above.width, above.height));
    outputs[0] = below;
    if (below.frames == StreamFacts::endless)
        outputs[0].frames = above.frames;
    return {};
}

/// Without a picture above, the one below stays where its factor is 1.
int passes(const FrameCall& call)
{
    return call.args.real("opacity") == 0.0 && operatorOf(call).below == 1.0F ? 0 : -1;
}

void combineRow(const Operator& how, const float* __restrict below, const float* __restrict above, const float* __restrict alphaBelow, const float* __restrict alphaAbove,
    float* __restrict out, int n, float opacity)
{
    const float fa = how.above, faByBelow = how.aboveByBelow, fb = how.below, fbByAbove = how.belowByAbove;
    for (int i = 0; i < n; ++i)
        out[i] = above[i] * opacity * (fa + faByBelow * alphaBelow[i]) + below[i] * (fb + fbByAbove * (alphaAbove[i] * opacity));
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    const Operator& how = operatorOf(call);
    const auto opacity = static_cast<float>(call.args.real("opacity"));
    const int n = out.rect.width(), x = out.rect.x0;
    for (int y = out.rect.y0; y < out.rect.y1; ++y) {
        for (int plane = 0; plane < 4; ++plane)
            combineRow(how, &inputs[0].at(plane, x, y), &inputs[1].at(plane, x, y), &inputs[0].at(alpha, x, y), &inputs[1].at(alpha, x, y), out.row(plane, y), n, opacity);
        float* __restrict cover = out.row(alpha, y);
        for (int i = 0; i < n; ++i) // the sum of two may be more than all
            cover[i] = cover[i] < 1.0F ? cover[i] : 1.0F;
    }
    return {};
}

} // namespace

extern const Effect effect_composite;
const Effect effect_composite{
    .name = "composite",
    .title = "Composite",
    .help = "Joins two pictures by their transparency, in linear light. over lays one upon the other; in and out cut the picture above by the one below, mask and stencil the one below by the one above.",
    .tags = {"combine"},
    .synonyms = {"merge", "over", "alpha over", "porter duff", "overlay", "under", "stencil", "matte", "track matte", "held out", "atop", "xor", "plus"},
    .inputs = {{.name = "below", .title = "Below"}, {.name = "above", .title = "Above"}},
    .params = {
        {.name = "operator", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .title = "Operator", .help = "atop keeps the outline of the picture below, atop_above that of the one above; xor shows each where the other is not; plus adds light", .choices = operatorNames(), .animatable = false},
        {.name = "opacity", .initial = 1.0, .least = 0.0, .most = 1.0, .title = "Opacity", .help = "Of the picture above, before they meet"},
    },
    .facts = facts,
    .passes = passes,
    .render = render,
};

} // namespace artdag
