// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/send_activity.h"

#include "core/federation/activity_fields.h"
#include "core/federation/linked_data_signature.h"
#include "core/federation/vocabulary.h"
#include "server/l2/federation.h"
#include "server/l2/publish_asset.h"

#include <algorithm>

namespace artdag::server {

std::string activityUrl(const Instance& instance, const Activity& activity)
{
    return instance.publicUrl + "/activities/" + activity.uuid;
}

Result<std::string> activityBytes(Site& site, const std::string& user, Json document)
{
    if (std::ranges::any_of(addresseesOf(document), isPublicCollection))
        TRY(signLinkedData(document, site.instance.actorUrl(user) + "#main-key", TRY(transportKey(site, user)), nowMicroseconds() / 1'000'000));
    return document.dump();
}

Result<Activity> sendActivity(Site& site, Database::Lease& lease, const Actor& actor, const std::string& type, Json members, std::int64_t workId, std::string uuid)
{
    Activity activity;
    activity.published = nowMicroseconds();
    activity.uuid = uuid.empty() ? uuidV7(activity.published) : std::move(uuid);
    activity.userId = actor.userId;
    activity.workId = workId;
    activity.type = type;
    Json document{{"@context", noteContext()}, {"id", activityUrl(site.instance, activity)}, {"type", type}, {"actor", actor.uri}, {"published", isoTime(activity.published)}};
    for (auto& [name, value] : members.items())
        document[name] = std::move(value);
    activity.open = std::ranges::any_of(addresseesOf(document), isPublicCollection);
    activity.bytes = TRY(activityBytes(site, actor.name, std::move(document)));
    return recordActivity(lease, std::move(activity));
}

Result<void> sendProfile(Site& site, Database::Lease& lease, const Actor& actor, Json document)
{
    Json context = document["@context"];
    document.erase("@context");
    TRY(sendActivity(site, lease, actor, "Update", Json{{"@context", std::move(context)}, {"to", Json::array({publicCollection})}, {"cc", Json::array({actor.followersUrl})}, {"object", std::move(document)}}));
    return {};
}

} // namespace artdag::server
