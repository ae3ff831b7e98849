// SPDX-License-Identifier: GPL-3.0-or-later
// A stranger's way to a published work: from its URL to film, claim, manifest, recipe and inputs, each checked against the
// content id that names it and each signature against the creator's published keys. It renders nothing (verify_work does).
#pragma once

#include "core/base/digest.h"
#include "core/base/json.h"
#include "core/base/result.h"
#include "core/identity/keys.h"
#include "core/net/http_client.h"
#include "core/store/store.h"
#include "core/workflow/server_session.h"

#include <filesystem>
#include <string>
#include <vector>

namespace artdag {

struct FetchedWork {
    Json asset;                       ///< as the server tells it; believe only what is checked below
    Json claim;                       ///< signed by a key the owner published; null for a server_attested work
    Json manifest;                    ///< signed; null when the work has none
    Json bundle;                      ///< the proof bundle of its publication, unchecked (published_answers.h checks it); null when there is none
    std::vector<PublicKey> keys;      ///< of the owner, current and former
    std::vector<PublicKey> renderers; ///< that the owner's server works with: they sign manifests, no claim
    std::string recipe;               ///< the document's text; empty when it is not given to who asks
    ContentId filmId;
    std::filesystem::path film;     ///< in the directory that was given
    std::vector<ContentId> objects; ///< inputs, baked objects, fonts and frame digests, now in the store
    std::vector<ContentId> missing; ///< cited, but not to be had from this server
};

/// From a page (`…/asset/@giles/spin`), an asset's JSON (`…/assets/@giles/spin`) or an object (`…/objects/<hash>`).
/// Corrupt when bytes, a signature or the chain claim → manifest → recipe do not hold. A login at that very server (`session`) is told
/// to it where a recipe is for some people only; to no other server, and for nothing else.
Result<FetchedWork> fetchWork(HttpClient& http, const std::string& url, Store& store, const std::filesystem::path& directory, const HttpProgress& progress = {}, const Session* session = nullptr);

/// The server's origin of a work's URL: `https://artdag.example`. BadInput for what is no URL of a work.
Result<std::string> serverOfWork(const std::string& url);

} // namespace artdag
