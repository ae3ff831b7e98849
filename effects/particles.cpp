// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/base/random.h"
#include "core/effect/evolution.h"
#include "core/effect/gradient_table.h"
#include "core/picture/flight.h"
#include "core/picture/light.h"
#include "core/picture/row_math.h"

#include <algorithm>
#include <cmath>
#include <memory>

namespace artdag {
namespace {

enum Form {
    Disc,
    Ring,
    Box,
};
enum ColourBy {
    ByLife,
    ByPace,
    ByChance,
};

/// Everything about a shower that does not depend on the particle. Lengths are px of this plan, times seconds.
struct Shower {
    std::uint64_t seed = 0;
    LifeRule life{};
    FlightRule flight{};
    int colourBy = ByLife;
    float drift = 0, size = 1, sizeSpread = 0, sizeEnd = 1, fadeIn = 0, fadeOut = 0, brightness = 1;
};

Shower showerOf(const FrameCall& call, const Evolution& evolution)
{
    const Arguments& args = call.args;
    auto real = [&](std::string_view name) { return static_cast<float>(args.real(name)); };
    auto px = [&](std::string_view name) { return static_cast<float>(call.px(name)); };
    Shower shower;
    shower.seed = static_cast<std::uint64_t>(args.integer("seed"));
    shower.life = {evolution.place, static_cast<double>(evolution.wrap), args.real("lifetime"), static_cast<double>(real("lifetime_spread"))};
    FlightRule& flight = shower.flight;
    flight.form = args.choice("emitter");
    flight.x = static_cast<float>(args.vec2("position").x * call.out.width);
    flight.y = static_cast<float>(args.vec2("position").y * call.out.height);
    flight.halfWidth = static_cast<float>(args.vec2("emitter_size").x * call.canvas.scale / 2);
    flight.halfHeight = static_cast<float>(args.vec2("emitter_size").y * call.canvas.scale / 2);
    flight.direction = static_cast<float>(exact::fmod(args.real("direction"), 360.0) / 360.0);
    flight.spread = real("spread") / 360.0F;
    flight.velocity = px("velocity"), flight.velocitySpread = real("velocity_spread");
    flight.fall = px("gravity"), flight.wind = px("wind"), flight.drag = real("drag");
    shower.colourBy = args.choice("colour_by");
    shower.drift = px("turbulence");
    shower.size = px("size"), shower.sizeSpread = real("size_spread"), shower.sizeEnd = real("size_end");
    shower.fadeIn = real("fade_in"), shower.fadeOut = real("fade_out");
    shower.brightness = real("brightness");
    return shower;
}

float unitOf(std::uint64_t bits, int from)
{
    return static_cast<float>(bits >> from & 0xFFFFU) * (1.0F / 65536.0F);
}

/// Particles that are followed side by side.
struct Crowd {
    static constexpr std::size_t most = 512;
    std::uint64_t own[most], bits[most]; ///< random: of the particle, of its life
    double shorter[most], begun[most], number[most];
    float share[most], age[most], across[most], down[most], way[most], pace[most];
    float x[most], y[most], vx[most], vy[most], currentX[most], currentY[most], stride[most];
};

void live(const Shower& shower, std::uint64_t first, std::size_t count, Crowd& crowd)
{
    for (std::size_t i = 0; i < count; ++i) {
        crowd.own[i] = randomBits(shower.seed, first + i);
        crowd.shorter[i] = static_cast<double>(crowd.own[i] & 0xFFFFFFU) * 0x1p-24;
        crowd.begun[i] = static_cast<double>(crowd.own[i] >> 40) * 0x1p-24;
    }
    livesOf(shower.life, {crowd.shorter, crowd.begun, crowd.number, crowd.share, crowd.age}, static_cast<long>(count));
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint64_t bits = crowd.bits[i] = randomBits(crowd.own[i], static_cast<std::uint64_t>(static_cast<std::int64_t>(crowd.number[i])));
        crowd.across[i] = unitOf(bits, 0), crowd.down[i] = unitOf(bits, 16), crowd.way[i] = unitOf(bits, 32), crowd.pace[i] = unitOf(bits, 48);
    }
}

/// Thrown, then carried along by the field: further the older they are, in three strides, so that paths curl.
void move(const Shower& shower, const SwirlField& field, std::size_t count, Crowd& crowd)
{
    constexpr int strides = 3;
    const auto n = static_cast<long>(count);
    flightsOf(shower.flight, {crowd.age, crowd.across, crowd.down, crowd.way, crowd.pace, crowd.x, crowd.y, crowd.vx, crowd.vy}, n);
    if (shower.drift == 0.0F)
        return;
    for (std::size_t i = 0; i < count; ++i)
        crowd.stride[i] = shower.drift * crowd.share[i] / strides;
    for (int i = 0; i < strides; ++i)
        carry(field, crowd.x, crowd.y, crowd.currentX, crowd.currentY, crowd.stride, n);
    for (std::size_t i = 0; i < count; ++i) {
        const float pace = crowd.age[i] > 0.0F ? shower.drift * crowd.share[i] / crowd.age[i] : 0.0F;
        crowd.vx[i] += crowd.currentX[i] * pace;
        crowd.vy[i] += crowd.currentY[i] * pace;
    }
}

float visibility(const Shower& shower, float share)
{
    const float in = shower.fadeIn > 0.0F ? gentle(share / shower.fadeIn) : 1.0F;
    return shower.fadeOut > 0.0F ? in * gentle((1.0F - share) / shower.fadeOut) : in;
}

float toneOf(const Shower& shower, const Crowd& crowd, std::size_t i, std::uint64_t moreBits)
{
    if (shower.colourBy == ByLife)
        return crowd.share[i];
    if (shower.colourBy == ByChance)
        return unitOf(moreBits, 48);
    const float usual = shower.flight.velocity + shower.drift / static_cast<float>(shower.life.lifetime) + 1e-3F;
    return std::sqrt(crowd.vx[i] * crowd.vx[i] + crowd.vy[i] * crowd.vy[i]) / usual;
}

void shine(const Shower& shower, const Crowd& crowd, std::size_t count, const GradientTable& colours, LightField& light)
{
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint64_t moreBits = crowd.bits[i] * 0xD1342543DE82EF95U; // other bits of the same number: a multiplication spreads them upwards
        const float seen = visibility(shower, crowd.share[i]) * shower.brightness;
        const float size = shower.size * (1.0F - shower.sizeSpread * unitOf(moreBits, 32)) * (1.0F + (shower.sizeEnd - 1.0F) * crowd.share[i]);
        if (seen <= 0.0F || size <= 0.0F)
            continue;
        const LinearColour c = colours.at(toneOf(shower, crowd, i, moreBits));
        light.addSpot(crowd.x[i], crowd.y[i], size, {{c.r * seen, c.g * seen, c.b * seen, c.a * std::min(seen, 1.0F)}});
    }
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView>, PictureView out)
{
    const Evolution evolution = evolutionOf(call);
    const Shower shower = showerOf(call, evolution);
    SwirlRules rules;
    rules.seed = shower.seed ^ 0x5EEDU;
    rules.cell = std::max(call.px("turbulence_size"), 0.5);
    rules.octaves = 2;
    const double rate = call.args.real("turbulence_speed");
    rules.wrap = evolution.wrap > 0 ? std::max<std::int64_t>(static_cast<std::int64_t>(std::abs(rate) * shower.life.wrap + 0.5), 1) : 0;
    rules.z = rules.wrap > 0 ? shower.life.time / shower.life.wrap * static_cast<double>(rate != 0.0 ? rules.wrap : 0) : shower.life.time * rate;
    rules.width = call.out.width, rules.height = call.out.height;
    const SwirlField field(rules);
    const GradientTable colours(call.args.gradient("colours"));
    LightField light(out.rect);
    const auto count = static_cast<std::size_t>(call.args.integer("count"));
    const auto crowd = std::make_unique<Crowd>();
    for (std::size_t first = 0; first < count; first += Crowd::most) {
        const std::size_t part = std::min(Crowd::most, count - first);
        live(shower, first, part, *crowd);
        move(shower, field, part, *crowd);
        shine(shower, *crowd, part, colours, light);
    }
    const LinearColour back = linearOf(call.args.colour("background"));
    light.writeOver({{back.r, back.g, back.b, back.a}}, out);
    return {};
}

} // namespace

