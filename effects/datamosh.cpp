// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/base/random.h"
#include "core/effect/effect.h"
#include "core/picture/block_motion.h"
#include "core/picture/cell_grid.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace artdag {
namespace {

int passes(const FrameCall& call)
{
    return call.args.real("corruption") == 0.0 ? 0 : -1;
}

/// A damaged stream goes from one whole picture to the next; between them broken blocks hold on to an older frame.
struct Hold {
    std::int64_t number = 0, length = 1, age = 0; ///< frames
    std::int64_t stale = 0, next = 0;             ///< the frame that is held, and one soon after it, which shows what moves
};

Hold holdAt(const FrameCall& call)
{
    Hold hold;
    hold.length = std::max<std::int64_t>(call.framesOf(call.args.time("hold")), 1);
    hold.number = call.frame / hold.length;
    const std::int64_t start = hold.number * hold.length;
    hold.stale = std::max<std::int64_t>(start - hold.length / 4, 0); // a little older: when blocks heal, others are broken already
    hold.next = hold.stale + std::clamp<std::int64_t>(hold.length / 4, 1, 3);
    hold.age = call.frame - hold.stale;
    return hold;
}

/// Where stale pixels come from: the second film, else the first.
int staleInput(const FrameCall& call)
{
    return std::max(call.input("other"), 0);
}

void needs(const FrameCall& call, std::vector<FrameNeed>& out)
{
    out.push_back({0, call.frame});
    if (passes(call) == 0)
        return;
    const Hold hold = holdAt(call);
    out.push_back({staleInput(call), hold.stale});
    out.push_back({0, hold.stale});
    out.push_back({0, hold.next});
}

Result<void> facts(const Call& call, std::span<StreamFacts> outputs)
{
    outputs[0] = call.inputs[0].stream;
    const int other = call.input("other");
    if (other >= 0) {
        const StreamFacts& stream = call.inputs[static_cast<std::size_t>(other)].stream;
        if (stream.width != outputs[0].width || stream.height != outputs[0].height)
            return fail(Fault::BadInput, "other: must be as large as the picture; put a resize before it");
    }
    return {};
}

/// Halves of a block: the finest pieces. Four by four of them are the largest block, as in codecs that divide blocks.
CellGrid gridOf(const FrameCall& call)
{
    CellGrid grid;
    grid.width = grid.height = std::max(call.px("block") * 0.5, 1.0);
    return grid;
}

Rect region(const FrameCall& call, std::size_t index, Rect out)
{
    const CellGrid grid = gridOf(call);
    if (index == 0)
        return grid.pixelsOf(grid.cellsOf(out));
    return {0, 0, call.inputs[0].stream.width, call.inputs[0].stream.height};
}

double eased(double t)
{
    return t * t * (3.0 - 2.0 * t);
}

/// Value noise, 0–1, on a lattice of whole numbers.
double cloud(std::uint64_t seed, std::uint64_t salt, double x, double y)
{
    const double fx = exact::floor(x), fy = exact::floor(y);
    const auto ix = static_cast<std::uint64_t>(static_cast<std::int64_t>(fx)), iy = static_cast<std::uint64_t>(static_cast<std::int64_t>(fy));
    const double wx = eased(x - fx), wy = eased(y - fy);
    const double top = randomUnit(seed, ix, iy, salt) * (1.0 - wx) + randomUnit(seed, ix + 1, iy, salt) * wx;
    const double bottom = randomUnit(seed, ix, iy + 1, salt) * (1.0 - wx) + randomUnit(seed, ix + 1, iy + 1, salt) * wx;
    return top * (1.0 - wy) + bottom * wy;
}

/// What became of one piece.
struct Piece {
    bool broken = false;
    int dx = 0, dy = 0;      ///< px: how far its pixels were dragged
    float saturation = 1.0F; ///< of its colours
    float tint[3] = {};      ///< times luma
};

/// Everything that decides over pieces.
class Damage {
public:
    Damage(const FrameCall& call, const CellGrid& grid, const ConstPictureView& before, const ConstPictureView& after);
    [[nodiscard]] Piece pieceAt(int column, int row);

private:
    struct Block {
        std::uint64_t level = 0;
        int column = 0, row = 0;
    };
    [[nodiscard]] Block blockOf(int column, int row) const;
    [[nodiscard]] bool isBroken(const Block& block, std::uint64_t bits, int column, int row) const;
    [[nodiscard]] const Motion& motionAt(int column, int row);
    void paintWrong(int column, int row, Piece& piece) const;

