// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/base/random.h"
#include "core/effect/effect.h"
#include "core/effect/gradient_table.h"
#include "core/picture/row_math.h"

#include <algorithm>
#include <string>

namespace artdag {
namespace {

enum Kind {
    Elementary,
    Life,
    Cyclic,
};

using Cells = std::vector<std::uint8_t>;

/// The board: a ring, or a torus. Every frame is worked out from the first generation anew, so that it needs no memory.
struct Board {
    int kind = Cyclic;
    std::size_t columns = 1, rows = 1; ///< rows of an elementary automaton are its visible generations
    double cell = 1;                   ///< px
    std::int64_t generation = 0;
    double part = 0; ///< of the next generation, where a picture scrolls
    std::uint64_t seed = 0;
    double density = 0.5;
    bool single = false;
    int rule = 30, states = 14;
    unsigned born = 1U << 3, stays = 1U << 2 | 1U << 3; ///< bit n: with n neighbours
    float trail = 0;
};

/// `B3/S23`, `B3 S23`: with how many neighbours a cell is born, and stays alive.
Result<void> readLifeRule(const std::string& text, unsigned& born, unsigned& stays)
{
    born = stays = 0;
    unsigned* into = nullptr;
    for (const char c : text) {
        if (c == 'B' || c == 'b')
            into = &born;
        else if (c == 'S' || c == 's')
            into = &stays;
        else if (c >= '0' && c <= '8' && into != nullptr)
            *into |= 1U << (c - '0');
        else if (c != '/' && c != ' ')
            into = nullptr;
        if (into == nullptr && c != ' ')
            break;
    }
    if (into == nullptr)
        return fail(Fault::BadInput, "life_rule: '" + text + "' is no rule of life; write B, with how many neighbours a cell is born, S, with how many it stays, as in B3 S23");
    return {};
}

double generationOf(const FrameCall& call)
{
    const double all = std::max(call.args.real("evolution") + call.args.real("speed") * call.t(), 0.0);
    const auto restart = static_cast<double>(call.args.integer("restart"));
    const double left = exact::fmod(all, restart);
    return call.args.choice("kind") == Elementary ? left : exact::floor(left + 1e-9); // a frame that begins a generation shows it
}

Result<Board> boardOf(const FrameCall& call)
{
    Board board;
    board.kind = call.args.choice("kind");
    const double wanted = static_cast<double>(call.out.width) / static_cast<double>(call.args.integer("columns"));
    board.cell = std::max(wanted, call.out.height / 2048.0);
    board.columns = static_cast<std::size_t>(std::max(exact::floor(call.out.width / board.cell + 0.999), 3.0));
    board.rows = static_cast<std::size_t>(std::max(exact::floor(call.out.height / board.cell + 0.999), 3.0)) + (board.kind == Elementary ? 1 : 0);
    const double generation = generationOf(call);
    board.generation = static_cast<std::int64_t>(generation);
    board.part = generation - exact::floor(generation);
    board.seed = static_cast<std::uint64_t>(call.args.integer("seed"));
    board.density = call.args.real("density");
    board.single = call.args.boolean("single");
    board.rule = static_cast<int>(call.args.integer("rule"));
    board.states = static_cast<int>(call.args.integer("states"));
    board.trail = static_cast<float>(call.args.real("trail"));
    TRY(readLifeRule(call.args.text("life_rule"), board.born, board.stays));
    return board;
}

/// Tones of the visible generations, one a row, the oldest on top.
std::vector<float> elementaryTones(const Board& board)
{
    const std::size_t n = board.columns;
    Cells cells(n + 2), next(n + 2); // with the ring's other end on each side
    for (std::size_t i = 0; i < n; ++i)
        cells[i + 1] = board.single ? static_cast<std::uint8_t>(i == n / 2) : static_cast<std::uint8_t>(randomUnit(board.seed, i) < board.density);
    std::vector<float> heat(n), tones(n * board.rows);
    const std::int64_t last = board.generation + static_cast<std::int64_t>(board.rows);
    const auto rule = static_cast<unsigned>(board.rule);
    for (std::int64_t generation = 0; generation < last; ++generation) {
        for (std::size_t i = 0; i < n; ++i)
            heat[i] = cells[i + 1] != 0 ? 1.0F : heat[i] * board.trail;
        if (generation >= board.generation)
            std::copy(heat.begin(), heat.end(), tones.begin() + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(generation - board.generation) * n));
        cells[0] = cells[n], cells[n + 1] = cells[1];
        for (std::size_t i = 1; i <= n; ++i)
            next[i] = static_cast<std::uint8_t>(rule >> (cells[i - 1] * 4U + cells[i] * 2U + cells[i + 1]) & 1U);
        cells.swap(next);
    }
    return tones;
}

/// A board with a border that repeats its other side.
struct Torus {
    std::size_t columns, rows, stride;
    Cells cells;

