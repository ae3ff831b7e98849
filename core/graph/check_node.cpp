// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/graph/check_node.h"

#include "core/base/similar_names.h"
#include "core/recipe/json_text.h"

#include <algorithm>

namespace artdag {

namespace {

class NodeChecker {
public:
    NodeChecker(int index, RecipeSources& sources, const ArgumentScope& scope, ProblemList& problems)
        : m_index(index),
          m_sources(sources),
          m_scope(scope),
          m_problems(problems)
    {
    }

    CheckedNode check()
    {
        readNode();
        return std::move(m_checked);
    }

private:
    void readNode();
    void readPort(int port, const PortValue& value, const std::string& pointer);
    void readItem(int port, const Item& item, const std::string& pointer);
    template <class Arguments>
    std::vector<GraphArgument> arguments(const Arguments& given, const std::vector<Param>& params, const std::string& owner, const std::string& pointer);
    std::optional<Flicks> trim(const std::optional<Json>& json, const char* name, const std::string& owner, const std::string& pointer);

    int m_index;
    RecipeSources& m_sources;
    const ArgumentScope& m_scope;
    ProblemList& m_problems;
    CheckedNode m_checked;
};

std::optional<Flicks> NodeChecker::trim(const std::optional<Json>& json, const char* name, const std::string& owner, const std::string& pointer)
{
    if (!json)
        return std::nullopt;
    const auto time = timeOfJson(*json, m_scope.rate);
    if (!time)
        m_problems.error(pointer + "/" + name, owner + ": " + name + " " + time.error().message);
    else if (*time < 0)
        m_problems.error(pointer + "/" + name, owner + ": " + name + " must be at least 0 s, got " + shortText(*json));
    return time ? std::optional(*time) : std::nullopt;
}

template <class Arguments>
std::vector<GraphArgument> NodeChecker::arguments(const Arguments& given, const std::vector<Param>& params, const std::string& owner, const std::string& pointer)
{
    std::vector<GraphArgument> values;
    for (const Param& param : params)
        values.emplace_back(param.initial);
    for (const auto& [name, json] : given) {
        const std::string place = pointerTo(pointer, name);
        const auto param = std::ranges::find(params, std::string_view(name), &Param::name);
        if (param == params.end()) {
            std::vector<std::string_view> names;
            for (const Param& each : params)
                names.push_back(each.name);
            m_problems.error(place, owner + ": argument " + shortText(Json(name)) + " is not known", params.empty() ? "it takes no arguments" : didYouMean(name, names));
            continue;
        }
        if (auto value = readArgument(json, *param, owner, place, m_scope, m_problems))
            values[static_cast<std::size_t>(param - params.begin())] = std::move(*value);
    }
    return values;
}

void NodeChecker::readItem(int port, const Item& item, const std::string& pointer)
{
    const Effect& effect = *m_sources[m_index].entry->effect;
    const Port& description = effect.inputs[static_cast<std::size_t>(port)];
    const int place = static_cast<int>(m_checked.items.size());
    const std::string owner = "node " + inQuotes(m_sources[m_index].name) + ": " + std::string(description.name) + ", item " + std::to_string(place + 1);
    Connection connection{.port = port, .item = place};
    if (const auto in = trim(item.in, "in", owner, pointer))
        connection.in = *in;
    connection.out = trim(item.out, "out", owner, pointer);
    if (connection.out && *connection.out <= connection.in)
        m_problems.error(pointer + "/out", owner + ": out must be later than in, got " + shortText(*item.out));
    GraphItem read{item.id, arguments(item.args, effect.itemParams, owner, pointer + "/args")};
    m_checked.items.push_back(std::move(read));
    if (!item.from) {
        if (!item.plain)
            m_problems.error(pointer, owner + ": 'from' is missing", "add \"from\": \"node\"");
        return;
    }
    if (const auto from = m_sources.connect(*item.from, description.type, owner, item.plain ? pointer : pointer + "/from")) {
        connection.from = *from;
        m_checked.connections.push_back(connection);
    }
}

void NodeChecker::readPort(int port, const PortValue& value, const std::string& pointer)
{
    const Port& description = m_sources[m_index].entry->effect->inputs[static_cast<std::size_t>(port)];
    const std::string owner = "node " + inQuotes(m_sources[m_index].name);
    const Wire* wire = std::get_if<Wire>(&value.value);
    if (description.list) {
        Item alone;
        alone.plain = true;
        if (wire != nullptr) {
            alone.from = *wire;
            readItem(port, alone, pointer);
            return;
        }
        const auto& items = std::get<std::vector<Item>>(value.value);
        for (std::size_t i = 0; i < items.size(); ++i)
            readItem(port, items[i], pointer + "/" + std::to_string(i));
        if (items.empty() && !description.optional)
            m_problems.error(pointer, owner + ": " + std::string(description.name) + " needs at least one item");
        return;
    }
    if (wire == nullptr) {
        m_problems.error(pointer, owner + ": " + std::string(description.name) + " takes one wire, not a list");
        return;
    }
    if (const auto from = m_sources.connect(*wire, description.type, owner + ": " + std::string(description.name), pointer))
        m_checked.connections.push_back({.port = port, .from = *from});
}

void NodeChecker::readNode()
{
    const Source& self = m_sources[m_index];
    if (self.entry == nullptr)
        return;
    const Node& node = *self.node;
    const Effect& effect = *self.entry->effect;
    const std::string owner = "node " + inQuotes(node.name), pointer = pointerTo("/nodes", node.name);
    for (const auto& [name, value] : node.in)
        if (std::ranges::find(effect.inputs, std::string_view(name), &Port::name) == effect.inputs.end()) {
            std::vector<std::string_view> names;
            for (const Port& each : effect.inputs)
                names.push_back(each.name);
            m_problems.error(pointerTo(pointer + "/in", name), owner + ": " + std::string(effect.name) + " has no input " + shortText(Json(name)),
                names.empty() ? "it takes no inputs" : didYouMean(name, names));
        }
    for (std::size_t i = 0; i < effect.inputs.size(); ++i) {
        const Port& port = effect.inputs[i];
        if (const PortValue* value = node.port(port.name))
            readPort(static_cast<int>(i), *value, pointerTo(pointer + "/in", port.name));
        else if (!port.optional)
            m_problems.error(pointer, owner + ": " + std::string(port.name) + " is not connected",
                std::string(effect.name) + " needs " + withArticle(nameOf(port.type)) + ": add \"in\": {\"" + std::string(port.name) + "\": \"…\"}");
    }
    m_checked.args = arguments(node.args, effect.params, owner, pointer + "/args");
}

} // namespace

CheckedNode checkNode(int index, RecipeSources& sources, const ArgumentScope& scope, ProblemList& problems)
{
    return NodeChecker(index, sources, scope, problems).check();
}

} // namespace artdag
