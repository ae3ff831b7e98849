// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/announce.h"

#include "core/base/files.h"
#include "server/db/activities.h"
#include "server/db/lineage.h"
#include "server/l2/asset_documents.h"
#include "server/l2/send_activity.h"

namespace artdag::server {

namespace {

const char* typeOf(News news)
{
    switch (news) {
    case News::Create:
        return "Create";
    case News::Update:
        return "Update";
    case News::Delete:
        return "Delete";
    case News::Pin:
        return "Add";
    case News::Unpin:
        break;
    }
    return "Remove";
}

Json documentOf(const Instance& instance, const NoteFacts& note, News news, const std::string& when)
{
    switch (news) {
    case News::Create:
        return createDocument(instance, note);
    case News::Update:
        return updateDocument(instance, note);
    case News::Delete:
        return deleteDocument(instance, note, when);
    case News::Pin:
    case News::Unpin:
        break;
    }
    return featureDocument(instance, note, news == News::Pin, when);
}

} // namespace

Result<Activity> activityOf(Site& site, const Work& work, News news, std::int64_t now, std::string uuid)
{
    Activity activity;
    activity.uuid = uuid.empty() ? uuidV7(now) : std::move(uuid);
    activity.userId = work.ownerId;
    activity.workId = work.id;
    activity.type = typeOf(news);
    activity.open = work.isOpen();
    activity.published = now;
    NoteFacts note = TRY(noteFactsOf(site, work, activity.uuid));
    if (news == News::Update)
        note.updated = isoTime(now);
    activity.bytes = documentOf(site.instance, note, news, isoTime(now)).dump();
    return activity;
}

Result<void> announce(Site& site, Database::Lease& lease, const Work& work, News news, std::int64_t now)
{
    Activity activity = TRY(activityOf(site, work, news, now));
    activity.bytes = TRY(activityBytes(site, work.owner, TRY(readJson(activity.bytes))));
    TRY(recordActivity(lease, std::move(activity), TRY(citedOwners(*site.database, work))));
    return {};
}

std::string uuidV7(std::int64_t microseconds)
{
    Bytes bytes = secureRandom(16);
    const auto milliseconds = static_cast<std::uint64_t>(microseconds / 1000);
    for (int i = 0; i < 6; ++i)
        bytes[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(milliseconds >> (40 - 8 * i));
    bytes[6] = static_cast<std::uint8_t>(0x70 | (bytes[6] & 0x0F));
    bytes[8] = static_cast<std::uint8_t>(0x80 | (bytes[8] & 0x3F));
    const std::string hex = hexOf(bytes);
    return hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-" + hex.substr(12, 4) + "-" + hex.substr(16, 4) + "-" + hex.substr(20);
}

std::string newMediaToken()
{
    return hexOf(secureRandom(16));
}

} // namespace artdag::server
