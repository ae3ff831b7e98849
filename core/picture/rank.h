// SPDX-License-Identifier: GPL-3.0-or-later
// Medians and other ranks of the samples around each sample. A window of any size costs the same: histograms of columns are
// added and taken away (S. Perreault, P. Hébert, "Median Filtering in Constant Time", 2007).
#pragma once

#include "core/picture/picture.h"

namespace artdag {

/// One plane: the sample that is greater than `rank` (0–1) of those within `radius` px along both axes: 0.5 is the median.
/// Medians of radius 1 and 2 are exact. Others are found among 1024 steps, 896 of them evenly in √value between 0 and 1: the
/// sample itself where it lies within that step, else the step's nearer end. `in` covers out.rect.grown(radius).
void rankFilter(ConstPictureView in, PictureView out, int plane, int radius, double rank);

} // namespace artdag
