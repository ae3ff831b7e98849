// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/db/reports.h"

#include "core/base/json.h"

namespace artdag::server {

Result<bool> addReport(Database::Lease& lease, const NewReport& report, std::int64_t now)
{
    auto* insert = TRY(lease.statement("INSERT INTO reports (uri, from_actor, about_user, objects, comment, state, created_at) VALUES ($1, $2, $3, $4, $5, 'open', $6) ON CONFLICT (uri) DO NOTHING"));
    insert->bind(1, report.uri).bind(4, Json(report.objects).dump()).bind(5, report.comment).bind(6, now);
    for (const auto& [parameter, id] : {std::pair{2, report.fromActor}, std::pair{3, report.aboutUser}}) {
        if (id != 0)
            insert->bind(parameter, id);
        else
            insert->bind(parameter, nullptr);
    }
    TRY(insert->run());
    return insert->changes() > 0;
}

} // namespace artdag::server
