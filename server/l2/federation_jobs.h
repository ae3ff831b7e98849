// SPDX-License-Identifier: GPL-3.0-or-later
// What an activity asks for that needs another server's answer: done after the activity was taken, again when that server does
// not answer.
#pragma once

#include "server/jobs/job_runner.h"
#include "server/l2/site.h"

#include <map>
#include <string>

namespace artdag::server {

/// `cite` a work elsewhere made from one of ours, `boost` of a post, `move` of somebody followed, `forwarded` by another server,
/// and `forget-received`, the daily sweep.
std::map<std::string, JobKind> federationJobs(Site& site);

/// Checks the claim of a work elsewhere: its id, its form, the signatures by keys of its creator, that it is of the bytes that the
/// Note says, and that it names works of ours. Denied or BadInput when it is forged. Then the use is kept and its owners are told.
Result<void> verifyCitation(Site& site, const Json& note, const std::string& actorUri);

} // namespace artdag::server
