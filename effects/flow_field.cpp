// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/base/random.h"
#include "core/effect/evolution.h"
#include "core/effect/gradient_table.h"
#include "core/picture/row_math.h"
#include "core/picture/strokes.h"
#include "core/picture/swirl_field.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace artdag {
namespace {

enum ColourBy {
    ByChance,
    ByDirection,
    ByWay,
    ByPlace,
};

struct Brush {
    float step = 1; ///< px along a line from point to point
    int steps = 1;  ///< of a whole line
    float width = 1, spread = 0;
    float share = 1; ///< of a line that is seen at once
    float turns = 0; ///< how far what is seen has run
    int colourBy = ByChance;
    float colourSpread = 0;
};

struct Place {
    float x = 0, y = 0;
};

/// The direction of the current at a place, 1 long.
Place alongAt(const SwirlField& field, Place at)
{
    const Current current = field.at(at.x, at.y);
    const float length = std::max(std::sqrt(current.x * current.x + current.y * current.y), 1e-6F);
    return {current.x / length, current.y / length};
}

/// The line through a place, half of it upstream, from its beginning.
std::vector<Place> lineThrough(const SwirlField& field, Place seed, const Brush& brush)
{
    std::vector<Place> line(static_cast<std::size_t>(brush.steps) + 1);
    const auto middle = static_cast<std::ptrdiff_t>(brush.steps / 2);
    for (const int way : {-1, 1}) {
        Place at = seed;
        for (std::ptrdiff_t i = middle; i >= 0 && i <= brush.steps; i += way) {
            line[static_cast<std::size_t>(i)] = at;
            const float stride = static_cast<float>(way) * brush.step;
            const Place first = alongAt(field, at); // the midpoint rule keeps lines about a swirl on their circles
            const Place middle = alongAt(field, {at.x + first.x * 0.5F * stride, at.y + first.y * 0.5F * stride});
            at.x += middle.x * stride;
            at.y += middle.y * stride;
        }
    }
    return line;
}

float toneAt(const std::vector<Place>& line, std::size_t i, float chance, const Brush& brush, Place canvas)
{
    const Place &from = line[i == 0 ? 0 : i - 1], &to = line[std::min(i + 1, line.size() - 1)];
    switch (brush.colourBy) {
    case ByDirection: return upAndDown(turnsOf(to.y - from.y, to.x - from.x));
    case ByWay: return static_cast<float>(i) / static_cast<float>(line.size() - 1);
    case ByPlace: return std::clamp(0.5F * (line[line.size() / 2].x / canvas.x + line[line.size() / 2].y / canvas.y), 0.0F, 1.0F);
    default: return chance;
    }
}

/// Draws what is to be seen of a line: a part of it that runs from before its beginning to beyond its end, pointed at both ends.
void drawLine(const std::vector<Place>& line, std::uint64_t bits, const Brush& brush, Place canvas, Strokes& strokes)
{
    auto unit = [&](int from) { return static_cast<float>(bits >> from & 0xFFFFU) * (1.0F / 65536.0F); };
    const float chance = unit(0), wide = 0.5F * brush.width * (1.0F - brush.spread * unit(16));
    const bool runs = brush.share < 1.0F;
    const float head = runs ? (1.0F + brush.share) * (brush.turns + unit(32) - wholeBelow(brush.turns + unit(32))) : 1.0F;
    const float tail = runs ? head - brush.share : 0.0F;
    auto penAt = [&](std::size_t i) {
        const float along = static_cast<float>(i) / static_cast<float>(line.size() - 1);
        const float seen = (along - tail) / brush.share; // 0–1 where it is seen
        const float ends = seen <= 0.0F || seen >= 1.0F ? 0.0F : std::sqrt(std::min({4.0F * seen, 4.0F * (1.0F - seen), 1.0F}));
        const float tone = toneAt(line, i, chance, brush, canvas);
        return PenPoint{line[i].x, line[i].y, wide * ends, tone + brush.colourSpread * (unit(48) - 0.5F)};
    };
    const auto last = static_cast<float>(line.size() - 1);
    const auto first = static_cast<std::size_t>(std::max(tail, 0.0F) * last);
    const std::size_t end = std::min(static_cast<std::size_t>(std::min(head, 1.0F) * last) + 1, line.size() - 1);
    PenPoint pen = penAt(first);
    for (std::size_t i = first + 1; i <= end; ++i) {
        const PenPoint next = penAt(i);
        if (pen.halfWidth > 0.0F || next.halfWidth > 0.0F)
            strokes.line(pen, next);
        pen = next;
    }
}

/// A jittered grid of beginnings, in an order of chance, so that no direction lies on top.
struct Seeds {
    std::vector<Place> places;
    std::vector<std::uint64_t> bits;
    std::vector<std::uint32_t> order;

