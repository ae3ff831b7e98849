// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/federation/context_tables.h"

#include "core/federation/vocabulary.h"

#include <initializer_list>

namespace artdag {

namespace {

constexpr std::string_view as = "https://www.w3.org/ns/activitystreams#";
constexpr std::string_view sec = "https://w3id.org/security#";
constexpr std::string_view xsd = "http://www.w3.org/2001/XMLSchema#";
constexpr std::string_view dc = "http://purl.org/dc/terms/";
constexpr std::string_view schema = "http://schema.org/";
constexpr std::string_view credentials = "https://w3id.org/credentials#";
constexpr std::string_view dateTime = "http://www.w3.org/2001/XMLSchema#dateTime";
constexpr std::string_view multibase = "https://w3id.org/security#multibase";

/// Terms that are alike: the IRI of each is the prefix and its name, or what stands after `=`.
struct TermGroup {
    std::string_view prefix, type, container;
    std::string_view names;
    const TermMap* scoped = nullptr;
};

TermMap mapOf(std::initializer_list<TermGroup> groups)
{
    TermMap map{{"id", {"@id"}}, {"type", {"@type"}}};
    for (const TermGroup& group : groups)
        for (std::string_view rest = group.names; !rest.empty();) {
            const std::string_view word = rest.substr(0, rest.find(' '));
            rest.remove_prefix(std::min(word.size() + 1, rest.size()));
            const auto equals = word.find('=');
            const std::string_view local = equals == std::string_view::npos ? word : word.substr(equals + 1);
            TermMeaning meaning{std::string(group.prefix) + std::string(local), std::string(group.type), std::string(group.container), false, group.scoped};
            meaning.isPrefix = group.type.empty() && group.container.empty() && std::string_view(":/?#[]@").find(meaning.iri.back()) != std::string_view::npos;
            map.emplace(word.substr(0, equals), std::move(meaning));
        }
    return map;
}

const TermMap& activityStreamsTerms()
{
    static const TermMap map = mapOf({
        {"", "", "", "as=https://www.w3.org/ns/activitystreams# xsd=http://www.w3.org/2001/XMLSchema# ldp=http://www.w3.org/ns/ldp# vcard=http://www.w3.org/2006/vcard/ns#"},
        {as, "", "", "Accept Activity IntransitiveActivity Add Announce Application Arrive Article Audio Block Collection CollectionPage Relationship Create Delete Dislike Document Event Follow Flag Group Ignore Image "
                     "Invite Join Leave Like Link Mention Note Object Offer OrderedCollection OrderedCollectionPage Organization Page Person Place Profile Question Reject Remove Service TentativeAccept "
                     "TentativeReject Tombstone Undo Update Video View Listen Read Move Travel IsFollowing IsFollowedBy IsContact IsMember"},
        {as, "@id", "", "subject relationship actor attributedTo attachment bcc bto cc context current first generator icon image inReplyTo items instrument last location next object oneOf anyOf origin prev preview "
                        "replies result audience partOf tag target to url href describes formerType outbox following followers streams endpoints uploadMedia proxyUrl liked oauthAuthorizationEndpoint "
                        "oauthTokenEndpoint provideClientKey signClientKey sharedInbox Public likes shares alsoKnownAs"},
        {as, "", "", "content name hreflang mediaType rel summary units preferredUsername source"},
        {as, dateTime, "", "closed endTime published startTime updated deleted"},
        {as, "http://www.w3.org/2001/XMLSchema#float", "", "accuracy altitude latitude longitude radius"},
        {as, "http://www.w3.org/2001/XMLSchema#nonNegativeInteger", "", "height startIndex totalItems width"},
        {as, "http://www.w3.org/2001/XMLSchema#duration", "", "duration"},
        {as, "", "@language", "contentMap=content nameMap=name summaryMap=summary"},
        {as, "@id", "@list", "orderedItems=items"},
        {"http://www.w3.org/ns/ldp#", "@id", "", "inbox"},
    });
    return map;
}

const TermMap& securityTerms()
{
    static const TermMap map = mapOf({
        {"", "", "", "dc=http://purl.org/dc/terms/ sec=https://w3id.org/security# xsd=http://www.w3.org/2001/XMLSchema#"},
        {sec, "", "", "EcdsaKoblitzSignature2016 Ed25519Signature2018 EncryptedMessage GraphSignature2012 LinkedDataSignature2015 LinkedDataSignature2016 CryptographicKey=Key authenticationTag canonicalizationAlgorithm "
                      "cipherAlgorithm cipherData cipherKey digestAlgorithm digestValue domain encryptionKey initializationVector iterationCount nonce normalizationAlgorithm password privateKeyPem publicKeyBase58 "
                      "publicKeyPem publicKeyWif salt signature signatureAlgorithm=signingAlgorithm signatureValue"},
        {sec, "@id", "", "owner privateKey publicKey publicKeyService"},
        {sec, dateTime, "", "expiration expires=expiration revoked"},
        {dc, dateTime, "", "created"},
        {dc, "@id", "", "creator"},
    });
    return map;
}

const TermMap& identityTerms()
{
    static const TermMap map = mapOf({
        {"", "", "", "cred=https://w3id.org/credentials# dc=http://purl.org/dc/terms/ identity=https://w3id.org/identity# perm=https://w3id.org/permissions# ps=https://w3id.org/payswarm# "
                     "rdf=http://www.w3.org/1999/02/22-rdf-syntax-ns# rdfs=http://www.w3.org/2000/01/rdf-schema# sec=https://w3id.org/security# schema=http://schema.org/ xsd=http://www.w3.org/2001/XMLSchema#"},
        {as, "", "", "Group"},
        {credentials, "@id", "", "claim credential issuer recipient"},
        {credentials, dateTime, "", "issued"},
        {credentials, "", "", "Credential CryptographicKeyCredential"},
        {schema, "@id", "", "about address image url member memberOf"},
        {schema, "", "", "addressCountry addressLocality addressRegion description email familyName givenName name postalCode streetAddress Person PostalAddress Organization"},
        {"http://www.w3.org/2000/01/rdf-schema#", "", "", "comment label"},
        {dc, dateTime, "", "created"},
        {dc, "@id", "", "creator"},
        {dc, "", "", "title"},
        {"https://w3id.org/identity#", "@id", "", "identityService idp"},
        {"https://w3id.org/identity#", "", "", "Identity"},
        {"https://w3id.org/payswarm#", "", "", "paymentProcessor=processor"},
        {"https://w3id.org/payswarm#", "@vocab", "", "preferences"},
        {sec, "", "", "cipherAlgorithm cipherData cipherKey digestAlgorithm digestValue domain initializationVector nonce normalizationAlgorithm password privateKeyPem publicKeyPem signature signatureAlgorithm "
                      "signatureValue CryptographicKey=Key EncryptedMessage GraphSignature2012 LinkedDataSignature2015"},
        {sec, "@id", "", "owner privateKey publicKey publicKeyService"},
        {sec, dateTime, "", "expires=expiration revoked"},
        {"https://w3id.org/permissions#", "@id", "", "accessControl writePermission"},
    });
    return map;
}

/// What may stand in `proofPurpose`.
const TermMap& proofPurposes()
{
    static const TermMap map = mapOf({{sec, "@id", "@set", "assertionMethod authentication=authenticationMethod capabilityInvocation=capabilityInvocationMethod capabilityDelegation=capabilityDelegationMethod keyAgreement=keyAgreementMethod"}});
    return map;
}

TermMap proofTerms(bool second)
{
    return mapOf({
        {sec, "", "", second ? "challenge domain nonce" : "challenge domain nonce cryptosuite"},
        {dc, dateTime, "", "created"},
        {sec, dateTime, "", "expires=expiration"},
        {sec, "@vocab", "", "proofPurpose", &proofPurposes()},
        {sec, multibase, "", "proofValue"},
        {sec, "@id", "", second ? "verificationMethod previousProof" : "verificationMethod"},
        {sec, "https://w3id.org/security#cryptosuiteString", "", second ? "cryptosuite" : ""},
    });
}

const TermMap& dataIntegrityTerms()
{
    static const TermMap proof = proofTerms(false);
    static const TermMap map = mapOf({{sec, multibase, "", "digestMultibase"}, {sec, "@id", "@graph", "proof"}, {sec, "", "", "DataIntegrityProof", &proof}});
    return map;
}

const TermMap& dataIntegrity2Terms()
{
    static const TermMap proof = proofTerms(true);
    static const TermMap map = mapOf({{sec, "@id", "@graph", "proof"}, {sec, "", "", "DataIntegrityProof", &proof}});
    return map;
}

const TermMap& didTerms()
{
    static const TermMap service = mapOf({{"https://www.w3.org/ns/did#", "@id", "", "serviceEndpoint"}});
    static const TermMap map = mapOf({
        {as, "@id", "", "alsoKnownAs"},
        {sec, "@id", "@set", "assertionMethod authentication=authenticationMethod capabilityInvocation=capabilityInvocationMethod capabilityDelegation=capabilityDelegationMethod keyAgreement=keyAgreementMethod"},
        {sec, "@id", "", "controller verificationMethod"},
        {"https://www.w3.org/ns/did#", "@id", "", "service", &service},
    });
    return map;
}

const TermMap& multikeyTerms()
{
    static const TermMap key = mapOf({{sec, "@id", "", "controller"}, {sec, dateTime, "", "revoked expires=expiration"}, {sec, multibase, "", "publicKeyMultibase secretKeyMultibase"}});
    static const TermMap map = mapOf({{sec, "", "", "Multikey", &key}});
    return map;
}

} // namespace

const TermMap* knownContext(std::string_view url)
{
    if (url == activityStreams)
        return &activityStreamsTerms();
    if (url == "https://w3id.org/security/v1")
        return &securityTerms();
    if (url == "https://w3id.org/identity/v1")
        return &identityTerms();
    if (url == "https://w3id.org/security/data-integrity/v1")
        return &dataIntegrityTerms();
    if (url == "https://w3id.org/security/data-integrity/v2")
        return &dataIntegrity2Terms();
    if (url == "https://www.w3.org/ns/did/v1")
        return &didTerms();
    if (url == "https://w3id.org/security/multikey/v1")
        return &multikeyTerms();
    return nullptr;
}

const TermMap& guardedTerms()
{
    static const TermMap map = [] {
        TermMap all = mapOf({
            {as, "", "", "sensitive Hashtag manuallyApprovesFollowers"},
            {artdagNamespace, "", "", "contentHash assetType provenanceHash framesHash claimHash creatorKey role weight payoutPolicy price supersedes access"},
            {artdagNamespace, "@id", "", "provenance claim recipe ingredient derivedFrom disclosure template"},
            {artdagNamespace, "@id", "@set", "inputs effects"},
        });
        for (const TermMap* terms : {&activityStreamsTerms(), &securityTerms(), &multikeyTerms()})
            all.insert(terms->begin(), terms->end());
        all.emplace("proof", dataIntegrityTerms().at("proof"));
        return all;
    }();
    return map;
}

} // namespace artdag
