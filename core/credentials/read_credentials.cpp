// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/credentials/read_credentials.h"

#include "core/credentials/cose.h"
#include "core/credentials/jumbf.h"
#include "core/credentials/write_credentials.h"

#include <algorithm>
#include <openssl/evp.h>

namespace artdag {

namespace {

constexpr std::string_view assertionStore = "c2pa.assertions";

/// `c2pa.ingredient.v3__2` → `c2pa.ingredient.v3`
std::string_view kindOf(std::string_view label)
{
    return label.substr(0, label.find("__"));
}

/// Of SHA-2, by C2PA's name for it; empty for another.
Bytes hashBy(const std::string& algorithm, ByteView bytes)
{
    const EVP_MD* kind = algorithm == "sha256" ? EVP_sha256() : algorithm == "sha384" ? EVP_sha384()
        : algorithm == "sha512"                                                       ? EVP_sha512()
                                                                                      : nullptr;
    Bytes digest(EVP_MAX_MD_SIZE);
    unsigned length = 0;
    if (kind == nullptr || EVP_Digest(bytes.data(), bytes.size(), digest.data(), &length, kind, nullptr) != 1)
        return {};
    digest.resize(length);
    return digest;
}

class StoreReader {
public:
    StoreReader(const JumbfBox& manifest, const std::vector<Bytes>& roots, std::int64_t now)
        : m_manifest(manifest),
          m_roots(roots),
          m_now(now) {}

    Result<CredentialReading> read()
    {
        const JumbfBox* claim = m_manifest.child("c2pa.claim.v2") != nullptr ? m_manifest.child("c2pa.claim.v2") : m_manifest.child("c2pa.claim");
        const JumbfBox* signature = m_manifest.child("c2pa.signature");
        if (claim == nullptr || signature == nullptr)
            return fail(Fault::BadInput, "credentials: there is no claim, or no signature");
        m_claim = TRY(readCbor(claim->content));
        m_result.credentials.label = m_manifest.label;
        m_result.credentials.title = m_claim.textOf("dc:title");
        readGenerator();
        TRY(readSignature(signature->content, claim->content));
        const std::string where = m_claim.textOf("signature");
        if (where != "self#jumbf=/c2pa/" + m_manifest.label + "/c2pa.signature" && where != "self#jumbf=c2pa.signature")
            say("claimSignature.missing", CredentialState::Tampered, "the claim names another signature than its own");
        readAssertions();
        return std::move(m_result);
    }

private:
    void say(std::string code, CredentialState state, std::string words)
    {
        m_result.credentials.findings.push_back({std::move(code), state, std::move(words)});
    }

    /// One in version 2, a list in version 1, and a text before.
    void readGenerator()
    {
        const Cbor* program = m_claim.find("claim_generator_info");
        if (program != nullptr && program->kind == Cbor::Kind::Array && !program->items.empty())
            program = &program->items.front();
        std::string& generator = m_result.credentials.generator;
        generator = program == nullptr ? m_claim.textOf("claim_generator") : program->textOf("name");
        if (program != nullptr && !program->textOf("version").empty())
            generator += " " + program->textOf("version");
    }

    Result<void> readSignature(ByteView bytes, ByteView claim)
    {
        const ClaimSignature signature = TRY(readClaimSignature(bytes, claim));
        const Certificate& leaf = signature.chain.front();
        m_result.credentials.signer = {leaf.commonName(), leaf.organization(), leaf.kid(), signature.algorithm ? nameOf(*signature.algorithm) : "", signature.hasTimestamp};
        if (!signature.algorithm)
            say("algorithm.unsupported", CredentialState::Unknown, "it is signed in a way that is not known here");
        else if (signature.isGood)
            say("claimSignature.validated", CredentialState::Valid, "the signature is that of the key in its certificate");
        else
            say("claimSignature.mismatch", CredentialState::Tampered, "the claim is not the one that was signed");
        if (!leaf.maySign())
            say("signingCredential.invalid", CredentialState::Untrusted, "the certificate is not one for Content Credentials");
        if (!leaf.isValidAt(m_now))
            say("signingCredential.expired", CredentialState::Untrusted, "the certificate is not valid today");
        if (leaf.leadsTo(m_roots, signature.chain, m_now))
            say("signingCredential.trusted", CredentialState::Valid, "the certificate leads to one that you trust");
        else
            say("signingCredential.untrusted", CredentialState::Untrusted, "whose key this is nobody vouches for here");
        return {};
    }

