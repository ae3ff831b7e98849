// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/node_maker.h"

#include "core/graph/recipe_params.h"
#include "core/import/old_names.h"
#include "core/recipe/edit_rules.h"

#include <algorithm>
#include <cmath>

namespace artdag {

namespace {

/// Colours that the older project knew by name.
Json ourColour(const Json& value)
{
    static constexpr std::pair<std::string_view, const char*> colours[] = {{"black", "#000000"}, {"white", "#ffffff"}, {"red", "#ff0000"}, {"green", "#008000"}, {"blue", "#0000ff"}, {"transparent", "#00000000"}};
    if (!value.is_string())
        return value;
    const auto found = std::ranges::find(colours, std::string_view(value.get_ref<const std::string&>()), &std::pair<std::string_view, const char*>::first);
    return found == std::end(colours) ? value : Json(found->second);
}

double rounded(double value)
{
    return std::floor(value * 1e9 + 0.5) / 1e9; // 1.2 − 1 is 0.2
}

} // namespace

std::vector<std::string> boundSources(const Json& config)
{
    std::vector<std::string> sources;
    const auto visit = [&](const auto& self, const Json& value, int levels) -> void {
        if (!value.is_object())
            return;
        if (value.contains("_bind") && value["_bind"].is_string())
            sources.push_back(value["_bind"].get<std::string>());
        for (const auto& [name, member] : value.items())
            if (levels > 0)
                self(self, member, levels - 1);
    };
    visit(visit, config, 2);
    return sources;
}

Json scaled(const Json& value, double factor, double offset)
{
    if (factor == 1.0 && offset == 0.0)
        return value;
    if (value.is_number())
        return rounded(value.get<double>() * factor + offset);
    Json out = value;
    if (value.is_object() && value.contains("range"))
        for (Json& end : out["range"])
            end = scaled(end, factor, offset);
    else if (value.is_object() && value.contains("param"))
        out = {{"expr", value["param"].get<std::string>() + " * " + ecmaNumber(factor) + " + (" + ecmaNumber(offset) + ")"}};
    else if (value.is_object() && value.contains("bind"))
        out["range"] = Json::array({offset, rounded(factor + offset)}); // without a range it is 0–1
    return out;
}

NodeMaker::NodeMaker(const Catalogue& effects, std::vector<Problem>& notes)
    : m_effects(effects),
      m_notes(notes)
{
}

std::string NodeMaker::freshName(const std::string& stem)
{
    std::string name = freshNameWhere(stem, [this](const std::string& each) { return m_names.contains(each); });
    m_names.insert(name);
    return name;
}

std::string NodeMaker::addInput(const std::string& stem, const std::string& hash, const std::string& path, const OldPlace& place)
{
    RecipeInput input;
    input.name = freshName(stem);
    input.title = stem;
    const std::string id = hash.starts_with("sha3-256:") ? hash : "sha3-256:" + hash;
    if (nameOfText<ContentId>(id))
        input.fallback = id;
    else
        note(place, "input '" + input.name + "': " + (hash.empty() ? "its media is not named by content" : "its hash is no SHA3-256") + (path.empty() ? "" : " (" + path.substr(0, 200) + ")") + "; choose the file when you render");
    m_recipe.inputs.push_back(std::move(input));
    return m_recipe.inputs.back().name;
}

Node& NodeMaker::node(std::string_view effect, const OldNode& old, const std::string& suffix)
{
    const std::string given = givenName(old);
    const std::string stem = given.empty() ? std::string(effect) : given + (suffix.empty() ? "" : "_" + suffix);
    Node made;
    made.name = freshName(stem);
    made.effect = effect;
    m_recipe.nodes.push_back(std::move(made));
    return m_recipe.nodes.back();
}

void NodeMaker::drop(const Node& node)
{
    CHECK(&node == &m_recipe.nodes.back());
    m_names.erase(node.name);
    m_recipe.nodes.pop_back();
}

void NodeMaker::connect(Node& node, std::string_view port, const Wire& from)
{
    node.in.emplace_back(std::string(port), PortValue{from});
}

void NodeMaker::append(Node& node, std::string_view port, const Wire& from, const Json& args, const OldNode& old)
{
    if (node.in.empty())
        node.in.emplace_back(std::string(port), PortValue{std::vector<Item>{}});
    auto& items = std::get<std::vector<Item>>(node.in.back().second.value);
    Item item;
    item.from = from;
    item.args = readArguments(node.effect, m_effects.find(node.effect)->effect->itemParams, args, old);
    item.plain = item.args.empty();
    if (!item.plain)
        item.id = "item_" + std::to_string(items.size() + 1);
    items.push_back(std::move(item));
}

bool NodeMaker::feed(Node& node, const std::vector<const Made*>& feeds)
{
    std::size_t next = 0;
    for (const Port& port : m_effects.find(node.effect)->effect->inputs) {
        const auto wireOf = [&](const Made& made) -> std::optional<Wire> {
            return port.type == PortType::Picture ? made.picture : port.type == PortType::Sound ? made.sound
                : made.signal                                                                   ? made.signal
                : port.type == PortType::Signal                                                 ? made.sound
                                                                                                : std::nullopt;
        };
        if (port.list) {
            std::vector<Item> items;
            for (; next < feeds.size(); ++next)
                if (const auto wire = wireOf(*feeds[next])) {
                    items.emplace_back().from = wire;
                    items.back().plain = true;
                }
            if (items.empty() && !port.optional)
                return false;
            if (!items.empty())
                node.in.emplace_back(std::string(port.name), PortValue{std::move(items)});
            continue;
        }
        // a sound beside a picture comes from the same film
        const std::size_t from = port.type == PortType::Picture || next == 0 ? next : next - 1;
        const auto wire = from < feeds.size() ? wireOf(*feeds[from]) : std::nullopt;
        if (wire)
            connect(node, port.name, *wire);
        else if (!port.optional)
            return false;
        next = from + 1;
    }
    return true;
}

const ArgumentScope& NodeMaker::scope()
{
    if (!m_scope) {
        m_scope = ArgumentScope{.rate = m_recipe.canvas.rate};
        m_scope->typeOfWire = [](const Wire&, const std::string&, const std::string&) { return std::optional(PortType::Signal); };
        ProblemList problems; // checking the recipe says them
        readParams(m_recipe.params, "", "/params", {}, *m_scope, problems);
    }
    return *m_scope;
}

std::vector<std::pair<std::string, Json>> NodeMaker::readArguments(std::string_view effect, const std::vector<Param>& params, const Json& config, const OldNode& old)
{
    std::vector<std::pair<std::string, Json>> out;
    for (const auto& [written, value] : config.items()) {
        if (value.is_null())
            continue;
        std::string name = written;
        std::ranges::replace(name, '-', '_');
        const auto row = std::ranges::find_if(oldMembers(), [&](const OldMember& each) { return each.effect == effect && each.name == name; });
        auto param = std::ranges::find(params, row != oldMembers().end() ? row->param : std::string_view(name), &Param::name);
        if (param == params.end() && row != oldMembers().end())
            param = std::ranges::find(params, std::string_view(name), &Param::name);
        const std::string subject = "node '" + (old.name.empty() ? old.id : old.name).substr(0, 80) + "'";
        if (param == params.end()) {
            note(old.place, subject + ": " + shortText(Json(written)) + " " + shortText(value) + " has no counterpart in the effect '" + std::string(effect) + "'");
            continue;
        }
        const Json ours = param->kind == ParamKind::Colour ? ourColour(value) : value;
        ProblemList problems;
        const bool twice = std::ranges::any_of(out, [&](const auto& each) { return each.first == param->name; });
        if (!twice && readArgument(ours, *param, subject, "", scope(), problems)) {
            out.emplace_back(std::string(param->name), ours);
            continue;
        }
        const auto said = problems.take();
        note(old.place, (said.empty() ? subject + ": " + std::string(param->name) + " is given twice" : said[0].message) + "; it keeps its usual value");
    }
    return out;
}

void NodeMaker::arguments(Node& node, const Json& config, const OldNode& old)
{
    node.args = readArguments(node.effect, m_effects.find(node.effect)->effect->params, config, old);
}

Made NodeMaker::outputsOf(const Node& node) const
{
    Made made;
    const auto& outputs = m_effects.find(node.effect)->effect->outputs;
    for (std::size_t i = 0; i < outputs.size(); ++i) {
        auto& end = outputs[i].type == PortType::Picture ? made.picture : outputs[i].type == PortType::Sound ? made.sound
                                                                                                             : made.signal;
        if (!end)
            end = Wire{node.name, i == 0 ? "" : std::string(outputs[i].name)};
    }
    return made;
}

} // namespace artdag