    Hold m_hold;
    double m_corruption, m_cluster, m_offset, m_motion, m_drift, m_colour;
    std::uint64_t m_seed;
    double m_cell = 1.0; ///< px of the grids in which motion is sought
    static constexpr int cellsOfPiece = 4;
    LightGrid m_before, m_after;
    std::map<std::pair<int, int>, Motion> m_motions; ///< of blocks of two by two pieces, as they are asked
};

CellGrid fine(const CellGrid& grid, int parts)
{
    CellGrid finer = grid;
    finer.width = finer.height = std::max(grid.width / parts, 1.0);
    return finer;
}

Damage::Damage(const FrameCall& call, const CellGrid& grid, const ConstPictureView& before, const ConstPictureView& after)
    : m_hold(holdAt(call)),
      m_corruption(call.args.real("corruption")),
      m_cluster(call.args.real("cluster")),
      m_offset(call.px("offset")),
      m_motion(call.args.real("motion")),
      m_drift(call.args.real("drift")),
      m_colour(call.args.real("colour")),
      m_seed(randomBits(static_cast<std::uint64_t>(call.args.integer("seed")), static_cast<std::uint64_t>(m_hold.number))),
      m_cell(fine(grid, cellsOfPiece).width),
      m_before(before, fine(grid, cellsOfPiece)),
      m_after(after, fine(grid, cellsOfPiece))
{
}

/// The block that a piece belongs to: mostly 2 × 2 pieces, here and there 4 × 4 or the piece alone.
Damage::Block Damage::blockOf(int column, int row) const
{
    const auto u = [](int value) { return static_cast<std::uint64_t>(static_cast<std::int64_t>(value)); };
    if (randomUnit(m_seed, u(column >> 2), u(row >> 2), 11) < 0.3)
        return {2, column >> 2, row >> 2};
    if (randomUnit(m_seed, u(column >> 1), u(row >> 1), 12) < 0.25)
        return {0, column, row};
    return {1, column >> 1, row >> 1};
}

/// Damage lies in patches that are wider than high, as a torn stream is read; blocks break one after the other.
bool Damage::isBroken(const Block& block, std::uint64_t bits, int column, int row) const
{
    const int size = 1 << block.level, middleX = (column / size) * size, middleY = (row / size) * size;
    const double patch = cloud(m_seed, 1, middleX / 18.0, middleY / 9.0);
    const double room = std::min(m_corruption, 1.0 - m_corruption); // neither end of the range is touched by patches
    const double chance = m_corruption + m_cluster * room * std::clamp((patch - 0.5) * 6.0, -1.0, 1.0);
    if (static_cast<double>(bits >> 40) / 16777216.0 >= chance)
        return false;
    const double onset = 0.75 * (1.0 - std::clamp((patch - 0.35) * 2.5, 0.0, 1.0)) + 0.25 * static_cast<double>(bits & 0xFFFFU) / 65536.0; // from the middle outwards
    const std::int64_t since = m_hold.age - (m_hold.number * m_hold.length - m_hold.stale);                                                // frames since blocks healed
    return m_corruption >= 1.0 || static_cast<double>(since) >= (onset - 0.3) * 0.9 * static_cast<double>(m_hold.length);
}

/// What moved there as the frame was held, in px a frame.
const Motion& Damage::motionAt(int column, int row)
{
    const auto [found, isNew] = m_motions.try_emplace({column >> 1, row >> 1});
    if (isNew) {
        constexpr int reach = 8, margin = 2;
        const int left = (column >> 1) * 2 * cellsOfPiece, top = (row >> 1) * 2 * cellsOfPiece;
        const Rect block{left - margin, top - margin, left + 2 * cellsOfPiece + margin, top + 2 * cellsOfPiece + margin};
        const Motion moved = motionOf(m_before, m_after, block, reach);
        const double frames = static_cast<double>(m_hold.next - m_hold.stale);
        found->second = {moved.x * m_cell / frames, moved.y * m_cell / frames};
    }
    return found->second;
}

/// Wrong direct parts of the two planes of colour difference, alike in a patch: light stays nearly the same.
void Damage::paintWrong(int column, int row, Piece& piece) const
{
    const double where = cloud(m_seed, 5, column / 7.0, row / 5.0);
    const double strength = std::clamp((m_colour * 1.4 - where) * 5.0, 0.0, 1.0);
    const double cr = (cloud(m_seed, 6, column / 9.0, row / 9.0) * 2.0 - 1.0) * strength, cb = (cloud(m_seed, 7, column / 9.0, row / 9.0) * 2.0 - 1.0) * strength;
    piece.saturation = static_cast<float>(1.0 + 0.7 * strength);
    piece.tint[red] = static_cast<float>(cr * 1.2);
    piece.tint[green] = static_cast<float>(-cr * 0.36 - cb * 0.12);
    piece.tint[blue] = static_cast<float>(cb * 1.2);
}

Piece Damage::pieceAt(int column, int row)
{
    const Block block = blockOf(column, row);
    const std::uint64_t bits = randomBits(m_seed, block.level, static_cast<std::uint64_t>(static_cast<std::int64_t>(block.column)), static_cast<std::uint64_t>(static_cast<std::int64_t>(block.row)));
    Piece piece;
    piece.broken = isBroken(block, bits, column, row);
    if (!piece.broken)
        return piece;
    const int size = 1 << block.level;
    const int firstColumn = block.column * size, firstRow = block.row * size;
    const double age = static_cast<double>(m_hold.age + 1), grown = 1.0 - m_drift + m_drift * age / static_cast<double>(m_hold.length);
    // Blocks near to each other flow alike; a few go their own way.
    const double own = (bits >> 16 & 0xFFU) < 12U ? 0.8 : 0.04;
    const auto flow = [&](std::uint64_t salt, int shift) {
        const double stream = std::clamp((cloud(m_seed, salt, firstColumn / 14.0, firstRow / 14.0) - 0.5) * 3.0, -1.0, 1.0);
        const double alone = static_cast<double>(bits >> shift & 0xFFU) / 127.5 - 1.0;
        return (stream * (1.0 - own) + alone * own) * m_offset * grown;
    };
    const Motion still, &moved = m_motion > 0.0 ? motionAt(firstColumn, firstRow) : still;
    piece.dx = static_cast<int>(exact::floor(flow(2, 24) + m_motion * moved.x * age + 0.5));
    piece.dy = static_cast<int>(exact::floor(flow(3, 32) + m_motion * moved.y * age + 0.5));
    if (m_colour > 0.0)
        paintWrong(firstColumn, firstRow, piece);
    return piece;
}

/// Displaced stale pixels, and upon them what the present frame differs by from its own mean.
void drawRow(const ConstPictureView& now, const ConstPictureView& stale, float ghost, const Piece& piece, const float* mean, const Rect& part, int y, PictureView out)
{
    const Rect whole = stale.rect;
    const int sourceY = std::clamp(y - piece.dy, whole.y0, whole.y1 - 1);
    const float* from[4] = {stale.row(red, sourceY), stale.row(green, sourceY), stale.row(blue, sourceY), stale.row(alpha, sourceY)};
    const float* fresh[3] = {now.row(red, y) - now.rect.x0, now.row(green, y) - now.rect.x0, now.row(blue, y) - now.rect.x0};
    float* to[4] = {out.row(red, y) - out.rect.x0, out.row(green, y) - out.rect.x0, out.row(blue, y) - out.rect.x0, out.row(alpha, y) - out.rect.x0};
    for (int x = part.x0; x < part.x1; ++x) {
        const int at = std::clamp(x - piece.dx, whole.x0, whole.x1 - 1) - whole.x0;
        const float cover = from[alpha][at];
        const float luma = 0.2126F * from[red][at] + 0.7152F * from[green][at] + 0.0722F * from[blue][at];
        for (int plane = 0; plane < 3; ++plane) {
            const float wrong = luma + (from[plane][at] - luma) * piece.saturation + luma * piece.tint[plane];
            to[plane][x] = std::max(wrong + ghost * (fresh[plane][x] - mean[plane]) * cover, 0.0F);
        }
        to[alpha][x] = cover;
    }
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    copy(inputs[0], out);
    if (passes(call) == 0)
        return {};
    const CellGrid grid = gridOf(call);
    const Rect cells = grid.cellsOf(out.rect);
    const Rect whole{0, 0, call.inputs[0].stream.width, call.inputs[0].stream.height};
    const CellMeans means(inputs[0].sub(grid.pixelsOf(cells).clippedTo(whole)), grid, cells);
    Damage damage(call, grid, inputs[2].sub(whole), inputs[3].sub(whole));
    const ConstPictureView stale = inputs[1].sub(whole);
    const auto ghost = static_cast<float>(call.args.real("ghost"));
    for (int row = cells.y0; row < cells.y1; ++row) {
        for (int column = cells.x0; column < cells.x1; ++column) {
            const Piece piece = damage.pieceAt(column, row);
            if (!piece.broken)
                continue;
            const Rect part = grid.pixelsOf(column, row).clippedTo(out.rect);
            for (int y = part.y0; y < part.y1; ++y)
                drawRow(inputs[0], stale, ghost, piece, means.at(column, row), part, y, out);
        }
    }
    return {};
}

} // namespace

