// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/effect/effect.h"
#include "core/effect/linear_colour.h"

#include <algorithm>
#include <array>

namespace artdag {
namespace {

constexpr int steps = 1024;
/// Colours of 0/steps … steps/steps, linear premultiplied, by plane.
using Table = std::array<std::array<float, steps + 1>, 4>;

Colour between(const Colour& a, const Colour& b, double t)
{
    return {a.r + (b.r - a.r) * t, a.g + (b.g - a.g) * t, a.b + (b.b - a.b) * t, a.a + (b.a - a.a) * t};
}

/// The colour at a position, mixed in display space or in linear light.
LinearColour colourAt(const Gradient& gradient, double position, bool linear)
{
    if (gradient.empty())
        return {0, 0, 0, 0};
    const auto next = std::find_if(gradient.begin(), gradient.end(), [&](const GradientStop& stop) { return stop.position > position; });
    if (next == gradient.begin())
        return linearOf(next->colour);
    if (next == gradient.end())
        return linearOf(gradient.back().colour);
    const GradientStop& from = *(next - 1);
    const double t = (position - from.position) / (next->position - from.position);
    if (!linear)
        return linearOf(between(from.colour, next->colour, t));
    const LinearColour a = linearOf(from.colour), b = linearOf(next->colour);
    const auto w = static_cast<float>(t);
    return {a.r + (b.r - a.r) * w, a.g + (b.g - a.g) * w, a.b + (b.b - a.b) * w, a.a + (b.a - a.a) * w};
}

/// With a cycle the gradient is entered at `offset` and comes back to its beginning as a triangle, so that it has no seam.
Table makeTable(const FrameCall& call)
{
    const double cycles = call.args.real("cycles"), offset = call.args.real("offset");
    const bool linear = call.args.choice("space") == 1;
    Table table;
    for (int i = 0; i <= steps; ++i) {
        double position = static_cast<double>(i) / steps * cycles + offset;
        if (cycles > 1.0 || offset != 0.0) {
            position = exact::fmod(position, 2.0);
            position = position > 1.0 ? 2.0 - position : position;
        }
        const LinearColour colour = colourAt(call.args.gradient("gradient"), position, linear);
        const float planes[4] = {colour.r, colour.g, colour.b, colour.a};
        for (std::size_t plane = 0; plane < 4; ++plane)
            table[plane][static_cast<std::size_t>(i)] = planes[plane];
    }
    return table;
}

/// Display luma (BT.709 weights) of straight pixels, 0–1.
void lumaRow(const ConstPictureView& in, int y, int x0, float* luma, std::size_t n)
{
    const float* r = in.row(red, y) + (x0 - in.rect.x0);
    const float* g = in.row(green, y) + (x0 - in.rect.x0);
    const float* b = in.row(blue, y) + (x0 - in.rect.x0);
    const float* a = in.row(alpha, y) + (x0 - in.rect.x0);
    for (std::size_t i = 0; i < n; ++i) {
        const float sum = (0.2126F * r[i] + 0.7152F * g[i] + 0.0722F * b[i]) / (a[i] > 0.0F ? a[i] : 1.0F);
        luma[i] = a[i] > 0.0F ? sum : 0.0F;
    }
    linearToDisplayRow(luma, luma, n);
}

/// Where a tone lies in the table: found once for all four planes.
struct Place {
    std::vector<int> index;
    std::vector<float> weight;

    void find(const std::vector<float>& luma)
    {
        for (std::size_t i = 0; i < luma.size(); ++i) {
            const float least = luma[i] > 0.0F ? luma[i] : 0.0F;
            const float position = (least < 1.0F ? least : 1.0F) * steps;
            const int whole = static_cast<int>(position);
            index[i] = whole < steps ? whole : steps - 1;
            weight[i] = position - static_cast<float>(index[i]);
        }
    }
};

void mapRow(const float* table, const Place& place, const float* __restrict cover, float* __restrict to, std::size_t n)
{
    for (std::size_t i = 0; i < n; ++i) {
        const float low = table[place.index[i]], high = table[place.index[i] + 1];
        to[i] = (low + (high - low) * place.weight[i]) * cover[i];
    }
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    const ConstPictureView& in = inputs[0];
    const Table table = makeTable(call);
    const auto amount = static_cast<float>(call.args.real("amount"));
    const auto n = static_cast<std::size_t>(out.rect.width());
    std::vector<float> luma(n), mapped(n);
    Place place{std::vector<int>(n), std::vector<float>(n)};
    for (int y = out.rect.y0; y < out.rect.y1; ++y) {
        lumaRow(in, y, out.rect.x0, luma.data(), n);
        place.find(luma);
        const float* cover = in.row(alpha, y) + (out.rect.x0 - in.rect.x0);
        for (int plane = 0; plane < 4; ++plane) {
            mapRow(table[static_cast<std::size_t>(plane)].data(), place, cover, mapped.data(), n);
            const float* from = in.row(plane, y) + (out.rect.x0 - in.rect.x0);
            float* to = out.row(plane, y);
            for (std::size_t i = 0; i < n; ++i)
                to[i] = amount == 1.0F ? mapped[i] : from[i] + (mapped[i] - from[i]) * amount;
        }
    }
    return {};
}

} // namespace

extern const Effect effect_gradient_map;
const Effect effect_gradient_map{
    .name = "gradient_map",
    .title = "Gradient map",
    .help = "Paints a picture anew: its darkest tone gets the gradient's beginning, its brightest the end.",
    .tags = {"colour"},
    .synonyms = {"false colour", "colour ramp", "color ramp", "duotone", "palette", "recolour"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "gradient", .kind = ParamKind::Gradient, .initial = Gradient{{0.0, {0.02, 0.02, 0.14, 1}}, {0.3, {0.16, 0.13, 0.49, 1}}, {0.58, {0.72, 0.18, 0.48, 1}}, {0.8, {0.95, 0.5, 0.28, 1}}, {1.0, {1.0, 0.93, 0.66, 1}}}, .title = "Gradient"},
        {.name = "cycles", .initial = 1.0, .least = 0.1, .most = 32.0, .step = 0.1, .title = "Cycles", .help = "How often the gradient runs from black to white; it turns back at its ends"},
        {.name = "offset", .initial = 0.0, .title = "Offset", .help = "Moves the colours through the tones; 2 is once around"},
        {.name = "amount", .initial = 1.0, .least = 0.0, .most = 1.0, .title = "Amount"},
        {.name = "space", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .title = "Space", .help = "Where colours between two stops are mixed", .choices = {"display", "linear"}, .animatable = false},
    },
    .render = render,
};

} // namespace artdag
