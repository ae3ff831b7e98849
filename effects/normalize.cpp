// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/tone_effect.h"

#include <algorithm>
#include <array>

namespace artdag {
namespace {

constexpr std::size_t bins = 4096;
constexpr std::size_t lanes = 16;

/// Straight rows of the pixels of a picture that are not transparent.
class VisibleRows {
public:
    VisibleRows(const ConstPictureView& picture, Space space)
        : m_picture(picture),
          m_space(space),
          m_row(Rect{picture.rect.x0, 0, picture.rect.x1, 1})
    {
    }

    /// Calls `use(plane, row, n)` for each plane of colour of each row.
    template <class Use>
    void each(Use use)
    {
        for (int y = m_picture.rect.y0; y < m_picture.rect.y1; ++y) {
            const auto width = static_cast<std::size_t>(m_picture.rect.width());
            const float* cover = m_picture.row(alpha, y);
            if (std::all_of(cover, cover + width, [](float a) { return a == 1.0F; })) {
                for (int plane = 0; plane < 3; ++plane)
                    use(plane, m_picture.row(plane, y), width);
                continue;
            }
            for (int plane = 0; plane < 3; ++plane) {
                const float* from = m_picture.row(plane, y);
                float* to = m_row.view().row(plane, 0);
                std::size_t n = 0;
                for (std::size_t i = 0; i < width; ++i)
                    if (cover[i] > 0.0F)
                        to[n++] = m_space == Space::Linear ? from[i] / cover[i] : from[i];
                use(plane, to, n);
            }
        }
    }

private:
    ConstPictureView m_picture;
    Space m_space;
    Picture m_row;
};

struct Range {
    float least = 3e38F, most = -3e38F;
    [[nodiscard]] bool empty() const { return !(most - least >= 1e-5F); } ///< of samples, or of difference
};

/// By lanes, which a compiler turns into vectors: least and most do not depend on the order.
void widen(Range& range, const float* row, std::size_t n)
{
    std::array<float, lanes> least, most;
    least.fill(range.least);
    most.fill(range.most);
    std::size_t i = 0;
    for (; i + lanes <= n; i += lanes)
        for (std::size_t k = 0; k < lanes; ++k) {
            const float value = row[i + k];
            least[k] = value < least[k] ? value : least[k];
            most[k] = value > most[k] ? value : most[k];
        }
    for (; i < n; ++i) {
        least[0] = std::min(least[0], row[i]);
        most[0] = std::max(most[0], row[i]);
    }
    range.least = *std::ranges::min_element(least);
    range.most = *std::ranges::max_element(most);
}

using Counts = std::array<std::uint32_t, bins>;

void count(Counts& counts, const Range& range, const float* row, std::size_t n)
{
    const float scale = static_cast<float>(bins) / (range.most - range.least);
    for (std::size_t i = 0; i < n; ++i) {
        const int bin = static_cast<int>((row[i] - range.least) * scale);
        ++counts[static_cast<std::size_t>(bin < static_cast<int>(bins) ? bin : static_cast<int>(bins) - 1)];
    }
}

/// The tone below which a part of all samples lies; within a bin they are taken as even.
double toneAt(const Counts& counts, const Range& range, double part)
{
    double all = 0, below = 0;
    for (const std::uint32_t each : counts)
        all += each;
    const double wanted = part * all;
    const double width = (static_cast<double>(range.most) - range.least) / bins;
    for (std::size_t bin = 0; bin < bins; ++bin) {
        if (below + counts[bin] >= wanted && counts[bin] > 0)
            return range.least + width * (static_cast<double>(bin) + (wanted - below) / counts[bin]);
        below += counts[bin];
    }
    return range.most;
}

struct Ends {
    double black = 0, white = 1;
};

/// The tones that become black and white, of each channel.
std::array<Ends, 3> measure(const FrameCall& call, const ConstPictureView& picture)
{
    const bool together = call.args.choice("channels") == 0;
    const double dark = call.args.real("clip_dark"), bright = call.args.real("clip_bright");
    std::array<Range, 3> ranges;
    VisibleRows rows(picture, call.space);
    rows.each([&](int plane, const float* row, std::size_t n) { widen(ranges[together ? 0 : static_cast<std::size_t>(plane)], row, n); });
    std::vector<Counts> counts(3, Counts{});
    if (dark > 0.0 || bright > 0.0)
        rows.each([&](int plane, const float* row, std::size_t n) {
            const std::size_t of = together ? 0 : static_cast<std::size_t>(plane);
            if (!ranges[of].empty())
                count(counts[of], ranges[of], row, n);
        });
    std::array<Ends, 3> ends;
    for (std::size_t plane = 0; plane < 3; ++plane) {
        const std::size_t of = together ? 0 : plane;
        if (ranges[of].empty())
            continue;
        ends[plane] = {dark > 0.0 ? toneAt(counts[of], ranges[of], dark) : ranges[of].least, bright > 0.0 ? toneAt(counts[of], ranges[of], 1.0 - bright) : ranges[of].most};
    }
    return ends;
}

Rect region(const FrameCall& call, std::size_t, Rect out)
{
    return passesWithoutAmount(call) == 0 ? out : Rect{0, 0, call.out.width, call.out.height};
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    if (passesWithoutAmount(call) == 0) {
        copy(inputs[0], out);
        return {};
    }
    const std::array<Ends, 3> ends = measure(call, inputs[0]);
    const double black = call.args.real("black"), white = call.args.real("white");
    ColourMatrix matrix;
    for (std::size_t plane = 0; plane < 3; ++plane) {
        const double width = ends[plane].white - ends[plane].black;
        if (width < 1e-5) // one tone: there is nothing to stretch
            continue;
        const double slope = (white - black) / width;
        matrix.m[plane][plane] = static_cast<float>(slope);
        matrix.m[plane][3] = static_cast<float>(black - ends[plane].black * slope);
    }
    applyToneMatrix(partOf(matrix, call.args.real("amount")), inputs[0].sub(out.rect), out, call.space);
    return {};
}

Param clip(std::string_view name, std::string_view title, std::string_view help)
{
    return {.name = name, .initial = 0.001, .least = 0.0, .most = 0.25, .step = 0.001, .title = title, .help = help};
}

} // namespace

extern const Effect effect_normalize;
const Effect effect_normalize{
    .name = "normalize",
    .title = "Normalize",
    .help = "Stretches the contrast of each frame, so that its darkest tone becomes black and its brightest white. Channel by channel it also takes out a colour cast.",
    .tags = {"colour"},
    .synonyms = {"auto levels", "auto contrast", "stretch contrast", "equalize", "histogram stretch", "autolevels", "haze"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        clip("clip_dark", "Clip darks", "Part of all tones that may become black or darker: 0.001 is one of a thousand"),
        clip("clip_bright", "Clip lights", "Part of all tones that may become white or brighter"),
        {.name = "channels", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .title = "Channels", .help = "together keeps the colours; separate balances them", .choices = {"together", "separate"}, .animatable = false},
        {.name = "black", .initial = 0.0, .least = 0.0, .most = 1.0, .title = "Black", .help = "What the darkest tone becomes", .group = "Output"},
        {.name = "white", .initial = 1.0, .least = 0.0, .most = 1.0, .title = "White", .help = "What the brightest tone becomes", .group = "Output"},
        amountParam(),
        spaceParam("Where tones are stretched"),
    },
    .access = Access::Whole,
    .passes = passesWithoutAmount,
    .region = region,
    .works = worksInItsSpace,
    .render = render,
};

} // namespace artdag
