// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"
#include "core/picture/extend.h"
#include "core/picture/pointwise.h"
#include "core/picture/structure.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace artdag {
namespace {

enum Operator {
    Sobel,
    Scharr,
    Prewitt,
    Laplacian,
};
enum Background {
    OneColour,
    Transparent,
    ThePicture,
};

double sigmaOf(const FrameCall& call)
{
    return 0.4 * std::max(0.0, call.px("thickness") - 1.0);
}

Rect region(const FrameCall& call, std::size_t, Rect out)
{
    return out.grown(gaussianRadius(sigmaOf(call)) + 1);
}

/// How steep each pixel is, in plane 0; thicker edges are as bright as thin ones.
Picture steepness(const FrameCall& call, const ConstPictureView& input, const Rect& rect)
{
    const double sigma = sigmaOf(call);
    const Rect middle = rect.grown(1), need = middle.grown(gaussianRadius(sigma));
    Picture source = extended(input.sub(need.clippedTo(input.rect)), need, EdgeMode::Clamp);
    if (!input.opaque)
        premultiply(source.view(), source.view());
    Picture soft(middle), found(rect);
    gaussianBlur(source.view(), soft.view(), sigma, sigma, EdgeMode::Clamp);
    ConstPictureView from = std::as_const(soft).view();
    from.opaque = input.opaque;
    const auto spread = static_cast<float>(std::sqrt(1.0 + 6.2831853 * sigma * sigma)); // 1 / height of the blurred edge's slope
    const int kind = call.args.choice("operator");
    const PictureView out = found.view();
    if (kind == Laplacian)
        laplacianOf(from, out);
    else
        structureOf(from, out, kind == Sobel ? sobel : kind == Scharr ? scharr
                                                                      : prewitt);
    for (int y = rect.y0; y < rect.y1; ++y) {
        float* const to = out.row(0, y);
        const float* const yy = out.row(2, y);
        for (int x = 0; x < rect.width(); ++x)
            to[x] = kind == Laplacian ? to[x] * spread * spread * 0.5F : 2.0F * std::sqrt(to[x] + yy[x]) * spread;
    }
    return found;
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    copy(inputs[0], out);
    const Picture steep = steepness(call, inputs[0], out.rect);
    const auto strength = static_cast<float>(call.args.real("strength")), threshold = static_cast<float>(call.args.real("threshold"));
    const Colour line = call.args.colour("colour"), paper = call.args.colour("background_colour");
    const double lines[4] = {line.r, line.g, line.b, line.a}, papers[4] = {paper.r, paper.g, paper.b, paper.a};
    const bool own = call.args.choice("colouring") == 1;
    const int background = call.args.choice("background");
    for (int y = out.rect.y0; y < out.rect.y1; ++y) {
        const float* const slope = steep.view().row(0, y);
        for (int x = 0; x < out.rect.width(); ++x) {
            const float edge = std::clamp((slope[x] * strength - threshold) / (1.0F - threshold + 1e-3F), 0.0F, 1.0F);
            const float cover = out.row(alpha, y)[x];
            const float over = edge * static_cast<float>(lines[3]) * (own ? cover : 1.0F);
            const float under = background == OneColour ? static_cast<float>(papers[3]) : background == ThePicture ? cover
                                                                                                                   : 0.0F;
            const float all = over + under * (1.0F - over);
            for (int plane = 0; plane < 3; ++plane) {
                const float picture = out.row(plane, y)[x];
                const float ink = own ? picture : static_cast<float>(lines[plane]);
                const float below = background == OneColour ? static_cast<float>(papers[plane]) : picture;
                out.row(plane, y)[x] = all > 0.0F ? (ink * over + below * under * (1.0F - over)) / all : 0.0F;
            }
            out.row(alpha, y)[x] = all;
        }
    }
    return {};
}

Works works(const FrameCall&)
{
    return Works::Display;
}

} // namespace

extern const Effect effect_edge_detect;
const Effect effect_edge_detect{
    .name = "edge_detect",
    .title = "Edge detect",
    .help = "Draws the edges of a picture as lines, in one colour or in the picture's own, over a colour, over nothing or over the picture.",
    .tags = {"blur and detail", "line"},
    .synonyms = {"find edges", "sobel", "scharr", "prewitt", "laplacian", "canny", "contour", "outline", "sketch", "edgedetect"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "operator", .kind = ParamKind::Choice, .initial = std::int64_t{Scharr}, .title = "Operator", .help = "Slopes are found by sobel, scharr (the roundest) and prewitt; laplacian finds fine lines and both sides of an edge", .choices = {"sobel", "scharr", "prewitt", "laplacian"}, .animatable = false},
        {.name = "strength", .initial = 2.0, .least = 0.0, .most = 20.0, .step = 0.1, .title = "Strength"},
        {.name = "thickness", .initial = 2.0, .least = 1.0, .most = 60.0, .step = 0.5, .unit = "px", .title = "Thickness", .help = "Thicker lines leave out finer detail"},
        {.name = "threshold", .initial = 0.08, .least = 0.0, .most = 1.0, .title = "Threshold", .help = "Weaker edges are left out"},
        {.name = "colouring", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .title = "Colouring", .help = "Lines in one colour, or in those of the picture", .choices = {"colour", "picture"}, .animatable = false},
        {.name = "colour", .kind = ParamKind::Colour, .initial = Colour{1, 1, 1, 1}, .title = "Colour"},
        {.name = "background", .kind = ParamKind::Choice, .initial = std::int64_t{OneColour}, .title = "Background", .choices = {"colour", "transparent", "picture"}, .animatable = false},
        {.name = "background_colour", .kind = ParamKind::Colour, .initial = Colour{0, 0, 0, 1}, .title = "Background colour"},
    },
    .access = Access::Region,
    .region = region,
    .works = works,
    .render = render,
};

} // namespace artdag
