// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/vouching_routes.h"

#include "core/provenance/claim.h"
#include "core/provenance/consent.h"
#include "server/l2/asset_routes.h"
#include "server/l2/bodies.h"
#include "server/l2/vouching.h"

namespace artdag::server {

namespace {

constexpr std::size_t longestReason = 2000;

Json vouchingJson(const Site& site, const Work& work, const Vouching& vouching)
{
    Json items = Json::array();
    int disputes = 0;
    for (const Voucher& voucher : vouching.vouchers) {
        const Attestation& attestation = voucher.attestation;
        disputes += attestation.kind == "dispute" ? 1 : 0;
        items.push_back(Json{{"kind", attestation.kind}, {"by", attestation.account.empty() ? Json(nullptr) : Json(attestation.account)}, {"kid", attestation.kid.empty() ? Json(nullptr) : Json(attestation.kid)},
            {"received_at", isoTime(attestation.receivedAt)}, {"id", attestation.hash.text()}, {"document", Json::parse(attestation.bytes)}});
    }
    return {{"asset", site.instance.publicUrl + "/assets/@" + work.owner + "/" + work.name}, {"rerendered_by", vouching.rerenderedBy.size()}, {"differs_for", vouching.differsFor.size()}, {"disputes", disputes}, {"items", std::move(items)}};
}

Json consentJson(const Consent& consent)
{
    return {{"id", consent.hash.text()}, {"claim", consent.claim.text()}, {"consent", Json::parse(consent.bytes)}, {"received_at", isoTime(consent.receivedAt)},
        {"revocation", consent.revocation.empty() ? Json(nullptr) : Json::parse(consent.revocation)}, {"revoked_at", consent.revokedAt == 0 ? Json(nullptr) : Json(isoTime(consent.revokedAt))}};
}

/// Every signature by a key of the caller's that is in use.
Result<void> verifyByCaller(Site& site, const Caller& caller, std::string_view prefix, const Json& document)
{
    return verifyDocument(prefix, document, [&](const std::string& kid) -> Result<PublicKey> {
        const auto key = findKey(*site.database, kid);
        if (!key || key->userId != caller.userId || key->revokedAt != 0)
            return fail(Fault::Denied, "key " + kid.substr(0, 100) + ": it is not registered with your account, or was revoked");
        return key->key;
    });
}

/// The claim must give this payee exactly this share under this policy.
Result<void> checkShare(Site& site, const ConsentFacts& consent)
{
    const auto bytes = claimBytes(*site.database, consent.claim);
    if (!bytes)
        return fail(Fault::NotFound, "claim " + consent.claim.text() + ": it is not here");
    const ClaimFacts claim = TRY(readClaim(TRY(readJson(*bytes))));
    int weight = 0;
    for (const Ingredient& part : claim.ingredients)
        weight += part.owner == consent.payee ? part.weight : 0;
    if (weight != consent.weight || claim.payoutPolicy != consent.policy)
        return fail(Fault::BadInput, "consent: the claim gives " + consent.payee + " " + std::to_string(weight) + " basis points under '" + claim.payoutPolicy + "'");
    return {};
}

Result<Response> takeConsent(Site& site, const Request& request, const Json& document)
{
    const ConsentFacts facts = TRY(readConsent(document));
    if (facts.payee != site.instance.account(request.caller.user))
        return fail(Fault::Denied, "consent: it is " + facts.payee + "'s to give, not yours");
    TRY(verifyByCaller(site, request.caller, consentPrefix, document));
    TRY(checkShare(site, facts));
    Consent consent;
    consent.userId = request.caller.userId;
    consent.claim = facts.claim;
    consent.hash = documentId(document);
    consent.bytes = canonicalJson(document);
    consent.receivedAt = nowMicroseconds();
    const bool isNew = TRY(recordConsent(*site.database, consent));
    return jsonResponse(consentJson(TRY(findConsent(*site.database, consent.hash))), isNew ? 201 : 200);
}

Result<Response> takeRevocation(Site& site, const Request& request, const Json& document)
{
    const ConsentRevocationFacts facts = TRY(readConsentRevocation(document));
    const Consent consent = TRY(findConsent(*site.database, facts.consent));
    if (consent.userId != request.caller.userId)
        return fail(Fault::Denied, "consent " + facts.consent.text() + ": it is not yours to take back");
    TRY(verifyByCaller(site, request.caller, consentRevocationPrefix, document));
    TRY(revokeConsent(*site.database, facts.consent, canonicalJson(document), nowMicroseconds()));
    return jsonResponse(consentJson(TRY(findConsent(*site.database, facts.consent))), 201);
}

} // namespace

Result<Response> getAttestations(Site& site, const Request& request)
{
    const Work work = TRY(workOfRequest(site, request));
    return jsonResponse(vouchingJson(site, work, TRY(vouchingOf(site, work))));
}

Result<Response> postAttestations(Site& site, const Request& request)
{
    const Work work = TRY(workOfRequest(site, request));
    const Json body = TRY(readObject(request));
    const bool isNew = body.contains("artdag_cosignature") ? TRY(recordCosignature(site, work, body)) : TRY(recordReverification(site, work, body));
    return jsonResponse(vouchingJson(site, work, TRY(vouchingOf(site, work))), isNew ? 201 : 200);
}

Result<Response> postDisputes(Site& site, const Request& request)
{
    const Work work = TRY(workOfRequest(site, request));
    const std::string reason = TRY(requiredText(TRY(readObject(request)), "reason", longestReason));
    TRY(recordDispute(site, work, site.instance.account(request.caller.user), reason));
    return jsonResponse(vouchingJson(site, work, TRY(vouchingOf(site, work))), 201);
}

Result<Response> getConsents(Site& site, const Request& request)
{
    const auto claim = request.parameter("claim");
    if (!claim && request.caller.userId == 0)
        return fail(Fault::BadInput, "consents: say which ?claim=, or log in for your own");
    Json items = Json::array();
    const auto consents = claim ? TRY(consentsToClaim(*site.database, TRY(strictName<ManifestId>(*claim)))) : TRY(consentsOfUser(*site.database, request.caller.userId));
    for (const Consent& consent : consents)
        items.push_back(consentJson(consent));
    return jsonResponse(Json{{"items", std::move(items)}});
}

Result<Response> postConsents(Site& site, const Request& request)
{
    const Json document = TRY(readObject(request));
    const std::string type = TRY(requiredText(document, "type", 64));
    if (type == "artdag.consent-revocation")
        return takeRevocation(site, request, document);
    return takeConsent(site, request, document);
}

} // namespace artdag::server
