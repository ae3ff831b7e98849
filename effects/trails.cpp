// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/effect/effect.h"

#include <algorithm>

namespace artdag {
namespace {

enum Mode {
    Lighten,
    Behind,
    Add,
};

/// What is left of a trail after one frame: a tenth after `length`.
float fading(const FrameCall& call)
{
    const double seconds = secondsOfFlicks(call.args.time("length"));
    const double frame = static_cast<double>(call.canvas.rate.denominator) / static_cast<double>(call.canvas.rate.numerator);
    return seconds > 0.0 ? static_cast<float>(exact::pow(0.1, frame / seconds)) : 0.0F;
}

Rect wholeOf(const FrameCall& call)
{
    return {0, 0, call.out.width, call.out.height};
}

/// The picture with the trail of the frames before: planes one after the other, rows without padding.
Result<void> advance(const FrameCall& call, const Memory* before, std::span<const ConstPictureView> inputs, Memory& now)
{
    const Rect whole = wholeOf(call);
    const auto width = static_cast<std::size_t>(whole.width());
    const std::size_t plane = width * static_cast<std::size_t>(whole.height());
    const float left = fading(call) * static_cast<float>(call.args.real("amount"));
    const int mode = call.args.choice("mode");
    now.numbers.resize(4 * plane);
    for (int p = 0; p < 4; ++p)
        for (int y = 0; y < whole.height(); ++y) {
            const std::size_t at = static_cast<std::size_t>(p) * plane + static_cast<std::size_t>(y) * width;
            const float* __restrict picture = inputs[0].row(p, y);
            const float* __restrict cover = inputs[0].row(alpha, y);
            float* __restrict to = now.numbers.data() + at;
            if (before == nullptr) {
                std::copy_n(picture, width, to);
                continue;
            }
            const float* __restrict trail = before->numbers.data() + at;
            for (std::size_t x = 0; x < width; ++x) {
                const float old = trail[x] * left;
                if (mode == Lighten)
                    to[x] = picture[x] > old ? picture[x] : old;
                else if (mode == Behind || p == alpha) // light that is added covers no more than what lies behind
                    to[x] = picture[x] + old * (1.0F - cover[x]);
                else
                    to[x] = picture[x] + old;
            }
        }
    return {};
}

Rect region(const FrameCall&, std::size_t, Rect)
{
    return {};
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView>, PictureView out)
{
    const Rect whole = wholeOf(call);
    const auto width = static_cast<std::size_t>(whole.width());
    const std::size_t plane = width * static_cast<std::size_t>(whole.height());
    for (int p = 0; p < 4; ++p)
        for (int y = out.rect.y0; y < out.rect.y1; ++y)
            std::copy_n(call.memory->numbers.data() + static_cast<std::size_t>(p) * plane + static_cast<std::size_t>(y) * width + static_cast<std::size_t>(out.rect.x0), static_cast<std::size_t>(out.rect.width()), out.row(p, y));
    return {};
}

} // namespace

extern const Effect effect_trails;
const Effect effect_trails{
    .name = "trails",
    .title = "Trails",
    .help = "What moves leaves its light behind, which fades away. Amount 0 leaves nothing.",
    .tags = {"time", "feedback"},
    .synonyms = {"ghosting", "light painting", "afterimage", "persistence", "lagfun", "motion trail", "echo"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "length", .kind = ParamKind::Time, .initial = Moment{flicksPerSecond}, .least = 0.0, .most = 60.0, .step = 0.1, .unit = "s", .title = "Length", .help = "After this time a tenth of the light is left"},
        {.name = "mode", .kind = ParamKind::Choice, .initial = std::int64_t{Lighten}, .title = "Mode", .help = "Lighten keeps the brighter of picture and trail; behind shows it where the picture is transparent", .choices = {"lighten", "behind", "add"}, .animatable = false},
        {.name = "amount", .initial = 1.0, .least = 0.0, .most = 1.0, .title = "Amount"},
    },
    .access = Access::Region,
    .region = region,
    .render = render,
    .advance = advance,
};

} // namespace artdag
