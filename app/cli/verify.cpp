// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"

#include "core/base/files.h"
#include "core/media/likeness.h"
#include "core/provenance/check_provenance.h"
#include "core/provenance/disclosure.h"
#include "core/provenance/manifest.h"
#include "core/worker/worker_media.h"
#include "core/workflow/fetch_work.h"
#include "core/workflow/published_answers.h"
#include "core/workflow/server_session.h"
#include "core/workflow/verify_work.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <charconv>
#include <chrono>

namespace artdag::cli {

namespace {

constexpr int sampleOf30 = 30; ///< a cheat on 10 % of the frames is caught with p ≈ 0.96

struct VerifyFlags {
    std::string work, provenance, recipe, frames = "all", seed, differences, key = "default", attestation, disclosure;
    bool attest = false, isolate = false, rebake = false;
    BindingFlags bindings;
};

Json jsonOf(const VerifyAnswer& answer)
{
    static constexpr const char* verdicts[] = {"yes", "no", "cannot_tell"};
    return {{"question", answer.question}, {"answer", verdicts[static_cast<int>(answer.verdict)]}, {"words", answer.words}};
}

void sayAnswer(const VerifyAnswer& answer)
{
    static constexpr const char* verdicts[] = {"yes", "NO", "cannot tell"};
    say(fmt::format("{:<44} {}", answer.question, verdicts[static_cast<int>(answer.verdict)]));
    for (const std::string& words : answer.words)
        say("    " + words);
}

bool isUrl(const std::string& work)
{
    return work.starts_with("http://") || work.starts_with("https://");
}

/// A published work: everything comes from its server, each object checked against its name.
Result<std::vector<VerifyAnswer>> fetch(const VerifyFlags& flags, const std::filesystem::path& directory, Workspace& workspace, VerifyRequest& request)
{
    const auto http = openHttpClient();
    const auto session = sessionAt(*http, TRY(serverOfWork(flags.work))); // without a login there one sees what a stranger sees
    FetchedWork work = TRY(fetchWork(*http, flags.work, *workspace.store, directory, {}, session ? &*session : nullptr));
    if (!work.manifest.is_object())
        return fail(Fault::NotFound, fmt::format("work '{}': its server holds no manifest, so only its owner's word stands for it", flags.work));
    request.film = work.film;
    request.provenance.manifest = work.manifest;
    request.provenance.claim = work.claim;
    request.provenance.recipeText = work.recipe;
    request.whyNoRecipe = whyNoRecipe(work);
    request.provenance.keys = work.keys;
    request.provenance.keys.insert(request.provenance.keys.end(), work.renderers.begin(), work.renderers.end()); // which may sign what, fetchWork has checked
    const RunFacts facts = TRY(readManifest(work.manifest));
    if (auto list = workspace.store->get(facts.output.frameDigests)) {
        const auto pictures = static_cast<std::size_t>(facts.output.media.frames);
        for (std::size_t at = 0; at + 32 <= list->size(); at += 32) {
            Digest digest{};
            std::copy_n(list->begin() + static_cast<std::ptrdiff_t>(at), digest.size(), digest.begin());
            (at / 32 < pictures ? request.provenance.pictureDigests : request.provenance.soundDigests).push_back(digest);
        }
    }
    return publishedAnswers(work);
}

template <class Number>
Result<Number> wholeNumber(const char* option, const std::string& text, Number least, const char* expected)
{
    Number number{};
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (code != std::errc() || end != text.data() + text.size() || number < least)
        return fail(Fault::BadInput, fmt::format("{} '{}': expected {}", option, text, expected));
    return number;
}

/// Film and papers, from a server or from files side by side.
Result<VerifyRequest> requestOf(const VerifyFlags& flags, const std::filesystem::path& directory, Workspace& workspace, std::vector<VerifyAnswer>& published)
{
    VerifyRequest request;
    if (isUrl(flags.work)) {
        published = TRY(fetch(flags, directory, workspace, request));
    } else {
        request.film = flags.work;
        const std::string beside = flags.provenance.empty() ? provenancePathOf(flags.work).string() : flags.provenance;
        auto text = readTextFile(beside);
        if (!text)
            return fail(text.error().fault, fmt::format("{}: the film's provenance is needed; give it with --provenance FILE", text.error().message));
        auto provenance = readProvenance(*text);
        if (!provenance)
            return fail(Fault::Corrupt, fmt::format("file '{}': {}", beside, provenance.error().message));
        request.provenance = std::move(*provenance);
    }
    if (!flags.recipe.empty())
        request.provenance.recipeText = TRY(readRecipeFile(flags.recipe));
    request.inputs = TRY(flags.bindings.read(workspace)).inputs;
    if (flags.frames != "all")
        request.sampleFrames = flags.frames == "sample" ? sampleOf30 : TRY(wholeNumber<int>("--frames", flags.frames, 1, "'all', 'sample' or a number of frames"));
    if (!flags.seed.empty())
        request.seed = TRY(wholeNumber<std::uint64_t>("--seed", flags.seed, 0, "a whole number, as an earlier report gave it"));
    request.rebake = flags.rebake;
    request.differences = !flags.differences.empty() ? flags.differences : (isUrl(flags.work) ? request.film.filename() : request.film).string() + ".differences";
    return request;
}

void sayReport(const VerifyReport& report, const std::vector<VerifyAnswer>& published)
{
    for (const VerifyAnswer& one : published)
        sayAnswer(one);
    for (const VerifyAnswer* one : {&report.bytes, &report.pixels, &report.file})
        sayAnswer(*one);
    for (const Rebaked& one : report.rebaked)
        say("    " + wordsOf(one));
    for (const ChunkLikeness& chunk : report.likeness)
        say(fmt::format("    chunk {:<4} {} dB{}, recorded {}", chunk.chunk, decibels(chunk.measured), chunk.whole ? "" : " (sampled)", chunk.recorded ? decibels(*chunk.recorded) + " dB" : "nothing"));
    say(fmt::format("frames rendered {} of {}, cache reads {}", report.framesRendered, report.frames, report.cacheReads));
    if (report.seed)
        say(fmt::format("seed {0} (--seed {0} looks at the same frames again)", *report.seed));
    if (report.firstDifferingFrame)
        say(fmt::format("first differing frame: {}", *report.firstDifferingFrame));
    for (const std::filesystem::path& picture : report.differences)
        say("    " + picture.string());
    say(!report.verified ? "NOT verified" : report.seed ? "verified: the frames looked at are identical"
                                                        : "verified: all frames identical");
}

Json jsonOf(const VerifyReport& report)
{
    Json likeness = Json::array();
    for (const ChunkLikeness& chunk : report.likeness)
        likeness.push_back({{"chunk", chunk.chunk}, {"whole", chunk.whole}, {"least_frame", chunk.leastFrame}, {"psnr", decibels(chunk.measured)}, {"recorded", chunk.recorded ? Json(decibels(*chunk.recorded)) : Json()}});
    Json differences = Json::array();
    for (const std::filesystem::path& picture : report.differences)
        differences.push_back(picture.string());
    static constexpr const char* results[] = {"same", "differs", "cannot_tell"};
    Json rebaked = Json::array();
    for (const Rebaked& one : report.rebaked)
        rebaked.push_back({{"what", one.what}, {"node", one.node}, {"by", one.by}, {"here", one.here}, {"result", results[static_cast<int>(one.outcome)]}, {"words", wordsOf(one)}});
    return {{"verified", report.verified}, {"rebaked", rebaked}, {"answers", {jsonOf(report.bytes), jsonOf(report.pixels), jsonOf(report.file)}}, {"frames", report.frames}, {"frames_rendered", report.framesRendered},
        {"cache_reads", report.cacheReads}, {"seed", report.seed ? Json(std::to_string(*report.seed)) : Json()}, {"sound_rendered", report.soundRendered}, {"chunks", likeness},
        {"frames_hash", report.framesHash.isNull() ? Json() : Json(report.framesHash.text())}, {"first_differing_frame", report.firstDifferingFrame ? Json(*report.firstDifferingFrame) : Json()}, {"differences", differences}};
}

Result<Json> attest(const VerifyReport& report, const Json& manifest, const SigningKey& key)
{
    const auto seconds = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    Json document = TRY(attestReport(report, manifest, fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::chrono::system_clock::to_time_t(seconds)))));
    TRY(signDocument(reverificationPrefix, document, key));
    return jsonOfReverificationFile({std::move(document), {key.publicKey()}});
}

