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

enum Kind {
    Clifford,
    DeJong,
    Svensson,
    Lorenz,
    Thomas,
};

constexpr int lanes = 16;       ///< chains that go in step
constexpr int chainSteps = 256; ///< points of a chain that are drawn
constexpr float perTurn = 0.15915494F;

struct Chains {
    float x[lanes], y[lanes], z[lanes];
};

struct Rules {
    int kind = Clifford;
    float a = 0, b = 0, c = 0, d = 0;
};

/// sin(a·y) + c·cos(a·x), sin(b·x) + d·cos(b·y)
void stepClifford(const Rules& rules, Chains& chains)
{
    const float a = rules.a * perTurn, b = rules.b * perTurn;
    for (int i = 0; i < lanes; ++i) {
        const float x = chains.x[i], y = chains.y[i];
        chains.x[i] = sineOfTurns(a * y) + rules.c * cosineOfTurns(a * x);
        chains.y[i] = sineOfTurns(b * x) + rules.d * cosineOfTurns(b * y);
    }
}

/// sin(a·y) − cos(b·x), sin(c·x) − cos(d·y)
void stepDeJong(const Rules& rules, Chains& chains)
{
    const float a = rules.a * perTurn, b = rules.b * perTurn, c = rules.c * perTurn, d = rules.d * perTurn;
    for (int i = 0; i < lanes; ++i) {
        const float x = chains.x[i], y = chains.y[i];
        chains.x[i] = sineOfTurns(a * y) - cosineOfTurns(b * x);
        chains.y[i] = sineOfTurns(c * x) - cosineOfTurns(d * y);
    }
}

/// d·sin(a·x) − sin(b·y), c·cos(a·x) + cos(b·y)
void stepSvensson(const Rules& rules, Chains& chains)
{
    const float a = rules.a * perTurn, b = rules.b * perTurn;
    for (int i = 0; i < lanes; ++i) {
        const float x = chains.x[i], y = chains.y[i];
        chains.x[i] = rules.d * sineOfTurns(a * x) - sineOfTurns(b * y);
        chains.y[i] = rules.c * cosineOfTurns(a * x) + cosineOfTurns(b * y);
    }
}

/// Lorenz 1963 with σ 10, ρ 28, β 8/3, by the midpoint rule.
void stepLorenz(Chains& chains)
{
    constexpr float step = 0.006F;
    for (int i = 0; i < lanes; ++i) {
        float x = chains.x[i], y = chains.y[i], z = chains.z[i];
        for (const float part : {0.5F * step, step}) {
            const float dx = 10.0F * (y - x), dy = x * (28.0F - z) - y, dz = x * y - 2.6666667F * z;
            x = chains.x[i] + part * dx;
            y = chains.y[i] + part * dy;
            z = chains.z[i] + part * dz;
        }
        chains.x[i] = x, chains.y[i] = y, chains.z[i] = z;
    }
}

/// Thomas' cyclically symmetric attractor: each coordinate follows the sine of the next, braked by b.
void stepThomas(Chains& chains)
{
    constexpr float step = 0.06F, brake = 0.19F;
    for (int i = 0; i < lanes; ++i) {
        const float x = chains.x[i], y = chains.y[i], z = chains.z[i];
        chains.x[i] = x + step * (sineOfTurns(y * perTurn) - brake * x);
        chains.y[i] = y + step * (sineOfTurns(z * perTurn) - brake * y);
        chains.z[i] = z + step * (sineOfTurns(x * perTurn) - brake * z);
    }
}

void stepChains(const Rules& rules, Chains& chains)
{
    switch (rules.kind) {
    case Clifford: return stepClifford(rules, chains);
    case DeJong: return stepDeJong(rules, chains);
    case Svensson: return stepSvensson(rules, chains);
    case Lorenz: return stepLorenz(chains);
    default: return stepThomas(chains);
    }
}

bool inSpace(int kind)
{
    return kind == Lorenz || kind == Thomas;
}

