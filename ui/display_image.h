// SPDX-License-Identifier: GPL-3.0-or-later
// A computed picture as a screen shows it: sRGB, over black in linear light. Never scales.
#pragma once

#include "core/picture/picture.h"

#include <QImage>

namespace artdag {

QImage displayImage(const Picture& picture);

} // namespace artdag
