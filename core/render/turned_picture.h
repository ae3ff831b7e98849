// SPDX-License-Identifier: GPL-3.0-or-later
// Decoded pictures stood upright: files say by which quarter turns their pictures are to be shown.
#pragma once

#include "core/picture/picture.h"

namespace artdag {

/// The picture turned clockwise by a quarter, half or three quarters. Chroma that is halved in one direction only is
/// doubled first, so that turning never needs a format that files do not have.
CodedPointer turned(const CodedPicture& picture, int degrees);

} // namespace artdag