    Seeds(std::uint64_t seed, double spacing, double width, double height)
    {
        const int columns = static_cast<int>(width / spacing) + 3, rows = static_cast<int>(height / spacing) + 3;
        for (int row = -1; row < rows - 1; ++row)
            for (int column = -1; column < columns - 1; ++column) {
                const std::uint64_t own = randomBits(seed, static_cast<std::uint64_t>(column), static_cast<std::uint64_t>(row));
                const std::uint64_t jitter = randomBits(own, 1);
                auto strayed = [&](int line, int from) { return static_cast<float>((line + static_cast<double>(jitter >> from & 0xFFFFU) / 65536.0) * spacing); };
                places.push_back({strayed(column, 0), strayed(row, 16)});
                bits.push_back(own);
            }
        order.resize(places.size());
        std::iota(order.begin(), order.end(), 0U);
        std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return bits[a] != bits[b] ? bits[a] < bits[b] : a < b; });
    }
};

SwirlRules rulesOf(const FrameCall& call, const Evolution& evolution)
{
    SwirlRules rules;
    rules.seed = static_cast<std::uint64_t>(call.args.integer("seed"));
    rules.cell = std::max(call.px("scale"), 0.5);
    rules.octaves = static_cast<int>(call.args.integer("octaves"));
    const double change = call.args.real("change");
    rules.wrap = evolution.wrap > 0 && change > 0 ? std::max<std::int64_t>(static_cast<std::int64_t>(change * static_cast<double>(evolution.wrap) + 0.5), 1) : 0;
    rules.z = rules.wrap > 0 ? evolution.place * static_cast<double>(rules.wrap) / static_cast<double>(evolution.wrap) : evolution.place * change;
    rules.width = call.out.width, rules.height = call.out.height;
    return rules;
}

Brush brushOf(const FrameCall& call, const Evolution& evolution)
{
    Brush brush;
    const double length = std::max(call.px("length"), 0.5);
    brush.steps = static_cast<int>(std::clamp(length / std::max(call.px("scale") / 40.0, 2.0), 4.0, 4096.0));
    brush.step = static_cast<float>(length / brush.steps);
    brush.width = static_cast<float>(call.px("width")), brush.spread = static_cast<float>(call.args.real("width_spread"));
    brush.share = static_cast<float>(call.args.real("visible"));
    brush.turns = static_cast<float>(evolution.turns());
    brush.colourBy = call.args.choice("colour_by");
    brush.colourSpread = static_cast<float>(call.args.real("colour_spread"));
    return brush;
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView>, PictureView out)
{
    const Evolution evolution = evolutionOf(call);
    const SwirlField field(rulesOf(call, evolution));
    const Brush brush = brushOf(call, evolution);
    const Place canvas{static_cast<float>(call.out.width), static_cast<float>(call.out.height)};
    const GradientTable colours(call.args.gradient("colours"));
    const LinearColour back = linearOf(call.args.colour("background"));
    // All planes of a pixel side by side, for a stroke goes across rows.
    std::vector<LinearColour> pixels(static_cast<std::size_t>(out.rect.width()) * static_cast<std::size_t>(out.rect.height()), back);
    Strokes strokes(out.rect);
    // Not closer than one line for each two pixels of the picture.
    const double spacing = std::max(call.px("spacing"), 1.5);
    const Seeds seeds(static_cast<std::uint64_t>(call.args.integer("seed")) + 0x10AFU, spacing, call.out.width, call.out.height);
    for (const std::uint32_t i : seeds.order) {
        drawLine(lineThrough(field, seeds.places[i], brush), seeds.bits[i], brush, canvas, strokes);
        strokes.takeEach([&](std::size_t place, const Strokes::Mark& mark) {
            const LinearColour c = colours.at(mark.tone);
            LinearColour& pixel = pixels[place];
            const float cover = mark.cover, through = 1.0F - c.a * cover;
            pixel = {c.r * cover + pixel.r * through, c.g * cover + pixel.g * through, c.b * cover + pixel.b * through, c.a * cover + pixel.a * through};
        });
    }
    const LinearColour* pixel = pixels.data();
    for (int y = out.rect.y0; y < out.rect.y1; ++y)
        for (int x = out.rect.x0; x < out.rect.x1; ++x, ++pixel)
            out.at(red, x, y) = pixel->r, out.at(green, x, y) = pixel->g, out.at(blue, x, y) = pixel->b, out.at(alpha, x, y) = pixel->a;
    return {};
}

} // namespace

