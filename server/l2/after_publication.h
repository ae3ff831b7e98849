// SPDX-License-Identifier: GPL-3.0-or-later
// What follows from a publication and can wait: copies of its bytes in storages, and the films and streams people look at.
#pragma once

#include "server/db/works.h"
#include "server/l2/site.h"

namespace artdag::server {

Result<void> planAfterPublication(Site& site, const Work& work);

} // namespace artdag::server
