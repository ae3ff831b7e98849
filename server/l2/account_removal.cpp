// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/account_removal.h"

#include "server/db/account_records.h"
#include "server/db/activities.h"
#include "server/db/erase_account.h"
#include "server/db/kept_recipes.h"
#include "server/db/objects.h"
#include "server/db/renditions.h"
#include "server/l2/announce.h"
#include "server/l2/archive_file.h"
#include "server/l2/asset_documents.h"
#include "server/l2/copies.h"
#include "server/l2/federation.h"
#include "server/l2/trash.h"

#include <algorithm>
#include <iterator>

namespace artdag::server {

namespace {

constexpr std::int64_t day = 24LL * 3600 * 1'000'000;
constexpr const char* forgetExportKind = "forget-export";
constexpr const char* forgetKeyKind = "forget-key";

std::filesystem::path exportPath(const Site& site, std::int64_t userId)
{
    return site.options.directory / "exports" / (std::to_string(userId) + ".tar");
}

/// `account` addresses as Mastodon imports them, one column.
std::string csvOf(const std::vector<std::string>& uris)
{
    std::string csv = "Account address\n";
    for (const std::string& uri : uris) {
        const auto host = uri.find("//");
        const auto path = uri.find('/', host == std::string::npos ? 0 : host + 2);
        const bool plain = host != std::string::npos && path != std::string::npos && uri.find_first_of(",\"\n\r") == std::string::npos;
        csv += (plain ? uri.substr(uri.rfind('/') + 1) + "@" + uri.substr(host + 2, path - host - 2) : "\"\"") + "\n";
    }
    return csv;
}

Json keysJson(const std::vector<UserKey>& keys)
{
    Json list = Json::array();
    for (const UserKey& key : keys)
        list.push_back(Json{{"kid", key.key.kid()}, {"alg", nameOf(key.key.algorithm())}, {"public", key.key.pem()}, {"not_before", isoTime(key.notBefore)}, {"revoked_at", key.revokedAt == 0 ? Json(nullptr) : Json(isoTime(key.revokedAt))}});
    return list;
}

Result<void> addWorks(Site& site, const User& user, ArchiveFile& archive)
{
    Json list = Json::array();
    for (const Work& work : TRY(allWorksOf(*site.database, user.id))) {
        Json asset = assetJson(site, work);
        asset["state"] = work.state;
        list.push_back(std::move(asset));
        if (work.claim)
            archive.add("claims/" + work.claim->hex() + ".json", TRY(claimBytes(*site.database, *work.claim)));
        if (work.manifest)
            archive.add("manifests/" + work.manifest->hex() + ".json", TRY(manifestBytes(*site.database, *work.manifest)));
    }
    archive.add("works.json", list.dump(2));
    return {};
}

Result<void> addActivities(Site& site, const User& user, ArchiveFile& archive)
{
    Json outbox{{"@context", "https://www.w3.org/ns/activitystreams"}, {"id", site.instance.actorUrl(user.name) + "/outbox"}, {"type", "OrderedCollection"}, {"orderedItems", Json::array()}};
    for (const Activity& activity : TRY(allActivitiesOf(*site.database, user.id))) {
        archive.add("activities/" + activity.uuid + ".json", activity.bytes); // exactly as signed and anchored
        outbox["orderedItems"].push_back(site.instance.publicUrl + "/activities/" + activity.uuid);
    }
    outbox["totalItems"] = outbox["orderedItems"].size();
    archive.add("outbox.json", outbox.dump(2));
    return {};
}

Result<void> addMedia(Site& site, const User& user, ArchiveFile& archive)
{
    for (const HeldObject& object : TRY(listHeld(*site.database, user.id))) {
        const std::string extension = extensionOf(object.type);
        if (site.objects.has(object.id)) // what only a storage provider has is named in works.json
            TRY(archive.addFile("media/" + object.id.hex() + (extension.empty() ? "" : "." + extension), site.objects.path(object.id), object.size));
    }
    return {};
}

} // namespace

Result<std::filesystem::path> writeExport(Site& site, const User& user)
{
    const std::filesystem::path path = exportPath(site, user.id);
    std::error_code error;
    std::filesystem::create_directories(path.parent_path(), error);
    std::filesystem::permissions(path.parent_path(), std::filesystem::perms::owner_all, error);
    const std::filesystem::path draft = path.string() + "." + newMediaToken();
    ArchiveFile archive(draft);
    archive.add("settings.json", TRY(settingsOf(*site.database, user.id)).dump(2));
    archive.add("keys.json", keysJson(TRY(keysOf(*site.database, user.id))).dump(2));
    TRY(addWorks(site, user, archive));
    TRY(addActivities(site, user, archive));
    archive.add("following.csv", csvOf(TRY(followedBy(*site.database, user.id))));
    archive.add("followers.csv", csvOf(TRY(followersOf(*site.database, user.id))));
    archive.add("blocks.csv", csvOf(TRY(blockedBy(*site.database, user.id))));
    archive.add("recipe-requests.json", TRY(recipeRequestsOf(*site.database, user.id)).dump(2));
    archive.add("notifications.json", TRY(allNotificationsOf(*site.database, user.id)).dump(2));
    const auto media = addMedia(site, user, archive);
    const auto finished = archive.finish();
    if (!media || !finished) {
        std::filesystem::remove(draft, error);
        return tl::unexpected<Error>(media ? finished.error() : media.error());
    }
    std::filesystem::rename(draft, path, error);
    if (error)
        return fail(Fault::Unavailable, "archive: " + error.message());
    TRY(addJob(*site.database, forgetExportKind, std::to_string(user.id), Json{{"user", user.id}}, nowMicroseconds() + day));
    return path;
}

Result<void> eraseAccountOf(Site& site, const User& user)
{
    const auto turn = TRY(site.database->turn("publish"));
    const std::int64_t now = nowMicroseconds();
    Activity activity;
    activity.uuid = uuidV7(now);
    activity.userId = user.id;
    activity.type = "Delete";
    activity.published = now;
    activity.bytes = deletePersonDocument(site.instance, user.name, activity.uuid, isoTime(now)).dump();
    auto lease = TRY(site.database->lease());
    auto transaction = TRY(lease.begin());
    TRY(eraseAccount(lease, user.id, now));
    std::vector<ContentId> gone = TRY(releaseAll(lease, user.id));
    for (std::size_t i = 0, sources = gone.size(); i < sources; ++i)
        std::ranges::copy(TRY(forgetRenditions(lease, gone[i])), std::back_inserter(gone));
    for (const ContentId& id : gone)
        TRY(planRemoval(lease, id, "erased-" + std::to_string(user.id)));
    TRY(recordActivity(lease, std::move(activity)));
    TRY(transaction.commit());
    wakeDeliverer(site);
    removeFiles(site, gone);
    std::error_code ignored;
    std::filesystem::remove(exportPath(site, user.id), ignored);
    return addJob(*site.database, forgetKeyKind, std::to_string(user.id), Json{{"user", user.id}, {"name", user.name}}, now + 8 * day);
}

std::pair<std::string, JobKind> forgetExportJob(Site& site)
{
    JobKind kind;
    kind.run = [&site](const Job& job, const std::atomic<bool>&) -> Result<void> {
        std::error_code ignored;
        std::filesystem::remove(exportPath(site, job.payload.value("user", std::int64_t{0})), ignored);
        return {};
    };
    return {forgetExportKind, std::move(kind)};
}

std::pair<std::string, JobKind> forgetKeyJob(Site& site)
{
    JobKind kind;
    kind.run = [&site](const Job& job, const std::atomic<bool>&) -> Result<void> {
        TRY(forgetTransportKey(*site.database, job.payload.value("user", std::int64_t{0})));
        std::filesystem::path key = site.keyFile(job.payload.value("name", std::string()));
        std::error_code ignored;
        std::filesystem::remove(key, ignored);
        std::filesystem::remove(key.replace_extension(".pub"), ignored);
        return {};
    };
    return {forgetKeyKind, std::move(kind)};
}

} // namespace artdag::server
