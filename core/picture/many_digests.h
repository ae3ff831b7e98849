// SPDX-License-Identifier: GPL-3.0-or-later
// SHA3-256 of many short messages: those of one length go side by side through the lanes of the machine. The digests are
// those that sha3 gives one by one.
#pragma once

#include "core/base/digest.h"

#include <span>

namespace artdag {

/// `out` has a place for each message.
void sha3OfMany(std::span<const ByteView> messages, std::span<Digest> out);

} // namespace artdag
