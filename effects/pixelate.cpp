// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"
#include "core/effect/linear_colour.h"
#include "core/picture/cell_grid.h"

#include <algorithm>
#include <cmath>

namespace artdag {
namespace {

enum Shape {
    Square,
    Round,
    Diamond,
};
enum Pick {
    Mean,
    Centre,
    Darkest,
    Brightest,
};

int passes(const FrameCall& call)
{
    const bool plain = call.args.choice("shape") == Square && call.args.real("gap") == 0.0;
    return plain && call.args.real("cell") == 1.0 && call.args.real("stretch") == 1.0 ? 0 : -1;
}

CellGrid gridOf(const FrameCall& call)
{
    const Vec2 centre = call.args.vec2("centre");
    CellGrid grid;
    grid.width = std::max(call.px("cell"), 1.0);
    grid.height = std::max(call.px("cell") * call.args.real("stretch"), 1.0);
    grid.x0 = centre.x * call.inputs[0].stream.width;
    grid.y0 = centre.y * call.inputs[0].stream.height;
    return grid;
}

Rect region(const FrameCall& call, std::size_t, Rect out)
{
    const CellGrid grid = gridOf(call);
    return grid.pixelsOf(grid.cellsOf(out));
}

float lumaAt(const ConstPictureView& in, int x, int y)
{
    return 0.2126F * in.at(red, x, y) + 0.7152F * in.at(green, x, y) + 0.0722F * in.at(blue, x, y);
}

/// Puts one pixel of each cell in the place of its mean.
void pick(int kind, const ConstPictureView& in, const CellGrid& grid, CellMeans& means)
{
    const Rect cells = means.cells();
    for (int row = cells.y0; row < cells.y1; ++row) {
        for (int column = cells.x0; column < cells.x1; ++column) {
            const Rect part = grid.pixelsOf(column, row).clippedTo(in.rect);
            if (part.empty())
                continue;
            int bestX = (part.x0 + part.x1 - 1) / 2, bestY = (part.y0 + part.y1 - 1) / 2;
            const float sign = kind == Brightest ? 1.0F : -1.0F;
            for (int y = part.y0; y < part.y1 && kind != Centre; ++y)
                for (int x = part.x0; x < part.x1; ++x)
                    if ((lumaAt(in, x, y) - lumaAt(in, bestX, bestY)) * sign > 0.0F)
                        bestX = x, bestY = y;
            for (int plane = 0; plane < 4; ++plane)
                means.at(column, row)[plane] = in.at(plane, bestX, bestY);
        }
    }
}

/// How the tiles lie in their cells.
struct Tile {
    int shape = Square;
    double half = 0.5, softness = 1.0; ///< of the cell's width; px
    double width = 1.0, height = 1.0;