/// Chains that have come from a chance beginning to the attractor.
Chains settled(const Rules& rules, std::uint64_t seed, std::uint64_t block)
{
    Chains chains;
    for (int i = 0; i < lanes; ++i) {
        const std::uint64_t bits = randomBits(seed, block, static_cast<std::uint64_t>(i));
        auto unit = [&](int from) { return static_cast<float>(bits >> from & 0xFFFFFU) * (2.0F / 1048576.0F) - 1.0F; };
        chains.x[i] = unit(0), chains.y[i] = unit(20), chains.z[i] = unit(40) + (rules.kind == Lorenz ? 26.0F : 0.0F);
    }
    const int steps = inSpace(rules.kind) ? 384 : 24;
    for (int step = 0; step < steps; ++step)
        stepChains(rules, chains);
    return chains;
}

struct Bounds {
    double x0 = 1e6, y0 = 1e6, x1 = -1e6, y1 = -1e6;
};

/// Where a few thousand points lie; of one in space, wherever it is turned.
Bounds boundsOf(const Rules& rules)
{
    Bounds bounds;
    auto include = [&](double x, double y) {
        bounds = {std::min(bounds.x0, x), std::min(bounds.y0, y), std::max(bounds.x1, x), std::max(bounds.y1, y)};
    };
    for (std::uint64_t block = 0; block < 2; ++block) {
        Chains chains = settled(rules, 0, block);
        for (int step = 0; step < 4 * chainSteps; ++step) {
            stepChains(rules, chains);
            for (int i = 0; i < lanes; ++i) {
                const auto x = static_cast<double>(chains.x[i]), y = static_cast<double>(chains.y[i]);
                if (!inSpace(rules.kind)) {
                    include(x, y);
                    continue;
                }
                const double radius = std::sqrt(x * x + y * y);
                include(-radius, -static_cast<double>(chains.z[i]));
                include(radius, -static_cast<double>(chains.z[i]));
            }
        }
    }
    return bounds;
}

/// From an attractor's own coordinates to px: a flat one as it is, one in space turned about its upright axis.
struct View {
    Affine toPixels;
    float sine = 0, cosine = 1; ///< of the turn
    bool space = false;
    double area = 1; ///< px that it might fill

    [[nodiscard]] float flatX(const Chains& chains, int i) const { return space ? chains.x[i] * cosine - chains.y[i] * sine : chains.x[i]; }
    [[nodiscard]] float flatY(const Chains& chains, int i) const { return space ? -chains.z[i] : chains.y[i]; }
};

View viewOf(const FrameCall& call, const Rules& rules, double turns)
{
    View view;
    view.space = inSpace(rules.kind);
    const Bounds bounds = boundsOf(rules);
    const double width = std::max(bounds.x1 - bounds.x0, 1e-3), height = std::max(bounds.y1 - bounds.y0, 1e-3);
    const double fit = 0.9 * std::min(call.out.width / width, call.out.height / height) * call.args.real("zoom");
    const Vec2 centre = call.args.vec2("centre");
    const Affine middle = moved(-0.5 * (bounds.x0 + bounds.x1), -0.5 * (bounds.y0 + bounds.y1));
    view.toPixels = chained(chained(chained(middle, turned(call.args.real("rotation"))), scaled(fit, fit)), moved(centre.x * call.out.width, centre.y * call.out.height));
    view.area = std::max(width * height * fit * fit, 1.0);
    const auto orbit = static_cast<float>(turns - exact::floor(turns)) - 0.125F; // the butterfly's wings lie on a diagonal
    view.sine = sineOfTurns(orbit), view.cosine = cosineOfTurns(orbit);
    return view;
}

/// How many points fall on each pixel of a part and of the border around it. Points leap all over the picture: they wait in
/// heaps for bands of rows, so that counting them stays in the cache.
class Density {
public:
    explicit Density(Rect part)
        : m_part(part.grown(1)),
          m_across(static_cast<std::size_t>(m_part.width())),
          m_counts(m_across * static_cast<std::size_t>(m_part.height())),
          m_heaps((static_cast<std::size_t>(m_part.height()) + bandRows - 1) / bandRows)
    {
    }
    void add(const float* xs, const float* ys)
    {
        const auto left = static_cast<float>(m_part.x0), top = static_cast<float>(m_part.y0);
        const auto right = static_cast<float>(m_part.x1), bottom = static_cast<float>(m_part.y1);
        for (int i = 0; i < lanes; ++i)
            if (xs[i] >= left && ys[i] >= top && xs[i] < right && ys[i] < bottom)
                addAt(static_cast<int>(wholeBelow(xs[i])), static_cast<int>(wholeBelow(ys[i])));
    }
    void countAll()
    {
        for (std::vector<std::uint32_t>& heap : m_heaps)
            count(heap);
    }
    /// A row of the part, softened a little (1 4 1 in both directions) so that single points do not glitter.
    void softRow(int y, std::vector<float>& row) const
    {
        const std::uint32_t* above = m_counts.data() + placeOf(m_part.x0 + 1, y - 1);
        const std::uint32_t *here = above + m_across, *below = here + m_across;
        auto column = [&](std::ptrdiff_t i) { return static_cast<float>(above[i]) + 4.0F * static_cast<float>(here[i]) + static_cast<float>(below[i]); };
        for (std::size_t i = 0; i < row.size(); ++i) {
            const auto at = static_cast<std::ptrdiff_t>(i);
            row[i] = (column(at - 1) + 4.0F * column(at) + column(at + 1)) * (1.0F / 36.0F);
        }
    }

private:
    static constexpr int bandRows = 32;
    static constexpr std::size_t heapSize = 16384;

