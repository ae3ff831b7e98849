// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/publish_asset.h"

#include "core/base/files.h"
#include "core/federation/note_document.h"
#include "core/provenance/check_provenance.h"
#include "server/db/objects.h"
#include "server/db/renditions.h"
#include "server/l2/after_publication.h"
#include "server/l2/bodies.h"
#include "server/l2/renditions.h"

#include <algorithm>
#include <array>

namespace artdag::server {

namespace {

constexpr std::array assetTypes{"video", "image", "audio", "effect", "recipe", "infrastructure"};

struct Papers {
    Json claim = nullptr, manifest = nullptr;
    ClaimFacts claimed;
    std::optional<RunFacts> run;
};

Result<void> checkTag(const std::string& tag)
{
    const bool good = std::ranges::none_of(tag, [](unsigned char c) { return c <= ' ' || c == 0x7F || std::string_view("\"'<>&#/\\%?@,;:").find(static_cast<char>(c)) != std::string_view::npos; });
    if (!good)
        return fail(Fault::BadInput, "tag '" + tag + "': letters, digits, - and _ only");
    return {};
}

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
    work.tags = TRY(textList(body, "tags", 30, 60));
    for (const std::string& tag : work.tags)
        TRY(checkTag(tag));
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

Result<void> checkPapers(Site& site, const Caller& caller, const Papers& papers, const HeldObject& film)
{
    ProvenanceEvidence evidence;
    evidence.deliveryHash = film.id;
    evidence.deliverySha256 = film.sha256;
    evidence.claim = papers.claim;
    if (papers.run)
        evidence.manifest = papers.manifest;
    evidence.findKey = keysOfCaller(site, caller);
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
    work.provenance = Json{{"inputs", inputs}, {"recipe", run.recipe.name}, {"effects", effects}, {"l1_server", nullptr}, {"run_id", nullptr}};
    if (claim.recipeAccess == RecipeAccess::Public) {
        if (!TRY(cite(site, caller, added, run.recipe.contentHash, "recipe")))
            return fail(Fault::BadInput, "recipe " + run.recipe.contentHash.text() + ": the claim makes it public; upload it first (POST /media)");
        work.recipe = run.recipe.contentHash;
    }
    TRY(cite(site, caller, added, run.output.frameDigests, "frame_digests"));
    for (const ContentId& font : run.fonts)
        TRY(cite(site, caller, added, font, "font"));
    for (const ManifestBake& bake : run.baked)
        TRY(cite(site, caller, added, bake.contentHash, "baked"));
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

Result<void> announce(Site& site, const Caller& caller, NewWork& added)
{
    Activity activity;
    activity.uuid = uuidV7(added.work.updatedAt);
    activity.userId = caller.userId;
    activity.open = added.work.isOpen();
    activity.published = added.work.updatedAt;
    activity.bytes = createDocument(site.instance, TRY(noteFactsOf(site, added.work, activity.uuid))).dump();
    added.activity = std::move(activity);
    return {};
}

std::string rfc4122(const std::string& hex)
{
    return hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-" + hex.substr(12, 4) + "-" + hex.substr(16, 4) + "-" + hex.substr(20);
}

} // namespace

std::string uuidV7(std::int64_t microseconds)
{
    Bytes bytes = secureRandom(16);
    const auto milliseconds = static_cast<std::uint64_t>(microseconds / 1000);
    for (int i = 0; i < 6; ++i)
        bytes[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(milliseconds >> (40 - 8 * i));
    bytes[6] = static_cast<std::uint8_t>(0x70 | (bytes[6] & 0x0F));
    bytes[8] = static_cast<std::uint8_t>(0x80 | (bytes[8] & 0x3F));
    return rfc4122(hexOf(bytes));
}

Result<tl::expected<Published, Standing>> publishAsset(Site& site, const Caller& caller, const Json& body)
{
    using Outcome = tl::expected<Published, Standing>;
    NewWork added;
    added.work = TRY(readWork(body));
    Work& work = added.work;
    work.provenance = TRY(readTold(body));
    work.ownerId = caller.userId;
    work.owner = caller.user;
    const Papers papers = TRY(readPapers(body));
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

    const std::lock_guard one(site.publishing);
    if (auto standing = TRY(findStanding(site, caller, added)))
        return Outcome(tl::unexpect, std::move(*standing));
    const std::optional<Work> own = TRY(findOwn(site, caller, work.content));
    const bool better = own && work.claim && (!own->claim || papers.claimed.supersedes == own->claim);
    if (own && !better)
        return Outcome(Published{*own, false});
    work.updatedAt = nowMicroseconds();
    work.createdAt = own ? own->createdAt : work.updatedAt;
    if (own)
        work.name = own->name;
    TRY(announce(site, caller, added));
    const Work written = own ? TRY(replaceWork(*site.database, own->id, std::move(added))) : TRY(addWork(*site.database, std::move(added)));
    TRY(planAfterPublication(site, written));
    return Outcome(Published{written, true});
}

Json assetJson(Site& site, const Work& work)
{
    const Instance& instance = site.instance;
    const std::string object = instance.publicUrl + "/objects/" + work.content.hex();
    const std::string asset = instance.publicUrl + "/assets/@" + work.owner + "/" + work.name;
    Json provenance = work.provenance;
    provenance["manifest"] = work.manifest ? Json(work.manifest->text()) : Json(nullptr);
    provenance["claim"] = work.claim ? Json(work.claim->text()) : Json(nullptr);
    const auto held = findObject(*site.database, work.content);
    const std::string extension = held ? extensionOf(held->type) : "";
    auto mediaOf = [&](const std::optional<ContentId>& id, const std::string& suffix) { return id ? Json(instance.publicUrl + "/media/" + id->hex() + suffix) : Json(nullptr); };
    Json links{{"page", instance.publicUrl + "/asset/@" + work.owner + "/" + work.name}, {"object", object}, {"media", held ? mediaOf(work.content, extension.empty() ? "" : "." + extension) : Json(nullptr)},
        {"poster", mediaOf(work.poster, "")}, {"recipe", work.recipe ? Json(asset + "/recipe") : Json(nullptr)}, {"claim", work.claim ? Json(asset + "/claim") : Json(nullptr)},
        {"provenance", work.manifest ? Json(asset + "/provenance") : Json(nullptr)}, {"keys", instance.actorUrl(work.owner) + "/keys"}, {"media_by_hash", instance.publicUrl + "/media/{hash}"}};
    return {{"name", work.name}, {"title", work.title}, {"content_hash", work.content.text()}, {"frames_hash", work.framesHash ? Json(work.framesHash->text()) : Json(nullptr)}, {"asset_type", work.assetType},
        {"owner", instance.account(work.owner)}, {"created_at", isoTime(work.createdAt)}, {"provenance", std::move(provenance)}, {"tags", work.tags}, {"license", work.license}, {"visibility", work.visibility},
        {"proof", work.proof}, {"description", work.description}, {"alt", work.alt}, {"media", work.media}, {"links", std::move(links)}};
}

/// What a note shows instead of the bytes, or beside them: a poster and a blur; of photographs, which say more than they show,
/// and of pictures that are too large for the fediverse, the clean and smaller rendition.
Result<void> showRenditions(Site& site, const Work& work, const Renditions& renditions, NoteMedia& media)
{
    constexpr int mostPixels = 5000; // in both directions
    if (const auto blur = renditions.find("blurhash"); blur != renditions.end())
        media.blurhash = blur->second.words;
    const auto poster = renditions.find("poster");
    const auto made = poster != renditions.end() && poster->second.object ? findObject(*site.database, *poster->second.object) : Result<HeldObject>(fail(Fault::NotFound, ""));
    if (!made)
        return {};
    if (media.mediaType == "image/jpeg" || (media.mediaType.starts_with("image/") && (media.width > mostPixels || media.height > mostPixels))) {
        media.content = made->id;
        media.mediaType = made->type;
        media.extension = extensionOf(made->type);
        media.width = made->media.value("width", 0);
        media.height = made->media.value("height", 0);
    } else if (!work.poster && !media.mediaType.starts_with("image/")) {
        media.poster = made->id;
        media.posterType = made->type;
        media.posterExtension = extensionOf(made->type);
    }
    if (const auto share = renditions.find("share"); share != renditions.end() && share->second.object && media.mediaType.starts_with("video/")) {
        const HeldObject film = TRY(findObject(*site.database, *share->second.object));
        media.content = film.id;
        media.mediaType = film.type;
        media.extension = extensionOf(film.type);
    }
    return {};
}

Result<NoteFacts> noteFactsOf(Site& site, const Work& work, const std::string& uuid)
{
    NoteFacts note;
    note.user = work.owner;
    note.activity = uuid;
    note.published = isoTime(work.createdAt);
    note.visibility = TRY(visibilityOfText(work.visibility));
    note.content = work.content;
    note.name = work.name;
    note.title = work.title;
    note.description = work.description;
    note.assetType = work.assetType;
    note.tags = work.tags;
    note.license = work.license;
    note.manifest = work.manifest;
    note.claim = work.claim;
    note.framesHash = work.framesHash;
    note.recipe = work.recipe;
    if (const auto inputs = work.provenance.find("inputs"); inputs != work.provenance.end())
        for (const Json& input : *inputs)
            if (const auto id = nameOfText<ContentId>(input.get<std::string>()))
                note.inputs.push_back(*id);
    const auto held = findObject(*site.database, work.content);
    if (!held)
        return note;
    const Renditions renditions = TRY(renditionsOf(*site.database, work.content));
    NoteMedia media{work.content, extensionOf(held->type), held->type, work.alt.empty() ? work.title : work.alt, work.media.value("width", 0), work.media.value("height", 0)};
    if (work.poster) {
        const HeldObject poster = TRY(findObject(*site.database, *work.poster));
        media.poster = work.poster;
        media.posterType = poster.type;
        media.posterExtension = extensionOf(poster.type);
    }
    TRY(showRenditions(site, work, renditions, media));
    note.media = std::move(media);
    return note;
}

} // namespace artdag::server
