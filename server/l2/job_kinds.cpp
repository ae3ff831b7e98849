// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/job_kinds.h"

#include "server/l2/account_removal.h"
#include "server/l2/anchoring.h"
#include "server/l2/copies.h"
#include "server/l2/evict_renditions.h"
#include "server/l2/federation_jobs.h"
#include "server/l2/mails.h"
#include "server/l2/nightly_sweep.h"
#include "server/l2/renditions.h"
#include "server/l2/trash.h"

namespace artdag::server {

std::map<std::string, JobKind> jobKinds(Site& site)
{
    std::map<std::string, JobKind> kinds = federationJobs(site);
    kinds.merge(mailJobs(site));
    kinds.insert({nightlySweepJob(site), anchorJobKind(site), anchorUpgradeJobKind(site), trashJob(site), forgetExportJob(site), forgetKeyJob(site), copyJob(site), restoreJob(site), removalJob(site), renditionJob(site), streamJob(site), evictionJob(site)});
    return kinds;
}

Result<void> planRepeatingJobs(Site& site)
{
    return planNightlySweep(site, nowMicroseconds());
}

} // namespace artdag::server
