// SPDX-License-Identifier: GPL-3.0-or-later
// Which limit counts a request, and the refusal of one too many.
#pragma once

#include "server/http/message.h"
#include "server/l2/site.h"

#include <optional>

namespace artdag::server {

/// By the route alone; nothing for those that are never counted. `loggedIn`: it is known who asks.
std::optional<RateKind> rateKindOf(const Request& head, bool loggedIn);

/// Counts a request once it is known where it goes and who sends it; 429 when it came too soon. The machine itself (a loopback
/// address that no proxy speaks for) is not counted.
std::optional<Response> limitRequest(Site& site, Request& head);

} // namespace artdag::server
