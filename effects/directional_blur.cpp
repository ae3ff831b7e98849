// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/effect/effect.h"
#include "core/picture/affine.h"
#include "core/picture/extend.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace artdag {
namespace {

/// A line of `length` px as two sums, one after the other: a short dense line, then copies of it end to end. So a long line
/// costs twice the root of its length. Along the longer axis taps lie on pixels; across it they fall between two.
struct Line {
    std::vector<Tap> dense, copies;

    Line(double length, double degrees)
    {
        const Turn turn = turnOf(degrees);
        const bool steep = std::abs(turn.sine) > std::abs(turn.cosine);
        const double major = steep ? turn.sine : turn.cosine, minor = steep ? turn.cosine : turn.sine;
        const double slope = minor / major;
        const double steps = length * std::abs(major); // pixels along the longer axis
        const int half = steps > 16.0 ? static_cast<int>(0.5 * (std::sqrt(steps) - 1.0)) : 0;
        const int wide = 2 * half + 1;
        if (half == 0) {
            addMean(dense, 1.0, slope, steep);
            addMean(copies, std::max(1.0, steps), slope, steep);
            return;
        }
        addMean(dense, wide, slope, steep);
        // As many as reach from end to end, as far apart as the length asks: they overlap a little.
        const int count = static_cast<int>(exact::floor(steps / wide)) + 1;
        for (int i = 0; i < count; ++i)
            addTap(copies, (steps - wide) * (i - 0.5 * (count - 1)) / (count - 1), slope, 1.0 / count, steep);
    }
    [[nodiscard]] Rect middle(Rect out) const { return tapRegion(copies, out); }
    [[nodiscard]] Rect reads(Rect out) const { return tapRegion(dense, middle(out)); }

private:
    /// A place between four pixels.
    static void addTap(std::vector<Tap>& taps, double along, double slope, double weight, bool steep)
    {
        const double left = exact::floor(along), across = slope * along, top = exact::floor(across);
        for (int j = 0; j < 2; ++j)
            for (int i = 0; i < 2; ++i) {
                const double share = (i == 0 ? 1.0 - (along - left) : along - left) * (j == 0 ? 1.0 - (across - top) : across - top);
                const int u = static_cast<int>(left) + i, v = static_cast<int>(top) + j;
                if (weight * share > 0.0)
                    taps.push_back({steep ? v : u, steep ? u : v, static_cast<float>(weight * share)});
            }
    }
    /// A mean over `count` steps around 0; the outermost weigh what is left over.
    static void addMean(std::vector<Tap>& taps, double count, double slope, bool steep)
    {
        const double sides = 0.5 * (count - 1.0);
        const int whole = static_cast<int>(exact::floor(sides));
        for (int i = -whole - 1; i <= whole + 1; ++i)
            addTap(taps, i, slope, (std::abs(i) > whole ? sides - whole : 1.0) / count, steep);
    }
};

Line lineOf(const FrameCall& call)
{
    return {call.px("length"), call.args.real("angle")};
}

int passes(const FrameCall& call)
{
    return call.px("length") <= 1.0 ? 0 : -1;
}

Rect region(const FrameCall& call, std::size_t, Rect out)
{
    return lineOf(call).reads(out);
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    if (passes(call) == 0) {
        copy(inputs[0], out);
        return {};
    }
    const Line line = lineOf(call);
    const Rect need = line.reads(out.rect);
    const Picture source = extended(inputs[0].sub(need.clippedTo(inputs[0].rect)), need, static_cast<EdgeMode>(call.args.choice("edges")));
    Picture middle(line.middle(out.rect));
    sumTaps(line.dense, source.view(), middle.view());
    sumTaps(line.copies, std::as_const(middle).view(), out);
    settleAlpha(out);
    return {};
}

} // namespace

extern const Effect effect_directional_blur;
const Effect effect_directional_blur{
    .name = "directional_blur",
    .title = "Directional blur",
    .help = "Smears a picture evenly along a straight line, like a camera that moved while the shutter was open.",
    .tags = {"blur and detail", "blur"},
    .synonyms = {"motion blur", "dblur", "linear blur", "smear", "speed"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "angle", .kind = ParamKind::Angle, .initial = 0.0, .step = 1.0, .unit = "deg", .title = "Angle", .help = "0 is along the picture, clockwise"},
        {.name = "length", .initial = 40.0, .least = 0.0, .most = 1000.0, .step = 1.0, .unit = "px", .title = "Length", .help = "Of the whole smear; up to 1 px changes nothing"},
        {.name = "edges", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .title = "Edges", .help = "What lies beyond the picture: its last pixel, its mirror image, or nothing", .choices = {"clamp", "mirror", "transparent"}, .animatable = false},
    },
    .access = Access::Region,
    .passes = passes,
    .region = region,
    .render = render,
};

} // namespace artdag
