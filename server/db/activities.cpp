// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/db/activities.h"

#include "server/db/deliveries.h"
#include "server/db/log_leaves.h"

namespace artdag::server {

Result<Activity> recordActivity(Database::Lease& lease, Activity activity, const std::vector<std::string>& alsoTo)
{
    auto* insert = TRY(lease.statement("INSERT INTO activities (seq, uuid, user_id, work_id, type, public, exact_bytes, published) "
                                       "VALUES ((SELECT coalesce(max(seq), 0) + 1 FROM activities), $1, $2, $3, $4, $5, $6, $7) RETURNING seq"));
    insert->bind(1, activity.uuid).bind(2, activity.userId).bind(4, activity.type).bind(5, activity.open ? 1 : 0).bind(6, activity.bytes).bind(7, activity.published);
    if (activity.workId != 0)
        insert->bind(3, activity.workId);
    else
        insert->bind(3, nullptr);
    TRY(insert->step());
    activity.seq = insert->integer(0);
    insert->reset();
    TRY(addLeaf(lease, "activity", activity.uuid, bytesOf(activity.bytes), activity.published));
    TRY(planDeliveries(lease, activity, alsoTo));
    return activity;
}

Result<std::optional<std::int64_t>> publicationOf(Database& database, const Work& work)
{
    auto lease = TRY(database.lease());
    auto* select = TRY(lease.statement("SELECT min(seq) FROM activities WHERE user_id = $1 AND work_id = $2 AND type IN ('Create', 'Update') AND ($3 = '' OR exact_bytes LIKE $3)"));
    select->bind(1, work.ownerId).bind(2, work.id).bind(3, work.claim ? "%" + work.claim->text() + "%" : std::string());
    if (!TRY(select->step()) || select->isNull(0))
        return std::optional<std::int64_t>();
    return std::optional(select->integer(0));
}

} // namespace artdag::server
