// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/effect/effect.h"
#include "core/picture/affine.h"
#include "core/picture/pointwise.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace artdag {
namespace {

enum Sides {
    Both,
    Across,
};

/// The delay of a pixel, in frames: even along lines across the angle, growing with the distance from the line through the centre.
struct Scan {
    double alongX, alongY, start; ///< frames a px, and at the origin
    double span;
    bool both, mix;
    std::int64_t least, most; ///< frames that are looked back to

    explicit Scan(const FrameCall& call)
        : span(call.args.real("span")),
          both(call.args.choice("sides") == Both),
          mix(call.args.choice("between") == 1)
    {
        const Turn turn = turnOf(call.args.real("angle"));
        const double width = call.out.width, height = call.out.height;
        const Vec2 centre = call.args.vec2("centre");
        const double extent = std::abs(turn.cosine) * width + std::abs(turn.sine) * height;
        alongX = turn.cosine * span / extent;
        alongY = turn.sine * span / extent;
        start = -alongX * centre.x * width - alongY * centre.y * height;
        double low = 1e9, high = -1e9;
        for (const double x : {0.5, width - 0.5})
            for (const double y : {0.5, height - 0.5}) {
                low = std::min(low, limited(signedAt(x, y)));
                high = std::max(high, limited(signedAt(x, y)));
            }
        const bool crosses = low < 0 && high > 0;
        const double nearest = !both ? low : crosses ? 0.0
                                                     : std::min(std::abs(low), std::abs(high));
        const double farthest = both ? std::max(std::abs(low), std::abs(high)) : high;
        least = first(nearest);
        most = mix ? -static_cast<std::int64_t>(exact::floor(-farthest)) : first(farthest);
    }
    [[nodiscard]] double signedAt(double x, double y) const { return alongX * x + alongY * y + start; }
    [[nodiscard]] double limited(double delay) const { return std::clamp(delay, -span, span); }
    /// The newer of the frames that a delay shows.
    [[nodiscard]] std::int64_t first(double delay) const { return static_cast<std::int64_t>(exact::floor(mix ? delay : delay + 0.5)); }
    [[nodiscard]] int count() const { return static_cast<int>(most - least) + 1; }
    /// Each side has needs of its own, so that each asks for its own band only; oldest first, as a decoder likes them.
    [[nodiscard]] int needOf(std::int64_t frame, bool behind) const { return static_cast<int>(most - frame) + (behind ? count() : 0); }
};

void needs(const FrameCall& call, std::vector<FrameNeed>& out)
{
    const Scan scan(call);
    for (int side = 0; side < (scan.both ? 2 : 1); ++side)
        for (std::int64_t back = scan.most; back >= scan.least; --back)
            out.push_back({0, call.frame - back});
}

/// Delays depend on the place alone, and needs name all frames; so no number is missing from the key.
int passes(const FrameCall& call)
{
    return call.args.real("span") == 0.0 ? Scan(call).needOf(0, false) : -1;
}

/// The box of what of `out` lies in the band whose delays a frame serves.
Rect region(const FrameCall& call, std::size_t index, Rect out)
{
    const Scan scan(call);
    const bool behind = static_cast<int>(index) >= scan.count();
    const auto back = static_cast<double>(scan.most - static_cast<std::int64_t>(index) % scan.count());
    double low = back - 1.01, high = back + 1.01;
    if (back <= static_cast<double>(scan.least))
        low = scan.both ? 0.0 : -1e9;
    if (back + 1.01 >= scan.span)
        high = 1e9; // the farthest moment is held
    if (scan.both)
        low = std::max(low, -0.01);
    if (behind) {
        std::swap(low, high);
        low = -low, high = -high;
    }
    const bool rows = std::abs(scan.alongY) >= std::abs(scan.alongX);
    const double along = rows ? scan.alongY : scan.alongX, across = rows ? scan.alongX : scan.alongY;
    const int from = rows ? out.x0 : out.y0, to = rows ? out.x1 : out.y1;
    const double edges[2] = {across * (from + 0.5) + scan.start, across * (to - 0.5) + scan.start};
    if (along == 0)
        return out;
    double first = 1e9, last = -1e9;
    for (const double edge : edges)
        for (const double delay : {low, high}) {
            first = std::min(first, (delay - edge) / along);
            last = std::max(last, (delay - edge) / along);
        }
    const int begin = static_cast<int>(std::clamp(first, -1e8, 1e8)) - 2, end = static_cast<int>(std::clamp(last, -1e8, 1e8)) + 2;
    Rect part = rows ? Rect{out.x0, begin, out.x1, end} : Rect{begin, out.y0, end, out.y1};
    part = part.clippedTo(out);
    return part.empty() ? Rect{} : part;
}

/// The frames that a place shows: needs, and how much of the older one.
struct Shown {
    std::size_t newer, older;
    float part;
};

Shown shownAt(const Scan& scan, double x, double y)
{
    const double signedDelay = scan.limited(scan.signedAt(x, y));
    const bool behind = scan.both && signedDelay < 0;
    const double delay = scan.both ? std::abs(signedDelay) : signedDelay;
    const std::int64_t frame = std::clamp(scan.first(delay), scan.least, scan.most);
    const auto newer = static_cast<std::size_t>(scan.needOf(frame, behind));
    const auto part = static_cast<float>(delay - static_cast<double>(frame));
    if (!scan.mix || frame >= scan.most || part <= 0)
        return {newer, newer, 0.0F};
    return {newer, static_cast<std::size_t>(scan.needOf(frame + 1, behind)), part};
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    const Scan scan(call);
    for (int y = out.rect.y0; y < out.rect.y1; ++y) {
        if (scan.alongX == 0) { // a level scan: all of a row is of one time
            const Shown shown = shownAt(scan, out.rect.x0 + 0.5, y + 0.5);
            for (int plane = 0; plane < 4; ++plane)
                lerpRow(&inputs[shown.newer].at(plane, out.rect.x0, y), &inputs[shown.older].at(plane, out.rect.x0, y), out.row(plane, y), static_cast<std::size_t>(out.rect.width()), shown.part);
            continue;
        }
        for (int x = out.rect.x0; x < out.rect.x1; ++x) {
            const Shown shown = shownAt(scan, x + 0.5, y + 0.5);
            for (int plane = 0; plane < 4; ++plane) {
                const float value = inputs[shown.newer].at(plane, x, y);
                out.at(plane, x, y) = value + (inputs[shown.older].at(plane, x, y) - value) * shown.part;
            }
        }
    }
    return {};
}

} // namespace