Result<int> verify(const VerifyFlags& flags, Invocation& invocation)
{
    std::optional<SigningKey> key; // asked for before the long work
    if (flags.attest)
        key = TRY(creatorKey(flags.key));
    auto workspace = TRY(openWorkspace(artdagHome(), flags.isolate ? workerOpener({.cancel = invocation.cancel}) : openMedia));
    const TemporaryDirectory directory = TRY(TemporaryDirectory::make());
    std::vector<VerifyAnswer> published;
    VerifyRequest request = TRY(requestOf(flags, directory.path(), *workspace, published));
    request.run.threads = invocation.threads;
    request.run.memory = invocation.memory;
    request.run.cancel = invocation.cancel;
    request.run.progress = progressLine("Rendering again");
    VerifyReport report = TRY(verifyWork(request, *workspace));
    for (const VerifyAnswer& one : published)
        report.verified = report.verified && one.verdict != VerifyAnswer::Verdict::No;
    endProgressLine();
    sayReport(report, published);
    const Json attestation = key ? TRY(attest(report, request.provenance.manifest, *key)) : Json();
    if (invocation.json) {
        Json object = jsonOf(report);
        for (const VerifyAnswer& one : published)
            object["answers"].push_back(jsonOf(one));
        object["attestation"] = attestation;
        answer(object);
    } else if (key) {
        answer(attestation);
    }
    return report.verified ? exitOk : exitVerifiedFalse;
}

