// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/flash_meter.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace artdag {

namespace {
constexpr double leastChange = 0.1, brightest = 0.8; // WCAG 2.3.1
constexpr double tolerance = 1e-6;                   // s, of frame times: six changes a second are allowed
constexpr std::size_t mostChanges = 6;               // three flashes, each there and back
constexpr double longestGap = 0.5;                   // s between two pictures that belong together
constexpr int partColumns = 11, partRows = 6;        // 341 × 256 of 1024 × 768 in cells
constexpr int mostOfPart = partColumns * partRows / 4;

const std::array<double, 256>& linearOfByte()
{
    static const std::array<double, 256> table = [] {
        std::array<double, 256> values{};
        for (std::size_t i = 0; i < values.size(); ++i) {
            const double v = static_cast<double>(i) / 255;
            values[i] = v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); // IEC 61966-2-1
        }
        return values;
    }();
    return table;
}
} // namespace

FlashMeter::FlashMeter()
{
    begin();
}

void FlashMeter::begin()
{
    m_cells.assign(static_cast<std::size_t>(columns) * rows, {});
    m_last = -1;
}

void FlashMeter::clear()
{
    begin();
    m_found.reset();
}

void FlashMeter::follow(Cell& cell, double luminance, double seconds) const
{
    while (!cell.changes.empty() && cell.changes.front() <= seconds - 1 + tolerance)
        cell.changes.pop_front();
    if (cell.extreme < 0) {
        cell.extreme = luminance;
        return;
    }
    const double change = luminance - cell.extreme;
    const int direction = change > 0 ? 1 : -1;
    if (direction == cell.direction) {
        cell.extreme = luminance; // farther the same way
        return;
    }
    if (std::abs(change) < leastChange || std::min(luminance, cell.extreme) >= brightest)
        return;
    cell.direction = direction;
    cell.extreme = luminance;
    cell.changes.push_back(seconds);
}

bool FlashMeter::flashesOverAPart() const
{
    const auto flashes = [this](int x, int y) { return m_cells[static_cast<std::size_t>(y * columns + x)].changes.size() > mostChanges ? 1 : 0; };
    for (int y = 0; y + partRows <= rows; ++y) {
        for (int x = 0; x + partColumns <= columns; ++x) {
            int cells = 0;
            for (int row = y; row < y + partRows; ++row)
                for (int column = x; column < x + partColumns; ++column)
                    cells += flashes(column, row);
            if (cells >= mostOfPart)
                return true;
        }
    }
    return false;
}

bool FlashMeter::add(double seconds, const QImage& picture)
{
    if (picture.isNull())
        return false;
    if (m_last >= 0 && (seconds <= m_last || seconds - m_last > longestGap))
        begin();
    m_last = seconds;
    // Every fourth pixel of a cell's side is enough for its mean.
    const QImage small = picture.scaled(columns * 4, rows * 4, Qt::IgnoreAspectRatio, Qt::FastTransformation)
                             .scaled(columns, rows, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
                             .convertToFormat(QImage::Format_RGBX8888);
    const auto& linear = linearOfByte();
    for (int y = 0; y < rows; ++y) {
        const uchar* line = small.constScanLine(y);
        for (int x = 0; x < columns; ++x, line += 4)
            follow(m_cells[static_cast<std::size_t>(y * columns + x)], 0.2126 * linear[line[0]] + 0.7152 * linear[line[1]] + 0.0722 * linear[line[2]],
                seconds);
    }
    if (!flashesOverAPart())
        return false;
    if (!m_found)
        m_found = {std::max(0.0, seconds - 1), seconds};
    else
        m_found = {std::min(m_found->first, std::max(0.0, seconds - 1)), std::max(m_found->second, seconds)};
    return true;
}

} // namespace artdag
