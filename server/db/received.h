// SPDX-License-Identifier: GPL-3.0-or-later
// What was received before: signatures, so that a recorded request cannot be sent again, and activities, so that one that
// comes twice has one effect.
#pragma once

#include "server/db/database.h"

#include <string_view>

namespace artdag::server {

/// False when this signature was seen within the last hours. Signatures older than that are refused for their age.
Result<bool> isNewSignature(Database::Lease& lease, const Digest& hash, std::int64_t now);
/// False when an activity of that id was received before.
Result<bool> isNewActivity(Database::Lease& lease, std::string_view uri, std::string_view actor, std::string_view type, std::int64_t now);
/// Forgets signatures of more than three hours and activities of more than 90 days.
Result<void> forgetReceived(Database::Lease& lease, std::int64_t now);

} // namespace artdag::server
