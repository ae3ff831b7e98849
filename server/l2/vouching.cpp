// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/vouching.h"

#include "core/provenance/check_provenance.h"
#include "core/provenance/cosignature.h"

#include <algorithm>

namespace artdag::server {

namespace {

constexpr std::size_t mostVouchers = 1000; // of a work: keys cost nothing

void addOnce(std::vector<std::string>& list, const std::string& text)
{
    if (std::ranges::find(list, text) == list.end())
        list.push_back(text);
}

/// The account that a key is registered to here, or empty. Denied for a key that was revoked.
Result<std::string> accountOfKey(Site& site, const std::string& kid)
{
    const auto key = findKey(*site.database, kid);
    if (!key)
        return std::string();
    if (key->revokedAt != 0)
        return fail(Fault::Denied, "key " + kid.substr(0, 100) + ": it was revoked");
    return site.instance.account(TRY(findUser(*site.database, key->userId)).name);
}

std::function<Result<PublicKey>(const std::string&)> among(const std::vector<PublicKey>& keys)
{
    return [&keys](const std::string& kid) -> Result<PublicKey> {
        const auto key = std::ranges::find_if(keys, [&](const PublicKey& candidate) { return candidate.kid() == kid; });
        if (key == keys.end())
            return fail(Fault::BadInput, "key " + kid.substr(0, 100) + ": it did not come with the document");
        return *key;
    };
}

/// A signed document that was checked, as it is kept.
Result<bool> record(Site& site, const Work& work, const char* kind, const Json& document, const std::string& account, const std::string& kid)
{
    if (TRY(listAttestations(*site.database, work.id)).size() >= mostVouchers)
        return fail(Fault::Conflict, "asset '@" + work.owner + "/" + work.name + "': as much is said about it as is kept");
    Attestation attestation;
    attestation.workId = work.id;
    attestation.kind = kind;
    attestation.account = account;
    attestation.kid = kid;
    attestation.bytes = canonicalJson(document);
    attestation.hash = ManifestId{sha3(bytesOf(attestation.bytes))}; // with its signatures: two parties may say the very same
    attestation.receivedAt = nowMicroseconds();
    return recordAttestation(*site.database, attestation, account == site.instance.account(work.owner) ? 0 : work.ownerId);
}

/// Of all that signed, the first that is somebody here; their key must be in use.
struct Signer {
    std::string account, kid;
};
Result<Signer> signerOf(Site& site, const Json& document)
{
    Signer signer;
    for (const std::string& kid : TRY(signersOf(document))) {
        const std::string account = TRY(accountOfKey(site, kid));
        if (signer.kid.empty() || (signer.account.empty() && !account.empty()))
            signer = {account, kid};
    }
    return signer;
}

Result<Voucher> voucherOf(const Attestation& attestation, const std::string& owner, const std::vector<std::string>& renderers)
{
    Voucher voucher{attestation, attestation.account.empty() ? attestation.kid : attestation.account, false, "", {}};
    voucher.isOther = attestation.account != owner && std::ranges::find(renderers, attestation.kid) == renderers.end();
    const Json document = TRY(readJson(attestation.bytes));
    if (attestation.kind == "reverification")
        voucher.rendered = TRY(readReverification(document));
    else if (const auto statement = document.find(attestation.kind == "dispute" ? "reason" : "statement"); statement != document.end() && statement->is_string())
        voucher.statement = statement->get<std::string>();
    return voucher;
}

} // namespace

Result<Vouching> vouchingOf(Site& site, const Work& work)
{
    Vouching vouching;
    std::vector<std::string> renderers;
    if (work.manifest)
        renderers = TRY(signersOf(TRY(readJson(TRY(manifestBytes(*site.database, *work.manifest))))));
    for (const Attestation& attestation : TRY(listAttestations(*site.database, work.id))) {
        Voucher voucher = TRY(voucherOf(attestation, site.instance.account(work.owner), renderers));
        if (voucher.rendered && voucher.isOther && voucher.rendered->run == work.manifest)
            addOnce(voucher.rendered->match ? vouching.rerenderedBy : vouching.differsFor, voucher.party);
        vouching.vouchers.push_back(std::move(voucher));
    }
    if (!work.claim)
        return vouching;
    const auto leaf = findLeaf(*site.database, "claim", work.claim->text());
    if (leaf && leaf->anchorId != 0)
        vouching.anchor = TRY(findAnchor(*site.database, leaf->anchorId));
    return vouching;
}

Result<bool> recordCosignature(Site& site, const Work& work, const Json& body)
{
    const CosignatureFile file = TRY(readCosignatureFile(body));
    const CosignatureFacts facts = TRY(readCosignature(file.document));
    if (!work.claim || facts.claim != *work.claim || facts.contentHash != work.content)
        return fail(Fault::BadInput, "cosignature: it is not about the claim of this work" + (work.claim ? ", which is " + work.claim->text() : std::string()));
    TRY(verifyDocument(cosignaturePrefix, file.document, among(file.keys)));
    const Signer signer = TRY(signerOf(site, file.document));
    const bool isOurs = facts.by.ends_with("@" + site.instance.domain);
    if (isOurs && facts.by != signer.account)
        return fail(Fault::Denied, "cosignature: it is in the name of " + facts.by + ", whose key did not sign it");
    return record(site, work, "cosignature", file.document, signer.account, signer.kid);
}

Result<bool> recordReverification(Site& site, const Work& work, const Json& body)
{
    auto file = readReverificationFile(body.dump());
    if (!file)
        return fail(Fault::BadInput, file.error().message);
    TRY(readReverification(file->document));
    if (!work.manifest)
        return fail(Fault::BadInput, "reverification: this work has no run manifest to compare it with");
    const Json manifest = TRY(readJson(TRY(manifestBytes(*site.database, *work.manifest))));
    for (const Finding& finding : checkReverification(*file, manifest))
        if (!finding.ok)
            return fail(finding.name.ends_with(".signature") ? Fault::Denied : Fault::BadInput, finding.name + ": " + finding.words);
    const Signer signer = TRY(signerOf(site, file->document));
    return record(site, work, "reverification", file->document, signer.account, signer.kid);
}

Result<bool> recordDispute(Site& site, const Work& work, const std::string& account, const std::string& reason)
{
    if (account == site.instance.account(work.owner))
        return fail(Fault::BadInput, "dispute: this is your own work; withdraw it instead");
    for (const Attestation& attestation : TRY(listAttestations(*site.database, work.id)))
        if (attestation.kind == "dispute" && attestation.account == account)
            return fail(Fault::Conflict, "dispute: you have disputed this work before");
    const Json document{{"type", "artdag.dispute"}, {"by", account}, {"claim", work.claim ? Json(work.claim->text()) : Json(nullptr)}, {"content_hash", work.content.text()}, {"reason", reason}, {"created_at", isoTime(nowMicroseconds())}};
    return record(site, work, "dispute", document, account, "");
}

} // namespace artdag::server
