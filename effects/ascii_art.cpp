// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "core/effect/effect.h"
#include "core/effect/linear_colour.h"
#include "core/picture/cell_grid.h"
#include "core/picture/dot_letters.h"
#include "core/picture/outline.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_OUTLINE_H

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>

namespace artdag {
namespace {

enum Match {
    Shape,
    Ink,
    Ramp,
};
enum Colours {
    Source,
    Bright,
    Mono,
    Inverted,
};

constexpr int zonesAcross = 3, zonesDown = 5, zones = zonesAcross * zonesDown; ///< in which letters and cells are compared
using ZoneTones = std::array<float, zones>;
constexpr float formWeight = 0.2F; ///< of a form that fits against a tone that does not

/// A letter as it fills its cell: coverage on a grid, summed up from the top left, so that any box of it is four look-ups.
struct Letter {
    int width = 1, height = 1;
    std::vector<float> sums; ///< (width + 1) × (height + 1)
    float ink = 0.0F;        ///< its part of the cell
    ZoneTones form{};        ///< how its zones differ from its mean, as a vector of length 1

    [[nodiscard]] const float* row(int y) const { return sums.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(width + 1); }
};

Letter letterOf(int width, int height, const std::vector<float>& cover)
{
    Letter letter{.width = width, .height = height, .sums = std::vector<float>(static_cast<std::size_t>(width + 1) * static_cast<std::size_t>(height + 1))};
    ZoneTones areas{};
    for (int y = 0; y < height; ++y) {
        float along = 0.0F;
        for (int x = 0; x < width; ++x) {
            const float value = cover[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)];
            along += value;
            letter.sums[static_cast<std::size_t>(y + 1) * static_cast<std::size_t>(width + 1) + static_cast<std::size_t>(x + 1)] = letter.row(y)[x + 1] + along;
            const auto zone = static_cast<std::size_t>(y * zonesDown / height * zonesAcross + x * zonesAcross / width);
            letter.form[zone] += value;
            areas[zone] += 1.0F;
        }
    }
    letter.ink = letter.sums.back() / static_cast<float>(width * height);
    float length = 0.0F;
    for (std::size_t i = 0; i < letter.form.size(); ++i) {
        letter.form[i] = letter.form[i] / std::max(areas[i], 1.0F) - letter.ink;
        length += letter.form[i] * letter.form[i];
    }
    for (float& zone : letter.form)
        zone /= std::sqrt(length) + 1e-6F;
    return letter;
}

Letter dotLetter(char32_t character)
{
    // Half dots, so that the space around the letter is whole ones.
    constexpr int width = 2 * dotCellWidth, height = 2 * dotCellHeight;
    std::vector<float> cover(static_cast<std::size_t>(width) * height);
    const std::uint64_t dots = dotsOf(character);
    for (int y = 0; y < 2 * dotLetterHeight; ++y)
        for (int x = 0; x < 2 * dotLetterWidth; ++x)
            if ((dots >> (y / 2 * dotLetterWidth + x / 2) & 1U) != 0)
                cover[static_cast<std::size_t>(y + 2) * width + static_cast<std::size_t>(x + 1)] = 1.0F;
    return letterOf(width, height, cover);
}

/// Code points of UTF-8; a byte that is none stands for itself.
std::vector<char32_t> charactersOf(const std::string& text)
{
    std::vector<char32_t> found;
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t length = lead >= 0xF0U ? 4 : lead >= 0xE0U ? 3
            : lead >= 0xC0U                                          ? 2
                                                                     : 1;
        char32_t character = length == 1 ? lead : lead & (0x7FU >> length);
        for (std::size_t k = 1; k < length && i + k < text.size(); ++k)
            character = character << 6U | (static_cast<unsigned char>(text[i + k]) & 0x3FU);
        i += length;
        if (character >= U' ')
            found.push_back(character);
    }
    if (found.empty())
        found.push_back(U' ');
    return found;
}

struct CloseFont {
    void operator()(FT_Library library) const { FT_Done_FreeType(library); }
    void operator()(FT_Face face) const { FT_Done_Face(face); }
};

