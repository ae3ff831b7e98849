// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/base/random.h"
#include "core/effect/evolution.h"
#include "core/effect/gradient_table.h"
#include "core/picture/row_math.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace artdag {
namespace {

enum Metric {
    Straight,
    Streets,
    Squares,
};
enum ColourBy {
    ByCell,
    ByDistance,
    ByEdge,
};

/// Lengths are in cells.
struct Look {
    std::uint64_t seed = 0;
    int metric = Straight, colourBy = ByCell;
    float jitter = 1, turns = 0;
    float pixel = 0.01F, line = 0, softness = 0, shade = 0;
};

constexpr int around = 2; ///< cells on each side in which the nearest seed may lie
constexpr int mostSeeds = 25;

/// The seeds that matter for one cell of the lattice, in cells from its corner.
struct Neighbourhood {
    int count = 0;
    std::array<float, mostSeeds> x, y, chance;
};

void addSeed(const Look& look, std::int64_t column, std::int64_t row, int dx, int dy, Neighbourhood& near)
{
    const std::uint64_t bits = randomBits(look.seed, static_cast<std::uint64_t>(column + dx), static_cast<std::uint64_t>(row + dy));
    auto unit = [&](int from) { return static_cast<float>(bits >> from & 0xFFFFU) * (1.0F / 65536.0F); };
    // Each swings to and fro in both directions, once or twice in a whole turn.
    const float waysX = (bits >> 48 & 1U) != 0 ? 1.0F : -1.0F, waysY = (bits >> 49 & 1U) != 0 ? 2.0F : 1.0F;
    auto strayed = [&](float turns) { return 0.5F + 0.5F * look.jitter * sineOfTurns(turns); };
    const auto at = static_cast<std::size_t>(near.count++);
    near.x[at] = strayed(unit(0) + waysX * look.turns) + static_cast<float>(dx);
    near.y[at] = strayed(unit(16) + waysY * look.turns) + static_cast<float>(dy);
    near.chance[at] = unit(32);
}

/// Straight distances are squared: they order alike.
float distanceOf(int metric, float x, float y)
{
    const float sizeX = x < 0.0F ? -x : x, sizeY = y < 0.0F ? -y : y;
    if (metric == Streets)
        return sizeX + sizeY;
    if (metric == Squares)
        return sizeX > sizeY ? sizeX : sizeY;
    return x * x + y * y;
}

/// Leaves out seeds that are farther from all of the cell than three others are from its farthest point.
void keepNear(int metric, Neighbourhood& near)
{
    std::array<float, mostSeeds> least, sorted;
    for (std::size_t i = 0; i < mostSeeds; ++i) {
        const float x = near.x[i], y = near.y[i];
        least[i] = distanceOf(metric, std::max({-x, x - 1.0F, 0.0F}), std::max({-y, y - 1.0F, 0.0F}));
        sorted[i] = distanceOf(metric, std::max(x, 1.0F - x), std::max(y, 1.0F - y));
    }
    std::nth_element(sorted.begin(), sorted.begin() + 2, sorted.end());
    std::size_t kept = 0;
    for (std::size_t i = 0; i < mostSeeds; ++i)
        if (least[i] <= sorted[2]) {
            near.x[kept] = near.x[i], near.y[kept] = near.y[i], near.chance[kept] = near.chance[i];
            ++kept;
        }
    near.count = static_cast<int>(kept);
}

Neighbourhood lookAround(const Look& look, std::int64_t column, std::int64_t row)
{
    Neighbourhood near;
    for (int dy = -around; dy <= around; ++dy)
        for (int dx = -around; dx <= around; ++dx)
            addSeed(look, column, row, dx, dy, near);
    keepNear(look.metric, near);
    return near;
}

/// What a row of places sees: its own seed, the one behind the nearest border, the way to both.
struct Sights {
    explicit Sights(std::size_t n)
        : x(n),
          distance(n),
          ownX(n),
          ownY(n),
          chance(n),
          border(n),
          other(n) {}
    std::vector<float> x, distance, ownX, ownY, chance, border, other;
};

template <int metric>
void findOwn(const Neighbourhood& near, float y, std::size_t first, std::size_t last, Sights& sights)
{
    const float* __restrict x = sights.x.data();
    float* __restrict distance = sights.distance.data();
    float* __restrict ownX = sights.ownX.data();
    float* __restrict ownY = sights.ownY.data();
    float* __restrict chance = sights.chance.data();
    std::fill(distance + first, distance + last, 1e6F);
    for (std::size_t k = 0; k < static_cast<std::size_t>(near.count); ++k) {
        const float seedX = near.x[k], seedY = near.y[k], seedChance = near.chance[k];
        for (std::size_t i = first; i < last; ++i) {
            const float away = distanceOf(metric, seedX - x[i], seedY - y);
            const bool nearer = away < distance[i];
            distance[i] = chosen(nearer, away, distance[i]);
            ownX[i] = chosen(nearer, seedX, ownX[i]);
            ownY[i] = chosen(nearer, seedY, ownY[i]);
            chance[i] = chosen(nearer, seedChance, chance[i]);
        }
    }
}

/// The square of the distance to the line half-way between the own seed and another, the least of all others. By other
/// measures than the straight one the half difference of both ways stands for that distance.
template <int metric>
void findBorder(const Neighbourhood& near, float y, std::size_t first, std::size_t last, Sights& sights)
{
    const float* __restrict x = sights.x.data();
    const float* __restrict distance = sights.distance.data();
    const float* __restrict ownX = sights.ownX.data();
    const float* __restrict ownY = sights.ownY.data();
    float* __restrict border = sights.border.data();
    float* __restrict other = sights.other.data();
    std::fill(border + first, border + last, 1e6F);
    for (std::size_t k = 0; k < static_cast<std::size_t>(near.count); ++k) {
        const float seedX = near.x[k], seedY = near.y[k], seedChance = near.chance[k];
        for (std::size_t i = first; i < last; ++i) {
            const float half = 0.5F * (distanceOf(metric, seedX - x[i], seedY - y) - distance[i]);
            const float gapX = seedX - ownX[i], gapY = seedY - ownY[i], gap = gapX * gapX + gapY * gapY;
            const float square = half * half / (metric == Straight ? (gap > 1e-12F ? gap : 1e-12F) : 1.0F);
            const float away = chosen(gap > 0.0F, square, 1e6F); // not the own one
            const bool nearer = away < border[i];
            border[i] = chosen(nearer, away, border[i]);
            other[i] = chosen(nearer, seedChance, other[i]);
        }
    }
    for (std::size_t i = first; i < last; ++i)
        border[i] = std::sqrt(border[i]);
}

template <int metric>
void see(const Neighbourhood& near, float y, std::size_t first, std::size_t last, Sights& sights)
{
    findOwn<metric>(near, y, first, last, sights);
    findBorder<metric>(near, y, first, last, sights);
    if (metric == Straight)
        for (std::size_t i = first; i < last; ++i)
            sights.distance[i] = std::sqrt(sights.distance[i]);
}

/// Colours a row by what it sees.
class Painter {
public:
    Painter(const FrameCall& call, const Look& look, std::size_t n)
        : m_look(look),
          m_colours(call.args.gradient("colours")),
          m_line(linearOf(call.args.colour("line_colour"))),
          m_cycles(static_cast<float>(call.args.real("cycles"))),
          m_offset(static_cast<float>(call.args.real("offset"))),
          m_tones(n) {}

