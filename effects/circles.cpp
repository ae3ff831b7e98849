// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/effect/evolution.h"
#include "core/effect/gradient_table.h"
#include "core/picture/affine.h"
#include "core/picture/row_math.h"

#include <algorithm>
#include <cmath>

namespace artdag {
namespace {

enum Meeting {
    Moire,
    Overlap,
    Waves,
};
enum ColourBy {
    ByDistance,
    ByTone,
};

constexpr int mostCentres = 8;

struct Rings {
    int centres = 1, arms = 0, meeting = Moire, colourBy = ByDistance;
    float x[mostCentres] = {}, y[mostCentres] = {}, phase[mostCentres] = {};
    float perPx = 0.1F; ///< rings
    float width = 0.5F; ///< share of a ring that is ink
    float edge = 1;     ///< px over which an edge goes
    float reach = 1;    ///< px from the middle to a corner
};

Rings ringsOf(const FrameCall& call)
{
    const Arguments& args = call.args;
    Rings rings;
    rings.centres = static_cast<int>(args.integer("centres"));
    rings.arms = static_cast<int>(args.integer("arms"));
    rings.meeting = args.choice("meeting");
    rings.colourBy = args.choice("colour_by");
    const double turns = evolutionOf(call).turns();
    const auto orbits = static_cast<double>(args.integer("orbits"));
    for (int i = 0; i < rings.centres; ++i) {
        const Turn turn = turnOf(args.real("angle") + 360.0 * (static_cast<double>(i) / rings.centres + turns * orbits));
        rings.x[i] = static_cast<float>(args.vec2("centre").x * call.out.width + call.px("distance") * turn.cosine);
        rings.y[i] = static_cast<float>(args.vec2("centre").y * call.out.height + call.px("distance") * turn.sine);
        rings.phase[i] = static_cast<float>(turns * static_cast<double>(args.integer("rings")));
    }
    const double pitch = std::max(call.px("pitch"), 0.25);
    rings.perPx = static_cast<float>(1.0 / pitch);
    rings.width = static_cast<float>(args.real("width"));
    rings.edge = static_cast<float>(1.0 + args.real("softness") * pitch);
    rings.reach = static_cast<float>(0.5 * std::sqrt(static_cast<double>(call.out.width) * call.out.width + static_cast<double>(call.out.height) * call.out.height));
    return rings;
}

/// Rings counted outwards from one centre, along a row; spirals gain a ring for each arm once around.
void countRow(const Rings& rings, int centre, int x0, int y, std::vector<float>& counts)
{
    const float dy = static_cast<float>(y) + 0.5F - rings.y[centre];
    const float from = static_cast<float>(x0) + 0.5F - rings.x[centre];
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const float dx = from + static_cast<float>(i);
        counts[i] = std::sqrt(dx * dx + dy * dy) * rings.perPx - rings.phase[centre];
    }
    if (rings.arms != 0)
        for (std::size_t i = 0; i < counts.size(); ++i)
            counts[i] += static_cast<float>(rings.arms) * turnsOf(dy, from + static_cast<float>(i));
}

/// Adds one centre's waves to those of the centres before.
void addWaves(float share, const std::vector<float>& counts, std::vector<float>& tones)
{
    for (std::size_t i = 0; i < counts.size(); ++i)
        tones[i] += (0.5F + 0.5F * cosineOfTurns(counts[i])) * share;
}

/// Joins one centre's rings to those of the centres before.
void meet(const Rings& rings, const std::vector<float>& counts, std::vector<float>& tones)
{
    const float px = 1.0F / rings.perPx, width = rings.width, toEdge = px / rings.edge;
    // Lines finer than the pixels melt to their mean instead of shimmering; no ring and nothing but ring have no edge.
    const float melted = width <= 0.0F || width >= 1.0F ? 1.0F : std::clamp((2.5F - px) * 2.0F, 0.0F, 1.0F);
    const float twice = rings.meeting == Moire ? 2.0F : 1.0F;
    const float* __restrict count = counts.data();
    float* __restrict tone = tones.data();
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const float rest = fromNearest(count[i]);
        const float sharp = coverOf((0.5F * width - (rest < 0.0F ? -rest : rest)) * toEdge);
        const float ink = sharp + (width - sharp) * melted;
        tone[i] = tone[i] + ink - twice * tone[i] * ink;
    }
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView>, PictureView out)
{
    const Rings rings = ringsOf(call);
    const GradientTable colours(call.args.gradient("colours"));
    const LinearColour back = linearOf(call.args.colour("background"));
    const auto n = static_cast<std::size_t>(out.rect.width());
    const auto cycles = static_cast<float>(call.args.real("cycles")), offset = static_cast<float>(call.args.real("offset"));
    const float middleX = static_cast<float>(call.args.vec2("centre").x * call.out.width), middleY = static_cast<float>(call.args.vec2("centre").y * call.out.height);
    std::vector<float> counts(n), tones(n), places(n);
    for (int y = out.rect.y0; y < out.rect.y1; ++y) {
        std::fill(tones.begin(), tones.end(), 0.0F);
        for (int centre = 0; centre < rings.centres; ++centre) {
            countRow(rings, centre, out.rect.x0, y, counts);
            if (rings.meeting == Waves)
                addWaves(1.0F / static_cast<float>(rings.centres), counts, tones);
            else
                meet(rings, counts, tones);
        }
        const float dy = static_cast<float>(y) + 0.5F - middleY;
        for (std::size_t i = 0; i < n; ++i) {
            const float dx = static_cast<float>(out.rect.x0) + static_cast<float>(i) + 0.5F - middleX;
            const float along = rings.colourBy == ByTone ? tones[i] : std::sqrt(dx * dx + dy * dy) / rings.reach;
            places[i] = upAndDown(0.5F * (along * cycles + offset));
        }
        float* const to[4] = {out.row(red, y), out.row(green, y), out.row(blue, y), out.row(alpha, y)};
        colours.colourRow(places.data(), to, n);
        if (rings.colourBy == ByTone)
            continue;
        const float under[4] = {back.r, back.g, back.b, back.a};
        for (int plane = 0; plane < 4; ++plane)
            for (std::size_t i = 0; i < n; ++i)
                counts[i] = to[alpha][i] * tones[i], to[plane][i] = to[plane][i] * tones[i] + under[plane] * (1.0F - counts[i]);
    }
    return {};
}

} // namespace

