// SPDX-License-Identifier: GPL-3.0-or-later
// The documents by which other servers find a person here: webfinger (RFC 7033), the actor, NodeInfo, and collections.
// Pure functions: the same facts give the same bytes.
#pragma once

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/identity/keys.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace artdag {

/// Where a server's people live.
struct Instance {
    std::string publicUrl; ///< `https://l2.example`, without a final slash
    std::string domain;    ///< of handles: `l2.example`, with a port when it is not the standard one

    [[nodiscard]] std::string actorUrl(std::string_view user) const { return publicUrl + "/users/" + std::string(user); }
    [[nodiscard]] std::string profileUrl(std::string_view user) const { return publicUrl + "/@" + std::string(user); }
    [[nodiscard]] std::string account(std::string_view user) const { return "@" + std::string(user) + "@" + domain; }
};

struct ActorFacts {
    std::string user; ///< `[a-z0-9_]{1,30}`
    std::string name;
    std::string summary;   ///< plain text
    std::string published; ///< RFC 3339
    std::string publicKeyPem;
    std::vector<PublicKey> creatorKeys; ///< Ed25519 ones become assertion methods
};

Json actorDocument(const Instance& instance, const ActorFacts& actor);
Json webfingerDocument(const Instance& instance, std::string_view user);

/// The user that a webfinger resource asks for: `acct:u@host`, an actor's URL, `https://host/@u`; host compared without case
/// and percent-decoded. BadInput for what is none of these, NotFound for another host.
Result<std::string> userOfResource(const Instance& instance, std::string_view resource);

Json nodeinfoLinks(const Instance& instance);
struct NodeUsage {
    std::int64_t users = 0, posts = 0;
    bool openRegistrations = false;
    std::string version;
};
Json nodeinfoDocument(const NodeUsage& usage, std::string_view schema); ///< schema `2.0` or `2.1`

/// An OrderedCollection that says how many and where its first page is; without a page when `first` is empty.
Json collectionDocument(const std::string& id, std::int64_t total, const std::string& first);
struct CollectionPage {
    std::string id, partOf, next; ///< next: empty on the last page
    Json items = Json::array();
};
Json collectionPageDocument(const CollectionPage& page);

/// `z6Mk…`: base58btc of an Ed25519 public key with its multicodec prefix; nothing for another algorithm.
std::optional<std::string> multibaseOf(const PublicKey& key);

/// The one escaping of text into HTML, for element content and quoted attributes.
std::string escapeHtml(std::string_view text);

} // namespace artdag
