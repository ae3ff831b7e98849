// SPDX-License-Identifier: GPL-3.0-or-later
// Publishing: claim a rendered work, sign the claim, hand over film, recipe, manifest and what they cite, and register the
// asset. Everything is sent by content id and checked by the server; nothing is published that the manifest does not name.
#pragma once

#include "core/base/digest.h"
#include "core/base/json.h"
#include "core/base/result.h"
#include "core/identity/keys.h"
#include "core/net/http_client.h"
#include "core/store/store.h"
#include "core/workflow/server_conversation.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace artdag {

/// Who shares, and how much of it.
struct Share {
    std::string owner; ///< an actor
    int basisPoints = 0;
};

struct PublishRequest {
    std::filesystem::path film;   ///< the delivery: its bytes are what the claim names
    std::string recipe;           ///< the recipe document whose content id the manifest names; read from the store when empty
    Json manifest;                ///< the signed run manifest: by `key`, or by the renderer that made the film
    std::vector<PublicKey> keys;  ///< that came with the film's papers: the renderer's
    SigningKey key;               ///< the creator's; registered with the account when it is not yet
    std::filesystem::path poster; ///< a still shown before the film plays; a frame of the film when empty

    std::string name;  ///< `[a-z0-9][a-z0-9-]{0,62}`; made of the title when empty
    std::string title; ///< the recipe's when empty
    std::string description;
    std::string license;                 ///< SPDX or Creative Commons name: `CC-BY-4.0`; the recipe's when empty
    std::vector<std::string> tags;       ///< the recipe's when empty
    std::string alt;                     ///< what is to be seen, for those who do not see it
    std::string visibility = "public";   ///< public, unlisted, followers, private
    std::string embedded = "none";       ///< what the film carries: none, link, full (the last only with a public recipe)
    std::string recipeAccess = "public"; ///< public, followers, request, sealed: a sealed one is not sent
    bool inputsPublic = true;            ///< false: they are cited by content id and stay here
    std::string disclosure;              ///< IPTC digital source type; derived from the manifest when empty
    std::vector<Share> shares;           ///< of others, in place of the default policy: the creator has the rest (statedShares)
    PublishProgress progress;
    /// Asked when everything is at the server and only the post is missing; may wait. False: it is not posted (Cancelled).
    std::function<bool()> mayPost;
};

struct PublishedWork {
    std::string name;
    std::string page;   ///< for people
    std::string asset;  ///< its JSON
    std::string object; ///< its ActivityPub id
    std::string media;  ///< the film
    std::string proof;  ///< `creator_signed`
    ContentId film;
    ManifestId claim;
    std::vector<ContentId> sent;    ///< objects uploaded now
    std::vector<ContentId> missing; ///< cited by the manifest, in neither this store nor the server
};

/// Denied for a key that another account holds and for a login that is over, Conflict when another account published these pixels or the
/// name is taken. Asked again after any failure it goes on; however often, there is one work and one post.
Result<PublishedWork> publishWork(HttpClient& http, const Session& session, Store& store, const PublishRequest& request);

/// Of an asset as the server tells it.
Result<PublishedWork> publishedWorkOf(const Session& session, const Json& asset);

/// The account shows that it holds the key: a proof signed by it, for this account, now. Denied for a key that another account holds.
Result<void> registerKey(ServerConversation& server, const SigningKey& key);

/// The manifest; when a key of this account signed it that has been replaced since, by the one in its place: the server takes nothing of
/// the old one any more. What somebody else signed, or what was changed, stays as it is, to be refused.
Result<Json> signedByKeyInUse(ServerConversation& server, const Json& manifest, const SigningKey& key);

/// Now, as documents have it: `2026-03-01T12:00:00Z`.
std::string nowText();

/// `Spin & glow!` → `spin-glow`
std::string nameOfTitle(std::string_view title);

} // namespace artdag
