// SPDX-License-Identifier: GPL-3.0-or-later
// A photograph whose camera says that it was stored mirrored.
#pragma once

#include "core/picture/picture.h"

namespace artdag {

/// Left and right exchanged. Chroma that lay at the left of its pixels is afterwards said to lie in the middle, the nearest
/// place that has a name.
CodedPointer mirroredPicture(const CodedPicture& picture);

} // namespace artdag
