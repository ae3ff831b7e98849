// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/provenance/cosignature.h"

#include "core/provenance/members.h"

namespace artdag {

namespace {

constexpr std::size_t mostKeys = 16;

Json orNull(const std::string& text)
{
    return text.empty() ? Json(nullptr) : Json(text);
}

} // namespace

Result<Json> makeCosignature(const CosignatureFacts& facts)
{
    Json document{{"v", 1}, {"type", "artdag.cosignature"}, {"claim", facts.claim.text()}, {"content_hash", facts.contentHash.text()}, {"by", orNull(facts.by)}, {"statement", orNull(facts.statement)}, {"created_at", facts.createdAt}};
    TRY(readCosignature(document));
    return document;
}

Result<CosignatureFacts> readCosignature(const Json& document)
{
    Members members = TRY(Members::of(document, ""));
    CosignatureFacts facts;
    TRY(members.integer("v", 1, 1));
    TRY(members.constant("type", "artdag.cosignature"));
    facts.claim = TRY(members.hash<ManifestId>("claim"));
    facts.contentHash = TRY(members.hash<ContentId>("content_hash"));
    facts.by = TRY(members.textOrNull("by", form::actor));
    facts.statement = TRY(members.textOrNull("statement", form::line));
    facts.createdAt = TRY(members.text("created_at", form::instant));
    if (members.has("sig")) {
        TRY(signersOf(document));
        TRY(members.eachItem("sig", mostKeys, [](const Json&, const std::string&) { return Result<void>(); }));
    }
    TRY(members.finish());
    return facts;
}

Result<CosignatureFile> readCosignatureFile(const Json& json)
{
    const bool isOne = json.is_object() && json.value("artdag_cosignature", Json()) == 1;
    const Json keys = isOne ? json.value("keys", Json()) : Json();
    if (!isOne || !keys.is_array() || keys.size() > mostKeys)
        return fail(Fault::BadInput, "cosignature: this is not a co-signature of version 1");
    CosignatureFile file{json.value("cosignature", Json()), {}};
    for (const Json& pem : keys) {
        if (!pem.is_string())
            return fail(Fault::BadInput, "cosignature: 'keys' must be a list of public keys (PEM)");
        file.keys.push_back(TRY(PublicKey::fromPem(pem.get_ref<const std::string&>())));
    }
    return file;
}

} // namespace artdag
