// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/effect/effect.h"
#include "core/picture/sample.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace artdag {
namespace {

enum Mirrored {
    None,
    Horizontal,
    Vertical,
    Both,
};

/// Tiles end on whole pixels, so that most of them are copies of each other; `offset` moves all of them by any part of a pixel.
struct Axis {
    int size, count;
    double offset; ///< px

    [[nodiscard]] int border(std::int64_t tile) const
    {
        const std::int64_t round = tile >= 0 ? tile / count : -((count - 1 - tile) / count);
        const std::int64_t within = tile - round * count;
        return static_cast<int>(round * size + (within * size + count / 2) / count);
    }
    /// The tile that holds a place, or the one before it.
    [[nodiscard]] std::int64_t tileBefore(double place) const
    {
        return static_cast<std::int64_t>(exact::floor((place - offset) / size * count)) - 1;
    }
};

double inOneRound(double offset, int size)
{
    return exact::fmod(offset, 2.0 * size); // mirrored tiles come again after two
}

struct Layout {
    Axis across, down;
    double stagger; ///< px by which every other row is moved
    bool mirrorsX, mirrorsY;

    explicit Layout(const FrameCall& call)
    {
        const Vec2 offset = call.args.vec2("offset");
        const int columns = std::min(static_cast<int>(call.args.integer("columns")), call.out.width);
        const int rows = std::min(static_cast<int>(call.args.integer("rows")), call.out.height);
        across = {call.out.width, columns, offset.x * call.out.width / columns};
        down = {call.out.height, rows, inOneRound(offset.y * call.out.height / rows, call.out.height)};
        stagger = call.args.real("stagger") * call.out.width / columns;
        if (static_cast<Filter>(call.args.choice("filter")) == Filter::Nearest) // no part of a pixel is anybody's
            for (double* length : {&across.offset, &down.offset, &stagger})
                *length = exact::floor(*length + 0.5);
        const int mirror = call.args.choice("mirror");
        mirrorsX = mirror == Horizontal || mirror == Both;
        mirrorsY = mirror == Vertical || mirror == Both;
    }
    [[nodiscard]] Axis acrossInRow(std::int64_t row) const
    {
        Axis axis = across;
        axis.offset = inOneRound(axis.offset + ((row & 1) != 0 ? stagger : 0.0), axis.size);
        return axis;
    }
};

/// A tile as pixels: its size, by how much of a pixel it lies to the right and below, and whether it is turned over.
struct Look {
    int width, height;
    double x, y;
    bool turnsX, turnsY;
    bool operator<(const Look& other) const { return std::tie(width, height, x, y, turnsX, turnsY) < std::tie(other.width, other.height, other.x, other.y, other.turnsX, other.turnsY); }
};

class Tiles {
public:
    Tiles(const ConstPictureView& from, const StreamFacts& in, Filter filter)
        : m_from(from),
          m_in(in),
          m_filter(filter)
    {
    }

    /// Adds the tile whose top left pixel is (x, y). Border pixels hold the share that is theirs; the neighbours bring the rest.
    void add(const Look& look, int x, int y, PictureView out)
    {
        const ConstPictureView tile = tileOf(look);
        const Rect part = Rect{x, y, x + tile.rect.width(), y + tile.rect.height()}.clippedTo(out.rect);
        if (part.empty())
            return;
        for (int plane = 0; plane < 4; ++plane)
            for (int line = part.y0; line < part.y1; ++line) {
                const float* __restrict from = &tile.at(plane, part.x0 - x, line - y);
                float* __restrict to = &out.at(plane, part.x0, line);
                for (int i = 0; i < part.width(); ++i)
                    to[i] = to[i] + from[i];
            }
    }

private:
    ConstPictureView tileOf(const Look& look)
    {
        const auto [found, isNew] = m_tiles.try_emplace(look);
        if (isNew) {
            const double scaleX = static_cast<double>(look.width) / m_in.width, scaleY = static_cast<double>(look.height) / m_in.height;
            const Affine place{look.turnsX ? -scaleX : scaleX, 0, look.x + (look.turnsX ? look.width : 0), 0, look.turnsY ? -scaleY : scaleY, look.y + (look.turnsY ? look.height : 0)};
            found->second = Picture(Rect{0, 0, look.width + (look.x > 0 ? 1 : 0), look.height + (look.y > 0 ? 1 : 0)});
            sampleAffine(m_from, m_in.width, m_in.height, inverted(place), m_filter, Edge::Transparent, found->second.view());
        }
        return std::as_const(found->second).view();
    }

    ConstPictureView m_from;
    StreamFacts m_in;
    Filter m_filter;
    std::map<Look, Picture> m_tiles;
};

Rect region(const FrameCall& call, std::size_t, Rect)
{
    return {0, 0, call.inputs[0].stream.width, call.inputs[0].stream.height};
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    clear(out);
    const Layout layout(call);
    Tiles tiles(inputs[0], call.inputs[0].stream, static_cast<Filter>(call.args.choice("filter")));
    for (std::int64_t row = layout.down.tileBefore(out.rect.y0); layout.down.border(row) + layout.down.offset < out.rect.y1; ++row) {
        const double y = layout.down.border(row) + layout.down.offset;
        const double top = exact::floor(y);
        const Axis across = layout.acrossInRow(row);
        for (std::int64_t column = across.tileBefore(out.rect.x0); across.border(column) + across.offset < out.rect.x1; ++column) {
            const double x = across.border(column) + across.offset;
            const double left = exact::floor(x);
            const Look look{across.border(column + 1) - across.border(column), layout.down.border(row + 1) - layout.down.border(row), x - left, y - top,
                layout.mirrorsX && (column & 1) != 0, layout.mirrorsY && (row & 1) != 0};
            if (left + look.width + 1 > out.rect.x0 && top + look.height + 1 > out.rect.y0)
                tiles.add(look, static_cast<int>(left), static_cast<int>(top), out);
        }
    }
    return {};
}

} // namespace

extern const Effect effect_tile_grid;
const Effect effect_tile_grid{
    .name = "tile_grid",
    .title = "Tile grid",
    .help = "Fills the frame with small copies of a picture in columns and rows, like wallpaper; mirrored ones join without a seam.",
    .tags = {"transform"},
    .synonyms = {"motion tile", "repeat", "repetile", "wallpaper", "pattern", "copies", "replicate", "tile"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "columns", .kind = ParamKind::Integer, .initial = std::int64_t{3}, .least = 1, .most = 128, .step = 1, .title = "Columns"},
        {.name = "rows", .kind = ParamKind::Integer, .initial = std::int64_t{3}, .least = 1, .most = 128, .step = 1, .title = "Rows"},
        {.name = "mirror", .kind = ParamKind::Choice, .initial = std::int64_t{None}, .title = "Mirror", .help = "Turns over every other column, every other row, or both", .choices = {"none", "horizontal", "vertical", "both"}, .animatable = false},
        {.name = "offset", .kind = ParamKind::Point, .initial = Vec2{0, 0}, .least = -99.5, .most = 99.5, .title = "Offset", .help = "Moves the tiles to the right and down; 1 is a whole tile"},
        {.name = "stagger", .initial = 0.0, .least = 0.0, .most = 1.0, .title = "Stagger", .help = "Moves every other row, like bricks; 0.5 is half a tile"},
        {.name = "filter", .kind = ParamKind::Choice, .initial = static_cast<std::int64_t>(Filter::Bicubic), .title = "Filter", .choices = filterNames(), .animatable = false},
    },
    .access = Access::Region,
    .region = region,
    .render = render,
};

} // namespace artdag
