// SPDX-License-Identifier: GPL-3.0-or-later
// The way back of a work that its owner withdrew, while its bytes are in the trash.
#pragma once

#include "server/l2/publish_asset.h"

namespace artdag::server {

/// Until when a withdrawn work can be published again, in microseconds.
std::int64_t keptUntil(const Work& work);

/// Publishes what was withdrawn once more, as it was, and as strictly as the first time: its claim is checked, others may have
/// published the bytes meanwhile, a moderator may have blocked them. It is the object's next version, because other servers
/// remember a deleted id for ever. Conflict when it was not withdrawn by its owner, its time is over, or the owner uses its
/// name for another work.
Result<tl::expected<Published, Standing>> publishAgain(Site& site, const Caller& caller, const Work& work);

} // namespace artdag::server
