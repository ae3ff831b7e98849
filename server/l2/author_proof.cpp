// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/author_proof.h"

#include "server/l2/bodies.h"

namespace artdag::server {

namespace {

/// base58 with Bitcoin's alphabet after the multibase letter `z`.
Result<Bytes> bytesOfMultibase(std::string_view text)
{
    constexpr std::string_view alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    if (text.size() < 2 || text.size() > 200 || text.front() != 'z')
        return fail(Fault::BadInput, "'proofValue': must be z and base58btc");
    Bytes little; // least significant byte first
    for (const char c : text.substr(1)) {
        const auto digit = alphabet.find(c);
        if (digit == std::string_view::npos)
            return fail(Fault::BadInput, "'proofValue': must be z and base58btc");
        auto carry = static_cast<unsigned>(digit);
        for (std::uint8_t& byte : little) {
            carry += 58U * byte;
            byte = static_cast<std::uint8_t>(carry);
            carry >>= 8;
        }
        if (carry != 0)
            little.push_back(static_cast<std::uint8_t>(carry));
    }
    for (std::size_t i = 1; i < text.size() && text[i] == '1'; ++i)
        little.push_back(0);
    return Bytes(little.rbegin(), little.rend());
}

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
    const Bytes signature = TRY(bytesOfMultibase(TRY(requiredText(proof, "proofValue", 200))));
    Json unsignedProof = proof;
    unsignedProof.erase("proofValue");
    const Digest proofHash = sha256(bytesOf(canonicalJson(unsignedProof)));
    const Digest documentHash = sha256(bytesOf(canonicalJson(document)));
    Bytes message(proofHash.begin(), proofHash.end()); // eddsa-jcs-2022 §3.3.4: the proof's hash comes first
    message.insert(message.end(), documentHash.begin(), documentHash.end());
    if (!key.verify(message, signature))
        return fail(Fault::Denied, "'proof': it does not verify for this activity");
    return {};
}

} // namespace artdag::server
