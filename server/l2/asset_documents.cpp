// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/asset_documents.h"

#include "server/db/objects.h"
#include "server/db/renditions.h"

namespace artdag::server {

Json assetJson(Site& site, const Work& work)
{
    const Instance& instance = site.instance;
    const std::string object = objectUrl(instance, work.content, work.version);
    const std::string asset = instance.publicUrl + "/assets/@" + work.owner + "/" + work.name;
    Json provenance = work.provenance;
    provenance["manifest"] = work.manifest ? Json(work.manifest->text()) : Json(nullptr);
    provenance["claim"] = work.claim ? Json(work.claim->text()) : Json(nullptr);
    const auto held = findObject(*site.database, work.content);
    const std::string extension = held ? extensionOf(held->type) : "";
    auto mediaOf = [&](const std::optional<ContentId>& id, const std::string& token, const std::string& suffix) { return id ? Json(instance.publicUrl + "/media/" + (token.empty() ? id->hex() : "p/" + token) + suffix) : Json(nullptr); };
    Json links{{"page", instance.publicUrl + "/asset/@" + work.owner + "/" + work.name}, {"object", object}, {"media", held ? mediaOf(work.content, work.mediaToken, extension.empty() ? "" : "." + extension) : Json(nullptr)},
        {"poster", mediaOf(work.poster, work.posterToken, "")}, {"recipe", work.recipe ? Json(asset + "/recipe") : Json(nullptr)}, {"claim", work.claim ? Json(asset + "/claim") : Json(nullptr)},
        {"provenance", work.manifest ? Json(asset + "/provenance") : Json(nullptr)}, {"keys", instance.actorUrl(work.owner) + "/keys"}, {"media_by_hash", instance.publicUrl + "/media/{hash}"}};
    return {{"name", work.name}, {"title", work.title}, {"content_hash", work.content.text()}, {"frames_hash", work.framesHash ? Json(work.framesHash->text()) : Json(nullptr)}, {"asset_type", work.assetType},
        {"owner", instance.account(work.owner)}, {"created_at", isoTime(work.createdAt)}, {"provenance", std::move(provenance)}, {"tags", work.tags}, {"license", work.license}, {"visibility", work.visibility},
        {"proof", work.proof}, {"description", work.description}, {"alt", work.alt}, {"warning", work.warning}, {"updated_at", isoTime(work.updatedAt)}, {"pinned", work.pinnedAt != 0}, {"media", work.media}, {"links", std::move(links)}};
}

namespace {

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

} // namespace

Result<NoteFacts> noteFactsOf(Site& site, const Work& work, const std::string& uuid)
{
    NoteFacts note;
    note.user = work.owner;
    note.activity = uuid;
    note.published = isoTime(work.createdAt);
    if (work.updatedAt > work.createdAt)
        note.updated = isoTime(work.updatedAt);
    note.version = work.version;
    note.warning = work.warning;
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
    NoteMedia media;
    media.content = work.content;
    media.extension = extensionOf(held->type);
    media.mediaType = held->type;
    media.alt = work.alt.empty() ? work.title : work.alt;
    media.width = work.media.value("width", 0);
    media.height = work.media.value("height", 0);
    media.token = work.mediaToken;
    media.blurhash = work.blurhash;
    if (work.poster) {
        media.posterToken = work.posterToken;
        const HeldObject poster = TRY(findObject(*site.database, *work.poster));
        media.poster = work.poster;
        media.posterType = poster.type;
        media.posterExtension = extensionOf(poster.type);
    }
    if (work.isOpen()) // of others nothing is shown but by its token
        TRY(showRenditions(site, work, TRY(renditionsOf(*site.database, work.content)), media));
    note.media = std::move(media);
    return note;
}

} // namespace artdag::server
