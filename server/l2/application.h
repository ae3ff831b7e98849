// SPDX-License-Identifier: GPL-3.0-or-later
// Between connections and routes: find the route, check the token, take the body as the route wants it, turn errors into
// problem documents or pages, and put the security headers on everything that leaves.
#pragma once

#include "server/http/router.h"
#include "server/http/serve.h"
#include "server/l2/site.h"

#include <span>

namespace artdag::server {

/// Every route of this server; OpenAPI is written from the same table.
std::span<const Route> routes();

Application makeApplication(Site& site);

} // namespace artdag::server
