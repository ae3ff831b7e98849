// SPDX-License-Identifier: GPL-3.0-or-later
// The definition of a large gaussian: halve L times with [1 3 3 1]/8 on a grid fixed at pixel 0, filter with a sampled
// gaussian of 2–4.2 coarse pixels, double L times bilinearly. Halving and doubling add variance (4^L − 1)/2 together, which
// the filter is narrower by. The largest possible error is 0.0015 of the range along each axis (tests/picture/gaussian_test).
#include "core/base/exact_math.h"
#include "core/base/result.h"
#include "core/picture/edges.h"
#include "core/picture/filter.h"
#include "core/picture/rows.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace artdag {

namespace {

constexpr double leastSigma = 0.05; ///< below it the neighbours' weight is under e^-200
constexpr double mostSigma = 400.0;
constexpr double coarseSigma = 2.0; ///< a level is added while at least this much remains
constexpr double reachInSigmas = 3.25;
constexpr int mostLevels = 8;
constexpr int blockColumns = 960; ///< the rows that are kept at a time then stay in the second-level cache
constexpr int sumRows = 8;        ///< summed across together, by pieces of sumColumns that stay in the first
constexpr int sumColumns = 192;

struct Span {
    int first = 0;
    int end = 0;
    [[nodiscard]] int size() const { return end - first; }
};

/// How one axis is filtered.
struct AxisFilter {
    int levels = 0;
    int radius = 0; ///< of the filter, in coarse samples
    std::vector<float> weights{1.0F};

    explicit AxisFilter(double sigma)
    {
        if (!(sigma > leastSigma))
            return;
        sigma = std::min(sigma, mostSigma);
        double coarse = sigma;
        double unit = 1.0; // 4^levels
        while (levels < mostLevels) {
            const double square = (sigma * sigma + 0.5) / (unit * 4.0) - 0.5;
            if (square < coarseSigma * coarseSigma)
                break;
            coarse = std::sqrt(square);
            unit *= 4.0;
            ++levels;
        }
        radius = static_cast<int>(exact::floor(reachInSigmas * coarse)) + 1;
        std::vector<double> exactWeights;
        double total = 0.0;
        for (int k = radius; k >= 0; --k) {
            exactWeights.push_back(exact::exp(-0.5 * k * k / (coarse * coarse)));
            total += k > 0 ? 2.0 * exactWeights.back() : exactWeights.back();
        }
        weights.clear();
        for (auto weight = exactWeights.rbegin(); weight != exactWeights.rend(); ++weight)
            weights.push_back(static_cast<float>(*weight / total));
        // The centre takes what rounding left over, in the order in which the kernels sum: 1 everywhere stays exactly 1.
        float others = 0.0F;
        for (int k = radius; k > 0; --k)
            others += 2.0F * weights[static_cast<std::size_t>(k)];
        weights[0] = 1.0F - others;
    }
};

/// The samples of each level that a span of the output is made of.
struct AxisSpans {
    Span down[mostLevels + 1]; ///< before the filter; down[0] is what is read of the input
    Span up[mostLevels + 1];   ///< after it; whole pairs at levels that are doubled into

    AxisSpans(const AxisFilter& filter, int first, int end)
    {
        Span need{first, end};
        for (int level = 0; level < filter.levels; ++level) {
            const Span pairs{need.first >> 1, ((need.end - 1) >> 1) + 1};
            up[level] = {pairs.first * 2, pairs.end * 2};
            need = {pairs.first - 1, pairs.end + 1};
        }
        up[filter.levels] = need;
        need = {need.first - filter.radius, need.end + filter.radius};
        for (int level = filter.levels; level > 0; --level) {
            down[level] = need;
            need = {2 * need.first - 1, 2 * need.end + 1};
        }
        down[0] = need;
    }
};

/// One row from the input's columns to the output's columns, all levels.
class RowFilter {
public:
    RowFilter(const AxisFilter& filter, Span in, Span out, EdgeMode edges)
        : m_filter(filter),
          m_spans(filter, out.first, out.end),
          m_in(in),
          m_out(out),
          m_edges(edges)
    {
        for (int level = 0; level <= filter.levels; ++level) {
            m_down[level].resize(static_cast<std::size_t>(m_spans.down[level].size()));
            m_up[level].resize(static_cast<std::size_t>(m_spans.up[level].size()));
        }
    }

    /// Where the row to be filtered is written, all columns of the input.
    float* source() { return m_down[0].data() + (m_in.first - m_spans.down[0].first); }

