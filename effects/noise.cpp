// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/base/random.h"
#include "core/effect/effect.h"
#include "core/picture/pointwise.h"

#include <algorithm>
#include <cmath>

namespace artdag {
namespace {

enum Kind {
    ValueNoise,
    Perlin,
    Cellular,
    Simplex,
};
enum Fractal {
    Clouds,
    Turbulence,
    Ridges,
};

/// Ken Perlin's quintic (2002): no crease where two cells meet.
double smooth(double t)
{
    return t * t * t * (t * (t * 6.0 - 15.0) + 10.0);
}

double mixed(double a, double b, double t)
{
    return a + (b - a) * t;
}

std::uint64_t cellBits(std::uint64_t seed, std::int64_t x, std::int64_t y, std::int64_t z)
{
    return randomBits(seed, static_cast<std::uint64_t>(x), static_cast<std::uint64_t>(y), static_cast<std::uint64_t>(z));
}

double unit(std::uint64_t bits)
{
    return static_cast<double>(bits >> 11) * 0x1.0p-53;
}

/// One row of a lattice between two layers of evolution: what a column adds at its place and how that grows across.
/// Everything that does not depend on x is worked out once a column instead of once a pixel.
struct Column {
    double level = 0.0, slope = 0.0;
};

/// A layer of evolution in a loop of `wrap` layers; 0: there is none.
std::int64_t wrapped(std::int64_t layer, std::int64_t wrap)
{
    return wrap > 0 ? (layer % wrap + wrap) % wrap : layer;
}

struct Height {
    double y = 0.0, z = 0.0;
    std::int64_t wrap = 0;
};

Column columnAt(int kind, std::uint64_t seed, std::int64_t x, const Height& height)
{
    const double floorY = exact::floor(height.y), floorZ = exact::floor(height.z);
    const auto y = static_cast<std::int64_t>(floorY), z = static_cast<std::int64_t>(floorZ);
    const double fy = height.y - floorY, fz = height.z - floorZ;
    const double wy[2] = {1.0 - smooth(fy), smooth(fy)}, wz[2] = {1.0 - smooth(fz), smooth(fz)};
    Column column;
    for (int dz = 0; dz < 2; ++dz) {
        for (int dy = 0; dy < 2; ++dy) {
            const std::uint64_t bits = cellBits(seed, x, y + dy, wrapped(z + dz, height.wrap));
            const double weight = wy[dy] * wz[dz];
            if (kind == ValueNoise) {
                column.level += weight * (2.0 * unit(bits) - 1.0);
                continue;
            }
            // One of twelve directions to the middles of a cube's edges.
            const int direction = static_cast<int>((bits >> 32) % 12U);
            const double a = (direction & 1) != 0 ? -1.0 : 1.0, b = (direction & 2) != 0 ? -1.0 : 1.0;
            const double gx = direction < 8 ? a : 0.0;
            const double gy = direction < 4 ? b : direction < 8 ? 0.0
                                                                : a;
            const double gz = direction < 4 ? 0.0 : b;
            column.slope += weight * gx;
            column.level += weight * (gy * (fy - dy) + gz * (fz - dz));
        }
    }
    return column;
}

/// Where pixels lie in the lattice of one octave. A place is worked out from the pixel's own number, so that no tile differs.
struct Places {
    double step = 1.0, shift = 0.0; ///< cells
    int first = 0;                  ///< px

