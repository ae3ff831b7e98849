// SPDX-License-Identifier: GPL-3.0-or-later
// Multibase texts in their one form that the fediverse uses: `z` and base58btc, for keys (FEP-521a) and proofs (FEP-8b32).
#pragma once

#include "core/base/digest.h"
#include "core/base/result.h"

#include <string>
#include <string_view>

namespace artdag {

std::string multibase(ByteView bytes);
/// BadInput for another base, a foreign character, and more than 200 characters (what is written so is a key or a signature).
Result<Bytes> bytesOfMultibase(std::string_view text);

} // namespace artdag
