// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/graph/check_node.h"

#include "core/base/similar_names.h"
#include "core/graph/literal.h"
#include "core/recipe/json_text.h"

#include <algorithm>

namespace artdag {

namespace {

using NamedArguments = std::vector<std::pair<std::string, Json>>;

template <class Described>
std::vector<std::string_view> namesOf(const std::vector<Described>& all)
{
    std::vector<std::string_view> names;
    for (const Described& each : all)
        names.push_back(each.name);
    return names;
}

class NodeChecker {
public:
    NodeChecker(int index, RecipeSources& sources, const ArgumentScope& scope, DefaultArguments& defaults, ProblemList& problems)
        : m_sources(sources),
          m_scope(scope),
          m_defaults(defaults),
          m_problems(problems),
          m_self(sources[index]),
          m_owner{.before = "node '", .name = m_self.name, .after = "'"},
          m_place(m_nodes, m_self.name)
    {
    }
    NodeChecker(const NodeChecker&) = delete;
    NodeChecker& operator=(const NodeChecker&) = delete;

    CheckedNode check()
    {
        if (m_self.entry != nullptr)
            readNode();
        return std::move(m_checked);
    }

private:
    void readNode();
    void readPort(int port, const PortValue& value, const Place& place);
    void readItem(int port, const Item& item, const Place& place);
    GraphArguments arguments(const NamedArguments& given, const std::vector<Param>& params, const Subject& owner, const Place& within);
    std::optional<Flicks> trim(const std::optional<Json>& json, const char* name, const Subject& owner, const Place& within);
    [[nodiscard]] const Effect& effect() const { return *m_self.entry->effect; }