    Torus(std::size_t across, std::size_t down)
        : columns(across),
          rows(down),
          stride(across + 2),
          cells(stride * (down + 2)) {}
    [[nodiscard]] std::uint8_t* row(std::size_t y) { return cells.data() + (y + 1) * stride + 1; }
    void close()
    {
        for (std::size_t y = 0; y < rows; ++y) {
            std::uint8_t* line = row(y);
            line[-1] = line[columns - 1];
            line[columns] = line[0];
        }
        std::copy_n(row(rows - 1) - 1, stride, cells.data());
        std::copy_n(row(0) - 1, stride, cells.data() + (rows + 1) * stride);
    }
};

void liveOn(Torus& from, Torus& to, const Board& board)
{
    std::uint8_t next[2][9];
    for (unsigned i = 0; i < 9; ++i)
        next[0][i] = static_cast<std::uint8_t>(board.born >> i & 1U), next[1][i] = static_cast<std::uint8_t>(board.stays >> i & 1U);
    const auto stride = static_cast<std::ptrdiff_t>(from.stride);
    Cells counts(from.columns);
    for (std::size_t y = 0; y < from.rows; ++y) {
        const std::uint8_t* at = from.row(y);
        std::uint8_t* out = to.row(y);
        for (std::ptrdiff_t x = 0; x < static_cast<std::ptrdiff_t>(from.columns); ++x)
            counts[static_cast<std::size_t>(x)] = static_cast<std::uint8_t>(at[x - stride - 1] + at[x - stride] + at[x - stride + 1] + at[x - 1]
                + at[x + 1] + at[x + stride - 1] + at[x + stride] + at[x + stride + 1]);
        for (std::size_t x = 0; x < from.columns; ++x)
            out[x] = next[at[x]][counts[x]];
    }
}

/// A state is eaten by the next one, where that is a neighbour; the last is eaten by the first (Griffeath).
void eatOn(Torus& from, Torus& to, const Board& board)
{
    const auto stride = static_cast<std::ptrdiff_t>(from.stride);
    const auto last = static_cast<std::uint8_t>(board.states - 1);
    for (std::size_t y = 0; y < from.rows; ++y) {
        const std::uint8_t* __restrict at = from.row(y);
        std::uint8_t* __restrict out = to.row(y);
        for (std::ptrdiff_t x = 0; x < static_cast<std::ptrdiff_t>(from.columns); ++x) {
            const std::uint8_t own = at[x];
            const auto next = static_cast<std::uint8_t>(own == last ? 0 : own + 1);
            const int eaten = (at[x - 1] == next) | (at[x + 1] == next) | (at[x - stride] == next) | (at[x + stride] == next);
            out[x] = eaten != 0 ? next : own;
        }
    }
}

std::vector<float> torusTones(const Board& board)
{
    Torus now(board.columns, board.rows), next(board.columns, board.rows);
    const std::size_t n = board.columns;
    for (std::size_t y = 0; y < board.rows; ++y)
        for (std::size_t x = 0; x < n; ++x) {
            const double chance = randomUnit(board.seed, x, y + 1);
            now.row(y)[x] = static_cast<std::uint8_t>(board.kind == Life ? chance < board.density : chance * board.states);
        }
    std::vector<float> tones(n * board.rows);
    // What glowed longer ago is darker than an eye can see.
    const std::int64_t glowing = std::max<std::int64_t>(board.generation - 256, 0);
    for (std::int64_t generation = 0;; ++generation) {
        if (board.kind == Life && generation >= glowing)
            for (std::size_t y = 0; y < board.rows; ++y)
                for (std::size_t x = 0; x < n; ++x)
                    tones[y * n + x] = now.row(y)[x] != 0 ? 1.0F : tones[y * n + x] * board.trail;
        if (generation == board.generation)
            break;
        now.close();
        board.kind == Life ? liveOn(now, next, board) : eatOn(now, next, board);
        std::swap(now.cells, next.cells);
    }
    if (board.kind == Cyclic)
        for (std::size_t y = 0; y < board.rows; ++y)
            for (std::size_t x = 0; x < n; ++x)
                tones[y * n + x] = upAndDown(static_cast<float>(now.row(y)[x]) / static_cast<float>(board.states));
    return tones;
}

/// Which cells a pixel lies on, and how much of it.
struct Share {
    std::size_t first = 0, last = 0;
    float inFirst = 1, inLast = 0, inOthers = 0;
};

Share shareOf(int pixel, double shift, double cell, std::size_t count)
{
    const double from = pixel / cell + shift, to = (pixel + 1) / cell + shift;
    const double first = exact::floor(from), last = exact::floor(to);
    auto held = [&](double place) { return static_cast<std::size_t>(std::clamp(place, 0.0, static_cast<double>(count - 1))); };
    if (last <= first)
        return {held(first), held(first), 1, 0, 0};
    return {held(first), held(last), static_cast<float>((first + 1 - from) * cell), static_cast<float>((to - last) * cell), static_cast<float>(cell)};
}

/// The mean colour of what a pixel lies on.
void paintRow(const std::vector<LinearColour>& cells, std::size_t columns, const Share& down, const std::vector<Share>& across, int y, PictureView out)
{
    for (std::size_t i = 0; i < across.size(); ++i) {
        LinearColour sum{0, 0, 0, 0};
        for (std::size_t row = down.first; row <= down.last; ++row) {
            const float tall = row == down.first ? down.inFirst : row == down.last ? down.inLast
                                                                                   : down.inOthers;
            const Share& wide = across[i];
            for (std::size_t column = wide.first; column <= wide.last; ++column) {
                const float share = tall * (column == wide.first ? wide.inFirst : column == wide.last ? wide.inLast
                                                                                                      : wide.inOthers);
                const LinearColour& c = cells[row * columns + column];
                sum = {sum.r + c.r * share, sum.g + c.g * share, sum.b + c.b * share, sum.a + c.a * share};
            }
        }
        out.row(red, y)[i] = sum.r, out.row(green, y)[i] = sum.g, out.row(blue, y)[i] = sum.b, out.row(alpha, y)[i] = std::min(sum.a, 1.0F);
    }
}

Result<void> facts(const Call& call, std::span<StreamFacts> outputs)
{
    outputs[0].width = call.canvas.width;
    outputs[0].height = call.canvas.height;
    unsigned born = 0, stays = 0;
    return readLifeRule(call.args.text("life_rule"), born, stays);
}

void moment(const FrameCall& call, std::vector<double>& out)
{
    out.push_back(generationOf(call));
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView>, PictureView out)
{
    const Board board = TRY(boardOf(call));
    const std::vector<float> tones = board.kind == Elementary ? elementaryTones(board) : torusTones(board);
    const GradientTable colours(call.args.gradient("colours"));
    std::vector<LinearColour> cells(tones.size());
    std::transform(tones.begin(), tones.end(), cells.begin(), [&](float tone) { return colours.at(tone); });
    std::vector<Share> across;
    for (int x = out.rect.x0; x < out.rect.x1; ++x)
        across.push_back(shareOf(x, 0, board.cell, board.columns));
    for (int y = out.rect.y0; y < out.rect.y1; ++y)
        paintRow(cells, board.columns, shareOf(y, board.part, board.cell, board.rows), across, y, out);
    return {};
}

} // namespace

