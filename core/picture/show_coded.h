// SPDX-License-Identifier: GPL-3.0-or-later
// A decoded picture shown at a place and size: only the rows that are asked are taken to linear light and scaled, or to the
// space that is asked when they need not be scaled.
#pragma once

#include "core/picture/picture.h"
#include "core/picture/sample.h"

namespace artdag {

/// out(p) = coded at toSource(p) (no rotation, no skew), transparent beyond its border.
void showCoded(const CodedPicture& coded, const Affine& toSource, Filter filter, PictureView out, Space space = Space::Linear);

/// Shows all of a picture of `from` in a frame, and what is asked of it: the part `out.rect`. The same size is a copy.
void showPicture(ConstPictureView from, int width, int height, const Affine& toSource, Filter filter, PictureView out);

} // namespace artdag
