// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/effect/effect.h"
#include "core/effect/linear_colour.h"
#include "core/picture/affine.h"
#include "core/picture/rows.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace artdag {
namespace {

enum Form {
    Linear,
    Radial,
    Conic,
};
enum Spread {
    Pad,
    Repeat,
    Mirror,
};

/// Stops with premultiplied colours in the space where they are mixed.
struct Stops {
    static constexpr std::size_t buckets = 256;
    std::vector<float> positions;
    std::vector<std::array<float, 4>> colours;
    std::array<std::size_t, buckets> beyond{}; ///< the first stop beyond each 256th

    Stops(const Gradient& gradient, bool linear)
    {
        for (const GradientStop& stop : gradient) {
            positions.push_back(static_cast<float>(stop.position));
            if (linear) {
                const LinearColour colour = linearOf(stop.colour);
                colours.push_back({colour.r, colour.g, colour.b, colour.a});
            } else {
                const Colour& c = stop.colour;
                colours.push_back({static_cast<float>(c.r * c.a), static_cast<float>(c.g * c.a), static_cast<float>(c.b * c.a), static_cast<float>(c.a)});
            }
        }
        if (positions.empty()) {
            positions.push_back(0);
            colours.push_back({0, 0, 0, 0});
        }
        for (std::size_t bucket = 0; bucket < buckets; ++bucket)
            beyond[bucket] = static_cast<std::size_t>(std::ranges::upper_bound(positions, static_cast<float>(bucket) / buckets) - positions.begin());
    }
    [[nodiscard]] std::array<float, 4> at(float t) const
    {
        if (t <= positions.front())
            return colours.front();
        if (t >= positions.back())
            return colours.back();
        std::size_t next = t >= 0.0F && t < 1.0F ? beyond[static_cast<std::size_t>(t * buckets)] : 0;
        while (positions[next] <= t) // ends: t is below the last
            ++next;
        const float mix = (t - positions[next - 1]) / (positions[next] - positions[next - 1]);
        std::array<float, 4> mixed;
        for (std::size_t plane = 0; plane < 4; ++plane)
            mixed[plane] = colours[next - 1][plane] * (1.0F - mix) + colours[next][plane] * mix;
        return mixed;
    }
};

double spreadOver(double t, int spread)
{
    switch (spread) {
    case Repeat: return t - exact::floor(t);
    case Mirror: {
        const double within = exact::fmod(t, 2.0);
        return within > 1.0 ? 2.0 - within : within;
    }
    default: return std::clamp(t, 0.0, 1.0);
    }
}

constexpr int block = 64; ///< pixels of a row that are placed at a time

/// Where each pixel lies between the gradient's beginning (0) and its end (1).
struct Field {
    int form;
    double centreX, centreY;
    Turn turn;
    double length; ///< px from 0 to 1

    explicit Field(const FrameCall& call)
        : form(call.args.choice("form")),
          centreX(call.args.vec2("centre").x * call.out.width),
          centreY(call.args.vec2("centre").y * call.out.height),
          turn(turnOf(call.args.real("angle")))
    {
        const double width = call.out.width;
        const double height = call.out.height;
        const double across = std::abs(width * turn.cosine) + std::abs(height * turn.sine);
        length = call.args.real("size") * (form == Linear ? across : std::sqrt(width * width + height * height) / 2);
        length = std::max(length, 1e-6);
    }
    /// Of the pixels from x on in row y.
    void row(int x, int y, int n, double* places) const
    {
        const double dy = y + 0.5 - centreY;
        double along[block], across[block];
        for (int i = 0; i < n; ++i) {
            const double dx = x + i + 0.5 - centreX;
            if (form == Radial) {
                places[i] = std::sqrt(dx * dx + dy * dy) / length;
            } else {
                along[i] = dx * turn.cosine + dy * turn.sine;
                across[i] = dy * turn.cosine - dx * turn.sine;
                places[i] = along[i] / length + 0.5;
            }
        }
        if (form != Conic)
            return;
        rowKernels().formula(FormulaOperation::Direction, across, along, across, places, n);
        for (int i = 0; i < n; ++i) {
            const double cycle = places[i] / (2 * exact::pi);
            places[i] = cycle < 0 ? cycle + 1 : cycle;
        }
    }
};

Result<void> render(const FrameCall& call, std::span<const ConstPictureView>, PictureView out)
{
    const bool linear = call.args.choice("space") == 1;
    const Stops stops(call.args.gradient("colours"), linear);
    const Field field(call);
    const int spread = call.args.choice("spread");
    const double offset = call.args.real("offset");
    const bool moved = offset != 0.0 && field.form == Conic;
    double places[block];
    const bool isFlat = field.form == Linear && field.turn.cosine == 0.0; // each row is of one colour
    for (int y = out.rect.y0; y < out.rect.y1; ++y) {
        const int end = isFlat ? out.rect.x0 + 1 : out.rect.x1;
        for (int x = out.rect.x0; x < end; x += block) {
            const int n = std::min(block, end - x);
            field.row(x, y, n, places);
            for (int i = 0; i < n; ++i) {
                const auto colour = stops.at(static_cast<float>(spreadOver(places[i] - offset, moved && spread == Pad ? Repeat : spread)));
                for (int plane = 0; plane < 4; ++plane)
                    out.at(plane, x + i, y) = colour[static_cast<std::size_t>(plane)];
            }
        }
        for (int plane = 0; isFlat && plane < 4; ++plane)
            std::fill_n(out.row(plane, y), out.rect.width(), *out.row(plane, y));
    }
    if (!linear) { // what was mixed in display space is premultiplied there
        unpremultiply(out, out);
        fromDisplay(out, out);
    }
    return {};
}

} // namespace

extern const Effect effect_gradient;
const Effect effect_gradient{
    .name = "gradient",
    .version = 2,
    .title = "Gradient",
    .help = "Colours that flow into each other: along a line, out from a point, or around it.",
    .tags = {"source"},
    .synonyms = {"ramp", "fade", "linear gradient", "radial gradient", "conic gradient", "sweep", "background"},
    .params = {
        {.name = "form", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .title = "Form", .choices = {"linear", "radial", "conic"}, .animatable = false},
        {.name = "colours", .kind = ParamKind::Gradient, .initial = Gradient{{0.0, {0.07, 0.09, 0.2, 1}}, {0.55, {0.62, 0.25, 0.45, 1}}, {1.0, {0.98, 0.77, 0.45, 1}}}, .title = "Colours"},
        {.name = "angle", .kind = ParamKind::Angle, .initial = 90.0, .step = 1.0, .unit = "deg", .title = "Angle", .help = "0 runs to the right, 90 down; a conic gradient begins there"},
        {.name = "centre", .kind = ParamKind::Point, .initial = Vec2{0.5, 0.5}, .least = -4.0, .most = 5.0, .title = "Centre", .help = "0, 0 is top left, 1, 1 bottom right"},
        {.name = "size", .initial = 1.0, .least = 0.001, .most = 16.0, .title = "Size", .help = "1 goes from edge to edge, or from the centre into the corners"},
        {.name = "offset", .initial = 0.0, .title = "Offset", .help = "Moves the colours along; 1 is the whole gradient"},
        {.name = "spread", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .title = "Beyond the ends", .choices = {"pad", "repeat", "mirror"}, .animatable = false},
        {.name = "space", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .title = "Space", .help = "Where colours between two stops are mixed: as an artist sees them, or as light adds up", .choices = {"display", "linear"}, .animatable = false},
    },
    .access = Access::Region,
    .render = render,
};

} // namespace artdag
