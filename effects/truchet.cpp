// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/base/random.h"
#include "core/effect/evolution.h"
#include "core/effect/gradient_table.h"
#include "core/picture/affine.h"
#include "core/picture/row_math.h"

#include <algorithm>
#include <cmath>

namespace artdag {
namespace {

enum Form {
    Arcs,
    Weave,
    Lines,
    Triangles,
};

struct Place {
    float x = 0, y = 0;
};

/// Everything about the tiling that does not depend on the pixel. A tile is 1 wide, its middle the origin.
struct Tiling {
    int form = Arcs, colourBy = 0;
    std::uint64_t seed = 0;
    float crossings = 0, turning = 0, turns = 0;
    float half = 0.1F;   ///< of a band's width, in tiles
    float gap = 0;       ///< between a band that goes under and the one above, in tiles
    float pixel = 0.01F; ///< in tiles
    float shade = 0;
    float columns = 1, rows = 1; ///< of the canvas
};

/// A band at one place: the distance from its edge inwards in px, and how far the place is from its middle, 0–1.
struct Band {
    float inside = -1e6F, across = 0;
};

Band bandAt(float distance, const Tiling& tiling)
{
    const float size = distance < 0.0F ? -distance : distance;
    return {(tiling.half - size) / tiling.pixel, std::min(size / tiling.half, 1.0F)};
}

/// The distance from the quarter circles of radius ½ about two opposite corners.
float fromArcs(Place p)
{
    const float x = p.x + p.y > 0.0F ? 0.5F - p.x : p.x + 0.5F, y = p.x + p.y > 0.0F ? 0.5F - p.y : p.y + 0.5F; // about (½, ½) or (−½, −½)
    return std::sqrt(x * x + y * y) - 0.5F;
}

/// One tile as its bits say: which way round, crossing or not, which band is above.
struct Tile {
    bool flipped = false, crossing = false, upright = false;
    float turn = 0, chance = 0;
};

Tile tileAt(const Tiling& tiling, std::int64_t column, std::int64_t row)
{
    const std::uint64_t bits = randomBits(tiling.seed, static_cast<std::uint64_t>(column), static_cast<std::uint64_t>(row));
    auto unit = [&](int from) { return static_cast<float>(bits >> from & 0xFFFFU) * (1.0F / 65536.0F); };
    Tile tile;
    tile.flipped = (bits >> 63) != 0;
    tile.upright = ((column + row) & 1) != 0;
    tile.crossing = unit(0) < tiling.crossings;
    tile.chance = unit(16);
    // Quarter turns, for after one the joints meet again: each tile makes four or eight in its own time, and rests in between.
    const float quarters = (tiling.turns + unit(32)) * static_cast<float>(4U << (bits >> 60 & 1U));
    const float made = wholeBelow(quarters);
    if (unit(48) * 0.9999F < tiling.turning)
        tile.turn = 0.25F * (made - 4.0F * wholeBelow(made * 0.25F) + gentle((quarters - made) * 4.0F));
    return tile;
}

Place turnedBy(Place p, float turns)
{
    const float sine = sineOfTurns(turns), cosine = cosineOfTurns(turns);
    return {p.x * cosine - p.y * sine, p.x * sine + p.y * cosine};
}

/// What is seen at a place of a tile: the ink's cover, and its place between the middle and the edge of its band.
struct Seen {
    float cover = 0, across = 0;
};

Seen seenIn(const Tiling& tiling, const Tile& tile, Place p)
{
    if (tile.turn != 0.0F)
        p = turnedBy(p, -tile.turn);
    if (tile.flipped)
        p.x = -p.x;
    if (tiling.form == Triangles) {
        const float inside = (p.x + p.y) * 0.70710678F / tiling.pixel;
        return {coverOf(inside), std::min(std::abs(p.x + p.y), 1.0F)};
    }
    if (tiling.form == Lines) {
        // The diagonal, and at both other corners the ends of the neighbours' diagonals.
        const float corner = 1.0F - std::abs(p.x + p.y);
        const float distance = std::min(std::abs(p.x - p.y) * 0.70710678F, 2.0F * std::max(corner, 0.0F) + 10.0F);
        const Band band = bandAt(distance, tiling);
        return {coverOf(band.inside), band.across};
    }
    if (!tile.crossing) {
        const Band band = bandAt(fromArcs(p), tiling);
        return {coverOf(band.inside), band.across};
    }
    const Band above = bandAt(tile.upright ? p.x : p.y, tiling), below = bandAt(tile.upright ? p.y : p.x, tiling);
    const float top = coverOf(above.inside);
    if (top >= 1.0F && tiling.form == Weave)
        return {top, above.across};
    if (tiling.form == Arcs)
        return above.inside > below.inside ? Seen{top, above.across} : Seen{coverOf(below.inside), below.across};
    const float cut = coverOf(-(above.inside + tiling.gap / tiling.pixel)); // the one below stops short of the one above
    const float bottom = std::min(coverOf(below.inside), cut);
    return top >= bottom ? Seen{top, above.across} : Seen{bottom, below.across};
}

Tiling tilingOf(const FrameCall& call, double cell)
{
    const Arguments& args = call.args;
    Tiling tiling;
    tiling.form = args.choice("form");
    tiling.colourBy = args.choice("colour_by");
    tiling.seed = static_cast<std::uint64_t>(args.integer("seed"));
    tiling.crossings = static_cast<float>(args.real("crossings"));
    tiling.turning = static_cast<float>(args.real("turning"));
    tiling.turns = static_cast<float>(evolutionOf(call).turns());
    tiling.half = static_cast<float>(0.5 * args.real("width"));
    tiling.gap = static_cast<float>(args.real("gap"));
    tiling.pixel = static_cast<float>(1.0 / cell);
    tiling.shade = static_cast<float>(args.real("shade"));
    tiling.columns = static_cast<float>(call.out.width / cell), tiling.rows = static_cast<float>(call.out.height / cell);
    return tiling;
}

float toneOf(const Tiling& tiling, const Tile& tile, const Seen& seen, float column, float row)
{
    switch (tiling.colourBy) {
    case 0: return 1.0F - seen.across;
    case 1: return 0.5F * (column / tiling.columns + row / tiling.rows) + 0.5F;
    default: return tile.chance;
    }
}

/// What is seen along a row of pixels.
struct Row {
    explicit Row(std::size_t n)
        : covers(n),
          lights(n),
          tones(n) {}
    std::vector<float> covers, lights, tones;
};

void look(const Tiling& tiling, const Affine& toTiles, int x0, int y, Row& row)
{
    std::int64_t lastColumn = 0, lastRow = 0;
    Tile tile = tileAt(tiling, 0, 0);
    for (std::size_t i = 0; i < row.tones.size(); ++i) {
        const double x = x0 + static_cast<double>(i) + 0.5;
        const double u = toTiles.mapX(x, y + 0.5), v = toTiles.mapY(x, y + 0.5);
        const double floorU = exact::floor(u), floorV = exact::floor(v);
        const auto tileColumn = static_cast<std::int64_t>(floorU), tileRow = static_cast<std::int64_t>(floorV);
        if (tileColumn != lastColumn || tileRow != lastRow) {
            tile = tileAt(tiling, tileColumn, tileRow);
            lastColumn = tileColumn, lastRow = tileRow;
        }
        const Seen seen = seenIn(tiling, tile, {static_cast<float>(u - floorU) - 0.5F, static_cast<float>(v - floorV) - 0.5F});
        row.covers[i] = seen.cover;
        row.lights[i] = seen.cover * (1.0F - tiling.shade * seen.across * seen.across);
        row.tones[i] = toneOf(tiling, tile, seen, static_cast<float>(u), static_cast<float>(v));
    }
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView>, PictureView out)
{
    const double cell = std::max(call.px("cell"), 0.25);
    const Tiling tiling = tilingOf(call, cell);
    const GradientTable colours(call.args.gradient("colours"));
    const LinearColour back = linearOf(call.args.colour("background"));
    const Affine aboutMiddle = moved(-0.5 * call.out.width, -0.5 * call.out.height);
    const Affine toTiles = chained(aboutMiddle, chained(turned(-call.args.real("rotation")), scaled(1.0 / cell, 1.0 / cell)));
    const auto n = static_cast<std::size_t>(out.rect.width());
    Row row(n);
    for (int y = out.rect.y0; y < out.rect.y1; ++y) {
        look(tiling, toTiles, out.rect.x0, y, row);
        float* const to[4] = {out.row(red, y), out.row(green, y), out.row(blue, y), out.row(alpha, y)};
        colours.colourRow(row.tones.data(), to, n);
        for (std::size_t i = 0; i < n; ++i) {
            const float lit = row.lights[i], cover = row.covers[i], through = 1.0F - to[alpha][i] * cover;
            to[red][i] = to[red][i] * lit + back.r * through;
            to[green][i] = to[green][i] * lit + back.g * through;
            to[blue][i] = to[blue][i] * lit + back.b * through;
            to[alpha][i] = to[alpha][i] * cover + back.a * through;
        }
    }
    return {};
}

} // namespace

extern const Effect effect_truchet;
const Effect effect_truchet{
    .name = "truchet",
    .title = "Truchet tiles",
    .help = "Square tiles that join whichever way round they lie: ribbons that wander and weave over and under, a maze of lines, or triangles.",
    .tags = {"generate", "pattern"},
    .synonyms = {"truchet", "maze", "labyrinth", "10 print", "knot", "celtic", "smith tiles", "ribbons", "pattern"},
    .params = withEvolution(
        {
            {.name = "form", .kind = ParamKind::Choice, .initial = std::int64_t{Weave}, .title = "Form", .choices = {"arcs", "weave", "lines", "triangles"}, .animatable = false},
            {.name = "cell", .initial = 120.0, .least = 2.0, .most = 2048.0, .step = 1.0, .unit = "px", .title = "Cell", .help = "One tile's side"},
            {.name = "rotation", .kind = ParamKind::Angle, .initial = 0.0, .step = 1.0, .unit = "deg", .title = "Rotation"},
            {.name = "width", .initial = 0.42, .least = 0.0, .most = 1.0, .title = "Width", .help = "Of a band, in tiles"},
            {.name = "crossings", .initial = 0.3, .least = 0.0, .most = 1.0, .title = "Crossings", .help = "How many tiles of arcs are a crossing instead"},
            {.name = "gap", .initial = 0.05, .least = 0.0, .most = 0.5, .title = "Gap", .help = "Beside a band that passes over another, in tiles"},
            {.name = "turning", .initial = 0.2, .least = 0.0, .most = 1.0, .title = "Turning", .help = "How many tiles turn as it evolves", .group = "Motion"},
            {.name = "colours", .kind = ParamKind::Gradient, .initial = Gradient{{0.0, {0.93, 0.35, 0.27, 1}}, {0.45, {0.97, 0.62, 0.3, 1}}, {0.75, {0.98, 0.83, 0.5, 1}}, {1.0, {1.0, 0.95, 0.8, 1}}}, .title = "Colours", .group = "Colour"},
            {.name = "colour_by", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .title = "Colour by", .help = "What leads through the gradient: from a band's edge to its middle, the place from top left to bottom right, or chance", .group = "Colour", .choices = {"band", "place", "chance"}, .animatable = false},
            {.name = "shade", .initial = 0.35, .least = 0.0, .most = 1.0, .title = "Shade", .help = "Darkens the edges, so that bands look round", .group = "Colour"},
            {.name = "background", .kind = ParamKind::Colour, .initial = Colour{0.07, 0.13, 0.2, 1}, .title = "Background", .group = "Colour"},
            {.name = "seed", .kind = ParamKind::Seed, .initial = std::int64_t{1}, .least = 0, .title = "Seed"},
        },
        0.1, "While it grows by 1 each tile that turns does so four or eight times"),
    .access = Access::Region,
    .moment = evolutionMoment,
    .still = evolutionStands,
    .render = render,
};

} // namespace artdag
