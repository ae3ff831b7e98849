// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"
#include "core/effect/linear_colour.h"
#include "core/picture/affine.h"

#include <algorithm>

namespace artdag {
namespace {

/// A rounded-off sine of a phase in cycles (Bhaskara's parabolas): as good as a sine for the shape of a dot.
float wave(double phase)
{
    const auto whole = static_cast<long>(phase);
    const double part = phase - static_cast<double>(phase < static_cast<double>(whole) ? whole - 1 : whole);
    const double half = part < 0.5 ? part : part - 0.5;
    const double arch = 16.0 * half * (0.5 - half);
    const double value = arch * (0.775 + 0.225 * arch);
    return static_cast<float>(part < 0.5 ? value : -value);
}

/// One ink on its own screen.
struct Screen {
    Affine toCells;
    float ink[3]; ///< linear
    bool lines = false;
    float edge = 0.1F; ///< half the height of the soft threshold

    /// How much of the paper this ink covers where it should be `density` dark.
    [[nodiscard]] float cover(double x, double y, float density) const
    {
        const double u = toCells.mapX(x, y), v = toCells.mapY(x, y);
        const float height = lines ? 0.5F + 0.5F * wave(u) : 0.5F + 0.25F * (wave(u) + wave(v));
        // Widened at both ends, so that no ink and full ink leave no trace of the screen.
        const float level = density * (1.0F + 2.0F * edge) - edge;
        const float t = std::clamp((level - (1.0F - height)) / (2.0F * edge) + 0.5F, 0.0F, 1.0F);
        return density <= 0.0F ? 0.0F : t * t * (3.0F - 2.0F * t);
    }
};

constexpr double screenAngles[3] = {0.0, 30.0, 60.0}; ///< apart by a third of 90°: the least moiré that three screens can have

Screen makeScreen(const FrameCall& call, int index)
{
    constexpr std::string_view names[3] = {"ink_1", "ink_2", "ink_3"};
    const double cell = std::max(call.px("cell"), 0.25);
    const LinearColour ink = linearOf(call.args.colour(names[index]));
    Screen screen;
    screen.toCells = chained(turned(call.args.real("angle") + screenAngles[index]), scaled(1.0 / cell, 1.0 / cell));
    screen.ink[0] = ink.r, screen.ink[1] = ink.g, screen.ink[2] = ink.b;
    screen.lines = call.args.choice("shape") == 1;
    screen.edge = static_cast<float>(std::min(0.9 / cell + 0.5 * call.args.real("softness"), 4.0));
    return screen;
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    const Screen screens[3] = {makeScreen(call, 0), makeScreen(call, 1), makeScreen(call, 2)};
    const LinearColour paperColour = linearOf(call.args.colour("paper"));
    const float paper[3] = {paperColour.r, paperColour.g, paperColour.b};
    const Vec2 shift = {call.px("shift_x"), call.px("shift_y")};
    const auto gain = static_cast<float>(call.args.real("density"));
    toDisplay(inputs[0], out);
    for (int y = out.rect.y0; y < out.rect.y1; ++y) {
        for (int x = out.rect.x0; x < out.rect.x1; ++x) {
            const float cover = out.at(alpha, x, y);
            float rgb[3] = {paper[0], paper[1], paper[2]};
            for (int i = 0; i < 3; ++i) {
                const float density = std::clamp((1.0F - out.at(i, x, y)) * gain, 0.0F, 1.0F);
                const float printed = screens[i].cover(x + 0.5 - shift.x, y + 0.5 - shift.y, density);
                for (int plane = 0; plane < 3; ++plane) // inks are glass: each takes light away
                    rgb[plane] *= 1.0F - printed * (1.0F - screens[i].ink[plane]);
            }
            for (int plane = 0; plane < 3; ++plane)
                out.at(plane, x, y) = rgb[plane] * cover;
        }
    }
    return {};
}

} // namespace

extern const Effect effect_halftone;
const Effect effect_halftone{
    .name = "halftone",
    .title = "Halftone",
    .help = "Prints a picture in three inks of your choice, each on its own screen of dots or lines. Ink 1 stands for the lack of red, 2 of green, 3 of blue.",
    .tags = {"stylize", "print"},
    .synonyms = {"raster", "dots", "riso", "risograph", "newspaper", "offset print", "screen print", "cmyk"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "cell", .initial = 10.0, .least = 1.0, .most = 400.0, .step = 0.5, .unit = "px", .title = "Cell", .help = "From one dot to the next"},
        {.name = "angle", .kind = ParamKind::Angle, .initial = 15.0, .step = 1.0, .unit = "deg", .title = "Angle", .help = "Of the first screen; the others follow at 30 and 60 degrees"},
        {.name = "shape", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .title = "Shape", .choices = {"dots", "lines"}, .animatable = false},
        {.name = "softness", .initial = 0.0, .least = 0.0, .most = 1.0, .title = "Softness"},
        {.name = "density", .initial = 1.0, .least = 0.0, .most = 4.0, .title = "Density", .help = "How much ink"},
        {.name = "ink_1", .kind = ParamKind::Colour, .initial = Colour{0.0, 0.62, 0.88, 1}, .title = "Ink 1", .help = "For the lack of red", .group = "Inks"},
        {.name = "ink_2", .kind = ParamKind::Colour, .initial = Colour{0.9, 0.1, 0.48, 1}, .title = "Ink 2", .help = "For the lack of green", .group = "Inks"},
        {.name = "ink_3", .kind = ParamKind::Colour, .initial = Colour{1.0, 0.86, 0.1, 1}, .title = "Ink 3", .help = "For the lack of blue", .group = "Inks"},
        {.name = "paper", .kind = ParamKind::Colour, .initial = Colour{0.97, 0.95, 0.9, 1}, .title = "Paper", .group = "Inks"},
        {.name = "shift_x", .initial = 0.0, .step = 0.5, .unit = "px", .title = "Shift across", .help = "Moves the screens over the picture", .group = "Screen"},
        {.name = "shift_y", .initial = 0.0, .step = 0.5, .unit = "px", .title = "Shift down", .group = "Screen"},
    },
    .render = render,
};

} // namespace artdag
