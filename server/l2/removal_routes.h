// SPDX-License-Identifier: GPL-3.0-or-later
// Taking down: what moderators do against an owner's will, the log of it, and the owner's appeal.
#pragma once

#include "server/db/moderation.h"
#include "server/http/router.h"

namespace artdag::server {

Result<Response> postTakeDown(Site& site, const Request& request);
/// Everything for moderators; for others what was done to their works.
Result<Response> getModeration(Site& site, const Request& request);
Result<Response> postAppeal(Site& site, const Request& request);
/// A moderator's answer to an appeal. Granted: the bytes may be published again, as the object's next version.
Result<Response> postAppealAnswer(Site& site, const Request& request);

/// Decides the appeal against a take-down; granted, the bytes may be published again. Conflict when none waits.
Result<void> answerTakeDown(Site& site, const ModerationAction& action, bool granted, std::int64_t moderator, std::string reason);

} // namespace artdag::server
