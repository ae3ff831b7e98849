// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/job_kinds.h"

#include "server/l2/copies.h"
#include "server/l2/renditions.h"

namespace artdag::server {

std::map<std::string, JobKind> jobKinds(Site& site)
{
    return {
        copyJob(site),
        renditionJob(site),
        restoreJob(site),
        streamJob(site),
    };
}

Result<void> planRepeatingJobs(Site&)
{
    return {};
}

} // namespace artdag::server
