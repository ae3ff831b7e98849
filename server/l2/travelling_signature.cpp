// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/travelling_signature.h"

#include "core/federation/activity_fields.h"
#include "core/federation/actor_document.h"
#include "core/federation/integrity_proof.h"
#include "core/federation/linked_data_signature.h"
#include "core/federation/multibase.h"
#include "server/l2/remote_actors.h"

namespace artdag::server {

namespace {

Result<void> checkAge(std::int64_t created, std::int64_t now)
{
    constexpr std::int64_t hour = 3600;
    if (created < now - 24 * hour || created > now + hour)
        return fail(Fault::Denied, "signature: it was not made within the last day");
    return {};
}

Result<void> checkLinkedData(const Json& activity, const Actor& actor, std::int64_t now)
{
    const LinkedDataSignature signature = TRY(readLinkedDataSignature(activity));
    if (signature.creator != actor.keyId)
        return fail(Fault::Denied, "signature: its key is not that of the activity's actor");
    TRY(checkAge(signature.created, now));
    const auto key = PublicKey::fromPem(actor.keyPem, KeyOwner::Stranger);
    if (!key || !isSignedBy(signature, *key))
        return fail(Fault::Denied, "signature: it was not made by the key that it names");
    return {};
}

/// The Ed25519 key of that name in `assertionMethod` (FEP-521a).
Result<PublicKey> listedKey(const Actor& actor, const std::string& name)
{
    const auto denied = [] { return fail(Fault::Denied, "proof: its key is not one that the activity's actor lists"); };
    const auto document = readJson(actor.document);
    const auto list = document && document->is_object() ? document->value("assertionMethod", Json::array()) : Json::array();
    for (const Json& method : list.is_array() ? list : Json::array({list})) {
        if (textOf(method, "id") != name || textOf(method, "type") != "Multikey" || textOf(method, "controller") != actor.uri)
            continue;
        const auto bytes = bytesOfMultibase(textOf(method, "publicKeyMultibase"));
        if (!bytes || bytes->size() != 34 || (*bytes)[0] != 0xED || (*bytes)[1] != 0x01)
            return denied();
        Bytes spki{0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00}; // RFC 8410 §4
        spki.insert(spki.end(), bytes->begin() + 2, bytes->end());
        return PublicKey::fromDer(spki, KeyOwner::Stranger);
    }
    return denied();
}

Result<void> checkProof(const Json& activity, const Actor& actor, std::int64_t now)
{
    const IntegrityProof proof = TRY(readIntegrityProof(activity));
    TRY(checkAge(proof.created, now));
    if (!isSignedBy(proof, TRY(listedKey(actor, proof.verificationMethod))))
        return fail(Fault::Denied, "proof: it was not made by the key that it names");
    return {};
}

} // namespace

Result<void> checkTravels(const Json& activity, const Actor& actor, std::int64_t now)
{
    if (idOf(activity, "actor") != actor.uri)
        return fail(Fault::Denied, "signature: it is of somebody else's activity");
    const auto linked = checkLinkedData(activity, actor, now);
    // Their own context may have terms that no statement covers, which a proof over the bytes does not mind.
    return linked || !activity.contains("proof") ? linked : checkProof(activity, actor, now);
}

Result<Actor> authorOfTravelling(Site& site, const Json& activity, const std::string& actorUri, std::int64_t now)
{
    Actor author = TRY(findOrFetchActor(site, actorUri));
    if (checkTravels(activity, author, now))
        return author;
    const auto fresh = refetchActor(site, author);
    if (fresh)
        author = *fresh;
    TRY(checkTravels(activity, author, now));
    return author;
}

} // namespace artdag::server
