// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/provenance/disclosure.h"

#include "core/provenance/members.h"

#include <algorithm>
#include <string_view>

namespace artdag {

namespace {

// Each hash has its own first bytes, so that none can be taken for another.
constexpr std::string_view partPrefix = "artdag.recipe-part.1\n";
constexpr std::string_view saltPrefix = "artdag.recipe-salt.1\n";
constexpr std::size_t saltSize = 16;
constexpr std::size_t mostParts = 10'000;
constexpr std::size_t longestWay = 64;
constexpr JsonLimits disclosureLimits{1U << 20, 64, 100'000};

Digest leafOfPart(ByteView salt, const std::vector<std::string>& path, const Json& value)
{
    return leafOf(salt, sha256(bytesOf(std::string(partPrefix) + canonicalJson(Json{{"path", path}, {"value", value}}))));
}

/// Only who has the secret can make it: SHA-3 is no chain that could be gone on with from a known salt.
Bytes saltOf(const Bytes& secret, const std::vector<std::string>& path)
{
    const Digest digest = Hasher().add(bytesOf(saltPrefix)).add(ByteView(secret)).add(bytesOf(canonicalJson(Json(path)))).finish();
    return {digest.begin(), digest.begin() + saltSize};
}

struct Tree {
    std::vector<DisclosedPart> parts; ///< without their ways
    std::vector<Digest> leaves;
};

Result<Tree> treeOf(const Seal& seal)
{
    const Json document = TRY(readJson(seal.recipe));
    if (!document.is_object() || seal.secret.size() != secretSize)
        return fail(Fault::BadInput, "seal: it has no recipe, or no secret");
    Tree tree;
    const auto add = [&](std::vector<std::string> path, const Json& value) {
        Bytes salt = saltOf(seal.secret, path);
        tree.parts.push_back({std::move(path), value, std::move(salt), {}});
    };
    for (const auto& [name, value] : document.items()) {
        if (name != "nodes") {
            add({name}, value);
            continue;
        }
        if (!value.is_object())
            return fail(Fault::BadInput, "recipe: its nodes are none");
        for (const auto& [node, meaning] : value.items())
            add({name, node}, meaning);
    }
    if (tree.parts.empty() || tree.parts.size() > mostParts)
        return fail(Fault::BadInput, "recipe: it has no parts, or too many, to be sealed");
    std::ranges::sort(tree.parts, {}, &DisclosedPart::path);
    for (const DisclosedPart& part : tree.parts)
        tree.leaves.push_back(leafOfPart(part.salt, part.path, part.value));
    return tree;
}

Result<DisclosedPart> readPart(const Json& item, const std::string& pointer)
{
    Members members = TRY(Members::of(item, pointer));
    DisclosedPart part;
    TRY(members.eachItem("path", 2, [&](const Json& name, const std::string& at) -> Result<void> {
        if (!name.is_string())
            return badMember(at, "must be a text");
        part.path.push_back(name.get<std::string>());
        return {};
    }));
    if (part.path.empty() || (part.path.size() == 2) != (part.path.front() == "nodes"))
        return badMember(pointer + "/path", "must be [\"nodes\", NODE] or [MEMBER]");
    part.value = TRY(members.value("value"));
    const std::string salt = TRY(members.text("salt", form::token));
    part.salt = TRY(bytesOfHex(salt));
    if (part.salt.size() != saltSize || hexOf(part.salt) != salt)
        return badMember(pointer + "/salt", "must be 32 lower-case hexadecimal digits");
    TRY(members.eachItem("way", longestWay, [&](const Json& step, const std::string& at) -> Result<void> {
        Members one = TRY(Members::of(step, at));
        MerkleStep up;
        up.sibling = TRY(one.hexDigest("hash"));
        up.isLeft = TRY(one.choice("side", {"left", "right"})) == 0;
        TRY(one.finish());
        part.way.push_back(up);
        return {};
    }));
    TRY(members.finish());
    return part;
}

} // namespace

Result<Digest> sealedRoot(const Seal& seal)
{
    return merkleRoot(TRY(treeOf(seal)).leaves);
}

Result<Disclosure> disclose(const Seal& seal, const ManifestId& claim, const std::vector<std::string>& names)
{
    const Tree tree = TRY(treeOf(seal));
    Disclosure disclosure{claim, merkleRoot(tree.leaves), {}};
    for (const std::string& name : names) {
        const std::vector<std::string> path = name.starts_with('/') ? std::vector{name.substr(1)} : std::vector<std::string>{"nodes", name};
        const auto part = std::ranges::find(tree.parts, path, &DisclosedPart::path);
        if (part == tree.parts.end())
            return fail(Fault::BadInput, "node '" + name + "': the recipe has none of that name (a member of the document beside its nodes is written /" + name + ")");
        disclosure.parts.push_back(*part);
        disclosure.parts.back().way = inclusionPath(tree.leaves, static_cast<std::size_t>(part - tree.parts.begin()));
    }
    return disclosure;
}

Json jsonOf(const Disclosure& disclosure)
{
    Json parts = Json::array();
    for (const DisclosedPart& part : disclosure.parts) {
        Json way = Json::array();
        for (const MerkleStep& step : part.way)
            way.push_back(Json{{"side", step.isLeft ? "left" : "right"}, {"hash", hexOf(step.sibling)}});
        parts.push_back(Json{{"path", part.path}, {"value", part.value}, {"salt", hexOf(part.salt)}, {"way", std::move(way)}});
    }
    return {{"artdag_disclosure", 1}, {"claim", disclosure.claim.text()}, {"root", hexOf(disclosure.root)}, {"parts", std::move(parts)}};
}

Result<Disclosure> readDisclosure(std::string_view text)
{
    const Json document = TRY(readJson(text, disclosureLimits));
    Members members = TRY(Members::of(document, ""));
    Disclosure disclosure;
    TRY(members.integer("artdag_disclosure", 1, 1));
    disclosure.claim = TRY(members.hash<ManifestId>("claim"));
    disclosure.root = TRY(members.hexDigest("root"));
    TRY(members.eachItem("parts", mostParts, [&](const Json& item, const std::string& pointer) -> Result<void> {
        disclosure.parts.push_back(TRY(readPart(item, pointer)));
        return {};
    }));
    TRY(members.finish());
    return disclosure;
}

bool isUnder(const DisclosedPart& part, const Digest& root)
{
    return rootAlong(leafOfPart(part.salt, part.path, part.value), part.way) == root;
}

std::vector<Finding> checkDisclosure(const Disclosure& disclosure, const std::optional<ClaimFacts>& claim)
{
    std::vector<Finding> findings;
    if (claim)
        findings.push_back({"disclosure.root", claim->sealedRoot == disclosure.root, claim->sealedRoot == disclosure.root ? "the parts are shown of the recipe that the claim seals" : claim->sealedRoot ? "the parts are shown of another recipe than the claim seals"
                                                                                                                                                                                                         : "the claim seals no recipe"});
    for (const DisclosedPart& part : disclosure.parts) {
        const bool fits = isUnder(part, disclosure.root);
        findings.push_back({"disclosure.part", fits, (part.path.size() == 2 ? "node '" + part.path[1] + "'" : "'" + part.path[0] + "'") + (fits ? " is in the sealed recipe as it is shown" : " is not in the sealed recipe as it is shown")});
    }
    return findings;
}

} // namespace artdag
