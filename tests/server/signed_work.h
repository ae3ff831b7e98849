// SPDX-License-Identifier: GPL-3.0-or-later
// A small work with true papers: made-up film bytes, a recipe, a manifest and a claim signed by a key. Nothing is rendered,
// so the frames hash is made up as well; what a server checks without rendering all holds.
#pragma once

#include "core/identity/keys.h"
#include "core/provenance/claim.h"
#include "core/provenance/manifest.h"

#include <string>

namespace artdag {

struct SignedWork {
    std::string film, recipe, digests, input;
    RunFacts run;
    Json manifest;
    ClaimFacts claimed;
    Json claim;

    void signManifest(const SigningKey& key)
    {
        manifest = *makeManifest(run);
        CHECK(signDocument(manifestPrefix, manifest, key));
        claimed.run = documentId(manifest);
    }
    void signClaim(const SigningKey& key)
    {
        claim = *makeClaim(claimed);
        CHECK(signDocument(claimPrefix, claim, key));
    }
};

template <class N = ContentId>
N nameOfBytes(const std::string& bytes)
{
    return N{sha3(bytesOf(bytes))};
}

/// `seed` makes it different from others.
inline SignedWork makeSignedWork(const std::string& seed, const SigningKey& key, const std::string& account)
{
    SignedWork work;
    work.film = std::string("\0\0\0\x18"
                            "ftypisom",
                    12)
        + "film " + seed;
    work.recipe = R"({"artdag":1,"title":"Spin )" + seed + R"(","nodes":{"spin":{"effect":"rotate","in":{"picture":"footage"}}},"inputs":{"footage":{"media":"media"}},"outputs":{"main":{"picture":"spin"}}})" + "\n";
    work.digests = std::string(32, 'd') + seed;
    work.input = "\x89PNG\r\n\x1a\n input " + seed;
    RunFacts& run = work.run;
    run.createdAt = "2026-03-01T12:00:00Z";
    run.recipe.contentHash = nameOfBytes(work.recipe);
    run.recipe.graph = nameOfBytes<GraphHash>("graph " + seed);
    run.recipe.name = "Spin";
    run.output.name = "main";
    run.output.contentHash = nameOfBytes(work.film);
    run.output.framesHash = nameOfBytes<FramesHash>("frames " + seed);
    run.output.frameDigests = nameOfBytes(work.digests);
    run.output.encode = "share-h264";
    run.output.media.width = 1280;
    run.output.media.height = 720;
    run.output.media.rate = Rate{30, 1};
    run.output.media.frames = 300;
    run.inputs = {{"footage", "cat", nameOfBytes(work.input), "", "CC-BY-4.0", "png lavc 59.37"}};
    run.effects = {{"effect:rotate", "1", nameOfBytes("rotate"), ""}};
    run.infrastructure.softwareVersion = "0.1.0";
    run.infrastructure.encoder = "libx264 164";
    work.signManifest(key);
    ClaimFacts& claim = work.claimed;
    claim.work = "0192f5a0-0000-7000-8000-000000000000";
    claim.contentHash = run.output.contentHash;
    claim.sha256 = sha256(bytesOf(work.film));
    claim.framesHash = run.output.framesHash;
    claim.title = "Spin <" + seed + ">";
    claim.creator = account;
    claim.license = "CC-BY-4.0";
    claim.tags = {"cat", "loop"};
    claim.disclosure = disclosureOf(run);
    claim.ingredients = ingredientsOf(run);
    claim.createdAt = "2026-03-01T12:00:00Z";
    work.signClaim(key);
    return work;
}

/// The proof of possession that registers a key.
inline Json keyProof(const SigningKey& key, const std::string& account, const std::string& created)
{
    Json proof{{"type", "artdag.key-proof"}, {"account", account}, {"created", created}, {"public", key.publicKey().pem()}};
    CHECK(signDocument("artdag.key-proof.1\n", proof, key));
    return proof;
}

} // namespace artdag
