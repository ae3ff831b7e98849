// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"
#include "core/picture/blend.h"
#include "core/picture/pointwise.h"

#include <algorithm>
#include <vector>

namespace artdag {
namespace {

enum Mode {
    Lighten,
    Darken,
    Screen,
    Add,
    Behind,
    InFront,
    Average,
};

std::int64_t spacing(const FrameCall& call)
{
    return std::max<std::int64_t>(1, call.framesOf(call.args.time("delay")));
}

/// Before its beginning a film has no echo.
void needs(const FrameCall& call, std::vector<FrameNeed>& out)
{
    out.push_back({0, call.frame});
    for (std::int64_t i = 1; i <= call.args.integer("echoes"); ++i)
        if (const std::int64_t frame = call.frame - i * spacing(call); frame >= 0)
            out.push_back({0, frame});
}

int passes(const FrameCall& call)
{
    return call.args.integer("echoes") == 0 || call.args.real("intensity") == 0.0 || call.frame < spacing(call) ? 0 : -1;
}

Rect region(const FrameCall&, std::size_t, Rect out)
{
    return out;
}

/// How strong the frames are: 1 for the newest, then the echoes.
std::vector<float> strengthsOf(const FrameCall& call, std::size_t count)
{
    std::vector<float> strengths{1.0F};
    double strength = call.args.real("intensity");
    for (; strengths.size() < count; strength *= call.args.real("decay"))
        strengths.push_back(static_cast<float>(strength));
    return strengths;
}

void average(std::span<const ConstPictureView> inputs, const std::vector<float>& strengths, PictureView out)
{
    double sum = 0.0;
    for (const float strength : strengths)
        sum += strength;
    const auto n = static_cast<std::size_t>(out.rect.width());
    for (int y = out.rect.y0; y < out.rect.y1; ++y)
        for (int plane = 0; plane < 4; ++plane) {
            scaleRow(&inputs[0].at(plane, out.rect.x0, y), out.row(plane, y), n, static_cast<float>(1.0 / sum));
            for (std::size_t i = 1; i < inputs.size(); ++i)
                addScaledRow(&inputs[i].at(plane, out.rect.x0, y), out.row(plane, y), n, static_cast<float>(strengths[i] / sum));
        }
}

/// Each older echo goes under all that is there.
void behind(std::span<const ConstPictureView> inputs, const std::vector<float>& strengths, PictureView out)
{
    copy(inputs[0], out);
    Picture faint(out.rect);
    for (std::size_t i = 1; i < inputs.size(); ++i) {
        scaleAll(inputs[i], faint.view(), strengths[i]);
        over(faint.view(), out, out);
    }
}

void blended(const FrameCall& call, BlendMode mode, std::span<const ConstPictureView> inputs, const std::vector<float>& strengths, PictureView out)
{
    // The lighter of two values is the lighter one in any space.
    const bool spaceMatters = mode != BlendMode::Lighten && mode != BlendMode::Darken && mode != BlendMode::Normal;
    const BlendSpace space = spaceMatters && call.args.choice("space") == 0 ? BlendSpace::Display : BlendSpace::Linear;
    copy(inputs[0], out);
    for (std::size_t i = inputs.size(); i-- > 1;) // the oldest first, so that the newest echo lies on top
        blend(out, inputs[i], mode, std::min(strengths[i], 1.0F), space, out);
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    if (passes(call) == 0) {
        copy(inputs[0], out);
        return {};
    }
    const std::vector<float> strengths = strengthsOf(call, inputs.size());
    constexpr BlendMode modes[] = {BlendMode::Lighten, BlendMode::Darken, BlendMode::Screen, BlendMode::Add, BlendMode::Normal, BlendMode::Normal};
    const int mode = call.args.choice("mode");
    if (mode == Average)
        average(inputs, strengths, out);
    else if (mode == Behind)
        behind(inputs, strengths, out);
    else
        blended(call, modes[mode], inputs, strengths, out);
    return {};
}

} // namespace

extern const Effect effect_echo;
const Effect effect_echo{
    .name = "echo",
    .title = "Echo",
    .help = "What moved leaves copies of itself behind: earlier frames, each fainter than the one before. Behind and in front show them around cut-out figures.",
    .tags = {"time"},
    .synonyms = {"trails", "ghost", "motion trail", "lagfun", "tmix", "afterimage", "onion skin"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "echoes", .kind = ParamKind::Integer, .initial = std::int64_t{6}, .least = 0, .most = 24, .step = 1, .title = "Echoes", .help = "24 at most; each costs as much as the film before it", .animatable = false},
        {.name = "delay", .kind = ParamKind::Time, .initial = Moment{flicksPerSecond / 10}, .least = 0.0, .most = 5.0, .unit = "s", .title = "Delay", .help = "From echo to echo, a frame at least and 5 s at most", .animatable = false},
        {.name = "intensity", .initial = 0.8, .least = 0.0, .most = 1.0, .title = "Intensity", .help = "Of the newest echo; 0 is none"},
        {.name = "decay", .initial = 0.8, .least = 0.0, .most = 1.0, .title = "Decay", .help = "What is left of an echo in the next one"},
        {.name = "mode", .kind = ParamKind::Choice, .initial = std::int64_t{Lighten}, .title = "Mode", .help = "How echoes and the film meet", .choices = {"lighten", "darken", "screen", "add", "behind", "in_front", "average"}, .animatable = false},
        {.name = "space", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .title = "Space", .help = "Where screen and add work; display is what other programs do", .choices = {"display", "linear"}, .animatable = false},
    },
    .access = Access::Region,
    .needs = needs,
    .passes = passes,
    .region = region,
    .render = render,
};

} // namespace artdag
