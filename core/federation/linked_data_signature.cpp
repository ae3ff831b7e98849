// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/federation/linked_data_signature.h"

#include "core/base/digest.h"
#include "core/federation/linked_data.h"
#include "core/federation/moments.h"

namespace artdag {

namespace {

/// hex(SHA-256(URDNA2015(document))). BadInput names the terms that are not mapped.
Result<std::string> hashOf(const Json& document)
{
    LinkedData data = TRY(readLinkedData(document));
    if (!data.unmapped.empty()) {
        std::string names;
        for (const std::string& name : data.unmapped)
            names += (names.empty() ? "" : ", ") + name.substr(0, 80);
        return fail(Fault::BadInput, "document: has what no statement covers: " + names.substr(0, 400));
    }
    return hexOf(sha256(bytesOf(TRY(canonicalQuads(std::move(data.quads))))));
}

/// What is signed. Of the signature its type, id and value are left out.
Result<std::string> signedText(const Json& document, Json options)
{
    for (const char* member : {"type", "id", "signatureValue"})
        options.erase(member);
    options["@context"] = "https://w3id.org/identity/v1";
    Json plain = document;
    plain.erase("signature");
    return TRY(hashOf(options)) + TRY(hashOf(plain));
}

const std::string* textIn(const Json& object, const char* name)
{
    const auto member = object.find(name);
    return member != object.end() && member->is_string() ? &member->get_ref<const std::string&>() : nullptr;
}

} // namespace

Result<void> signLinkedData(Json& document, const std::string& creator, const SigningKey& key, std::int64_t now)
{
    if (document.contains("signature"))
        return fail(Fault::BadInput, "document: is signed already");
    if (key.publicKey().algorithm() != KeyAlgorithm::Rsa2048)
        return fail(Fault::BadInput, "key '" + creator + "': RsaSignature2017 needs RSA");
    Json signature{{"type", "RsaSignature2017"}, {"creator", creator}, {"created", utcText(now)}};
    const std::string text = TRY(signedText(document, signature));
    signature["signatureValue"] = base64(TRY(key.sign(bytesOf(text))));
    document["signature"] = std::move(signature);
    return {};
}

Result<LinkedDataSignature> readLinkedDataSignature(const Json& document)
{
    const auto found = document.is_object() ? document.find("signature") : document.end();
    if (found == document.end())
        return fail(Fault::NotFound, "document: has no signature");
    const std::string* type = found->is_object() ? textIn(*found, "type") : nullptr;
    if (!type || *type != "RsaSignature2017")
        return fail(Fault::Denied, "signature: must be one RsaSignature2017");
    const std::string* creator = textIn(*found, "creator");
    const std::string* created = textIn(*found, "created");
    const std::string* value = textIn(*found, "signatureValue");
    if (!creator || !created || !value)
        return fail(Fault::Denied, "signature: creator, created or signatureValue is missing");
    const auto seconds = secondsOfUtc(*created);
    auto bytes = bytesOfBase64(*value);
    auto text = signedText(document, *found);
    if (!seconds || !bytes || !text)
        return fail(Fault::Denied, "signature: " + (!seconds ? seconds.error() : !bytes ? bytes.error()
                                                                                        : text.error())
                                                       .message);
    return LinkedDataSignature{*creator, *seconds, std::move(*text), std::move(*bytes)};
}

bool isSignedBy(const LinkedDataSignature& signature, const PublicKey& key)
{
    return key.algorithm() == KeyAlgorithm::Rsa2048 && key.verify(bytesOf(signature.signedText), signature.value);
}

} // namespace artdag
