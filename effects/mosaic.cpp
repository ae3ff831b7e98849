// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/base/random.h"
#include "core/effect/effect.h"
#include "core/effect/linear_colour.h"
#include "core/picture/affine.h"

#include <algorithm>
#include <cmath>

namespace artdag {
namespace {

enum Lattice {
    Hexagons,
    Squares,
};
constexpr double rowOfHexagons = 0.86602540378443865; ///< from row to row, for 1 from stone to stone
constexpr double mostJitter = 0.35;                   ///< of a cell: then the nearest point is never further than in the next cell

struct Point {
    float x = 0.0F, y = 0.0F; ///< px
};

/// Stones are the places that are nearer to their point than to any other. On a lattice of points they are hexagons or
/// squares, and the more irregular the points, the more they are broken stones.
struct Stones {
    int lattice = Hexagons;
    double across = 1.0, down = 1.0, jitter = 0.0; ///< px; px by which a point strays at most
    std::uint64_t seed = 0;

    /// How far the cells of a row are shifted to the right, in cells.
    [[nodiscard]] double shiftOf(int row) const { return lattice == Hexagons && (row & 1) != 0 ? 0.5 : 0.0; }
    [[nodiscard]] int rowOf(int y) const { return static_cast<int>(exact::floor((y + 0.5) / down)); }
    [[nodiscard]] int columnOf(int x, int row) const { return static_cast<int>(exact::floor((x + 0.5) / across - shiftOf(row))); }
    /// The first pixel of a cell.
    [[nodiscard]] int leftOf(int column, int row) const
    {
        int x = static_cast<int>(exact::floor((column + shiftOf(row)) * across - 0.5));
        while (columnOf(x, row) < column)
            ++x;
        return x;
    }
    [[nodiscard]] std::uint64_t bitsOf(int column, int row) const { return randomBits(seed, static_cast<std::uint64_t>(column), static_cast<std::uint64_t>(row)); }
    [[nodiscard]] Point pointOf(int column, int row) const
    {
        const std::uint64_t bits = bitsOf(column, row);
        const double strayX = static_cast<double>(bits & 0xFFFFU) / 65535.0 * 2.0 - 1.0, strayY = static_cast<double>(bits >> 16 & 0xFFFFU) / 65535.0 * 2.0 - 1.0;
        return {static_cast<float>((column + shiftOf(row) + 0.5) * across + strayX * jitter), static_cast<float>((row + 0.5) * down + strayY * jitter)};
    }
};

/// The stones around a part of the picture.
class Floor {
public:
    Floor(const Stones& stones, const Rect& part)
        : m_cells{stones.columnOf(part.x0, 1) - 4, stones.rowOf(part.y0) - 3, stones.columnOf(part.x1, 0) + 5, stones.rowOf(part.y1) + 4}
    {
        for (int row = m_cells.y0; row < m_cells.y1; ++row)
            for (int column = m_cells.x0; column < m_cells.x1; ++column)
                m_points.push_back(stones.pointOf(column, row));
    }
    [[nodiscard]] const Rect& cells() const { return m_cells; }
    [[nodiscard]] std::size_t count() const { return m_points.size(); }
    [[nodiscard]] int index(int column, int row) const { return (row - m_cells.y0) * m_cells.width() + column - m_cells.x0; }
    [[nodiscard]] int columnOf(int index) const { return index % m_cells.width() + m_cells.x0; }
    [[nodiscard]] int rowOf(int index) const { return index / m_cells.width() + m_cells.y0; }
    [[nodiscard]] const Point& point(int index) const { return m_points[static_cast<std::size_t>(index)]; }

private:
    Rect m_cells;
    std::vector<Point> m_points;
};

/// For each pixel of a row its stone: the nearest point of its own cell and those around it.
void findStones(const Stones& stones, const Floor& floor, int first, int y, std::vector<float>& squares, int* __restrict own, int width)
{
    const int row = stones.rowOf(y);
    const float middle = static_cast<float>(y) + 0.5F;
    squares.resize(static_cast<std::size_t>(width));
    std::fill(squares.begin(), squares.end(), 1e30F);
    float* __restrict best = squares.data();
    for (int j = row - 1; j <= row + 1; ++j)
        for (int column = stones.columnOf(first, j); stones.leftOf(column, j) < first + width; ++column) {
            const int begin = std::max(stones.leftOf(column, j) - first, 0), end = std::min(stones.leftOf(column + 1, j) - first, width);
            for (int k = column - 1; k <= column + 1; ++k) {
                const int index = floor.index(k, j);
                const Point point = floor.point(index);
                const float dy = point.y - middle, dy2 = dy * dy;
                for (int i = begin; i < end; ++i) {
                    const float dx = point.x - (static_cast<float>(first + i) + 0.5F), apart = dx * dx + dy2;
                    own[i] = apart < best[i] ? index : own[i];
                    best[i] = apart < best[i] ? apart : best[i];
                }
            }
        }
}

/// How far it is from each pixel of a row to the joint. Along one stone the way to the line halfway to another point grows
/// evenly, so that for each neighbour a run of pixels costs a product and a comparison.
void findJoints(const Stones& stones, const Floor& floor, int first, int y, const int* own, std::vector<float>& ways)
{
    const int width = static_cast<int>(ways.size());
    std::fill(ways.begin(), ways.end(), 1e9F);
    float* __restrict way = ways.data();
    for (int begin = 0; begin < width;) {
        int end = begin + 1;
        while (end < width && own[end] == own[begin])
            ++end;
        const Point stone = floor.point(own[begin]);
        const float dy = static_cast<float>(y) + 0.5F - stone.y;
        const int column = floor.columnOf(own[begin]), row = floor.rowOf(own[begin]);
        for (int j = row - 2; j <= row + 2; ++j) {
            const int shift = static_cast<int>(2.0 * (stones.shiftOf(row) - stones.shiftOf(j)));
            for (int k = column - 2 + std::min(shift, 0); k <= column + 2 + std::max(shift, 0); ++k) {
                if (j == row && k == column)
                    continue;
                const Point other = floor.point(floor.index(k, j));
                const float x = other.x - stone.x, upright = other.y - stone.y, apart = std::sqrt(x * x + upright * upright) + 1e-6F;
                const float start = 0.5F * apart - dy * upright / apart, slope = x / apart;
                for (int i = begin; i < end; ++i) {
                    const float here = start - (static_cast<float>(first + i) + 0.5F - stone.x) * slope;
                    way[i] = here < way[i] ? here : way[i];
                }
            }
        }
        begin = end;
    }
}

struct Look {
    float grout = 0.0F, bevel = 0.0F, relief = 0.0F; ///< half the joint and width of the slope, px
    float lightX = 0.0F, lightY = 0.0F, vary = 0.0F;
    LinearColour joint;
};

Stones stonesOf(const FrameCall& call)
{
    Stones stones;
    stones.lattice = call.args.choice("shape");
    stones.across = std::max(call.px("cell"), 2.0);
    stones.down = stones.across * (stones.lattice == Hexagons ? rowOfHexagons : 1.0);
    stones.jitter = mostJitter * stones.across * call.args.real("irregularity");
    stones.seed = static_cast<std::uint64_t>(call.args.integer("seed"));
    return stones;
}

Look lookOf(const FrameCall& call)
{
    Look look;
    look.grout = static_cast<float>(0.5 * call.px("grout"));
    look.bevel = static_cast<float>(std::max(0.22 * call.px("cell"), 0.5));
    look.relief = static_cast<float>(call.args.real("relief"));
    const Turn turn = turnOf(call.args.real("light_angle"));
    look.lightX = static_cast<float>(turn.cosine);
    look.lightY = static_cast<float>(turn.sine);
    look.vary = static_cast<float>(call.args.real("variation"));
    look.joint = linearOf(call.args.colour("grout_colour"));
    return look;
}

/// How far a stone reaches from the lattice cell of its point: whole stones are averaged, whatever part is asked.
int margin(const Stones& stones)
{
    return static_cast<int>(2.0 * stones.across) + 2;
}

Rect region(const FrameCall& call, std::size_t, Rect out)
{
    return out.grown(2 * margin(stonesOf(call)));
}

/// The stone of each pixel of a part.
std::vector<int> stonesIn(const Stones& stones, const Floor& floor, const Rect& part)
{
    const auto width = static_cast<std::size_t>(part.width());
    std::vector<int> found(width * static_cast<std::size_t>(part.height()));
    std::vector<float> squares;
    for (int y = part.y0; y < part.y1; ++y)
        findStones(stones, floor, part.x0, y, squares, found.data() + static_cast<std::size_t>(y - part.y0) * width, part.width());
    return found;
}

/// Mean colour of each stone, R G B A; those that are cut by the border of `in` inside the picture are not used.
std::vector<float> coloursOf(const std::vector<int>& stones, std::size_t count, const ConstPictureView& in)
{
    std::vector<double> sums(count * 5);
    const int width = in.rect.width();
    for (int y = in.rect.y0; y < in.rect.y1; ++y) {
        const int* own = stones.data() + static_cast<std::ptrdiff_t>(y - in.rect.y0) * width;
        const float* from[4] = {in.row(red, y), in.row(green, y), in.row(blue, y), in.row(alpha, y)};
        for (int begin = 0; begin < width;) {
            int end = begin + 1;
            while (end < width && own[end] == own[begin])
                ++end;
            double* sum = sums.data() + static_cast<std::ptrdiff_t>(own[begin]) * 5;
            double all[4] = {sum[0], sum[1], sum[2], sum[3]};
            for (int i = begin; i < end; ++i)
                for (int plane = 0; plane < 4; ++plane)
                    all[plane] += from[plane][i];
            std::copy_n(all, 4, sum);
            sum[4] += end - begin;
            begin = end;
        }
    }
    std::vector<float> colours(count * 4);
    for (std::size_t i = 0; i < count; ++i)
        for (std::size_t plane = 0; plane < 4; ++plane)
            colours[i * 4 + plane] = sums[i * 5 + 4] > 0.0 ? static_cast<float>(sums[i * 5 + plane] / sums[i * 5 + 4]) : 0.0F;
    return colours;
}

/// Stones of one colour are never quite alike.
void vary(const Stones& stones, const Floor& floor, float amount, std::vector<float>& colours)
{
    const Rect cells = floor.cells();
    for (int row = cells.y0; row < cells.y1; ++row)
        for (int column = cells.x0; column < cells.x1; ++column) {
            const auto chance = static_cast<float>(static_cast<double>(stones.bitsOf(column, row) >> 40) / 16777216.0 * 2.0 - 1.0);
            for (int plane = 0; plane < 3; ++plane)
                colours[static_cast<std::size_t>(floor.index(column, row)) * 4 + static_cast<std::size_t>(plane)] *= 1.0F + 0.6F * amount * chance;
        }
}

/// Light and cover of each pixel of a row, from how far it is to the joint.
struct Surface {
    std::vector<float> cover, shade;

