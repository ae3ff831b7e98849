// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/provenance/check_provenance.h"

#include <algorithm>

namespace artdag {

namespace {

/// Collects findings; `say` gives the words for both outcomes.
class Findings {
public:
    bool add(std::string name, bool ok, const std::string& good, const std::string& bad)
    {
        m_list.push_back({std::move(name), ok, ok ? good : bad});
        return ok;
    }
    template <class T>
    bool add(std::string name, const Result<T>& result, const std::string& good)
    {
        return add(std::move(name), result.has_value(), good, result ? "" : result.error().message);
    }
    std::vector<Finding> take() { return std::move(m_list); }

private:
    std::vector<Finding> m_list;
};

using FindKey = std::function<Result<PublicKey>(const std::string&)>;

/// Who may sign a manifest: who may sign the claim, and renderers.
FindKey signersOfManifests(const ProvenanceEvidence& evidence)
{
    if (!evidence.findRenderer || !evidence.findKey)
        return evidence.findKey ? evidence.findKey : evidence.findRenderer;
    return [&evidence](const std::string& kid) -> Result<PublicKey> {
        auto key = evidence.findKey(kid);
        if (key)
            return key;
        auto renderer = evidence.findRenderer(kid);
        return renderer || renderer.error().fault == Fault::Unavailable ? renderer : key; // the words are those about the creator's keys
    };
}

void checkSignature(Findings& findings, const char* name, std::string_view prefix, const Json& document, const FindKey& keys, const std::string& what)
{
    const FindKey find = keys ? keys : [](const std::string&) -> Result<PublicKey> { return fail(Fault::NotFound, "no key at hand"); };
    const auto kids = signersOf(document);
    const std::string who = kids && kids->size() == 1 ? "key " + kids->front() : "all of its keys";
    findings.add(name, verifyDocument(prefix, document, find), what + " is signed by " + who);
}

void checkDelivery(Findings& findings, const ProvenanceEvidence& evidence, const ClaimFacts& claim)
{
    if (evidence.deliveryHash)
        findings.add("delivery.bytes", *evidence.deliveryHash == claim.contentHash,
            "the file is the one that is claimed", "the file is " + evidence.deliveryHash->text() + ", claimed is " + claim.contentHash.text());
    if (evidence.deliverySha256)
        findings.add("delivery.sha256", *evidence.deliverySha256 == claim.sha256,
            "its SHA-256 is the claimed one", "its SHA-256 is " + hexOf(*evidence.deliverySha256) + ", claimed is " + hexOf(claim.sha256));
}

/// Role and bytes of each ingredient of the manifest must be among those of the claim, with the owner where one is named:
/// a claim may name more (a recipe that this one grew from), never fewer.
void checkIngredients(Findings& findings, const ClaimFacts& claim, const RunFacts& manifest)
{
    for (const Ingredient& wanted : ingredientsOf(manifest)) {
        const bool isNamed = std::ranges::any_of(claim.ingredients, [&](const Ingredient& named) {
            return named.role == wanted.role && named.contentHash == wanted.contentHash && (wanted.owner.empty() || named.owner == wanted.owner);
        });
        if (!isNamed) {
            findings.add("claim.ingredients", false, "", "the claim does not name the " + std::string(nameOf(wanted.role)) + " " + wanted.contentHash.text() + (wanted.owner.empty() ? "" : " of " + wanted.owner));
            return;
        }
    }
    findings.add("claim.ingredients", true, "the claim names everything that the film was made from", "");
}

void checkInside(Findings& findings, const ClaimFacts& claim, const RunFacts& manifest, const DeliveryInside& inside)
{
    findings.add("delivery.rendered", inside.bare == manifest.output.contentHash, "without what it carries, the film is, byte for byte, what the renderer wrote",
        "without what it carries, the film is " + inside.bare.text() + ", the renderer wrote " + manifest.output.contentHash.text());
    const bool recipe = claim.embedded == "full" ? inside.recipe == manifest.recipe.contentHash : !inside.recipe;
    findings.add("delivery.carries", claim.run && inside.manifest == claim.run->text() && recipe, "it carries what the claim says (" + claim.embedded + ")",
        "the claim says that it carries '" + claim.embedded + "', but its manifest or recipe is missing or another");
}

void checkPair(Findings& findings, const ClaimFacts& claim, const RunFacts& manifest, const ProvenanceEvidence& evidence)
{
    const ManifestId id = documentId(*evidence.manifest);
    findings.add("claim.run", claim.run == id, "the claim names this manifest",
        claim.run ? "the claim names the manifest " + claim.run->text() + ", this one is " + id.text() : "the claim names no manifest");
    findings.add("claim.frames", claim.framesHash == manifest.output.framesHash, "claim and manifest name the same frames",
        "claim and manifest name different frames");
    checkIngredients(findings, claim, manifest);
    if (claim.embedded == "none")
        findings.add("delivery.rendered", claim.contentHash == manifest.output.contentHash, "the film is, byte for byte, what the renderer wrote",
            "nothing was embedded, but the claimed file is not the one that the renderer wrote");
    else if (evidence.inside)
        checkInside(findings, claim, manifest, *evidence.inside);
}

void checkFrames(Findings& findings, const FramesHash& seen, const std::optional<FramesHash>& written)
{
    findings.add("frames.match", written == seen, "the frames are those of the document",
        written ? "the frames are " + seen.text() + ", the document names " + written->text() : "the document names no frames");
}

} // namespace

std::vector<Finding> checkProvenance(const ProvenanceEvidence& evidence)
{
    Findings findings;
    std::optional<ClaimFacts> claim;
    std::optional<RunFacts> manifest;
    if (evidence.claim) {
        auto read = readClaim(*evidence.claim);
        if (findings.add("claim.form", read, "the claim is well formed"))
            claim = std::move(*read);
        checkSignature(findings, "claim.signature", claimPrefix, *evidence.claim, evidence.findKey, "the claim");
    }
    if (claim)
        checkDelivery(findings, evidence, *claim);
    if (evidence.manifest) {
        auto read = readManifest(*evidence.manifest);
        if (findings.add("manifest.form", read, "the manifest is well formed and names its work rightly"))
            manifest = std::move(*read);
        checkSignature(findings, "manifest.signature", manifestPrefix, *evidence.manifest, signersOfManifests(evidence), "the manifest");
    }
    if (claim && claim->run && !evidence.manifest)
        findings.add("claim.run", false, "", "the claim names the manifest " + claim->run->text() + ", which is not at hand");
    if (claim && manifest)
        checkPair(findings, *claim, *manifest, evidence);
    if (!evidence.claim && manifest && evidence.deliveryHash)
        findings.add("delivery.bytes", (evidence.inside ? evidence.inside->bare : *evidence.deliveryHash) == manifest->output.contentHash, "the file is the one that the renderer wrote",
            "the file is " + evidence.deliveryHash->text() + ", the renderer wrote " + manifest->output.contentHash.text());
    if (evidence.framesHash && (claim || manifest))
        checkFrames(findings, *evidence.framesHash, manifest ? manifest->output.framesHash : claim->framesHash);
    return findings.take();
}

std::vector<Finding> checkReverification(const ReverificationFile& file, const std::optional<Json>& manifest)
{
    Findings findings;
    const FindKey find = [&](const std::string& kid) -> Result<PublicKey> {
        for (const PublicKey& key : file.keys)
            if (key.kid() == kid)
                return key;
        return fail(Fault::NotFound, "its public key did not come with the reverification");
    };
    checkSignature(findings, "reverification.signature", reverificationPrefix, file.document, find, "the reverification");
    const auto facts = readReverification(file.document);
    if (!findings.add("reverification.form", facts, "the reverification is well formed") || !manifest)
        return findings.take();
    const ManifestId id = documentId(*manifest);
    findings.add("reverification.run", facts->run == id, "it speaks of this work's manifest", "it speaks of the manifest " + facts->run.text() + ", this one is " + id.text());
    const auto run = readManifest(*manifest);
    if (findings.add("manifest.form", run, "the manifest is well formed"))
        checkFrames(findings, run->output.framesHash, facts->framesHash);
    return findings.take();
}

bool allOk(const std::vector<Finding>& findings)
{
    return !findings.empty() && std::ranges::all_of(findings, &Finding::ok);
}

} // namespace artdag
