// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/base/random.h"
#include "core/effect/evolution.h"
#include "core/effect/gradient_table.h"
#include "core/picture/affine.h"
#include "core/picture/light.h"
#include "core/picture/row_math.h"
#include "core/picture/swirl_field.h"

#include <algorithm>
#include <cmath>

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
    double time = 0, wrap = 0; ///< with wrap > 0 all begins again after it
    double lifetime = 1;
    int form = Disc, colourBy = ByLife;
    float lifetimeSpread = 0, x = 0, y = 0, halfWidth = 0, halfHeight = 0;
    float direction = 0, spread = 0; ///< turns
    float velocity = 0, velocitySpread = 0, fall = 0, wind = 0, drag = 0;
    float drift = 0, size = 1, sizeSpread = 0, sizeEnd = 1, fadeIn = 0, fadeOut = 0, brightness = 1;
};

Shower showerOf(const FrameCall& call, const Evolution& evolution)
{
    const Arguments& args = call.args;
    auto real = [&](std::string_view name) { return static_cast<float>(args.real(name)); };
    auto px = [&](std::string_view name) { return static_cast<float>(call.px(name)); };
    Shower shower;
    shower.seed = static_cast<std::uint64_t>(args.integer("seed"));
    shower.time = evolution.place;
    shower.wrap = static_cast<double>(evolution.wrap);
    shower.lifetime = args.real("lifetime");
    shower.form = args.choice("emitter");
    shower.colourBy = args.choice("colour_by");
    shower.lifetimeSpread = real("lifetime_spread");
    shower.x = static_cast<float>(args.vec2("position").x * call.out.width);
    shower.y = static_cast<float>(args.vec2("position").y * call.out.height);
    shower.halfWidth = static_cast<float>(args.vec2("emitter_size").x * call.canvas.scale / 2);
    shower.halfHeight = static_cast<float>(args.vec2("emitter_size").y * call.canvas.scale / 2);
    shower.direction = static_cast<float>(exact::fmod(args.real("direction"), 360.0) / 360.0);
    shower.spread = real("spread") / 360.0F;
    shower.velocity = px("velocity"), shower.velocitySpread = real("velocity_spread");
    shower.fall = px("gravity"), shower.wind = px("wind"), shower.drag = real("drag");
    shower.drift = px("turbulence");
    shower.size = px("size"), shower.sizeSpread = real("size_spread"), shower.sizeEnd = real("size_end");
    shower.fadeIn = real("fade_in"), shower.fadeOut = real("fade_out");
    shower.brightness = real("brightness");
    return shower;
}

/// One life of one particle: which it is, and how far it has come.
struct Life {
    std::uint64_t bits = 0, moreBits = 0;
    float age = 0, share = 0; ///< s, 0–1
};

Life lifeOf(const Shower& shower, std::uint64_t particle)
{
    const std::uint64_t own = randomBits(shower.seed, particle);
    double lifetime = shower.lifetime * (1.0 - static_cast<double>(shower.lifetimeSpread) * static_cast<double>(own & 0xFFFFFFU) * 0x1p-24);
    lifetime = std::max(lifetime, 1e-3);
    std::int64_t lives = 0;
    if (shower.wrap > 0) {
        lives = std::max<std::int64_t>(static_cast<std::int64_t>(shower.wrap / lifetime + 0.5), 1);
        lifetime = shower.wrap / static_cast<double>(lives);
    }
    const double begun = shower.time / lifetime + static_cast<double>(own >> 40) * 0x1p-24;
    const double whole = exact::floor(begun);
    auto number = static_cast<std::int64_t>(whole);
    if (lives > 0)
        number = (number % lives + lives) % lives;
    Life life;
    life.bits = randomBits(own, static_cast<std::uint64_t>(number));
    life.moreBits = life.bits * 0xD1342543DE82EF95U; // other bits of the same number: a multiplication spreads them upwards
    life.share = static_cast<float>(begun - whole);
    life.age = life.share * static_cast<float>(lifetime);
    return life;
}

float unitOf(std::uint64_t bits, int from)
{
    return static_cast<float>(bits >> from & 0xFFFFU) * (1.0F / 65536.0F);
}

