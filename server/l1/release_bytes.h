// SPDX-License-Identifier: GPL-3.0-or-later
// A user gives bytes up. The file goes when nobody holds them and no work cites them, and the engine's copy with it.
#pragma once

#include "server/l2/site.h"

namespace artdag::server {

Result<void> releaseBytes(Site& site, std::int64_t userId, const ContentId& id);

} // namespace artdag::server
