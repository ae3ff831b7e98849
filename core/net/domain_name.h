// SPDX-License-Identifier: GPL-3.0-or-later
// One spelling for a domain, so that a block cannot be walked around by writing it differently.
#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>

namespace artdag {

/// Lower case, without a final dot, labels that are not ASCII as `xn--` (RFC 3492). Letters of the Latin, Greek and Cyrillic
/// alphabets are lowered; nothing is composed (NFC is taken as given). BadInput for what is no domain.
Result<std::string> normalDomain(std::string_view text);

} // namespace artdag
