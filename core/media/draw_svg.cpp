// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/draw_svg.h"

#include "core/base/late_symbol.h"

#include <fmt/core.h>

#include <cairo.h>
#include <librsvg/rsvg.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <string_view>

namespace artdag {

namespace {

constexpr double largest = 8192;    ///< px of each side as shown
constexpr double shownLarge = 2048; ///< px of the longer side of a drawing that says no size
constexpr double drawnLarge = 4096; ///< px of the longer side that a smaller drawing is drawn with, at most

struct Free {
    void operator()(RsvgHandle* handle) const { g_object_unref(handle); }
    void operator()(GInputStream* stream) const { g_object_unref(stream); }
    void operator()(GError* error) const { g_error_free(error); }
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
    void operator()(cairo_t* context) const { cairo_destroy(context); }
};
template <class Thing>
using Owned = std::unique_ptr<Thing, Free>;

struct Size {
    double width = 0, height = 0;
};

void say(SvgDrawn& drawn, std::string_view words)
{
    drawn.trouble.fill('\0');
    std::size_t count = std::min(words.size(), drawn.trouble.size() - 1);
    while (count > 0 && count < words.size() && (static_cast<unsigned char>(words[count]) & 0xC0U) == 0x80U)
        --count; // not inside a letter
    std::copy_n(words.begin(), count, drawn.trouble.begin());
}

/// px by CSS Values 3 §6.2; 0 for a part of something that is not known here.
double pixelsOf(const RsvgLength& length)
{
    switch (length.unit) {
    case RSVG_UNIT_PX: return length.length;
    case RSVG_UNIT_IN: return length.length * 96;
    case RSVG_UNIT_CM: return length.length * 96 / 2.54;
    case RSVG_UNIT_MM: return length.length * 96 / 25.4;
    case RSVG_UNIT_PT: return length.length * 96 / 72;
    case RSVG_UNIT_PC: return length.length * 16;
    case RSVG_UNIT_EM: return length.length * 16;
    case RSVG_UNIT_EX: return length.length * 8;
    default: return 0;
    }
}

/// The drawing's own size. One that is given by one side or by none has the shape of its viewBox. By none: browsers have it fill
/// what room there is, so it is as large as fits whole times into 2048 px, and never over 4096; without a viewBox it has the
/// size that CSS 2.1 §10.3.2 gives it.
Size sizeOf(RsvgHandle* handle, SvgDrawn& drawn)
{
    gboolean hasWidth = FALSE;
    gboolean hasHeight = FALSE;
    gboolean hasBox = FALSE;
    RsvgLength width{};
    RsvgLength height{};
    RsvgRectangle box{};
    rsvg_handle_get_intrinsic_dimensions(handle, &hasWidth, &width, &hasHeight, &height, &hasBox, &box);
    const bool knowsWidth = hasWidth != FALSE && width.unit != RSVG_UNIT_PERCENT;
    const bool knowsHeight = hasHeight != FALSE && height.unit != RSVG_UNIT_PERCENT;
    Size size{pixelsOf(width), pixelsOf(height)};
    if (knowsWidth && knowsHeight)
        return size;
    if (hasBox == FALSE || !(box.width > 0 && box.height > 0)) {
        drawn.sizeGuessed = true;
        return {knowsWidth ? size.width : 300, knowsHeight ? size.height : 150};
    }
    if (knowsWidth)
        return {size.width, size.width * box.height / box.width};
    if (knowsHeight)
        return {size.height * box.width / box.height, size.height};
    const double longer = std::max(box.width, box.height);
    const double scale = longer > drawnLarge ? drawnLarge / longer : std::max(1.0, std::floor(shownLarge / longer));
    return {box.width * scale, box.height * scale};
}

bool decideSize(RsvgHandle* handle, SvgDrawn& drawn, Size& size)
{
    size = sizeOf(handle, drawn);
    if (!(size.width > 0 && size.height > 0))
        say(drawn, "its width or height is 0; give it a size or a viewBox");
    else if (!(size.width <= largest && size.height <= largest))
        say(drawn, fmt::format("is {:.6g}×{:.6g} px, and at most {}×{} are drawn; give it a smaller width and height, and the size it has now as its viewBox", size.width, size.height, largest, largest));
    else {
        drawn.width = std::max(1, static_cast<int>(std::lround(size.width)));
        drawn.height = std::max(1, static_cast<int>(std::lround(size.height)));
        drawn.enlarged = std::max(1, static_cast<int>(drawnLarge) / std::max(drawn.width, drawn.height));
        return true;
    }
    return false;
}

void paint(RsvgHandle* handle, Size size, SvgDrawn& drawn, std::uint8_t* pixels)
{
    const int width = drawn.width * drawn.enlarged;
    const int height = drawn.height * drawn.enlarged;
    const Owned<cairo_surface_t> surface(cairo_image_surface_create_for_data(pixels, CAIRO_FORMAT_ARGB32, width, height, width * 4));
    const Owned<cairo_t> context(cairo_create(surface.get()));
    cairo_scale(context.get(), width / size.width, height / size.height);
    const RsvgRectangle whole{0, 0, size.width, size.height};
    GError* raised = nullptr;
    const bool rendered = rsvg_handle_render_document(handle, context.get(), &whole, &raised) != FALSE;
    const Owned<GError> error(raised);
    cairo_surface_flush(surface.get());
    drawn.done = rendered && cairo_surface_status(surface.get()) == CAIRO_STATUS_SUCCESS;
    if (!drawn.done)
        say(drawn, fmt::format("cannot be drawn ({}); simplify it, or export it as PNG", error ? error->message : "out of memory"));
}

} // namespace

void drawSvg(ByteView svg, SvgDrawn& drawn, std::uint8_t* pixels)
{
    const Owned<GInputStream> stream(g_memory_input_stream_new_from_data(svg.data(), static_cast<gssize>(svg.size()), nullptr));
    GError* raised = nullptr;
    const Owned<RsvgHandle> handle(rsvg_handle_new_from_stream_sync(stream.get(), nullptr, RSVG_HANDLE_FLAGS_NONE, nullptr, &raised));
    const Owned<GError> error(raised);
    if (!handle) {
        std::string_view words = error ? error->message : "";
        words = words.substr(0, words.find_last_not_of("\n ") + 1);
        return say(drawn, fmt::format("is no drawing that can be read ({}); export it again", words));
    }
    rsvg_handle_set_dpi(handle.get(), 96);
    Size size;
    if (!decideSize(handle.get(), drawn, size))
        return;
    if (pixels == nullptr)
        drawn.done = true;
    else
        paint(handle.get(), size, drawn, pixels);
}

std::string svgVersion()
{
    const auto number = [](const char* name) { return *static_cast<const guint*>(lateSymbol("librsvg-2.so.2", name)); };
    return fmt::format("librsvg {}.{}.{}", number("rsvg_major_version"), number("rsvg_minor_version"), number("rsvg_micro_version"));
}

} // namespace artdag