OutlinePoint pointOf(const FT_Vector* vector)
{
    return {static_cast<double>(vector->x), static_cast<double>(vector->y)};
}

Outline outlineOf(FT_Face face, char32_t character)
{
    Outline outline;
    if (FT_Load_Char(face, character, FT_LOAD_NO_SCALE | FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP) != 0 || face->glyph->format != FT_GLYPH_FORMAT_OUTLINE)
        return outline;
    FT_Outline_Funcs walk{};
    walk.move_to = [](const FT_Vector* to, void* user) { static_cast<Outline*>(user)->moveTo(pointOf(to)); return 0; };
    walk.line_to = [](const FT_Vector* to, void* user) { static_cast<Outline*>(user)->lineTo(pointOf(to)); return 0; };
    walk.conic_to = [](const FT_Vector* control, const FT_Vector* to, void* user) { static_cast<Outline*>(user)->quadTo(pointOf(control), pointOf(to)); return 0; };
    walk.cubic_to = [](const FT_Vector* a, const FT_Vector* b, const FT_Vector* to, void* user) {
        static_cast<Outline*>(user)->cubicTo(pointOf(a), pointOf(b), pointOf(to));
        return 0;
    };
    FT_Outline_Decompose(&face->glyph->outline, &walk, &outline);
    return outline;
}

/// Letters of a font, each in the middle of a cell as wide as the widest and as high as a line.
Result<std::vector<Letter>> fontLetters(const Bytes& bytes, const std::vector<char32_t>& characters)
{
    FT_Library opened = nullptr;
    if (FT_Init_FreeType(&opened) != 0)
        return fail(Fault::Unavailable, "font: FreeType does not start");
    const std::unique_ptr<FT_LibraryRec_, CloseFont> library(opened);
    FT_Face read = nullptr;
    if (FT_New_Memory_Face(opened, bytes.data(), static_cast<FT_Long>(bytes.size()), 0, &read) != 0)
        return fail(Fault::BadInput, "font: cannot be read; TrueType and OpenType outlines work");
    const std::unique_ptr<FT_FaceRec_, CloseFont> face(read);
    if (!FT_IS_SCALABLE(read))
        return fail(Fault::BadInput, "font: has no outlines; TrueType and OpenType outlines work");
    std::vector<Outline> outlines;
    std::vector<double> advances;
    for (const char32_t character : characters) {
        outlines.push_back(outlineOf(read, character));
        advances.push_back(static_cast<double>(read->glyph->metrics.horiAdvance));
    }
    constexpr int width = 48, height = 72;
    const double wide = std::max(*std::ranges::max_element(advances), 1.0), tall = std::max(static_cast<double>(read->ascender - read->descender), 1.0);
    std::vector<Letter> letters;
    for (std::size_t i = 0; i < outlines.size(); ++i) {
        const Affine place{width / wide, 0, 0.5 * (wide - advances[i]) * width / wide, 0, -height / tall, read->ascender * height / tall};
        letters.push_back(letterOf(width, height, fillCoverage(flatten(outlines[i], place), FillRule::NonZero, {0, 0, width, height}).values));
    }
    return letters;
}

struct Page {
    CellGrid grid;
    std::vector<Letter> letters;
    float mostInk = 1.0F; ///< of the densest letter: white
    int match = Shape, colours = Source;
    LinearColour ink, background;
    float slope = 1.0F, lift = 0.0F, shade = 0.0F, shuffle = 0.0F;
    bool invert = false;
    std::uint64_t seed = 0;
};

CellGrid gridOf(const FrameCall& call)
{
    CellGrid grid;
    grid.width = std::max(call.px("cell"), 1.0);
    grid.height = std::max(grid.width * call.args.real("line_height"), 1.0);
    return grid;
}