    void find(const Look& look, const Floor& floor, const int* own, int first, int y, const std::vector<float>& ways)
    {
        cover.resize(ways.size());
        shade.resize(ways.size());
        for (std::size_t i = 0; i < ways.size(); ++i) {
            const float inside = ways[i] - look.grout;
            cover[i] = look.grout > 0.0F ? std::min(std::max(inside + 0.5F, 0.0F), 1.0F) : 1.0F;
            // Towards the joints stones fall away: lit where that is against the light, dark on the other side.
            const float slope = 1.0F - std::min(std::max(inside / look.bevel, 0.0F), 1.0F);
            const Point& stone = floor.point(own[i]);
            const float dx = static_cast<float>(first + static_cast<int>(i)) + 0.5F - stone.x, dy = static_cast<float>(y) + 0.5F - stone.y;
            const float away = std::sqrt(dx * dx + dy * dy) + 1e-6F;
            shade[i] = 1.0F + look.relief * slope * slope * (dx * look.lightX + dy * look.lightY) / away * 0.8F;
        }
    }
};

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    const Stones stones = stonesOf(call);
    const Look look = lookOf(call);
    const Rect whole{0, 0, call.inputs[0].stream.width, call.inputs[0].stream.height};
    const Rect part = region(call, 0, out.rect).clippedTo(whole);
    const Floor floor(stones, part);
    const std::vector<int> owners = stonesIn(stones, floor, part);
    std::vector<float> colours = coloursOf(owners, floor.count(), inputs[0].sub(part));
    vary(stones, floor, look.vary, colours);
    const float joint[4] = {look.joint.r, look.joint.g, look.joint.b, look.joint.a};
    std::vector<float> ways(static_cast<std::size_t>(out.rect.width()));
    Surface surface;
    for (int y = out.rect.y0; y < out.rect.y1; ++y) {
        const int* own = owners.data() + static_cast<std::ptrdiff_t>(y - part.y0) * part.width() + (out.rect.x0 - part.x0);
        findJoints(stones, floor, out.rect.x0, y, own, ways);
        surface.find(look, floor, own, out.rect.x0, y, ways);
        for (int plane = 0; plane < 4; ++plane) {
            float* to = out.row(plane, y);
            for (std::size_t i = 0; i < ways.size(); ++i) {
                const float* stone = colours.data() + static_cast<std::ptrdiff_t>(own[i]) * 4;
                const float lit = plane == alpha ? stone[plane] : stone[plane] * surface.shade[i];
                to[i] = lit * surface.cover[i] + joint[plane] * stone[alpha] * (1.0F - surface.cover[i]);
            }
        }
    }
    return {};
}

} // namespace

