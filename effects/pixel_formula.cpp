// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"
#include "core/formula/places.h"
#include "core/formula/sampled_picture.h"

#include <algorithm>
#include <array>
#include <optional>

namespace artdag {
namespace {

constexpr std::string_view inputNames[] = {placeNames[0], placeNames[1], placeNames[2], placeNames[3], "r", "g", "b", "a"};
constexpr std::size_t firstPlane = 4; ///< among them

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
    return compileFormula(call.args.text("formula"), {inputNames, values, call.input("picture") >= 0, 0b1101, placeColumns, placeLines});
}

Result<Formula> formulaOf(const FrameCall& call)
{
    return formulaOf(call, call.t(), call.frame);
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
    if (const auto formula = formulaOf(call); formula && moves(*formula))
        out.push_back(static_cast<double>(call.frame));
}

/// Where it samples, any pixel may be wanted.
Rect region(const FrameCall& call, std::size_t, Rect out)
{
    const auto formula = formulaOf(call);
    return formula && !formula->samples() ? out : Rect{0, 0, call.out.width, call.out.height};
}

Works works(const FrameCall& call)
{
    return call.args.choice("space") == 0 ? Works::Display : Works::Linear;
}

/// Fills the rows that the formula reads.
void place(const FrameCall& call, const Formula& formula, FormulaRows& rows, const ConstPictureView* in, int x, int y, std::size_t n, bool sameColumns)
{
    placeRows(rows, canvasOf(call), x, y, n, sameColumns);
    for (std::size_t plane = 0; plane < 4; ++plane) {
        if (!formula.uses(firstPlane + plane))
            continue;
        if (in != nullptr)
            std::copy_n(in->row(static_cast<int>(plane), y) + (x - in->rect.x0), n, rows.input(firstPlane + plane));
        else
            std::fill_n(rows.input(firstPlane + plane), n, plane == alpha ? 1.0 : 0.0);
    }
}

/// A picture from what came out: one number is grey, three are a colour with the cover that was there.
void write(const FormulaRows& rows, int results, const ConstPictureView* in, int x, int y, std::size_t n, PictureView out)
{
    float* cover = out.row(alpha, y) + (x - out.rect.x0);
    for (std::size_t i = 0; i < n; ++i) {
        const double own = results == 4 ? rows.result(3)[i] : in != nullptr ? in->row(alpha, y)[x - in->rect.x0 + static_cast<std::ptrdiff_t>(i)]
                                                                            : 1.0;
        cover[i] = static_cast<float>(std::clamp(own, 0.0, 1.0));
    }
    for (int plane = 0; plane < 3; ++plane) {
        const double* from = rows.result(results == 1 ? 0 : plane);
        float* to = out.row(plane, y) + (x - out.rect.x0);
        for (std::size_t i = 0; i < n; ++i)
            to[i] = cover[i] > 0.0F ? static_cast<float>(from[i]) : 0.0F;
    }
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    const Formula formula = TRY(formulaOf(call));
    const ConstPictureView* in = inputs.empty() ? nullptr : &inputs[0];
    std::optional<SampledPicture> sampled;
    if (formula.samples())
        sampled.emplace(*in);
    FormulaRows rows(formula);
    for (int x = out.rect.x0; x < out.rect.x1; x += static_cast<int>(FormulaRows::block))
        for (int y = out.rect.y0; y < out.rect.y1; ++y) {
            const auto n = std::min(FormulaRows::block, static_cast<std::size_t>(out.rect.x1 - x));
            const bool sameColumns = y > out.rect.y0;
            place(call, formula, rows, in, x, y, n, sameColumns);
            rows.run(n, sampled ? &*sampled : nullptr, sameColumns);
            write(rows, formula.results(), in, x, y, n, out);
        }
    return {};
}

/// A formula that names no time makes one picture.
bool still(const Call& call)
{
    const auto formula = formulaOf(call, 0.0, 0);
    return formula && !moves(*formula);
}

} // namespace

extern const Effect effect_pixel_formula;
const Effect effect_pixel_formula{
    .name = "pixel_formula",
    .title = "Pixel formula",
    .help = "A picture, or a change of one, in a line or a few of your own: what is written is worked out for every pixel. Names: x y (px), u v (0–1), r g b a, t, frame, width, height, aspect, p1 … p6; functions from abs to vec4, noise, hash, sample(u, v).",
    .tags = {"formula", "source", "colour"},
    .synonyms = {"expression", "shader", "glsl", "math", "geq", "code", "generative"},
    .inputs = {{.name = "picture", .title = "Picture", .optional = true}},
    .params = {
        {.name = "formula", .kind = ParamKind::Formula, .initial = std::string("p = vec2((u - 0.5) * aspect, v - 0.5);\nd = length(p) - 0.03 * noise(6 * u, 6 * v, t);\nw = 0.5 + 0.5 * sin(60 * p1 * d - 3 * t);\nhsv(0.55 + 0.25 * w + p2 * d, 0.7, 0.15 + 0.85 * w * w)"), .title = "Formula", .help = "The last line says what comes out: one number, a colour of three, or four with its cover", .animatable = false},
        {.name = "p1", .initial = 1.0, .least = -1000.0, .most = 1000.0, .title = "p1", .help = "For the formula to use"},
        {.name = "p2", .initial = 0.3, .least = -1000.0, .most = 1000.0, .title = "p2"},
        {.name = "p3", .initial = 0.0, .least = -1000.0, .most = 1000.0, .title = "p3"},
        {.name = "p4", .initial = 0.0, .least = -1000.0, .most = 1000.0, .title = "p4"},
        {.name = "p5", .initial = 0.0, .least = -1000.0, .most = 1000.0, .title = "p5"},
        {.name = "p6", .initial = 0.0, .least = -1000.0, .most = 1000.0, .title = "p6"},
        {.name = "space", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .title = "Space", .help = "Display values as artists know them, or linear light with colours multiplied by their cover", .choices = {"display", "linear"}, .animatable = false},
    },
    .access = Access::Gather,
    .facts = facts,
    .moment = moment,
    .still = still,
    .region = region,
    .works = works,
    .render = render,
};

} // namespace artdag
