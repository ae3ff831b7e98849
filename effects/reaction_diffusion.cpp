// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/base/random.h"
#include "core/effect/effect.h"
#include "core/effect/gradient_table.h"
#include "core/picture/rows.h"

#include <algorithm>
#include <array>

namespace artdag {
namespace {

/// Feed and kill rates of Pearson's classes ("Complex Patterns in a Simple System", 1993).
struct Rates {
    float feed, kill;
};
constexpr Rates patterns[] = {{0.0545F, 0.062F}, {0.029F, 0.057F}, {0.035F, 0.065F}, {0.0367F, 0.0649F}, {0.078F, 0.061F}};
constexpr int custom = 5;

struct Grid {
    int width = 0, height = 0; ///< cells
    [[nodiscard]] std::size_t cells() const { return static_cast<std::size_t>(width) * static_cast<std::size_t>(height); }
};

/// Cells are as many at every scale of the plan: a preview grows the same pattern.
Grid gridOf(const FrameCall& call)
{
    const auto rows = static_cast<int>(call.args.integer("cells"));
    const double shape = static_cast<double>(call.canvas.width) / call.canvas.height;
    return {std::clamp(static_cast<int>(exact::floor(rows * shape + 0.5)), 8, 16 * rows), rows};
}

/// Steps that were made by the time of a frame.
std::int64_t stepsUntil(const FrameCall& call, std::int64_t frame)
{
    const double seconds = static_cast<double>(frame) * static_cast<double>(call.canvas.rate.denominator) / static_cast<double>(call.canvas.rate.numerator);
    return call.args.integer("age") + static_cast<std::int64_t>(exact::floor(seconds * call.args.real("speed")));
}

Rates ratesOf(const FrameCall& call)
{
    const int pattern = call.args.choice("pattern");
    return pattern == custom ? Rates{static_cast<float>(call.args.real("feed")), static_cast<float>(call.args.real("kill"))} : patterns[pattern];
}

/// The substance that grows, at first: discs here and there, and what of a picture is bright; and the other one, a little
/// uneven, so that nothing grows with a ruler.
void plant(const FrameCall& call, std::span<const ConstPictureView> inputs, const Grid& grid, float* u, float* v)
{
    const auto seed = static_cast<std::uint64_t>(call.args.integer("seed"));
    for (std::size_t i = 0; i < grid.cells(); ++i)
        u[i] = 1.0F - 0.02F * static_cast<float>(randomUnit(seed, i, 3));
    std::fill_n(v, grid.cells(), 0.0F);
    if (!inputs.empty()) {
        const Rect whole = inputs[0].rect;
        for (int y = 0; y < grid.height; ++y)
            for (int x = 0; x < grid.width; ++x) {
                const int px = whole.x0 + static_cast<int>((2 * static_cast<std::int64_t>(x) + 1) * whole.width() / (2 * grid.width));
                const int py = whole.y0 + static_cast<int>((2 * static_cast<std::int64_t>(y) + 1) * whole.height() / (2 * grid.height));
                const float light = 0.2126F * inputs[0].at(red, px, py) + 0.7152F * inputs[0].at(green, px, py) + 0.0722F * inputs[0].at(blue, px, py);
                v[static_cast<std::size_t>(y) * static_cast<std::size_t>(grid.width) + static_cast<std::size_t>(x)] = light > 0.2F ? 0.5F : 0.0F;
            }
    }
    for (std::int64_t spot = 0; spot < call.args.integer("spots"); ++spot) {
        const auto number = static_cast<std::uint64_t>(spot);
        const double cx = randomUnit(seed, number, 0) * grid.width, cy = randomUnit(seed, number, 1) * grid.height;
        const double radius = 3.0 + 4.0 * randomUnit(seed, number, 2);
        for (int dy = -8; dy <= 8; ++dy)
            for (int dx = -8; dx <= 8; ++dx) {
                const int x = (static_cast<int>(cx) + dx + grid.width) % grid.width, y = (static_cast<int>(cy) + dy + grid.height) % grid.height;
                if (dx * dx + dy * dy < radius * radius)
                    v[static_cast<std::size_t>(y) * static_cast<std::size_t>(grid.width) + static_cast<std::size_t>(x)] = 0.5F;
            }
    }
}

/// Three rows of a field, the one in the middle being stepped.
struct Rows {
    const float* above;
    const float* middle;
    const float* below;
};

/// What flows into a cell from its eight neighbours, the field closing on itself at its sides (Karl Sims' weights).
inline float flow(const float* above, const float* middle, const float* below, int left, int x, int right)
{
    return 0.2F * (middle[left] + middle[right] + above[x] + below[x]) + 0.05F * (above[left] + above[right] + below[left] + below[right]) - middle[x];
}

/// One step of the Gray–Scott model for a row: U is fed, V eats it (U + 2V → 3V) and dies.
void stepRow(const Rows& u, const Rows& v, float* newU, float* newV, int width, Rates rates)
{
    const float* __restrict ua = u.above, * __restrict um = u.middle, * __restrict ub = u.below;
    const float* __restrict va = v.above, * __restrict vm = v.middle, * __restrict vb = v.below;
    float* __restrict nu = newU, * __restrict nv = newV;
    const float fed = rates.feed, dies = rates.kill + rates.feed;
    const auto cell = [&](int left, int x, int right) {
        const float a = um[x], b = vm[x], eaten = a * b * b;
        nu[x] = a + (flow(ua, um, ub, left, x, right) - eaten + fed * (1.0F - a));
        nv[x] = b + (0.5F * flow(va, vm, vb, left, x, right) + eaten - dies * b);
    };
    cell(width - 1, 0, 1);
    ARTDAG_ELEMENTWISE
    for (int x = 1; x < width - 1; ++x)
        cell(x - 1, x, x + 1);
    cell(width - 2, width - 1, 0);
}

void step(const Grid& grid, std::vector<float>& from, std::vector<float>& to, Rates rates)
{
    const auto width = static_cast<std::size_t>(grid.width);
    for (int y = 0; y < grid.height; ++y) {
        const std::size_t above = static_cast<std::size_t>((y + grid.height - 1) % grid.height) * width, middle = static_cast<std::size_t>(y) * width, below = static_cast<std::size_t>((y + 1) % grid.height) * width;
        const float *u = from.data(), *v = from.data() + grid.cells();
        stepRow({u + above, u + middle, u + below}, {v + above, v + middle, v + below}, to.data() + middle, to.data() + grid.cells() + middle, grid.width, rates);
    }
    from.swap(to);
}

Result<void> advance(const FrameCall& call, const Memory* before, std::span<const ConstPictureView> inputs, Memory& now)
{
    const Grid grid = gridOf(call);
    if (before != nullptr) {
        now = *before;
    } else {
        now.numbers.resize(2 * grid.cells());
        plant(call, inputs, grid, now.numbers.data(), now.numbers.data() + grid.cells());
    }
    const Rates rates = ratesOf(call);
    std::vector<float> other(now.numbers.size());
    const std::int64_t done = before != nullptr ? stepsUntil(call, call.frame - 1) : 0;
    for (std::int64_t i = done; i < stepsUntil(call, call.frame); ++i)
        step(grid, now.numbers, other, rates);
    return {};
}

/// Four neighbours of a place among cells and their weights: the cubic B-spline, which shows no cells when enlarged.
struct Place {
    std::array<int, 4> cells{};
    std::array<float, 4> weights{};
};

Place placeOf(int pixel, int pixels, int cells)
{
    const double at = (pixel + 0.5) * cells / pixels - 0.5, whole = exact::floor(at);
    const auto t = static_cast<float>(at - whole);
    const float s = 1.0F - t;
    Place place;
    place.weights = {s * s * s / 6.0F, (3.0F * t * t * t - 6.0F * t * t + 4.0F) / 6.0F, (3.0F * s * s * s - 6.0F * s * s + 4.0F) / 6.0F, t * t * t / 6.0F};
    for (int i = 0; i < 4; ++i)
        place.cells[static_cast<std::size_t>(i)] = (static_cast<int>(whole) + i - 1 + cells) % cells;
    return place;
}

Rect region(const FrameCall&, std::size_t, Rect)
{
    return {};
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView>, PictureView out)
{
    const Grid grid = gridOf(call);
    const GradientTable colours(call.args.gradient("gradient"));
    const float* v = call.memory->numbers.data() + grid.cells();
    const auto n = static_cast<std::size_t>(out.rect.width());
    const auto contrast = static_cast<float>(call.args.real("contrast"));
    std::vector<Place> places(n);
    for (std::size_t i = 0; i < n; ++i)
        places[i] = placeOf(out.rect.x0 + static_cast<int>(i), call.out.width, grid.width);
    std::vector<float> row(static_cast<std::size_t>(grid.width)), tones(n);
    for (int y = out.rect.y0; y < out.rect.y1; ++y) {
        const Place place = placeOf(y, call.out.height, grid.height);
        std::ranges::fill(row, 0.0F);
        for (std::size_t k = 0; k < 4; ++k) {
            const float* __restrict cells = v + static_cast<std::size_t>(place.cells[k]) * row.size();
            for (std::size_t x = 0; x < row.size(); ++x)
                row[x] += place.weights[k] * cells[x];
        }
        for (std::size_t i = 0; i < n; ++i) {
            float sum = 0.0F;
            for (std::size_t k = 0; k < 4; ++k)
                sum += places[i].weights[k] * row[static_cast<std::size_t>(places[i].cells[k])];
            tones[i] = 0.5F + (sum / 0.42F - 0.5F) * contrast;
        }
        float* const planes[4] = {out.row(red, y), out.row(green, y), out.row(blue, y), out.row(alpha, y)};
        colours.colourRow(tones.data(), planes, n);
    }
    return {};
}

Result<void> facts(const Call& call, std::span<StreamFacts> outputs)
{
    outputs[0] = {PortType::Picture, call.canvas.width, call.canvas.height};
    return {};
}

/// Only the picture at the beginning is looked at.
void needs(const FrameCall& call, std::vector<FrameNeed>& out)
{
    if (call.frame == 0 && !call.inputs.empty())
        out.push_back({0, 0});
}

} // namespace

extern const Effect effect_reaction_diffusion;
const Effect effect_reaction_diffusion{
    .name = "reaction_diffusion",
    .title = "Reaction–diffusion",
    .help = "Two substances spread and eat each other: corals, mazes and dividing cells grow out of spots, or out of what is bright in a picture (the Gray–Scott model).",
    .tags = {"generate", "simulation"},
    .synonyms = {"gray-scott", "turing pattern", "coral", "morphogenesis", "growth", "cells"},
    .inputs = {{.name = "picture", .title = "Grows from", .optional = true}},
    .params = {
        {.name = "pattern", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .title = "Pattern", .help = "Custom takes Feed and Kill", .choices = {"coral", "maze", "spots", "dividing cells", "worms", "custom"}, .animatable = false},
        {.name = "feed", .initial = 0.0545, .least = 0.0, .most = 0.12, .step = 0.0005, .title = "Feed", .help = "How fast the first substance comes in"},
        {.name = "kill", .initial = 0.062, .least = 0.03, .most = 0.075, .step = 0.0005, .title = "Kill", .help = "How fast the second one dies"},
        {.name = "speed", .initial = 480.0, .least = 0.0, .most = 2400.0, .step = 10.0, .unit = "steps/s", .title = "Speed", .animatable = false},
        {.name = "age", .kind = ParamKind::Integer, .initial = std::int64_t{1200}, .least = 0.0, .most = 2000.0, .step = 50.0, .unit = "steps", .title = "Age", .help = "How long it has grown at the first frame", .animatable = false},
        {.name = "cells", .kind = ParamKind::Integer, .initial = std::int64_t{216}, .least = 32.0, .most = 512.0, .step = 8.0, .title = "Cells", .help = "From top to bottom: more of them are finer, and take longer", .animatable = false},
        {.name = "spots", .kind = ParamKind::Integer, .initial = std::int64_t{24}, .least = 0.0, .most = 500.0, .step = 1.0, .title = "Spots", .help = "Where it begins; 0 leaves it to the picture", .animatable = false},
        {.name = "seed", .kind = ParamKind::Seed, .initial = std::int64_t{7}, .title = "Seed", .animatable = false},
        {.name = "gradient", .kind = ParamKind::Gradient, .initial = Gradient{{0.0, {0.02, 0.03, 0.09, 1}}, {0.25, {0.05, 0.16, 0.32, 1}}, {0.55, {0.12, 0.55, 0.6, 1}}, {0.8, {0.95, 0.75, 0.45, 1}}, {1.0, {1.0, 0.96, 0.86, 1}}}, .title = "Gradient"},
        {.name = "contrast", .initial = 1.0, .least = 0.1, .most = 8.0, .step = 0.1, .title = "Contrast"},
    },
    .access = Access::Region,
    .facts = facts,
    .needs = needs,
    .region = region,
    .render = render,
    .advance = advance,
};

} // namespace artdag
