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

Column columnAt(int kind, std::uint64_t seed, std::int64_t x, std::int64_t y, std::int64_t z, double fy, double fz)
{
    const double wy[2] = {1.0 - smooth(fy), smooth(fy)}, wz[2] = {1.0 - smooth(fz), smooth(fz)};
    Column column;
    for (int dz = 0; dz < 2; ++dz) {
        for (int dy = 0; dy < 2; ++dy) {
            const std::uint64_t bits = cellBits(seed, x, y + dy, z + dz);
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
void addLattice(int kind, std::uint64_t seed, const Places& places, double y, double z, double weight, std::vector<double>& row)
{
    const double floorY = exact::floor(y), floorZ = exact::floor(z);
    const auto iy = static_cast<std::int64_t>(floorY), iz = static_cast<std::int64_t>(floorZ);
    auto cell = static_cast<std::int64_t>(exact::floor(places.at(0)));
    Column left = columnAt(kind, seed, cell, iy, iz, y - floorY, z - floorZ);
    Column right = columnAt(kind, seed, cell + 1, iy, iz, y - floorY, z - floorZ);
    for (std::size_t i = 0; i < row.size(); ++i) {
        const double x = places.at(i);
        while (x >= static_cast<double>(cell + 1)) {
            const bool far = x >= static_cast<double>(cell + 2);
            cell = far ? static_cast<std::int64_t>(exact::floor(x)) : cell + 1;
            left = far ? columnAt(kind, seed, cell, iy, iz, y - floorY, z - floorZ) : right;
            right = columnAt(kind, seed, cell + 1, iy, iz, y - floorY, z - floorZ);
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
double cellularAt(std::uint64_t seed, double x, double y, double z)
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
                const std::uint64_t bits = cellBits(seed, ix + dx, iy + dy, iz + dz);
                const double px = static_cast<double>(ix + dx) + static_cast<double>(bits & 0xFFFFU) / 65536.0 - x;
                const double py = static_cast<double>(iy + dy) + static_cast<double>(bits >> 16 & 0xFFFFU) / 65536.0 - y;
                const double pz = static_cast<double>(iz + dz) + static_cast<double>(bits >> 32 & 0xFFFFU) / 65536.0 - z;
                nearest = std::min(nearest, px * px + py * py + pz * pz);
            }
        }
    }
    return 1.0 - 2.0 * std::sqrt(nearest);
}

struct Field {
    int kind = Perlin, octaves = 1;
    std::uint64_t seed = 0;
    double cell = 1.0;                                 ///< px of this plan
    double roughness = 0.5, z = 0.0, x = 0.0, y = 0.0; ///< offset in cells
    float contrast = 1.0F, middle = 0.5F;
};

void fillRow(const Field& field, int px, int py, std::vector<double>& row)
{
    std::fill(row.begin(), row.end(), 0.0);
    double weight = 1.0, total = 0.0, frequency = 1.0;
    for (int octave = 0; octave < field.octaves; ++octave, weight *= field.roughness)
        total += weight;
    weight = 1.0 / total;
    for (int octave = 0; octave < field.octaves; ++octave, weight *= field.roughness, frequency *= 2.0) {
        const std::uint64_t seed = field.seed * 64U + static_cast<std::uint64_t>(octave);
        const Places places{frequency / field.cell, field.x * frequency, px};
        const double y = (py + 0.5) * places.step + field.y * frequency, z = field.z * frequency;
        if (field.kind != Cellular) {
            addLattice(field.kind, seed, places, y, z, weight * (field.kind == Perlin ? 1.4 : 1.0), row);
            continue;
        }
        for (std::size_t i = 0; i < row.size(); ++i)
            row[i] += weight * cellularAt(seed, places.at(i), y, z);
    }
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView>, PictureView out)
{
    Field field;
    field.kind = call.args.choice("kind");
    field.octaves = static_cast<int>(call.args.integer("octaves"));
    field.seed = static_cast<std::uint64_t>(call.args.integer("seed"));
    field.cell = std::max(call.px("cell"), 0.05);
    field.roughness = call.args.real("roughness");
    field.z = call.args.real("evolution");
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
    .title = "Noise",
    .help = "Clouds in grey: soft value noise, Perlin noise or cells, in several octaves. Move evolution to let them boil, offset to let them drift.",
    .tags = {"generate"},
    .synonyms = {"clouds", "fractal noise", "perlin", "worley", "turbulence", "texture", "fbm"},
    .params = {
        {.name = "kind", .kind = ParamKind::Choice, .initial = std::int64_t{1}, .title = "Kind", .choices = {"value", "perlin", "cellular"}, .animatable = false},
        {.name = "cell", .initial = 160.0, .least = 1.0, .most = 2000.0, .step = 1.0, .unit = "px", .title = "Cell", .help = "Size of the largest clouds"},
        {.name = "octaves", .kind = ParamKind::Integer, .initial = std::int64_t{4}, .least = 1, .most = 10, .step = 1, .title = "Octaves", .help = "Each adds detail half as large"},
        {.name = "roughness", .initial = 0.5, .least = 0.0, .most = 1.0, .title = "Roughness", .help = "How strong each next octave is"},
        {.name = "evolution", .initial = 0.0, .step = 0.05, .title = "Evolution", .help = "The third dimension, in cells"},
        {.name = "offset", .kind = ParamKind::Point, .initial = Vec2{0, 0}, .title = "Offset", .help = "In cells"},
        {.name = "contrast", .initial = 1.0, .least = 0.0, .most = 8.0, .title = "Contrast"},
        {.name = "level", .initial = 0.5, .least = 0.0, .most = 1.0, .title = "Level", .help = "The middle tone"},
        {.name = "seed", .kind = ParamKind::Seed, .initial = std::int64_t{1}, .least = 0, .title = "Seed"},
    },
    .access = Access::Region, // so that a still one is kept
    .render = render,
};

} // namespace artdag
