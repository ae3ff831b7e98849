// SPDX-License-Identifier: GPL-3.0-or-later
// A work elsewhere says that it is made from a work here: believed when its signed claim says so (declared in federation_jobs.h).
#include "core/federation/activity_fields.h"
#include "core/identity/keys.h"
#include "core/provenance/claim.h"
#include "server/db/interactions.h"
#include "server/db/notifications.h"
#include "server/db/remote_uses.h"
#include "server/l2/federation_jobs.h"
#include "server/l2/fetch_document.h"
#include "server/l2/our_urls.h"
#include "server/l2/remote_actors.h"
#include "server/l2/remote_posts.h"

#include <map>

namespace artdag::server {

namespace {

constexpr JsonLimits claimLimits{1U << 20, 32, 50'000};

/// The creator's keys in use, by kid; a kid is computed here, never believed.
Result<std::map<std::string, PublicKey>> keysOfActor(Site& site, const std::string& actorUri)
{
    const Json document = TRY(readJson(TRY(fetchText(site, actorUri + "/keys", "application/json")), claimLimits));
    std::map<std::string, PublicKey> keys;
    const auto list = document.is_object() ? document.find("keys") : document.end();
    if (!document.is_object() || list == document.end() || !list->is_array())
        return fail(Fault::BadInput, "keys of " + actorUri + ": not a list");
    for (const Json& entry : *list)
        if (const auto key = PublicKey::fromPem(textOf(entry, "public")); key && textOf(entry, "revoked_at").empty())
            keys.emplace(key->kid(), *key);
    return keys;
}

struct Citation {
    Json document;
    ClaimFacts claim;
};

Result<Citation> fetchClaim(Site& site, const Json& note, const Actor& actor)
{
    const std::string url = textOf(note, "claim");
    if (originOfUrl(url) != originOfUrl(actor.uri) || idOf(note, "attributedTo") != actor.uri)
        return fail(Fault::Denied, "claim " + url + ": it is on another server than its creator");
    Citation citation;
    citation.document = TRY(readJson(TRY(fetchText(site, url, "application/json")), claimLimits));
    if (documentId(citation.document).text() != textOf(note, "claimHash"))
        return fail(Fault::Denied, "claim " + url + ": it is not the one that was announced");
    citation.claim = TRY(readClaim(citation.document));
    const std::string& creator = citation.claim.creator;
    if (!creator.empty() && creator != actor.uri && creator != actor.account())
        return fail(Fault::Denied, "claim " + url + ": its creator is somebody else");
    if (citation.claim.contentHash.text() != textOf(note, "contentHash"))
        return fail(Fault::Denied, "claim " + url + ": it is of other bytes");
    const auto keys = TRY(keysOfActor(site, actor.uri));
    TRY(verifyDocument(claimPrefix, citation.document, [&](const std::string& kid) -> Result<PublicKey> {
        const auto found = keys.find(kid);
        if (found == keys.end())
            return fail(Fault::Denied, "claim " + url + ": signed by a key that its creator does not have");
        return found->second;
    }));
    return citation;
}

Result<void> keepUse(Site& site, Database::Lease& lease, const Json& note, const Actor& actor, const Citation& citation, const AnsweredWork& work)
{
    Interaction use;
    use.kind = "use";
    use.actor = actor;
    use.uri = textOf(note, "id") + "#use-of-" + work.content.hex();
    use.objectUri = objectUrlOf(site.instance, work.content);
    use.workId = work.id;
    use.url = linkOf(note);
    use.content = citation.claim.title;
    use.createdAt = nowMicroseconds();
    if (!TRY(addInteraction(lease, use)))
        return {};
    Notification notification;
    notification.kind = "use";
    notification.actor = actor;
    notification.workId = work.id;
    notification.url = use.url;
    notification.words = citation.claim.title;
    return addNotification(lease, work.ownerId, notification);
}

} // namespace

Result<void> verifyCitation(Site& site, const Json& note, const std::string& actorUri)
{
    const Actor actor = TRY(findOrFetchActor(site, actorUri));
    const Citation citation = TRY(fetchClaim(site, note, actor));
    auto lease = TRY(site.database->lease());
    auto transaction = TRY(lease.begin());
    std::vector<LineageEdge> edges;
    for (const Ingredient& part : citation.claim.ingredients) {
        const auto work = TRY(findAnsweredWork(lease, part.contentHash));
        if (!work || !work->isOpen())
            continue;
        edges.push_back({part.contentHash, part.url, part.owner, nameOf(part.role), part.weight});
        TRY(keepUse(site, lease, note, actor, citation, *work));
    }
    if (edges.empty())
        return fail(Fault::Denied, "claim " + textOf(note, "claim") + ": it names no work of this server");
    TRY(putRemoteClaim(lease, documentId(citation.document), canonicalJson(citation.document), edges, nowMicroseconds()));
    return transaction.commit();
}

} // namespace artdag::server
