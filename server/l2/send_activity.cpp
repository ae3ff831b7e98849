// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/send_activity.h"

#include "core/federation/activity_fields.h"
#include "core/federation/vocabulary.h"
#include "server/l2/publish_asset.h"

#include <algorithm>

namespace artdag::server {

std::string activityUrl(const Instance& instance, const Activity& activity)
{
    return instance.publicUrl + "/activities/" + activity.uuid;
}

Result<Activity> sendActivity(Site& site, Database::Lease& lease, const Actor& actor, const std::string& type, Json members, std::int64_t workId)
{
    Activity activity;
    activity.published = nowMicroseconds();
    activity.uuid = uuidV7(activity.published);
    activity.userId = actor.userId;
    activity.workId = workId;
    activity.type = type;
    Json document{{"@context", noteContext()}, {"id", activityUrl(site.instance, activity)}, {"type", type}, {"actor", actor.uri}, {"published", isoTime(activity.published)}};
    for (auto& [name, value] : members.items())
        document[name] = std::move(value);
    activity.open = std::ranges::any_of(addresseesOf(document), isPublicCollection);
    activity.bytes = document.dump();
    return recordActivity(lease, std::move(activity));
}

} // namespace artdag::server
