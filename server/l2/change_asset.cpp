// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/change_asset.h"

#include "core/federation/note_document.h"
#include "server/db/work_changes.h"
#include "server/l2/after_publication.h"
#include "server/l2/announce.h"
#include "server/l2/asset_fields.h"
#include "server/l2/bodies.h"
#include "server/l2/copies.h"
#include "server/l2/federation.h"
#include "server/l2/trash.h"

#include <algorithm>

namespace artdag::server {

namespace {

constexpr std::size_t mostPinned = 5; // as Mastodon shows

/// Who hears of a work: nobody, followers, everyone.
int reachOf(const Work& work)
{
    return work.isOpen() ? 2 : work.visibility == "followers" ? 1
                                                              : 0;
}

/// A text that may become empty; `value` stays when the member is missing.
Result<void> readText(const Json& body, const char* name, std::size_t longest, std::string& value)
{
    if (body.contains(name))
        value = TRY(optionalText(body, name, longest));
    return {};
}

Result<Work> changedWork(const Work& work, const Json& body)
{
    Work changed = work;
    for (const char* name : {"title", "tags", "license"})
        if (work.claim && body.contains(name))
            return fail(Fault::Conflict, std::string("'") + name + "': it is in the signed claim; publish a new claim that supersedes it (POST /assets)");
    if (body.contains("title"))
        changed.title = TRY(requiredText(body, "title", 200));
    TRY(readText(body, "description", 5000, changed.description));
    TRY(readText(body, "alt", 1500, changed.alt));
    TRY(readText(body, "license", 100, changed.license));
    TRY(readText(body, "warning", 200, changed.warning));
    if (body.contains("tags"))
        changed.tags = TRY(readTags(body));
    if (body.contains("visibility")) {
        changed.visibility = TRY(requiredText(body, "visibility", 20));
        TRY(visibilityOfText(changed.visibility));
    }
    if (body.contains("name")) {
        changed.name = TRY(requiredText(body, "name", 63));
        TRY(checkAssetName(changed.name));
    }
    return changed;
}

/// Every change of who may see it has tokens of its own.
void renewTokens(const Work& work, Work& changed)
{
    if (changed.visibility == work.visibility)
        return;
    changed.mediaToken = changed.isOpen() ? "" : newMediaToken();
    changed.posterToken = changed.isOpen() || !changed.poster ? "" : newMediaToken();
}

Result<void> tellOfChange(Site& site, Database::Lease& lease, const Work& work, const Work& changed, std::int64_t now)
{
    const int before = reachOf(work);
    const int after = reachOf(changed);
    if (after < before) {
        TRY(announce(site, lease, work, News::Delete, now));
        if (after > 0)
            TRY(announce(site, lease, changed, News::Create, now));
        return {};
    }
    return announce(site, lease, changed, after > before ? News::Create : News::Update, now);
}

} // namespace

std::map<std::string, std::string> changeProblems(const Work& work, const Json& body)
{
    std::map<std::string, std::string> problems;
    for (const auto& [name, value] : body.items())
        if (const auto changed = changedWork(work, Json{{name, value}}); !changed)
            problems.emplace(name, changed.error().message);
    return problems;
}

Result<Work> changeAsset(Site& site, Work work, const Json& body)
{
    const auto turn = TRY(site.database->turn("publish"));
    work = TRY(findWork(*site.database, work.id)); // as it is now
    Work changed = TRY(changedWork(work, body));
    const std::int64_t now = nowMicroseconds();
    changed.updatedAt = now;
    renewTokens(work, changed);
    if (reachOf(changed) < reachOf(work))
        changed.version = TRY(nextVersion(*site.database, work.content));
    auto lease = TRY(site.database->lease());
    auto transaction = TRY(lease.begin());
    TRY(writeChange(lease, changed));
    if (changed.name != work.name)
        TRY(renameWork(lease, work, changed.name));
    if (changed.visibility != "public" && work.pinnedAt != 0)
        TRY(pinWork(lease, work.id, 0));
    if (work.isOpen() && !changed.isOpen())
        TRY(planRemovals(lease, work.id));
    TRY(tellOfChange(site, lease, work, changed, now));
    TRY(transaction.commit());
    wakeDeliverer(site);
    if (changed.isOpen() && !work.isOpen())
        TRY(planAfterPublication(site, changed));
    return findWork(*site.database, work.id);
}

Result<Work> pinAsset(Site& site, Work work, bool pinned)
{
    const auto turn = TRY(site.database->turn("publish"));
    if ((work.pinnedAt != 0) == pinned)
        return work;
    if (pinned && work.visibility != "public")
        return fail(Fault::Conflict, "asset '" + work.name + "': only a public work can be pinned");
    if (pinned && TRY(listPinned(*site.database, work.ownerId)).size() >= mostPinned)
        return fail(Fault::Conflict, "asset '" + work.name + "': five works are pinned; unpin one first");
    const std::int64_t now = nowMicroseconds();
    auto lease = TRY(site.database->lease());
    auto transaction = TRY(lease.begin());
    TRY(pinWork(lease, work.id, pinned ? now : 0));
    TRY(announce(site, lease, work, pinned ? News::Pin : News::Unpin, now));
    TRY(transaction.commit());
    wakeDeliverer(site);
    work.pinnedAt = pinned ? now : 0;
    return work;
}

Result<void> endAsset(Site& site, Database::Lease& lease, const Work& work, std::string_view state, std::int64_t now)
{
    TRY(endWork(lease, work.id, state, now));
    TRY(planRemovals(lease, work.id));
    return announce(site, lease, work, News::Delete, now);
}

Result<void> withdrawAsset(Site& site, const Work& work)
{
    const auto turn = TRY(site.database->turn("publish"));
    const std::int64_t now = nowMicroseconds();
    auto lease = TRY(site.database->lease());
    auto transaction = TRY(lease.begin());
    TRY(endAsset(site, lease, work, "withdrawn", now));
    TRY(transaction.commit());
    wakeDeliverer(site);
    return trashLater(site, work, now);
}

} // namespace artdag::server
