// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"

#include "core/base/files.h"
#include "core/worker/worker_media.h"
#include "core/workflow/attach_renderer.h"
#include "core/workflow/remote_render.h"
#include "core/workflow/render_recipe.h"
#include "core/workflow/server_session.h"

#include <fmt/format.h>

namespace artdag::cli {

namespace {

struct RenderFlags {
    std::string recipe, path, output, encode, key;
    BindingFlags bindings;
    bool pixelsOnly = false, isolate = false;
    std::string renderer;
    int checkedFrames = 5;
};

Json jsonOf(const RenderedFilm& film)
{
    const RunResult& run = film.run;
    return {{"path", film.path.string()}, {"run_key", film.runKey.text()}, {"output", film.output}, {"content_hash", film.contentHash.text()}, {"frames_hash", run.framesHash.text()},
        {"numerics", "cpu-1"}, {"frames", run.facts.frames}, {"chunks", {{"total", run.chunks.size()}, {"cached", run.chunksCached}, {"rendered", run.chunksRendered}}}, {"seconds", run.seconds},
        {"encode", film.encode}, {"pictures_decoded", film.picturesDecoded}, {"provenance", film.provenancePath.string()}};
}

/// Of the environment, else of a login.
Result<std::string> tokenFor(HttpClient& http, const std::string& renderer)
{
    if (const char* token = std::getenv("ARTDAG_TOKEN"); token != nullptr && *token != '\0')
        return std::string(token);
    return renderToken(http, renderer, [&](const std::string& server) { return sessionAt(http, server); });
}

Result<int> renderElsewhere(const RenderFlags& flags, Invocation& invocation, Workspace& workspace, const RenderRequest& local)
{
    RemoteRequest request;
    request.renderer = TRY(rendererOfText(flags.renderer));
    const auto http = openHttpClient();
    request.token = TRY(tokenFor(*http, request.renderer));
    request.newToken = [&] { return tokenFor(*http, request.renderer); };
    request.recipeText = local.recipeText;
    request.bindings = local.bindings;
    request.output = flags.output;
    request.encode = flags.encode;
    request.path = flags.path;
    request.checkedFrames = flags.checkedFrames;
    request.cancel = invocation.cancel;
    request.progress = progressLine(flags.recipe);
    const RemoteFilm film = TRY(renderOn(*http, request, workspace));
    endProgressLine();
    say(fmt::format("film        {}  (rendered by {})", film.path.string(), request.renderer));
    say(fmt::format("provenance  {}", film.provenancePath.string()));
    if (film.check)
        for (const VerifyAnswer* answer : {&film.check->bytes, &film.check->pixels, &film.check->file})
            for (const std::string& words : answer->words)
                say("            " + words);
    const bool good = !film.check || film.check->verified;
    if (invocation.json)
        answer({{"path", film.path.string()}, {"provenance", film.provenancePath.string()}, {"run", film.run}, {"content_hash", film.run["content_hash"]}, {"frames_hash", film.run["frames_hash"]}, {"uploaded", film.uploaded},
            {"frames_checked", film.check ? film.check->framesRendered : 0}, {"verified", film.check ? Json(good) : Json()}});
    return good ? exitOk : exitVerifiedFalse;
}

Result<int> render(const RenderFlags& flags, Invocation& invocation)
{
    RenderRequest request;
    auto workspace = TRY(openWorkspace(artdagHome(), flags.isolate ? workerOpener({.cancel = invocation.cancel}) : openMedia));
    request.recipeText = TRY(readRecipeFile(flags.recipe, *workspace));
    request.bindings = TRY(flags.bindings.read(*workspace));
    const OpenedRecipe opened = openRecipe(request.recipeText, *workspace, request.bindings);
    sayProblems(flags.recipe, opened.problems);
    if (!opened.graph) {
        if (invocation.json)
            answer({{"ok", false}, {"problems", jsonOfProblems(opened.problems)}});
        return exitProblem;
    }
    if (!flags.renderer.empty())
        return renderElsewhere(flags, invocation, *workspace, request);
    std::optional<SigningKey> key;
    if (!flags.key.empty()) {
        key = TRY(creatorKey(flags.key));
        request.key = &*key;
    }
    request.output = flags.output;
    request.encode = flags.encode;
    request.path = flags.path;
    request.run.threads = invocation.threads;
    request.run.memory = invocation.memory;
    request.run.cancel = invocation.cancel;
    request.run.progress = progressLine(opened.recipe.title.empty() ? flags.recipe : opened.recipe.title);
    if (flags.pixelsOnly) {
        request.run.pixelsOnly = true;
        const PlannedRender planned = TRY(planRender(request, *workspace));
        const RunResult run = TRY(runPlan(planned.plan, planned.profile, *workspace->store, *workspace->sources, request.run));
        endProgressLine();
        answer({{"frames", planned.plan->frames}, {"seconds", run.seconds}});
        return exitOk;
    }
    const RenderedFilm film = TRY(renderRecipe(request, *workspace));
    endProgressLine();
    const RunResult& run = film.run;
    const std::string how = run.piecesCopied > 0 ? fmt::format("copied in {} pieces", run.piecesCopied) : fmt::format("{} of {} chunks rendered", run.chunksRendered, run.chunks.size());
    say(fmt::format("film        {}  ({} frames, {}, {})", film.path.string(), run.facts.frames, how, humanSeconds(run.seconds)));
    say(fmt::format("provenance  {}{}", film.provenancePath.string(), request.key != nullptr ? "" : "  (not signed: give --key NAME)"));
    if (run.uncached)
        say("not kept    the store has no room for its pieces, so another render makes them again: `artdag store limit`");
    say(fmt::format("content     {}", film.contentHash.text()));
    say(fmt::format("frames hash {}", run.framesHash.text()));
    if (invocation.json)
        answer(jsonOf(film));
    return exitOk;
}

} // namespace

void addRender(CLI::App& app, Invocation& invocation)
{
    auto flags = std::make_shared<RenderFlags>();
    CLI::App* command = app.add_subcommand("render", "Render an output of a recipe to a file, with its provenance beside it");
    command->add_option("RECIPE", flags->recipe, "A recipe (*.artdag)")->required();
    command->add_option("-o", flags->path, "The file or folder to write (default: OUTPUT.EXTENSION here)")->type_name("FILE");
    command->add_option("--output", flags->output, "Which output (default: the first)")->type_name("NAME");
    command->add_option("--encode", flags->encode, "Encoder profile instead of the output's own (listed below)")->type_name("PROFILE");
    command->add_option("--key", flags->key, "Sign the provenance with this key (see `artdag keys`)")->type_name("NAME");
    command->add_flag("--pixels-only", flags->pixelsOnly, "Measure only: render every frame, write nothing");
    command->add_flag("--isolate", flags->isolate, "Decode media in processes that can open nothing: for files of strangers");
    command->add_option("--on", flags->renderer, "Render on this renderer (L1), attached by `artdag attach`, instead of here; it is sent the recipe and the media that it lacks")->type_name("URL");
    command->add_option("--check", flags->checkedFrames, "Frames of it that are rendered here too and compared; 0: none")->check(CLI::Range(0, 1000))->capture_default_str()->type_name("K");
    flags->bindings.add(*command);
    addCommonFlags(*command, invocation);
    std::string profiles = "Encoder profiles:\n";
    for (const EncodeProfile& profile : encodeProfiles())
        profiles += fmt::format("  {:<18} {}\n", profile.name, profile.title);
    command->footer(profiles + "\nThe same recipe and inputs give the same pixels on every machine. Ctrl-C stops at once and keeps finished chunks:\nthe next render takes them up.\n\nExample: artdag render resources/recipes/spinning_cat.artdag -o cat.mp4 --key default");
    command->callback([flags, &invocation] { invocation.run = [flags, &invocation] { return render(*flags, invocation); }; });
}

} // namespace artdag::cli
