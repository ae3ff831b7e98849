// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/base/random.h"
#include "core/effect/effect.h"
#include "core/effect/linear_colour.h"
#include "core/picture/outline.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace artdag {
namespace {

int passes(const FrameCall& call)
{
    return call.args.real("amount") == 0.0 ? 0 : -1;
}

std::int64_t filmFrame(const FrameCall& call)
{
    return static_cast<std::int64_t>(exact::floor(call.t() * call.args.real("rate") + 1e-6));
}

void moment(const FrameCall& call, std::vector<double>& out)
{
    if (passes(call) < 0)
        out.push_back(static_cast<double>(filmFrame(call)));
}

/// Random numbers of one film frame, or of one thing that stays for several.
struct Chance {
    std::uint64_t seed, thing;
    [[nodiscard]] double unit(std::uint64_t what, std::uint64_t more = 0) const { return randomUnit(seed, thing, what, more); }
    [[nodiscard]] double both(std::uint64_t what, std::uint64_t more = 0) const { return 2.0 * unit(what, more) - 1.0; }
};

/// What lies on the film, in px of this plan; paler things cover less.
struct Dirt {
    Polygons polygons;
    double stroke = 0.0; ///< width of a line along the polygon; 0: filled
    float cover = 1.0F;
    bool bright = false;
};

struct Film {
    double width = 1.0, height = 1.0, scale = 1.0, size = 1.0, light = 0.5;
    std::uint64_t seed = 0;
    std::int64_t frame = 0;
};

/// A crumb: a few corners around a middle, no two equally far from it.
Dirt speck(const Film& film, const Chance& chance)
{
    const double tiny = chance.unit(1), radius = std::max(film.size * film.scale * (0.35 + 2.2 * tiny * tiny * tiny * tiny), 0.3);
    const double x = chance.unit(2) * film.width, y = chance.unit(3) * film.height, squeeze = 0.5 + 0.5 * chance.unit(4), turn = chance.unit(5) * 6.28;
    Outline outline;
    constexpr int corners = 8;
    std::array<OutlinePoint, corners> points;
    for (int i = 0; i < corners; ++i) {
        const double far = radius * (0.6 + 0.6 * chance.unit(6, static_cast<std::uint64_t>(i))), angle = turn + 2.0 * exact::pi * i / corners;
        points[static_cast<std::size_t>(i)] = {x + far * exact::cos(angle), y + far * squeeze * exact::sin(angle)};
    }
    const auto between = [&](int i) {
        const OutlinePoint &a = points[static_cast<std::size_t>(i % corners)], &b = points[static_cast<std::size_t>((i + 1) % corners)];
        return OutlinePoint{0.5 * (a.x + b.x), 0.5 * (a.y + b.y)};
    };
    outline.moveTo(between(corners - 1));
    for (int i = 0; i < corners; ++i)
        outline.quadTo(points[static_cast<std::size_t>(i)], between(i));
    return {.polygons = flatten(outline), .cover = static_cast<float>(0.45 + 0.55 * chance.unit(7)), .bright = chance.unit(8) < film.light};
}

/// A fibre: a curve there and the same way back, so that its line is drawn once.
Dirt hair(const Film& film, const Chance& chance)
{
    const double length = film.size * film.scale * (12.0 + 40.0 * chance.unit(1)), angle = chance.unit(2) * 6.28;
    const double x = chance.unit(3) * film.width, y = chance.unit(4) * film.height;
    const auto point = [&](double along, double aside) {
        return OutlinePoint{x + length * (along * exact::cos(angle) - aside * exact::sin(angle)), y + length * (along * exact::sin(angle) + aside * exact::cos(angle))};
    };
    const OutlinePoint first = point(-0.5, 0.0), bend = point(-0.2, chance.both(5) * 0.6), other = point(0.25, chance.both(6) * 0.6), last = point(0.5, chance.both(7) * 0.3);
    Outline outline;
    outline.moveTo(first);
    outline.cubicTo(bend, other, last);
    outline.cubicTo(other, bend, first);
    return {.polygons = flatten(outline), .stroke = std::max(0.32 * film.size * film.scale, 0.6), .cover = static_cast<float>(0.5 + 0.4 * chance.unit(8)), .bright = chance.unit(9) < film.light};
}

/// A line that the gate has cut down the film: it stays for a while and trembles.
Dirt scratch(const Film& film, const Chance& chance)
{
    const Chance now{film.seed + 3U, static_cast<std::uint64_t>(film.frame)};
    const double middle = chance.unit(1) * film.width + now.both(chance.thing) * 1.5 * film.scale, width = std::max(film.size * film.scale * (0.12 + 0.25 * chance.unit(2)), 0.35);
    const double top = chance.unit(3) < 0.6 ? -2.0 : chance.unit(4) * film.height, bottom = chance.unit(5) < 0.6 ? film.height + 2.0 : top + chance.unit(6) * film.height;
    const double lean = chance.both(7) * 3.0 * film.scale;
    Outline outline;
    outline.moveTo({middle - width / 2, top});
    outline.lineTo({middle + width / 2, top});
    outline.lineTo({middle + lean + width / 2, bottom});
    outline.lineTo({middle + lean - width / 2, bottom});
    return {.polygons = flatten(outline), .cover = static_cast<float>((0.25 + 0.5 * chance.unit(8)) * (0.6 + 0.4 * now.unit(9, chance.thing))), .bright = chance.unit(10) < film.light};
}

/// How many things there are where `mean` are usual: the same chance for each of twice as many.
template <class Make>
void scatter(const Film& film, double mean, std::uint64_t kind, std::int64_t spell, std::vector<Dirt>& found, Make make)
{
    const int most = static_cast<int>(mean * 2.0) + 1;
    for (int i = 0; i < most; ++i) {
        const Chance chance{film.seed + kind, static_cast<std::uint64_t>(spell) * 4096U + static_cast<std::uint64_t>(i)};
        if (chance.unit(0) < mean / most)
            found.push_back(make(film, chance));
    }
}

std::vector<Dirt> dirtOf(const FrameCall& call)
{
    Film film{.width = static_cast<double>(call.out.width), .height = static_cast<double>(call.out.height), .scale = call.canvas.scale, .size = call.args.real("size"), .light = call.args.real("bright")};
    film.seed = static_cast<std::uint64_t>(call.args.integer("seed")) * 8U;
    film.frame = filmFrame(call);
    const double amount = call.args.real("amount");
    std::vector<Dirt> found;
    scatter(film, amount * call.args.real("specks"), 0, film.frame, found, speck);
    scatter(film, amount * call.args.real("hairs"), 1, film.frame, found, hair);
    constexpr std::int64_t stay = 9;     // frames that a scratch goes on for
    for (int part = 0; part < 3; ++part) // begun at different times
        scatter(film, amount * call.args.real("scratches") / 3.0, 2, ((film.frame + part * stay / 3) / stay) * 3 + part, found, scratch);
    return found;
}

Rect boundsOf(const Dirt& dirt)
{
    double x0 = 1e9, y0 = 1e9, x1 = -1e9, y1 = -1e9;
    for (const auto& polygon : dirt.polygons)
        for (const OutlinePoint& point : polygon) {
            x0 = std::min(x0, point.x), x1 = std::max(x1, point.x);
            y0 = std::min(y0, point.y), y1 = std::max(y1, point.y);
        }
    if (x1 < x0)
        return {};
    const double margin = dirt.stroke + 2.0;
    return {static_cast<int>(exact::floor(x0 - margin)), static_cast<int>(exact::floor(y0 - margin)), static_cast<int>(x1 + margin) + 1, static_cast<int>(y1 + margin) + 1};
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    copy(inputs[0], out);
    if (passes(call) == 0)
        return {};
    const LinearColour dark = linearOf(call.args.colour("dark_colour")), light = linearOf(call.args.colour("bright_colour"));
    for (const Dirt& dirt : dirtOf(call)) {
        const Rect rect = boundsOf(dirt).clippedTo(out.rect);
        if (rect.empty())
            continue;
        const Mask mask = dirt.stroke > 0.0 ? strokeCoverage(dirt.polygons, dirt.stroke, rect) : fillCoverage(dirt.polygons, FillRule::NonZero, rect);
        const LinearColour& colour = dirt.bright ? light : dark;
        const float paint[4] = {colour.r, colour.g, colour.b, colour.a};
        for (int y = rect.y0; y < rect.y1; ++y) {
            const float *cover = mask.row(y), *there = out.row(alpha, y) + (rect.x0 - out.rect.x0);
            for (int plane = 0; plane < 3; ++plane) {
                float* to = out.row(plane, y) + (rect.x0 - out.rect.x0);
                for (int i = 0; i < rect.width(); ++i) {
                    const float part = cover[i] * dirt.cover;
                    to[i] = to[i] * (1.0F - part * paint[alpha]) + paint[plane] * part * there[i];
                }
            }
        }
    }
    return {};
}

} // namespace

