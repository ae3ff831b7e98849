// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/warp_params.h"
#include "core/picture/pointwise.h"
#include "core/picture/show_coded.h"

#include <algorithm>
#include <cmath>

namespace artdag {
namespace {

enum Channels {
    RedAndGreen,
    Luminance,
    Alpha,
};

int passes(const FrameCall& call)
{
    const Vec2 amount = call.args.vec2("amount");
    return amount.x == 0.0 && amount.y == 0.0 ? 0 : -1;
}

/// The map is stretched to the picture.
Affine toMap(const FrameCall& call)
{
    const StreamFacts& map = call.inputs[1].stream;
    if (map.width == call.out.width && map.height == call.out.height)
        return {};
    return inverted(fitted(map.width, map.height, call.out.width, call.out.height, Fit::Stretch));
}

/// The slope of the map at a pixel takes the next one too; the last ones are held.
Rect mapped(const FrameCall& call, Rect out)
{
    return Rect{out.x0, out.y0, out.x1 + 1, out.y1 + 1}.clippedTo({0, 0, call.out.width, call.out.height});
}

Vec2 mostMoved(const FrameCall& call)
{
    const Vec2 amount = call.args.vec2("amount");
    const double farthest = std::max(call.args.real("neutral"), 1.0 - call.args.real("neutral")) * 2.0;
    return {std::abs(amount.x) * call.canvas.scale * farthest, std::abs(amount.y) * call.canvas.scale * farthest};
}

Rect region(const FrameCall& call, std::size_t index, Rect out)
{
    if (index == 1) {
        const StreamFacts& map = call.inputs[1].stream;
        const Affine place = toMap(call);
        return place == Affine{} ? mapped(call, out) : scaleRegion(map.width, map.height, place, Filter::Bilinear, Edge::Clamp, mapped(call, out));
    }
    const Vec2 most = mostMoved(call);
    return warpRegion(warpRulesOf(call), grownBy(centresOf(out), most.x, most.y));
}

/// How far each pixel reads from where it is, in amounts: planes 0 (across) and 1 (down) of a window. Values are taken as
/// they are seen, within 0–1; where the map is transparent nothing moves.
void findMoves(const FrameCall& call, ConstPictureView map, PictureView moves)
{
    if (const Affine place = toMap(call); place == Affine{})
        copy(map, moves);
    else
        scale(map, call.inputs[1].stream.width, call.inputs[1].stream.height, place, Filter::Bilinear, Edge::Clamp, moves);
    toDisplay(moves, moves);
    const int channels = call.args.choice("channels");
    const auto neutral = static_cast<float>(call.args.real("neutral"));
    auto away = [&](float value, float cover) { return 2.0F * (std::clamp(value, 0.0F, 1.0F) - neutral) * cover; };
    for (int y = moves.rect.y0; y < moves.rect.y1; ++y) {
        float *r = moves.row(red, y), *g = moves.row(green, y);
        const float *b = moves.row(blue, y), *a = moves.row(alpha, y);
        for (int i = 0; i < moves.rect.width(); ++i) {
            const float cover = std::clamp(a[i], 0.0F, 1.0F);
            if (channels == RedAndGreen) {
                r[i] = away(r[i], cover);
                g[i] = away(g[i], cover);
            } else {
                r[i] = channels == Alpha ? away(cover, 1.0F) : away(0.2126F * r[i] + 0.7152F * g[i] + 0.0722F * b[i], cover);
                g[i] = r[i];
            }
        }
    }
}

/// Where the picture may be seen: not far from what it holds, if nothing goes on beyond its border.
Rect touched(const FrameCall& call, const ConstPictureView& picture, const Rect& out)
{
    const WarpRules rules = warpRulesOf(call);
    if (rules.edgeX != Edge::Transparent || rules.edgeY != Edge::Transparent || picture.content.empty())
        return out;
    constexpr int widestPixel = 16 + 2; // what one covers of the source, and the kernel's reach
    const Vec2 most = mostMoved(call);
    const int right = static_cast<int>(std::min(most.x, 1e6)) + widestPixel, down = static_cast<int>(std::min(most.y, 1e6)) + widestPixel;
    const Rect& content = picture.content;
    return Rect{content.x0 - right, content.y0 - down, content.x1 + right, content.y1 + down}.clippedTo(out);
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    if (passes(call) == 0) {
        copy(inputs[0], out);
        return {};
    }
    if (const Rect part = touched(call, inputs[0], out.rect); part != out.rect) {
        clear(out);
        if (part.empty())
            return {};
        out = out.sub(part);
    }
    Picture memory(mapped(call, out.rect));
    const PictureView moves = memory.view();
    findMoves(call, inputs[1], moves);
    const Vec2 amount = call.args.vec2("amount");
    const double x1 = amount.x * call.canvas.scale, y1 = amount.y * call.canvas.scale;
    warp(inputs[0], warpRulesOf(call), out, [&](int x, int y, int n, double* u, double* v) {
        const int line = std::min(y, moves.rect.y1 - 1);
        const float *across = moves.row(red, line) - moves.rect.x0, *down = moves.row(green, line) - moves.rect.x0;
        for (int i = 0; i < n; ++i) {
            const int column = std::min(x + i, moves.rect.x1 - 1);
            u[i] = x + i + 0.5 + x1 * across[column];
            v[i] = y + 0.5 + y1 * down[column];
        }
    });
    return {};
}

} // namespace

extern const Effect effect_displace;
const Effect effect_displace{
    .name = "displace",
    .title = "Displace",
    .help = "Moves each pixel by what a map shows there: middle grey leaves it, lighter and darker pull it to either side. Noise makes it flow, a gradient leans it.",
    .tags = {"transform", "warp"},
    .synonyms = {"displacement map", "distort", "idistort", "stmap", "refract", "glass"},
    .inputs = {{.name = "picture", .title = "Picture"}, {.name = "map", .title = "Map"}},
    .params = {
        {.name = "amount", .kind = ParamKind::Size, .initial = Vec2{80, 80}, .least = -2000.0, .most = 2000.0, .step = 1.0, .unit = "px", .title = "Amount", .help = "How far white reads to the right and down; black reads as far to the left and up"},
        {.name = "channels", .kind = ParamKind::Choice, .initial = std::int64_t{RedAndGreen}, .title = "Channels", .help = "Red moves across and green down, or one value does both", .choices = {"red_green", "luminance", "alpha"}, .animatable = false},
        {.name = "neutral", .initial = 0.5, .least = 0.0, .most = 1.0, .title = "Neutral", .help = "The value of the map that moves nothing"},
        warpFilterParam(),
        warpEdgesParam(Edge::Mirror),
    },
    .access = Access::Gather,
    .passes = passes,
    .region = region,
    .render = render,
};

} // namespace artdag
