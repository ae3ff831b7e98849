// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/credentials/write_credentials.h"

#include "core/credentials/cose.h"
#include "core/credentials/jumbf.h"

namespace artdag {

namespace {

constexpr std::string_view programName = "Art DAG";
constexpr std::string_view sourceTypes = "http://cv.iptc.org/newscodes/digitalsourcetype/";

struct Assertion {
    std::string label;
    Bytes box;
};

/// A UUID in the form of version 4, which C2PA asks for, made of what the credentials speak of instead of chance.
std::string uuidOf(const CredentialFacts& facts, const Binding& binding, ByteView leaf)
{
    Hasher hasher(Hasher::Algorithm::Sha256);
    hasher.add(std::string_view("artdag.c2pa.manifest.1\n")).add(facts.manifest).add(binding.value).add(leaf);
    Digest digest = hasher.finish();
    digest[6] = static_cast<std::uint8_t>((digest[6] & 0x0F) | 0x40);
    digest[8] = static_cast<std::uint8_t>((digest[8] & 0x3F) | 0x80);
    std::string text = hexOf(ByteView(digest).first(16));
    for (const std::size_t at : {8U, 13U, 18U, 23U})
        text.insert(at, "-");
    return text;
}

Assertion assertionOf(std::string label, const Cbor& content)
{
    Bytes box = superbox("cbor", label, plainBox("cbor", writeCbor(content)));
    return {std::move(label), std::move(box)};
}

/// hashed-uri-map (C2PA 2.1 §8.4.2): the hash leaves out the superbox's own 8-byte header.
Cbor linkTo(const Assertion& assertion)
{
    return Cbor::ofMap({{"url", Cbor::ofText("self#jumbf=c2pa.assertions/" + assertion.label)}, {"hash", Cbor::ofBytes(sha256(ByteView(assertion.box).subspan(8)))}});
}

Cbor programOf(const CredentialFacts& facts)
{
    return Cbor::ofMap({{"name", Cbor::ofText(programName)}, {"version", Cbor::ofText(facts.version.empty() ? "unknown" : facts.version)}});
}

std::vector<Assertion> ingredientsOf(const CredentialFacts& facts)
{
    std::vector<Assertion> ingredients;
    for (const CredentialFacts::Input& input : facts.inputs) {
        std::string label = "c2pa.ingredient.v3";
        if (!ingredients.empty())
            label += "__" + std::to_string(ingredients.size());
        Cbor content = Cbor::ofMap({{"dc:title", Cbor::ofText(input.title)}, {"relationship", Cbor::ofText(facts.inputs.size() == 1 ? "parentOf" : "componentOf")}, {"instanceID", Cbor::ofText(input.id)}});
        if (!input.description.empty()) {
            content.items.push_back(Cbor::ofText("description"));
            content.items.push_back(Cbor::ofText(input.description));
        }
        ingredients.push_back(assertionOf(std::move(label), content));
    }
    return ingredients;
}

/// c2pa.actions.v2 (§18.15): a manifest begins with what was created or opened.
Assertion actionsOf(const CredentialFacts& facts, const std::vector<Assertion>& ingredients)
{
    const auto action = [&](std::string_view name, bool hasSource, const Assertion* ingredient) {
        Cbor one = Cbor::ofMap({{"action", Cbor::ofText(name)}, {"when", Cbor::ofTag(0, Cbor::ofText(facts.when))}, {"softwareAgent", programOf(facts)}});
        const auto add = [&](std::string_view member, Cbor value) {
            one.items.push_back(Cbor::ofText(member));
            one.items.push_back(std::move(value));
        };
        if (hasSource)
            add("digitalSourceType", Cbor::ofText(std::string(sourceTypes) + facts.source));
        if (ingredient != nullptr)
            add("parameters", Cbor::ofMap({{"ingredients", Cbor::ofArray({linkTo(*ingredient)})}}));
        return one;
    };
    std::vector<Cbor> actions;
    if (ingredients.size() == 1) {
        actions = {action("c2pa.opened", false, &ingredients.front()), action("c2pa.edited", true, nullptr)};
    } else {
        actions.push_back(action("c2pa.created", true, nullptr));
        for (const Assertion& ingredient : ingredients)
            actions.push_back(action("c2pa.placed", false, &ingredient));
    }
    return assertionOf("c2pa.actions.v2", Cbor::ofMap({{"actions", Cbor::ofArray(std::move(actions))}, {"allActionsIncluded", Cbor::ofBoolean(true)}}));
}

} // namespace

Result<Bytes> writeCredentials(const CredentialFacts& facts, const Binding& binding, const SigningKey& key, const CertificateChain& chain)
{
    const std::string uuid = uuidOf(facts, binding, chain.leaf);
    const std::string label = "urn:c2pa:" + uuid;
    std::vector<Assertion> assertions = ingredientsOf(facts);
    assertions.insert(assertions.begin(), actionsOf(facts, assertions));
    assertions.push_back(assertionOf(std::string(runAssertion), Cbor::ofMap({{"manifest", Cbor::ofText(facts.manifest)}, {"recipe", Cbor::ofText(facts.recipe)}, {"rendered", Cbor::ofText(facts.rendered)}})));
    assertions.push_back(assertionOf(binding.label, writeBinding(binding)));

    Bytes boxes;
    std::vector<Cbor> links;
    for (const Assertion& one : assertions) {
        boxes.insert(boxes.end(), one.box.begin(), one.box.end());
        links.push_back(linkTo(one));
    }
    const Bytes claim = writeCbor(Cbor::ofMap({{"instanceID", Cbor::ofText("xmp:iid:" + uuid)}, {"claim_generator_info", programOf(facts)}, {"signature", Cbor::ofText("self#jumbf=/c2pa/" + label + "/c2pa.signature")}, {"created_assertions", Cbor::ofArray(std::move(links))}, {"alg", Cbor::ofText("sha256")}}));
    Bytes manifest = superbox("c2as", "c2pa.assertions", boxes);
    for (const Bytes& part : {superbox("c2cl", "c2pa.claim.v2", plainBox("cbor", claim)), superbox("c2cs", "c2pa.signature", plainBox("cbor", TRY(signClaim(key, chain, claim))))})
        manifest.insert(manifest.end(), part.begin(), part.end());
    return superbox("c2pa", "c2pa", superbox("c2ma", label, manifest));
}

} // namespace artdag