/// Says what somebody's reverification is worth: whether it is signed, by which key, and of which work it speaks.
Result<int> checkAttestation(const VerifyFlags& flags, const Invocation& invocation)
{
    const ReverificationFile file = TRY(readReverificationFile(TRY(readTextFile(flags.attestation))));
    const auto facts = readReverification(file.document);
    if (!facts)
        return fail(Fault::Corrupt, "reverification: " + facts.error().message);
    std::optional<Json> manifest;
    if (!flags.work.empty()) {
        auto workspace = TRY(openWorkspace());
        const TemporaryDirectory directory = TRY(TemporaryDirectory::make());
        std::vector<VerifyAnswer> published;
        manifest = TRY(requestOf(flags, directory.path(), *workspace, published)).provenance.manifest;
    }
    const std::vector<Finding> findings = checkReverification(file, manifest);
    Json list = Json::array();
    for (const Finding& finding : findings) {
        say(fmt::format("{:<4}{}", finding.ok ? "yes" : "NO", finding.words));
        list.push_back({{"name", finding.name}, {"ok", finding.ok}, {"words", finding.words}});
    }
    const bool good = allOk(findings) && facts->match;
    say(fmt::format("{} of {} frames{} were rendered on {} with {} {}: {}", facts->framesRendered, facts->frames, facts->sound ? " and the sound" : "", facts->createdAt, facts->softwareName, facts->softwareVersion, facts->match ? "they match" : "they DIFFER"));
    if (invocation.json)
        answer({{"verified", good}, {"findings", list}, {"signers", TRY(signersOf(file.document))}, {"run", facts->run.text()}, {"result", facts->match ? "match" : "differs"}, {"frames", facts->frames}, {"frames_rendered", facts->framesRendered}});
    return good ? exitOk : exitVerifiedFalse;
}