    void paint(const Sights& sights, int y, PictureView out)
    {
        const std::vector<float>& by = m_look.colourBy == ByCell ? sights.chance : m_look.colourBy == ByDistance ? sights.distance
                                                                                                                 : sights.border;
        const std::size_t n = m_tones.size();
        for (std::size_t i = 0; i < n; ++i)
            m_tones[i] = toneOf(m_look.colourBy == ByEdge ? 2.0F * by[i] : by[i]);
        float* const to[4] = {out.row(red, y), out.row(green, y), out.row(blue, y), out.row(alpha, y)};
        m_colours.colourRow(m_tones.data(), to, n);
        const bool seamed = m_look.colourBy == ByCell && m_look.line < 2.0F * m_look.pixel; // else a line hides the seams
        for (std::size_t i = 0; i < n; ++i) {
            const float border = sights.border[i], inside = border / m_look.pixel;
            LinearColour colour{to[red][i], to[green][i], to[blue][i], to[alpha][i]};
            if (seamed && inside < 0.5F) // the rest of this pixel lies in the next cell
                colour = mixed(m_colours.at(toneOf(sights.other[i])), colour, 0.5F + inside);
            const float lit = 1.0F - m_look.shade * (1.0F - gentle(2.2F * border));
            colour = mixed({colour.r * lit, colour.g * lit, colour.b * lit, colour.a}, m_line, lineCover(border));
            to[red][i] = colour.r, to[green][i] = colour.g, to[blue][i] = colour.b, to[alpha][i] = colour.a;
        }
    }

private:
    static LinearColour mixed(const LinearColour& a, const LinearColour& b, float t)
    {
        return {a.r + (b.r - a.r) * t, a.g + (b.g - a.g) * t, a.b + (b.b - a.b) * t, a.a + (b.a - a.a) * t};
    }
    [[nodiscard]] float toneOf(float place) const { return m_cycles == 1.0F && m_offset == 0.0F ? place : upAndDown(0.5F * (place * m_cycles + m_offset)); }
    [[nodiscard]] float lineCover(float border) const
    {
        const float edge = 0.5F * m_look.line - border;
        if (m_look.line <= 0.0F)
            return 0.0F;
        return m_look.softness > 0.0F ? gentle(0.5F + edge / (m_look.pixel + m_look.softness)) : coverOf(edge / m_look.pixel);
    }
    const Look& m_look;
    GradientTable m_colours;
    LinearColour m_line;
    float m_cycles, m_offset;
    std::vector<float> m_tones;
};

/// One axis of the lattice, from the canvas' middle.
struct Axis {
    double cell, middle;