extern const Effect effect_slit_scan;
const Effect effect_slit_scan{
    .name = "slit_scan",
    .title = "Slit scan",
    .help = "Time runs across the picture: each line shows an earlier frame than the one before it, as a camera does whose slit wanders. What turns becomes a screw.",
    .tags = {"time", "warp"},
    .synonyms = {"time slice", "rolling shutter", "strip photography", "photo finish", "time displacement"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "angle", .kind = ParamKind::Angle, .initial = 90.0, .step = 1.0, .unit = "deg", .title = "Angle", .help = "In which direction time runs back: 0 to the right, 90 down. Upright and level scans need the least memory"},
        {.name = "span", .initial = 30.0, .least = 0.0, .most = 240.0, .step = 1.0, .title = "Span", .help = "Frames from one edge of the picture to the other, 240 at most; each costs as much as the film before it"},
        {.name = "centre", .kind = ParamKind::Point, .initial = Vec2{0.5, 0.0}, .least = -1.0, .most = 2.0, .title = "Centre", .help = "A point of the line that shows now: 0, 0 is top left, 1, 1 bottom right"},
        {.name = "sides", .kind = ParamKind::Choice, .initial = std::int64_t{Both}, .title = "Sides", .help = "Both sides of the line show the past, or one the past and the other the future", .choices = {"both_past", "past_and_future"}, .animatable = false},
        {.name = "between", .kind = ParamKind::Choice, .initial = std::int64_t{1}, .title = "Between frames", .help = "Steps from frame to frame, or frames that melt into each other", .choices = {"nearest", "blend"}, .animatable = false},
    },
    .access = Access::Region,
    .needs = needs,
    .still = [](const Call&) { return true; },
    .passes = passes,
    .region = region,
    .render = render,
};

} // namespace artdag
