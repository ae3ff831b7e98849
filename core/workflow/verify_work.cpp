// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/verify_work.h"

#include "core/embed/delivery_inside.h"
#include "core/media/tar.h"
#include "core/provenance/check_provenance.h"
#include "core/workflow/compare_film.h"
#include "core/workflow/difference_pictures.h"
#include "core/workflow/render_again.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <set>

namespace artdag {

namespace {

using Verdict = VerifyAnswer::Verdict;

/// One verification: what was claimed, what was made again, what was found.
struct Verification {
    const VerifyRequest& request;
    Workspace& workspace;
    RunFacts facts;
    VerifyReport report;
    ContentId filmHash;
    std::unique_ptr<CitedBridges> bridges = {}; ///< as the manifest describes them
    std::set<ContentId> filmsAtHand = {};       ///< what they gave, before anything was computed here
    Catalogue effects = {};
};

/// While it lives, recipes are read with these effects.
struct EffectsElsewhere {
    Workspace& workspace;
    const Catalogue* own = workspace.effects;
    explicit EffectsElsewhere(Workspace& of)
        : workspace(of) {}
    EffectsElsewhere(const EffectsElsewhere&) = delete;
    EffectsElsewhere& operator=(const EffectsElsewhere&) = delete;
    ~EffectsElsewhere() { workspace.effects = own; }
};

/// While it lives a manifest may say where sound and drawings are baked; then everybody reads their own again.
struct BakedElsewhere {
    MediaSources& sources;
    explicit BakedElsewhere(MediaSources& of)
        : sources(of) {}
    BakedElsewhere(const BakedElsewhere&) = delete;
    BakedElsewhere& operator=(const BakedElsewhere&) = delete;
    ~BakedElsewhere() { sources.forgetBaked(); }
};

void answerBytes(Verification& v)
{
    VerifyAnswer& answer = v.report.bytes;
    answer.question = "Are these the signed bytes?";
    ProvenanceEvidence evidence;
    evidence.manifest = v.request.provenance.manifest;
    if (v.request.provenance.claim.is_object())
        evidence.claim = v.request.provenance.claim;
    evidence.deliveryHash = v.filmHash;
    if (v.filmHash != v.facts.output.contentHash) {
        if (auto inside = insideOf(v.request.film); inside && inside->bare != v.filmHash)
            evidence.inside = std::move(*inside);
    }
    evidence.findKey = [&](const std::string& kid) -> Result<PublicKey> {
        for (const PublicKey& key : v.request.provenance.keys)
            if (key.kid() == kid)
                return key;
        return fail(Fault::NotFound, "no public key " + kid + " is at hand");
    };
    const Json& manifest = v.request.provenance.manifest;
    const bool isSigned = manifest.contains("sig") && manifest["sig"].is_array() && !manifest["sig"].empty();
    answer.verdict = isSigned ? Verdict::Yes : Verdict::CannotTell;
    if (!isSigned)
        answer.words.push_back("the provenance is not signed: it says how the film was made, not who says so");
    for (const Finding& finding : checkProvenance(evidence)) {
        if (finding.name == "manifest.signature" && !isSigned)
            continue;
        answer.words.push_back(finding.words);
        if (!finding.ok)
            answer.verdict = Verdict::No;
    }
    // Without a claim the manifest's own hash is what the file must have.
    if (!evidence.claim && (evidence.inside ? evidence.inside->bare : v.filmHash) != v.facts.output.contentHash) {
        answer.verdict = Verdict::No;
        answer.words.push_back(fmt::format("the file is {}, the provenance speaks of {}", v.filmHash.text(), v.facts.output.contentHash.text()));
    }
}

std::uint64_t freshSeed()
{
    std::uint64_t number = 0;
    for (const std::uint8_t byte : secureRandom(8))
        number = number << 8 | byte;
    return number;
}

/// Bridges mean what they meant where the film was made: their arguments are read by the descriptions that the manifest cites.
Result<void> readBridges(Verification& v)
{
    v.bridges = std::make_unique<CitedBridges>(v.workspace.bridges.get(), bridgeOptions(v.workspace.home));
    for (const ManifestBake& bake : v.facts.baked) {
        if ((bake.what.starts_with(bakedFilmOf) || bake.what.starts_with(filteredSoundOf)) && v.workspace.store->facts(bake.contentHash))
            v.filmsAtHand.insert(bake.contentHash);
        if (!bake.what.starts_with(descriptionOf))
            continue;
        const std::string name = bake.what.substr(std::string_view(descriptionOf).size());
        if (v.workspace.store->facts(bake.contentHash)) {
            const Bytes text = TRY(v.workspace.store->get(bake.contentHash));
            TRY(v.bridges->cite({reinterpret_cast<const char*>(text.data()), text.size()}));
        } else if (const CatalogueEntry* here = v.bridges->find(name); here == nullptr || here->sourceHash != bake.contentHash.hex()) {
            return fail(Fault::NotFound, fmt::format("effect '{}': was given by {}, whose description {} is not in the store, and this machine has {}: fetch the work again", name, bake.by, bake.contentHash.text(), here == nullptr ? "none" : "another"));
        }
    }
    v.effects = v.workspace.catalogue;
    v.effects.further = v.bridges.get();
    v.workspace.effects = &v.effects;
    return {};
}

/// Which pictures were not computed again but read as they were baked.
void sayBaked(Verification& v, const Plan& plan)
{
    for (std::size_t i = 0; i < plan.nodes.size(); ++i) {
        if (!plan.nodes[i].needed || plan.graph->nodes[i].entry->bridge == nullptr)
            continue;
        const ContentId& film = plan.nodes[i].outputs.front().baked;
        v.report.pixels.words.push_back(v.filmsAtHand.contains(film) ? fmt::format("node '{}' is baked: what {} gave was read from {}, not computed again", plan.graph->nodes[i].name, plan.nodes[i].bakedBy, film.text())
                                                                     : fmt::format("node '{}' is baked: {} was run again here", plan.graph->nodes[i].name, plan.graph->nodes[i].entry->bridge->by()));
    }
}

/// What the manifest says was put in, found in this workspace.
Result<PlannedRender> planAgain(Verification& v)
{
    const ProvenanceFile& provenance = v.request.provenance;
    if (provenance.recipeText.empty())
        return fail(Fault::NotFound, "recipe: it did not come with the provenance, and without it nothing can be rendered again");
    RenderRequest render;
    render.recipeText = provenance.recipeText;
    render.output = v.facts.output.name;
    render.run.useCache = false; // analyses too are found again
    render.encode = v.facts.output.encode;
    for (const ManifestInput& input : v.facts.inputs)
        render.bindings.inputs[input.port] = input.contentHash;
    for (const auto& [port, id] : v.request.inputs)
        render.bindings.inputs[port] = id;
    for (const auto& [name, text] : v.facts.recipe.parameters) {
        auto value = readJson(text);
        render.bindings.params[name] = value ? *value : Json(text);
    }
    // Text is drawn with the font that the film was made with, which need not be this machine's.
    const ContentId ownFont = v.workspace.font;
    if (std::ranges::find(v.facts.fonts, ownFont) == v.facts.fonts.end())
        for (const ContentId& font : v.facts.fonts)
            if (provenance.recipeText.find(font.hex()) == std::string::npos && v.workspace.store->facts(font))
                v.workspace.font = font;
    // Sound that decodes and drawings that come out differently from machine to machine are read as they were baked for the film.
    for (const ManifestBake& bake : v.facts.baked)
        for (const std::string_view kind : {bakedFilmOf, filteredSoundOf})
            if (bake.what.starts_with(kind))
                render.baked.emplace(TRY(nameOfText<AnalysisKey>(bake.what.substr(kind.size()))), BakedFilm{bake.contentHash, bake.by});
    for (const ManifestBake& bake : v.facts.baked)
        for (const std::string_view kind : {bakedSoundOf, bakedPictureOf})
            if (bake.what.starts_with(kind))
                v.workspace.sources->useBaked(TRY(nameOfText<ContentId>(bake.what.substr(kind.size()))), bake.contentHash);
    auto planned = planRender(render, v.workspace);
    v.workspace.font = ownFont;
    return planned;
}

/// Pictures and sound rendered here against the signed list.
void comparePixels(Verification& v, const RenderedAgain& again)
{
    VerifyAnswer& answer = v.report.pixels;
    const ProvenanceFile& provenance = v.request.provenance;
    const auto no = [&](std::string words) {
        answer.verdict = Verdict::No;
        answer.words.push_back(std::move(words));
    };
    const std::string sound = again.sounds.empty() ? "" : " and the sound";
    if (!v.report.seed && again.framesHash == v.facts.output.framesHash) {
        answer.verdict = Verdict::Yes;
        answer.words.push_back(fmt::format("all {} frames{} are identical to what was signed ({})", again.pictures.size(), sound, again.framesHash.text()));
        return;
    }
    const bool listIsTheSigned = ContentId{sha3(bytesOfDigests(provenance.pictureDigests, provenance.soundDigests))} == v.facts.output.frameDigests;
    if (!listIsTheSigned || static_cast<std::int64_t>(provenance.pictureDigests.size()) != v.report.frames)
        return no(v.report.seed ? "the list of frame digests is not the one that was signed" : fmt::format("the recipe gives frames hash {}, the provenance speaks of {}", again.framesHash.text(), v.facts.output.framesHash.text()));
    for (const auto& [frame, digest] : again.pictures)
        if (digest != provenance.pictureDigests[static_cast<std::size_t>(frame)]) {
            noteDifference(v.report, frame);
            return no(fmt::format("frame {} is the first {}whose pixels are not those that were signed", frame, v.report.seed ? "of those looked at " : ""));
        }
    if (const auto [mine, theirs] = std::ranges::mismatch(again.sounds, provenance.soundDigests); mine != again.sounds.end() || theirs != provenance.soundDigests.end())
        return no(fmt::format("the pictures are identical, but the sound is not, from second {}", mine - again.sounds.begin()));
    if (!v.report.seed)
        return no("pictures and sound are identical, but size, rate or format is not");
    answer.verdict = Verdict::Yes;
    answer.words.push_back(fmt::format("{} of {} frames, chosen at random (seed {}){}{} are identical to what was signed", again.pictures.size(), v.report.frames, *v.report.seed, again.sounds.empty() ? "," : ", and all of the sound", again.sounds.empty() ? "" : ","));
}

/// Both pictures of the first frame that differs, and their difference.
Result<void> showDifference(Verification& v, const PlannedRender& planned, DeliveredFilm* delivered)
{
    if (v.request.differences.empty() || !v.report.firstDifferingFrame || !planned.plan->output.picture)
        return {};
    const std::int64_t frame = *v.report.firstDifferingFrame;
    FrameServer server(planned.plan, *v.workspace.sources);
    const NodePort port = *planned.plan->output.picture;
    const StreamFacts& facts = planned.plan->nodes[static_cast<std::size_t>(port.node)].outputs[static_cast<std::size_t>(port.output)];
    PackedPicture expected = makePacked(facts.width, facts.height, planned.profile.coding);
    TRY(server.coded(port, frame, expected, v.request.run.cancel));
    const auto got = delivered != nullptr ? delivered->picture(frame) : Result<CodedPointer>(CodedPointer());
    v.report.differences = TRY(writeDifference(v.request.differences, frame, expected.view(), got ? got->get() : nullptr));
    return {};
}

Result<void> renderAndCompare(Verification& v, const PlannedRender& planned)
{
    const EncodeProfile& profile = planned.profile;
    auto delivered = DeliveredFilm::open(v.request.film, planned.plan->canvas.rate, v.workspace.openMedia);
    const bool sameEncoder = profile.identity() == v.facts.infrastructure.encoder;
    FrameSample sample;
    if (v.request.sampleFrames > 0 && planned.plan->output.picture) {
        v.report.seed = v.request.seed ? *v.request.seed : freshSeed();
        sample = FrameSample::choose(*planned.plan, v.request.sampleFrames, *v.report.seed, !profile.lossless);
    }
    const bool byLikeness = !profile.lossless && delivered && (!sample.all || !sameEncoder);
    const RenderedAgain again = TRY(renderAgain(planned, v.workspace, v.request.run, sample, byLikeness ? delivered->get() : nullptr, sameEncoder));
    v.report.framesRendered = again.framesRendered;
    v.report.cacheReads = again.cacheReads;
    v.report.framesHash = again.framesHash;
    v.report.soundRendered = !again.sounds.empty();
    comparePixels(v, again);
    if (sample.all && again.filmHash == v.filmHash) {
        v.report.file.verdict = Verdict::Yes;
        v.report.file.words.push_back("the file is byte for byte what the renderer writes for these pixels");
    } else if (delivered) {
        TRY(compareFilm({planned, sample, again, delivered->get(), sameEncoder, v.facts.output.psnr}, v.report));
        if (v.report.file.verdict == Verdict::Yes && v.filmHash != v.facts.output.contentHash && !v.request.provenance.claim.is_object())
            v.report.file.words.push_back("so only the container is another: its headers or tags, not what it shows");
    } else {
        v.report.file.verdict = Verdict::No;
        v.report.file.words.push_back("the file cannot be opened: " + delivered.error().message);
    }
    return showDifference(v, planned, delivered ? delivered->get() : nullptr);
}

} // namespace

Result<VerifyReport> verifyWork(const VerifyRequest& request, Workspace& workspace)
{
    auto facts = readManifest(request.provenance.manifest);
    if (!facts)
        return fail(Fault::Corrupt, "manifest: " + facts.error().message);
    Verification v{request, workspace, std::move(*facts), {}, TRY(contentIdOfDelivery(request.film))};
    const BakedElsewhere baked(*workspace.sources);
    const EffectsElsewhere effects(workspace);
    v.report.pixels.question = "Does the recipe give these pixels?";
    v.report.file.question = "Is the file an encoding of these pixels?";
    answerBytes(v);
    if (request.provenance.recipeText.empty() && !request.whyNoRecipe.empty()) {
        v.report.pixels.words.push_back(request.whyNoRecipe);
        v.report.file.words.push_back("nothing was rendered to compare it with");
        return std::move(v.report);
    }
    TRY(readBridges(v));
    const ContentId recipeHash{sha3(bytesOf(request.provenance.recipeText))};
    if (!request.provenance.recipeText.empty() && recipeHash != v.facts.recipe.contentHash) {
        v.report.pixels.verdict = Verdict::No;
        v.report.pixels.words.push_back("the recipe at hand is not the one that the provenance names");
    }
    const PlannedRender planned = TRY(planAgain(v));
    if (graphHash(planned.recipe, *workspace.effects) != v.facts.recipe.graph) {
        v.report.pixels.verdict = Verdict::No;
        v.report.pixels.words.push_back("the recipe computes something else than the provenance says");
    }
    const bool recipeIsOther = v.report.pixels.verdict == Verdict::No;
    v.report.frames = planned.plan->output.picture ? planned.plan->frames : 0;
    TRY(renderAndCompare(v, planned));
    sayBaked(v, *planned.plan);
    if (request.rebake)
        v.report.rebaked = TRY(rebake(v.facts, planned, workspace, request.run.cancel));
    if (recipeIsOther)
        v.report.pixels.verdict = Verdict::No;
    v.report.verified = v.report.bytes.verdict != Verdict::No && v.report.pixels.verdict == Verdict::Yes && v.report.file.verdict != Verdict::No;
    return std::move(v.report);
}

Result<Json> attestReport(const VerifyReport& report, const Json& manifest, const std::string& createdAt)
{
    const RunFacts run = TRY(readManifest(manifest));
    ReverificationFacts facts;
    facts.run = documentId(manifest);
    facts.framesHash = run.output.framesHash;
    facts.frames = report.frames;
    facts.framesRendered = report.framesRendered;
    facts.seed = report.seed ? std::to_string(*report.seed) : "";
    facts.sound = report.soundRendered;
    facts.numerics = run.infrastructure.numerics;
    facts.softwareVersion = ARTDAG_VERSION;
    facts.createdAt = createdAt;
    facts.match = report.pixels.verdict == Verdict::Yes;
    return makeReverification(facts);
}

} // namespace artdag
