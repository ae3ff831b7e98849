// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/provenance/consent.h"

#include "core/identity/keys.h"
#include "core/provenance/members.h"

namespace artdag {

namespace {

constexpr std::int64_t wholeWeight = 10'000;

Result<void> finishSigned(const Json& document, Members& members)
{
    if (members.has("sig")) {
        TRY(signersOf(document));
        TRY(members.eachItem("sig", 16, [](const Json&, const std::string&) { return Result<void>(); }));
    }
    return members.finish();
}

} // namespace

Result<Json> makeConsent(const ConsentFacts& facts)
{
    Json document{{"v", 1}, {"type", "artdag.consent"}, {"claim", facts.claim.text()}, {"payee", facts.payee}, {"policy", facts.policy}, {"weight_bp", facts.weight}, {"created_at", facts.createdAt}};
    TRY(readConsent(document));
    return document;
}

Result<ConsentFacts> readConsent(const Json& document)
{
    Members members = TRY(Members::of(document, ""));
    ConsentFacts facts;
    TRY(members.integer("v", 1, 1));
    TRY(members.constant("type", "artdag.consent"));
    facts.claim = TRY(members.hash<ManifestId>("claim"));
    facts.payee = TRY(members.text("payee", form::actor));
    facts.policy = TRY(members.text("policy", form::token));
    facts.weight = static_cast<int>(TRY(members.integer("weight_bp", 1, wholeWeight)));
    facts.createdAt = TRY(members.text("created_at", form::instant));
    TRY(finishSigned(document, members));
    return facts;
}

Result<Json> makeConsentRevocation(const ConsentRevocationFacts& facts)
{
    Json document{{"v", 1}, {"type", "artdag.consent-revocation"}, {"consent", facts.consent.text()}, {"created_at", facts.createdAt}};
    TRY(readConsentRevocation(document));
    return document;
}

Result<ConsentRevocationFacts> readConsentRevocation(const Json& document)
{
    Members members = TRY(Members::of(document, ""));
    ConsentRevocationFacts facts;
    TRY(members.integer("v", 1, 1));
    TRY(members.constant("type", "artdag.consent-revocation"));
    facts.consent = TRY(members.hash<ManifestId>("consent"));
    facts.createdAt = TRY(members.text("created_at", form::instant));
    TRY(finishSigned(document, members));
    return facts;
}

} // namespace artdag
