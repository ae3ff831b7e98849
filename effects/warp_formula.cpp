// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/warp_params.h"
#include "core/formula/places.h"

namespace artdag {
namespace {

FormulaCanvas canvasOf(const Call& call)
{
    return {call.out.width, call.out.height, call.canvas.scale};
}

Result<Formula> formulaOf(const Call& call, double seconds, std::int64_t frame)
{
    std::array<double, std::size(formulaKnobs)> knobs{};
    for (std::size_t i = 0; i < knobs.size(); ++i)
        knobs[i] = call.args.real(formulaKnobs[i]);
    const PlaceValues values = placeValues(canvasOf(call), seconds, frame, knobs);
    return compileFormula(call.args.text("formula"), {placeNames, values, false, 0b0010, placeColumns, placeLines});
}

Result<void> facts(const Call& call, std::span<StreamFacts> outputs)
{
    Call sized = call;
    sized.out = outputs[0];
    TRY(formulaOf(sized, 0.0, 0));
    return {};
}

void moment(const FrameCall& call, std::vector<double>& out)
{
    if (const auto formula = formulaOf(call, call.t(), call.frame); formula && moves(*formula))
        out.push_back(static_cast<double>(call.frame));
}

/// A formula may lead anywhere.
Rect region(const FrameCall& call, std::size_t, Rect)
{
    return {0, 0, call.out.width, call.out.height};
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    const Formula formula = TRY(formulaOf(call, call.t(), call.frame));
    const FormulaCanvas canvas = canvasOf(call);
    FormulaRows rows(formula);
    int column = -1; // of the last run: blocks are gone through from top to bottom
    warp(inputs[0], warpRulesOf(call), out, [&](int x, int y, int n, double* u, double* v) {
        const bool sameColumns = x == column;
        column = x;
        placeRows(rows, canvas, x, y, static_cast<std::size_t>(n), sameColumns);
        rows.run(static_cast<std::size_t>(n), nullptr, sameColumns);
        for (int i = 0; i < n; ++i) {
            u[i] = rows.result(0)[i] * canvas.width;
            v[i] = rows.result(1)[i] * canvas.height;
        }
    });
    return {};
}

/// A formula that names no time leads to the same place in every frame.
bool still(const Call& call)
{
    const auto formula = formulaOf(call, 0.0, 0);
    return formula && !moves(*formula);
}

} // namespace

extern const Effect effect_warp_formula;
const Effect effect_warp_formula{
    .name = "warp_formula",
    .title = "Warp formula",
    .help = "Bends a picture by a line or a few of your own: what comes out is the place, as vec2, that the pixel shows. Names: x y (px), u v (0–1), t, frame, width, height, aspect, p1 … p6.",
    .tags = {"formula", "transform", "warp"},
    .synonyms = {"expression", "uv", "stmap", "remap", "distort", "math", "code"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "formula", .kind = ParamKind::Formula, .initial = std::string("p = vec2((u - 0.5) * aspect, v - 0.5);\nd = length(p);\np = rotate(p, 90 * p1 * (1 - smoothstep(0, 0.6, d)) * sin(t + 8 * d));\nvec2(p.x / aspect + 0.5, p.y + 0.5)"), .title = "Formula", .help = "The last line is the place that a pixel shows: vec2(u, v) changes nothing", .animatable = false},
        {.name = "p1", .initial = 1.0, .least = -1000.0, .most = 1000.0, .title = "p1", .help = "For the formula to use"},
        {.name = "p2", .initial = 0.0, .least = -1000.0, .most = 1000.0, .title = "p2"},
        {.name = "p3", .initial = 0.0, .least = -1000.0, .most = 1000.0, .title = "p3"},
        {.name = "p4", .initial = 0.0, .least = -1000.0, .most = 1000.0, .title = "p4"},
        {.name = "p5", .initial = 0.0, .least = -1000.0, .most = 1000.0, .title = "p5"},
        {.name = "p6", .initial = 0.0, .least = -1000.0, .most = 1000.0, .title = "p6"},
        warpFilterParam(),
        warpEdgesParam(Edge::Mirror),
    },
    .access = Access::Gather,
    .facts = facts,
    .moment = moment,
    .still = still,
    .region = region,
    .render = render,
};

} // namespace artdag
