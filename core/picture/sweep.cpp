// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture/sweep.h"

#include "core/picture/extend.h"
#include "core/picture/pointwise.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace artdag {

namespace {

constexpr int stripRows = 16; ///< of a copy and the sum it goes into: both stay in the second-level cache
constexpr double copyDistance = 1.25;

Rect regionOf(const std::vector<Affine>& maps, const Sweep& sweep, Rect out)
{
    Rect all;
    for (const Affine& map : maps) {
        const Rect part = sampleRegion(sweep.width, sweep.height, map, Filter::Bilinear, sweep.edge, out);
        if (part.empty())
            continue;
        all = all.empty() ? part : Rect{std::min(all.x0, part.x0), std::min(all.y0, part.y0), std::max(all.x1, part.x1), std::max(all.y1, part.y1)};
    }
    return all;
}

void meanOf(const std::vector<Affine>& maps, const Sweep& sweep, ConstPictureView in, PictureView out)
{
    const auto share = static_cast<float>(1.0 / static_cast<double>(maps.size()));
    Picture copied;
    for (int y0 = out.rect.y0; y0 < out.rect.y1; y0 += stripRows) {
        const PictureView strip = out.sub({out.rect.x0, y0, out.rect.x1, std::min(y0 + stripRows, out.rect.y1)});
        if (copied.rect() != strip.rect)
            copied = Picture(strip.rect);
        clear(strip);
        for (const Affine& map : maps) {
            sampleAffine(in, sweep.width, sweep.height, map, Filter::Bilinear, sweep.edge, copied.view());
            for (int plane = 0; plane < 4; ++plane)
                for (int y = strip.rect.y0; y < strip.rect.y1; ++y)
                    addScaledRow(copied.view().row(plane, y), strip.row(plane, y), static_cast<std::size_t>(strip.rect.width()), share);
        }
        settleAlpha(strip);
    }
}

} // namespace

SweepSteps::SweepSteps(double distance)
{
    const double all = std::min(distance, 4e4) / copyDistance + 1.0;
    means = all > 400.0 ? 3 : 2;
    const auto product = [&] { return means == 3 ? copies * copies * copies : copies * copies; };
    while (product() < all)
        ++copies;
}

double SweepSteps::at(int mean, int index) const
{
    double step = 1.0 / copies;
    for (int i = means - 1; i > mean; --i)
        step /= copies;
    return (index - 0.5 * (copies - 1)) * step;
}

Rect Sweep::reads(Rect out) const
{
    for (auto maps = means.rbegin(); maps != means.rend() && !out.empty(); ++maps)
        out = regionOf(*maps, *this, out);
    return out;
}

void sweep(const Sweep& sweep, ConstPictureView in, PictureView out)
{
    // Each mean covers what the next one reads.
    std::vector<Rect> rects{out.rect};
    for (auto maps = sweep.means.rbegin(); maps + 1 != sweep.means.rend(); ++maps)
        rects.push_back(regionOf(*maps, sweep, rects.back()));
    if (std::ranges::any_of(rects, [](const Rect& rect) { return rect.empty(); })) {
        clear(out);
        return;
    }
    Picture before;
    for (std::size_t i = 0; i + 1 < sweep.means.size(); ++i) {
        Picture mean(rects[rects.size() - 1 - i]);
        meanOf(sweep.means[i], sweep, i == 0 ? in : std::as_const(before).view(), mean.view());
        before = std::move(mean);
        before.look();
    }
    meanOf(sweep.means.back(), sweep, std::as_const(before).view(), out);
}

} // namespace artdag