    /// The assertion that an address of this manifest means; null for none.
    const JumbfBox* assertionAt(std::string_view url, const JumbfBox& store) const
    {
        const std::string whole = "self#jumbf=/c2pa/" + m_manifest.label + "/" + std::string(assertionStore) + "/";
        const std::string within = "self#jumbf=" + std::string(assertionStore) + "/";
        for (const std::string& before : {whole, within})
            if (url.starts_with(before))
                return store.child(url.substr(before.size()));
        return nullptr;
    }

    void readAssertions()
    {
        const JumbfBox* store = m_manifest.child(assertionStore);
        std::vector<const JumbfBox*> named;
        const std::string hashOfClaim = m_claim.textOf("alg").empty() ? "sha256" : m_claim.textOf("alg");
        for (const char* list : {"created_assertions", "gathered_assertions", "assertions"}) {
            const Cbor* links = m_claim.find(list);
            for (std::size_t at = 0; links != nullptr && links->kind == Cbor::Kind::Array && at < links->items.size(); ++at) {
                const Cbor& link = links->items[at];
                const JumbfBox* assertion = store == nullptr ? nullptr : assertionAt(link.textOf("url"), *store);
                if (assertion == nullptr) {
                    say("assertion.missing", CredentialState::Tampered, "'" + link.textOf("url") + "' is not there");
                    continue;
                }
                named.push_back(assertion);
                checkLink(link, *assertion, hashOfClaim);
                readAssertion(*assertion, hashOfClaim);
            }
        }
        for (std::size_t at = 0; store != nullptr && at < store->children.size(); ++at)
            if (std::find(named.begin(), named.end(), &store->children[at]) == named.end())
                say("assertion.undeclared", CredentialState::Tampered, "the claim does not speak of '" + store->children[at].label + "'");
        judgeBinding();
    }

    void checkLink(const Cbor& link, const JumbfBox& assertion, const std::string& hashOfClaim)
    {
        const std::string algorithm = link.textOf("alg").empty() ? hashOfClaim : link.textOf("alg");
        const Cbor* said = link.find("hash");
        const Bytes hash = hashBy(algorithm, assertion.body);
        if (hash.empty())
            say("algorithm.unsupported", CredentialState::Unknown, "'" + assertion.label + "' has a hash of a kind that is not known here");
        else if (said != nullptr && said->kind == Cbor::Kind::Bytes && std::ranges::equal(said->bytes(), hash))
            say("assertion.hashedURI.match", CredentialState::Valid, "'" + assertion.label + "' is what the claim speaks of");
        else
            say("assertion.hashedURI.mismatch", CredentialState::Tampered, "'" + assertion.label + "' was changed");
    }

