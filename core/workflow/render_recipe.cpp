// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/render_recipe.h"

#include "core/provenance/manifest.h"
#include "core/render/copied_pictures.h"
#include "core/render/ready_plan.h"
#include "core/workflow/known_film.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <set>

namespace artdag {

namespace {

std::string now()
{
    const auto seconds = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::chrono::system_clock::to_time_t(seconds)));
}

Error errorOf(const std::vector<Problem>& problems)
{
    std::string text;
    for (const Problem& problem : problems)
        if (problem.severity == Problem::Severity::Error)
            text += fmt::format("{}{}{}", text.empty() ? "" : "\n", problem.line > 0 ? fmt::format("line {}, column {}: ", problem.line, problem.column) : "", problem.message);
    return {Fault::BadInput, text};
}

std::map<std::string, ContentId> inputsOf(const Plan& plan)
{
    std::map<std::string, ContentId> inputs;
    for (const auto& [name, id] : plan.graph->inputs)
        if (const int node = plan.graph->node(name); node >= 0 && plan.nodes[static_cast<std::size_t>(node)].needed)
            inputs.emplace(name, id);
    return inputs;
}

std::map<std::string, std::string> parametersOf(const Graph& graph)
{
    std::map<std::string, std::string> parameters;
    for (const auto& [name, value] : graph.params)
        parameters.emplace(name, value.is_string() ? value.get<std::string>() : canonicalJson(value));
    return parameters;
}

void addEffects(const Plan& plan, RunFacts& facts)
{
    std::set<std::string> names;
    std::set<ContentId> fonts;
    for (std::size_t i = 0; i < plan.nodes.size(); ++i) {
        const GraphNode& node = plan.graph->nodes[i];
        if (!plan.nodes[i].needed)
            continue;
        for (std::size_t param = 0; param < node.args.size(); ++param)
            if (const Value* value = node.args.constant(param); value != nullptr && node.entry->effect->params[param].kind == ParamKind::Font)
                fonts.insert(std::get<ContentId>(*value));
        if (names.insert("effect:" + std::string(node.entry->name)).second) {
            const auto hash = digestOfText(node.entry->sourceHash);
            CHECK(hash.has_value());
            facts.effects.push_back({"effect:" + std::string(node.entry->name), std::to_string(node.entry->effect->version), {*hash}, {}});
        }
    }
    std::ranges::sort(facts.effects, {}, &ManifestEffect::name);
    facts.fonts.assign(fonts.begin(), fonts.end());
}

void addBaked(const ContentId& id, const Sources::MediaFacts& media, RunFacts& facts)
{
    for (const auto& [what, object] : {std::pair(bakedSoundOf, media.bakedSound), std::pair(bakedPictureOf, media.bakedPicture)}) {
        const ManifestBake bake{what + id.text(), object, media.bakedBy};
        if (!object.isNull() && std::ranges::find(facts.baked, bake) == facts.baked.end())
            facts.baked.push_back(bake);
    }
}

void addInput(const std::string& name, const ContentId& id, const Sources::MediaFacts& media, RunFacts& facts)
{
    facts.inputs.push_back({name, name, id, {}, {}, media.decoder});
    addBaked(id, media, facts);
}

/// What is read instead of files that are no inputs but named in the recipe.
Result<void> addBakedOfNodes(const Plan& plan, Sources& sources, RunFacts& facts)
{
    for (std::size_t i = 0; i < plan.nodes.size(); ++i) {
        const GraphNode& node = plan.graph->nodes[i];
        // Effects that are like their input have its baked object among their facts; only a source reads one of its own.
        const bool bakes = plan.nodes[i].needed && node.inputs.empty() && std::ranges::any_of(plan.nodes[i].outputs, [](const StreamFacts& output) { return !output.baked.isNull(); });
        for (std::size_t param = 0; bakes && param < node.args.size(); ++param)
            if (const Value* value = node.args.constant(param); value != nullptr && node.entry->effect->params[param].kind == ParamKind::File) {
                const ContentId& id = std::get<ContentId>(*value);
                addBaked(id, TRY(sources.facts(id)), facts);
            }
    }
    return {};
}

