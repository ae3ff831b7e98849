// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/effect_settings.h"

#include "core/effect/catalogue.h"
#include "tests/support/argument_ends.h"

#include <QTest>

#include <algorithm>

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
        {"checker", "offset", "size", 50.0},
        {"compressor", "knee", "threshold", -3.0},
        {"crop", "width", "width", 300.0},
        {"crop", "height", "height", 300.0},
        {"crossfade_sound", "duration", "duration", seconds(0.3)},
        {"crt", "lines", "lines", 30.0}, // finer ones do not show in a small picture
        {"crt", "scanlines", "lines", 30.0},
        {"crt", "mask_pitch", "mask_pitch", 50.0},
        {"duck", "threshold", "threshold", -3.0}, // above the steady part of the side chain, below its clicks
        {"duck", "hold", "threshold", -3.0},
        {"duck", "release", "threshold", -3.0},
        {"duck", "lookahead", "threshold", -3.0},
        {"gradient", "spread", "size", 0.3},
        {"layer", "filter", "rotation", 20.0, true},
        {"layer", "space", "mode", chosen(1), true},
        {"lfo", "seed", "shape", chosen(4)},
        {"metronome", "bars", "bars", chosen(1)},
        {"normalize_loudness", "ceiling", "target", 0.0},
        {"pattern", "chance", "steps", std::string("??x?")},
        {"pattern", "seed", "steps", std::string("??x?")},
        {"resize", "background", "mode", chosen(3)},
        {"rotate", "centre", "angle", 30.0},
        {"rotate", "filter", "angle", 30.0},
        {"rotate", "edges", "angle", 30.0},
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
        {"synth", "pulse_width", "waveform_1", chosen(3)},
        {"synth", "voices", "notes", std::string("C3+E3+G3+Bb3+D4+F4+A4+C5 E3")},
        {"text", "outline_colour", "outline", 20.0},
        {"text", "wrap", "wrap", 0.2},
        {"text", "line_height", "text", std::string("two\nlines")},
        {"transform", "filter", "rotation", 20.0},
        {"transform", "edges", "rotation", 20.0},
        {"blend", "space", "mode", chosen(1)},
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
    run.connectAll(width, height);
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