    [[nodiscard]] std::size_t placeOf(int x, int y) const { return static_cast<std::size_t>(y - m_part.y0) * m_across + static_cast<std::size_t>(x - m_part.x0); }
    void addAt(int x, int y)
    {
        std::vector<std::uint32_t>& heap = m_heaps[static_cast<std::size_t>(y - m_part.y0) / bandRows];
        if (heap.size() == heapSize)
            count(heap);
        if (heap.empty())
            heap.reserve(heapSize);
        heap.push_back(static_cast<std::uint32_t>(placeOf(x, y)));
    }
    void count(std::vector<std::uint32_t>& heap)
    {
        for (const std::uint32_t place : heap)
            ++m_counts[place];
        heap.clear();
    }
    Rect m_part;
    std::size_t m_across;
    std::vector<std::uint32_t> m_counts;
    std::vector<std::vector<std::uint32_t>> m_heaps;
};

void drawChains(const Rules& rules, const View& view, std::uint64_t seed, std::uint64_t blocks, Density& density)
{
    const auto xx = static_cast<float>(view.toPixels.xx), xy = static_cast<float>(view.toPixels.xy), x0 = static_cast<float>(view.toPixels.x0);
    const auto yx = static_cast<float>(view.toPixels.yx), yy = static_cast<float>(view.toPixels.yy), y0 = static_cast<float>(view.toPixels.y0);
    for (std::uint64_t block = 0; block < blocks; ++block) {
        Chains chains = settled(rules, seed, block);
        for (int step = 0; step < chainSteps; ++step) {
            stepChains(rules, chains);
            float px[lanes], py[lanes];
            for (int i = 0; i < lanes; ++i) {
                const float x = view.flatX(chains, i), y = view.flatY(chains, i);
                px[i] = xx * x + xy * y + x0;
                py[i] = yx * x + yy * y + y0;
            }
            density.add(px, py);
        }
    }
    density.countAll();
}

Rules rulesOf(const FrameCall& call, float turns)
{
    const auto wander = static_cast<float>(call.args.real("wander"));
    Rules rules;
    rules.kind = call.args.choice("kind");
    rules.a = static_cast<float>(call.args.real("a")) + wander * sineOfTurns(turns);
    rules.b = static_cast<float>(call.args.real("b")) + wander * (cosineOfTurns(turns) - 1.0F);
    rules.c = static_cast<float>(call.args.real("c"));
    rules.d = static_cast<float>(call.args.real("d"));
    return rules;
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView>, PictureView out)
{
    const double turns = evolutionOf(call).turns();
    const Rules rules = rulesOf(call, static_cast<float>(turns));
    const View view = viewOf(call, rulesOf(call, 0.0F), turns); // of the formula before it wanders, so that the view stands still
    const auto blocks = static_cast<std::uint64_t>(std::max(call.args.real("points") * call.out.width * call.out.height / (lanes * chainSteps), 1.0));
    Density density(out.rect);
    drawChains(rules, view, static_cast<std::uint64_t>(call.args.integer("seed")), blocks, density);
    const GradientTable colours(call.args.gradient("colours"));
    // As many times the even density as there are points: a tone does not depend on their number or on the size of the picture.
    const double even = view.area / (static_cast<double>(blocks) * lanes * chainSteps);
    const auto exposed = static_cast<float>(even * 2.0 * call.args.real("exposure"));
    const auto shape = static_cast<float>(1.0 / call.args.real("gamma"));
    constexpr float white = 1.0F / 8.0F; // log2(1 + 255)
    const auto n = static_cast<std::size_t>(out.rect.width());
    std::vector<float> tones(n), counts(n);
    for (int y = out.rect.y0; y < out.rect.y1; ++y) {
        density.softRow(y, counts);
        for (std::size_t i = 0; i < n; ++i) {
            const float tone = log2Of(1.0F + counts[i] * exposed) * white;
            tones[i] = tone > 0.0F ? exp2Of(log2Of(tone + 1e-12F) * shape) : 0.0F;
        }
        float* const to[4] = {out.row(red, y), out.row(green, y), out.row(blue, y), out.row(alpha, y)};
        colours.colourRow(tones.data(), to, n);
    }
    return {};
}

} // namespace

