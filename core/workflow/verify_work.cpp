// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/verify_work.h"

#include "core/media/decode.h"
#include "core/media/tar.h"
#include "core/provenance/check_provenance.h"

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

    void differs(std::int64_t frame)
    {
        if (!report.firstDifferingFrame || frame < *report.firstDifferingFrame)
            report.firstDifferingFrame = frame;
    }
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
    if (!evidence.claim && v.filmHash != v.facts.output.contentHash) {
        answer.verdict = Verdict::No;
        answer.words.push_back(fmt::format("the file is {}, the provenance speaks of {}", v.filmHash.text(), v.facts.output.contentHash.text()));
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
    // Sound that decodes differently from machine to machine is read as it was baked for the film.
    for (const ManifestBake& bake : v.facts.baked)
        if (bake.what.starts_with(bakedSoundOf))
            v.workspace.sources->useBaked(TRY(nameOfText<ContentId>(bake.what.substr(std::strlen(bakedSoundOf)))), bake.contentHash);
    auto planned = planRender(render, v.workspace);
    v.workspace.font = ownFont;
    return planned;
}

Digest digestOf(const CodedPicture& coded)
{
    Bytes bytes;
    const auto shapes = planesOf(coded.coding.format, coded.width, coded.height);
    for (std::size_t plane = 0; plane < shapes.size(); ++plane) {
        const auto row = static_cast<std::size_t>(shapes[plane].width) * static_cast<std::size_t>(shapes[plane].samplesPerPixel * shapes[plane].bytesPerSample);
        for (int y = 0; y < shapes[plane].height; ++y) {
            const std::uint8_t* first = coded.planes[plane] + y * coded.strides[plane];
            bytes.insert(bytes.end(), first, first + row);
        }
    }
    return pixelsDigest(bytes);
}

void comparePixels(Verification& v, const std::vector<Digest>& rendered, const std::vector<Digest>& renderedSound)
{
    VerifyAnswer& answer = v.report.pixels;
    const ProvenanceFile& provenance = v.request.provenance;
    const Bytes list = bytesOfDigests(provenance.pictureDigests, provenance.soundDigests);
    const bool listIsTheSigned = ContentId{sha3(list)} == v.facts.output.frameDigests;
    if (v.report.framesHash == v.facts.output.framesHash) {
        answer.verdict = Verdict::Yes;
        answer.words.push_back(fmt::format("all {} frames and the sound are identical to what was signed ({})", rendered.size(), v.report.framesHash.text()));
        return;
    }
    answer.verdict = Verdict::No;
    if (!listIsTheSigned || provenance.pictureDigests.size() != rendered.size()) {
        answer.words.push_back(fmt::format("the recipe gives frames hash {}, the provenance speaks of {}", v.report.framesHash.text(), v.facts.output.framesHash.text()));
        return;
    }
    const auto [mine, theirs] = std::ranges::mismatch(rendered, provenance.pictureDigests);
    if (mine != rendered.end()) {
        v.differs(mine - rendered.begin());
        answer.words.push_back(fmt::format("frame {} is the first whose pixels are not those that were signed", mine - rendered.begin()));
    } else if (renderedSound != provenance.soundDigests) {
        answer.words.push_back("all pictures are identical, but the sound is not");
    } else {
        answer.words.push_back("pictures and sound are identical, but size, rate or format is not");
    }
}

/// Decodes the delivered film beside the one made here, picture by picture.
Result<void> compareFilms(Verification& v, const std::filesystem::path& again)
{
    VerifyAnswer& answer = v.report.file;
    auto mine = TRY(openMedia(again));
    auto theirs = openMedia(v.request.film);
    if (!theirs) {
        answer.verdict = Verdict::No;
        answer.words.push_back("the file cannot be opened: " + theirs.error().message);
        return {};
    }
    for (std::int64_t frame = 0; frame < v.report.frames; ++frame) {
        const CodedPointer expected = TRY(mine->nextPicture());
        const auto given = (*theirs)->nextPicture();
        if (expected == nullptr && given && *given == nullptr)
            break;
        if (!given || *given == nullptr || expected == nullptr || digestOf(*expected) != digestOf(**given)) {
            v.differs(frame);
            answer.verdict = Verdict::No;
            answer.words.push_back(fmt::format("frame {} is the first whose picture in the file is not what the recipe gives{}", frame, given ? "" : " (" + given.error().message + ")"));
            return {};
        }
    }
    const auto expectedSound = mine->decodeSoundBytes();
    const auto givenSound = (*theirs)->decodeSoundBytes();
    if (expectedSound.has_value() != givenSound.has_value() || (expectedSound && *expectedSound != *givenSound)) {
        answer.verdict = Verdict::No;
        answer.words.push_back("all pictures are the same, but the sound in the file is not what the recipe gives");
        return {};
    }
    answer.verdict = Verdict::Yes;
    answer.words.push_back("all pictures and the sound decode to the same; only the container differs from what the renderer writes");
    return {};
}

