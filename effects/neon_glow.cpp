// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"
#include "core/effect/linear_colour.h"
#include "core/picture/extend.h"
#include "core/picture/pointwise.h"
#include "core/picture/structure.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace artdag {
namespace {

enum Colouring {
    OfPicture,
    OfDirection,
    OneColour,
};

/// Tubes are lit by three halos: standard deviations as parts of the glow's radius, and how bright each is.
constexpr double widths[3] = {0.15, 0.5, 1.6};
constexpr float lights[3] = {0.55F, 0.5F, 0.35F};
constexpr float directions = 1.5F; ///< px over which the run of an edge is smoothed

struct Sizes {
    double width, soft, glow; ///< of a tube, of what is too fine to be drawn, of the halo; px of this plan
    explicit Sizes(const FrameCall& call)
        : width(std::max(call.px("width"), 0.5)),
          soft(std::max({call.px("smoothness"), 0.4 * width, 1.0})),
          glow(call.px("glow")) {}
    [[nodiscard]] int halo() const
    {
        int most = 0;
        for (const double part : widths)
            most = std::max(most, gaussianRadius(glow * part));
        return most;
    }
    /// From a tube's pixel to the picture: its colour is looked for beside the edge.
    [[nodiscard]] int side() const { return static_cast<int>(1.5 * soft + 0.5 * width) + 2; }
    [[nodiscard]] int reach() const { return halo() + std::max(2 + gaussianRadius(directions) + 1, side()) + gaussianRadius(soft); }
};

Rect region(const FrameCall& call, std::size_t, Rect out)
{
    return out.grown(Sizes(call).reach());
}

/// Everything about edges that a tube needs, for one frame.
struct Edges {
    Picture soft;      ///< display, premultiplied, blurred
    Picture structure; ///< planes 0–2, smoothed; 3: steepness
};

Edges edgesOf(const Sizes& sizes, const ConstPictureView& input, const Rect& rect)
{
    const Rect steep = rect.grown(2), raw = steep.grown(gaussianRadius(directions));
    const Rect middle = Rect{std::min(raw.x0 - 1, rect.x0 - sizes.side()), std::min(raw.y0 - 1, rect.y0 - sizes.side()), std::max(raw.x1 + 1, rect.x1 + sizes.side()), std::max(raw.y1 + 1, rect.y1 + sizes.side())};
    const Rect need = middle.grown(gaussianRadius(sizes.soft));
    Picture source = extended(input.sub(need.clippedTo(input.rect)), need, EdgeMode::Clamp);
    if (!input.opaque)
        premultiply(source.view(), source.view());
    Edges edges{Picture(middle), Picture(steep)};
    gaussianBlur(source.view(), edges.soft.view(), sizes.soft, sizes.soft, EdgeMode::Clamp);
    Picture rough(raw);
    structureOf(std::as_const(edges.soft).view(), rough.view());
    gaussianBlur(rough.view(), edges.structure.view(), directions, directions, EdgeMode::Clamp);
    // How steep it is comes from the structure before it was smoothed: its ridge is where the edge is.
    for (int y = steep.y0; y < steep.y1; ++y)
        for (int x = steep.x0; x < steep.x1; ++x)
            edges.structure.view().at(3, x, y) = std::sqrt(rough.view().at(0, x, y) + rough.view().at(2, x, y));
    return edges;
}

/// The direction across an edge: the larger eigenvector of the structure, as sine and cosine, and of twice its angle.
struct Across {
    float x = 1, y = 0, twiceX = 1, twiceY = 0;
    Across(float xx, float xy, float yy)
    {
        const float difference = xx - yy, both = 2.0F * xy;
        const float length = std::sqrt(difference * difference + both * both);
        if (!(length > 1e-12F))
            return;
        twiceX = difference / length, twiceY = both / length;
        x = std::sqrt(0.5F * std::max(0.0F, 1.0F + twiceX));
        y = std::sqrt(0.5F * std::max(0.0F, 1.0F - twiceX)) * (twiceY < 0.0F ? -1.0F : 1.0F);
    }
};

/// How far a pixel is from the ridge of steepness, in px across the edge. Of the logarithm of a gaussian's slope the first
/// derivative is −d / σ², the second −1 / σ²: their quotient is the distance, anywhere on the slope.
float ridgeDistance(const ConstPictureView& structure, int x, int y, const Across& across)
{
    const auto steep = [&](int dx, int dy) { return structure.at(3, x + dx, y + dy); };
    const float centre = steep(0, 0), left = steep(-1, 0), right = steep(1, 0), above = steep(0, -1), below = steep(0, 1);
    const float gx = 0.5F * (right - left), gy = 0.5F * (below - above);
    const float xx = left + right - 2.0F * centre, yy = above + below - 2.0F * centre;
    const float xy = 0.25F * (steep(1, 1) + steep(-1, -1) - steep(1, -1) - steep(-1, 1));
    const float first = (gx * across.x + gy * across.y) / centre;
    const float second = (xx * across.x * across.x + 2.0F * xy * across.x * across.y + yy * across.y * across.y) / centre;
    const float curve = first * first - second;
    return curve > 1e-4F ? std::abs(first) / curve : 1e3F;
}

float smoothStep(float low, float high, float value)
{
    const float t = std::clamp((value - low) / (high - low), 0.0F, 1.0F);
    return t * t * (3.0F - 2.0F * t);
}

/// Draws the tubes: their coloured light in red, green and blue (linear), the white of their core in alpha.
class Tubes {
public:
    Tubes(const FrameCall& call, const Sizes& sizes)
        : m_sizes(sizes),
          m_colouring(call.args.choice("colouring")),
          m_threshold(static_cast<float>(call.args.real("threshold"))),
          m_core(static_cast<float>(call.args.real("core"))),
          m_saturation(static_cast<float>(call.args.real("saturation"))),
          m_tint(linearOf(call.args.colour("colour"))) {}

