// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"

#include "core/base/files.h"
#include "core/provenance/manifest.h"
#include "core/workflow/fetch_work.h"
#include "core/workflow/verify_work.h"

#include <fmt/format.h>

namespace artdag::cli {

namespace {

struct VerifyFlags {
    std::string work, provenance, recipe, frames = "all";
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
Result<void> fetch(const VerifyFlags& flags, const std::filesystem::path& directory, Workspace& workspace, VerifyRequest& request)
{
    const auto http = openHttpClient();
    FetchedWork work = TRY(fetchWork(*http, flags.work, *workspace.store, directory));
    if (!work.manifest.is_object())
        return fail(Fault::NotFound, fmt::format("work '{}': its server holds no manifest, so only its owner's word stands for it", flags.work));
    request.film = work.film;
    request.provenance.manifest = work.manifest;
    request.provenance.claim = work.claim;
    request.provenance.recipeText = work.recipe;
    request.provenance.keys = work.keys;
    const RunFacts facts = TRY(readManifest(work.manifest));
    if (auto list = workspace.store->get(facts.output.frameDigests)) {
        const auto pictures = static_cast<std::size_t>(facts.output.media.frames);
        for (std::size_t at = 0; at + 32 <= list->size(); at += 32) {
            Digest digest{};
            std::copy_n(list->begin() + static_cast<std::ptrdiff_t>(at), digest.size(), digest.begin());
            (at / 32 < pictures ? request.provenance.pictureDigests : request.provenance.soundDigests).push_back(digest);
        }
    }
    return {};
}

Result<int> verify(const VerifyFlags& flags, Invocation& invocation)
{
    auto workspace = TRY(openWorkspace());
    const TemporaryDirectory directory = TRY(TemporaryDirectory::make());
    VerifyRequest request;
    if (isUrl(flags.work)) {
        TRY(fetch(flags, directory.path(), *workspace, request));
    } else {
        request.film = flags.work;
        const std::string beside = flags.provenance.empty() ? flags.work + ".provenance.json" : flags.provenance;
        auto text = readTextFile(beside);
        if (!text)
            return fail(text.error().fault, fmt::format("{}: the film's provenance is needed; give it with --provenance FILE", text.error().message));
        request.provenance = TRY(readProvenance(*text));
    }
    if (!flags.recipe.empty())
        request.provenance.recipeText = TRY(readRecipeFile(flags.recipe));
    request.inputs = TRY(flags.bindings.read(*workspace)).inputs;
    if (flags.frames != "all") {
        request.sampleFrames = std::atoi(flags.frames.c_str());
        if (request.sampleFrames < 1)
            return fail(Fault::BadInput, fmt::format("--frames '{}': expected 'all' or a number of frames", flags.frames));
    }
    request.run.threads = invocation.threads;
    request.run.cancel = invocation.cancel;
    request.run.progress = progressLine("Rendering again");
    const VerifyReport report = TRY(verifyWork(request, *workspace));
    endProgressLine();
    for (const VerifyAnswer* one : {&report.bytes, &report.pixels, &report.file})
        sayAnswer(*one);
    say(fmt::format("frames rendered {} of {}, cache reads {}", report.framesRendered, report.frames, report.cacheReads));
    if (report.firstDifferingFrame)
        say(fmt::format("first differing frame: {}", *report.firstDifferingFrame));
    say(!report.verified ? "NOT verified" : request.sampleFrames > 0 ? "verified: the frames looked at are identical"
                                                                     : "verified: all frames identical");
    if (invocation.json)
        answer({{"verified", report.verified}, {"answers", {jsonOf(report.bytes), jsonOf(report.pixels), jsonOf(report.file)}}, {"frames", report.frames}, {"frames_rendered", report.framesRendered}, {"cache_reads", report.cacheReads},
            {"frames_hash", report.framesHash.isNull() ? Json() : Json(report.framesHash.text())}, {"first_differing_frame", report.firstDifferingFrame ? Json(*report.firstDifferingFrame) : Json()}});
    return report.verified ? exitOk : exitVerifiedFalse;
}

} // namespace

void addVerify(CLI::App& app, Invocation& invocation)
{
    auto flags = std::make_shared<VerifyFlags>();
    CLI::App* command = app.add_subcommand("verify", "Render a work again and say whether its pixels and papers hold");
    command->add_option("WORK", flags->work, "A film with its provenance beside it, or the URL of a published work")->required();
    command->add_option("--provenance", flags->provenance, "The provenance file (default: WORK.provenance.json)")->type_name("FILE");
    command->add_option("--recipe", flags->recipe, "A recipe to verify against, instead of the one in the provenance")->type_name("FILE");
    command->add_option("--frames", flags->frames, "'all' (default), or how many random frames to render")->type_name("all|K");
    flags->bindings.add(*command);
    addCommonFlags(*command, invocation);
    command->footer("Three questions, three answers: are these the signed bytes, does the recipe give these pixels, is the file an\nencoding of these pixels. Exit code 5 when an answer is no. Nothing is read from a cache.\n\nExample: artdag verify cat.mp4");
    command->callback([flags, &invocation] { invocation.run = [flags, &invocation] { return verify(*flags, invocation); }; });
}

} // namespace artdag::cli