/// The names of objects for the manifest; they are kept if there is room for them.
Result<std::vector<ContentId>> named(std::span<const ByteView> objects, Store& store, RunResult& run)
{
    auto kept = store.putAll(objects, ObjectClass::Asset);
    if (kept || kept.error().fault != Fault::Unavailable)
        return kept;
    run.uncached = true;
    std::vector<ContentId> names;
    for (const ByteView bytes : objects)
        names.push_back(ContentId{sha3(bytes)});
    return names;
}

/// What bridges gave, and how they were described: with both another machine needs no bridge to verify.
Result<void> addBridges(const Plan& plan, Store& store, RunResult& run, RunFacts& facts)
{
    for (std::size_t i = 0; i < plan.nodes.size(); ++i) {
        const CatalogueEntry& entry = *plan.graph->nodes[i].entry;
        if (!plan.nodes[i].needed || entry.bridge == nullptr)
            continue;
        const PlanNode& planned = plan.nodes[i];
        const ByteView words = bytesOf(entry.bridge->description());
        const ContentId description = TRY(named(std::span(&words, 1), store, run)).front();
        const StreamFacts& output = planned.outputs.front();
        for (ManifestBake bake : {ManifestBake{(output.type == PortType::Sound ? filteredSoundOf : bakedFilmOf) + planned.analysisKey->text(), output.baked, planned.bakedBy},
                 ManifestBake{descriptionOf + std::string(entry.name), description, entry.bridge->by()}})
            if (std::ranges::find(facts.baked, bake) == facts.baked.end())
                facts.baked.push_back(std::move(bake));
    }
    return {};
}

MediaFacts mediaOf(const Plan& plan, const RunResult& run, const EncodeProfile& profile)
{
    MediaFacts media;
    media.type = profile.still ? "image" : plan.output.picture ? "video"
                                                               : "audio";
    media.width = run.facts.width;
    media.height = run.facts.height;
    media.rate = plan.canvas.rate;
    media.frames = run.facts.frames;
    media.sampleRate = run.facts.sampleRate;
    media.channels = run.facts.channels;
    media.samples = plan.sound.count;
    return media;
}

Json digestList(const std::vector<Digest>& digests)
{
    Json list = Json::array();
    for (const Digest& digest : digests)
        list.push_back(hexOf(digest));
    return list;
}

} // namespace

Bytes bytesOfDigests(const std::vector<Digest>& pictures, const std::vector<Digest>& sounds)
{
    Bytes bytes;
    for (const auto* list : {&pictures, &sounds})
        for (const Digest& digest : *list)
            bytes.insert(bytes.end(), digest.begin(), digest.end());
    return bytes;
}

namespace {

/// Read, check, and plan by `plan`, which is given the graph and what it is planned for.
template <class MakePlan>
Result<PlannedRender> plannedBy(const RenderRequest& request, Workspace& workspace, const MakePlan& plan)
{
    PlannedRender planned;
    OpenedRecipe opened = openRecipe(request.recipeText, workspace, request.bindings);
    if (!opened.graph)
        return tl::unexpected<Error>(errorOf(opened.problems));
    const GraphOutput* output = opened.graph->output(request.output);
    planned.profile = TRY(encodeProfile(!request.encode.empty() ? request.encode : output != nullptr ? output->encode
                                                                                                     : "share-h264"));
    const PlanOptions options{.picture = !planned.profile.videoCodec.empty(), .sound = !planned.profile.audioCodec.empty(), .still = planned.profile.still};
    planned.plan = TRY(plan(opened.graph, options));
    planned.recipe = std::move(opened.recipe);
    if (planned.profile.copies())
        planned.profile.coding = TRY(copiedCoding(*planned.plan, *workspace.sources));
    return planned;
}

} // namespace

