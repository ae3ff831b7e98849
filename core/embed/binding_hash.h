// SPDX-License-Identifier: GPL-3.0-or-later
// The hash of what credentials speak of in a file. Only for this room.
#pragma once

#include "core/credentials/binding.h"
#include "core/embed/splice.h"

namespace artdag::embed {

/// BadInput when the binding speaks of more than the file has, is of an unknown kind, or has an unknown hash (other than SHA-2).
Result<Bytes> bindingHash(const FilePlaces& file, const Binding& binding);

} // namespace artdag::embed