    /// Also writes the sample before `out` and the one after it.
    void run(float* out)
    {
        const int levels = m_filter.levels;
        extend();
        for (int level = 1; level <= levels; ++level) {
            const Span to = m_spans.down[level];
            m_kernels.halve(m_down[level - 1].data() + (2 * to.first - m_spans.down[level - 1].first), m_down[level].data(), to.size());
        }
        const Span filtered = m_spans.up[levels];
        m_kernels.firAlong(m_down[levels].data() + (filtered.first - m_spans.down[levels].first), levels == 0 ? out : m_up[levels].data(), filtered.size(),
            m_filter.weights.data(), m_filter.radius);
        for (int level = levels - 1; level >= 0; --level) {
            const Span to = m_spans.up[level];
            float* const target = level == 0 ? out + (to.first - m_out.first) : m_up[level].data();
            m_kernels.spreadCentred(m_up[level + 1].data() + (to.first / 2 - m_spans.up[level + 1].first), target, to.size() / 2);
        }
    }

    /// The columns that are read, with these rows.
    [[nodiscard]] Rect reads(Span rows) const { return {m_spans.down[0].first, rows.first, m_spans.down[0].end, rows.end}; }

private:
    void extend()
    {
        const Span need = m_spans.down[0];
        float* const row = m_down[0].data() - need.first;
        for (int x = need.first; x < m_in.first; ++x)
            row[x] = beyond(row, x);
        for (int x = m_in.end; x < need.end; ++x)
            row[x] = beyond(row, x);
    }
    [[nodiscard]] float beyond(const float* row, int x) const
    {
        const int at = sampleBeyond(x, m_in.first, m_in.end, m_edges);
        return at < m_in.first ? 0.0F : row[at];
    }

    const RowKernels& m_kernels = rowKernels();
    const AxisFilter& m_filter;
    AxisSpans m_spans;
    Span m_in, m_out;
    EdgeMode m_edges;
    std::vector<float> m_down[mostLevels + 1], m_up[mostLevels + 1];
};

/// The last few rows that were made, in order, of one level.
class RowRing {
public:
    void lay(int first, int rows, int width)
    {
        m_rows = 1;
        while (m_rows < rows)
            m_rows *= 2;
        m_width = (width + 2 * margin + 15) / 16 * 16;
        m_samples.resize(static_cast<std::size_t>(m_rows * m_width));
        next = first;
    }
    float* row(int y) { return m_samples.data() + (y & (m_rows - 1)) * m_width + margin; }
    int next = 0; ///< the row that is made next

private:
    static constexpr int margin = 16;
    std::ptrdiff_t m_rows = 0, m_width = 0;
    std::vector<float> m_samples;
};

/// One plane from the first output row to the last: rows are made when they are asked, and each is made once. Halving across
/// rows comes first, as it leaves fewer rows for the work along them.
class PlaneFilter {
public:
    PlaneFilter(const ConstPictureView& in, const PictureView& out, const AxisFilter& along, const AxisFilter& across, EdgeMode edges)
        : m_in(in),
          m_out(out),
          m_across(across),
          m_spans(across, out.rect.y0, out.rect.y1),
          m_edges(edges),
          m_row(along, {in.rect.x0, in.rect.x1}, {out.rect.x0, out.rect.x1}, edges),
          m_zeros(static_cast<std::size_t>(in.rect.width()))
    {
    }

    void run(int plane)
    {
        if (plane == alpha && isOpaque()) {
            for (int y = m_out.rect.y0; y < m_out.rect.y1; ++y)
                m_kernels.fill(m_out.row(plane, y), m_out.rect.width(), 1.0F);
            return;
        }
        m_plane = plane;
        const int levels = m_across.levels;
        for (int level = 1; level < levels; ++level) {
            m_down[level].lay(m_spans.down[level].first, 4, m_in.rect.width());
            m_up[level].lay(m_spans.up[level].first, 4, m_out.rect.width());
        }
        m_filtered.lay(m_spans.down[levels].first, 2 * m_across.radius + sumRows, m_out.rect.width());
        m_up[levels].lay(m_spans.up[levels].first, sumRows + 4, m_out.rect.width());
        const Span rows{m_out.rect.y0, m_out.rect.y1};
        if (levels == 0)
            sumUntil(rows.end);
        else
            for (int y = rows.first; y < rows.end; ++y)
                doubleInto(0, y, m_out.row(plane, y));
    }

private:
    /// Whether alpha is 1 in all that is read: then it stays exactly 1, as the weights of every pass sum to 1 in float.
    bool isOpaque() const
    {
        const Rect need = m_row.reads(m_spans.down[0]);
        if (m_edges == EdgeMode::Transparent && !m_in.rect.contains(need))
            return false;
        for (int y = m_in.rect.y0; y < m_in.rect.y1 && !m_in.opaque; ++y)
            if (m_kernels.allOne(m_in.row(alpha, y), m_in.rect.width()) == 0)
                return false;
        return true;
    }

    const float* inputRow(int y) const
    {
        const int at = sampleBeyond(y, m_in.rect.y0, m_in.rect.y1, m_edges);
        return at < m_in.rect.y0 ? m_zeros.data() : m_in.row(m_plane, at);
    }

