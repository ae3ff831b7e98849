// SPDX-License-Identifier: GPL-3.0-or-later
// Frame and sound digests as a list of hexadecimal texts, as actions and provenance files hold them.
#pragma once

#include "core/base/digest.h"
#include "core/base/json.h"

#include <span>
#include <vector>

namespace artdag {

Json jsonOfDigests(std::span<const Digest> digests);
/// Empty for anything that it did not write.
std::vector<Digest> digestsOfJson(const Json& list);

} // namespace artdag
