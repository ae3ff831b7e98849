// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/base/random.h"
#include "core/effect/effect.h"
#include "core/picture/blend.h"
#include "core/picture/pointwise.h"

#include <algorithm>
#include <cmath>

namespace artdag {
namespace {

enum Kind {
    White,
    Smooth,
    Specks,
    Streaks,
};

int passes(const FrameCall& call)
{
    return call.args.real("amount") == 0.0 ? 0 : -1;
}

std::int64_t turnAt(const FrameCall& call)
{
    return static_cast<std::int64_t>(exact::floor(call.t() * call.args.real("rate") + 1e-6));
}

void moment(const FrameCall& call, std::vector<double>& out)
{
    if (passes(call) < 0)
        out.push_back(static_cast<double>(turnAt(call)));
}

struct Texture {
    int kind = White;
    double across = 1.0, down = 1.0; ///< px of a grain
    float colour = 0.0F, density = 0.1F, contrast = 1.0F;
    std::uint64_t seed = 0;
};

Texture textureOf(const FrameCall& call)
{
    Texture texture;
    texture.kind = call.args.choice("kind");
    texture.down = std::max(call.px("size"), 1.0);
    texture.across = std::max(texture.kind == Streaks ? call.px("size") * 24.0 : call.px("size"), 1.0);
    texture.colour = static_cast<float>(call.args.real("colour"));
    texture.density = static_cast<float>(call.args.real("density"));
    texture.contrast = static_cast<float>(call.args.real("contrast"));
    texture.seed = randomBits(static_cast<std::uint64_t>(call.args.integer("seed")), static_cast<std::uint64_t>(turnAt(call)));
    return texture;
}

/// Display values of the grains of one row of the lattice, for all and for each colour.
struct Grains {
    std::vector<float> planes[3];

    void fill(const Texture& texture, std::int64_t row, std::int64_t first, std::size_t count)
    {
        for (auto& plane : planes)
            plane.resize(count);
        const auto unit = [](std::uint64_t bits, int shift) { return static_cast<float>(bits >> shift & 0xFFFFU) / 65535.0F; };
        for (std::size_t i = 0; i < count; ++i) {
            const std::uint64_t bits = randomBits(texture.seed, static_cast<std::uint64_t>(row), static_cast<std::uint64_t>(first + static_cast<std::int64_t>(i)));
            const float common = unit(bits, 0);
            for (int plane = 0; plane < 3; ++plane) {
                float value = common + (unit(bits, 16 * (plane + 1)) - common) * texture.colour;
                if (texture.kind == Specks) // most grains are neutral, the others black or white
                    value = value < 0.5F * texture.density ? 0.0F : value > 1.0F - 0.5F * texture.density ? 1.0F
                                                                                                          : 0.5F;
                planes[plane][i] = 0.5F + (value - 0.5F) * texture.contrast;
            }
        }
    }
};

/// Where the pixels of a row lie between grains: the one to the left and the weight of the next.
struct Columns {
    std::int64_t first = 0;
    std::size_t count = 0; ///< grains
    std::vector<int> left;
    std::vector<float> weight;