Result<Page> makePage(const FrameCall& call)
{
    Page page;
    page.grid = gridOf(call);
    const std::vector<char32_t> characters = charactersOf(call.args.text("letters"));
    if (const ContentId& font = call.args.file("font"); !font.isNull()) {
        const auto bytes = TRY(call.sources->file(font));
        page.letters = TRY(fontLetters(*bytes, characters));
    } else {
        for (const char32_t character : characters)
            page.letters.push_back(dotLetter(character));
    }
    page.mostInk = std::max(std::ranges::max_element(page.letters, {}, &Letter::ink)->ink, 0.01F);
    page.match = call.args.choice("match");
    page.colours = call.args.choice("colours");
    page.ink = linearOf(call.args.colour("ink"));
    page.background = linearOf(call.args.colour("background"));
    const double root = 1.0 + call.args.real("contrast");
    page.slope = static_cast<float>(root * root);
    page.lift = static_cast<float>(0.5 - 0.5 * root * root + call.args.real("brightness"));
    page.shade = static_cast<float>(call.args.real("shade"));
    page.shuffle = static_cast<float>(call.args.real("shuffle"));
    page.invert = call.args.boolean("invert");
    page.seed = static_cast<std::uint64_t>(call.args.integer("seed"));
    return page;
}

/// Linear light of the zones of a cell, times alpha; `mean` where a zone has no pixel of its own.
ZoneTones zonesOf(const ConstPictureView& in, const Rect& part, float mean)
{
    ZoneTones tones;
    for (int j = 0; j < zonesDown; ++j) {
        const int y0 = part.y0 + part.height() * j / zonesDown, y1 = part.y0 + part.height() * (j + 1) / zonesDown;
        for (int i = 0; i < zonesAcross; ++i) {
            const int x0 = part.x0 + part.width() * i / zonesAcross, x1 = part.x0 + part.width() * (i + 1) / zonesAcross;
            float sum = 0.0F;
            for (int y = y0; y < y1; ++y) {
                const float *r = in.row(red, y) - in.rect.x0, *g = in.row(green, y) - in.rect.x0, *b = in.row(blue, y) - in.rect.x0;
                for (int x = x0; x < x1; ++x)
                    sum += 0.2126F * r[x] + 0.7152F * g[x] + 0.0722F * b[x];
            }
            const int area = (x1 - x0) * (y1 - y0);
            tones[static_cast<std::size_t>(j * zonesAcross + i)] = area > 0 ? sum / static_cast<float>(area) : mean;
        }
    }
    return tones;
}

std::size_t letterFor(const Page& page, const ZoneTones& tones, float mean)
{
    const std::size_t count = page.letters.size();
    if (page.match == Ramp)
        return std::min(static_cast<std::size_t>(mean * static_cast<float>(count)), count - 1);
    ZoneTones form{};
    for (std::size_t i = 0; page.match == Shape && i < form.size(); ++i)
        form[i] = tones[i] - mean;
    std::size_t best = 0;
    float least = 1e9F;
    for (std::size_t k = 0; k < count; ++k) {
        const Letter& letter = page.letters[k];
        const float tone = letter.ink / page.mostInk - mean;
        float alike = 0.0F; // what is flat has no form, so there only tone counts
        for (std::size_t i = 0; i < form.size(); ++i)
            alike += form[i] * letter.form[i];
        const float wrong = tone * tone - formWeight * alike;
        if (wrong < least)
            least = wrong, best = k;
    }
    return best;
}

/// A cell to be printed: premultiplied linear light.
struct Cell {
    const Letter* letter = nullptr;
    float ink[4] = {}, paper[4] = {};
};