extern const Effect effect_flow_field;
const Effect effect_flow_field{
    .name = "flow_field",
    .title = "Flow field",
    .help = "Lines that follow a field of swirling currents, like hair, wind or brushwork. They run along, and the field itself changes.",
    .tags = {"generate", "line"},
    .synonyms = {"flow field", "streamlines", "curl noise", "vector field", "fidenza", "hair", "fur", "wind", "line integral"},
    .params = withEvolution(
        {
            {.name = "scale", .initial = 420.0, .least = 8.0, .most = 8192.0, .step = 1.0, .unit = "px", .title = "Scale", .help = "From one swirl to the next", .group = "Field"},
            {.name = "octaves", .kind = ParamKind::Integer, .initial = std::int64_t{1}, .least = 1, .most = 6, .step = 1, .title = "Octaves", .help = "Each adds swirls half as large", .group = "Field"},
            {.name = "change", .initial = 0.5, .least = 0.0, .most = 16.0, .title = "Change", .help = "How much the field becomes another while the lines run once; 0 keeps it", .group = "Field"},
            {.name = "spacing", .initial = 26.0, .least = 2.0, .most = 1024.0, .step = 1.0, .unit = "px", .title = "Spacing", .help = "From one line to the next", .group = "Lines"},
            {.name = "length", .initial = 480.0, .least = 1.0, .most = 4096.0, .step = 1.0, .unit = "px", .title = "Length", .group = "Lines"},
            {.name = "width", .initial = 12.0, .least = 0.1, .most = 128.0, .step = 0.1, .unit = "px", .title = "Width", .group = "Lines"},
            {.name = "width_spread", .initial = 0.85, .least = 0.0, .most = 1.0, .title = "Width spread", .help = "How much thinner some are", .group = "Lines"},
            {.name = "visible", .initial = 0.55, .least = 0.02, .most = 1.0, .title = "Visible", .help = "How much of a line is seen at once while it runs; 1 stands still", .group = "Lines"},
            {.name = "colours", .kind = ParamKind::Gradient, .initial = Gradient{{0.0, {0.05, 0.2, 0.3, 1}}, {0.25, {0.1, 0.48, 0.52, 1}}, {0.5, {0.93, 0.86, 0.7, 1}}, {0.72, {0.95, 0.6, 0.25, 1}}, {1.0, {0.78, 0.2, 0.2, 1}}}, .title = "Colours", .group = "Colour"},
            {.name = "colour_by", .kind = ParamKind::Choice, .initial = std::int64_t{ByDirection}, .title = "Colour by", .help = "What leads through the gradient: chance, the direction, the way along a line, or the place from top left to bottom right", .group = "Colour", .choices = {"chance", "direction", "way", "place"}, .animatable = false},
            {.name = "colour_spread", .initial = 0.35, .least = 0.0, .most = 2.0, .title = "Colour spread", .help = "How much neighbours differ", .group = "Colour"},
            {.name = "background", .kind = ParamKind::Colour, .initial = Colour{0.03, 0.06, 0.09, 1}, .title = "Background", .group = "Colour"},
            {.name = "seed", .kind = ParamKind::Seed, .initial = std::int64_t{1}, .least = 0, .title = "Seed"},
        },
        0.25, "1 lets each line run once"),
    .access = Access::Whole,
    .cost = 100,
    .moment = evolutionMoment,
    .still = evolutionStands,
    .render = render,
};

} // namespace artdag
