// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/effect/effect.h"
#include "core/picture/extend.h"
#include "core/picture/outline.h"
#include "core/picture/pointwise.h"
#include "core/picture/rows.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace artdag {
namespace {

constexpr int patch = 2;                       ///< likeness is that of the 5 × 5 pixels around
constexpr int blockWide = 128, blockHigh = 16; ///< whose sums stay in the cache

int radiusOf(const FrameCall& call)
{
    return std::max(1, static_cast<int>(exact::floor(call.px("radius") + 0.5)));
}

int passes(const FrameCall& call)
{
    return call.args.real("strength") == 0.0 ? 0 : -1;
}

Works works(const FrameCall& call)
{
    return passes(call) == 0 ? Works::Either : Works::Display;
}

/// The frame itself first, then its neighbours in time.
void needs(const FrameCall& call, std::vector<FrameNeed>& out)
{
    out.push_back({0, call.frame});
    if (passes(call) == 0)
        return;
    for (std::int64_t i = 1; i <= call.args.integer("frames"); ++i) {
        out.push_back({0, call.frame - i});
        out.push_back({0, call.frame + i});
    }
}

Rect region(const FrameCall& call, std::size_t, Rect out)
{
    return passes(call) == 0 ? out : out.grown(patch + radiusOf(call));
}

/// Non-local means (A. Buades, B. Coll, J.-M. Morel, 2005): each pixel becomes the mean of those near it in space and time
/// whose surroundings look like its own, weighed by how much.
class Means {
public:
    Means(const FrameCall& call, const std::vector<Picture>& frames)
        : m_frames(frames),
          m_radius(radiusOf(call))
    {
        // Two pictures of one thing differ by twice the noise's variance; what differs by less is equally alike.
        const double deviation = 0.2 * call.args.real("strength");
        const double samples = 3.0 * (2 * patch + 1) * (2 * patch + 1), variance = deviation * deviation;
        m_scale = static_cast<float>(1.0 / (8.0 * samples * variance));
        m_level = 1.0F + 2.0F / 8.0F;
    }
    void run(const Rect& block, const PictureView& out)
    {
        Picture sums(block);
        Mask weights(block);
        clear(sums.view());
        for (const Picture& frame : m_frames)
            for (int dy = -m_radius; dy <= m_radius; ++dy)
                for (int dx = -m_radius; dx <= m_radius; ++dx)
                    add(frame.view(), dx, dy, sums.view(), weights);
        for (int y = block.y0; y < block.y1; ++y)
            for (int x = block.x0; x < block.x1; ++x) {
                const float scale = 1.0F / weights.row(y)[x - block.x0];
                const float cover = sums.view().at(alpha, x, y) * scale;
                out.at(alpha, x, y) = cover;
                for (int plane = 0; plane < 3; ++plane)
                    out.at(plane, x, y) = cover > 0.0F ? sums.view().at(plane, x, y) * scale / cover : 0.0F;
            }
    }

private:
    void add(const ConstPictureView& frame, int dx, int dy, const PictureView& sums, Mask& weights)
    {
        const Rect block = sums.rect, wide = block.grown(patch);
        const ConstPictureView own = m_frames.front().view();
        const RowKernels& kernels = rowKernels();
        constexpr float ones[2 * patch + 1] = {1, 1, 1, 1, 1};
        Mask& squares = m_squares;
        squares.rect = wide;
        squares.values.resize(static_cast<std::size_t>(wide.width()) * static_cast<std::size_t>(wide.height()));
        m_row.resize(static_cast<std::size_t>(wide.width()));
        for (int y = wide.y0; y < wide.y1; ++y) {
            const float* a[3];
            const float* b[3];
            for (int plane = 0; plane < 3; ++plane) {
                a[plane] = &own.at(plane, wide.x0, y);
                b[plane] = &frame.at(plane, wide.x0 + dx, y + dy);
            }
            kernels.squareDistance(a, b, squares.row(y), wide.width());
        }
        m_distance.resize(static_cast<std::size_t>(block.width()));
        for (int y = block.y0; y < block.y1; ++y) {
            const float* rows[2 * patch + 1];
            for (int k = 0; k <= 2 * patch; ++k)
                rows[k] = squares.row(y - patch + k);
            kernels.sumRows(rows, ones, 2 * patch + 1, m_row.data(), wide.width());
            for (int k = 0; k <= 2 * patch; ++k)
                rows[k] = m_row.data() + k;
            kernels.sumRows(rows, ones, 2 * patch + 1, m_distance.data(), block.width());
            const float* from[4];
            float* to[5];
            for (int plane = 0; plane < 4; ++plane) {
                from[plane] = &frame.at(plane, block.x0 + dx, y + dy);
                to[plane] = sums.row(plane, y);
            }
            to[4] = weights.row(y);
            kernels.addSimilar(m_distance.data(), m_scale, m_level, from, to, block.width());
        }
    }

    const std::vector<Picture>& m_frames;
    int m_radius;
    float m_scale = 0, m_level = 0;
    Mask m_squares{Rect{}};
    std::vector<float> m_row, m_distance;
};

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    if (passes(call) == 0) {
        copy(inputs[0], out);
        return {};
    }
    std::vector<Picture> frames;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        const Rect need = region(call, i, out.rect);
        frames.push_back(extended(inputs[i].sub(need.clippedTo(inputs[i].rect)), need, EdgeMode::Mirror));
        if (!inputs[i].opaque)
            premultiply(frames.back().view(), frames.back().view());
    }
    Means means(call, frames);
    for (int y = out.rect.y0; y < out.rect.y1; y += blockHigh)
        for (int x = out.rect.x0; x < out.rect.x1; x += blockWide)
            means.run(Rect{x, y, x + blockWide, y + blockHigh}.clippedTo(out.rect), out);
    return {};
}

} // namespace

extern const Effect effect_denoise;
const Effect effect_denoise{
    .name = "denoise",
    .title = "Denoise",
    .help = "Takes grain and noise away and keeps edges: each pixel becomes the mean of those around it, and in neighbouring frames, that look like it.",
    .tags = {"blur and detail", "repair"},
    .synonyms = {"noise reduction", "non-local means", "nlmeans", "bilateral", "grain removal", "degrain", "smooth", "temporal"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "strength", .initial = 0.2, .least = 0.0, .most = 1.0, .title = "Strength", .help = "For noise of a fifth of this, in display brightness from 0 to 1"},
        {.name = "radius", .initial = 3.0, .least = 1.0, .most = 30.0, .step = 1.0, .unit = "px", .title = "Radius", .help = "How far it looks for pixels that are alike; time grows with its square"},
        {.name = "frames", .kind = ParamKind::Integer, .initial = std::int64_t{0}, .least = 0, .most = 3, .step = 1, .title = "Frames", .help = "How many frames before and after are looked at too: calms noise that flickers", .animatable = false},
    },
    .access = Access::Region,
    .cost = 120,
    .needs = needs,
    .still = [](const Call&) { return true; },
    .passes = passes,
    .region = region,
    .works = works,
    .render = render,
};

} // namespace artdag