Cell makeCell(const Page& page, const ConstPictureView& in, const Rect& part, const float* mean, int column, int row)
{
    Cell cell{.paper = {page.background.r, page.background.g, page.background.b, page.background.a}};
    const float cover = mean[alpha];
    if (cover <= 0.0F)
        return cell;
    const float light = 0.2126F * mean[red] + 0.7152F * mean[green] + 0.0722F * mean[blue];
    ZoneTones tones{};
    if (page.match == Shape)
        tones = zonesOf(in, part, light);
    float tone = std::max(light / cover, 0.0F);
    for (float& zone : tones)
        zone = std::max(zone / cover, 0.0F);
    linearToDisplayRow(tones.data(), tones.data(), tones.size());
    linearToDisplayRow(&tone, &tone, 1);
    const auto chance = static_cast<float>(randomUnit(page.seed, static_cast<std::uint64_t>(column), static_cast<std::uint64_t>(row)) - 0.5);
    const auto seen = [&](float value) {
        const float steep = std::clamp(value * page.slope + page.lift, 0.0F, 1.0F);
        return std::clamp((page.invert ? 1.0F - steep : steep) + chance * page.shuffle, 0.0F, 1.0F);
    };
    for (float& zone : tones)
        zone = seen(zone);
    cell.letter = &page.letters[letterFor(page, tones, seen(tone))];
    const float shaded = cover * (1.0F - page.shade * (1.0F - seen(tone)));
    const float most = std::max({mean[red], mean[green], mean[blue], 0.004F * cover});
    const float inks[4] = {page.ink.r, page.ink.g, page.ink.b, page.ink.a};
    for (int plane = 0; plane < 4; ++plane) {
        const float full = plane == alpha ? 1.0F : mean[plane] / most;
        cell.ink[plane] = page.colours == Mono ? inks[plane] * (plane == alpha ? cover : shaded) : page.colours == Bright ? full * (plane == alpha ? cover : shaded)
                                                                                                                          : mean[plane];
    }
    if (page.colours == Inverted)
        for (int plane = 0; plane < 4; ++plane) {
            cell.ink[plane] = cell.paper[plane] * cover;
            cell.paper[plane] = mean[plane] + cell.paper[plane] * (1.0F - cover);
        }
    return cell;
}

/// The sums of a letter at a height between its rows.
void sumsAt(const Letter& letter, double place, float* __restrict out)
{
    const double y = std::clamp(place, 0.0, static_cast<double>(letter.height));
    const int above = std::min(static_cast<int>(y), letter.height - 1);
    const auto weight = static_cast<float>(y - above);
    const float* __restrict a = letter.row(above);
    const float* __restrict b = letter.row(above + 1);
    for (int x = 0; x <= letter.width; ++x)
        out[x] = a[x] + (b[x] - a[x]) * weight;
}

void printCell(const Page& page, const Cell& cell, int column, int row, const Rect& part, PictureView out, std::vector<float>& work)
{
    if (cell.letter == nullptr || cell.letter->ink <= 0.0F) {
        for (int plane = 0; plane < 4; ++plane)
            for (int y = part.y0; y < part.y1; ++y)
                std::fill_n(out.row(plane, y) + (part.x0 - out.rect.x0), part.width(), cell.paper[plane]);
        return;
    }
    const Letter& letter = *cell.letter;
    const auto span = static_cast<std::size_t>(letter.width + 1);
    work.resize(2 * span + static_cast<std::size_t>(part.width()) + 1);
    float *high = work.data(), *low = high + span, *cover = low + span;
    const double across = letter.width / page.grid.width, down = letter.height / page.grid.height;
    const double left = column * page.grid.width, top = row * page.grid.height;
    const auto area = static_cast<float>(across * down);
    sumsAt(letter, (part.y0 - top) * down, high);
    for (int y = part.y0; y < part.y1; ++y) {
        sumsAt(letter, (y + 1 - top) * down, low);
        for (int i = 0; i <= part.width(); ++i) {
            const double x = std::clamp((part.x0 + i - left) * across, 0.0, static_cast<double>(letter.width));
            const int before = std::min(static_cast<int>(x), letter.width - 1);
            const auto weight = static_cast<float>(x - before);
            cover[i] = (low[before] - high[before]) * (1.0F - weight) + (low[before + 1] - high[before + 1]) * weight;
        }
        for (int i = 0; i < part.width(); ++i)
            cover[i] = std::clamp((cover[i + 1] - cover[i]) / area, 0.0F, 1.0F);
        for (int plane = 0; plane < 4; ++plane) {
            float* to = out.row(plane, y) + (part.x0 - out.rect.x0);
            for (int i = 0; i < part.width(); ++i)
                to[i] = cell.paper[plane] * (1.0F - cell.ink[alpha] * cover[i]) + cell.ink[plane] * cover[i];
        }
        std::swap(high, low);
    }
}