extern const Effect effect_attractor;
const Effect effect_attractor{
    .name = "attractor",
    .title = "Strange attractor",
    .help = "Millions of points that jump by one short formula and gather to veils of light. Where many pass the gradient's end shows, where none pass its beginning.",
    .tags = {"generate", "fractal"},
    .synonyms = {"chaos", "clifford", "de jong", "svensson", "lorenz", "thomas", "butterfly", "strange attractor", "apophysis"},
    .params = withEvolution(
        {
            {.name = "kind", .kind = ParamKind::Choice, .initial = std::int64_t{Clifford}, .title = "Kind", .choices = {"clifford", "de jong", "svensson", "lorenz", "thomas"}, .animatable = false},
            {.name = "a", .initial = 1.5, .least = -4.0, .most = 4.0, .title = "a", .help = "Of the formula of the first three kinds, as b, c and d", .group = "Formula"},
            {.name = "b", .initial = -1.8, .least = -4.0, .most = 4.0, .title = "b", .group = "Formula"},
            {.name = "c", .initial = 1.6, .least = -4.0, .most = 4.0, .title = "c", .group = "Formula"},
            {.name = "d", .initial = 0.9, .least = -4.0, .most = 4.0, .title = "d", .group = "Formula"},
            {.name = "wander", .initial = 0.12, .least = 0.0, .most = 2.0, .title = "Wander", .help = "How far a and b go around as it evolves", .group = "Formula"},
            {.name = "points", .initial = 2.5, .least = 0.05, .most = 64.0, .step = 0.1, .title = "Points", .help = "For each pixel of the picture; more are smoother, and take longer"},
            {.name = "centre", .kind = ParamKind::Point, .initial = Vec2{0.5, 0.5}, .least = -4.0, .most = 5.0, .title = "Centre", .help = "0, 0 is top left, 1, 1 bottom right", .group = "View"},
            {.name = "zoom", .initial = 1.0, .least = 0.05, .most = 64.0, .step = 0.05, .title = "Zoom", .group = "View"},
            {.name = "rotation", .kind = ParamKind::Angle, .initial = 0.0, .step = 1.0, .unit = "deg", .title = "Rotation", .group = "View"},
            {.name = "colours", .kind = ParamKind::Gradient, .initial = Gradient{{0.0, {0.015, 0.02, 0.06, 1}}, {0.28, {0.1, 0.2, 0.5, 1}}, {0.5, {0.3, 0.55, 0.85, 1}}, {0.68, {0.98, 0.72, 0.5, 1}}, {0.88, {1.0, 0.95, 0.82, 1}}, {1.0, {1.0, 1.0, 1.0, 1}}}, .title = "Colours", .group = "Tone"},
            {.name = "exposure", .initial = 1.6, .least = 0.01, .most = 64.0, .step = 0.05, .title = "Exposure", .group = "Tone"},
            {.name = "gamma", .initial = 1.2, .least = 0.1, .most = 4.0, .title = "Gamma", .help = "Above 1 lifts the thin veils", .group = "Tone"},
            {.name = "seed", .kind = ParamKind::Seed, .initial = std::int64_t{1}, .least = 0, .title = "Seed", .help = "Of the points' beginnings: another grain"},
        },
        0.1, "1 leads a and b once around, and turns those in space once about themselves"),
    .access = Access::Whole,
    .cost = 60,
    .moment = evolutionMoment,
    .still = evolutionStands,
    .render = render,
};

} // namespace artdag
