// SPDX-License-Identifier: GPL-3.0-or-later
// Whether what comes looks or sounds like what came before: a hint for moderators, never a decision, and never published.
#pragma once

#include "server/db/fingerprints.h"
#include "server/l2/site.h"

namespace artdag::server {

/// Bits that differ, in thousandths. 1000 for prints that cannot be compared.
std::int64_t pictureDistance(ByteView one, ByteView other);
/// The same, of sounds, where they fit best over at least ten seconds: one may begin up to 30 s later than the other.
std::int64_t soundDistance(ByteView one, ByteView other);

/// What the program that made renditions says of a source (core/rendition/fingerprint.h; null: nothing), kept, and with it which
/// of those that are here are like it. Corrupt when it is none.
Result<void> takePrint(Site& site, const ContentId& source, const Json& print);

} // namespace artdag::server