Rect region(const FrameCall& call, std::size_t, Rect out)
{
    const CellGrid grid = gridOf(call);
    return grid.pixelsOf(grid.cellsOf(out));
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    const Page page = TRY(makePage(call));
    const Rect whole{0, 0, call.out.width, call.out.height};
    const Rect cells = page.grid.cellsOf(out.rect);
    const ConstPictureView in = inputs[0].sub(page.grid.pixelsOf(cells).clippedTo(whole));
    const CellMeans means(in, page.grid, cells);
    std::vector<float> work;
    for (int row = cells.y0; row < cells.y1; ++row) {
        for (int column = cells.x0; column < cells.x1; ++column) {
            const Rect all = page.grid.pixelsOf(column, row).clippedTo(whole);
            const Cell cell = makeCell(page, in, all, means.at(column, row), column, row);
            printCell(page, cell, column, row, all.clippedTo(out.rect), out, work);
        }
    }
    return {};
}

} // namespace

extern const Effect effect_ascii_art;
const Effect effect_ascii_art{
    .name = "ascii_art",
    .title = "ASCII art",
    .help = "Types a picture in letters, each chosen by the shape of what it stands for or by its tone, in the picture's colours or in one ink.",
    .tags = {"stylize", "text"},
    .synonyms = {"text mode", "terminal", "characters", "ansi", "typewriter", "letters", "matrix"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "cell", .initial = 12.0, .least = 4.0, .most = 400.0, .step = 1.0, .unit = "px", .title = "Cell", .help = "Width of a letter"},
        {.name = "line_height", .initial = 1.5, .least = 0.5, .most = 4.0, .title = "Line height", .help = "Height of a letter as a multiple of its width"},
        {.name = "letters", .kind = ParamKind::Text, .initial = std::string(" .'`,:;-~_=+^!/\\|()<>[]{}?*ivxcoLTYJsaeknhdpqmwS5XG69OZ#%&8B@MWQ"), .title = "Letters", .help = "Those that may be typed; order matters for the ramp only, from thin to dense", .group = "Letters", .animatable = false},
        {.name = "match", .kind = ParamKind::Choice, .initial = std::int64_t{Shape}, .title = "Match", .help = "What chooses a letter: the shape in its cell, how much ink it has, or its place in the list", .group = "Letters", .choices = {"shape", "ink", "ramp"}, .animatable = false},
        {.name = "font", .kind = ParamKind::Font, .initial = ContentId{}, .title = "Font", .help = "Letters of 5 × 7 dots when none is chosen; those of one width look best", .group = "Letters", .animatable = false},
        {.name = "shuffle", .initial = 0.0, .least = 0.0, .most = 1.0, .title = "Shuffle", .help = "Chance in the choice of letters", .group = "Letters"},
        {.name = "seed", .kind = ParamKind::Seed, .initial = std::int64_t{1}, .least = 0, .title = "Seed", .group = "Letters"},
        {.name = "contrast", .initial = 0.0, .least = -1.0, .most = 1.0, .title = "Contrast", .help = "Of the tones that choose letters", .group = "Tone"},
        {.name = "brightness", .initial = 0.04, .least = -1.0, .most = 1.0, .title = "Brightness", .help = "Of the tones that choose letters", .group = "Tone"},
        {.name = "invert", .kind = ParamKind::Boolean, .initial = false, .title = "Invert", .help = "Dense letters for dark tones, for dark ink on light paper", .group = "Tone"},
        {.name = "colours", .kind = ParamKind::Choice, .initial = std::int64_t{Bright}, .title = "Colours", .help = "Letters in the picture's colour, in its pure bright hue, in one ink, or cut out of the picture's colours", .group = "Colours", .choices = {"source", "bright", "mono", "inverted"}, .animatable = false},
        {.name = "ink", .kind = ParamKind::Colour, .initial = Colour{0.55, 1.0, 0.6, 1}, .title = "Ink", .help = "For mono", .group = "Colours"},
        {.name = "background", .kind = ParamKind::Colour, .initial = Colour{0.02, 0.02, 0.03, 1}, .title = "Background", .group = "Colours"},
        {.name = "shade", .initial = 0.35, .least = 0.0, .most = 1.0, .title = "Shade", .help = "How much darker tones are typed darker, for bright and mono", .group = "Colours"},
    },
    .access = Access::Region,
    .region = region,
    .render = render,
};

} // namespace artdag