Result<PlannedRender> planRender(const RenderRequest& request, Workspace& workspace)
{
    return plannedBy(request, workspace, [&](const std::shared_ptr<const Graph>& graph, const PlanOptions& options) {
        Store* analyses = request.run.useCache ? workspace.store.get() : nullptr;
        return makeReadyPlan(graph, request.output, *workspace.sources, analyses, Bakes{workspace.store.get(), request.baked}, options, request.run.cancel);
    });
}

Result<PlannedRender> lookAtRender(const RenderRequest& request, Workspace& workspace)
{
    return plannedBy(request, workspace, [&](const std::shared_ptr<const Graph>& graph, const PlanOptions& options) {
        return makeStoredPlan(graph, request.output, *workspace.sources, *workspace.store, options);
    });
}

RunKey runKeyOf(const PlannedRender& planned, const Workspace& workspace)
{
    const Plan& plan = *planned.plan;
    return runKey(graphHash(planned.recipe, *workspace.effects), plan.output.name, inputsOf(plan), parametersOf(*plan.graph), planned.profile.name, RunFacts{}.infrastructure.numerics);
}

namespace {

/// The film at `path`: left as it is where an earlier render wrote the same one and nobody has changed it, else written.
/// A folder has no mark that would tell that, so it is always written. Whether it has yet to be noted.
Result<bool> makeFilm(const PlannedRender& planned, Workspace& workspace, const RunOptions& options, const std::filesystem::path& path, KnownFilm& film)
{
    Store& store = *workspace.store;
    std::optional<WrittenFilm> before;
    if (options.useCache && !planned.profile.folder) {
        const auto start = std::chrono::steady_clock::now();
        auto known = knownFilm(planned, store);
        if (known && isFilm(*known, store, path)) {
            film = std::move(*known);
            film.run.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
            if (options.progress)
                options.progress({film.run.facts.frames, film.run.facts.frames, 0, -1});
            return false;
        }
        if (known)
            before = known->file;
    }
    film.file = TRY(runToFile(planned, store, *workspace.sources, options, path, film.run, before));
    return !planned.profile.folder && (!before || before->content != film.file.content || before->sums != film.file.sums);
}

} // namespace

Result<RenderedFilm> renderRecipe(const RenderRequest& request, Workspace& workspace)
{
    const PlannedRender planned = TRY(planRender(request, workspace));
    const Plan& plan = *planned.plan;
    RenderedFilm film;
    film.output = plan.output.name;
    film.encode = planned.profile.name;
    film.path = !request.path.empty() ? request.path : std::filesystem::path(planned.profile.folder ? film.output : film.output + "." + planned.profile.extension);
    const std::int64_t decodedBefore = workspace.sources->picturesDecoded();
    KnownFilm made;
    const bool isNew = TRY(makeFilm(planned, workspace, request.run, film.path, made));
    film.contentHash = made.file.content;
    film.run = made.run;
    film.picturesDecoded = workspace.sources->picturesDecoded() - decodedBefore;

    const Bytes digests = bytesOfDigests(film.run.pictureDigests, film.run.soundDigests);
    const std::array<ByteView, 2> objects{bytesOf(request.recipeText), digests};
    const std::vector<ContentId> stored = TRY(named(objects, *workspace.store, film.run));
    if (isNew)
        noteFilm(planned, *workspace.store, made, stored[1]);

    RunFacts facts;
    facts.createdAt = request.createdAt.empty() ? now() : request.createdAt;
    facts.recipe.contentHash = stored[0];
    facts.recipe.graph = graphHash(planned.recipe, *workspace.effects);
    facts.recipe.name = planned.recipe.title;
    facts.recipe.author = planned.recipe.author;
    facts.recipe.parameters = parametersOf(*plan.graph);
    facts.output.name = film.output;
    facts.output.contentHash = film.contentHash;
    facts.output.framesHash = film.run.framesHash;
    facts.output.frameDigests = stored[1];
    facts.output.encode = film.encode;
    facts.output.psnr = film.run.psnr;
    facts.output.media = mediaOf(plan, film.run, planned.profile);
    for (const auto& [name, id] : inputsOf(plan))
        addInput(name, id, TRY(workspace.sources->facts(id)), facts);
    TRY(addBakedOfNodes(plan, *workspace.sources, facts));
    TRY(addBridges(plan, *workspace.store, film.run, facts));
    addEffects(plan, facts);
    facts.generator.kind = facts.inputs.empty() ? "procedural" : "none";
    facts.infrastructure.softwareVersion = ARTDAG_VERSION;
    facts.infrastructure.encoder = planned.profile.identity();
    film.runKey = runKey(facts);
    film.manifest = TRY(makeManifest(facts));

    ProvenanceFile provenance{{}, nullptr, request.recipeText, film.run.pictureDigests, film.run.soundDigests, {}};
    if (request.key != nullptr) {
        TRY(signDocument(manifestPrefix, film.manifest, *request.key));
        provenance.keys.push_back(request.key->publicKey());
    }
    provenance.manifest = film.manifest;
    film.provenancePath = provenancePathOf(film.path);
    TRY(writeFileAtomically(film.provenancePath, bytesOf(writeProvenance(provenance))));
    return film;
}