    /// Row y of a level before the filter, from the level below.
    void halveInto(int level, int y, float* to)
    {
        constexpr float weights[4] = {0.125F, 0.375F, 0.375F, 0.125F};
        const float* rows[4];
        for (int k = 0; k < 4; ++k) {
            const int from = 2 * y - 1 + k;
            if (level > 1)
                for (RowRing& finer = m_down[level - 1]; finer.next <= from; ++finer.next)
                    halveInto(level - 1, finer.next, finer.row(finer.next));
            rows[k] = level == 1 ? inputRow(from) : m_down[level - 1].row(from);
        }
        m_kernels.mix4(rows, to, m_in.rect.width(), weights);
    }

    void filterAlong(int y)
    {
        if (m_across.levels == 0)
            std::copy_n(inputRow(y), m_in.rect.width(), m_row.source());
        else
            halveInto(m_across.levels, y, m_row.source());
        m_row.run(m_filtered.row(y));
    }

    /// Rows of the coarsest level after the filter, up to `end` and perhaps some more; without levels, rows of the output.
    void sumUntil(int end)
    {
        const int levels = m_across.levels, radius = m_across.radius, width = m_out.rect.width();
        RowRing& summed = m_up[levels];
        std::vector<const float*> rows(static_cast<std::size_t>(2 * radius + 1));
        while (summed.next < end) {
            const Span batch{summed.next, std::min(summed.next + sumRows, m_spans.up[levels].end)};
            for (; m_filtered.next < batch.end + radius; ++m_filtered.next)
                filterAlong(m_filtered.next);
            for (int x = 0; x < width; x += sumColumns)
                for (int y = batch.first; y < batch.end; ++y) {
                    for (int k = -radius; k <= radius; ++k)
                        rows[static_cast<std::size_t>(k + radius)] = m_filtered.row(y + k) + x;
                    float* const to = levels == 0 ? m_out.row(m_plane, y) : summed.row(y);
                    m_kernels.firAcross(rows.data(), to + x, std::min(sumColumns, width - x), m_across.weights.data(), radius);
                }
            summed.next = batch.end;
        }
    }

    /// Row y of a level after the filter, from the level above.
    void doubleInto(int level, int y, float* to)
    {
        const int near = y >> 1;
        const int far = (y & 1) != 0 ? near + 1 : near - 1;
        RowRing& coarser = m_up[level + 1];
        const int end = std::max(near, far) + 1;
        if (level + 1 == m_across.levels)
            sumUntil(end);
        else
            for (; coarser.next < end; ++coarser.next)
                doubleInto(level + 1, coarser.next, coarser.row(coarser.next));
        m_kernels.mix2(coarser.row(near), coarser.row(far), to, m_out.rect.width(), 0.75F, 0.25F);
    }

    const RowKernels& m_kernels = rowKernels();
    ConstPictureView m_in;
    PictureView m_out;
    const AxisFilter& m_across;
    AxisSpans m_spans;
    EdgeMode m_edges;
    RowFilter m_row;
    int m_plane = 0;
    RowRing m_filtered, m_down[mostLevels + 1], m_up[mostLevels + 1];
    std::vector<float> m_zeros;
};

} // namespace

int gaussianRadius(double sigma)
{
    const AxisFilter filter(sigma);
    int reach = 0;
    for (int x = 0; x < 1 << filter.levels; ++x) {
        const AxisSpans spans(filter, x, x + 1);
        reach = std::max({reach, x - spans.down[0].first, spans.down[0].end - 1 - x});
    }
    return reach;
}

void gaussianBlur(ConstPictureView in, PictureView out, double sigmaX, double sigmaY, EdgeMode edges, int planes)
{
    if (out.rect.empty())
        return;
    CHECK(!in.rect.empty() && in.rect.contains(out.rect));
    const AxisFilter along(sigmaX);
    const AxisFilter across(sigmaY);
    const Span columns = AxisSpans(along, out.rect.x0, out.rect.x1).down[0];
    const Span rows = AxisSpans(across, out.rect.y0, out.rect.y1).down[0];
    const int block = std::max(blockColumns, 4 * (columns.size() - out.rect.width()) / 2);
    for (int x = out.rect.x0; x < out.rect.x1; x += block) {
        const PictureView part = out.sub({x, out.rect.y0, std::min(x + block, out.rect.x1), out.rect.y1});
        const Span reach = AxisSpans(along, part.rect.x0, part.rect.x1).down[0];
        PlaneFilter filter(in.sub(in.rect.clippedTo({reach.first, rows.first, reach.end, rows.end})), part, along, across, edges);
        for (int plane = 0; plane < planes; ++plane)
            filter.run(plane);
    }
}

} // namespace artdag
