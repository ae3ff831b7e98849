// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture/rank.h"

#include "core/base/exact_math.h"
#include "core/picture/rows.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

namespace artdag {

namespace {

using Count = std::uint16_t; // a window of 201 × 201 samples fits

constexpr int groups = 32, steps = 32; ///< coarse and fine: 1024 steps
constexpr int linearSteps = 896;

int codeOf(float value)
{
    if (!(value > 0.0F))
        return 0;
    if (value < 1.0F)
        return static_cast<int>(std::sqrt(value) * linearSteps);
    return linearSteps + static_cast<int>((1.0F - 1.0F / value) * (groups * steps - linearSteps - 1));
}

/// Where a step begins.
float beginOf(int code)
{
    if (code <= linearSteps) {
        const float root = static_cast<float>(code) / linearSteps;
        return root * root;
    }
    return 1.0F / (1.0F - static_cast<float>(code - linearSteps) / (groups * steps - linearSteps - 1));
}

/// `value` moved into a step.
float within(float value, int code)
{
    if (code == 0)
        return std::min(value, 0.0F);
    value = std::max(value, beginOf(code));
    return code + 1 < groups * steps ? std::min(value, beginOf(code + 1)) : value;
}

struct Histogram {
    Count coarse[groups] = {};
    Count fine[groups][steps] = {};
    void count(int code, int by)
    {
        coarse[code / steps] = static_cast<Count>(coarse[code / steps] + by);
        fine[code / steps][code % steps] = static_cast<Count>(fine[code / steps][code % steps] + by);
    }
};

void add(Count* __restrict to, const Count* __restrict more)
{
    for (int i = 0; i < steps; ++i)
        to[i] = static_cast<Count>(to[i] + more[i]);
}
void change(Count* __restrict to, const Count* __restrict more, const Count* __restrict less)
{
    for (int i = 0; i < steps; ++i)
        to[i] = static_cast<Count>(to[i] + more[i] - less[i]);
}

/// One block of columns, rows from top to bottom.
class Block {
public:
    Block(ConstPictureView in, PictureView out, int plane, int radius, double rank)
        : m_in(in),
          m_out(out),
          m_plane(plane),
          m_radius(radius),
          m_columns(static_cast<std::size_t>(out.rect.width() + 2 * radius)),
          m_codes(m_columns.size() * static_cast<std::size_t>(2 * radius + 1))
    {
        const int all = (2 * radius + 1) * (2 * radius + 1);
        m_below = std::clamp(static_cast<int>(exact::floor(rank * (all - 1) + 0.5)), 0, all - 1);
    }
    void run()
    {
        for (int y = m_out.rect.y0 - m_radius; y < m_out.rect.y0 + m_radius; ++y)
            countRow(y, 1);
        for (int y = m_out.rect.y0; y < m_out.rect.y1; ++y) {
            countRow(y + m_radius, 1);
            findRow(y);
            countRow(y - m_radius, -1);
        }
    }

private:
    /// The codes of a row are kept until it leaves the window.
    void countRow(int y, int by)
    {
        const std::size_t width = m_columns.size();
        const float* const row = &m_in.at(m_plane, m_out.rect.x0 - m_radius, y);
        Count* const codes = m_codes.data() + static_cast<std::size_t>(y - m_out.rect.y0 + m_radius) % static_cast<std::size_t>(2 * m_radius + 1) * width;
        for (std::size_t x = 0; x < width && by > 0; ++x)
            codes[x] = static_cast<Count>(codeOf(row[x]));
        for (std::size_t x = 0; x < width; ++x)
            m_columns[x].count(codes[x], by);
    }
    void findRow(int y)
    {
        const int width = 2 * m_radius + 1;
        Count coarse[groups] = {};
        for (int x = 0; x < width; ++x)
            add(coarse, m_columns[static_cast<std::size_t>(x)].coarse);
        // The fine counts of a group are brought up to date only when the rank lies in it.
        std::fill_n(m_known, groups, -1);
        const float* const own = &m_in.at(m_plane, m_out.rect.x0, y);
        float* const out = m_out.row(m_plane, y);
        for (int x = 0; x < m_out.rect.width(); ++x) {
            if (x > 0)
                change(coarse, column(x + width - 1).coarse, column(x - 1).coarse);
            int left = m_below, group = 0, step = 0;
            while (left >= coarse[group])
                left -= coarse[group++];
            const Count* const fine = fineOf(group, x, width);
            while (left >= fine[step])
                left -= fine[step++];
            out[x] = within(own[x], group * steps + step);
        }
    }
    [[nodiscard]] const Histogram& column(int x) const { return m_columns[static_cast<std::size_t>(x)]; }
    const Count* fineOf(int group, int x, int width)
    {
        Count* const fine = m_fine[group];
        if (m_known[group] < 0 || x - m_known[group] > m_radius) {
            std::fill_n(fine, steps, Count{0});
            for (int i = x; i < x + width; ++i)
                add(fine, column(i).fine[group]);
        } else {
            for (int i = m_known[group] + 1; i <= x; ++i)
                change(fine, column(i + width - 1).fine[group], column(i - 1).fine[group]);
        }
        m_known[group] = x;
        return fine;
    }

    ConstPictureView m_in;
    PictureView m_out;
    int m_plane, m_radius, m_below;
    std::vector<Histogram> m_columns;
    std::vector<Count> m_codes;
    Count m_fine[groups][steps] = {};
    int m_known[groups] = {}; ///< for which column m_fine is right
};

void smallMedian(ConstPictureView in, PictureView out, int plane, int radius)
{
    for (int y = out.rect.y0; y < out.rect.y1; ++y) {
        const float* rows[5];
        for (int k = -radius; k <= radius; ++k)
            rows[k + radius] = &in.at(plane, out.rect.x0, y + k);
        if (radius == 1)
            rowKernels().median9(rows, out.row(plane, y), out.rect.width());
        else
            rowKernels().median25(rows, out.row(plane, y), out.rect.width());
    }
}

} // namespace

void rankFilter(ConstPictureView in, PictureView out, int plane, int radius, double rank)
{
    if (radius == 0) {
        for (int y = out.rect.y0; y < out.rect.y1; ++y)
            std::copy_n(&in.at(plane, out.rect.x0, y), out.rect.width(), out.row(plane, y));
        return;
    }
    if (rank == 0.5 && (radius == 1 || radius == 2)) {
        smallMedian(in, out, plane, radius);
        return;
    }
    const int block = std::max(96, 2 * radius); // of columns: their histograms stay in the second-level cache
    for (int x = out.rect.x0; x < out.rect.x1; x += block)
        Block(in, out.sub({x, out.rect.y0, std::min(x + block, out.rect.x1), out.rect.y1}), plane, radius, rank).run();
}

} // namespace artdag
