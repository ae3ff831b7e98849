// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"
#include "core/picture/pointwise.h"
#include "core/picture/sample.h"

#include <algorithm>
#include <vector>

namespace artdag {
namespace {

/// How far back each level looks, in frames; the first is now. Never more levels than frames.
std::vector<std::int64_t> offsetsOf(const FrameCall& call)
{
    const std::int64_t farthest = call.framesOf(call.args.time("delay"));
    const std::int64_t steps = std::min(call.args.integer("levels") - 1, farthest);
    std::vector<std::int64_t> offsets{0};
    for (std::int64_t i = 1; i <= steps; ++i)
        offsets.push_back((2 * i * farthest + steps) / (2 * steps));
    return offsets;
}

/// The map first, for its place does not depend on the number of levels; then the frames from the oldest to the newest, as a
/// decoder likes them.
void needs(const FrameCall& call, std::vector<FrameNeed>& out)
{
    const std::vector<std::int64_t> offsets = offsetsOf(call);
    out.push_back({1, call.frame});
    for (std::size_t i = offsets.size(); i-- > 0;)
        out.push_back({0, call.frame - offsets[i]});
}

Affine toMap(const FrameCall& call)
{
    const StreamFacts& map = call.inputs[1].stream;
    if (map.width == call.out.width && map.height == call.out.height)
        return {};
    return inverted(fitted(map.width, map.height, call.out.width, call.out.height, Fit::Stretch));
}

int passes(const FrameCall& call)
{
    return offsetsOf(call).size() == 1 ? 1 : -1;
}

Rect region(const FrameCall& call, std::size_t index, Rect out)
{
    const StreamFacts& map = call.inputs[1].stream;
    if (index > 0 || toMap(call) == Affine{})
        return out;
    return scaleRegion(map.width, map.height, toMap(call), Filter::Bilinear, Edge::Clamp, out);
}

/// The map's luma as it is seen, 0–1, in its red plane; nothing where it is transparent.
void findLuma(const FrameCall& call, ConstPictureView map, PictureView luma)
{
    if (toMap(call) == Affine{})
        copy(map, luma);
    else
        scale(map, call.inputs[1].stream.width, call.inputs[1].stream.height, toMap(call), Filter::Bilinear, Edge::Clamp, luma);
    toDisplay(luma, luma);
    const bool inverse = call.args.boolean("invert");
    for (int y = luma.rect.y0; y < luma.rect.y1; ++y) {
        float* r = luma.row(red, y);
        const float *g = luma.row(green, y), *b = luma.row(blue, y), *a = luma.row(alpha, y);
        for (int i = 0; i < luma.rect.width(); ++i) {
            const float seen = std::clamp((0.2126F * r[i] + 0.7152F * g[i] + 0.0722F * b[i]) * std::min(a[i], 1.0F), 0.0F, 1.0F);
            r[i] = inverse ? 1.0F - seen : seen;
        }
    }
}

/// What a row shows: for each pixel the newer of two levels, and how much of the older one.
struct Levels {
    std::vector<int> newer;
    std::vector<float> part;

    Levels(const float* luma, int count, int last, bool mix)
    {
        for (int i = 0; i < count; ++i) {
            const float place = luma[i] * static_cast<float>(last);
            newer.push_back(static_cast<int>(mix ? place : place + 0.5F));
            part.push_back(mix ? place - static_cast<float>(newer.back()) : 0.0F);
        }
    }
};

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    const std::span<const ConstPictureView> frames = inputs.subspan(1);
    const int last = static_cast<int>(frames.size()) - 1;
    if (last == 0) {
        copy(frames[0], out);
        return {};
    }
    Picture luma(out.rect);
    findLuma(call, inputs[0], luma.view());
    std::vector<const float*> rows(frames.size() + 1);
    for (int y = out.rect.y0; y < out.rect.y1; ++y) {
        const Levels levels(luma.view().row(red, y), out.rect.width(), last, call.args.choice("between") == 1);
        for (int plane = 0; plane < 4; ++plane) {
            for (int level = 0; level <= last; ++level)
                rows[static_cast<std::size_t>(level)] = &frames[static_cast<std::size_t>(last - level)].at(plane, out.rect.x0, y);
            rows.back() = rows[static_cast<std::size_t>(last)]; // beyond the oldest
            float* to = out.row(plane, y);
            for (int i = 0; i < out.rect.width(); ++i) {
                const float* const* level = rows.data() + levels.newer[static_cast<std::size_t>(i)];
                to[i] = level[0][i] + (level[1][i] - level[0][i]) * levels.part[static_cast<std::size_t>(i)];
            }
        }
    }
    return {};
}

} // namespace

extern const Effect effect_time_displace;
const Effect effect_time_displace{
    .name = "time_displace",
    .title = "Time displace",
    .help = "A map says how far back in time each pixel looks: black shows now, white the farthest moment. A gradient as map melts whatever moves.",
    .tags = {"time", "warp"},
    .synonyms = {"time displacement", "time warp map", "slit scan", "time machine", "temporal displacement"},
    .inputs = {{.name = "picture", .title = "Picture"}, {.name = "map", .title = "Map"}},
    .params = {
        {.name = "delay", .kind = ParamKind::Time, .initial = Moment{flicksPerSecond / 2}, .least = 0.0, .most = 10.0, .unit = "s", .title = "Delay", .help = "How far back white looks, 10 s at most", .animatable = false},
        {.name = "levels", .kind = ParamKind::Integer, .initial = std::int64_t{16}, .least = 2, .most = 64, .step = 1, .title = "Levels", .help = "How many moments are looked at, 64 at most: each costs as much as the film before it, and the memory of a whole frame", .animatable = false},
        {.name = "between", .kind = ParamKind::Choice, .initial = std::int64_t{1}, .title = "Between levels", .help = "Bands with hard borders, or moments that melt into each other", .choices = {"nearest", "blend"}, .animatable = false},
        {.name = "invert", .kind = ParamKind::Boolean, .initial = false, .title = "Invert", .help = "White shows now"},
    },
    .access = Access::Region,
    .needs = needs,
    .still = [](const Call&) { return true; },
    .passes = passes,
    .region = region,
    .render = render,
};

} // namespace artdag
