// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/convert_graph.h"

#include "core/graph/circles.h"
#include "core/import/converter.h"
#include "core/import/old_names.h"

#include <algorithm>
#include <cmath>

namespace artdag {

void Converter::readHead()
{
    Recipe& recipe = m_make.recipe();
    recipe.title = m_graph.title;
    recipe.description = m_graph.description;
    recipe.author = m_graph.owner;
    for (RecipeParam& param : m_graph.params) {
        const std::string wanted = param.name;
        param.name = m_make.freshName(wanted);
        if (param.name != wanted)
            m_graph.notes.push_back(noteAt({}, "parameter '" + wanted + "' is named '" + param.name + "' here"));
        recipe.params.push_back(param);
    }
    readCanvas();
}

void Converter::readCanvas()
{
    RecipeCanvas& canvas = m_make.recipe().canvas;
    for (const auto& [name, value] : m_graph.canvas.items()) {
        const double number = value.is_number() ? value.get<double>() : 0;
        const bool whole = std::floor(number) == number;
        if ((name == "width" || name == "height") && whole && number >= 1 && number <= 16384)
            (name == "width" ? canvas.width : canvas.height) = static_cast<int>(number);
        else if ((name == "fps" || name == "frame_rate") && whole && number >= 1 && number <= 240)
            canvas.rate = {static_cast<std::int64_t>(number), 1};
        else if (name == "duration" && number > 0 && number <= 86400)
            canvas.duration = number;
        else
            m_graph.notes.push_back(noteAt(m_graph.outputPlace, "encoding: " + shortText(Json(name)) + " " + shortText(value) + " has no counterpart; outputs have encode profiles"));
    }
}

std::optional<OldFault> Converter::order(std::vector<int>& order)
{
    std::unordered_map<std::string_view, int> index;
    for (std::size_t i = 0; i < m_graph.nodes.size(); ++i)
        if (!index.emplace(m_graph.nodes[i].id, static_cast<int>(i)).second)
            return OldFault{subjectOf(m_graph.nodes[i]) + ": the id is that of another node too", m_graph.nodes[i].place};
    std::vector<std::vector<int>> sources(m_graph.nodes.size());
    for (std::size_t i = 0; i < m_graph.nodes.size(); ++i) {
        const OldNode& node = m_graph.nodes[i];
        std::vector<std::string> needed = node.inputs;
        for (const std::string& bound : boundSources(node.config))
            needed.push_back(bound);
        for (const std::string& input : needed) {
            const auto found = index.find(input);
            if (found == index.end())
                return OldFault{subjectOf(node) + ": there is no node '" + input.substr(0, 80) + "'", node.place};
            sources[i].push_back(found->second);
        }
    }
    SourceOrder sorted = orderSources(sources);
    if (!sorted.circles.empty()) {
        const OldNode& on = m_graph.nodes[static_cast<std::size_t>(sorted.circles[0][0])];
        return OldFault{subjectOf(on) + ": it feeds itself in a circle", on.place};
    }
    if (!index.contains(m_graph.output))
        return OldFault{"the output is '" + m_graph.output.substr(0, 80) + "', and there is no such node", m_graph.outputPlace};
    order = std::move(sorted.order);
    return std::nullopt;
}

std::optional<Json> Converter::argument(const OldNode& node, const std::string& name, const Json& value)
{
    if (!value.is_object())
        return value;
    if (value.contains("_param") && value["_param"].is_string())
        return Json{{"param", value["_param"]}};
    const auto sources = boundSources(Json{{name, value}});
    if (sources.empty())
        return value;
    const Made& from = m_made.at(sources[0]);
    const std::optional<Wire> wire = from.signal ? from.signal : from.sound;
    if (!wire) {
        m_make.note(node.place, subjectOf(node) + ": " + name + " follows '" + sources[0] + "', which has no counterpart; it keeps its usual value");
        return std::nullopt;
    }
    Json bound = {{"bind", wire->text()}};
    if (value.contains("range") && value["range"].is_array() && value["range"].size() == 2)
        bound["range"] = value["range"];
    else if (value.contains("range_min") && value.contains("range_max"))
        bound["range"] = Json::array({value["range_min"], value["range_max"]});
    if (value.contains("transform") && value["transform"].is_string() && value["transform"] != "none")
        bound["map"] = value["transform"];
    return bound;
}

Json Converter::configOf(const OldNode& node)
{
    Json out = Json::object();
    for (const auto& [name, value] : node.config.items())
        if (auto read = argument(node, name, value))
            appendMember(out, name, std::move(*read));
    return out;
}

Made Converter::leaveOut(const OldNode& node, const Feeds& feeds, const std::string& why)
{
    m_make.note(node.place, subjectOf(node) + " (" + node.type + "): " + why + (feeds.empty() ? "" : "; its input passes through"));
    return first(feeds);
}

Made Converter::source(const OldNode& node)
{
    const auto text = [&](std::initializer_list<const char*> names) -> std::string {
        for (const char* name : names)
            if (node.config.contains(name) && node.config[name].is_string())
                return node.config[name].get<std::string>();
        return {};
    };
    const std::string asset = text({"asset", "name"});
    std::string hash = text({"hash", "content_hash", "cid"});
    std::string& input = m_assets[asset.empty() ? node.id : asset];
    if (input.empty()) {
        const auto known = std::ranges::find(m_graph.assets, asset, &OldAsset::name);
        if (hash.empty() && known != m_graph.assets.end())
            hash = known->hash;
        const std::string path = text({"path", "url"});
        const std::string given = asset.empty() ? givenName(node) : asset;
        input = m_make.addInput(given.empty() ? "footage" : given, hash, path, node.place);
    }
    return {Wire{input, ""}, Wire{input, "sound"}, std::nullopt, std::nullopt};
}

Made Converter::segment(const OldNode& node, const Feeds& feeds)
{
    Json config = configOf(node);
    config.erase("precise"); // ours always is
    if (config.contains("end") && config["end"].is_number()) {
        const double start = config.contains("offset") && config["offset"].is_number() ? config["offset"].get<double>() : config.contains("start") && config["start"].is_number() ? config["start"].get<double>()
                                                                                                                                                                                  : 0.0;
        config["duration"] = config["end"].get<double>() - start;
        config.erase("end");
    }
    Node& made = m_make.node("segment", node);
    if (feeds[0]->picture)
        m_make.connect(made, "picture", *feeds[0]->picture);
    if (feeds[0]->sound)
        m_make.connect(made, "sound", *feeds[0]->sound);
    m_make.arguments(made, config, node);
    Made out{Wire{made.name, ""}, Wire{made.name, "sound"}, std::nullopt, std::nullopt};
    if (const Json* duration = made.arg("duration"); duration != nullptr && duration->is_number() && *duration != 0)
        out.seconds = duration->get<double>();
    return out;
}

Made Converter::resize(const OldNode& node, const Feeds& feeds)
{
    if (!feeds[0]->picture)
        return leaveOut(node, feeds, "there is no picture");
    Node& made = m_make.node("resize", node);
    m_make.connect(made, "picture", *feeds[0]->picture);
    m_make.arguments(made, configOf(node), node);
    return {Wire{made.name, ""}, feeds[0]->sound, std::nullopt, feeds[0]->seconds};
}

/// A chain of effects, one for each entry that has a counterpart.
Made Converter::transform(const OldNode& node, const Feeds& feeds)
{
    Made out = *feeds[0];
    const Json config = configOf(node);
    const Json& list = config.contains("effects") && config["effects"].is_object() ? config["effects"] : config;
    for (const auto& [name, value] : list.items()) {
        const auto row = std::ranges::find(oldAdjustments(), std::string_view(name), &OldAdjustment::name);
        const auto read = argument(node, name, value);
        if (row == oldAdjustments().end() || !m_make.knows(row->effect) || !out.picture) {
            m_make.note(node.place, subjectOf(node) + ": " + shortText(Json(name)) + " " + shortText(value) + " has no counterpart here and is left out");
            continue;
        }
        if (!read)
            continue;
        Node& made = m_make.node(row->effect, node, name);
        m_make.connect(made, "picture", *out.picture);
        m_make.arguments(made, Json{{std::string(row->param), scaled(*read, row->factor, row->offset)}}, node);
        out = {Wire{made.name, ""}, out.sound, std::nullopt, name == "speed" ? std::nullopt : out.seconds};
    }
    return out;
}

Made Converter::effect(const OldNode& node, const Feeds& feeds)
{
    Json config = configOf(node);
    std::string name = config.contains("effect") && config["effect"].is_string() ? config["effect"].get<std::string>() : node.name;
    if (name.starts_with("effect:"))
        name.erase(0, 7);
    std::ranges::replace(name, '-', '_');
    const std::string_view ours = effectOfOld(name);
    for (const char* member : {"effect", "effect_path", "cid", "hash", "effect_hash", "dependencies"})
        config.erase(member);
    if (config.contains("params") && config["params"].is_object()) {
        const Json params = config["params"];
        config.erase("params");
        for (const auto& [key, value] : params.items())
            if (auto read = argument(node, key, value))
                config[key] = *read;
    }
    if (!m_make.knows(ours))
        return leaveOut(node, feeds, "the effect " + shortText(Json(name)) + " is not known here, with " + shortText(Json(config.dump(-1, ' ', false, Json::error_handler_t::replace))));
    Node& made = m_make.node(ours, node);
    if (!m_make.feed(made, feeds))
        return m_make.drop(made), leaveOut(node, feeds, "the effect " + shortText(Json(name)) + " takes other inputs here");
    m_make.arguments(made, config, node);
    Made out = m_make.outputsOf(made);
    if (!out.picture)
        out.picture = first(feeds).picture;
    if (!out.sound)
        out.sound = first(feeds).sound;
    out.seconds = first(feeds).seconds;
    return out;
}

Made Converter::analyze(const OldNode& node, const Feeds& feeds)
{
    std::vector<std::string> wanted;
    for (const char* name : {"analyzer", "feature", "effect"})
        if (node.config.contains(name) && node.config[name].is_string())
            wanted.push_back(node.config[name].get<std::string>());
    if (node.config.contains("features") && node.config["features"].is_array())
        for (const Json& each : node.config["features"])
            if (each.is_string())
                wanted.push_back(each.get<std::string>());
    for (const std::string& name : wanted) {
        if (!m_make.knows(effectOfOld(name)))
            continue;
        Node& made = m_make.node(effectOfOld(name), node);
        Made out = first(feeds);
        if (m_make.feed(made, feeds))
            out.signal = m_make.outputsOf(made).signal;
        if (out.signal)
            return out;
        m_make.drop(made);
    }
    return leaveOut(node, feeds, "this analysis has no counterpart; what followed it follows the sound's energy, if there is a sound");
}

Made Converter::convertNode(const OldNode& node, const Feeds& feeds)
{
    using Part = Made (Converter::*)(const OldNode&, const Feeds&);
    static constexpr std::pair<std::string_view, Part> parts[] = {{"SEGMENT", &Converter::segment}, {"RESIZE", &Converter::resize}, {"TRANSFORM", &Converter::transform}, {"SEQUENCE", &Converter::sequence},
        {"LAYER", &Converter::layer}, {"MUX", &Converter::mux}, {"BLEND", &Converter::blend}, {"AUDIO_MIX", &Converter::audioMix}, {"ANALYZE", &Converter::analyze}};
    if (node.type == "SOURCE")
        return source(node);
    if (node.type == "EFFECT")
        return effect(node, feeds);
    const auto part = std::ranges::find(parts, std::string_view(node.type), &std::pair<std::string_view, Part>::first);
    if (part == std::end(parts))
        return leaveOut(node, feeds, node.type == "SLICE_ON" ? "slicing on beats has no counterpart yet" : node.type == "MAP" ? "a mapping by itself has no counterpart; bind an argument instead"
                                                                                                                              : "nodes of this type have no counterpart");
    return feeds.empty() ? leaveOut(node, feeds, "it has no input") : (this->*part->second)(node, feeds);
}

OldResult<Imported> Converter::convert()
{
    readHead();
    std::vector<int> sorted;
    if (auto fault = order(sorted))
        return tl::unexpected(std::move(*fault));
    for (const int index : sorted) {
        const OldNode& node = m_graph.nodes[static_cast<std::size_t>(index)];
        Feeds feeds;
        for (const std::string& input : node.inputs)
            feeds.push_back(&m_made.at(input));
        m_made[node.id] = convertNode(node, feeds);
    }
    const Made& film = m_made.at(m_graph.output);
    if (!film.picture && !film.sound)
        return tl::unexpected(OldFault{"the output has neither picture nor sound here", m_graph.outputPlace});
    Recipe& recipe = m_make.recipe();
    recipe.outputs.push_back({.name = "main", .picture = film.picture, .sound = film.sound});
    if (film.seconds && *film.seconds > 0 && *film.seconds <= 86400)
        recipe.canvas.duration = *film.seconds;
    else if (!m_graph.canvas.contains("duration"))
        m_make.note(m_graph.outputPlace, "the length is not written; set to 10 s");
    return Imported{std::move(recipe), std::move(m_graph.notes)};
}

OldResult<Imported> convertGraph(OldGraph graph, const Catalogue& effects)
{
    return Converter(std::move(graph), effects).convert();
}

} // namespace artdag