Result<void> verifyAll(Verification& v, const PlannedRender& planned)
{
    const TemporaryDirectory directory = TRY(TemporaryDirectory::make());
    const std::filesystem::path again = directory.path() / ("again." + planned.profile.extension);
    RunOptions options = v.request.run;
    options.useCache = false;
    RunResult run;
    const ContentId hash = TRY(runToFile(planned, v.workspace, options, again, run));
    v.report.framesRendered = run.framesRendered;
    v.report.cacheReads = run.cacheReads;
    v.report.framesHash = run.framesHash;
    comparePixels(v, run.pictureDigests, run.soundDigests);
    if (hash == v.filmHash) {
        v.report.file.verdict = Verdict::Yes;
        v.report.file.words.push_back("the file is byte for byte what the renderer writes for these pixels");
        return {};
    }
    if (!planned.profile.lossless && planned.profile.identity() != v.facts.infrastructure.encoder) {
        v.report.file.words.push_back(fmt::format("it was encoded by {}, and here is {}: a lossy film cannot be compared byte for byte", v.facts.infrastructure.encoder, planned.profile.identity()));
        return {};
    }
    return compareFilms(v, again);
}

std::set<std::int64_t> randomFrames(std::int64_t frames, int count)
{
    std::set<std::int64_t> chosen;
    while (static_cast<std::int64_t>(chosen.size()) < std::min<std::int64_t>(count, frames)) {
        std::uint64_t number = 0;
        for (const std::uint8_t byte : secureRandom(8))
            number = number << 8 | byte;
        chosen.insert(static_cast<std::int64_t>(number % static_cast<std::uint64_t>(frames)));
    }
    return chosen;
}

/// k random frames against the signed list of digests. A cheat on 10 % of the frames is caught by 30 with p ≈ 0.96.
Result<void> verifySome(Verification& v, const PlannedRender& planned)
{
    VerifyAnswer& answer = v.report.pixels;
    const ProvenanceFile& provenance = v.request.provenance;
    const Plan& plan = *planned.plan;
    if (ContentId{sha3(bytesOfDigests(provenance.pictureDigests, provenance.soundDigests))} != v.facts.output.frameDigests || static_cast<std::int64_t>(provenance.pictureDigests.size()) != plan.frames) {
        answer.verdict = Verdict::No;
        answer.words.push_back("the list of frame digests is not the one that was signed");
        return {};
    }
    FrameServer server(planned.plan, *v.workspace.sources);
    answer.verdict = Verdict::Yes;
    for (const std::int64_t frame : randomFrames(plan.frames, v.request.sampleFrames)) {
        const PicturePointer linear = TRY(server.picture(*plan.output.picture, frame, v.request.run.cancel));
        PackedPicture packed = makePacked(linear->rect().width(), linear->rect().height(), planned.profile.coding);
        encodeFromLinear(linear->view(), packed);
        ++v.report.framesRendered;
        if (pixelsDigest(packed.data) == provenance.pictureDigests[static_cast<std::size_t>(frame)])
            continue;
        v.differs(frame);
        answer.verdict = Verdict::No;
        answer.words.push_back(fmt::format("frame {} is not what was signed", frame));
        return {};
    }
    answer.words.push_back(fmt::format("{} of {} frames, chosen at random, are identical to what was signed", v.report.framesRendered, plan.frames));
    v.report.file.words.push_back("not looked at: all frames are needed for that");
    return {};
}

} // namespace

Result<VerifyReport> verifyWork(const VerifyRequest& request, Workspace& workspace)
{
    Verification v{request, workspace, TRY(readManifest(request.provenance.manifest)), {}, TRY(contentIdOfDelivery(request.film))};
    const std::shared_ptr<MediaSources> own(workspace.sources.get(), [](MediaSources* sources) { sources->forgetBaked(); });
    v.report.pixels.question = "Does the recipe give these pixels?";
    v.report.file.question = "Is the file an encoding of these pixels?";
    answerBytes(v);
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
    v.report.frames = planned.plan->frames;
    if (request.sampleFrames > 0 && planned.plan->output.picture)
        TRY(verifySome(v, planned));
    else
        TRY(verifyAll(v, planned));
    if (recipeIsOther)
        v.report.pixels.verdict = Verdict::No;
    v.report.verified = v.report.bytes.verdict != Verdict::No && v.report.pixels.verdict == Verdict::Yes && v.report.file.verdict != Verdict::No;
    return std::move(v.report);
}

} // namespace artdag