    void draw(const Edges& edges, const PictureView& out) const
    {
        const ConstPictureView structure = edges.structure.view(), soft = edges.soft.view();
        const auto half = static_cast<float>(0.5 * m_sizes.width);
        const auto contrast = static_cast<float>(2.5066 * m_sizes.soft); // from the slope to the height of an edge
        clear(out);
        for (int y = out.rect.y0; y < out.rect.y1; ++y)
            for (int x = out.rect.x0; x < out.rect.x1; ++x) {
                const float height = structure.at(3, x, y) * contrast;
                if (height <= m_threshold)
                    continue;
                const Across across(structure.at(0, x, y), structure.at(1, x, y), structure.at(2, x, y));
                const float distance = ridgeDistance(structure, x, y, across);
                const float cover = std::clamp(half + 0.5F - distance, 0.0F, 1.0F);
                if (cover <= 0.0F)
                    continue;
                const float lit = cover * smoothStep(m_threshold, 2.0F * m_threshold + 0.02F, height);
                const float round = std::max(0.0F, 1.0F - distance * distance / ((half + 0.5F) * (half + 0.5F)));
                float colour[3];
                colourAt(soft, x, y, across, colour);
                for (int plane = 0; plane < 3; ++plane)
                    out.at(plane, x, y) = lit * (0.35F + 0.65F * round) * colour[plane];
                out.at(alpha, x, y) = lit * m_core * round * round;
            }
    }

private:
    void colourAt(const ConstPictureView& soft, int x, int y, const Across& across, float* colour) const
    {
        const float tint[3] = {m_tint.r, m_tint.g, m_tint.b};
        std::copy_n(tint, 3, colour);
        if (m_colouring == OfDirection) {
            constexpr float thirds[3][2] = {{1.0F, 0.0F}, {-0.5F, 0.8660254F}, {-0.5F, -0.8660254F}};
            for (int plane = 0; plane < 3; ++plane)
                colour[plane] = 0.5F + 0.5F * (across.twiceX * thirds[plane][0] + across.twiceY * thirds[plane][1]);
            vivid(colour, tint);
        } else if (m_colouring == OfPicture) {
            sideColour(soft, x, y, across, colour);
            vivid(colour, tint);
        }
    }
    /// The more colourful of the two sides of an edge.
    void sideColour(const ConstPictureView& soft, int x, int y, const Across& across, float* colour) const
    {
        const auto away = static_cast<float>(m_sizes.side() - 1);
        float best = -1.0F;
        for (const float side : {-away, away}) {
            const int sx = x + static_cast<int>(side * across.x + (side * across.x < 0 ? -0.5F : 0.5F));
            const int sy = y + static_cast<int>(side * across.y + (side * across.y < 0 ? -0.5F : 0.5F));
            const float rgb[3] = {soft.at(red, sx, sy), soft.at(green, sx, sy), soft.at(blue, sx, sy)};
            const float most = std::max({rgb[0], rgb[1], rgb[2]}), least = std::min({rgb[0], rgb[1], rgb[2]});
            if (most - least > best) {
                best = most - least;
                std::copy_n(rgb, 3, colour);
            }
        }
    }
    /// As bright and as pure as gas in a tube; what has no colour takes the tint.
    void vivid(float* colour, const float* tint) const
    {
        const float most = std::max({colour[0], colour[1], colour[2], 1e-4F}), least = std::min({colour[0], colour[1], colour[2]});
        const float purity = std::clamp((most - least) / most, 0.0F, 1.0F);
        const float own = smoothStep(0.05F, 0.3F, purity);
        for (int plane = 0; plane < 3; ++plane) {
            const float value = std::max(0.0F, colour[plane] / most);
            const float pure = (value - (1.0F - purity)) / std::max(purity, 1e-4F); // the same hue, fully saturated
            const float display = std::max(0.0F, value + (pure - value) * m_saturation);
            colour[plane] = tint[plane] + (display * display - tint[plane]) * own;
        }
    }

