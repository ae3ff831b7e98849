// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "core/effect/effect.h"
#include "core/effect/linear_colour.h"
#include "core/picture/dot_letters.h"

#include <algorithm>
#include <array>
#include <vector>

namespace artdag {
namespace {

struct Zone {
    std::vector<std::uint64_t> letters; ///< from thin to dense
    LinearColour colour;
};

/// What does not change from cell to cell.
struct Page {
    double cellWidth = 12.0, cellHeight = 18.0; ///< px of this plan
    std::array<Zone, 3> zones;
    float low = 0.33F, high = 0.66F, picture = 0.0F, shade = 0.5F, shuffle = 0.0F;
    std::uint64_t seed = 0;
};

Page makePage(const FrameCall& call)
{
    constexpr std::string_view alphabets[3] = {"dark_letters", "middle_letters", "bright_letters"};
    constexpr std::string_view colours[3] = {"dark_colour", "middle_colour", "bright_colour"};
    Page page;
    page.cellWidth = std::max(call.px("cell"), 1.0);
    page.cellHeight = page.cellWidth * dotCellHeight / dotCellWidth;
    for (std::size_t i = 0; i < 3; ++i) {
        for (const char letter : call.args.text(alphabets[i]))
            page.zones[i].letters.push_back(dotsOf(static_cast<unsigned char>(letter)));
        if (page.zones[i].letters.empty())
            page.zones[i].letters.push_back(0);
        page.zones[i].colour = linearOf(call.args.colour(colours[i]));
    }
    page.low = static_cast<float>(call.args.real("low"));
    page.high = std::max(page.low, static_cast<float>(call.args.real("high")));
    page.picture = static_cast<float>(call.args.real("picture_colour"));
    page.shade = static_cast<float>(call.args.real("shade"));
    page.shuffle = static_cast<float>(call.args.real("shuffle"));
    page.seed = static_cast<std::uint64_t>(call.args.integer("seed"));
    return page;
}

/// A letter and its colour, linear premultiplied.
struct Cell {
    std::uint64_t dots = 0;
    float colour[4] = {};
};

int edgeOf(double size, int index)
{
    return static_cast<int>(size * index + 0.5);
}

/// Mean of the pixels in a cell, linear premultiplied.
std::array<float, 4> meanOf(const ConstPictureView& in, const Rect& part)
{
    std::array<float, 4> mean{};
    for (int plane = 0; plane < 4; ++plane) {
        double sum = 0.0;
        for (int y = part.y0; y < part.y1; ++y)
            for (int x = part.x0; x < part.x1; ++x)
                sum += in.at(plane, x, y);
        mean[static_cast<std::size_t>(plane)] = static_cast<float>(sum / (static_cast<double>(part.width()) * part.height()));
    }
    return mean;
}

Cell makeCell(const Page& page, const std::array<float, 4>& mean, int column, int row)
{
    const float cover = mean[3];
    if (cover <= 0.0F)
        return {};
    float luma = (0.2126F * mean[0] + 0.7152F * mean[1] + 0.0722F * mean[2]) / cover;
    linearToDisplayRow(&luma, &luma, 1);
    luma = std::clamp(luma, 0.0F, 1.0F);
    const std::size_t index = luma < page.low ? 0 : luma < page.high ? 1
                                                                     : 2;
    const float begins[4] = {0.0F, page.low, page.high, 1.0F};
    const float span = begins[index + 1] - begins[index];
    float place = span > 0.0F ? (luma - begins[index]) / span : 0.5F;
    const double chance = randomUnit(page.seed, static_cast<std::uint64_t>(column), static_cast<std::uint64_t>(row));
    place = std::clamp(place + page.shuffle * static_cast<float>(chance - 0.5) * 2.0F, 0.0F, 0.999F);
    const Zone& zone = page.zones[index];
    const float light = 1.0F - page.shade * (1.0F - luma);
    Cell cell;
    cell.dots = zone.letters[static_cast<std::size_t>(place * static_cast<float>(zone.letters.size()))];
    const float zoneColour[4] = {zone.colour.r * light, zone.colour.g * light, zone.colour.b * light, zone.colour.a};
    for (std::size_t plane = 0; plane < 4; ++plane)
        cell.colour[plane] = zoneColour[plane] * cover * (1.0F - page.picture) + mean[plane] * page.picture;
    return cell;
}

/// How far a pixel reaches over the dots of a letter along one axis.
struct Reach {
    int first = 0, last = -1;
    double over[dotLetterHeight] = {}; ///< of each dot from `first`
};

/// Of the pixel that begins at `start` and is `size` long, in dots.
Reach reachOf(double start, double size, int dots)
{
    Reach reach{std::max(static_cast<int>(start), 0), std::min(static_cast<int>(start + size), dots - 1)};
    for (int dot = reach.first; dot <= reach.last; ++dot)
        reach.over[dot - reach.first] = std::max(0.0, std::min(start + size, dot + 1.0) - std::max(start, static_cast<double>(dot)));
    return reach;
}

/// How much of a pixel of some area, in dots, the letter covers.
float coverage(std::uint64_t dots, const Reach& across, const Reach& down, double area)
{
    double sum = 0.0;
    for (int row = down.first; row <= down.last; ++row)
        for (int column = across.first; column <= across.last; ++column)
            if ((dots >> (row * dotLetterWidth + column) & 1U) != 0)
                sum += down.over[row - down.first] * across.over[column - across.first];
    return static_cast<float>(sum / area);
}

void drawCell(const Page& page, const Cell& cell, int column, int row, const Rect& part, const LinearColour& background, PictureView out)
{
    const double across = dotCellWidth / page.cellWidth, down = dotCellHeight / page.cellHeight;
    const float behind[4] = {background.r, background.g, background.b, background.a};
    std::vector<Reach> columns;
    for (int x = part.x0; x < part.x1; ++x)
        columns.push_back(reachOf((x - column * page.cellWidth) * across - 0.5, across, dotLetterWidth));
    for (int y = part.y0; y < part.y1; ++y) {
        const Reach tall = reachOf((y - row * page.cellHeight) * down - 1.0, down, dotLetterHeight);
        for (int x = part.x0; x < part.x1; ++x) {
            const float ink = coverage(cell.dots, columns[static_cast<std::size_t>(x - part.x0)], tall, across * down);
            for (int plane = 0; plane < 4; ++plane)
                out.at(plane, x, y) = behind[plane] * (1.0F - cell.colour[alpha] * ink) + cell.colour[plane] * ink;
        }
    }
}

/// The cells that `part` touches, as pixels: edges are rounded, so the search starts one cell early.
Rect cellRange(double cellWidth, double cellHeight, const Rect& part)
{
    Rect cells{static_cast<int>(part.x0 / cellWidth) - 1, static_cast<int>(part.y0 / cellHeight) - 1, static_cast<int>(part.x1 / cellWidth) + 2, static_cast<int>(part.y1 / cellHeight) + 2};
    cells.x0 = std::max(cells.x0, 0);
    cells.y0 = std::max(cells.y0, 0);
    return cells;
}

Rect region(const FrameCall& call, std::size_t, Rect out)
{
    const double width = std::max(call.px("cell"), 1.0), height = width * dotCellHeight / dotCellWidth;
    const Rect cells = cellRange(width, height, out);
    return {edgeOf(width, cells.x0), edgeOf(height, cells.y0), edgeOf(width, cells.x1), edgeOf(height, cells.y1)};
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    const Page page = makePage(call);
    const LinearColour background = linearOf(call.args.colour("background"));
    const Rect whole{0, 0, call.out.width, call.out.height};
    const Rect cells = cellRange(page.cellWidth, page.cellHeight, out.rect);
    for (int row = cells.y0; row < cells.y1; ++row) {
        for (int column = cells.x0; column < cells.x1; ++column) {
            const Rect all = Rect{edgeOf(page.cellWidth, column), edgeOf(page.cellHeight, row), edgeOf(page.cellWidth, column + 1), edgeOf(page.cellHeight, row + 1)}.clippedTo(whole);
            const Rect part = all.clippedTo(out.rect);
            if (!part.empty())
                drawCell(page, makeCell(page, meanOf(inputs[0], all), column, row), column, row, part, background, out);
        }
    }
    return {};
}

Param letters(std::string_view name, std::string_view title, const char* initial)
{
    return {.name = name, .kind = ParamKind::Text, .initial = std::string(initial), .title = title, .help = "From thin to dense; ASCII", .group = "Letters", .animatable = false};
}

Param paint(std::string_view name, std::string_view title, Colour initial)
{
    return {.name = name, .kind = ParamKind::Colour, .initial = initial, .title = title, .group = "Colours"};
}

} // namespace

extern const Effect effect_ascii_zones;
const Effect effect_ascii_zones{
    .name = "ascii_zones",
    .title = "ASCII zones",
    .help = "Types a picture in letters of 5 × 7 dots. Dark, middle and bright zones each have an alphabet and a colour of their own.",
    .tags = {"stylize", "text"},
    .synonyms = {"ascii art", "terminal", "text mode", "characters", "teletype"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "cell", .initial = 12.0, .least = 4.0, .most = 200.0, .step = 1.0, .unit = "px", .title = "Cell", .help = "Width of a letter; it is half as high again"},
        letters("dark_letters", "Dark letters", " .,:"),
        letters("middle_letters", "Middle letters", "-~=+*oxv"),
        letters("bright_letters", "Bright letters", "#%&8B@"),
        {.name = "low", .initial = 0.25, .least = 0.0, .most = 1.0, .title = "Low", .help = "Display brightness where the middle zone begins"},
        {.name = "high", .initial = 0.65, .least = 0.0, .most = 1.0, .title = "High", .help = "Where the bright zone begins"},
        paint("dark_colour", "Dark colour", {0.25, 0.55, 0.45, 1}),
        paint("middle_colour", "Middle colour", {0.3, 0.85, 0.5, 1}),
        paint("bright_colour", "Bright colour", {0.85, 1.0, 0.8, 1}),
        paint("background", "Background", {0.02, 0.04, 0.03, 1}),
        {.name = "picture_colour", .initial = 0.0, .least = 0.0, .most = 1.0, .title = "Picture colour", .help = "0 takes the zones' colours, 1 the picture's own", .group = "Colours"},
        {.name = "shade", .initial = 0.4, .least = 0.0, .most = 1.0, .title = "Shade", .help = "How much darker tones are typed darker", .group = "Colours"},
        {.name = "shuffle", .initial = 0.1, .least = 0.0, .most = 1.0, .title = "Shuffle", .help = "Chance in the choice of letters", .group = "Letters"},
        {.name = "seed", .kind = ParamKind::Seed, .initial = std::int64_t{1}, .least = 0, .title = "Seed", .group = "Letters"},
    },
    .access = Access::Region,
    .region = region,
    .render = render,
};

} // namespace artdag