extern const Effect effect_datamosh;
const Effect effect_datamosh{
    .name = "datamosh",
    .title = "Datamosh",
    .help = "Breaks a film like a damaged stream: blocks hold on to an older frame and are dragged on by what moved in it, while the present shows through as a ghost, "
            "until the next whole picture heals them. With a second film its pixels melt into the first. Corruption 0 changes nothing.",
    .tags = {"stylize", "glitch"},
    .synonyms = {"data moshing", "compression artefacts", "p-frame", "i-frame removal", "bloom", "glitch", "melt"},
    .inputs = {{.name = "picture", .title = "Picture"}, {.name = "other", .title = "Other film", .optional = true}},
    .params = {
        {.name = "corruption", .initial = 0.5, .least = 0.0, .most = 1.0, .title = "Corruption", .help = "Which part of the blocks breaks"},
        {.name = "block", .initial = 32.0, .least = 4.0, .most = 400.0, .step = 1.0, .unit = "px", .title = "Block", .help = "Usual width of a block; some are half as wide, some twice"},
        {.name = "hold", .kind = ParamKind::Time, .initial = Moment{flicksPerSecond}, .least = 0.0, .most = 60.0, .unit = "s", .title = "Hold", .help = "From one whole picture to the next", .animatable = false},
        {.name = "motion", .initial = 2.0, .least = 0.0, .most = 8.0, .title = "Motion", .help = "How far the film's own motion drags the blocks; 1 is as far as things move", .group = "Drag"},
        {.name = "offset", .initial = 60.0, .least = 0.0, .most = 1000.0, .step = 1.0, .unit = "px", .title = "Offset", .help = "How far they flow besides", .group = "Drag"},
        {.name = "drift", .initial = 1.0, .least = 0.0, .most = 1.0, .title = "Drift", .help = "0 has the whole offset at once, 1 lets it grow until the blocks heal", .group = "Drag"},
        {.name = "ghost", .initial = 0.35, .least = 0.0, .most = 1.0, .title = "Ghost", .help = "How much of the present frame's detail shows through"},
        {.name = "colour", .initial = 0.3, .least = 0.0, .most = 1.0, .title = "Colour", .help = "How much of the damage has wrong colours"},
        {.name = "cluster", .initial = 0.95, .least = 0.0, .most = 1.0, .title = "Cluster", .help = "0 scatters the damage, 1 gathers it in patches"},
        {.name = "seed", .kind = ParamKind::Seed, .initial = std::int64_t{1}, .least = 0, .title = "Seed"},
    },
    .access = Access::Whole,
    .timeDependent = true,
    .facts = facts,
    .needs = needs,
    .passes = passes,
    .region = region,
    .render = render,
};

} // namespace artdag