    Columns(const Texture& texture, const Rect& part)
        : left(static_cast<std::size_t>(part.width())),
          weight(left.size())
    {
        const bool smooth = texture.kind == Smooth || texture.kind == Streaks;
        const auto place = [&](int x) { return (x + 0.5) / texture.across - (smooth ? 0.5 : 0.0); };
        first = static_cast<std::int64_t>(exact::floor(place(part.x0)));
        for (std::size_t i = 0; i < left.size(); ++i) {
            const double at = place(part.x0 + static_cast<int>(i)), whole = exact::floor(at), t = at - whole;
            left[i] = static_cast<int>(static_cast<std::int64_t>(whole) - first);
            weight[i] = static_cast<float>(smooth ? t * t * (3.0 - 2.0 * t) : 0.0);
        }
        count = left.empty() ? 0 : static_cast<std::size_t>(left.back()) + 2;
    }
};

/// Fills opaque linear noise. Smooth kinds go from grain to grain, the others stand side by side.
void fillNoise(const Texture& texture, PictureView out)
{
    const Columns columns(texture, out.rect);
    const bool smoothDown = texture.kind == Smooth;
    Grains above, below;
    std::int64_t known = INT64_MIN;
    std::vector<float> mixed(columns.count);
    for (int y = out.rect.y0; y < out.rect.y1; ++y) {
        const double at = (y + 0.5) / texture.down - (smoothDown ? 0.5 : 0.0), top = exact::floor(at), part = at - top;
        const auto row = static_cast<std::int64_t>(top);
        if (row != known) {
            above.fill(texture, row, columns.first, columns.count);
            if (smoothDown)
                below.fill(texture, row + 1, columns.first, columns.count);
        }
        const auto wy = static_cast<float>(part * part * (3.0 - 2.0 * part));
        for (int plane = 0; plane < 3; ++plane) {
            float* __restrict to = out.row(plane, y);
            if (!smoothDown && row == known) { // the same grains as above
                std::copy_n(out.row(plane, y - 1), out.rect.width(), to);
                continue;
            }
            if (plane > 0 && texture.colour == 0.0F) {
                std::copy_n(out.row(red, y), out.rect.width(), to);
                continue;
            }
            for (std::size_t i = 0; i < mixed.size(); ++i)
                mixed[i] = smoothDown ? above.planes[plane][i] + (below.planes[plane][i] - above.planes[plane][i]) * wy : above.planes[plane][i];
            for (std::size_t i = 0; i < columns.left.size(); ++i) {
                const float a = mixed[static_cast<std::size_t>(columns.left[i])], b = mixed[static_cast<std::size_t>(columns.left[i]) + 1];
                to[i] = std::min(std::max(a + (b - a) * columns.weight[i], 0.0F), 1.0F);
            }
            displayToLinearRow(to, to, columns.left.size());
        }
        known = row;
        std::fill_n(out.row(alpha, y), out.rect.width(), 1.0F);
    }
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    if (passes(call) == 0) {
        copy(inputs[0], out);
        return {};
    }
    Picture noise(out.rect);
    fillNoise(textureOf(call), noise.view());
    // On opaque pictures, and cut out again: noise stays within what is there.
    unpremultiply(inputs[0], out);
    const auto n = static_cast<std::size_t>(out.rect.width());
    for (int y = out.rect.y0; y < out.rect.y1; ++y)
        std::fill_n(out.row(alpha, y), n, 1.0F);
    const auto space = call.args.choice("space") == 1 ? BlendSpace::Linear : BlendSpace::Display;
    blend(out, noise.view(), static_cast<BlendMode>(call.args.choice("mode")), static_cast<float>(call.args.real("amount")), space, out);
    for (int y = out.rect.y0; y < out.rect.y1; ++y) {
        const float* cover = inputs[0].row(alpha, y) + (out.rect.x0 - inputs[0].rect.x0);
        for (int plane = 0; plane < 3; ++plane)
            multiplyRow(out.row(plane, y), cover, out.row(plane, y), n);
        std::copy_n(cover, n, out.row(alpha, y));
    }
    return {};
}

} // namespace

extern const Effect effect_noise_overlay;
const Effect effect_noise_overlay{
    .name = "noise_overlay",
    .title = "Noise overlay",
    .help = "Lays noise over a picture by any blend mode: fine noise, soft spots, specks of salt and pepper, or the streaks of a worn tape. Amount 0 changes nothing.",
    .tags = {"stylize"},
    .synonyms = {"noise", "static", "salt and pepper", "dirt", "texture", "tape noise", "snow"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "amount", .initial = 0.35, .least = 0.0, .most = 1.0, .title = "Amount", .help = "Opacity of the noise"},
        {.name = "kind", .kind = ParamKind::Choice, .initial = std::int64_t{White}, .title = "Kind", .choices = {"white", "smooth", "specks", "streaks"}, .animatable = false},
        {.name = "mode", .kind = ParamKind::Choice, .initial = static_cast<std::int64_t>(BlendMode::Overlay), .title = "Mode", .help = "How noise and picture are mixed", .choices = blendModeNames(), .animatable = false},
        {.name = "space", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .title = "Space", .help = "Where they are mixed", .choices = {"display", "linear"}, .animatable = false},
        {.name = "size", .initial = 2.0, .least = 0.5, .most = 400.0, .step = 0.5, .unit = "px", .title = "Size", .help = "Of a grain; streaks are 24 times as long"},
        {.name = "contrast", .initial = 1.0, .least = 0.0, .most = 4.0, .title = "Contrast"},
        {.name = "density", .initial = 0.1, .least = 0.0, .most = 1.0, .title = "Density", .help = "With specks: which part of the grains is black or white"},
        {.name = "colour", .initial = 0.0, .least = 0.0, .most = 1.0, .title = "Colour", .help = "0 is grey, 1 has separate noise for red, green and blue"},
        {.name = "rate", .initial = 24.0, .least = 0.0, .most = 240.0, .step = 1.0, .unit = "/s", .title = "Rate", .help = "How often the noise changes; 0 stands still", .animatable = false},
        {.name = "seed", .kind = ParamKind::Seed, .initial = std::int64_t{1}, .least = 0, .title = "Seed"},
    },
    .moment = moment,
    .still = [](const Call& call) { return call.args.real("rate") == 0.0; },
    .passes = passes,
    .render = render,
};

} // namespace artdag
