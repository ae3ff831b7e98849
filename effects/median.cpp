// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/effect/effect.h"
#include "core/picture/extend.h"
#include "core/picture/pointwise.h"
#include "core/picture/rank.h"
#include "core/picture/rows.h"

#include <algorithm>
#include <utility>

namespace artdag {
namespace {

/// Half the side of the square that is looked at, and how much the next larger one counts: a preview looks like the film.
struct Size {
    int whole = 0;
    float more = 0;
    explicit Size(const FrameCall& call)
    {
        const double radius = call.px("radius"), floor = exact::floor(radius);
        whole = static_cast<int>(floor);
        more = static_cast<float>(radius - floor);
    }
    [[nodiscard]] int reach() const { return whole + (more > 0.0F ? 1 : 0); }
};

int passes(const FrameCall& call)
{
    return Size(call).reach() == 0 ? 0 : -1;
}

Rect region(const FrameCall& call, std::size_t, Rect out)
{
    return out.grown(Size(call).reach());
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    if (passes(call) == 0) {
        copy(inputs[0], out);
        return {};
    }
    const Size size(call);
    const double rank = call.args.real("rank");
    const Rect need = out.rect.grown(size.reach());
    const Picture source = extended(inputs[0].sub(need.clippedTo(inputs[0].rect)), need, EdgeMode::Mirror);
    // Ranks keep the order of what never exceeds alpha: premultiplied planes need not know of each other.
    for (int plane = 0; plane < 4; ++plane) {
        if (plane == alpha && inputs[0].opaque)
            for (int y = out.rect.y0; y < out.rect.y1; ++y)
                std::fill_n(out.row(alpha, y), out.rect.width(), 1.0F);
        else
            rankFilter(source.view(), out, plane, size.whole, rank);
    }
    if (size.more > 0.0F) {
        Picture larger(out.rect);
        for (int plane = 0; plane < 4; ++plane)
            rankFilter(source.view(), larger.view(), plane, size.whole + 1, rank);
        lerp(out, std::as_const(larger).view(), out, size.more);
    }
    for (int y = out.rect.y0; y < out.rect.y1; ++y) {
        float* const planes[4] = {out.row(red, y), out.row(green, y), out.row(blue, y), out.row(alpha, y)};
        rowKernels().blacken(planes, out.rect.width());
    }
    return {};
}

} // namespace

extern const Effect effect_median;
const Effect effect_median{
    .name = "median",
    .title = "Median",
    .help = "Replaces each pixel by the middle one of its neighbourhood: specks and fine lines vanish, edges stay. Other ranks make dark or bright things grow.",
    .tags = {"blur and detail", "blur"},
    .synonyms = {"despeckle", "dust and scratches", "rank", "percentile", "erode", "dilate", "minimum", "maximum", "smooth"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "radius", .initial = 4.0, .least = 0.0, .most = 100.0, .step = 1.0, .unit = "px", .title = "Radius", .help = "Half the side of the square that is looked at"},
        {.name = "rank", .initial = 0.5, .least = 0.0, .most = 1.0, .title = "Rank", .help = "0 takes the darkest, 0.5 the middle, 1 the brightest"},
    },
    .access = Access::Region,
    .passes = passes,
    .region = region,
    .render = render,
};

} // namespace artdag
