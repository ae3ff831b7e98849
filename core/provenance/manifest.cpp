// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/provenance/manifest.h"

#include "core/identity/keys.h"
#include "core/provenance/members.h"

#include <charconv>

namespace artdag {

namespace {

constexpr std::int64_t greatest = std::int64_t{1} << 53;
constexpr std::size_t mostItems = 10'000;
constexpr std::size_t mostChunks = 1'000'000;

Json orNull(const std::string& text)
{
    return text.empty() ? Json(nullptr) : Json(text);
}

Json orNull(const ContentId& id)
{
    return id.isNull() ? Json(nullptr) : Json(id.text());
}

Json jsonOf(const MediaFacts& media)
{
    Json json{{"type", media.type}};
    if (media.type != "audio") {
        json["width"] = media.width;
        json["height"] = media.height;
    }
    if (media.type == "video") {
        json["rate"] = std::to_string(media.rate.numerator) + "/" + std::to_string(media.rate.denominator);
        json["frames"] = media.frames;
    }
    if (media.sampleRate != 0) {
        json["sample_rate"] = media.sampleRate;
        json["channels"] = media.channels;
        json["samples"] = media.samples;
    }
    return json;
}

Result<Rate> rateOf(const std::string& text, const std::string& pointer)
{
    Rate rate;
    const char* end = text.data() + text.size();
    const auto [slash, first] = std::from_chars(text.data(), end, rate.numerator);
    const bool divided = first == std::errc() && slash != end && *slash == '/';
    const auto [rest, second] = divided ? std::from_chars(slash + 1, end, rate.denominator) : std::from_chars_result{end, std::errc::invalid_argument};
    if (second != std::errc() || rest != end || rate.numerator < 1 || rate.denominator < 1 || rate.numerator > 1'000'000'000 || rate.denominator > 1'000'000'000
        || text != std::to_string(rate.numerator) + "/" + std::to_string(rate.denominator))
        return badMember(pointer, "must be a rate such as 30/1");
    return rate;
}

Result<MediaFacts> readMedia(Members members)
{
    MediaFacts media;
    const std::vector<std::string_view> types{"video", "image", "audio"};
    media.type = types[TRY(members.choice("type", types))];
    if (media.type != "audio") {
        media.width = static_cast<int>(TRY(members.integer("width", 1, 1 << 20)));
        media.height = static_cast<int>(TRY(members.integer("height", 1, 1 << 20)));
    }
    if (media.type == "video") {
        media.rate = TRY(rateOf(TRY(members.text("rate", form::line)), "/output/media/rate"));
        media.frames = TRY(members.integer("frames", 1, greatest));
    }
    if (media.type == "audio" || members.has("sample_rate")) {
        media.sampleRate = static_cast<int>(TRY(members.integer("sample_rate", 1, 1 << 24)));
        media.channels = static_cast<int>(TRY(members.integer("channels", 1, 1024)));
        media.samples = TRY(members.integer("samples", 0, greatest));
    }
    TRY(members.finish());
    return media;
}

Json jsonOfRecipe(const RunFacts& facts)
{
    Json parameters = Json::object();
    for (const auto& [name, value] : facts.recipe.parameters)
        parameters[name] = value;
    return Json{{"content_hash", facts.recipe.contentHash.text()}, {"graph", facts.recipe.graph.text()}, {"name", facts.recipe.name}, {"author", orNull(facts.recipe.author)}, {"parameters", std::move(parameters)}};
}

Result<void> readRecipe(Members members, RunFacts& facts)
{
    facts.recipe.contentHash = TRY(members.hash<ContentId>("content_hash"));
    facts.recipe.graph = TRY(members.hash<GraphHash>("graph"));
    facts.recipe.name = TRY(members.text("name", form::line));
    facts.recipe.author = TRY(members.textOrNull("author", form::actor));
    facts.recipe.parameters = TRY(members.texts("parameters", mostItems, form::line, form::note));
    return members.finish();
}

Json jsonOfOutput(const RunFacts& facts)
{
    const auto& output = facts.output;
    return Json{{"name", output.name}, {"content_hash", output.contentHash.text()}, {"frames_hash", output.framesHash.text()}, {"frame_digests", output.frameDigests.text()}, {"encode", output.encode}, {"psnr", output.psnr}, {"media", jsonOf(output.media)}};
}

Result<void> readOutput(Members members, RunFacts& facts)
{
    auto& output = facts.output;
    output.name = TRY(members.text("name", form::line));
    output.contentHash = TRY(members.hash<ContentId>("content_hash"));
    output.framesHash = TRY(members.hash<FramesHash>("frames_hash"));
    output.frameDigests = TRY(members.hash<ContentId>("frame_digests"));
    output.encode = TRY(members.text("encode", form::token));
    TRY(members.eachItem("psnr", mostChunks, [&](const Json& item, const std::string& pointer) -> Result<void> {
        if (!item.is_string() || !form::decimal(item.get_ref<const std::string&>()))
            return badMember(pointer, std::string("must be ") + form::nameOf(form::decimal));
        output.psnr.push_back(item.get<std::string>());
        return {};
    }));
    output.media = TRY(readMedia(TRY(members.object("media"))));
    return members.finish();
}

Json jsonOfInput(const ManifestInput& input)
{
    return Json{{"port", input.port}, {"name", input.name}, {"content_hash", input.contentHash.text()}, {"owner", orNull(input.owner)}, {"license", orNull(input.license)}, {"decoder", orNull(input.decoder)}};
}

Result<ManifestInput> readInput(Members members)
{
    ManifestInput input;
    input.port = TRY(members.text("port", form::line));
    input.name = TRY(members.text("name", form::bareName));
    input.contentHash = TRY(members.hash<ContentId>("content_hash"));
    input.owner = TRY(members.textOrNull("owner", form::actor));
    input.license = TRY(members.textOrNull("license", form::line));
    input.decoder = TRY(members.textOrNull("decoder", form::line));
    TRY(members.finish());
    return input;
}

Json jsonOfEffect(const ManifestEffect& effect)
{
    return Json{{"name", effect.name}, {"version", effect.version}, {"content_hash", effect.contentHash.text()}, {"owner", orNull(effect.owner)}};
}

Result<ManifestEffect> readEffect(Members members)
{
    ManifestEffect effect;
    effect.name = TRY(members.text("name", form::token));
    effect.version = TRY(members.text("version", form::token));
    effect.contentHash = TRY(members.hash<ContentId>("content_hash"));
    effect.owner = TRY(members.textOrNull("owner", form::actor));
    TRY(members.finish());
    return effect;
}

Json jsonOfBake(const ManifestBake& bake)
{
    return Json{{"what", bake.what}, {"content_hash", bake.contentHash.text()}, {"by", bake.by}};
}

Result<ManifestBake> readBake(Members members)
{
    ManifestBake bake;
    bake.what = TRY(members.text("what", form::line));
    bake.contentHash = TRY(members.hash<ContentId>("content_hash"));
    bake.by = TRY(members.text("by", form::line));
    TRY(members.finish());
    return bake;
}

Json jsonOfGenerator(const ManifestGenerator& generator)
{
    Json model = nullptr;
    if (generator.kind == "model")
        model = Json{{"name", generator.modelName}, {"content_hash", generator.modelHash.text()}};
    return Json{{"kind", generator.kind}, {"model", std::move(model)}, {"seed", orNull(generator.seed)}, {"prompt_hash", generator.promptHash ? Json(ContentId{*generator.promptHash}.text()) : Json(nullptr)}};
}

Result<ManifestGenerator> readGenerator(Members members)
{
    ManifestGenerator generator;
    const std::vector<std::string_view> kinds{"none", "procedural", "model"};
    generator.kind = kinds[TRY(members.choice("kind", kinds))];
    if (generator.kind == "model") {
        Members model = TRY(members.object("model"));
        generator.modelName = TRY(model.text("name", form::line));
        generator.modelHash = TRY(model.hash<ContentId>("content_hash"));
        TRY(model.finish());
    } else if (!members.isNull("model")) {
        return badMember("/generator/model", "must be null unless the kind is model");
    }
    generator.seed = TRY(members.textOrNull("seed", form::token));
    if (!members.isNull("prompt_hash"))
        generator.promptHash = TRY(members.digest("prompt_hash"));
    TRY(members.finish());
    return generator;
}

Json jsonOfInfrastructure(const ManifestInfrastructure& infrastructure)
{
    return Json{{"software", {{"name", infrastructure.softwareName}, {"version", infrastructure.softwareVersion}, {"content_hash", orNull(infrastructure.softwareHash)}}},
        {"hardware", {{"name", infrastructure.hardwareName}}}, {"operator", orNull(infrastructure.operatorName)}, {"numerics", infrastructure.numerics}, {"encoder", orNull(infrastructure.encoder)}};
}

Result<ManifestInfrastructure> readInfrastructure(Members members)
{
    ManifestInfrastructure infrastructure;
    Members software = TRY(members.object("software"));
    infrastructure.softwareName = TRY(software.text("name", form::token));
    infrastructure.softwareVersion = TRY(software.text("version", form::token));
    if (!software.isNull("content_hash"))
        infrastructure.softwareHash = TRY(software.hash<ContentId>("content_hash"));
    TRY(software.finish());
    Members hardware = TRY(members.object("hardware"));
    infrastructure.hardwareName = TRY(hardware.text("name", form::token));
    if (!infrastructure.hardwareName.starts_with("infra:"))
        return badMember("/infrastructure/hardware/name", "must name a kind of machine, such as infra:studio");
    TRY(hardware.finish());
    infrastructure.operatorName = TRY(members.textOrNull("operator", form::actor));
    infrastructure.numerics = TRY(members.text("numerics", form::token));
    infrastructure.encoder = TRY(members.textOrNull("encoder", form::line));
    TRY(members.finish());
    return infrastructure;
}

/// Reads a list of objects; no two may have the same name.
template <class Item, class Read, class NameOf>
Result<std::vector<Item>> readNamed(Members& members, const char* name, Read read, NameOf nameOf)
{
    std::vector<Item> items;
    std::set<std::string> names;
    TRY(members.eachItem(name, mostItems, [&](const Json& json, const std::string& pointer) -> Result<void> {
        items.push_back(TRY(read(TRY(Members::of(json, pointer)))));
        return names.insert(nameOf(items.back())).second ? Result<void>() : Result<void>(badMember(pointer, "is listed twice"));
    }));
    return items;
}

template <class Items, class Write>
Json listOf(const Items& items, Write write)
{
    Json list = Json::array();
    for (const auto& item : items)
        list.push_back(write(item));
    return list;
}

} // namespace

RunKey runKey(const GraphHash& graph, const std::string& output, const std::map<std::string, ContentId>& inputs,
    const std::map<std::string, std::string>& params, const std::string& encode, const std::string& numerics)
{
    Json inputHashes = Json::object();
    for (const auto& [port, id] : inputs)
        inputHashes[port] = id.text();
    Json texts = Json::object();
    for (const auto& [name, value] : params)
        texts[name] = value;
    const Json work{{"graph", graph.text()}, {"output", output}, {"inputs", std::move(inputHashes)}, {"params", std::move(texts)}, {"encode", encode}, {"numerics", numerics}};
    return RunKey{Hasher().add("artdag.run.1\n").add(canonicalJson(work)).finish()};
}

RunKey runKey(const RunFacts& facts)
{
    std::map<std::string, ContentId> inputs;
    for (const ManifestInput& input : facts.inputs)
        inputs.emplace(input.port, input.contentHash);
    return runKey(facts.recipe.graph, facts.output.name, inputs, facts.recipe.parameters, facts.output.encode, facts.infrastructure.numerics);
}

Result<Json> makeManifest(const RunFacts& facts)
{
    Json document{{"v", 1}, {"type", "artdag.run"}, {"run_key", runKey(facts).text()}, {"created_at", facts.createdAt}};
    document["recipe"] = jsonOfRecipe(facts);
    document["output"] = jsonOfOutput(facts);
    document["inputs"] = listOf(facts.inputs, jsonOfInput);
    document["effects"] = listOf(facts.effects, jsonOfEffect);
    document["baked"] = listOf(facts.baked, jsonOfBake);
    document["fonts"] = listOf(facts.fonts, [](const ContentId& id) { return id.text(); });
    document["generator"] = jsonOfGenerator(facts.generator);
    document["infrastructure"] = jsonOfInfrastructure(facts.infrastructure);
    TRY(signedBytes(manifestPrefix, document)); // text that is not UTF-8
    TRY(readManifest(document));
    return document;
}

Result<RunFacts> readManifest(const Json& document)
{
    Members members = TRY(Members::of(document, ""));
    RunFacts facts;
    TRY(members.integer("v", 1, 1));
    TRY(members.constant("type", "artdag.run"));
    const auto key = TRY(members.hash<RunKey>("run_key"));
    facts.createdAt = TRY(members.text("created_at", form::instant));
    TRY(readRecipe(TRY(members.object("recipe")), facts));
    TRY(readOutput(TRY(members.object("output")), facts));
    facts.inputs = TRY(readNamed<ManifestInput>(members, "inputs", readInput, [](const ManifestInput& input) { return input.port; }));
    facts.effects = TRY(readNamed<ManifestEffect>(members, "effects", readEffect, [](const ManifestEffect& effect) { return effect.name; }));
    facts.baked = TRY(readNamed<ManifestBake>(members, "baked", readBake, [](const ManifestBake& bake) { return bake.what + "\n" + bake.contentHash.text(); }));
    TRY(members.eachItem("fonts", mostItems, [&](const Json& item, const std::string& pointer) -> Result<void> {
        facts.fonts.push_back(ContentId{TRY(digestOfMember(item, pointer))});
        return {};
    }));
    facts.generator = TRY(readGenerator(TRY(members.object("generator"))));
    facts.infrastructure = TRY(readInfrastructure(TRY(members.object("infrastructure"))));
    if (key != runKey(facts))
        return badMember("/run_key", "does not name the work that the document describes");
    if (members.has("sig")) {
        TRY(signersOf(document));
        TRY(members.eachItem("sig", 16, [](const Json&, const std::string&) { return Result<void>(); }));
    }
    TRY(members.finish());
    return facts;
}

} // namespace artdag
