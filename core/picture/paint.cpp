// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture/paint.h"

#include "core/base/exact_math.h"
#include "core/base/random.h"
#include "core/picture/extend.h"
#include "core/picture/pointwise.h"
#include "core/picture/rows.h"
#include "core/picture/structure.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace artdag {

namespace {

constexpr double samplesAcross = 5.0; ///< of a round brush's radius at most; larger ones look at a softened picture here and there
constexpr int padding = 16;           ///< rows are readable to whole vectors
constexpr double softening = 0.45;

int stepOf(const Brush& brush)
{
    return std::max(1, static_cast<int>(exact::floor(brush.radius / samplesAcross + 0.999)));
}

double longest(const Brush& brush)
{
    return brush.radius * (1.0 + brush.stretch);
}

double softSigma(const Brush& brush)
{
    const int step = stepOf(brush);
    return step > 1 ? softening * step : 0.0;
}

int brushReach(const Brush& brush)
{
    return static_cast<int>(longest(brush)) + 1;
}

/// The brush at each pixel of a row: where samples lie in its unit disc.
struct BrushRow {
    std::vector<float> ux, uy, vx, vy, reachX, reachY;
    explicit BrushRow(int width)
        : ux(static_cast<std::size_t>(width + padding)),
          uy(ux.size()),
          vx(ux.size()),
          vy(ux.size()),
          reachX(ux.size()),
          reachY(ux.size()) {}

    void shape(const Brush& brush, const ConstPictureView& flow, int y)
    {
        const float *const xx = flow.row(0, y), *const xy = flow.row(1, y), *const yy = flow.row(2, y);
        const auto radius = static_cast<float>(brush.radius), stretch = static_cast<float>(brush.stretch), detail = static_cast<float>(brush.detail);
        const auto busy = static_cast<float>(4.0 * brush.radius); // an edge of half the range each two radii is busy
        for (int i = 0; i < flow.rect.width(); ++i) {
            const float difference = xx[i] - yy[i], both = 2.0F * xy[i], trace = xx[i] + yy[i];
            const float length = std::sqrt(difference * difference + both * both);
            // Along the edge is across the larger eigenvector. Where nothing has a direction, round is as good as any.
            const float twice = length > 0.0F ? difference / length : -1.0F;
            const float tx = std::sqrt(0.5F * std::max(0.0F, 1.0F - twice)), size = std::sqrt(0.5F * std::max(0.0F, 1.0F + twice));
            const float ty = both > 0.0F ? -size : size;
            const float one = length / (trace + 1e-5F);
            const float activity = busy * std::sqrt(trace);
            const float round = std::max(1.0F, radius * (1.0F - detail * activity / (1.0F + activity)));
            const float along = round * (1.0F + stretch * one), across = std::max(0.75F, round / (1.0F + stretch * one));
            const auto at = static_cast<std::size_t>(i);
            ux[at] = tx / along, uy[at] = ty / along, vx[at] = -ty / across, vy[at] = tx / across;
            reachX[at] = std::sqrt(along * along * tx * tx + across * across * ty * ty);
            reachY[at] = std::sqrt(along * along * ty * ty + across * across * tx * tx);
        }
    }
};

/// Values of mean 0 and deviation 1 on a lattice of the bristles' width, between which they go linearly.
void fillNoise(const Brush& brush, const PictureView& out, int plane)
{
    const double cell = std::max(brush.bristle, 1.0);
    const auto value = [&](std::int64_t x, std::int64_t y) { return static_cast<float>((randomUnit(brush.seed, static_cast<std::uint64_t>(x), static_cast<std::uint64_t>(y)) - 0.5) * 3.4641016); };
    std::vector<float> lattice[2];
    const auto first = static_cast<std::int64_t>(exact::floor(out.rect.x0 / cell)), last = static_cast<std::int64_t>(exact::floor(out.rect.x1 / cell)) + 1;
    std::int64_t known = INT64_MIN;
    for (int y = out.rect.y0; y < out.rect.y1; ++y) {
        const double v = y / cell, row = exact::floor(v);
        const auto line = static_cast<std::int64_t>(row);
        if (line != known)
            for (int k = 0; k < 2; ++k) {
                lattice[k].clear();
                for (std::int64_t x = first; x <= last; ++x)
                    lattice[k].push_back(value(x, line + k));
            }
        known = line;
        const auto fy = static_cast<float>(v - row);
        for (int x = out.rect.x0; x < out.rect.x1; ++x) {
            const double u = x / cell, column = exact::floor(u);
            const auto at = static_cast<std::size_t>(static_cast<std::int64_t>(column) - first);
            const auto fx = static_cast<float>(u - column);
            const float above = lattice[0][at] + (lattice[0][at + 1] - lattice[0][at]) * fx, below = lattice[1][at] + (lattice[1][at + 1] - lattice[1][at]) * fx;
            out.at(plane, x, y) = above + (below - above) * fy;
        }
    }
}

/// Straight colours, softened as much as they cover.
Picture softened(const ConstPictureView& source, const Rect& rect, double sigma)
{
    Picture covered(source.rect), soft(rect);
    premultiply(source, covered.view());
    gaussianBlur(std::as_const(covered).view(), soft.view(), sigma, sigma, EdgeMode::Clamp);
    unpremultiply(soft.view(), soft.view());
    return soft;
}

Picture flowOf(const Brush& brush, const ConstPictureView& source, const Rect& rect)
{
    const Rect raw = rect.grown(gaussianRadius(brush.flow));
    Picture covered(raw.grown(1)), rough(raw), flow(rect);
    premultiply(source.sub(raw.grown(1)), covered.view());
    structureOf(std::as_const(covered).view(), rough.view());
    gaussianBlur(std::as_const(rough).view(), flow.view(), brush.flow, brush.flow, EdgeMode::Clamp);
    return flow;
}

} // namespace

