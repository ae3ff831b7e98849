// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"
#include "core/picture/cell_grid.h"
#include "core/picture/dither_pattern.h"
#include "core/picture/pointwise.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <memory>
#include <span>

namespace artdag {
namespace {

enum Method {
    Bayer2,
    Bayer4,
    Bayer8,
    BlueNoise,
    FloydSteinberg,
    Atkinson,
    Stucki,
};
enum Palette {
    Levels,
    TwoColours,
    GameBoy,
    CgaCool,
    CgaWarm,
    Ega,
    C64,
    Spectrum,
    Teletext,
    Pico8,
};

struct Tone {
    float r = 0.0F, g = 0.0F, b = 0.0F; ///< display
};

constexpr Tone tone(unsigned rgb)
{
    return {static_cast<float>(rgb >> 16U) / 255.0F, static_cast<float>(rgb >> 8U & 0xFFU) / 255.0F, static_cast<float>(rgb & 0xFFU) / 255.0F};
}

constexpr Tone gameBoy[] = {tone(0x0F380F), tone(0x306230), tone(0x8BAC0F), tone(0x9BBC0F)};
constexpr Tone cgaCool[] = {tone(0x000000), tone(0x55FFFF), tone(0xFF55FF), tone(0xFFFFFF)};
constexpr Tone cgaWarm[] = {tone(0x000000), tone(0x55FF55), tone(0xFF5555), tone(0xFFFF55)};
constexpr Tone ega[] = {tone(0x000000), tone(0x0000AA), tone(0x00AA00), tone(0x00AAAA), tone(0xAA0000), tone(0xAA00AA), tone(0xAA5500), tone(0xAAAAAA),
    tone(0x555555), tone(0x5555FF), tone(0x55FF55), tone(0x55FFFF), tone(0xFF5555), tone(0xFF55FF), tone(0xFFFF55), tone(0xFFFFFF)};
constexpr Tone c64[] = {tone(0x000000), tone(0xFFFFFF), tone(0x813338), tone(0x75CEC8), tone(0x8E3C97), tone(0x56AC4D), tone(0x2E2C9B), tone(0xEDF171),
    tone(0x8E5029), tone(0x553800), tone(0xC46C71), tone(0x4A4A4A), tone(0x7B7B7B), tone(0xA9FF9F), tone(0x706DEB), tone(0xB2B2B2)};
constexpr Tone spectrum[] = {tone(0x000000), tone(0x0000D7), tone(0xD70000), tone(0xD700D7), tone(0x00D700), tone(0x00D7D7), tone(0xD7D700), tone(0xD7D7D7),
    tone(0x0000FF), tone(0xFF0000), tone(0xFF00FF), tone(0x00FF00), tone(0x00FFFF), tone(0xFFFF00), tone(0xFFFFFF)};
constexpr Tone teletext[] = {tone(0x000000), tone(0xFF0000), tone(0x00FF00), tone(0xFFFF00), tone(0x0000FF), tone(0xFF00FF), tone(0x00FFFF), tone(0xFFFFFF)};
constexpr Tone pico8[] = {tone(0x000000), tone(0x1D2B53), tone(0x7E2553), tone(0x008751), tone(0xAB5236), tone(0x5F574F), tone(0xC2C3C7), tone(0xFFF1E8),
    tone(0xFF004D), tone(0xFFA300), tone(0xFFEC27), tone(0x00E436), tone(0x29ADFF), tone(0x83769C), tone(0xFF77A8), tone(0xFFCCAA)};

std::span<const Tone> tonesOf(int palette)
{
    switch (palette) {
    case GameBoy: return gameBoy;
    case CgaCool: return cgaCool;
    case CgaWarm: return cgaWarm;
    case Ega: return ega;
    case C64: return c64;
    case Spectrum: return spectrum;
    case Teletext: return teletext;
    case Pico8: return pico8;
    default: return {};
    }
}

float lumaOf(const Tone& tone)
{
    return 0.2126F * tone.r + 0.7152F * tone.g + 0.0722F * tone.b;
}

/// Colours as points of a space in which distance is how unlike they look: ¾ of weighted red, green and blue, and light
/// once more. (A quadratic form is a distance after a linear map: its Cholesky factor.)
struct Looks {
    float xr, xg, xb, yg, yb, zb;
    Looks()
    {
        const double l[3] = {0.2126, 0.7152, 0.0722}, w[3] = {0.75 * 0.299, 0.75 * 0.587, 0.75 * 0.114};
        const double x0 = std::sqrt(w[0] + l[0] * l[0]), x1 = l[0] * l[1] / x0, x2 = l[0] * l[2] / x0;
        const double y1 = std::sqrt(w[1] + l[1] * l[1] - x1 * x1), y2 = (l[1] * l[2] - x1 * x2) / y1;
        const double z2 = std::sqrt(w[2] + l[2] * l[2] - x2 * x2 - y2 * y2);
        xr = static_cast<float>(x0), xg = static_cast<float>(x1), xb = static_cast<float>(x2);
        yg = static_cast<float>(y1), yb = static_cast<float>(y2), zb = static_cast<float>(z2);
    }
    [[nodiscard]] Tone at(const Tone& tone) const { return {xr * tone.r + xg * tone.g + xb * tone.b, yg * tone.g + yb * tone.b, zb * tone.b}; }
};

/// A palette whose nearest colour is quickly found.
class NearestTone {
public:
    explicit NearestTone(std::span<const Tone> tones = {})
    {
        for (std::size_t i = 0; i < most; ++i) { // those that there are not are far away
            const Tone place = i < tones.size() ? m_looks.at(tones[i]) : Tone{1e9F, 1e9F, 1e9F};
            m_x[i] = place.r, m_y[i] = place.g, m_z[i] = place.b;
        }
    }
    [[nodiscard]] std::size_t to(const Tone& wanted) const
    {
        const Tone place = m_looks.at(wanted);
        // Distances are not negative, so that their bits are in their order; the last four hold the number.
        std::int32_t best = INT32_MAX;
        for (std::int32_t i = 0; i < most; ++i) {
            const float x = m_x[i] - place.r, y = m_y[i] - place.g, z = m_z[i] - place.b;
            best = std::min(best, (std::bit_cast<std::int32_t>(x * x + y * y + z * z) & ~15) | i);
        }
        return static_cast<std::size_t>(best & 15);
    }

private:
    static constexpr std::int32_t most = 16;
    Looks m_looks;
    float m_x[most], m_y[most], m_z[most];
};

/// What a cell may become.
struct Inks {
    int palette = Levels;
    bool ramp = false; ///< the tones are steps of light, not colours to mix
    float most = 3.0F; ///< levels − 1, of each channel or of a ramp
    Tone ends[2];      ///< of the two colours
    std::span<const Tone> tones;
    NearestTone nearest;
    float strength = 1.0F;

