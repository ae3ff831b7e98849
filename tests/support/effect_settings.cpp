// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/effect_settings.h"

#include "core/effect/catalogue.h"
#include "tests/support/argument_ends.h"

#include <QTest>

#include <algorithm>
#include <tuple>

namespace artdag {

namespace {

struct Setting {
    std::string_view effect, param; ///< for moves of this parameter …
    std::string_view name;          ///< … this one is set
    Value value;
    bool ofItem = false;
};

Moment seconds(double value)
{
    return {static_cast<Flicks>(value * static_cast<double>(flicksPerSecond))};
}

Value chosen(std::int64_t index)
{
    return index;
}

const std::vector<Setting>& settings()
{
    static const std::vector<Setting> table = {
        {"ascii_art", "ink", "colours", chosen(2)},
        {"ascii_art", "seed", "shuffle", 0.5},
        {"attractor", "loop", "speed", 0.13},
        {"beats", "guess", "slowest", 193.0},
        {"beats", "fastest", "slowest", 190.0},
        {"blend", "space", "mode", chosen(1)},
        {"cartoon", "line_width", "line_width", 40.0},
        {"cellular_automata", "density", "kind", chosen(1)},
        {"cellular_automata", "life_rule", "kind", chosen(1)},
        {"cellular_automata", "restart", "evolution", 3300.0},
        {"cellular_automata", "rule", "kind", chosen(0)},
        {"cellular_automata", "single", "kind", chosen(0)},
        {"cellular_automata", "trail", "kind", chosen(1)},
        {"checker", "offset", "size", 50.0},
        {"choose", "beyond", "index", 7.0},
        {"choose", "blend", "index", 0.5},
        {"choose", "fit", "blend", true},
        {"choose", "fit", "index", 1.5},
        {"circles", "loop", "speed", 0.13},
        {"compressor", "knee", "threshold", -3.0},
        {"corner_pin", "inverse", "top_left", Vec2{0.2, 0.1}},
        {"corner_pin", "filter", "top_left", Vec2{0.2, 0.1}},
        {"corner_pin", "edges", "top_left", Vec2{0.2, 0.1}},
        {"counter", "limit", "step", 1e6},
        {"counter", "end", "limit", 1.0},
        {"crop", "width", "width", 300.0},
        {"crop", "height", "height", 300.0},
        {"crossfade_sound", "duration", "duration", seconds(0.3)},
        {"crt", "lines", "lines", 30.0}, // finer ones do not show in a small picture
        {"crt", "scanlines", "lines", 30.0},
        {"crt", "mask_pitch", "mask_pitch", 50.0},
        {"curves", "form", "master", CurvePoints{{0, 0}, {0.3, 0.6}, {1, 1}}},
        {"cut_on_beats", "seed", "order", chosen(2)},
        {"denoise", "radius", "radius", 15.0}, // sizes in px are a tenth in the small canvas of tests
        {"dither", "cell", "cell", 60.0},
        {"dither", "levels", "palette", chosen(0)},
        {"dither", "dark", "palette", chosen(1)},
        {"dither", "light", "palette", chosen(1)},
        {"duck", "threshold", "threshold", -3.0}, // above the steady part of the side chain, below its clicks
        {"duck", "hold", "threshold", -3.0},
        {"duck", "release", "threshold", -3.0},
        {"duck", "lookahead", "threshold", -3.0},
        {"echo", "space", "mode", chosen(2)},
        {"edge_detect", "thickness", "thickness", 40.0},
        {"emboss", "depth", "depth", 50.0},
        {"expression", "x", "expression", std::string("x")},
        {"expression", "y", "expression", std::string("y")},
        {"expression", "z", "expression", std::string("z")},
        {"filter_events", "seed", "chance", 0.5},
        {"filter_events", "seed", "every", std::int64_t{1}},
        {"fisheye", "edges", "radius", 0.5},
        {"flow_field", "loop", "speed", 0.13},
        {"glitch", "jumps", "amount", 1.0},
        {"glitch", "jumps", "bursts", 0.0},
        {"gradient", "spread", "size", 0.3},
        {"grayscale", "red", "method", chosen(5)},
        {"grayscale", "green", "method", chosen(5)},
        {"grayscale", "blue", "method", chosen(5)},
        {"grid", "last_row", "columns", std::int64_t{2}},
        {"harmonograph", "loop", "speed", 0.13},
        {"l_system", "angle", "form", chosen(8)},
        {"l_system", "axiom", "form", chosen(8)},
        {"l_system", "loop", "speed", 0.13},
        {"l_system", "rules", "form", chosen(8)},
        {"layer", "filter", "rotation", 20.0, true},
        {"layer", "space", "mode", chosen(1), true},
        {"lens", "edges", "fill", false},
        {"lfo", "seed", "shape", chosen(4)},
        {"loop", "crossfade", "crossfade", seconds(0.1)},
        {"measure_pitch", "high", "scale", chosen(2)},
        {"measure_silence", "threshold", "least", seconds(0.05)},
        {"metronome", "bars", "bars", chosen(1)},
        {"neon_glow", "width", "width", 30.0},
        {"neon_glow", "smoothness", "smoothness", 20.0},
        {"neon_glow", "colour", "colouring", chosen(2)},
        {"noise", "cycle", "evolution", 1500.5},
        {"noise_overlay", "density", "kind", chosen(2)},
        {"noise_overlay", "size", "size", 60.0}, // grains finer than a pixel are all alike
        {"noise_signal", "loop", "frequency", 0.333},
        {"normalize_loudness", "ceiling", "target", 0.0},
        {"oil_paint", "radius", "radius", 40.0},
        {"oil_paint", "sharpness", "radius", 40.0},
        {"oil_paint", "detail", "radius", 40.0},
        {"oil_paint", "stretch", "radius", 40.0},
        {"oil_paint", "flow", "flow", 30.0},
        {"oil_paint", "bristles", "bristles", 15.0},
        {"onsets", "gap", "gap", seconds(1.0)},
        {"outline", "threshold", "shape", chosen(1)},
        {"pad", "fill", "left", 200.0},
        {"pad", "colour", "left", 200.0},
        {"pan_zoom", "from_zoom", "stay_inside", false},
        {"pan_zoom", "stay_inside", "to", Vec2{1.2, 0.5}},
        {"particles", "loop", "speed", 0.13},
        {"pattern", "chance", "steps", std::string("??x?")},
        {"pattern", "seed", "steps", std::string("??x?")},
        {"picture_in_picture", "filter", "rotation", 20.0},
        {"pixel_formula", "p3", "formula", std::string("u + p3")},
        {"pixel_formula", "p4", "formula", std::string("u + p4")},
        {"pixel_formula", "p5", "formula", std::string("u + p5")},
        {"pixel_formula", "p6", "formula", std::string("u + p6")},
        {"pixelate", "background", "gap", 0.5},
        {"pixelate", "centre", "cell", 70.0},
        {"pixelsort", "edge", "spans", chosen(2)},
        {"pixelsort", "max_length", "max_length", 100.0},
        {"pixelsort", "seed", "amount", 0.5},
        {"pixelsort", "variation", "max_length", 100.0},
        {"plasma", "loop", "speed", 0.13},
        {"reaction_diffusion", "feed", "pattern", chosen(5)},
        {"reaction_diffusion", "kill", "pattern", chosen(5)},
        {"resize", "background", "mode", chosen(3)},
        {"rotate", "centre", "angle", 30.0},
        {"rotate", "filter", "angle", 30.0},
        {"rotate", "edges", "angle", 30.0},
        {"scanlines", "shift", "spacing", 60.0},
        {"scanlines", "softness", "spacing", 60.0},
        {"scene_changes", "gap", "flashes", true},
        {"segment", "duration", "duration", seconds(0.3)},
        {"sequence", "width", "size", chosen(3)},
        {"sequence", "height", "size", chosen(3)},
        {"sequence", "overlap", "transition", chosen(1), true},
        {"sequence", "overlap", "overlap", seconds(0.2), true},
        {"sequence", "ease", "transition", chosen(1), true},
        {"shapes", "corner_radius", "form", chosen(0)},
        {"shapes", "rotation", "form", chosen(0)},
        {"shapes", "points", "form", chosen(2)},
        {"shapes", "inner", "form", chosen(3)},
        {"shapes", "stroke_colour", "stroke", 60.0},
        {"slit_scan", "sides", "centre", Vec2{0.5, 0.5}},
        {"sound_formula", "p2", "formula", std::string("l + p2")},
        {"sound_formula", "p3", "formula", std::string("l + p3")},
        {"sound_formula", "p4", "formula", std::string("l + p4")},
        {"speed", "frames", "factor", 0.6},
        {"speed", "time", "mode", chosen(1)},
        {"stutter", "seed", "chance", 0.5},
        {"synth", "pulse_width", "waveform_1", chosen(3)},
        {"synth", "voices", "notes", std::string("C3+E3+G3+Bb3+D4+F4+A4+C5 E3")},
        {"test_pattern", "cell", "kind", chosen(5)},
        {"test_pattern", "frequency", "kind", chosen(6)},
        {"test_pattern", "line", "kind", chosen(5)},
        {"test_pattern", "phase", "kind", chosen(6)},
        {"test_pattern", "safe_areas", "kind", chosen(5)},
        {"test_pattern", "speed", "kind", chosen(6)},
        {"text", "outline_colour", "outline", 20.0},
        {"text", "wrap", "wrap", 0.2},
        {"text", "line_height", "text", std::string("two\nlines")},
        {"time_displace", "levels", "delay", seconds(1.0)},
        {"transform", "filter", "rotation", 20.0},
        {"transform", "edges", "rotation", 20.0},
        {"truchet", "loop", "speed", 0.13},
        {"voronoi", "loop", "speed", 0.13},
        {"warp_formula", "p2", "formula", std::string("vec2(u + p2, v)")},
        {"warp_formula", "p3", "formula", std::string("vec2(u + p3, v)")},
        {"warp_formula", "p4", "formula", std::string("vec2(u + p4, v)")},
        {"warp_formula", "p5", "formula", std::string("vec2(u + p5, v)")},
        {"warp_formula", "p6", "formula", std::string("vec2(u + p6, v)")},
        {"zoom", "centre", "amount", 1.5},
        {"zoom", "filter", "amount", 0.7},
        {"zoom", "edges", "amount", 0.7},
        {"zoom_blur", "edges", "centre", Vec2{2.0, 0.5}},
    };
    return table;
}

/// What tests set of simulations, whose defaults would take them too long.
const std::vector<std::tuple<std::string_view, std::string_view, Value>>& cheaper()
{
    static const std::vector<std::tuple<std::string_view, std::string_view, Value>> table = {
        {"reaction_diffusion", "cells", std::int64_t{40}},
        {"reaction_diffusion", "age", std::int64_t{200}},
    };
    return table;
}

} // namespace

void addEveryEffect()
{
    QTest::addColumn<const Effect*>("effect");
    for (const CatalogueEntry& entry : builtinEffects().entries)
        QTest::newRow(std::string(entry.name).c_str()) << entry.effect;
}

EffectRun connectedRun(const Effect& effect, bool stated, int width, int height, Canvas canvas)
{
    EffectRun run(effect, canvas);
    if (effect.analyse != nullptr && effect.outputs[0].type != PortType::Sound && effect.name != "energy" && width == inputWidth)
        run.connect(effect.inputs[0].name, effect.inputs[0].type == PortType::Sound ? testRhythm() : testDance());
    else
        run.connectAll(width, height);
    for (const auto& [name, param, value] : cheaper())
        if (name == effect.name)
            run.set(param, value);
    if (stated)
        applyStated(run);
    return run;
}

void applyStated(EffectRun& run)
{
    for (const Param& param : run.effect().params)
        run.set(param.name, statedOf(param));
    for (const Param& param : run.effect().itemParams)
        for (std::size_t item = 0; item < run.items(); ++item)
            run.setItem(item, param.name, statedOf(param));
}

void applyContext(EffectRun& run, std::string_view param)
{
    for (const Setting& setting : settings())
        if (setting.effect == run.effect().name && setting.param == param) {
            if (setting.ofItem)
                run.setItem(itemThatShows, setting.name, setting.value);
            else
                run.set(setting.name, setting.value);
        }
}

bool addsLight(const Effect& effect)
{
    return effect.name == "bloom" || effect.name == "rgb_split";
}

std::string digestOf(const EffectRun& run)
{
    Hasher hasher;
    const auto facts = run.facts();
    CHECK(facts);
    for (std::size_t i = 0; i < facts->size(); ++i) {
        const StreamFacts& stream = (*facts)[i];
        const auto output = static_cast<int>(i);
        hasher.addU64(static_cast<std::uint64_t>(stream.frames)).addU64(static_cast<std::uint64_t>(stream.samples));
        if (stream.type == PortType::Sound) {
            const auto sound = run.sound({0, 24000}, output);
            CHECK(sound);
            for (int channel = 0; channel < soundChannels; ++channel)
                hasher.add({reinterpret_cast<const std::uint8_t*>(sound->channel(channel)), sizeof(float) * 24000});
            continue;
        }
        if (stream.type != PortType::Picture) {
            const auto numbers = run.numbers(output);
            CHECK(numbers);
            for (const double number : *numbers)
                hasher.addF64(number);
            continue;
        }
        hasher.addU32(static_cast<std::uint32_t>(stream.width)).addU32(static_cast<std::uint32_t>(stream.height));
        for (const std::int64_t frame : {0, 7, 30}) {
            const auto picture = run.picture(frame, output);
            CHECK(picture);
            const ConstPictureView view = picture->view();
            for (int plane = 0; plane < 4; ++plane)
                for (int y = view.rect.y0; y < view.rect.y1; ++y)
                    for (int x = view.rect.x0; x < view.rect.x1; ++x)
                        hasher.addF64(view.at(plane, x, y)); // −0 is 0
        }
    }
    return hexOf(hasher.finish());
}

} // namespace artdag
