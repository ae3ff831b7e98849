// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/effect/effect.h"
#include "core/picture/extend.h"

#include <algorithm>
#include <vector>

namespace artdag {
namespace {

int distanceOf(const FrameCall& call)
{
    return std::max(1, static_cast<int>(exact::floor(call.px("radius") + 0.5)));
}

int passes(const FrameCall& call)
{
    return call.args.real("amount") == 0.0 ? 0 : -1;
}

Works works(const FrameCall& call)
{
    return passes(call) == 0 ? Works::Either : Works::Display;
}

Rect region(const FrameCall& call, std::size_t, Rect out)
{
    return passes(call) == 0 ? out : out.grown(distanceOf(call));
}

/// Brightness, as much as it covers, of a pixel and of the eight around it.
struct Around {
    const float* rows[3];
    int distance;
    float amount, halo;

    /// What is added to all three colours.
    [[nodiscard]] float detail(int x) const
    {
        const float *above = rows[0] + x, *own = rows[1] + x, *below = rows[2] + x;
        const int d = distance;
        const float cross = (above[0] + below[0]) + (own[-d] + own[d]);
        const float corners = (above[-d] + above[d]) + (below[-d] + below[d]);
        const float sharp = own[0] + amount * (own[0] - (cross * 0.125F + corners * 0.0625F + own[0] * 0.25F));
        const float least = std::min({above[0], below[0], own[-d], own[d], own[0]});
        const float most = std::max({above[0], below[0], own[-d], own[d], own[0]});
        const float room = halo * (most - least);
        return std::clamp(sharp, least - room, most + room) - own[0];
    }
};

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    copy(inputs[0], out);
    if (passes(call) == 0)
        return {};
    const int distance = distanceOf(call);
    const Rect need = out.rect.grown(distance);
    const Picture source = extended(inputs[0].sub(need.clippedTo(inputs[0].rect)), need, EdgeMode::Clamp);
    Picture brightness(need);
    brightnessPlane(source.view(), brightness.view(), red);
    Around around{{}, distance, static_cast<float>(2.0 * call.args.real("amount")), static_cast<float>(call.args.real("halos"))};
    std::vector<float> detail(static_cast<std::size_t>(out.rect.width()));
    for (int y = out.rect.y0; y < out.rect.y1; ++y) {
        for (int k = 0; k < 3; ++k)
            around.rows[k] = std::as_const(brightness).view().row(red, y + (k - 1) * distance) + distance;
        for (int x = 0; x < out.rect.width(); ++x)
            detail[static_cast<std::size_t>(x)] = around.detail(x);
        const float* const cover = out.row(alpha, y);
        for (int plane = 0; plane < 3; ++plane) {
            float* const to = out.row(plane, y);
            for (int x = 0; x < out.rect.width(); ++x)
                to[x] = cover[x] > 0.0F ? to[x] + detail[static_cast<std::size_t>(x)] : 0.0F;
        }
    }
    return {};
}

} // namespace

extern const Effect effect_sharpen;
const Effect effect_sharpen{
    .name = "sharpen",
    .title = "Sharpen",
    .help = "Makes fine detail crisper without the bright seams of other sharpeners: no pixel goes far beyond its neighbours, and colours do not change.",
    .tags = {"blur and detail", "sharpen"},
    .synonyms = {"crisp", "contrast adaptive sharpening", "cas", "detail", "focus", "high pass"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "amount", .initial = 1.0, .least = 0.0, .most = 5.0, .title = "Amount"},
        {.name = "radius", .initial = 1.0, .least = 1.0, .most = 20.0, .step = 1.0, .unit = "px", .title = "Radius", .help = "Which neighbours are compared, in whole pixels"},
        {.name = "halos", .initial = 0.15, .least = 0.0, .most = 2.0, .title = "Halos", .help = "How far an edge may go beyond its neighbours, as a part of its height; 0 never"},
    },
    .access = Access::Region,
    .passes = passes,
    .region = region,
    .works = works,
    .render = render,
};

} // namespace artdag
