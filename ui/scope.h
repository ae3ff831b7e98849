// SPDX-License-Identifier: GPL-3.0-or-later
// Scopes of a picture as it is shown: histogram, luma waveform, RGB parade, vectorscope. Pure: counts pixels and draws the counts;
// for a worker thread.
#pragma once

#include <QColor>
#include <QImage>
#include <QSize>

#include <vector>

namespace artdag {

enum class ScopeKind {
    None,
    Histogram,  ///< red, green, blue and luma over 0–255
    Waveform,   ///< luma up, the picture's columns across
    Parade,     ///< the same for red, green and blue beside each other
    Vectorscope ///< Cb across, Cr up, of BT.709; the marks are the primaries at 75 %
};

/// Drawn on transparent ground, `size` in device pixels; `ink` is the colour of lines and marks. An empty picture gives an empty image.
QImage scopeImage(ScopeKind kind, const QImage& picture, QSize size, QColor ink);

/// Pixels of each luma 0–255: BT.709 weights of the shown values.
std::vector<int> lumaCounts(const QImage& picture);

} // namespace artdag