extern const Effect effect_particles;
const Effect effect_particles{
    .name = "particles",
    .title = "Particles",
    .help = "Thousands of soft lights, born at an emitter, thrown, pulled, braked and carried away by swirling currents. Each one's path is a formula of its age, so any frame can be shown at once.",
    .tags = {"generate", "light"},
    .synonyms = {"sparks", "embers", "dust", "snow", "emitter", "particle system", "cc particle world", "particular", "swarm", "smoke"},
    .params = withEvolution(
        {
            {.name = "count", .kind = ParamKind::Integer, .initial = std::int64_t{24000}, .least = 1, .most = 500'000, .step = 1000, .title = "Count", .help = "How many live at once"},
            {.name = "lifetime", .initial = 5.0, .least = 0.05, .most = 60.0, .step = 0.1, .unit = "s", .title = "Lifetime"},
            {.name = "lifetime_spread", .initial = 0.6, .least = 0.0, .most = 1.0, .title = "Lifetime spread", .help = "How much shorter some live"},
            {.name = "emitter", .kind = ParamKind::Choice, .initial = std::int64_t{Disc}, .title = "Emitter", .group = "Emitter", .choices = {"disc", "ring", "box"}},
            {.name = "position", .kind = ParamKind::Point, .initial = Vec2{0.5, 0.72}, .least = -4.0, .most = 5.0, .title = "Position", .help = "Of the emitter: 0, 0 is top left, 1, 1 bottom right", .group = "Emitter"},
            {.name = "emitter_size", .kind = ParamKind::Size, .initial = Vec2{520, 60}, .least = 0.0, .most = 16384.0, .step = 1.0, .unit = "px", .title = "Emitter size", .group = "Emitter"},
            {.name = "direction", .kind = ParamKind::Angle, .initial = -90.0, .step = 1.0, .unit = "deg", .title = "Direction", .help = "0 to the right, 90 down, −90 up", .group = "Emitter"},
            {.name = "spread", .kind = ParamKind::Angle, .initial = 70.0, .least = 0.0, .most = 360.0, .step = 1.0, .unit = "deg", .title = "Spread", .help = "360 throws in all directions", .group = "Emitter"},
            {.name = "velocity", .initial = 240.0, .least = 0.0, .most = 8192.0, .step = 1.0, .unit = "px/s", .title = "Velocity", .group = "Emitter"},
            {.name = "velocity_spread", .initial = 0.8, .least = 0.0, .most = 1.0, .title = "Velocity spread", .help = "How much slower some are thrown", .group = "Emitter"},
            {.name = "gravity", .initial = -20.0, .least = -4096.0, .most = 4096.0, .step = 1.0, .unit = "px/s²", .title = "Gravity", .help = "Downwards; negative lets them rise", .group = "Forces"},
            {.name = "wind", .initial = 0.0, .least = -4096.0, .most = 4096.0, .step = 1.0, .unit = "px/s²", .title = "Wind", .help = "To the right", .group = "Forces"},
            {.name = "drag", .initial = 0.5, .least = 0.0, .most = 20.0, .unit = "1/s", .title = "Drag", .help = "How fast the air brakes them", .group = "Forces"},
            {.name = "turbulence", .initial = 260.0, .least = 0.0, .most = 4096.0, .step = 1.0, .unit = "px", .title = "Turbulence", .help = "How far currents carry them in a life", .group = "Forces"},
            {.name = "turbulence_size", .initial = 300.0, .least = 4.0, .most = 4096.0, .step = 1.0, .unit = "px", .title = "Turbulence size", .help = "From one swirl to the next", .group = "Forces"},
            {.name = "turbulence_speed", .initial = 0.25, .least = -8.0, .most = 8.0, .unit = "1/s", .title = "Turbulence speed", .help = "How fast the currents change", .group = "Forces"},
            {.name = "size", .initial = 5.0, .least = 0.1, .most = 200.0, .step = 0.1, .unit = "px", .title = "Size", .help = "Radius at birth", .group = "Look"},
            {.name = "size_spread", .initial = 0.7, .least = 0.0, .most = 1.0, .title = "Size spread", .help = "How much smaller some are", .group = "Look"},
            {.name = "size_end", .initial = 0.4, .least = 0.0, .most = 4.0, .title = "Size at the end", .help = "Of the size at birth", .group = "Look"},
            {.name = "colours", .kind = ParamKind::Gradient, .initial = Gradient{{0.0, {1.0, 0.93, 0.7, 1}}, {0.25, {1.0, 0.55, 0.2, 1}}, {0.6, {0.85, 0.15, 0.35, 1}}, {1.0, {0.25, 0.12, 0.6, 1}}}, .title = "Colours", .group = "Look"},
            {.name = "colour_by", .kind = ParamKind::Choice, .initial = std::int64_t{ByLife}, .title = "Colour by", .help = "What leads through the gradient: a life from birth to end, the speed, or chance", .group = "Look", .choices = {"life", "speed", "chance"}, .animatable = false},
            {.name = "fade_in", .initial = 0.08, .least = 0.0, .most = 1.0, .title = "Fade in", .help = "Share of a life", .group = "Look"},
            {.name = "fade_out", .initial = 0.6, .least = 0.0, .most = 1.0, .title = "Fade out", .help = "Share of a life", .group = "Look"},
            {.name = "brightness", .initial = 0.8, .least = 0.0, .most = 16.0, .title = "Brightness", .group = "Look"},
            {.name = "background", .kind = ParamKind::Colour, .initial = Colour{0.02, 0.02, 0.05, 1}, .title = "Background", .help = "Transparent for light to be layered over something", .group = "Look"},
            {.name = "seed", .kind = ParamKind::Seed, .initial = std::int64_t{1}, .least = 0, .title = "Seed"},
        },
        1.0, "The time of the shower; 1 is a second"),
    .access = Access::Whole,
    .cost = 60,
    .moment = evolutionMoment,
    .still = evolutionStands,
    .render = render,
};

} // namespace artdag