    Sizes m_sizes;
    int m_colouring;
    float m_threshold, m_core, m_saturation;
    LinearColour m_tint;
};

/// Halos around tubes, and the picture in their light, are added up in `out`, which holds the dark picture in linear light.
void shine(const FrameCall& call, const Sizes& sizes, const PictureView& tubes, const PictureView& picture, const PictureView& out)
{
    const auto brightness = static_cast<float>(call.args.real("brightness")), lit = static_cast<float>(call.args.real("lit"));
    const auto dark = static_cast<float>(call.args.real("background"));
    Picture halo(out.rect), light(out.rect);
    clear(light.view());
    const auto n = static_cast<std::size_t>(out.rect.width());
    for (int i = 0; i < 3; ++i) {
        const double sigma = sizes.glow * widths[i];
        gaussianBlur(tubes.sub(out.rect.grown(gaussianRadius(sigma)).clippedTo(tubes.rect)), halo.view(), sigma, sigma, EdgeMode::Transparent);
        // A thin tube spreads little light: halos are as bright beside any tube.
        const auto gain = static_cast<float>(lights[i] * std::sqrt(std::max(1.0, 2.5 * sigma / sizes.width)));
        for (int y = out.rect.y0; y < out.rect.y1; ++y)
            for (int plane = 0; plane < 3; ++plane)
                addScaledRow(halo.view().row(plane, y), light.view().row(plane, y), n, gain);
    }
    for (int y = out.rect.y0; y < out.rect.y1; ++y) {
        float* const dimmed = light.view().row(alpha, y); // where many tubes meet, the eye adapts
        for (std::size_t x = 0; x < n; ++x)
            dimmed[x] = 1.0F / (1.0F + 1.2F * std::max({light.view().row(red, y)[x], light.view().row(green, y)[x], light.view().row(blue, y)[x]}));
        const float* const core = &tubes.at(alpha, out.rect.x0, y);
        for (int plane = 0; plane < 3; ++plane) {
            const float *const tube = &tubes.at(plane, out.rect.x0, y), *const glow = light.view().row(plane, y), *const own = picture.row(plane, y);
            float* const to = out.row(plane, y);
            for (std::size_t x = 0; x < n; ++x) {
                const float halo = glow[x] * dimmed[x];
                to[x] = own[x] * (dark + 2.0F * lit * halo) + brightness * (tube[x] * 1.2F + core[x] + 0.6F * halo);
            }
        }
        // Light needs cover, or it would shine where nothing is.
        float* const cover = out.row(alpha, y);
        for (std::size_t x = 0; x < n; ++x) {
            const float strongest = std::max({out.row(red, y)[x], out.row(green, y)[x], out.row(blue, y)[x]});
            cover[x] = std::max(picture.row(alpha, y)[x], std::clamp(strongest, 0.0F, 1.0F));
        }
    }
}

Works works(const FrameCall&)
{
    return Works::Display;
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    const Sizes sizes(call);
    const Rect whole{0, 0, call.inputs[0].stream.width, call.inputs[0].stream.height};
    Picture tubes(out.rect.grown(sizes.halo()).clippedTo(whole)), picture(out.rect);
    Tubes(call, sizes).draw(edgesOf(sizes, inputs[0], tubes.rect()), tubes.view());
    fromDisplay(inputs[0].sub(out.rect), picture.view());
    shine(call, sizes, tubes.view(), picture.view(), out);
    toDisplay(out, out);
    return {};
}

} // namespace

