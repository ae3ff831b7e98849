// SPDX-License-Identifier: GPL-3.0-or-later
// The only way to the bytes of works that are not open: 128 random bits in a URL, which goes with the work's Note. Stored as
// they are, because the Note must say them again.
#pragma once

#include "server/db/works.h"

#include <optional>
#include <string_view>

namespace artdag::server {

/// Makes the work's tokens the stored ones: earlier ones open nothing any more. For a work without tokens all go.
Result<void> putMediaTokens(Database::Lease& lease, const Work& work);
/// What a token opens; nothing for one that was revoked, and for bytes that were taken down.
Result<std::optional<ContentId>> contentOfToken(Database& database, std::string_view token);

} // namespace artdag::server
