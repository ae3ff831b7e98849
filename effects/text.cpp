// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"
#include "core/effect/linear_colour.h"
#include "core/picture/outline.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_OUTLINE_H
#include <hb-ot.h>

#include <algorithm>
#include <cmath>
#include <memory>

namespace artdag {
namespace {

enum Across {
    Left,
    Centre,
    Right,
};
enum Down {
    Top,
    Middle,
    Bottom,
};

template <auto destroy>
struct Destroy {
    template <class T>
    void operator()(T* thing) const { destroy(thing); }
};
template <class T, auto destroy>
using Owned = std::unique_ptr<T, Destroy<destroy>>;

struct Glyph {
    unsigned id = 0;
    double x = 0, y = 0; ///< of its origin, in font units from the line's start, y up
};
struct Line {
    std::vector<Glyph> glyphs;
    double width = 0; ///< font units
};

/// A font for one call: HarfBuzz shapes, FreeType gives outlines; both in font units, unhinted, so in whole numbers.
class Typeface {
public:
    static Result<Typeface> open(std::shared_ptr<const Bytes> bytes)
    {
        Typeface typeface;
        typeface.m_bytes = std::move(bytes);
        FT_Library library = nullptr;
        if (FT_Init_FreeType(&library) != 0)
            return fail(Fault::Unavailable, "text: FreeType does not start");
        typeface.m_library.reset(library);
        FT_Face face = nullptr;
        if (FT_New_Memory_Face(library, typeface.m_bytes->data(), static_cast<FT_Long>(typeface.m_bytes->size()), 0, &face) != 0 || !FT_IS_SCALABLE(face))
            return fail(Fault::BadInput, "text: the font cannot be read; TrueType and OpenType outlines work");
        typeface.m_face.reset(face);
        const Owned<hb_blob_t, hb_blob_destroy> blob(hb_blob_create(reinterpret_cast<const char*>(typeface.m_bytes->data()),
            static_cast<unsigned>(typeface.m_bytes->size()), HB_MEMORY_MODE_READONLY, nullptr, nullptr));
        const Owned<hb_face_t, hb_face_destroy> shaping(hb_face_create(blob.get(), 0));
        typeface.m_font.reset(hb_font_create(shaping.get()));
        const unsigned units = hb_face_get_upem(shaping.get());
        hb_font_set_scale(typeface.m_font.get(), static_cast<int>(units), static_cast<int>(units));
        typeface.m_unitsPerEm = units;
        hb_font_extents_t extents{};
        hb_font_get_h_extents(typeface.m_font.get(), &extents);
        typeface.m_ascent = extents.ascender;
        typeface.m_descent = -extents.descender;
        return typeface;
    }