/// Where a particle was born, from the middle of its emitter.
Current birthplace(const Shower& shower, const Life& life)
{
    const float u = unitOf(life.bits, 0), v = unitOf(life.bits, 16);
    if (shower.form == Box)
        return {(2.0F * u - 1.0F) * shower.halfWidth, (2.0F * v - 1.0F) * shower.halfHeight};
    const float radius = shower.form == Ring ? 1.0F : std::sqrt(v);
    return {cosineOfTurns(u) * radius * shower.halfWidth, sineOfTurns(u) * radius * shower.halfHeight};
}

struct Flight {
    Current place, velocity;
};

/// Thrown with a speed, held back by drag, pulled by gravity and wind: the solution of v' = g − drag · v.
Flight flightOf(const Shower& shower, const Life& life)
{
    const float speed = shower.velocity * (1.0F - shower.velocitySpread * unitOf(life.bits, 48));
    const float turns = shower.direction + shower.spread * (unitOf(life.bits, 32) - 0.5F);
    const float braked = shower.drag * life.age;
    const float left = exp2Of(braked * -1.44269504F);
    const bool slippery = braked < 0.01F; // there the differences below would lose their digits
    const float thrown = slippery ? life.age * (1.0F - 0.5F * braked) : (1.0F - left) / shower.drag;
    const float pulled = slippery ? life.age * life.age * 0.5F : (life.age - thrown) / shower.drag;
    const Current start = birthplace(shower, life);
    const Current throwing{speed * cosineOfTurns(turns), speed * sineOfTurns(turns)};
    return {{shower.x + start.x + throwing.x * thrown + shower.wind * pulled, shower.y + start.y + throwing.y * thrown + shower.fall * pulled},
        {throwing.x * left + shower.wind * thrown, throwing.y * left + shower.fall * thrown}};
}

/// Carried along by the field: further the older it is, in three strides, so that paths curl.
void carry(const Shower& shower, const SwirlField& field, const Life& life, Flight& flight)
{
    constexpr int strides = 3;
    const float stride = shower.drift * life.share / strides;
    const float pace = life.age > 0.0F ? shower.drift * life.share / life.age : 0.0F;
    for (int i = 0; i < strides; ++i) {
        const Current current = field.at(flight.place.x, flight.place.y);
        flight.place.x += current.x * stride;
        flight.place.y += current.y * stride;
        if (i == strides - 1) {
            flight.velocity.x += current.x * pace;
            flight.velocity.y += current.y * pace;
        }
    }
}

float visibility(const Shower& shower, float share)
{
    const float in = shower.fadeIn > 0.0F ? gentle(share / shower.fadeIn) : 1.0F;
    return shower.fadeOut > 0.0F ? in * gentle((1.0F - share) / shower.fadeOut) : in;
}

float toneOf(const Shower& shower, const Life& life, const Flight& flight)
{
    if (shower.colourBy == ByLife)
        return life.share;
    if (shower.colourBy == ByChance)
        return unitOf(life.moreBits, 48);
    const float usual = shower.velocity + shower.drift / static_cast<float>(shower.lifetime) + 1e-3F;
    return std::sqrt(flight.velocity.x * flight.velocity.x + flight.velocity.y * flight.velocity.y) / usual;
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
    rules.wrap = evolution.wrap > 0 ? std::max<std::int64_t>(static_cast<std::int64_t>(std::abs(rate) * shower.wrap + 0.5), 1) : 0;
    rules.z = rules.wrap > 0 ? shower.time / shower.wrap * static_cast<double>(rate != 0.0 ? rules.wrap : 0) : shower.time * rate;
    rules.width = call.out.width, rules.height = call.out.height;
    const SwirlField field(rules);
    const GradientTable colours(call.args.gradient("colours"));
    LightField light(out.rect);
    const auto count = static_cast<std::uint64_t>(call.args.integer("count"));
    for (std::uint64_t i = 0; i < count; ++i) {
        const Life life = lifeOf(shower, i);
        const float seen = visibility(shower, life.share) * shower.brightness;
        const float size = shower.size * (1.0F - shower.sizeSpread * unitOf(life.moreBits, 32)) * (1.0F + (shower.sizeEnd - 1.0F) * life.share);
        if (seen <= 0.0F || size <= 0.0F)
            continue;
        Flight flight = flightOf(shower, life);
        if (shower.drift != 0.0F)
            carry(shower, field, life, flight);
        const LinearColour c = colours.at(toneOf(shower, life, flight));
        light.addSpot(flight.place.x, flight.place.y, size, {{c.r * seen, c.g * seen, c.b * seen, c.a * std::min(seen, 1.0F)}});
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