    RecipeSources& m_sources;
    const ArgumentScope& m_scope;
    DefaultArguments& m_defaults;
    ProblemList& m_problems;
    const Source& m_self;
    const Subject m_owner;
    const Place m_nodes{"/nodes"};
    const Place m_place;
    CheckedNode m_checked;
};

std::optional<Flicks> NodeChecker::trim(const std::optional<Json>& json, const char* name, const Subject& owner, const Place& within)
{
    if (!json)
        return std::nullopt;
    const auto time = timeOfJson(*json, m_scope.rate);
    if (!time)
        m_problems.error(within.pointer() + "/" + name, owner.text() + ": " + name + " " + time.error().message);
    else if (*time < 0)
        m_problems.error(within.pointer() + "/" + name, owner.text() + ": " + name + " must be at least 0 s, got " + shortText(*json));
    return time ? std::optional(*time) : std::nullopt;
}

GraphArguments NodeChecker::arguments(const NamedArguments& given, const std::vector<Param>& params, const Subject& owner, const Place& within)
{
    GraphArguments values = m_defaults.of(params);
    const Place list(within, "args");
    for (const auto& [name, json] : given) {
        const auto param = std::ranges::find(params, std::string_view(name), &Param::name);
        const Place place(list, name);
        if (param == params.end()) {
            m_problems.error(place.pointer(), owner.text() + ": argument " + shortText(Json(name)) + " is not known", params.empty() ? "it takes no arguments" : didYouMean(name, namesOf(params)));
            continue;
        }
        const auto index = static_cast<std::size_t>(param - params.begin());
        if (!json.is_object()) // most are literals in order, which need no names
            if (auto value = valueOfJson(json, *param, m_scope.rate)) {
                values.set(index, std::move(*value));
                continue;
            }
        if (auto value = readArgument(json, *param, owner.text(), place.pointer(), m_scope, m_problems))
            values.set(index, std::move(*value));
    }
    return values;
}

void NodeChecker::readItem(int port, const Item& item, const Place& place)
{
    const Port& description = effect().inputs[static_cast<std::size_t>(port)];
    const std::size_t number = m_checked.items.size();
    const Subject ofPort{.within = &m_owner, .before = ": ", .name = description.name}, owner{.within = &ofPort, .before = ", item ", .number = number + 1};
    Connection connection{.port = port, .item = static_cast<int>(number)};
    if (const auto in = trim(item.in, "in", owner, place))
        connection.in = *in;
    connection.out = trim(item.out, "out", owner, place);
    if (connection.out && *connection.out <= connection.in)
        m_problems.error(place.pointer() + "/out", owner.text() + ": out must be later than in, got " + shortText(*item.out));
    GraphItem read{item.id, arguments(item.args, effect().itemParams, owner, place)};
    m_checked.items.push_back(std::move(read));
    if (!item.from) {
        if (!item.plain)
            m_problems.error(place.pointer(), owner.text() + ": 'from' is missing", "add \"from\": \"node\"");
        return;
    }
    if (const auto from = m_sources.connect(*item.from, description.type, owner, item.plain ? place : Place(place, "from"))) {
        connection.from = *from;
        m_checked.connections.push_back(connection);
    }
}

void NodeChecker::readPort(int port, const PortValue& value, const Place& place)
{
    const Port& description = effect().inputs[static_cast<std::size_t>(port)];
    const Wire* wire = std::get_if<Wire>(&value.value);
    if (description.list) {
        if (wire != nullptr) {
            Item alone;
            alone.plain = true;
            alone.from = *wire;
            readItem(port, alone, place);
            return;
        }
        const auto& items = std::get<std::vector<Item>>(value.value);
        m_checked.items.reserve(items.size());
        m_checked.connections.reserve(m_checked.connections.size() + items.size());
        for (std::size_t i = 0; i < items.size(); ++i)
            readItem(port, items[i], Place(place, i));
        if (items.empty() && !description.optional)
            m_problems.error(place.pointer(), m_owner.text() + ": " + std::string(description.name) + " needs at least one item");
        return;
    }
    if (wire == nullptr) {
        m_problems.error(place.pointer(), m_owner.text() + ": " + std::string(description.name) + " takes one wire, not a list");
        return;
    }
    if (const auto from = m_sources.connect(*wire, description.type, Subject{.within = &m_owner, .before = ": ", .name = description.name}, place))
        m_checked.connections.push_back({.port = port, .from = *from});
}

void NodeChecker::readNode()
{
    const Node& node = *m_self.node;
    const Place ports(m_place, "in");
    for (const auto& [name, value] : node.in)
        if (std::ranges::find(effect().inputs, std::string_view(name), &Port::name) == effect().inputs.end()) {
            const auto names = namesOf(effect().inputs);
            m_problems.error(Place(ports, name).pointer(), m_owner.text() + ": " + std::string(effect().name) + " has no input " + shortText(Json(name)),
                names.empty() ? "it takes no inputs" : didYouMean(name, names));
        }
    for (std::size_t i = 0; i < effect().inputs.size(); ++i) {
        const Port& port = effect().inputs[i];
        if (const PortValue* value = node.port(port.name))
            readPort(static_cast<int>(i), *value, Place(ports, port.name));
        else if (!port.optional)
            m_problems.error(m_place.pointer(), m_owner.text() + ": " + std::string(port.name) + " is not connected",
                std::string(effect().name) + " needs " + withArticle(nameOf(port.type)) + ": add \"in\": {\"" + std::string(port.name) + "\": \"…\"}");
    }
    m_checked.args = arguments(node.args, effect().params, m_owner, m_place);
}

} // namespace

const GraphArguments& DefaultArguments::of(const std::vector<Param>& params)
{
    const auto [made, fresh] = m_made.try_emplace(&params);
    if (fresh) {
        auto values = std::make_shared<std::vector<Value>>();
        values->reserve(params.size());
        for (const Param& param : params)
            values->push_back(param.initial);
        made->second = GraphArguments(std::move(values));
    }
    return made->second;
}

CheckedNode checkNode(int index, RecipeSources& sources, const ArgumentScope& scope, DefaultArguments& defaults, ProblemList& problems)
{
    return NodeChecker(index, sources, scope, defaults, problems).check();
}

} // namespace artdag
