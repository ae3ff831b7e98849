// SPDX-License-Identifier: GPL-3.0-or-later
// A run as JSON: what its owner sees of it, in answers and in events.
#pragma once

#include "core/base/json.h"
#include "server/db/runs.h"
#include "server/l1/renderer.h"

namespace artdag::server {

Json runDocument(const Renderer& renderer, const Run& run);
/// Seconds that are left at the pace so far; −1 while it is not known.
double secondsLeft(const Run& run, std::int64_t now);

} // namespace artdag::server