std::filesystem::path provenancePathOf(const std::filesystem::path& film)
{
    std::filesystem::path path = film.has_filename() ? film : film.parent_path();
    path += ".provenance.json";
    return path;
}

std::string writeProvenance(const ProvenanceFile& provenance)
{
    Json keys = Json::array();
    for (const PublicKey& key : provenance.keys)
        keys.push_back(key.pem());
    const Json document{{"artdag_provenance", 1}, {"manifest", provenance.manifest}, {"claim", provenance.claim}, {"recipe", provenance.recipeText},
        {"picture_digests", digestList(provenance.pictureDigests)}, {"sound_digests", digestList(provenance.soundDigests)}, {"keys", keys}};
    return document.dump(2) + "\n";
}

namespace {

Result<std::vector<Digest>> readDigests(const Json& document, const char* member)
{
    std::vector<Digest> digests;
    const Json list = document.value(member, Json::array());
    if (!list.is_array())
        return fail(Fault::BadInput, fmt::format("provenance: '{}' must be a list of digests", member));
    for (const Json& text : list) {
        if (!text.is_string())
            return fail(Fault::BadInput, fmt::format("provenance: '{}' must be a list of digests", member));
        digests.push_back(TRY(digestOfText(text.get_ref<const std::string&>())));
    }
    return digests;
}

} // namespace

Result<ProvenanceFile> readProvenance(std::string_view text)
{
    const Json document = TRY(readJson(text));
    if (!document.is_object() || document.value("artdag_provenance", Json()) != 1)
        return fail(Fault::BadInput, "provenance: this is not a provenance file of version 1");
    ProvenanceFile provenance;
    provenance.manifest = document.value("manifest", Json());
    provenance.claim = document.value("claim", Json());
    if (const Json recipe = document.value("recipe", Json()); recipe.is_string())
        provenance.recipeText = recipe.get<std::string>();
    provenance.pictureDigests = TRY(readDigests(document, "picture_digests"));
    provenance.soundDigests = TRY(readDigests(document, "sound_digests"));
    const Json keys = document.value("keys", Json::array());
    if (!keys.is_array())
        return fail(Fault::BadInput, "provenance: 'keys' must be a list of PEM texts");
    for (const Json& pem : keys)
        if (pem.is_string())
            provenance.keys.push_back(TRY(PublicKey::fromPem(pem.get_ref<const std::string&>())));
    return provenance;
}

} // namespace artdag