int paintReach(const Brush& brush)
{
    return std::max(brushReach(brush) + gaussianRadius(softSigma(brush)), gaussianRadius(brush.flow) + 1);
}

void paint(const Brush& brush, ConstPictureView in, PictureView out)
{
    const int reach = brushReach(brush), step = stepOf(brush), width = out.rect.width();
    Rect need = out.rect.grown(paintReach(brush));
    const ConstPictureView known = in.sub(need.clippedTo(in.rect));
    need.x1 += padding; // what lies there is multiplied by 0 only
    const Picture source = extended(known, need, EdgeMode::Mirror);
    const Picture flow = flowOf(brush, source.view(), out.rect);
    Rect read = out.rect.grown(reach);
    read.x1 += padding;
    const double sigma = softSigma(brush);
    const Picture soft = sigma > 0.0 ? softened(source.view(), read, sigma) : Picture();
    const ConstPictureView from = sigma > 0.0 ? soft.view() : source.view();
    Picture noise(from.rect);
    fillNoise(brush, noise.view(), 0);

    PaintRow row{};
    row.stride = from.stride;
    row.step = step;
    row.zeta = static_cast<float>(2.0 * step / brush.radius);
    row.eta = (row.zeta + 0.8365F) / 0.3003F; // sectors end where cos 33° and sin² 33° meet
    row.hardness = static_cast<float>(brush.hardness);
    const double traces = std::max(1.0, 0.7 * brush.radius / std::max(brush.bristle, 1.0));
    row.bristles = static_cast<float>(traces * traces);
    BrushRow shapes(width);
    row.ux = shapes.ux.data(), row.uy = shapes.uy.data(), row.vx = shapes.vx.data(), row.vy = shapes.vy.data();
    row.reachX = shapes.reachX.data(), row.reachY = shapes.reachY.data();
    for (int y = out.rect.y0; y < out.rect.y1; ++y) {
        shapes.shape(brush, flow.view(), y);
        row.noise = &std::as_const(noise).view().at(0, out.rect.x0, y);
        for (int plane = 0; plane < 4; ++plane) {
            row.from[plane] = &from.at(plane, out.rect.x0, y);
            row.out[plane] = out.row(plane, y);
        }
        rowKernels().kuwahara(row, width);
    }
}

} // namespace artdag