    [[nodiscard]] std::int64_t cellBefore(int pixel) const { return static_cast<std::int64_t>(exact::floor((pixel + 0.5 - middle) / cell)) - 1; }
    /// The first pixel whose centre is not before a cell.
    [[nodiscard]] int first(std::int64_t index) const { return static_cast<int>(-exact::floor(-(static_cast<double>(index) * cell + middle - 0.5))); }
    /// Where a pixel's centre lies in a cell.
    [[nodiscard]] float within(int pixel, std::int64_t index) const { return static_cast<float>((pixel + 0.5 - middle) / cell - static_cast<double>(index)); }
};

/// A run of pixels that lie in one cell.
struct Run {
    std::size_t first, last;
    Neighbourhood near;
};

/// The runs of one row of cells, and where each pixel lies in its cell.
std::vector<Run> runsOf(const Look& look, const Axis& across, std::int64_t row, Rect part, Sights& sights)
{
    std::vector<Run> runs;
    for (std::int64_t column = across.cellBefore(part.x0); across.first(column) < part.x1; ++column) {
        const int x0 = std::max(across.first(column), part.x0), x1 = std::min(across.first(column + 1), part.x1);
        if (x0 >= x1)
            continue;
        for (int x = x0; x < x1; ++x)
            sights.x[static_cast<std::size_t>(x - part.x0)] = across.within(x, column);
        runs.push_back({static_cast<std::size_t>(x0 - part.x0), static_cast<std::size_t>(x1 - part.x0), lookAround(look, column, row)});
    }
    return runs;
}

Look lookOf(const FrameCall& call, double cell)
{
    Look look;
    look.seed = static_cast<std::uint64_t>(call.args.integer("seed"));
    look.metric = call.args.choice("metric");
    look.colourBy = call.args.choice("colour_by");
    look.jitter = static_cast<float>(call.args.real("jitter"));
    look.turns = static_cast<float>(evolutionOf(call).turns());
    look.pixel = static_cast<float>(1.0 / cell);
    look.line = static_cast<float>(call.px("line") / cell);
    look.softness = static_cast<float>(call.args.real("softness"));
    look.shade = static_cast<float>(call.args.real("shade"));
    return look;
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView>, PictureView out)
{
    const double cell = std::max(call.px("cell"), 0.5);
    const Look look = lookOf(call, cell);
    const auto n = static_cast<std::size_t>(out.rect.width());
    Painter painter(call, look, n);
    Sights sights(n);
    const Axis across{cell, 0.5 * call.out.width}, down{cell, 0.5 * call.out.height};
    constexpr void (*sees[])(const Neighbourhood&, float, std::size_t, std::size_t, Sights&) = {see<Straight>, see<Streets>, see<Squares>};
    for (std::int64_t row = down.cellBefore(out.rect.y0); down.first(row) < out.rect.y1; ++row) {
        const int y0 = std::max(down.first(row), out.rect.y0), y1 = std::min(down.first(row + 1), out.rect.y1);
        if (y0 >= y1)
            continue;
        const std::vector<Run> runs = runsOf(look, across, row, out.rect, sights);
        for (int y = y0; y < y1; ++y) {
            for (const Run& run : runs)
                sees[look.metric](run.near, down.within(y, row), run.first, run.last, sights);
            painter.paint(sights, y, out);
        }
    }
    return {};
}

} // namespace

