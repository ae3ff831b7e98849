// SPDX-License-Identifier: GPL-3.0-or-later
// Flag: a report for the moderators.
#include "core/federation/activity_fields.h"
#include "server/db/domain_blocks.h"
#include "server/db/reports.h"
#include "server/l2/federation.h"
#include "server/l2/inbox/activities.h"
#include "server/l2/our_urls.h"

namespace artdag::server {

Result<void> takeFlag(Received& received)
{
    if (TRY(standingOf(received.lease, received.actor)).rejectsReports)
        return {};
    NewReport report;
    report.uri = received.id;
    report.fromActor = received.actor.id;
    report.comment = textOf(received.activity, "content").substr(0, 5000);
    for (const std::string& object : idsOf(received.activity, "object")) {
        if (!isOurs(received.site.instance, object))
            continue;
        report.objects.push_back(object);
        if (const auto content = contentOfObjectUrl(received.site.instance, object)) {
            if (const auto work = TRY(findAnsweredWork(received.lease, *content)); work && report.aboutUser == 0)
                report.aboutUser = work->ownerId;
        } else if (const auto own = ownActor(received.lease, received.site.instance, ourUserOf(received.site.instance, object))) {
            report.aboutUser = own->userId;
        }
    }
    if (!report.objects.empty())
        TRY(addReport(received.lease, report, received.now));
    return {};
}

} // namespace artdag::server