    /// Coverage of the pixel whose middle is (x, y) px from the middle of the cell, one pixel soft.
    [[nodiscard]] float cover(double x, double y) const
    {
        const double across = std::abs(x) - half * width, down = std::abs(y) - half * height;
        double outside = std::max(across, down);
        if (shape == Round)
            outside = (std::sqrt(x * x / (width * width) + y * y / (height * height)) - half) * std::min(width, height);
        else if (shape == Diamond) // its edge leans, so the way to it is shorter than along an axis
            outside = (std::abs(x) / width + std::abs(y) / height - half) * width * height / std::sqrt(width * width + height * height);
        return static_cast<float>(std::clamp(0.5 - outside, 0.0, 1.0));
    }
};

void drawTiles(const Tile& tile, const CellGrid& grid, const CellMeans& means, const LinearColour& behind, PictureView out)
{
    const float paper[4] = {behind.r, behind.g, behind.b, behind.a};
    const Rect cells = grid.cellsOf(out.rect);
    std::vector<float> cover(static_cast<std::size_t>(out.rect.width()));
    for (int y = out.rect.y0; y < out.rect.y1; ++y) {
        const int row = grid.rowOf(y);
        for (int column = cells.x0; column < cells.x1; ++column) {
            const Rect part = grid.pixelsOf(column, row).clippedTo(out.rect);
            for (int x = part.x0; x < part.x1; ++x)
                cover[static_cast<std::size_t>(x - out.rect.x0)] = tile.cover(x + 0.5 - grid.x0 - (column + 0.5) * grid.width, y + 0.5 - grid.y0 - (row + 0.5) * grid.height);
            const float* colour = means.at(column, row);
            for (int plane = 0; plane < 4; ++plane) {
                float* to = out.row(plane, y) - out.rect.x0;
                for (int x = part.x0; x < part.x1; ++x) {
                    const float ink = cover[static_cast<std::size_t>(x - out.rect.x0)];
                    to[x] = colour[plane] * ink + paper[plane] * colour[alpha] * (1.0F - ink);
                }
            }
        }
    }
}

void fillCells(const CellGrid& grid, const CellMeans& means, PictureView out)
{
    const Rect cells = grid.cellsOf(out.rect);
    for (int row = cells.y0; row < cells.y1; ++row) {
        const Rect line = Rect{out.rect.x0, grid.top(row), out.rect.x1, grid.top(row + 1)}.clippedTo(out.rect);
        for (int plane = 0; plane < 4; ++plane) {
            for (int column = cells.x0; column < cells.x1; ++column) {
                const int x0 = std::max(grid.left(column), line.x0), x1 = std::min(grid.left(column + 1), line.x1);
                std::fill(out.row(plane, line.y0) + (x0 - line.x0), out.row(plane, line.y0) + (x1 - line.x0), means.at(column, row)[plane]);
            }
            for (int y = line.y0 + 1; y < line.y1; ++y)
                std::copy_n(out.row(plane, line.y0), line.width(), out.row(plane, y));
        }
    }
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    if (passes(call) == 0) {
        copy(inputs[0], out);
        return {};
    }
    const CellGrid grid = gridOf(call);
    const Rect cells = grid.cellsOf(out.rect);
    const Rect whole{0, 0, call.inputs[0].stream.width, call.inputs[0].stream.height};
    const ConstPictureView in = inputs[0].sub(grid.pixelsOf(cells).clippedTo(whole));
    CellMeans means(in, grid, cells);
    if (call.args.choice("colour") != Mean)
        pick(call.args.choice("colour"), in, grid, means);
    const double gap = call.args.real("gap");
    if (call.args.choice("shape") == Square && gap == 0.0) {
        fillCells(grid, means, out);
        return {};
    }
    const Tile tile{.shape = call.args.choice("shape"), .half = 0.5 * (1.0 - gap), .width = grid.width, .height = grid.height};
    drawTiles(tile, grid, means, linearOf(call.args.colour("background")), out);
    return {};
}

} // namespace

extern const Effect effect_pixelate;
const Effect effect_pixelate{
    .name = "pixelate",
    .title = "Pixelate",
    .help = "Shows a picture in large square pixels, or as a wall of round or diamond lamps. A cell of 1 px changes nothing.",
    .tags = {"stylize"},
    .synonyms = {"mosaic", "pixelize", "blocks", "censor", "low resolution", "8-bit", "led wall", "pixel art"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "cell", .initial = 24.0, .least = 1.0, .most = 1000.0, .step = 1.0, .unit = "px", .title = "Cell", .help = "Width of a large pixel"},
        {.name = "stretch", .initial = 1.0, .least = 0.1, .most = 10.0, .title = "Stretch", .help = "Its height as a multiple of its width"},
        {.name = "colour", .kind = ParamKind::Choice, .initial = std::int64_t{Mean}, .title = "Colour", .help = "Which colour stands for a cell", .choices = {"mean", "centre", "darkest", "brightest"}, .animatable = false},
        {.name = "shape", .kind = ParamKind::Choice, .initial = std::int64_t{Square}, .title = "Shape", .choices = {"square", "round", "diamond"}, .animatable = false},
        {.name = "gap", .initial = 0.0, .least = 0.0, .most = 1.0, .title = "Gap", .help = "How much of a cell's width lies between two shapes"},
        {.name = "background", .kind = ParamKind::Colour, .initial = Colour{0.02, 0.02, 0.025, 1}, .title = "Background", .help = "Seen between the shapes"},
        {.name = "centre", .kind = ParamKind::Point, .initial = Vec2{0.5, 0.5}, .least = -1.0, .most = 2.0, .title = "Centre", .help = "Where four cells meet; 0, 0 is top left, 1, 1 bottom right"},
    },
    .access = Access::Region,
    .passes = passes,
    .region = region,
    .render = render,
};

} // namespace artdag
