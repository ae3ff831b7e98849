// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/graph/graph.h"
#include "core/graph/literal.h"
#include "core/recipe/flatten_groups.h"
#include "core/recipe/json_text.h"

#include <algorithm>
#include <unordered_map>

namespace artdag {

namespace {

/// Documents are compared by what they compute, so each part is written in one way (docs/formats/recipe.md, "Graph hash").
class GraphDocument {
public:
    GraphDocument(const Recipe& recipe, const Catalogue& effects)
        : m_recipe(recipe),
          m_effects(effects)
    {
        for (const RecipeInput& input : recipe.inputs)
            m_effectOf.emplace(input.name, effectNamed(input.media));
        for (const Node& node : recipe.nodes)
            m_effectOf.emplace(node.name, effectNamed(node.effect));
    }

    Json document() const
    {
        Json inputs = Json::object(), params = Json::object(), nodes = Json::object(), outputs = Json::object();
        for (const RecipeInput& input : m_recipe.inputs)
            appendMember(inputs, input.name, ofInput(input));
        for (const RecipeParam& param : m_recipe.params)
            appendMember(params, param.name, {{"type", param.type}, {"default", param.fallback}});
        for (const Node& node : m_recipe.nodes)
            appendMember(nodes, node.name, ofNode(node));
        for (const RecipeOutput& output : m_recipe.outputs)
            appendMember(outputs, output.name, ofOutput(output));
        Json document = {{"artdag", m_recipe.version}, {"canvas", canvas()}, {"inputs", inputs}, {"params", params}, {"nodes", nodes}, {"outputs", outputs}};
        if (!m_recipe.groups.empty())
            appendMember(document, "groups", jsonOfGroups(m_recipe));
        return document;
    }

private:
    Json canvas() const
    {
        const RecipeCanvas& canvas = m_recipe.canvas;
        return {{"width", canvas.width}, {"height", canvas.height}, {"rate", Json::array({canvas.rate.numerator, canvas.rate.denominator})},
            {"sampleRate", canvas.sampleRate}, {"duration", canvas.duration}, {"workingSpace", canvas.workingSpace}};
    }
    const Effect* effectNamed(std::string_view name) const
    {
        const CatalogueEntry* entry = m_effects.find(name);
        return entry != nullptr ? entry->effect : nullptr;
    }
    Json ofInput(const RecipeInput& input) const
    {
        Json json{{"media", input.media}, {"colour", input.colour}, {"default", input.fallback}};
        if (input.standIn)
            json["standIn"] = ofWire(*input.standIn);
        return json;
    }
    /// A wire always names its port.
    Json ofWire(Wire wire) const
    {
        const auto source = m_effectOf.find(wire.node);
        if (wire.port.empty() && source != m_effectOf.end() && source->second != nullptr && !source->second->outputs.empty())
            wire.port = source->second->outputs.front().name;
        return wire.text();
    }
    Json ofArguments(const std::vector<std::pair<std::string, Json>>& given, const std::vector<Param>* params) const
    {
        Json out = Json::object();
        if (params != nullptr)
            for (const Param& param : *params)
                out[std::string(param.name)] = jsonOfValue(param.initial, param);
        for (const auto& [name, json] : given) {
            out[name] = json;
            if (params == nullptr || json.is_object())
                continue;
            const auto param = std::ranges::find(*params, std::string_view(name), &Param::name);
            if (param == params->end())
                continue;
            if (const auto value = valueOfJson(json, *param, m_recipe.canvas.rate))
                out[name] = jsonOfValue(*value, *param);
        }
        return out;
    }
    Json ofItem(const Item& item, const Effect* effect) const
    {
        Json out = {{"args", ofArguments(item.args, effect != nullptr ? &effect->itemParams : nullptr)}};
        if (item.from)
            out["from"] = ofWire(*item.from);
        for (const auto& [name, time] : {std::pair{"in", item.in}, std::pair{"out", item.out}})
            if (time)
                out[name] = ofTime(*time);
        if (!item.in)
            out["in"] = 0;
        return out;
    }
    Json ofTime(const Json& written) const
    {
        const auto time = timeOfJson(written, m_recipe.canvas.rate);
        return time ? Json(secondsOfFlicks(*time)) : written;
    }
    Json ofPort(const PortValue& value, const Effect* effect, std::string_view name) const
    {
        const Port* port = nullptr;
        if (effect != nullptr)
            if (const auto found = std::ranges::find(effect->inputs, name, &Port::name); found != effect->inputs.end())
                port = &*found;
        if (const Wire* wire = std::get_if<Wire>(&value.value)) {
            if (port == nullptr || !port->list)
                return ofWire(*wire);
            Item alone;
            alone.from = *wire;
            return Json::array({ofItem(alone, effect)});
        }
        Json items = Json::array();
        for (const Item& item : std::get<std::vector<Item>>(value.value))
            items.push_back(ofItem(item, effect));
        return items;
    }
    Json ofNode(const Node& node) const
    {
        const Effect* effect = effectNamed(node.effect);
        Json ports = Json::object();
        for (const auto& [name, value] : node.in)
            appendMember(ports, name, ofPort(value, effect, name));
        Json out = {{"effect", node.effect}, {"in", ports}, {"args", ofArguments(node.args, effect != nullptr ? &effect->params : nullptr)}, {"bypass", node.bypass}};
        if (!node.group.empty())
            out["group"] = node.group;
        if (effect != nullptr)
            out["version"] = effect->version;
        return out;
    }
    Json ofOutput(const RecipeOutput& output) const
    {
        Json out = {{"encode", output.encode}};
        if (output.picture)
            out["picture"] = ofWire(*output.picture);
        if (output.sound)
            out["sound"] = ofWire(*output.sound);
        return out;
    }

    const Recipe& m_recipe;
    const Catalogue& m_effects;
    std::unordered_map<std::string_view, const Effect*> m_effectOf; ///< by the name of a node or input
};

} // namespace

Json graphDocument(const Recipe& recipe, const Catalogue& effects)
{
    if (hasGroups(recipe)) {
        const FlatRecipe flat = flattenGroups(recipe);
        if (std::ranges::none_of(flat.problems, [](const Problem& problem) { return problem.severity == Problem::Severity::Error; }))
            return GraphDocument(flat.recipe, effects).document();
    }
    return GraphDocument(recipe, effects).document();
}

GraphHash graphHash(const Recipe& recipe, const Catalogue& effects)
{
    Hasher hasher;
    hasher.add("artdag.graph.1\n").add(canonicalJson(graphDocument(recipe, effects)));
    return GraphHash{hasher.finish()};
}

} // namespace artdag
