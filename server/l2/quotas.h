// SPDX-License-Identifier: GPL-3.0-or-later
// What a member may use of this server: bytes in all, works a day, and nothing more once the disk is nearly full. Refusals
// say the figures and what can be done.
#pragma once

#include "server/http/message.h"
#include "server/l2/site.h"

#include <cstdint>
#include <optional>

namespace artdag::server {

/// 507 when the disk is nearly full: asked before the bytes come. What can be made again then leaves it.
std::optional<Response> diskRefusal(Site& site);
/// Bytes that this account may still bring.
Result<std::uint64_t> roomLeft(Site& site, std::int64_t userId);
/// As diskRefusal, or 413 when `size` bytes are more than that.
Result<std::optional<Response>> uploadRefusal(Site& site, const Caller& caller, std::uint64_t size);
/// 429 until midnight (UTC) when the member published enough today.
Result<std::optional<Response>> publicationRefusal(Site& site, const Caller& caller);
Result<void> countPublication(Site& site, std::int64_t userId);

} // namespace artdag::server