extern const Effect effect_mosaic;
const Effect effect_mosaic{
    .name = "mosaic",
    .title = "Mosaic",
    .help = "Lays a picture in stones: hexagons, squares or broken pieces, each in the mean colour of what it covers, with joints between them and a little relief.",
    .tags = {"stylize"},
    .synonyms = {"voronoi", "crystallize", "stained glass", "tiles", "hexagons", "facets", "cells", "low poly"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "cell", .initial = 36.0, .least = 4.0, .most = 1000.0, .step = 1.0, .unit = "px", .title = "Cell", .help = "From one stone to the next"},
        {.name = "shape", .kind = ParamKind::Choice, .initial = std::int64_t{Hexagons}, .title = "Shape", .help = "What the stones are when they are regular", .choices = {"hexagons", "squares"}, .animatable = false},
        {.name = "irregularity", .initial = 0.65, .least = 0.0, .most = 1.0, .title = "Irregularity", .help = "0 is regular, 1 is broken pieces"},
        {.name = "grout", .initial = 2.5, .least = 0.0, .most = 200.0, .step = 0.5, .unit = "px", .title = "Grout", .help = "Width of the joints"},
        {.name = "grout_colour", .kind = ParamKind::Colour, .initial = Colour{0.13, 0.12, 0.12, 1}, .title = "Grout colour"},
        {.name = "relief", .initial = 0.35, .least = 0.0, .most = 1.0, .title = "Relief", .help = "How round the stones look"},
        {.name = "light_angle", .kind = ParamKind::Angle, .initial = 235.0, .step = 1.0, .unit = "deg", .title = "Light", .help = "Where light comes from: 0 is the right, 90 below, 235 above left"},
        {.name = "variation", .initial = 0.15, .least = 0.0, .most = 1.0, .title = "Variation", .help = "How unlike stones of the same tone are"},
        {.name = "seed", .kind = ParamKind::Seed, .initial = std::int64_t{1}, .least = 0, .title = "Seed"},
    },
    .access = Access::Region,
    .region = region,
    .render = render,
};

} // namespace artdag