    /// The value of a channel, or of luma, on its steps.
    [[nodiscard]] float step(float value) const { return static_cast<float>(static_cast<int>(std::clamp(value * most + 0.5F, 0.0F, most))) / most; }
    [[nodiscard]] Tone chosen(const Tone& wanted) const
    {
        if (palette == Levels)
            return {step(wanted.r), step(wanted.g), step(wanted.b)};
        if (ramp)
            return tones[static_cast<std::size_t>(std::clamp(lumaOf(wanted) * most + 0.5F, 0.0F, most))];
        return tones[nearest.to(wanted)];
    }
};

/// For each colour (of 64 levels a channel) a list of palette entries, from dark to light, whose mean comes near to it: each
/// next entry makes good for what the ones before it lack. A pattern then picks from the list.
class Mixtures {
public:
    static constexpr int length = 16;
    explicit Mixtures(const Inks& inks)
        : m_inks(inks),
          m_found(64 * 64 * 64) {}
    const Tone& at(const Tone& wanted, float threshold)
    {
        const auto level = [](float value) { return static_cast<std::size_t>(std::clamp(value, 0.0F, 1.0F) * 63.0F + 0.5F); };
        const std::size_t r = level(wanted.r), g = level(wanted.g), b = level(wanted.b);
        std::uint32_t& found = m_found[r * 4096 + g * 64 + b];
        if (found == 0) {
            mix({static_cast<float>(r) / 63.0F, static_cast<float>(g) / 63.0F, static_cast<float>(b) / 63.0F});
            found = static_cast<std::uint32_t>(m_lists.size());
        }
        return m_inks.tones[m_lists[found - 1][static_cast<std::size_t>(threshold * static_cast<float>(length))]];
    }

private:
    void mix(const Tone& wanted)
    {
        std::array<std::uint8_t, length> list{};
        Tone lacks;
        for (std::uint8_t& entry : list) {
            entry = static_cast<std::uint8_t>(m_inks.nearest.to({wanted.r + lacks.r * m_inks.strength, wanted.g + lacks.g * m_inks.strength, wanted.b + lacks.b * m_inks.strength}));
            const Tone& given = m_inks.tones[entry];
            lacks = {lacks.r + wanted.r - given.r, lacks.g + wanted.g - given.g, lacks.b + wanted.b - given.b};
        }
        std::stable_sort(list.begin(), list.end(), [&](std::uint8_t a, std::uint8_t b) { return lumaOf(m_inks.tones[a]) < lumaOf(m_inks.tones[b]); });
        m_lists.push_back(list);
    }