    [[nodiscard]] Line shape(std::string_view text, double letterSpacing) const;
    [[nodiscard]] Outline outlineOf(unsigned glyph) const;
    [[nodiscard]] double unitsPerEm() const { return m_unitsPerEm; }
    [[nodiscard]] double ascent() const { return m_ascent; }
    [[nodiscard]] double descent() const { return m_descent; }

private:
    std::shared_ptr<const Bytes> m_bytes; // the last to go: the others read it
    Owned<FT_LibraryRec_, FT_Done_FreeType> m_library;
    Owned<FT_FaceRec_, FT_Done_Face> m_face;
    Owned<hb_font_t, hb_font_destroy> m_font;
    double m_unitsPerEm = 1000, m_ascent = 0, m_descent = 0;
};

Line Typeface::shape(std::string_view text, double letterSpacing) const
{
    const Owned<hb_buffer_t, hb_buffer_destroy> buffer(hb_buffer_create());
    hb_buffer_add_utf8(buffer.get(), text.data(), static_cast<int>(text.size()), 0, static_cast<int>(text.size()));
    hb_buffer_guess_segment_properties(buffer.get());
    hb_buffer_set_language(buffer.get(), hb_language_from_string("en", 2)); // never the machine's locale
    hb_shape(m_font.get(), buffer.get(), nullptr, 0);
    unsigned count = 0;
    const hb_glyph_info_t* infos = hb_buffer_get_glyph_infos(buffer.get(), &count);
    const hb_glyph_position_t* positions = hb_buffer_get_glyph_positions(buffer.get(), &count);
    Line line;
    double pen = 0;
    for (unsigned i = 0; i < count; ++i) {
        if (i > 0 && infos[i].cluster != infos[i - 1].cluster)
            pen += letterSpacing;
        line.glyphs.push_back({infos[i].codepoint, pen + positions[i].x_offset, static_cast<double>(positions[i].y_offset)});
        pen += positions[i].x_advance;
    }
    line.width = pen;
    return line;
}

OutlinePoint pointOf(const FT_Vector* vector)
{
    return {static_cast<double>(vector->x), static_cast<double>(vector->y)};
}

Outline Typeface::outlineOf(unsigned glyph) const
{
    Outline outline;
    if (FT_Load_Glyph(m_face.get(), glyph, FT_LOAD_NO_SCALE | FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP) != 0 || m_face->glyph->format != FT_GLYPH_FORMAT_OUTLINE)
        return outline;
    FT_Outline_Funcs walk{};
    walk.move_to = [](const FT_Vector* to, void* user) { static_cast<Outline*>(user)->moveTo(pointOf(to)); return 0; };
    walk.line_to = [](const FT_Vector* to, void* user) { static_cast<Outline*>(user)->lineTo(pointOf(to)); return 0; };
    walk.conic_to = [](const FT_Vector* control, const FT_Vector* to, void* user) { static_cast<Outline*>(user)->quadTo(pointOf(control), pointOf(to)); return 0; };
    walk.cubic_to = [](const FT_Vector* a, const FT_Vector* b, const FT_Vector* to, void* user) {
        static_cast<Outline*>(user)->cubicTo(pointOf(a), pointOf(b), pointOf(to));
        return 0;
    };
    FT_Outline_Decompose(&m_face->glyph->outline, &walk, &outline);
    return outline;
}

/// Lines at the text's own breaks, and at spaces where a line would be wider than `wrap` font units (0: never).
std::vector<Line> breakLines(const Typeface& typeface, std::string_view text, double wrap, double letterSpacing)
{
    std::vector<Line> lines;
    for (std::size_t start = 0; start <= text.size();) {
        const std::size_t end = std::min(text.find('\n', start), text.size());
        const std::string_view paragraph = text.substr(start, end - start);
        start = end + 1;
        std::size_t lineStart = 0;
        std::size_t fits = 0; // end of the last word that fits
        for (std::size_t at = 0; wrap > 0 && at < paragraph.size();) {
            const std::size_t wordEnd = std::min(paragraph.find(' ', at + 1), paragraph.size());
            const bool tooWide = typeface.shape(paragraph.substr(lineStart, wordEnd - lineStart), letterSpacing).width > wrap;
            if (tooWide && fits > lineStart) {
                lines.push_back(typeface.shape(paragraph.substr(lineStart, fits - lineStart), letterSpacing));
                lineStart = fits + 1; // the space stays behind
                at = lineStart;
                fits = lineStart;
                continue;
            }
            fits = wordEnd;
            at = wordEnd;
        }
        lines.push_back(typeface.shape(lineStart < paragraph.size() ? paragraph.substr(lineStart) : std::string_view{}, letterSpacing));
    }
    return lines;
}

/// All visible glyphs, in px of the output.
Polygons layOut(const FrameCall& call, const Typeface& typeface)
{
    const double size = call.px("size");
    const double unit = size / typeface.unitsPerEm();
    if (unit <= 0)
        return {};
    const double wrap = call.args.real("wrap") * call.out.width / unit;
    const std::vector<Line> lines = breakLines(typeface, call.args.text("text"), wrap, call.args.real("letter_spacing") * typeface.unitsPerEm());
    const double advance = call.args.real("line_height") * size;
    const double height = (typeface.ascent() + typeface.descent()) * unit + advance * (static_cast<double>(lines.size()) - 1);
    const Vec2 position = call.args.vec2("position");
    const int down = call.args.choice("vertical");
    const double top = position.y * call.out.height - (down == Top ? 0.0 : down == Middle ? height / 2
                                                                                          : height);
    const int across = call.args.choice("align");

    std::size_t glyphs = 0;
    for (const Line& line : lines)
        glyphs += line.glyphs.size();
    auto shown = static_cast<std::int64_t>(std::ceil(call.args.real("reveal") * static_cast<double>(glyphs)));
    Polygons polygons;
    double baseline = top + typeface.ascent() * unit;
    for (const Line& line : lines) {
        const double left = position.x * call.out.width - (across == Left ? 0.0 : across == Centre ? line.width * unit / 2
                                                                                                   : line.width * unit);
        for (const Glyph& glyph : line.glyphs) {
            if (shown-- <= 0)
                return polygons;
            const Affine place{unit, 0, left + glyph.x * unit, 0, -unit, baseline - glyph.y * unit};
            Polygons more = flatten(typeface.outlineOf(glyph.id), place);
            std::ranges::move(more, std::back_inserter(polygons));
        }
        baseline += advance;
    }
    return polygons;
}

Rect boundsOf(const Polygons& polygons, double margin)
{
    double x0 = 1e9, y0 = 1e9, x1 = -1e9, y1 = -1e9;
    for (const auto& polygon : polygons)
        for (const OutlinePoint& point : polygon) {
            x0 = std::min(x0, point.x);
            y0 = std::min(y0, point.y);
            x1 = std::max(x1, point.x);
            y1 = std::max(y1, point.y);
        }
    auto whole = [](double value) { return static_cast<int>(std::clamp(std::floor(value), -1e6, 1e6)); };
    return polygons.empty() ? Rect{} : Rect{whole(x0 - margin) - 1, whole(y0 - margin) - 1, whole(x1 + margin) + 2, whole(y1 + margin) + 2};
}

void paintColour(const Mask& mask, const Colour& colour, PictureView out)
{
    const LinearColour linear = linearOf(colour);
    const float planes[4] = {linear.r, linear.g, linear.b, linear.a};
    paint(mask, planes, out);
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView>, PictureView out)
{
    clear(out);
    const auto bytes = TRY(call.sources->file(call.args.file("font")));
    const Typeface typeface = TRY(Typeface::open(bytes));
    const Polygons polygons = layOut(call, typeface);
    const double outline = call.px("outline");
    const Rect rect = boundsOf(polygons, outline + 1).clippedTo(out.rect);
    if (rect.empty())
        return {};
    const Mask fill = fillCoverage(polygons, FillRule::NonZero, rect);
    if (outline > 0) {
        Mask around = strokeCoverage(polygons, 2 * outline, rect);
        for (std::size_t i = 0; i < around.values.size(); ++i)
            around.values[i] = std::max(around.values[i], fill.values[i]);
        paintColour(around, call.args.colour("outline_colour"), out);
    }
    paintColour(fill, call.args.colour("colour"), out);
    return {};
}

/// Shaping is the library's, so its version is part of ours: 1 060 000 is version 1 of this file with HarfBuzz 6.0.0.
int versionWithShaping()
{
    unsigned major = 0, minor = 0, micro = 0;
    hb_version(&major, &minor, &micro);
    return 1'000'000 + static_cast<int>(major * 10'000 + minor * 100 + micro);
}

} // namespace

extern const Effect effect_text;
const Effect effect_text{
    .name = "text",
    .version = versionWithShaping(),
    .title = "Text",
    .help = "Words on a transparent canvas, in any font, with an outline if you like. Lines break where you break them, and at the wrap width.",
    .tags = {"source"},
    .synonyms = {"title", "type", "caption", "letters", "font", "typography", "label"},
    .params = {
        {.name = "text", .kind = ParamKind::Text, .initial = std::string("Your words"), .title = "Text"},
        {.name = "font", .kind = ParamKind::Font, .initial = ContentId{}, .title = "Font", .help = "Inter when none is chosen", .animatable = false},
        {.name = "size", .initial = 120.0, .least = 0.0, .most = 4096.0, .step = 1.0, .unit = "px", .title = "Size", .help = "Height of the font's square"},
        {.name = "colour", .kind = ParamKind::Colour, .initial = Colour{0.97, 0.96, 0.93, 1}, .title = "Colour"},
        {.name = "outline", .initial = 0.0, .least = 0.0, .most = 256.0, .step = 0.5, .unit = "px", .title = "Outline", .help = "How far it reaches beyond the letters", .group = "Outline"},
        {.name = "outline_colour", .kind = ParamKind::Colour, .initial = Colour{0.05, 0.05, 0.08, 1}, .title = "Outline colour", .group = "Outline"},
        {.name = "position", .kind = ParamKind::Point, .initial = Vec2{0.5, 0.5}, .least = -4.0, .most = 5.0, .title = "Position", .help = "0, 0 is top left, 1, 1 bottom right", .group = "Layout"},
        {.name = "align", .kind = ParamKind::Choice, .initial = std::int64_t{Centre}, .title = "Align", .help = "Which side of the lines the position is", .group = "Layout", .choices = {"left", "centre", "right"}, .animatable = false},
        {.name = "vertical", .kind = ParamKind::Choice, .initial = std::int64_t{Middle}, .title = "Vertical", .group = "Layout", .choices = {"top", "middle", "bottom"}, .animatable = false},
        {.name = "wrap", .initial = 0.0, .least = 0.0, .most = 4.0, .title = "Wrap", .help = "Width of a line, 1 is the canvas; 0 never wraps", .group = "Layout"},
        {.name = "line_height", .initial = 1.2, .least = 0.0, .most = 10.0, .title = "Line height", .help = "From line to line, in font sizes", .group = "Layout"},
        {.name = "letter_spacing", .initial = 0.0, .least = -1.0, .most = 4.0, .unit = "em", .title = "Letter spacing", .group = "Layout"},
        {.name = "reveal", .initial = 1.0, .least = 0.0, .most = 1.0, .title = "Reveal", .help = "Which part of the letters is shown yet, from the first one on"},
    },
    .access = Access::Whole,
    .render = render,
};

} // namespace artdag