/// Says whether the parts of a sealed recipe that somebody shows are in it: in the one that the claim of WORK seals.
Result<int> checkShownParts(const VerifyFlags& flags, const Invocation& invocation)
{
    const Disclosure disclosure = TRY(readDisclosure(TRY(readTextFile(flags.disclosure))));
    std::optional<ClaimFacts> claim;
    if (!flags.work.empty()) {
        if (!isUrl(flags.work))
            return fail(Fault::BadInput, "work '" + flags.work + "': must be the address of a published work, whose claim is compared");
        const auto http = openHttpClient();
        auto workspace = TRY(openWorkspace());
        const TemporaryDirectory directory = TRY(TemporaryDirectory::make());
        const FetchedWork work = TRY(fetchWork(*http, flags.work, *workspace->store, directory.path())); // its signature holds, or that fails
        claim = TRY(readClaim(work.claim));
    }
    const std::vector<Finding> findings = checkDisclosure(disclosure, claim);
    Json list = Json::array();
    for (const Finding& finding : findings) {
        say(fmt::format("{:<4}{}", finding.ok ? "yes" : "NO", finding.words));
        list.push_back({{"name", finding.name}, {"ok", finding.ok}, {"words", finding.words}});
    }
    if (!claim)
        say("left to you: that a claim seals the recipe with the root " + hexOf(disclosure.root) + " (give the address of the work)");
    const bool good = !disclosure.parts.empty() && allOk(findings);
    if (invocation.json)
        answer({{"verified", good}, {"against_claim", claim.has_value()}, {"claim", disclosure.claim.text()}, {"root", hexOf(disclosure.root)}, {"findings", list}});
    return good ? exitOk : exitVerifiedFalse;
}

} // namespace

void addVerify(CLI::App& app, Invocation& invocation)
{
    auto flags = std::make_shared<VerifyFlags>();
    CLI::App* command = app.add_subcommand("verify", "Render a work again and say whether its pixels and papers hold");
    command->add_option("WORK", flags->work, "A film with its provenance beside it, or the URL of a published work");
    command->add_option("--provenance", flags->provenance, "The provenance file (default: WORK.provenance.json)")->type_name("FILE");
    command->add_option("--recipe", flags->recipe, "A recipe to verify against, instead of the one in the provenance")->type_name("FILE");
    command->add_option("--frames", flags->frames, "'all' (default), or how many random frames to render; 'sample' is 30")->type_name("all|sample|K");
    command->add_option("--seed", flags->seed, "Choose the frames that an earlier report chose")->type_name("NUMBER");
    command->add_option("--differences", flags->differences, "Where to put pictures of the first differing frame (default: WORK.differences)")->type_name("DIR");
    command->add_flag("--rebake", flags->rebake, "Also bake again what is cited as baked, and say whether it is the same here");
    command->add_flag("--attest", flags->attest, "Sign what was found, and print it for others (see --key)");
    command->add_option("--key", flags->key, "The key that signs it (default: default)")->type_name("NAME");
    command->add_option("--check-attestation", flags->attestation, "Check what somebody else signed, with WORK against that work")->type_name("FILE");
    command->add_option("--disclosure", flags->disclosure, "Check parts of a sealed recipe that its creator shows, with WORK against the claim of that work")->type_name("FILE");
    command->add_flag("--isolate", flags->isolate, "Decode the film and its inputs in processes that can open nothing: they are a stranger's");
    flags->bindings.add(*command);
    addCommonFlags(*command, invocation);
    command->footer("Three questions, three answers: are these the signed bytes, does the recipe give these pixels, is the file an\nencoding of these pixels. Of a published work also: since when, by whose key, made of what. Exit code 5 when an answer is no, 6 when the papers are damaged. Nothing is read\nfrom a cache.\n\nExample: artdag verify cat.mp4");
    command->callback([flags, &invocation] {
        if (flags->work.empty() && flags->attestation.empty() && flags->disclosure.empty())
            throw CLI::RequiredError("WORK");
        invocation.run = [flags, &invocation] { return !flags->disclosure.empty() ? checkShownParts(*flags, invocation) : flags->attestation.empty() ? verify(*flags, invocation)
                                                                                                                                                     : checkAttestation(*flags, invocation); };
    });
}

} // namespace artdag::cli
