// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"
#include "core/formula/formula.h"
#include "core/sound/automation.h"

#include <algorithm>
#include <array>

namespace artdag {
namespace {

constexpr std::string_view knobs[] = {"p1", "p2", "p3", "p4"};
enum Input : std::size_t {
    T,
    L,
    R,
    Knob, ///< the first of them
};
constexpr std::string_view inputNames[] = {"t", "l", "r", knobs[0], knobs[1], knobs[2], knobs[3]};

Result<Formula> formulaOf(const Call& call)
{
    const std::array<std::pair<std::string_view, double>, 1> values{{{"rate", call.canvas.sampleRate}}};
    return compileFormula(call.args.text("formula"), {inputNames, values, false, 0b0011});
}

Result<void> facts(const Call& call, std::span<StreamFacts>)
{
    TRY(formulaOf(call));
    return {};
}

/// Knobs move in straight lines from one control point to the next.
void place(const SoundCall& call, const Formula& formula, FormulaRows& rows, std::span<const Sound> inputs, std::int64_t first, std::size_t n)
{
    for (std::size_t i = 0; i < n; ++i)
        rows.input(T)[i] = static_cast<double>(first + static_cast<std::int64_t>(i)) / call.canvas.sampleRate;
    for (const int channel : {0, 1})
        for (std::size_t i = 0; i < n && formula.uses(L + static_cast<std::size_t>(channel)); ++i)
            rows.input(L + static_cast<std::size_t>(channel))[i] = inputs.empty() ? 0.0 : inputs[0].channel(channel)[first - inputs[0].range().first + static_cast<std::int64_t>(i)];
    for (std::size_t knob = 0; knob < std::size(knobs); ++knob) {
        if (!formula.uses(Knob + knob))
            continue;
        const std::int64_t point = controlFloor(first);
        const double from = call.realAt(knobs[knob], point), to = call.realAt(knobs[knob], point + controlStep);
        for (std::size_t i = 0; i < n; ++i)
            rows.input(Knob + knob)[i] = from + (to - from) * static_cast<double>(first + static_cast<std::int64_t>(i) - point) / controlStep;
    }
}

Result<void> sound(const SoundCall& call, std::span<const Sound> inputs, Sound& out)
{
    const Formula formula = TRY(formulaOf(call));
    FormulaRows rows(formula);
    for (std::int64_t at = call.range.first; at < call.range.end();) {
        const std::int64_t end = std::min(controlFloor(at) + controlStep, call.range.end());
        const auto n = static_cast<std::size_t>(end - at);
        place(call, formula, rows, inputs, at, n);
        rows.run(n);
        for (int channel = 0; channel < soundChannels; ++channel) {
            const double* from = rows.result(formula.results() == 2 ? channel : 0);
            float* to = out.channel(channel) + (at - call.range.first);
            for (std::size_t i = 0; i < n; ++i)
                to[i] = static_cast<float>(from[i]);
        }
        at = end;
    }
    return {};
}

} // namespace

extern const Effect effect_sound_formula;
const Effect effect_sound_formula{
    .name = "sound_formula",
    .title = "Sound formula",
    .help = "A sound, or a change of one, in a line or a few of your own, worked out for every sample. Names: t (s), l r (the sound that comes in), rate, p1 … p4; functions as in a pixel formula.",
    .tags = {"formula", "sound", "generator"},
    .synonyms = {"expression", "bytebeat", "aevalsrc", "waveshaper", "math", "code", "oscillator"},
    .inputs = {{.name = "sound", .type = PortType::Sound, .title = "Sound", .optional = true}},
    .outputs = {{"sound", PortType::Sound}},
    .params = {
        {.name = "formula", .kind = ParamKind::Formula, .initial = std::string("n = floor(4 * t);\nf = 110 * 2 ^ (floor(7 * hash(n % 8)) / 12 * 2);\ne = exp(-6 * fract(4 * t)) * smoothstep(0, 0.01, fract(4 * t));\n0.35 * p1 * e * sin(tau * f * t + 2 * e * sin(tau * 2 * f * t)) + vec2(l, r)"), .title = "Formula", .help = "The last line says what comes out: one number, or two for left and right", .animatable = false},
        {.name = "p1", .initial = 1.0, .least = -100000.0, .most = 100000.0, .title = "p1", .help = "For the formula to use"},
        {.name = "p2", .initial = 0.0, .least = -100000.0, .most = 100000.0, .title = "p2"},
        {.name = "p3", .initial = 0.0, .least = -100000.0, .most = 100000.0, .title = "p3"},
        {.name = "p4", .initial = 0.0, .least = -100000.0, .most = 100000.0, .title = "p4"},
    },
    .facts = facts,
    .sound = sound,
};

} // namespace artdag
