// SPDX-License-Identifier: GPL-3.0-or-later
// GET /metrics: figures for Prometheus.
#pragma once

#include "server/http/message.h"
#include "server/l2/site.h"

namespace artdag::server {

/// For a program on this machine that asks without a proxy, and for who has METRICS_TOKEN; to all others there is no such page.
Result<Response> getMetrics(Site& site, const Request& request);

} // namespace artdag::server
