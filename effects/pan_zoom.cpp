// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/effect/effect.h"
#include "core/picture/sample.h"

#include <algorithm>

namespace artdag {
namespace {

enum Ease {
    Linear,
    Smooth,
    EaseIn,
    EaseOut,
};
enum SizePolicy {
    OfCanvas,
    OfPicture,
};

Result<void> facts(const Call& call, std::span<StreamFacts> outputs)
{
    outputs[0] = call.inputs[0].stream;
    if (call.args.choice("size") == OfCanvas) {
        outputs[0].width = call.canvas.width;
        outputs[0].height = call.canvas.height;
    }
    return {};
}

/// How far the move has come, eased: 0 up to its first frame, 1 from its last frame on.
double progressOf(const FrameCall& call)
{
    const std::int64_t start = call.framesOf(call.args.time("start"));
    std::int64_t length = call.framesOf(call.args.time("duration"));
    if (length <= 0)
        length = (call.out.frames == StreamFacts::endless ? call.framesOf(call.canvas.duration) : call.out.frames) - start;
    const double steps = static_cast<double>(std::max<std::int64_t>(length - 1, 1));
    const double t = std::clamp(static_cast<double>(call.frame - start) / steps, 0.0, 1.0);
    switch (call.args.choice("ease")) {
    case Smooth: return t * t * (3 - 2 * t);
    case EaseIn: return t * t;
    case EaseOut: return t * (2 - t);
    default: return t;
    }
}

void moment(const FrameCall& call, std::vector<double>& out)
{
    out.push_back(progressOf(call));
}

/// A rectangle of the picture that has the frame's shape.
struct View {
    double x, y;  ///< its centre, 0–1
    double scale; ///< 1: as large as the picture allows
};

/// At zoom 1 a pixel of the frame is this many of the picture.
double widestScale(const FrameCall& call)
{
    const StreamFacts& in = call.inputs[0].stream;
    return std::min(static_cast<double>(in.width) / call.out.width, static_cast<double>(in.height) / call.out.height);
}

View viewOf(const FrameCall& call, std::string_view centre, std::string_view zoom)
{
    const StreamFacts& in = call.inputs[0].stream;
    const Vec2 at = call.args.vec2(centre);
    View view{at.x, at.y, 1.0 / call.args.real(zoom)};
    if (!call.args.boolean("stay_inside"))
        return view;
    view.scale = std::min(view.scale, 1.0);
    const double halfX = std::min(0.5, 0.5 * view.scale * widestScale(call) * call.out.width / in.width);
    const double halfY = std::min(0.5, 0.5 * view.scale * widestScale(call) * call.out.height / in.height);
    view.x = std::clamp(view.x, halfX, 1 - halfX);
    view.y = std::clamp(view.y, halfY, 1 - halfY);
    return view;
}

/// The size changes by the same factor each frame, which looks even; the edges go straight from one rectangle to the other,
/// so that what lies within both stays within.
View viewAt(const FrameCall& call)
{
    const double t = progressOf(call);
    const View from = viewOf(call, "from", "from_zoom"), to = viewOf(call, "to", "to_zoom");
    if (t <= 0 || t >= 1)
        return t <= 0 ? from : to;
    const double ratio = to.scale / from.scale;
    if (ratio > 0.9999 && ratio < 1.0001)
        return {from.x + (to.x - from.x) * t, from.y + (to.y - from.y) * t, from.scale + (to.scale - from.scale) * t};
    const double scale = from.scale * exact::pow(ratio, t);
    const double way = std::clamp((scale - from.scale) / (to.scale - from.scale), 0.0, 1.0);
    return {from.x + (to.x - from.x) * way, from.y + (to.y - from.y) * way, scale};
}

Affine toSource(const FrameCall& call)
{
    const StreamFacts& in = call.inputs[0].stream;
    const View view = viewAt(call);
    const double step = view.scale * widestScale(call);
    return {step, 0, view.x * in.width - 0.5 * step * call.out.width, 0, step, view.y * in.height - 0.5 * step * call.out.height};
}

int passes(const FrameCall& call)
{
    const StreamFacts& in = call.inputs[0].stream;
    return in.width == call.out.width && in.height == call.out.height && toSource(call) == Affine{} ? 0 : -1;
}

/// Within the picture nothing of its border shows, not even half a pixel.
Edge edgeOf(const FrameCall& call)
{
    return call.args.boolean("stay_inside") ? Edge::Clamp : Edge::Transparent;
}

/// Of a very large picture rows and columns make any size, without a limit.
bool shrinks(const Affine& map)
{
    return map.xx > 1;
}

Rect region(const FrameCall& call, std::size_t, Rect out)
{
    const StreamFacts& in = call.inputs[0].stream;
    const Affine map = toSource(call);
    const auto filter = static_cast<Filter>(call.args.choice("filter"));
    return shrinks(map) ? scaleRegion(in.width, in.height, map, filter, edgeOf(call), out) : sampleRegion(in.width, in.height, map, filter, edgeOf(call), out);
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    const StreamFacts& in = call.inputs[0].stream;
    const Affine map = toSource(call);
    const auto filter = static_cast<Filter>(call.args.choice("filter"));
    if (shrinks(map))
        scale(inputs[0], in.width, in.height, map, filter, edgeOf(call), out);
    else
        sampleAffine(inputs[0], in.width, in.height, map, filter, edgeOf(call), out);
    return {};
}

} // namespace

extern const Effect effect_pan_zoom;
const Effect effect_pan_zoom{
    .name = "pan_zoom",
    .title = "Pan and zoom",
    .help = "Moves a camera over a picture, from one view to another: bring a photograph to life. Give it a large still with media's fit set to none, and every detail stays sharp.",
    .tags = {"transform", "time"},
    .synonyms = {"ken burns", "zoompan", "rostrum camera", "push in", "pull out", "animate still", "slideshow", "camera move"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "from", .kind = ParamKind::Point, .initial = Vec2{0.5, 0.5}, .least = -1.0, .most = 2.0, .title = "From", .help = "What is in the middle at the beginning: 0, 0 is top left, 1, 1 bottom right"},
        {.name = "from_zoom", .initial = 1.0, .least = 0.05, .most = 50.0, .step = 0.05, .title = "From zoom", .help = "1 shows as much of the picture as fills the frame"},
        {.name = "to", .kind = ParamKind::Point, .initial = Vec2{0.6, 0.4}, .least = -1.0, .most = 2.0, .title = "To", .help = "What is in the middle at the end"},
        {.name = "to_zoom", .initial = 1.35, .least = 0.05, .most = 50.0, .step = 0.05, .title = "To zoom"},
        {.name = "start", .kind = ParamKind::Time, .initial = Moment{}, .least = 0.0, .most = 86400.0, .unit = "s", .title = "Start", .help = "When the camera begins to move", .animatable = false},
        {.name = "duration", .kind = ParamKind::Time, .initial = Moment{}, .least = 0.0, .most = 86400.0, .unit = "s", .title = "Duration", .help = "Of the move; 0 lasts to the end of the picture, of a still to the end of the canvas", .animatable = false},
        {.name = "ease", .kind = ParamKind::Choice, .initial = std::int64_t{Smooth}, .title = "Ease", .help = "How it sets off and comes to rest", .choices = {"linear", "smooth", "ease_in", "ease_out"}, .animatable = false},
        {.name = "stay_inside", .kind = ParamKind::Boolean, .initial = true, .title = "Stay inside", .help = "Keeps the view within the picture, so that its border is never seen", .animatable = false},
        {.name = "size", .kind = ParamKind::Choice, .initial = std::int64_t{OfCanvas}, .title = "Size", .help = "Of the frame", .choices = {"canvas", "picture"}, .animatable = false},
        {.name = "filter", .kind = ParamKind::Choice, .initial = static_cast<std::int64_t>(Filter::Bicubic), .title = "Filter", .choices = filterNames(), .animatable = false},
    },
    .access = Access::Gather,
    .facts = facts,
    .moment = moment,
    .passes = passes,
    .region = region,
    .render = render,
};

} // namespace artdag
