// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/author_proof.h"

#include "core/federation/integrity_proof.h"
#include "server/l2/bodies.h"

namespace artdag::server {

namespace {

Result<void> checkForm(const Json& document, const Json& proof)
{
    for (const auto& [name, value] : {std::pair{"type", "DataIntegrityProof"}, std::pair{"cryptosuite", "eddsa-jcs-2022"}, std::pair{"proofPurpose", "assertionMethod"}})
        if (TRY(requiredText(proof, name, 100)) != value)
            return fail(Fault::BadInput, std::string("'") + name + "': must be " + value);
    TRY(requiredText(proof, "created", 40));
    if (!proof.contains("@context") || proof["@context"] != document["@context"])
        return fail(Fault::BadInput, "'@context': must be that of the activity");
    return {};
}

/// The key under the name that it has in the actor document.
Result<PublicKey> keyOfMethod(Site& site, std::int64_t userId, std::string_view user, const std::string& method)
{
    int count = 0;
    for (const UserKey& key : TRY(keysOf(*site.database, userId))) {
        if (key.revokedAt != 0 || key.key.algorithm() != KeyAlgorithm::Ed25519)
            continue;
        ++count;
        if (method == site.instance.actorUrl(user) + "#ed25519-key" + (count == 1 ? "" : "-" + std::to_string(count)))
            return key.key;
    }
    return fail(Fault::Denied, "'verificationMethod': your actor shows no such key; its assertionMethod lists them");
}

} // namespace

Result<void> checkAuthorProof(Site& site, std::int64_t userId, std::string_view user, const Json& document, const Json& proof)
{
    TRY(checkForm(document, proof));
    const PublicKey key = TRY(keyOfMethod(site, userId, user, TRY(requiredText(proof, "verificationMethod", 400))));
    Json signedDocument = document;
    signedDocument["proof"] = proof;
    const auto read = readIntegrityProof(signedDocument);
    if (!read)
        return fail(Fault::BadInput, read.error().message);
    if (!isSignedBy(*read, key))
        return fail(Fault::Denied, "'proof': it does not verify for this activity");
    return {};
}

} // namespace artdag::server
