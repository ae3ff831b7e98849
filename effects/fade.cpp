// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"
#include "core/effect/linear_colour.h"

#include <algorithm>

namespace artdag {
namespace {

/// How much of the picture a frame shows: 0 at the first frame of a fade in and at the last of a fade out.
double shownAt(const FrameCall& call)
{
    const std::int64_t length = call.out.frames == StreamFacts::endless ? call.framesOf(call.canvas.duration) : call.out.frames;
    const std::int64_t in = call.framesOf(call.args.time("in"));
    const std::int64_t out = call.framesOf(call.args.time("out"));
    double shown = 1.0;
    if (in > 0 && call.frame < in)
        shown = static_cast<double>(std::max<std::int64_t>(call.frame, 0)) / static_cast<double>(in);
    if (out > 0 && call.frame >= length - out)
        shown = std::min(shown, static_cast<double>(std::max<std::int64_t>(length - 1 - call.frame, 0)) / static_cast<double>(out));
    return call.args.choice("curve") == 1 ? shown * shown * (3 - 2 * shown) : shown;
}

void moment(const FrameCall& call, std::vector<double>& out)
{
    out.push_back(shownAt(call));
}

int passes(const FrameCall& call)
{
    return shownAt(call) == 1.0 ? 0 : -1;
}

void mixRows(PictureView picture, const float colour[4], float shown)
{
    for (int y = picture.rect.y0; y < picture.rect.y1; ++y)
        for (int plane = 0; plane < 4; ++plane) {
            float* row = picture.row(plane, y);
            scaleRow(row, row, static_cast<std::size_t>(picture.rect.width()), shown, colour[plane] * (1.0F - shown));
        }
}

/// A fade to nothing has no colour to be mixed with, so it needs no space of its own.
Works works(const FrameCall& call)
{
    if (shownAt(call) == 1.0)
        return Works::Either;
    return call.args.colour("colour").a == 0 || call.args.choice("space") == 1 ? Works::Linear : Works::Display;
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    const auto shown = static_cast<float>(shownAt(call));
    const Colour colour = call.args.colour("colour");
    if (shown == 1.0F) {
        copy(inputs[0], out);
    } else if (call.space == Space::Linear) {
        const LinearColour linear = linearOf(colour);
        const float planes[4] = {linear.r, linear.g, linear.b, linear.a};
        copy(inputs[0], out);
        mixRows(out, planes, shown);
    } else { // premultiplied in display space
        const auto a = static_cast<float>(colour.a);
        const float planes[4] = {static_cast<float>(colour.r) * a, static_cast<float>(colour.g) * a, static_cast<float>(colour.b) * a, a};
        premultiply(inputs[0].sub(out.rect), out);
        mixRows(out, planes, shown);
        unpremultiply(out, out);
    }
    return {};
}

} // namespace

extern const Effect effect_fade;
const Effect effect_fade{
    .name = "fade",
    .title = "Fade",
    .help = "Lets a film come out of a colour at its beginning and go into it at its end. A colour with alpha 0 fades to transparent.",
    .tags = {"time"},
    .synonyms = {"fade in", "fade out", "fade to black", "dip", "dissolve"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "in", .kind = ParamKind::Time, .initial = Moment{flicksPerSecond}, .least = 0.0, .most = 3600.0, .unit = "s", .title = "In", .help = "Length of the fade at the beginning", .animatable = false},
        {.name = "out", .kind = ParamKind::Time, .initial = Moment{flicksPerSecond}, .least = 0.0, .most = 3600.0, .unit = "s", .title = "Out", .help = "Length of the fade at the end; an endless picture ends with the canvas", .animatable = false},
        {.name = "colour", .kind = ParamKind::Colour, .initial = Colour{0, 0, 0, 1}, .title = "Colour"},
        {.name = "curve", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .title = "Curve", .choices = {"linear", "smooth"}, .animatable = false},
        {.name = "space", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .title = "Space", .help = "Where picture and colour are mixed: evenly to the eye, or as light", .choices = {"display", "linear"}, .animatable = false},
    },
    .moment = moment,
    .passes = passes,
    .works = works,
    .render = render,
};

} // namespace artdag