extern const Effect effect_dust;
const Effect effect_dust{
    .name = "dust",
    .title = "Dust and scratches",
    .help = "The dirt of a film that has run often: crumbs and fibres that lie there for one picture, and scratches that run on and tremble. Amount 0 changes nothing.",
    .tags = {"stylize", "film"},
    .synonyms = {"dust", "scratches", "film damage", "old film", "dirt", "hair", "super 8", "projector"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "amount", .initial = 1.0, .least = 0.0, .most = 8.0, .title = "Amount", .help = "Of all of it"},
        {.name = "specks", .initial = 14.0, .least = 0.0, .most = 400.0, .step = 1.0, .title = "Specks", .help = "How many there are in a picture"},
        {.name = "hairs", .initial = 0.7, .least = 0.0, .most = 40.0, .step = 0.1, .title = "Hairs", .help = "How many there are in a picture"},
        {.name = "scratches", .initial = 1.5, .least = 0.0, .most = 40.0, .step = 0.1, .title = "Scratches", .help = "How many run at a time"},
        {.name = "size", .initial = 4.0, .least = 0.1, .most = 100.0, .step = 0.1, .unit = "px", .title = "Size", .help = "Of a usual speck; hairs and scratches go with it"},
        {.name = "bright", .initial = 0.35, .least = 0.0, .most = 1.0, .title = "Bright", .help = "Which part is bright: dirt on a negative, which prints white"},
        {.name = "dark_colour", .kind = ParamKind::Colour, .initial = Colour{0.07, 0.05, 0.04, 1}, .title = "Dark colour", .group = "Colours"},
        {.name = "bright_colour", .kind = ParamKind::Colour, .initial = Colour{1.0, 0.98, 0.92, 1}, .title = "Bright colour", .group = "Colours"},
        {.name = "rate", .initial = 18.0, .least = 0.0, .most = 240.0, .step = 1.0, .unit = "/s", .title = "Rate", .help = "Pictures a second of the film; 0 stands still", .animatable = false},
        {.name = "seed", .kind = ParamKind::Seed, .initial = std::int64_t{1}, .least = 0, .title = "Seed"},
    },
    .access = Access::Region,
    .moment = moment,
    .still = [](const Call& call) { return call.args.real("rate") == 0.0; },
    .passes = passes,
    .region = [](const FrameCall&, std::size_t, Rect out) { return out; },
    .render = render,
};

} // namespace artdag