    [[nodiscard]] double at(std::size_t i) const { return (first + static_cast<double>(i) + 0.5) * step + shift; }
};

/// Adds one octave of lattice noise, about −1 … 1, to a row of pixels.
void addLattice(int kind, std::uint64_t seed, const Places& places, const Height& height, double weight, std::vector<double>& row)
{
    auto cell = static_cast<std::int64_t>(exact::floor(places.at(0)));
    Column left = columnAt(kind, seed, cell, height);
    Column right = columnAt(kind, seed, cell + 1, height);
    for (std::size_t i = 0; i < row.size(); ++i) {
        const double x = places.at(i);
        while (x >= static_cast<double>(cell + 1)) {
            const bool far = x >= static_cast<double>(cell + 2);
            cell = far ? static_cast<std::int64_t>(exact::floor(x)) : cell + 1;
            left = far ? columnAt(kind, seed, cell, height) : right;
            right = columnAt(kind, seed, cell + 1, height);
        }
        const double fx = x - static_cast<double>(cell);
        row[i] += weight * mixed(left.level + left.slope * fx, right.level + right.slope * (fx - 1.0), smooth(fx));
    }
}

/// The least square of a distance from a place in its cell (0–1) to the cell `step` further along one axis.
double gap(double inside, std::int64_t step)
{
    const double distance = step == 0 ? 0.0 : step < 0 ? inside
                                                       : 1.0 - inside;
    return distance * distance;
}

/// Distance to the nearest of one point in each cell (Worley 1996), 1 at a point and falling to −1.
double cellularAt(std::uint64_t seed, double x, double y, double z, std::int64_t wrap)
{
    const double fx = exact::floor(x), fy = exact::floor(y), fz = exact::floor(z);
    const auto ix = static_cast<std::int64_t>(fx), iy = static_cast<std::int64_t>(fy), iz = static_cast<std::int64_t>(fz);
    constexpr std::int64_t order[3] = {0, -1, 1}; // the own cell first: then most others are too far to look into
    double nearest = 3.0;
    for (const std::int64_t dz : order) {
        const double awayZ = gap(z - fz, dz);
        for (const std::int64_t dy : order) {
            const double awayY = awayZ + gap(y - fy, dy);
            for (const std::int64_t dx : order) {
                if (awayY + gap(x - fx, dx) > nearest)
                    continue;
                const std::uint64_t bits = cellBits(seed, ix + dx, iy + dy, wrapped(iz + dz, wrap));
                const double px = static_cast<double>(ix + dx) + static_cast<double>(bits & 0xFFFFU) / 65536.0 - x;
                const double py = static_cast<double>(iy + dy) + static_cast<double>(bits >> 16 & 0xFFFFU) / 65536.0 - y;
                const double pz = static_cast<double>(iz + dz) + static_cast<double>(bits >> 32 & 0xFFFFU) / 65536.0 - z;
                nearest = std::min(nearest, px * px + py * py + pz * pz);
            }
        }
    }
    return 1.0 - 2.0 * std::sqrt(nearest);
}

/// What one corner of a simplex adds: its slope, within a round reach.
double simplexCorner(std::uint64_t seed, std::int64_t i, std::int64_t j, std::int64_t k, double x, double y, double z)
{
    const double reach = 0.6 - x * x - y * y - z * z;
    if (reach <= 0.0)
        return 0.0;
    const auto direction = static_cast<int>((cellBits(seed, i, j, k) >> 32) % 12U);
    const double a = (direction & 1) != 0 ? -1.0 : 1.0, b = (direction & 2) != 0 ? -1.0 : 1.0;
    const double slope = direction < 4 ? a * x + b * y : direction < 8 ? a * x + b * z
                                                                       : a * y + b * z;
    return reach * reach * reach * reach * slope;
}

/// Perlin's simplex noise (2001) in three dimensions, about −1 … 1: space is cut into tetrahedra instead of cubes, which
/// shows no lattice.
double simplexAt(std::uint64_t seed, double x, double y, double z)
{
    const double skew = (x + y + z) / 3.0;
    const double i = exact::floor(x + skew), j = exact::floor(y + skew), k = exact::floor(z + skew);
    const double back = (i + j + k) / 6.0;
    const double fx = x - i + back, fy = y - j + back, fz = z - k + back;
    // The way to the far corner goes along the longest coordinate first, then the middle one.
    const int first[3] = {fx >= fy && fx >= fz ? 1 : 0, fx < fy && fy >= fz ? 1 : 0, fz > fx && fz > fy ? 1 : 0};
    const int second[3] = {fx >= fy || fx >= fz ? 1 : 0, fy > fx || fy >= fz ? 1 : 0, fz > fx || fz > fy ? 1 : 0};
    const auto ci = static_cast<std::int64_t>(i), cj = static_cast<std::int64_t>(j), ck = static_cast<std::int64_t>(k);
    const double sum = simplexCorner(seed, ci, cj, ck, fx, fy, fz)
        + simplexCorner(seed, ci + first[0], cj + first[1], ck + first[2], fx - first[0] + 1.0 / 6, fy - first[1] + 1.0 / 6, fz - first[2] + 1.0 / 6)
        + simplexCorner(seed, ci + second[0], cj + second[1], ck + second[2], fx - second[0] + 1.0 / 3, fy - second[1] + 1.0 / 3, fz - second[2] + 1.0 / 3)
        + simplexCorner(seed, ci + 1, cj + 1, ck + 1, fx - 0.5, fy - 0.5, fz - 0.5);
    return 32.0 * sum;
}

/// Its tetrahedra do not join after a whole number of layers: a loop goes over from one end to the other, as strong throughout.
double simplexLooped(std::uint64_t seed, double x, double y, const Height& height)
{
    if (height.wrap <= 0)
        return simplexAt(seed, x, y, height.z);
    const auto length = static_cast<double>(height.wrap);
    const double within = exact::fmod(height.z, length), t = within / length;
    return ((1.0 - t) * simplexAt(seed, x, y, within) + t * simplexAt(seed, x, y, within - length)) / std::sqrt(t * t + (1.0 - t) * (1.0 - t));
}

struct Field {
    int kind = Perlin, fractal = Clouds, octaves = 1;
    std::uint64_t seed = 0;
    double cell = 1.0, stretch = 1.0;                                    ///< px of this plan; how much wider than high
    double roughness = 0.5, lacunarity = 2.0, z = 0.0, x = 0.0, y = 0.0; ///< offset in cells
    std::int64_t wrap = 0;
    float contrast = 1.0F, middle = 0.5F;
};

void addOctave(const Field& field, std::uint64_t seed, const Places& places, const Height& height, double weight, std::vector<double>& row)
{
    switch (field.kind) {
    case Cellular:
        for (std::size_t i = 0; i < row.size(); ++i)
            row[i] += weight * cellularAt(seed, places.at(i), height.y, height.z, height.wrap);
        break;
    case Simplex:
        for (std::size_t i = 0; i < row.size(); ++i)
            row[i] += weight * simplexLooped(seed, places.at(i), height.y, height);
        break;
    default: addLattice(field.kind, seed, places, height, weight * (field.kind == Perlin ? 1.4 : 1.0), row);
    }
}

/// Sharp valleys or sharp ridges where an octave goes through its middle.
void fold(int fractal, double weight, const std::vector<double>& octave, std::vector<double>& row)
{
    for (std::size_t i = 0; i < row.size(); ++i) {
        const double size = std::min(std::abs(octave[i]), 1.0);
        row[i] += weight * (fractal == Turbulence ? 3.0 * size - 1.0 : 2.0 * (1.0 - size) * (1.0 - size) - 1.0);
    }
}

void fillRow(const Field& field, int px, int py, std::vector<double>& row)
{
    std::fill(row.begin(), row.end(), 0.0);
    std::vector<double> octaveRow(field.fractal == Clouds ? 0 : row.size());
    double weight = 1.0, total = 0.0, frequency = 1.0;
    for (int octave = 0; octave < field.octaves; ++octave, weight *= field.roughness)
        total += weight;
    weight = 1.0 / total;
    for (int octave = 0; octave < field.octaves; ++octave, weight *= field.roughness, frequency *= field.lacunarity) {
        const std::uint64_t seed = field.seed * 64U + static_cast<std::uint64_t>(octave);
        const Places places{frequency / (field.cell * field.stretch), field.x * frequency, px};
        // In a loop each octave goes through a whole number of layers.
        const double faster = field.wrap > 0 ? exact::floor(frequency + 0.5) : frequency;
        const Height height{(py + 0.5) * (frequency / field.cell) + field.y * frequency, field.z * faster, field.wrap * static_cast<std::int64_t>(faster)};
        if (field.fractal == Clouds) {
            addOctave(field, seed, places, height, weight, row);
            continue;
        }
        std::fill(octaveRow.begin(), octaveRow.end(), 0.0);
        addOctave(field, seed, places, height, 1.0, octaveRow);
        fold(field.fractal, weight, octaveRow, row);
    }
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView>, PictureView out)
{
    Field field;
    field.kind = call.args.choice("kind");
    field.fractal = call.args.choice("fractal");
    field.octaves = static_cast<int>(call.args.integer("octaves"));
    field.seed = static_cast<std::uint64_t>(call.args.integer("seed"));
    field.cell = std::max(call.px("cell"), 0.05);
    field.stretch = call.args.real("stretch");
    field.roughness = call.args.real("roughness");
    field.lacunarity = call.args.real("lacunarity");
    field.z = call.args.real("evolution");
    field.wrap = call.args.integer("cycle");
    field.x = call.args.vec2("offset").x;
    field.y = call.args.vec2("offset").y;
    const auto half = static_cast<float>(0.5 * call.args.real("contrast")), middle = static_cast<float>(call.args.real("level"));
    std::vector<double> row(static_cast<std::size_t>(out.rect.width()));
    for (int y = out.rect.y0; y < out.rect.y1; ++y) {
        fillRow(field, out.rect.x0, y, row);
        for (std::size_t i = 0; i < row.size(); ++i)
            out.row(red, y)[i] = std::clamp(middle + half * static_cast<float>(row[i]), 0.0F, 1.0F);
        displayToLinearRow(out.row(red, y), out.row(red, y), row.size());
        std::copy_n(out.row(red, y), row.size(), out.row(green, y));
        std::copy_n(out.row(red, y), row.size(), out.row(blue, y));
        std::fill_n(out.row(alpha, y), row.size(), 1.0F);
    }
    return {};
}

} // namespace

extern const Effect effect_noise;
const Effect effect_noise{
    .name = "noise",
    .version = 2,
    .title = "Noise",
    .help = "Clouds in grey: soft value noise, Perlin or simplex noise or cells, in several octaves, as clouds, turbulence or ridges. Move evolution to let them boil, offset to let them drift.",
    .tags = {"generate"},
    .synonyms = {"clouds", "fractal noise", "perlin", "worley", "turbulence", "texture", "fbm", "simplex", "ridged", "marble", "turbulent noise"},
    .params = {
        {.name = "kind", .kind = ParamKind::Choice, .initial = std::int64_t{1}, .title = "Kind", .choices = {"value", "perlin", "cellular", "simplex"}, .animatable = false},
        {.name = "fractal", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .title = "Fractal", .help = "How octaves are joined: as they are, with sharp valleys like smoke, or with sharp ridges like veins", .choices = {"clouds", "turbulence", "ridges"}, .animatable = false},
        {.name = "cell", .initial = 160.0, .least = 1.0, .most = 2000.0, .step = 1.0, .unit = "px", .title = "Cell", .help = "Size of the largest clouds"},
        {.name = "stretch", .initial = 1.0, .least = 0.05, .most = 20.0, .step = 0.05, .title = "Stretch", .help = "How many times wider than high clouds are"},
        {.name = "octaves", .kind = ParamKind::Integer, .initial = std::int64_t{4}, .least = 1, .most = 10, .step = 1, .title = "Octaves", .help = "Each adds finer detail"},
        {.name = "roughness", .initial = 0.5, .least = 0.0, .most = 1.0, .title = "Roughness", .help = "How strong each next octave is"},
        {.name = "lacunarity", .initial = 2.0, .least = 1.0, .most = 4.0, .step = 0.05, .title = "Lacunarity", .help = "How many times finer each next octave is"},
        {.name = "evolution", .initial = 0.0, .step = 0.05, .title = "Evolution", .help = "The third dimension, in cells"},
        {.name = "cycle", .kind = ParamKind::Integer, .initial = std::int64_t{0}, .least = 0, .most = 1000, .step = 1, .title = "Cycle", .help = "After so much evolution all is as it was, for loops; 0: never"},
        {.name = "offset", .kind = ParamKind::Point, .initial = Vec2{0, 0}, .title = "Offset", .help = "In cells"},
        {.name = "contrast", .initial = 1.0, .least = 0.0, .most = 8.0, .title = "Contrast"},
        {.name = "level", .initial = 0.5, .least = 0.0, .most = 1.0, .title = "Level", .help = "The middle tone"},
        {.name = "seed", .kind = ParamKind::Seed, .initial = std::int64_t{1}, .least = 0, .title = "Seed"},
    },
    .access = Access::Region, // so that a still one is kept
    .render = render,
};

} // namespace artdag
