// SPDX-License-Identifier: GPL-3.0-or-later
// The bytes of a value in a preimage that is still being put together; addValue of value.h hashes the same ones.
#pragma once

#include "core/base/preimage.h"
#include "core/effect/value.h"

namespace artdag {

void addValue(Preimage& preimage, const Value& value);

} // namespace artdag