extern const Effect effect_voronoi;
const Effect effect_voronoi{
    .name = "voronoi",
    .title = "Voronoi cells",
    .help = "A plane shared out among seeds, each place to the nearest: stained glass, cracked earth, foam. The seeds swing, and the cells with them.",
    .tags = {"generate", "pattern"},
    .synonyms = {"voronoi", "worley", "cellular", "cells", "mosaic", "stained glass", "crackle", "cell pattern", "facets"},
    .params = withEvolution(
        {
            {.name = "cell", .initial = 190.0, .least = 4.0, .most = 4096.0, .step = 1.0, .unit = "px", .title = "Cell", .help = "About the size of one cell"},
            {.name = "jitter", .initial = 0.9, .least = 0.0, .most = 1.0, .title = "Jitter", .help = "How far seeds stray; 0 makes a square lattice"},
            {.name = "metric", .kind = ParamKind::Choice, .initial = std::int64_t{Straight}, .title = "Metric", .help = "How nearness is measured: straight on, along streets, or by the longer side", .choices = {"straight", "streets", "squares"}, .animatable = false},
            {.name = "colour_by", .kind = ParamKind::Choice, .initial = std::int64_t{ByCell}, .title = "Colour by", .help = "What leads through the gradient: each cell by chance, the distance from its seed, or from its edge", .group = "Colour", .choices = {"cell", "distance", "edge"}, .animatable = false},
            {.name = "colours", .kind = ParamKind::Gradient, .initial = Gradient{{0.0, {0.05, 0.14, 0.33, 1}}, {0.25, {0.07, 0.38, 0.5, 1}}, {0.5, {0.93, 0.78, 0.45, 1}}, {0.75, {0.9, 0.45, 0.23, 1}}, {1.0, {0.62, 0.12, 0.24, 1}}}, .title = "Colours", .group = "Colour"},
            {.name = "cycles", .initial = 1.0, .least = 0.1, .most = 32.0, .step = 0.1, .title = "Cycles", .help = "How often the gradient is walked, up and down", .group = "Colour"},
            {.name = "offset", .initial = 0.0, .title = "Offset", .help = "Moves the colours; 2 is up and down once", .group = "Colour"},
            {.name = "shade", .initial = 0.75, .least = 0.0, .most = 1.0, .title = "Shade", .help = "Darkens towards the edges", .group = "Colour"},
            {.name = "line", .initial = 7.0, .least = 0.0, .most = 512.0, .step = 0.5, .unit = "px", .title = "Line", .help = "Width of the line between cells", .group = "Line"},
            {.name = "softness", .initial = 0.0, .least = 0.0, .most = 1.0, .title = "Softness", .help = "Of the line, in cells", .group = "Line"},
            {.name = "line_colour", .kind = ParamKind::Colour, .initial = Colour{0.02, 0.02, 0.04, 1}, .title = "Line colour", .group = "Line"},
            {.name = "seed", .kind = ParamKind::Seed, .initial = std::int64_t{1}, .least = 0, .title = "Seed"},
        },
        0.1, "1 brings all seeds back to where they were"),
    .access = Access::Region,
    .moment = evolutionMoment,
    .still = evolutionStands,
    .render = render,
};

} // namespace artdag
