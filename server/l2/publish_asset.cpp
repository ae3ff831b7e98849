// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/publish_asset.h"

#include "core/embed/delivery_inside.h"
#include "core/provenance/check_provenance.h"
#include "server/db/actors.h"
#include "server/db/hash_blocks.h"
#include "server/db/lineage.h"
#include "server/db/notifications.h"
#include "server/db/objects.h"
#include "server/l2/after_publication.h"
#include "server/l2/asset_fields.h"
#include "server/l2/bodies.h"
#include "server/l2/federation.h"
#include "server/l2/renderer_keys.h"
#include "server/l2/renditions.h"
#include "server/l2/send_activity.h"

#include <algorithm>
#include <array>

namespace artdag::server {

namespace {

constexpr std::array assetTypes{"video", "image", "audio", "effect", "recipe", "infrastructure"};

struct Papers {
    Json claim = nullptr, manifest = nullptr;
    ClaimFacts claimed;
    std::optional<RunFacts> run;
    std::string renderer; ///< that signed the manifest; empty: the creator did
};

Result<Json> memberDocument(const Json& body, const char* name)
{
    const auto member = body.find(name);
    if (member == body.end() || member->is_null())
        return Json(nullptr);
    if (!member->is_object())
        return fail(Fault::BadInput, std::string("'") + name + "': must be a document");
    return *member;
}

/// Members that anyone may say about a work, signed or not.
Result<Work> readWork(const Json& body)
{
    Work work;
    work.name = TRY(requiredText(body, "name", 63));
    TRY(checkAssetName(work.name));
    work.content = TRY(strictName<ContentId>(TRY(requiredText(body, "content_hash", 80))));
    work.assetType = TRY(requiredText(body, "asset_type", 20));
    if (std::ranges::find(assetTypes, work.assetType) == assetTypes.end())
        return fail(Fault::BadInput, "'asset_type': must be video, image, audio, effect, recipe or infrastructure");
    work.title = TRY(optionalText(body, "title", 200, work.name));
    work.description = TRY(optionalText(body, "description", 5000));
    work.license = TRY(optionalText(body, "license", 100));
    work.alt = TRY(optionalText(body, "alt", 1500));
    work.visibility = TRY(optionalText(body, "visibility", 20, "public"));
    TRY(visibilityOfText(work.visibility));
    work.warning = TRY(optionalText(body, "warning", 200));
    work.tags = TRY(readTags(body));
    if (const std::string frames = TRY(optionalText(body, "frames_hash", 80)); !frames.empty())
        work.framesHash = TRY(strictName<FramesHash>(frames));
    if (const std::string poster = TRY(optionalText(body, "poster", 80)); !poster.empty())
        work.poster = TRY(strictName<ContentId>(poster));
    return work;
}

/// What an unsigned registration tells of how the work was made; believed by nobody, shown as told.
Result<Json> readTold(const Json& body)
{
    const Json told = TRY(memberDocument(body, "provenance"));
    if (told.is_null())
        return Json{{"inputs", Json::array()}, {"effects", Json::array()}};
    Json provenance{{"inputs", TRY(textList(told, "inputs", 200, 200))}, {"effects", TRY(textList(told, "effects", 200, 200))}};
    for (const char* name : {"recipe", "l1_server", "run_id"})
        if (const std::string text = TRY(optionalText(told, name, 400)); !text.empty())
            provenance[name] = text;
    return provenance;
}

Result<Papers> readPapers(const Json& body)
{
    Papers papers;
    papers.claim = TRY(memberDocument(body, "claim"));
    papers.manifest = TRY(memberDocument(body, "manifest"));
    if (!papers.claim.is_null())
        papers.claimed = TRY(readClaim(papers.claim));
    if (!papers.manifest.is_null())
        papers.run = TRY(readManifest(papers.manifest));
    if (papers.claim.is_null() && papers.run)
        return fail(Fault::BadInput, "'manifest': comes with a claim that names it");
    if (!papers.claim.is_null() && papers.claimed.run.has_value() != papers.run.has_value())
        return fail(Fault::BadInput, papers.run ? "'claim': does not name the manifest" : "'manifest': the claim names one; send it");
    return papers;
}

/// A key of the caller that is in use.
std::function<Result<PublicKey>(const std::string&)> keysOfCaller(Site& site, const Caller& caller)
{
    return [&site, caller](const std::string& kid) -> Result<PublicKey> {
        const auto key = findKey(*site.database, kid);
        if (!key || key->userId != caller.userId || key->revokedAt != 0)
            return fail(Fault::Denied, "key " + kid.substr(0, 100) + ": it is not registered with your account (POST /users/" + caller.user + "/keys)");
        return key->key;
    };
}

Result<void> checkPapers(Site& site, const Caller& caller, Papers& papers, const HeldObject& film)
{
    ProvenanceEvidence evidence;
    evidence.deliveryHash = film.id;
    evidence.deliverySha256 = film.sha256;
    if (papers.claimed.embedded != "none")
        evidence.inside = TRY(insideOf(site.objects.path(film.id)));
    evidence.claim = papers.claim;
    if (papers.run)
        evidence.manifest = papers.manifest;
    evidence.findKey = keysOfCaller(site, caller);
    evidence.findRenderer = [&](const std::string& kid) -> Result<PublicKey> {
        const RendererKey found = TRY(rendererKey(site, kid));
        papers.renderer = found.renderer;
        return found.key;
    };
    for (const Finding& finding : checkProvenance(evidence))
        if (!finding.ok)
            return fail(finding.name.ends_with(".signature") ? Fault::Denied : Fault::BadInput, finding.name + ": " + finding.words);
    const std::string& creator = papers.claimed.creator;
    if (!creator.empty() && creator != site.instance.account(caller.user) && creator != site.instance.actorUrl(caller.user))
        return fail(Fault::Denied, "'claim': its creator is " + creator + ", not you (" + site.instance.account(caller.user) + ")");
    return {};
}

/// A cited object becomes readable through this work only if the caller may read it: a hash is no permission.
Result<bool> cite(Site& site, const Caller& caller, NewWork& added, const ContentId& id, const char* role)
{
    const bool mine = TRY(mayRead(*site.database, id, caller.userId));
    if (mine)
        added.objects.emplace_back(id, role);
    return mine;
}

/// What the claim keeps for some people, as far as the caller has it here: theirs to give, cited to nobody.
Result<void> keep(Site& site, const Caller& caller, NewWork& added, const ContentId& id, const char* role)
{
    if (!TRY(mayRead(*site.database, id, caller.userId)))
        return {};
    if (!TRY(holdsObject(*site.database, id, caller.userId))) // public elsewhere: it must stay when it is no longer
        TRY(addObject(*site.database, TRY(findObject(*site.database, id)), caller.userId));
    added.kept.emplace_back(id, role);
    return {};
}

/// The recipe, and what was baked into it, which tells of it: to everyone, to some, or to nobody.
Result<void> takeRecipe(Site& site, const Caller& caller, const Papers& papers, NewWork& added)
{
    const ContentId& recipe = papers.run->recipe.contentHash;
    const RecipeAccess access = papers.claimed.recipeAccess;
    if (access == RecipeAccess::Public) {
        if (!TRY(cite(site, caller, added, recipe, "recipe")))
            return fail(Fault::BadInput, "recipe " + recipe.text() + ": the claim makes it public; upload it first (POST /media)");
        added.work.recipe = recipe;
        for (const ManifestBake& bake : papers.run->baked)
            TRY(cite(site, caller, added, bake.contentHash, "baked"));
    } else if (access != RecipeAccess::Sealed) {
        added.keptFor = papers.claim["access"]["recipe"].get<std::string>();
        TRY(keep(site, caller, added, recipe, "recipe"));
        for (const ManifestBake& bake : papers.run->baked)
            TRY(keep(site, caller, added, bake.contentHash, "baked"));
    }
    return {};
}

Result<void> takePapers(Site& site, const Caller& caller, const Papers& papers, NewWork& added)
{
    Work& work = added.work;
    const ClaimFacts& claim = papers.claimed;
    work.proof = "creator_signed";
    work.claim = documentId(papers.claim);
    work.framesHash = claim.framesHash;
    work.title = claim.title;
    work.license = claim.license;
    work.tags = claim.tags;
    added.claimBytes = canonicalJson(papers.claim);
    for (const Ingredient& part : claim.ingredients)
        added.lineage.push_back({part.contentHash, part.url, part.owner, nameOf(part.role), part.weight});
    if (!papers.run)
        return {};
    const RunFacts& run = *papers.run;
    work.manifest = documentId(papers.manifest);
    added.manifestBytes = canonicalJson(papers.manifest);
    const MediaFacts& media = run.output.media;
    work.media = Json{{"type", media.type}, {"width", media.width}, {"height", media.height}, {"rate", std::to_string(media.rate.numerator) + "/" + std::to_string(media.rate.denominator)}, {"frames", media.frames}};
    Json inputs = Json::array();
    Json effects = Json::array();
    for (const ManifestInput& input : run.inputs)
        inputs.push_back(input.contentHash.text());
    for (const ManifestEffect& effect : run.effects)
        effects.push_back(effect.name);
    work.provenance = Json{{"inputs", inputs}, {"recipe", run.recipe.name}, {"effects", effects}, {"l1_server", papers.renderer.empty() ? Json(nullptr) : Json(papers.renderer)}, {"run_id", nullptr}};
    TRY(takeRecipe(site, caller, papers, added));
    TRY(cite(site, caller, added, run.output.frameDigests, "frame_digests"));
    for (const ContentId& font : run.fonts)
        TRY(cite(site, caller, added, font, "font"));
    if (claim.inputsPublic)
        for (const ManifestInput& input : run.inputs)
            TRY(cite(site, caller, added, input.contentHash, "input"));
    return {};
}

/// Works that stand in the way: of another owner, and signed or with their bytes here, or the newcomer has no claim.
Result<std::optional<Standing>> findStanding(Site& site, const Caller& caller, const NewWork& added)
{
    for (const Work& other : TRY(findWorksOf(*site.database, added.work.content))) {
        const bool strong = other.claim || !added.work.claim || TRY(holdsObject(*site.database, other.content, other.ownerId));
        if (other.ownerId != caller.userId && strong)
            return std::optional(Standing{other, "These bytes were published here before by " + site.instance.account(other.owner) + "."});
    }
    if (added.work.framesHash && added.work.claim)
        for (const Work& other : TRY(findWorksOf(*site.database, *added.work.framesHash)))
            if (other.ownerId != caller.userId)
                return std::optional(Standing{other, "These pixels were published here before by " + site.instance.account(other.owner) + "."});
    return std::optional<Standing>();
}

Result<std::optional<Work>> findOwn(Site& site, const Caller& caller, const ContentId& content)
{
    for (Work& other : TRY(findWorksOf(*site.database, content)))
        if (other.ownerId == caller.userId)
            return std::optional(std::move(other));
    return std::optional<Work>();
}

Result<void> tell(Site& site, const Work& work, std::int64_t userId, const char* kind, std::int64_t aboutWork)
{
    auto lease = TRY(site.database->lease());
    auto transaction = TRY(lease.begin());
    Notification notification;
    notification.kind = kind;
    notification.actor = TRY(ownActor(lease, site.instance, work.ownerId));
    notification.workId = aboutWork;
    notification.url = site.instance.publicUrl + "/asset/@" + work.owner + "/" + work.name;
    notification.words = work.title;
    TRY(addNotification(lease, userId, notification));
    return transaction.commit();
}

/// Whose works this one is made of is told to them, and so is whom it gives a share although nothing of theirs is in it, when they are
/// people here and everyone may know.
Result<void> tellCitedPeople(Site& site, const Work& work)
{
    if (!work.claim || work.visibility != "public")
        return {};
    std::vector<std::int64_t> told{work.ownerId};
    const auto isNews = [&](std::int64_t userId) {
        const bool isNew = std::ranges::find(told, userId) == told.end();
        told.push_back(userId);
        return isNew;
    };
    const std::vector<LineageEdge> edges = TRY(parentsOf(*site.database, *work.claim));
    for (const LineageEdge& edge : edges)
        if (edge.parent)
            for (const Work& parent : TRY(findWorksOf(*site.database, *edge.parent)))
                if (isNews(parent.ownerId))
                    TRY(tell(site, work, parent.ownerId, "use", parent.id));
    const std::string here = "@" + site.instance.domain;
    for (const LineageEdge& edge : edges) {
        if (edge.weight <= 0 || !edge.owner.starts_with('@') || !edge.owner.ends_with(here))
            continue;
        const auto payee = findUser(*site.database, std::string_view(edge.owner).substr(1, edge.owner.size() - 1 - here.size()));
        if (payee && payee->state == "active" && isNews(payee->id))
            TRY(tell(site, work, payee->id, "share", work.id));
    }
    return {};
}

/// What a second publication of the same bytes does not say stays as it was; who may see it changes by PATCH alone.
void keepOwn(const Work& own, const Json& body, NewWork& added)
{
    Work& work = added.work;
    work.id = own.id;
    work.name = own.name;
    work.version = own.version;
    work.createdAt = own.createdAt;
    work.visibility = own.visibility;
    work.mediaToken = own.mediaToken;
    work.posterToken = own.posterToken;
    for (const auto& [name, member] : {std::pair{"description", &Work::description}, std::pair{"alt", &Work::alt}, std::pair{"warning", &Work::warning}})
        if (!body.contains(name))
            work.*member = own.*member;
    if (!work.poster && own.poster) {
        work.poster = own.poster;
        added.objects.emplace_back(*own.poster, "poster");
    }
}

/// Read and checked, but not yet looked at beside what others published.
Result<NewWork> readNewWork(Site& site, const Caller& caller, const Json& body, Papers& papers)
{
    NewWork added;
    added.work = TRY(readWork(body));
    Work& work = added.work;
    work.provenance = TRY(readTold(body));
    work.ownerId = caller.userId;
    work.owner = caller.user;
    papers = TRY(readPapers(body));
    const bool held = TRY(cite(site, caller, added, work.content, "content"));
    if (work.poster && !TRY(cite(site, caller, added, *work.poster, "poster")))
        return fail(Fault::BadInput, "'poster': upload it first (POST /media)");
    if (!papers.claim.is_null()) {
        if (!held)
            return fail(Fault::BadInput, "'content_hash': a claimed work comes with its bytes; upload them first (POST /media)");
        TRY(checkPapers(site, caller, papers, TRY(findObject(*site.database, work.content))));
        TRY(takePapers(site, caller, papers, added));
    }
    if (held)
        TRY(ensureStills(site, work.content));
    if (held && work.media.empty())
        work.media = TRY(findObject(*site.database, work.content)).media;
    for (const Digest* hash : {&work.content.digest, work.framesHash ? &work.framesHash->digest : nullptr})
        if (hash != nullptr && TRY(isHashBlocked(*site.database, *hash)))
            return fail(Fault::Denied, "asset '" + work.name + "': this work was taken down here by a moderator and cannot be published again");
    return added;
}

/// What others, and the owner before, published of the same content.
Result<void> placeDraft(Site& site, const Caller& caller, const Json& body, const Papers& papers, Draft& draft)
{
    Work& work = draft.added.work;
    draft.standing = TRY(findStanding(site, caller, draft.added));
    if (draft.standing)
        return {};
    const std::optional<Work> own = TRY(findOwn(site, caller, work.content));
    draft.isChange = own.has_value();
    if (own && !(work.claim && (!own->claim || papers.claimed.supersedes == own->claim))) {
        draft.published = own;
        return {};
    }
    if (own)
        keepOwn(*own, body, draft.added);
    else
        work.version = TRY(nextVersion(*site.database, work.content));
    return {};
}

} // namespace

Result<Draft> draftAsset(Site& site, const Caller& caller, const Json& body, const DraftTime& time)
{
    Papers papers;
    Draft draft;
    draft.added = TRY(readNewWork(site, caller, body, papers));
    Work& work = draft.added.work;
    work.createdAt = work.updatedAt = time.now;
    TRY(placeDraft(site, caller, body, papers, draft));
    if (draft.standing || draft.published)
        return draft;
    if (!work.isOpen() && work.mediaToken.empty())
        work.mediaToken = time.mediaToken;
    if (!work.isOpen() && work.poster && work.posterToken.empty())
        work.posterToken = time.posterToken;
    draft.added.activity = TRY(activityOf(site, work, draft.isChange ? News::Update : News::Create, time.now, time.uuid));
    return draft;
}

DraftTime draftTimeNow()
{
    const std::int64_t now = nowMicroseconds() / 1000 * 1000; // a uuid tells milliseconds
    return {now, uuidV7(now), newMediaToken(), newMediaToken()};
}

Result<tl::expected<Published, Standing>> publishDraft(Site& site, Draft draft)
{
    using Outcome = tl::expected<Published, Standing>;
    if (draft.standing)
        return Outcome(tl::unexpect, std::move(*draft.standing));
    if (draft.published)
        return Outcome(Published{*draft.published, false});
    if (draft.added.activity) // the author's own proof, if there is one, is under this signature
        draft.added.activity->bytes = TRY(activityBytes(site, draft.added.work.owner, TRY(readJson(draft.added.activity->bytes))));
    const std::int64_t id = draft.added.work.id;
    const Work written = draft.isChange ? TRY(replaceWork(*site.database, id, std::move(draft.added))) : TRY(addWork(*site.database, std::move(draft.added)));
    wakeDeliverer(site);
    TRY(tellCitedPeople(site, written));
    TRY(planAfterPublication(site, written));
    return Outcome(Published{written, true});
}

Result<tl::expected<Published, Standing>> publishAsset(Site& site, const Caller& caller, const Json& body)
{
    const auto turn = TRY(site.database->turn("publish")); // look for the same content, then write: one at a time
    return publishDraft(site, TRY(draftAsset(site, caller, body, draftTimeNow())));
}

} // namespace artdag::server
