// SPDX-License-Identifier: GPL-3.0-or-later
// A computed picture as a screen shows it: sRGB, over black in linear light, or one of its channels. Never scales.
#pragma once

#include "core/picture/picture.h"

#include <QImage>

namespace artdag {

/// What of a picture is shown. One channel alone is shown as grey; Checker is the colours over a checkerboard.
enum class Channels {
    Colour,
    Red,
    Green,
    Blue,
    Alpha,
    Checker,
};

QImage displayImage(const Picture& picture, Channels channels = Channels::Colour);
/// |a − b| · gain in linear light, opaque. Both have the same rectangle.
QImage differenceImage(const Picture& a, const Picture& b, float gain);

} // namespace artdag
