// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/effect/evolution.h"
#include "core/effect/gradient_table.h"
#include "core/picture/affine.h"
#include "core/picture/light.h"
#include "core/picture/row_math.h"

#include <algorithm>
#include <cmath>

namespace artdag {
namespace {

struct Place {
    float x = 0, y = 0;
};

/// One pendulum moves the pen across, one up and down, a third swings the table with the paper in circles; all come to rest.
struct Pendulums {
    double across = 2, down = 3, round = 1; ///< swings for each turn of time
    float table = 0;                        ///< its share, 0–1
    float phase = 0, evolved = 0;           ///< turns
    float decay = 0;                        ///< how much is left at the end is e^−decay
    double time = 1;                        ///< turns

    /// −1 … 1 after a share of the time.
    [[nodiscard]] Place at(double share) const
    {
        auto turns = [&](double swings, float from) {
            const double all = swings * time * share;
            return static_cast<float>(all - exact::floor(all)) + from;
        };
        const float left = exp2Of(static_cast<float>(share) * decay * -1.44269504F);
        const float pen = (1.0F - table) * left, paper = table * left;
        const float circle = turns(round, -evolved);
        return {pen * sineOfTurns(turns(across, phase + evolved)) + paper * cosineOfTurns(circle), pen * sineOfTurns(turns(down, 0.0F)) + paper * sineOfTurns(circle)};
    }
    /// An upper bound of the path's length.
    [[nodiscard]] double length() const
    {
        const double fastest = (1.0 - table) * std::sqrt(across * across + down * down) + table * std::abs(round);
        const double lasting = decay > 0.01F ? (1.0 - static_cast<double>(exp2Of(decay * -1.44269504F))) / decay : 1.0;
        return 2 * exact::pi * time * fastest * lasting;
    }
};

Pendulums pendulumsOf(const FrameCall& call)
{
    const Arguments& args = call.args;
    Pendulums pendulums;
    pendulums.across = args.real("across") + args.real("detune");
    pendulums.down = args.real("down");
    pendulums.round = args.real("round");
    pendulums.table = static_cast<float>(args.real("table"));
    pendulums.phase = static_cast<float>(exact::fmod(args.real("phase"), 360.0) / 360.0);
    pendulums.evolved = static_cast<float>(evolutionOf(call).turns());
    pendulums.decay = static_cast<float>(args.real("decay"));
    pendulums.time = args.real("turns");
    return pendulums;
}

/// A line of light: spots so near each other that they melt, each as bright as the way it stands for is long.
class Pen {
public:
    Pen(float radius, float strength, float spacing, const GradientTable& colours, LightField& paper)
        : m_radius(radius),
          m_spacing(spacing * std::max(radius, 1.5F)),
          m_strength(strength / (radius * 16.0F / 15.0F)), // the light that a row of spots gives in its middle
          m_colours(colours),
          m_paper(paper)
    {
    }
    void moveTo(Place to, float tone)
    {
        const float dx = to.x - m_last.x, dy = to.y - m_last.y;
        m_way += m_drawn ? std::sqrt(dx * dx + dy * dy) : 0.0F;
        m_last = to;
        m_drawn = true;
        if (m_way < m_spacing)
            return;
        const LinearColour c = m_colours.at(tone);
        const float strength = m_strength * m_way;
        m_paper.addSpot(to.x, to.y, m_radius, {{c.r * strength, c.g * strength, c.b * strength, c.a * strength}});
        m_way = 0;
    }

private:
    float m_radius, m_spacing, m_strength;
    const GradientTable& m_colours;
    LightField& m_paper;
    Place m_last;
    float m_way = 0;
    bool m_drawn = false;
};

Result<void> render(const FrameCall& call, std::span<const ConstPictureView>, PictureView out)
{
    const Pendulums pendulums = pendulumsOf(call);
    const GradientTable colours(call.args.gradient("colours"));
    const double size = 0.5 * call.args.real("size") * std::min(call.out.width, call.out.height);
    const Vec2 centre = call.args.vec2("centre");
    const Affine toPixels = chained(chained(scaled(size, size), turned(call.args.real("rotation"))), moved(centre.x * call.out.width, centre.y * call.out.height));
    LightField paper(out.rect);
    const auto bright = static_cast<float>(call.args.real("brightness")), glowing = static_cast<float>(call.args.real("glow"));
    const auto width = static_cast<float>(std::max(call.px("width"), 0.05));
    const auto reach = static_cast<float>(std::max(call.px("glow_size"), 0.5));
    // The middle of the line is as bright as its colour; a line thinner than the pixels is fainter.
    Pen line(width, bright, 0.35F, colours, paper);
    Pen glow(reach, bright * glowing * 0.12F, 0.5F, colours, paper);
    const double progress = call.args.real("progress");
    // Steps of less than a pixel: by the length of the path at the size in px, which no step can exceed by much.
    const auto steps = static_cast<std::int64_t>(std::clamp(pendulums.length() * size * 1.6, 64.0, 4e6));
    const auto last = static_cast<std::int64_t>(progress * static_cast<double>(steps));
    for (std::int64_t i = 0; i <= last && progress > 0; ++i) {
        const double share = static_cast<double>(i) / static_cast<double>(steps);
        const Place pen = pendulums.at(share);
        const Place at{static_cast<float>(toPixels.mapX(pen.x, pen.y)), static_cast<float>(toPixels.mapY(pen.x, pen.y))};
        line.moveTo(at, static_cast<float>(share));
        if (glowing > 0.0F)
            glow.moveTo(at, static_cast<float>(share));
    }
    const LinearColour back = linearOf(call.args.colour("background"));
    paper.writeOver({{back.r, back.g, back.b, back.a}}, out);
    return {};
}

} // namespace

extern const Effect effect_harmonograph;
const Effect effect_harmonograph{
    .name = "harmonograph",
    .title = "Harmonograph",
    .help = "A pen of light on swinging pendulums: two move it across and down, a third turns the paper, and all slowly come to rest. Whole ratios make figures that close, a little detuning lets them turn.",
    .tags = {"generate", "line"},
    .synonyms = {"lissajous", "spirograph", "pendulum", "oscilloscope", "guilloche", "rose curve"},
    .params = withEvolution(
        {
            {.name = "across", .initial = 3.0, .least = 0.0, .most = 16.0, .step = 0.5, .title = "Across", .help = "Swings of the pendulum that moves the pen across", .group = "Pendulums"},
            {.name = "down", .initial = 2.0, .least = 0.0, .most = 16.0, .step = 0.5, .title = "Down", .help = "Swings of the one that moves it up and down", .group = "Pendulums"},
            {.name = "detune", .initial = 0.005, .least = -1.0, .most = 1.0, .step = 0.001, .title = "Detune", .help = "Added to across: figures that do not quite close", .group = "Pendulums"},
            {.name = "table", .initial = 0.25, .least = 0.0, .most = 1.0, .title = "Table", .help = "How much of the figure comes from the turning paper", .group = "Pendulums"},
            {.name = "round", .initial = 1.0, .least = -16.0, .most = 16.0, .step = 0.5, .title = "Round", .help = "Circles of the paper; negative is the other way", .group = "Pendulums"},
            {.name = "phase", .kind = ParamKind::Angle, .initial = 60.0, .step = 1.0, .unit = "deg", .title = "Phase", .help = "Where the pendulum across begins", .group = "Pendulums"},
            {.name = "decay", .initial = 1.5, .least = 0.0, .most = 16.0, .title = "Decay", .help = "How far the pendulums have come to rest at the end", .group = "Pendulums"},
            {.name = "turns", .initial = 48.0, .least = 0.5, .most = 200.0, .step = 0.5, .title = "Turns", .help = "How long they swing"},
            {.name = "progress", .initial = 1.0, .least = 0.0, .most = 1.0, .title = "Progress", .help = "How much of the line is drawn"},
            {.name = "size", .initial = 0.9, .least = 0.0, .most = 8.0, .title = "Size", .help = "Of the canvas' shorter side", .group = "View"},
            {.name = "centre", .kind = ParamKind::Point, .initial = Vec2{0.5, 0.5}, .least = -4.0, .most = 5.0, .title = "Centre", .help = "0, 0 is top left, 1, 1 bottom right", .group = "View"},
            {.name = "rotation", .kind = ParamKind::Angle, .initial = 0.0, .step = 1.0, .unit = "deg", .title = "Rotation", .group = "View"},
            {.name = "width", .initial = 1.6, .least = 0.1, .most = 64.0, .step = 0.1, .unit = "px", .title = "Width", .help = "From the line's middle to where its light ends", .group = "Look"},
            {.name = "brightness", .initial = 0.6, .least = 0.0, .most = 16.0, .title = "Brightness", .group = "Look"},
            {.name = "glow", .initial = 1.0, .least = 0.0, .most = 8.0, .title = "Glow", .group = "Look"},
            {.name = "glow_size", .initial = 14.0, .least = 1.0, .most = 128.0, .step = 1.0, .unit = "px", .title = "Glow size", .group = "Look"},
            {.name = "colours", .kind = ParamKind::Gradient, .initial = Gradient{{0.0, {0.2, 0.75, 1.0, 1}}, {0.35, {0.35, 0.4, 1.0, 1}}, {0.65, {0.95, 0.3, 0.75, 1}}, {1.0, {1.0, 0.75, 0.4, 1}}}, .title = "Colours", .help = "From the line's beginning to its end", .group = "Look"},
            {.name = "background", .kind = ParamKind::Colour, .initial = Colour{0.02, 0.025, 0.06, 1}, .title = "Background", .help = "Transparent for light to be layered over something", .group = "Look"},
        },
        0.1, "1 leads the pendulum across once through all phases"),
    .access = Access::Whole,
    .cost = 120,
    .moment = evolutionMoment,
    .still = evolutionStands,
    .render = render,
};

} // namespace artdag