extern const Effect effect_neon_glow;
const Effect effect_neon_glow{
    .name = "neon_glow",
    .title = "Neon glow",
    .help = "Redraws the edges of a picture as glowing glass tubes over a dark picture that they light.",
    .tags = {"blur and detail", "light", "line"},
    .synonyms = {"neon", "glowing edges", "tron", "light tubes", "fluorescent", "edge glow"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "width", .initial = 4.0, .least = 1.0, .most = 60.0, .step = 0.5, .unit = "px", .title = "Width", .help = "Of a tube"},
        {.name = "glow", .initial = 24.0, .least = 0.0, .most = 200.0, .step = 1.0, .unit = "px", .title = "Glow", .help = "How far the light reaches"},
        {.name = "brightness", .initial = 1.0, .least = 0.0, .most = 4.0, .title = "Brightness"},
        {.name = "threshold", .initial = 0.08, .least = 0.0, .most = 1.0, .title = "Threshold", .help = "Contrast from which an edge becomes a tube"},
        {.name = "smoothness", .initial = 2.5, .least = 0.5, .most = 40.0, .step = 0.5, .unit = "px", .title = "Smoothness", .help = "Finer detail gets no tubes"},
        {.name = "colouring", .kind = ParamKind::Choice, .initial = std::int64_t{OfPicture}, .title = "Colouring", .help = "Tubes have the purest colour beside the edge, one that turns with its direction, or one colour", .choices = {"picture", "direction", "colour"}, .animatable = false},
        {.name = "colour", .kind = ParamKind::Colour, .initial = Colour{0.25, 0.85, 1.0, 1}, .title = "Colour", .help = "Of all tubes, or of those beside which there is no colour"},
        {.name = "saturation", .initial = 0.9, .least = 0.0, .most = 1.0, .title = "Saturation"},
        {.name = "core", .initial = 0.85, .least = 0.0, .most = 1.0, .title = "Core", .help = "How white the middle of a tube is"},
        {.name = "background", .initial = 0.02, .least = 0.0, .most = 1.0, .title = "Background", .help = "How much of the picture stays without light"},
        {.name = "lit", .initial = 0.5, .least = 0.0, .most = 4.0, .title = "Lit", .help = "How much the tubes light the picture around them"},
    },
    .access = Access::Region,
    .cost = 80,
    .region = region,
    .works = works,
    .render = render,
};

} // namespace artdag