extern const Effect effect_circles;
const Effect effect_circles{
    .name = "circles",
    .title = "Circles",
    .help = "Rings or spirals about one centre or several. Where sets of rings meet they turn each other over and make moiré, lie over each other, or add up like waves on a pond.",
    .tags = {"generate", "pattern"},
    .synonyms = {"concentric", "rings", "moire", "op art", "ripples", "radio waves", "spiral", "target", "interference", "hypnosis"},
    .params = withEvolution(
        {
            {.name = "centres", .kind = ParamKind::Integer, .initial = std::int64_t{3}, .least = 1, .most = mostCentres, .step = 1, .title = "Centres"},
            {.name = "pitch", .initial = 34.0, .least = 1.0, .most = 4096.0, .step = 0.5, .unit = "px", .title = "Pitch", .help = "From one ring to the next"},
            {.name = "width", .initial = 0.5, .least = 0.0, .most = 1.0, .title = "Width", .help = "How much of the pitch is ring"},
            {.name = "softness", .initial = 0.0, .least = 0.0, .most = 1.0, .title = "Softness"},
            {.name = "arms", .kind = ParamKind::Integer, .initial = std::int64_t{0}, .least = -32, .most = 32, .step = 1, .title = "Arms", .help = "Spirals instead of rings, with so many arms; negative turns the other way"},
            {.name = "meeting", .kind = ParamKind::Choice, .initial = std::int64_t{Moire}, .title = "Meeting", .help = "What sets of rings do where they meet: turn each other over, lie over each other, or add up as waves", .choices = {"moire", "overlap", "waves"}, .animatable = false},
            {.name = "centre", .kind = ParamKind::Point, .initial = Vec2{0.5, 0.5}, .least = -4.0, .most = 5.0, .title = "Centre", .help = "0, 0 is top left, 1, 1 bottom right", .group = "Place"},
            {.name = "distance", .initial = 130.0, .least = 0.0, .most = 8192.0, .step = 1.0, .unit = "px", .title = "Distance", .help = "Of the centres from the middle", .group = "Place"},
            {.name = "angle", .kind = ParamKind::Angle, .initial = 90.0, .step = 1.0, .unit = "deg", .title = "Angle", .help = "Where the first centre lies: 0 to the right, 90 below", .group = "Place"},
            {.name = "orbits", .kind = ParamKind::Integer, .initial = std::int64_t{1}, .least = -16, .most = 16, .step = 1, .title = "Orbits", .help = "How often the centres go around as it evolves by 1", .group = "Motion"},
            {.name = "rings", .kind = ParamKind::Integer, .initial = std::int64_t{4}, .least = -64, .most = 64, .step = 1, .title = "Rings born", .help = "How many rings each centre sends out as it evolves by 1; negative swallows them", .group = "Motion"},
            {.name = "colours", .kind = ParamKind::Gradient, .initial = Gradient{{0.0, {1.0, 0.95, 0.82, 1}}, {0.35, {0.98, 0.7, 0.4, 1}}, {0.65, {0.9, 0.32, 0.42, 1}}, {1.0, {0.36, 0.2, 0.55, 1}}}, .title = "Colours", .group = "Colour"},
            {.name = "colour_by", .kind = ParamKind::Choice, .initial = std::int64_t{ByDistance}, .title = "Colour by", .help = "What leads through the gradient: the distance from the middle, or the rings themselves, which then need no background", .group = "Colour", .choices = {"distance", "tone"}, .animatable = false},
            {.name = "cycles", .initial = 1.0, .least = 0.1, .most = 32.0, .step = 0.1, .title = "Cycles", .help = "How often the gradient is walked", .group = "Colour"},
            {.name = "offset", .initial = 0.0, .title = "Offset", .help = "Moves the colours; 2 is up and down once", .group = "Colour"},
            {.name = "background", .kind = ParamKind::Colour, .initial = Colour{0.04, 0.03, 0.09, 1}, .title = "Background", .group = "Colour"},
        },
        0.1, "1 brings the rings and their centres back to where they were"),
    .access = Access::Region,
    .moment = evolutionMoment,
    .still = evolutionStands,
    .render = render,
};

} // namespace artdag