    const Inks& m_inks;
    std::vector<std::uint32_t> m_found; ///< 1 + index into m_lists
    std::vector<std::array<std::uint8_t, length>> m_lists;
};

void ditherByPattern(int method, const Inks& inks, PictureView cells)
{
    const int size = 2 << method; // 2, 4, 8
    std::unique_ptr<Mixtures> mixtures;
    if (!inks.tones.empty() && !inks.ramp)
        mixtures = std::make_unique<Mixtures>(inks);
    for (int y = cells.rect.y0; y < cells.rect.y1; ++y) {
        float *r = cells.row(red, y), *g = cells.row(green, y), *b = cells.row(blue, y);
        for (int i = 0; i < cells.rect.width(); ++i) {
            const int x = cells.rect.x0 + i;
            const float threshold = method == BlueNoise ? blueNoise(x, y) : bayer(x, y, size);
            const float lift = inks.strength * (threshold - 0.5F);
            Tone found;
            if (mixtures != nullptr)
                found = mixtures->at({r[i], g[i], b[i]}, threshold);
            else
                found = inks.chosen({r[i] + lift / inks.most, g[i] + lift / inks.most, b[i] + lift / inks.most});
            r[i] = found.r, g[i] = found.g, b[i] = found.b;
        }
    }
}

/// Where a kernel of error diffusion sends what a cell lacks.
struct Share {
    int dx, dy;
    float part;
};
constexpr Share floydSteinberg[] = {{1, 0, 7.0F / 16}, {-1, 1, 3.0F / 16}, {0, 1, 5.0F / 16}, {1, 1, 1.0F / 16}};
constexpr Share atkinson[] = {{1, 0, 0.125F}, {2, 0, 0.125F}, {-1, 1, 0.125F}, {0, 1, 0.125F}, {1, 1, 0.125F}, {0, 2, 0.125F}};
constexpr Share stucki[] = {{1, 0, 8.0F / 42}, {2, 0, 4.0F / 42}, {-2, 1, 2.0F / 42}, {-1, 1, 4.0F / 42}, {0, 1, 8.0F / 42}, {1, 1, 4.0F / 42}, {2, 1, 2.0F / 42},
    {-2, 2, 1.0F / 42}, {-1, 2, 2.0F / 42}, {0, 2, 4.0F / 42}, {1, 2, 2.0F / 42}, {2, 2, 1.0F / 42}};

std::span<const Share> sharesOf(int method)
{
    if (method == FloydSteinberg)
        return floydSteinberg;
    return method == Atkinson ? std::span<const Share>(atkinson) : std::span<const Share>(stucki);
}

/// From the first row on, every other row backwards, so that no grain leans to one side.
void ditherByDiffusion(int method, const Inks& inks, PictureView cells)
{
    constexpr int margin = 2;
    const std::span<const Share> shares = sharesOf(method);
    const int width = cells.rect.width();
    std::array<std::vector<Tone>, 3> lacking; // of this row and the next two
    for (auto& row : lacking)
        row.assign(static_cast<std::size_t>(width + 2 * margin), {});
    for (int y = cells.rect.y0; y < cells.rect.y1; ++y) {
        float *r = cells.row(red, y), *g = cells.row(green, y), *b = cells.row(blue, y);
        const bool back = (y & 1) != 0;
        for (int step = 0; step < width; ++step) {
            const int i = back ? width - 1 - step : step;
            const Tone& owed = lacking[0][static_cast<std::size_t>(i + margin)];
            // Kept near the range: a colour that no palette reaches must not pile up a debt.
            const Tone wanted{std::clamp(r[i] + owed.r, -0.3F, 1.3F), std::clamp(g[i] + owed.g, -0.3F, 1.3F), std::clamp(b[i] + owed.b, -0.3F, 1.3F)};
            const Tone found = inks.chosen(wanted);
            Tone error{(wanted.r - found.r) * inks.strength, (wanted.g - found.g) * inks.strength, (wanted.b - found.b) * inks.strength};
            if (inks.ramp) // only light counts, from black to white
                error.r = error.g = error.b = (lumaOf(wanted) - inks.step(lumaOf(wanted))) * inks.strength;
            for (const Share& share : shares) {
                Tone& to = lacking[static_cast<std::size_t>(share.dy)][static_cast<std::size_t>(i + margin + (back ? -share.dx : share.dx))];
                to.r += error.r * share.part, to.g += error.g * share.part, to.b += error.b * share.part;
            }
            r[i] = found.r, g[i] = found.g, b[i] = found.b;
        }
        std::fill(lacking[0].begin(), lacking[0].end(), Tone{});
        std::rotate(lacking.begin(), lacking.begin() + 1, lacking.end());
    }
}

CellGrid gridOf(const FrameCall& call)
{
    CellGrid grid;
    grid.width = grid.height = std::max(call.px("cell"), 1.0);
    return grid;
}

bool diffuses(const FrameCall& call)
{
    return call.args.choice("method") >= FloydSteinberg;
}

/// The cells that must be known for a part: with diffusion all above it, over the whole width.
Rect cellsFor(const FrameCall& call, const CellGrid& grid, const Rect& out)
{
    const Rect cells = grid.cellsOf(out);
    if (!diffuses(call))
        return cells;
    return {0, 0, grid.columnOf(call.inputs[0].stream.width - 1) + 1, cells.y1};
}

Rect region(const FrameCall& call, std::size_t, Rect out)
{
    const CellGrid grid = gridOf(call);
    return grid.pixelsOf(cellsFor(call, grid, out));
}

/// In place: the palette may be the two colours within.
void setInks(const FrameCall& call, Inks& inks)
{
    const Colour dark = call.args.colour("dark"), light = call.args.colour("light");
    inks.palette = call.args.choice("palette");
    inks.ramp = inks.palette == TwoColours || inks.palette == GameBoy;
    inks.ends[0] = {static_cast<float>(dark.r), static_cast<float>(dark.g), static_cast<float>(dark.b)};
    inks.ends[1] = {static_cast<float>(light.r), static_cast<float>(light.g), static_cast<float>(light.b)};
    inks.tones = inks.palette == TwoColours ? std::span<const Tone>(inks.ends) : tonesOf(inks.palette);
    inks.nearest = NearestTone(inks.ramp ? std::span<const Tone>{} : inks.tones);
    inks.most = static_cast<float>(inks.ramp ? static_cast<std::int64_t>(inks.tones.size()) - 1 : call.args.integer("levels") - 1);
    inks.strength = static_cast<float>(call.args.real("strength"));
}

/// Each cell as one pixel, display values: the means of its light.
Picture cellsAsPixels(const ConstPictureView& in, const CellGrid& grid, const Rect& cells)
{
    Picture small(cells);
    if (grid.width == 1.0) {
        toDisplay(in, small.view());
        return small;
    }
    const CellMeans means(in, grid, cells);
    for (int y = cells.y0; y < cells.y1; ++y)
        for (int x = cells.x0; x < cells.x1; ++x)
            for (int plane = 0; plane < 4; ++plane)
                small.view().at(plane, x, y) = means.at(x, y)[plane];
    toDisplay(small.view(), small.view());
    return small;
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    const CellGrid grid = gridOf(call);
    const Rect cells = cellsFor(call, grid, out.rect);
    const Rect whole{0, 0, call.inputs[0].stream.width, call.inputs[0].stream.height};
    Inks inks;
    setInks(call, inks);
    Picture small = cellsAsPixels(inputs[0].sub(grid.pixelsOf(cells).clippedTo(whole)), grid, cells);
    if (diffuses(call))
        ditherByDiffusion(call.args.choice("method"), inks, small.view());
    else
        ditherByPattern(call.args.choice("method"), inks, small.view());
    fromDisplay(small.view(), small.view());
    std::vector<int> columns(static_cast<std::size_t>(out.rect.width()));
    for (int x = out.rect.x0; x < out.rect.x1; ++x)
        columns[static_cast<std::size_t>(x - out.rect.x0)] = grid.columnOf(x) - cells.x0;
    for (int y = out.rect.y0; y < out.rect.y1; ++y) {
        const int row = grid.rowOf(y);
        const bool again = y > out.rect.y0 && grid.rowOf(y - 1) == row;
        for (int plane = 0; plane < 4; ++plane) {
            const float* from = small.view().row(plane, row);
            float* to = out.row(plane, y);
            if (again)
                std::copy_n(out.row(plane, y - 1), columns.size(), to);
            else
                for (std::size_t i = 0; i < columns.size(); ++i)
                    to[i] = from[columns[i]];
        }
    }
    return {};
}

} // namespace

extern const Effect effect_dither;
const Effect effect_dither{
    .name = "dither",
    .title = "Dither",
    .help = "Shows a picture in very few colours by patterns of dots: ordered, like blue noise, or by passing on what each dot lacks. With the palettes of old machines.",
    .tags = {"stylize", "retro"},
    .synonyms = {"bayer", "floyd steinberg", "atkinson", "error diffusion", "1-bit", "palette", "indexed colour", "quantize", "8-bit", "retro"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "method", .kind = ParamKind::Choice, .initial = std::int64_t{Bayer4}, .title = "Method", .help = "Patterns stand still in a film; the last three pass errors on and boil", .choices = {"bayer_2", "bayer_4", "bayer_8", "blue_noise", "floyd_steinberg", "atkinson", "stucki"}, .animatable = false},
        {.name = "palette", .kind = ParamKind::Choice, .initial = std::int64_t{Pico8}, .title = "Palette", .choices = {"levels", "two_colours", "game_boy", "cga_cool", "cga_warm", "ega", "c64", "spectrum", "teletext", "pico_8"}, .animatable = false},
        {.name = "levels", .kind = ParamKind::Integer, .initial = std::int64_t{3}, .least = 2, .most = 64, .step = 1, .title = "Levels", .help = "With levels: how many red, green and blue have each", .animatable = false},
        {.name = "dark", .kind = ParamKind::Colour, .initial = Colour{0.1, 0.09, 0.12, 1}, .title = "Dark", .help = "With two colours", .group = "Two colours"},
        {.name = "light", .kind = ParamKind::Colour, .initial = Colour{0.93, 0.92, 0.85, 1}, .title = "Light", .help = "With two colours", .group = "Two colours"},
        {.name = "strength", .initial = 0.6, .least = 0.0, .most = 1.0, .title = "Strength", .help = "0 takes the nearest colour without any pattern, 1 keeps every tone but mixes very different colours"},
        {.name = "cell", .initial = 4.0, .least = 1.0, .most = 200.0, .step = 1.0, .unit = "px", .title = "Cell", .help = "Size of a dot"},
    },
    .access = Access::Whole,
    .region = region,
    .render = render,
};

} // namespace artdag
