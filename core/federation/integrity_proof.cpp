// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/federation/integrity_proof.h"

#include "core/base/digest.h"
#include "core/federation/moments.h"
#include "core/federation/multibase.h"

#include <functional>
#include <utility>

namespace artdag {

namespace {

constexpr std::size_t signatureSize = 64; // RFC 8032 §5.1.6

bool is(const Json& object, const char* name, std::string_view value)
{
    const auto member = object.find(name);
    return member != object.end() && member->is_string() && member->get_ref<const std::string&>() == value;
}

std::string textIn(const Json& object, const char* name)
{
    const auto member = object.find(name);
    return member != object.end() && member->is_string() ? member->get<std::string>() : std::string();
}

} // namespace

Json integrityProofOptions(const Json& document, const std::string& verificationMethod, std::int64_t now)
{
    Json options;
    // Some verifiers take the proof as it is, others put the document's context in: so it is the same for both.
    if (document.contains("@context"))
        options["@context"] = document["@context"];
    options["type"] = "DataIntegrityProof";
    options["cryptosuite"] = "eddsa-jcs-2022";
    options["verificationMethod"] = verificationMethod;
    options["proofPurpose"] = "assertionMethod";
    options["created"] = utcText(now);
    return options;
}

Result<Bytes> integrityProofBytes(const Json& document, const Json& options)
{
    Json plain = document;
    plain.erase("proof");
    plain.erase("signature");
    Bytes bytes;
    for (const Json& part : {std::cref(options), std::cref(std::as_const(plain))}) {
        TRY(signedBytes("", Json{{"part", part}})); // refuses numbers and texts that two programs write differently
        const Digest digest = sha256(bytesOf(canonicalJson(part)));
        bytes.insert(bytes.end(), digest.begin(), digest.end());
    }
    return bytes;
}

Result<void> addIntegrityProof(Json& document, Json options, ByteView signature)
{
    if (document.contains("proof") || document.contains("signature"))
        return fail(Fault::BadInput, "document: is signed already");
    if (signature.size() != signatureSize)
        return fail(Fault::BadInput, "proof: an Ed25519 signature has 64 bytes");
    options["proofValue"] = multibase(signature);
    document["proof"] = std::move(options);
    return {};
}

Result<IntegrityProof> readIntegrityProof(const Json& document)
{
    const auto found = document.is_object() ? document.find("proof") : document.end();
    if (found == document.end())
        return fail(Fault::NotFound, "document: has no proof");
    if (!found->is_object() || !is(*found, "type", "DataIntegrityProof") || !is(*found, "cryptosuite", "eddsa-jcs-2022") || !is(*found, "proofPurpose", "assertionMethod"))
        return fail(Fault::Denied, "proof: must be one DataIntegrityProof by eddsa-jcs-2022 for assertionMethod");
    IntegrityProof proof{textIn(*found, "verificationMethod"), 0, {}, {}};
    auto value = bytesOfMultibase(textIn(*found, "proofValue"));
    if (proof.verificationMethod.empty() || !value || value->size() != signatureSize)
        return fail(Fault::Denied, "proof: its verificationMethod or proofValue is malformed");
    proof.value = std::move(*value);
    if (found->contains("created")) {
        const auto created = secondsOfUtc(textIn(*found, "created"));
        if (!created)
            return fail(Fault::Denied, "proof: " + created.error().message);
        proof.created = *created;
    }
    Json options = *found;
    options.erase("proofValue");
    const Json context = document.contains("@context") ? document["@context"] : Json();
    if (!options.contains("@context") && !context.is_null())
        options["@context"] = context;
    else if (options.value("@context", Json()) != context)
        return fail(Fault::Denied, "proof: names another context than the document");
    auto bytes = integrityProofBytes(document, options);
    if (!bytes)
        return fail(Fault::Denied, "proof: " + bytes.error().message);
    proof.signedBytes = std::move(*bytes);
    return proof;
}

bool isSignedBy(const IntegrityProof& proof, const PublicKey& key)
{
    return key.algorithm() == KeyAlgorithm::Ed25519 && key.verify(proof.signedBytes, proof.value);
}

} // namespace artdag
