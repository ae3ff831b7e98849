// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture/matte.h"
#include "core/effect/effect.h"
#include "core/picture/pointwise.h"

#include <algorithm>

namespace artdag {
namespace {

enum Output {
    Cut,
    Grey,
};

bool leavesIt(const FrameCall& call)
{
    return static_cast<MatteSource>(call.args.choice("source")) == MatteSource::Alpha && call.args.choice("output") == Cut && !call.args.boolean("invert")
        && call.args.real("grow") == 0 && call.args.real("feather") == 0 && call.args.real("black") == 0 && call.args.real("white") == 1;
}

int passes(const FrameCall& call)
{
    return leavesIt(call) ? 0 : -1;
}

Rect readPart(const FrameCall& call, Rect out)
{
    return out.grown(matteReach(call.px("grow"), call.px("feather"))).clippedTo({0, 0, call.out.width, call.out.height});
}

Rect region(const FrameCall& call, std::size_t, Rect out)
{
    return readPart(call, out);
}

/// Black and white points, then perhaps upside down.
void level(const FrameCall& call, Mask& matte)
{
    const auto black = static_cast<float>(call.args.real("black"));
    const float span = std::max(static_cast<float>(call.args.real("white")) - black, 1e-4F);
    const bool invert = call.args.boolean("invert");
    if (black == 0.0F && span == 1.0F && !invert)
        return;
    for (float& value : matte.values) {
        const float kept = std::clamp((value - black) / span, 0.0F, 1.0F);
        value = invert ? 1.0F - kept : kept;
    }
}

/// The colour that a pixel would have if it were opaque, times its new alpha.
void cut(const ConstPictureView& picture, const Mask& matte, PictureView out)
{
    unpremultiply(picture.sub(out.rect), out);
    for (int y = out.rect.y0; y < out.rect.y1; ++y) {
        const float* kept = matte.row(y) + (out.rect.x0 - matte.rect.x0);
        for (int plane = 0; plane < 3; ++plane)
            multiplyRow(out.row(plane, y), kept, out.row(plane, y), static_cast<std::size_t>(out.rect.width()));
        std::copy_n(kept, out.rect.width(), out.row(alpha, y));
    }
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    if (leavesIt(call)) {
        copy(inputs[0], out);
        return {};
    }
    const double grow = call.px("grow"), feather = call.px("feather");
    Mask matte = matteOf(inputs[0], static_cast<MatteSource>(call.args.choice("source")), call.args.choice("space") == 0, readPart(call, out.rect));
    level(call, matte);
    if (grow != 0 || feather > 0)
        matte = reshaped(matte, grow, feather, {0, 0, call.out.width, call.out.height}, out.rect);
    if (call.args.choice("output") == Cut) {
        cut(inputs[0], matte, out);
        return {};
    }
    for (int y = out.rect.y0; y < out.rect.y1; ++y)
        showMatteRow(matte.row(y) + (out.rect.x0 - matte.rect.x0), out.rect.x0, y, out.rect.width(), out);
    return {};
}

} // namespace

extern const Effect effect_matte;
const Effect effect_matte{
    .name = "matte",
    .title = "Matte",
    .help = "Makes a picture's transparency anew from its brightness, its own alpha or a channel, with levels, then grows, shrinks or softens it. After a key it cleans the edge.",
    .tags = {"combine", "key"},
    .synonyms = {"shuffle", "channel to alpha", "copy alpha", "choke", "choker", "spread", "erode", "dilate", "feather", "luma to alpha", "refine edge", "alphaextract"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "source", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .title = "Source", .help = "What becomes the transparency: how bright the picture is, or one of its channels", .choices = matteSourceNames(), .animatable = false},
        {.name = "output", .kind = ParamKind::Choice, .initial = std::int64_t{Cut}, .title = "Output", .help = "The picture with its new transparency, or the matte in grey", .choices = {"picture", "matte"}, .animatable = false},
        {.name = "black", .initial = 0.0, .least = 0.0, .most = 1.0, .title = "Black", .help = "What is darker becomes wholly transparent"},
        {.name = "white", .initial = 1.0, .least = 0.0, .most = 1.0, .title = "White", .help = "What is brighter becomes wholly opaque"},
        {.name = "invert", .kind = ParamKind::Boolean, .initial = false, .title = "Invert"},
        {.name = "grow", .initial = 0.0, .least = -128.0, .most = 128.0, .step = 0.5, .unit = "px", .title = "Grow", .help = "Widens the opaque part; negative values choke it. Beyond the picture's own edge it is black"},
        {.name = "feather", .initial = 0.0, .least = 0.0, .most = 512.0, .step = 1.0, .unit = "px", .title = "Feather", .help = "How wide the soft edge is"},
        {.name = "space", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .title = "Space", .help = "In display a middle grey becomes half transparent; linear counts light", .choices = {"display", "linear"}, .animatable = false},
    },
    .access = Access::Region,
    .passes = passes,
    .region = region,
    .render = render,
};

} // namespace artdag