    void readAssertion(const JumbfBox& assertion, const std::string& hashOfClaim)
    {
        const std::string_view kind = kindOf(assertion.label);
        const bool isBinding = kind.starts_with("c2pa.hash.");
        const bool isActions = kind.starts_with("c2pa.actions"), isIngredient = kind.starts_with("c2pa.ingredient");
        if (!isBinding && !isActions && !isIngredient && kind != runAssertion)
            return;
        const auto content = assertion.kind == "cbor" ? readCbor(assertion.content) : Result<Cbor>(fail(Fault::BadInput, "credentials: an assertion is of another kind than it should"));
        if (!content) {
            say("assertion.cbor.invalid", CredentialState::Tampered, "'" + assertion.label + "' cannot be read");
            return;
        }
        Credentials& to = m_result.credentials;
        if (isBinding) {
            if (!m_result.binding.label.empty())
                say("assertion.multipleHardBindings", CredentialState::Tampered, "it is bound to the file more than once");
            m_result.binding = readBinding(std::string(kind), *content, hashOfClaim);
        } else if (isIngredient) {
            const bool has = content->find("activeManifest") != nullptr || content->find("c2pa_manifest") != nullptr;
            to.ingredients.push_back({content->textOf("dc:title"), content->textOf("relationship"), content->textOf("instanceID"), has});
        } else if (isActions) {
            const Cbor* actions = content->find("actions");
            for (std::size_t at = 0; actions != nullptr && actions->kind == Cbor::Kind::Array && at < actions->items.size(); ++at) {
                const Cbor& one = actions->items[at];
                const std::string source = one.textOf("digitalSourceType");
                to.actions.push_back({one.textOf("action"), source.substr(source.rfind('/') + 1), one.textOf("when")});
            }
        } else {
            to.manifest = content->textOf("manifest");
            to.recipe = content->textOf("recipe");
            to.rendered = content->textOf("rendered");
        }
    }

    void judgeBinding()
    {
        const Binding& binding = m_result.binding;
        if (binding.label.empty() && m_manifest.kind == "c2um")
            say("claim.hardBindings.missing", CredentialState::Unknown, "it is an update, and what it updates is not looked at");
        else if (binding.label.empty())
            say("claim.hardBindings.missing", CredentialState::Tampered, "it is bound to no file");
        else if (binding.isMalformed)
            say(binding.label == "c2pa.hash.data" ? "assertion.dataHash.malformed" : "assertion.bmffHash.malformed", CredentialState::Tampered, "how it is bound to the file cannot be read");
        else if (!binding.data && !binding.boxes)
            say("algorithm.unsupported", CredentialState::Unknown, "it is bound to the file by " + binding.label + ", in a way that is not checked here");
    }

    const JumbfBox& m_manifest;
    const std::vector<Bytes>& m_roots;
    const std::int64_t m_now;
    Cbor m_claim;
    CredentialReading m_result;
};

/// The manifest that counts (C2PA 2.1 §11.1.4.2).
Result<const JumbfBox*> newestManifest(const JumbfBox& store)
{
    if (store.kind != "c2pa" || store.children.empty())
        return fail(Fault::BadInput, "credentials: there is no manifest");
    const JumbfBox& newest = store.children.back();
    if (newest.kind != "c2ma" && newest.kind != "c2um")
        return fail(Fault::BadInput, "credentials: the newest manifest is of a kind that is not known");
    return &newest;
}

} // namespace

CredentialState Credentials::state() const
{
    const auto worst = std::ranges::max_element(findings, {}, &CredentialFinding::state);
    return worst == findings.end() ? CredentialState::Unknown : worst->state;
}

Result<CredentialReading> readCredentialStore(ByteView store, const std::vector<Bytes>& roots, std::int64_t now)
{
    const JumbfBox whole = TRY(readJumbf(store));
    return StoreReader(*TRY(newestManifest(whole)), roots, now).read();
}

bool areOurCredentials(ByteView store)
{
    const auto whole = readJumbf(store);
    const auto newest = whole ? newestManifest(*whole) : Result<const JumbfBox*>(nullptr);
    const JumbfBox* assertions = newest && *newest != nullptr ? (*newest)->child(assertionStore) : nullptr;
    const JumbfBox* run = assertions == nullptr ? nullptr : assertions->child(runAssertion);
    const auto said = run == nullptr ? Result<Cbor>(Cbor()) : readCbor(run->content);
    return said && !said->textOf("manifest").empty();
}

} // namespace artdag