extern const Effect effect_cellular_automata;
const Effect effect_cellular_automata{
    .name = "cellular_automata",
    .title = "Cellular automata",
    .help = "Cells that live by a rule about their neighbours: elementary automata as a picture of their generations, the game of life, or states that eat each other and wind up to spirals. Every frame is worked out from the first generation.",
    .tags = {"generate", "pattern"},
    .synonyms = {"game of life", "conway", "rule 30", "rule 110", "wolfram", "cellauto", "life", "spirals", "pixels", "belousov"},
    .params = {
        {.name = "kind", .kind = ParamKind::Choice, .initial = std::int64_t{Cyclic}, .title = "Kind", .choices = {"elementary", "life", "cyclic"}, .animatable = false},
        {.name = "columns", .kind = ParamKind::Integer, .initial = std::int64_t{240}, .least = 4, .most = 960, .step = 1, .title = "Columns", .help = "Cells across the canvas", .animatable = false},
        {.name = "rule", .kind = ParamKind::Integer, .initial = std::int64_t{30}, .least = 0, .most = 255, .step = 1, .title = "Rule", .help = "Of the elementary automaton, by Wolfram's number: 30, 90 and 110 are famous", .group = "Rules", .animatable = false},
        {.name = "life_rule", .kind = ParamKind::Text, .initial = std::string("B3 S23"), .title = "Rule of life", .help = "With how many of eight neighbours a cell is born, and with how many it stays alive", .group = "Rules", .animatable = false},
        {.name = "states", .kind = ParamKind::Integer, .initial = std::int64_t{12}, .least = 3, .most = 32, .step = 1, .title = "States", .help = "Of the cyclic automaton; more take longer to find their spirals", .group = "Rules", .animatable = false},
        {.name = "single", .kind = ParamKind::Boolean, .initial = false, .title = "Single cell", .help = "The elementary automaton begins with one living cell", .group = "Beginning", .animatable = false},
        {.name = "density", .initial = 0.4, .least = 0.0, .most = 1.0, .title = "Density", .help = "How many cells live at the beginning", .group = "Beginning", .animatable = false},
        {.name = "seed", .kind = ParamKind::Seed, .initial = std::int64_t{1}, .least = 0, .title = "Seed", .group = "Beginning"},
        {.name = "evolution", .initial = 240.0, .step = 1.0, .title = "Evolution", .help = "In generations", .group = "Motion"},
        {.name = "speed", .initial = 15.0, .least = -240.0, .most = 240.0, .step = 1.0, .unit = "1/s", .title = "Speed", .help = "Generations a second", .group = "Motion"},
        {.name = "restart", .kind = ParamKind::Integer, .initial = std::int64_t{2000}, .least = 1, .most = 20000, .step = 1, .title = "Restart", .help = "Begins anew after so many generations; later ones take longer to work out", .group = "Motion", .animatable = false},
        {.name = "trail", .initial = 0.86, .least = 0.0, .most = 0.99, .title = "Trail", .help = "How long cells that died go on glowing", .group = "Look"},
        {.name = "colours", .kind = ParamKind::Gradient, .initial = Gradient{{0.0, {0.03, 0.03, 0.1, 1}}, {0.3, {0.1, 0.22, 0.5, 1}}, {0.55, {0.1, 0.6, 0.62, 1}}, {0.8, {0.95, 0.75, 0.35, 1}}, {1.0, {1.0, 0.96, 0.86, 1}}}, .title = "Colours", .help = "From dead to alive; states walk it up and down", .group = "Look"},
    },
    .access = Access::Whole,
    .cost = 30,
    .facts = facts,
    .moment = moment,
    .still = [](const Call& call) { return call.args.real("speed") == 0.0; },
    .render = render,
};

} // namespace artdag
