// SPDX-License-Identifier: GPL-3.0-or-later
// Watches pictures in the order of time for flashes that can harm: the general flash of WCAG 2.3.1 (a pair of opposing changes of
// relative luminance by 0.1 or more, the darker below 0.8; more than three in a second; over a quarter of any part of the picture
// that covers 10° of view, 341 × 256 of 1024 × 768). It warns; it never changes a picture.
#pragma once

#include <QImage>

#include <deque>
#include <optional>
#include <utility>
#include <vector>

namespace artdag {

class FlashMeter {
public:
    static constexpr int columns = 32, rows = 18; ///< cells whose mean luminance is followed

    FlashMeter();
    void clear();
    /// The next picture, as the screen shows it. A jump of time begins anew, what was found stays. True when more was found.
    bool add(double seconds, const QImage& picture);
    /// The first and the last instant at which it flashed too often.
    [[nodiscard]] std::optional<std::pair<double, double>> found() const { return m_found; }

private:
    struct Cell {
        double extreme = -1; ///< of luminance since the last change; −1: nothing seen yet
        int direction = 0;
        std::deque<double> changes; ///< of the last second
    };
    void begin();
    void follow(Cell& cell, double luminance, double seconds) const;
    [[nodiscard]] bool flashesOverAPart() const;

    std::vector<Cell> m_cells;
    double m_last = -1;
    std::optional<std::pair<double, double>> m_found;
};

} // namespace artdag
