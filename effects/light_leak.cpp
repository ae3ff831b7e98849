// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/base/random.h"
#include "core/effect/effect.h"
#include "core/effect/linear_colour.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace artdag {
namespace {

enum Side {
    AnySide,
    Left,
    Right,
    Top,
    Bottom,
};

int passes(const FrameCall& call)
{
    return call.args.real("amount") == 0.0 ? 0 : -1;
}

double timeOf(const FrameCall& call)
{
    return call.t() * call.args.real("speed") + call.args.real("phase");
}

void moment(const FrameCall& call, std::vector<double>& out)
{
    if (passes(call) < 0)
        out.push_back(timeOf(call));
}

/// Smooth noise over time, 0–1.
double swing(std::uint64_t seed, std::uint64_t what, double time)
{
    const double whole = exact::floor(time), part = time - whole;
    const auto step = static_cast<std::uint64_t>(static_cast<std::int64_t>(whole));
    const double eased = part * part * part * (part * (part * 6.0 - 15.0) + 10.0);
    return randomUnit(seed, what, step) * (1.0 - eased) + randomUnit(seed, what, step + 1) * eased;
}

/// Light that falls in through a gap at one side: bright at the edge, and spread along it around a place.
struct Leak {
    int side = Left;
    float strength = 0.0F;
    float depth = 0.2F, place = 0.5F, width = 0.3F, lean = 0.0F; ///< in heights of the picture

    /// At a point in heights of the picture; `across` is its width.
    [[nodiscard]] float at(float x, float y, float across) const
    {
        const float away = side == Left ? x : side == Right ? across - x
            : side == Top                                   ? y
                                                            : 1.0F - y;
        const float along = (side == Left || side == Right ? y : x / across) - place - lean * away;
        const float a = away / depth, b = along / width;
        const float falls = 1.0F / ((1.0F + a * a) * (1.0F + b * b));
        return strength * falls * falls;
    }
};

constexpr int leaks = 4;

std::array<Leak, leaks> leaksOf(const FrameCall& call)
{
    const auto seed = static_cast<std::uint64_t>(call.args.integer("seed"));
    const double time = timeOf(call), often = call.args.real("often"), size = call.args.real("size");
    const int side = call.args.choice("side");
    std::array<Leak, leaks> found;
    for (int i = 0; i < leaks; ++i) {
        const auto which = static_cast<std::uint64_t>(i) * 16U;
        const double pace = 0.7 + 0.35 * i, now = time * pace;
        Leak& leak = found[static_cast<std::size_t>(i)];
        const auto spell = static_cast<std::uint64_t>(static_cast<std::int64_t>(exact::floor(now / 3.0))); // a gap stays for a while
        leak.side = side == AnySide ? Left + static_cast<int>(randomUnit(seed, which, spell) * 4.0) : side;
        // Closed at both ends of its while, so that it never jumps to another side in the light.
        const double inside = now / 3.0 - exact::floor(now / 3.0), open = std::min({inside * 5.0, (1.0 - inside) * 5.0, 1.0});
        const double level = std::clamp((swing(seed, which + 1, now * 1.7) - 1.0 + often) * 3.0 + 0.25 * often, 0.0, 1.0);
        leak.strength = static_cast<float>(level * open * open * (3.0 - 2.0 * open) * (0.5 + swing(seed, which + 2, now * 2.3)));
        leak.depth = static_cast<float>(std::max(size * (0.35 + 0.9 * swing(seed, which + 3, now)), 0.01));
        leak.place = static_cast<float>(swing(seed, which + 4, now * 0.6) * 1.4 - 0.2);
        leak.width = static_cast<float>(std::max(size * (0.5 + 1.2 * swing(seed, which + 5, now * 0.8)), 0.01));
        leak.lean = static_cast<float>(swing(seed, which + 6, now * 0.5) - 0.5);
    }
    return found;
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    copy(inputs[0], out);
    if (passes(call) == 0)
        return {};
    const auto amount = static_cast<float>(call.args.real("amount"));
    const LinearColour outer = linearOf(call.args.colour("colour")), core = linearOf(call.args.colour("core"));
    const float outerLight[3] = {outer.r, outer.g, outer.b}, coreLight[3] = {core.r, core.g, core.b};
    const std::array<Leak, leaks> all = leaksOf(call);
    const float height = static_cast<float>(call.out.height), across = static_cast<float>(call.out.width) / height;
    const auto n = static_cast<std::size_t>(out.rect.width());
    std::vector<float> light(n);
    for (int y = out.rect.y0; y < out.rect.y1; ++y) {
        std::fill(light.begin(), light.end(), 0.0F);
        for (const Leak& leak : all)
            for (std::size_t i = 0; leak.strength > 0.0F && i < n; ++i)
                light[i] += leak.at((static_cast<float>(out.rect.x0 + static_cast<int>(i)) + 0.5F) / height, (static_cast<float>(y) + 0.5F) / height, across);
        const float* cover = out.row(alpha, y);
        for (int plane = 0; plane < 3; ++plane) {
            float* to = out.row(plane, y);
            for (std::size_t i = 0; i < n; ++i) // the stronger, the nearer to the core's colour
                to[i] += amount * light[i] * (outerLight[plane] + coreLight[plane] * light[i]) * cover[i];
        }
    }
    return {};
}

} // namespace

extern const Effect effect_light_leak;
const Effect effect_light_leak{
    .name = "light_leak",
    .title = "Light leak",
    .help = "Warm light that falls onto the film through a camera that does not close: it comes and goes at the sides and adds to the picture. Amount 0 changes nothing.",
    .tags = {"stylize", "film"},
    .synonyms = {"light leaks", "film burn", "flare", "super 8", "lomo", "lens flare", "fogging"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "amount", .initial = 0.8, .least = 0.0, .most = 4.0, .title = "Amount"},
        {.name = "often", .initial = 0.6, .least = 0.0, .most = 1.0, .title = "Often", .help = "How much of the time light falls in"},
        {.name = "size", .initial = 0.45, .least = 0.01, .most = 4.0, .title = "Size", .help = "How far it reaches, in heights of the picture"},
        {.name = "side", .kind = ParamKind::Choice, .initial = std::int64_t{AnySide}, .title = "Side", .help = "Where the gap is", .choices = {"any", "left", "right", "top", "bottom"}, .animatable = false},
        {.name = "colour", .kind = ParamKind::Colour, .initial = Colour{1.0, 0.33, 0.08, 1}, .title = "Colour", .help = "Where the light is weak"},
        {.name = "core", .kind = ParamKind::Colour, .initial = Colour{1.0, 0.72, 0.32, 1}, .title = "Core", .help = "Added where it is strong"},
        {.name = "speed", .initial = 1.0, .least = 0.0, .most = 20.0, .title = "Speed", .help = "0 stands still", .animatable = false},
        {.name = "phase", .initial = 1.5, .step = 0.05, .title = "Phase", .help = "Where in its course the light is; animate it to lead the light yourself"},
        {.name = "seed", .kind = ParamKind::Seed, .initial = std::int64_t{1}, .least = 0, .title = "Seed"},
    },
    .moment = moment,
    .still = [](const Call& call) { return call.args.real("speed") == 0.0; },
    .passes = passes,
    .render = render,
};

} // namespace artdag
