// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/expand_group.h"

#include "core/recipe/expression_names.h"
#include "core/recipe/json_text.h"

#include <cmath>
#include <unordered_map>
#include <unordered_set>

namespace artdag {

namespace {

using NamedArguments = std::vector<std::pair<std::string, Json>>;
constexpr std::size_t longestExpression = 4096;

std::size_t valuesOf(const Json& json)
{
    std::size_t count = 1;
    if (json.is_structured())
        for (const Json& each : json)
            count += valuesOf(each);
    return count;
}

/// A value of a parameter and where it is written.
struct Given {
    const Json* value = nullptr;
    std::string origin;
};

class Expander {
public:
    Expander(const Group& group, const Node& instance, const std::string& pointer, Rate rate, const std::function<std::string(const std::string&)>& rename,
        std::size_t& copies, ProblemList& problems)
        : m_group(group),
          m_instance(instance),
          m_pointer(pointer),
          m_home(pointerTo("/groups", group.name)),
          m_owner("node '" + instance.name + "'"),
          m_rate(rate),
          m_rename(rename),
          m_copies(copies),
          m_problems(problems)
    {
        for (const RecipeParam& param : group.params)
            m_params.emplace(param.name, Given{&param.fallback, pointerTo(m_home + "/params", param.name) + "/default"});
        for (const auto& [name, argument] : instance.args)
            if (const auto param = m_params.find(name); param != m_params.end())
                param->second = {&argument, pointerTo(m_pointer + "/args", name)};
        for (const GroupInput& input : group.inputs)
            m_inputs.emplace(input.name, input.optional ? Feed() : Feed(PortValue{Wire{}}));
        for (const auto& [name, value] : instance.in)
            if (const auto input = m_inputs.find(name); input != m_inputs.end()) {
                input->second = value;
                m_connected.insert(name);
            }
        for (const Node& node : group.nodes)
            m_nodes.insert(node.name);
    }

    Expansion expand();

private:
    Feed feedOf(const Wire& wire) const;
    void bypass();
    void expandNode(const Node& inner);
    void substitute(NamedArguments& args, const std::string& node, const std::string& pointer);
    std::string expression(const std::string& text, const std::string& node);
    std::optional<std::string> textOfParam(std::string_view name, const std::string& node);
    bool spendValue(const Json& json) { return (m_copies += valuesOf(json)) <= mostCopies; }

    const Group& m_group;
    const Node& m_instance;
    const std::string& m_pointer;
    const std::string m_home, m_owner;
    Rate m_rate;
    const std::function<std::string(const std::string&)>& m_rename;
    std::size_t& m_copies;
    ProblemList& m_problems;
    std::unordered_map<std::string, Given> m_params; ///< what the instance gives, else the default
    std::unordered_map<std::string, Feed> m_inputs;
    std::unordered_set<std::string> m_connected, m_nodes;
    Expansion m_out;
};

/// How an expression writes the value of a parameter.
std::optional<std::string> Expander::textOfParam(std::string_view name, const std::string& node)
{
    const auto param = m_params.find(std::string(name));
    if (param == m_params.end())
        return std::nullopt;
    const auto& [value, origin] = param->second;
    if (value->is_number() && std::isfinite(value->get<double>())) {
        const std::string text = ecmaNumber(value->get<double>());
        return text[0] == '-' ? "(" + text + ")" : text;
    }
    if (value->is_boolean() || value->is_null()) // without a default, which has been named
        return *value == true ? "1" : "0";
    if (value->is_string())
        if (const auto time = timeOfJson(*value, m_rate))
            return ecmaNumber(secondsOfFlicks(*time));
    if (value->is_object() && value->size() == 1) {
        const auto& [form, content] = *value->get_ref<const Json::object_t&>().begin();
        if (form == "param" && content.is_string())
            return content.get<std::string>();
        if (form == "expr" && content.is_string())
            return "(" + content.get<std::string>() + ")";
    }
    m_problems.error(origin, m_owner + ": " + std::string(name) + " goes into an expression of group '" + m_group.name + "' (node '" + node + "') and must be a number there, got " + shortText(*value),
        "write a number, an expression or a param");
    return "0";
}

std::string Expander::expression(const std::string& text, const std::string& node)
{
    std::size_t length = 0;
    std::string out = replaceNames(text, [&](std::string_view name) -> std::optional<std::string> {
        if (length > longestExpression)
            return std::nullopt;
        auto instead = textOfParam(name, node);
        length += instead ? instead->size() : 0;
        return instead;
    });
    if (out.size() <= longestExpression || text.size() > longestExpression)
        return out;
    m_problems.error(m_pointer, m_owner + ": with its arguments an expression of group '" + m_group.name + "' (node '" + node + "') is longer than " + std::to_string(longestExpression) + " bytes", "make the arguments shorter");
    return "0";
}

void Expander::substitute(NamedArguments& args, const std::string& node, const std::string& pointer)
{
    for (auto& [name, argument] : args) {
        if (!argument.is_object())
            continue;
        if (const auto param = argument.find("param"); param != argument.end() && param->is_string()) {
            const auto given = m_params.find(param->get_ref<const std::string&>());
            if (given == m_params.end() || !spendValue(*given->second.value)) {
                argument = nullptr; // its mistake has been named
                continue;
            }
            m_out.origins.emplace_back(pointerTo(pointer, name), given->second.origin);
            argument = Json(*given->second.value);
            continue;
        }
        const auto expr = argument.find("expr");
        if (expr == argument.end())
            continue;
        if (expr->is_string())
            *expr = expression(expr->get<std::string>(), node);
        else if (expr->is_array())
            for (Json& part : *expr)
                if (part.is_string())
                    part = expression(part.get<std::string>(), node);
    }
    std::erase_if(args, [](const auto& entry) { return entry.second.is_null(); });
}

Feed Expander::feedOf(const Wire& wire) const
{
    if (const auto input = m_inputs.find(wire.node); input != m_inputs.end())
        return input->second;
    return m_nodes.contains(wire.node) ? PortValue{Wire{m_rename(wire.node), wire.port}} : PortValue{Wire{}};
}

void Expander::expandNode(const Node& inner)
{
    Node node = inner;
    node.name = m_rename(inner.name);
    const std::string owner = "group '" + m_group.name + "': node '" + inner.name + "'";
    const std::string flat = pointerTo("/nodes", node.name), home = pointerTo(m_home + "/nodes", inner.name);
    m_out.origins.emplace_back(flat, home);
    m_copies += 1 + node.in.size();
    for (const auto& [name, argument] : node.args)
        if (!spendValue(argument))
            return;
    substitute(node.args, inner.name, flat + "/args");
    for (auto& [port, value] : node.in)
        if (auto* items = std::get_if<std::vector<Item>>(&value.value))
            for (std::size_t i = 0; i < items->size(); ++i)
                substitute((*items)[i].args, inner.name, pointerTo(flat + "/in", port) + "/" + std::to_string(i) + "/args");
    rewire(
        node, owner, flat,
        [&](const Wire& wire, const std::string& place) -> std::optional<Feed> {
            if (m_connected.contains(wire.node))
                m_out.origins.emplace_back(place, pointerTo(m_pointer + "/in", wire.node));
            Feed feed = feedOf(wire);
            return spend(feed, m_copies) ? feed : Feed(PortValue{Wire{}});
        },
        [&](const std::string& from, const std::string& to) { m_out.origins.emplace_back(to, home + from.substr(flat.size())); }, m_problems);
    m_out.nodes.push_back(std::move(node));
}

/// An output stands for the input of its name, else for the first that is connected.
void Expander::bypass()
{
    for (const auto& [name, wire] : m_group.outputs) {
        const auto first = m_connected.contains(name) || m_instance.in.empty() ? name : m_instance.in.front().first;
        const auto input = m_inputs.find(first);
        m_out.ports.emplace_back(name, input == m_inputs.end() || !m_connected.contains(first) ? Feed() : input->second);
    }
}

Expansion Expander::expand()
{
    if (m_instance.bypass) {
        bypass();
        return std::move(m_out);
    }
    for (const Node& node : m_group.nodes)
        if (m_copies <= mostCopies)
            expandNode(node);
    for (const auto& [name, wire] : m_group.outputs)
        m_out.ports.emplace_back(name, feedOf(wire));
    return std::move(m_out);
}

/// A binding follows one wire: a list has none, and what is fed nothing keeps its default.
void rewireBindings(NamedArguments& args, const std::string& owner, const std::string& pointer, const std::function<std::optional<Feed>(const Wire&, const std::string&)>& feed, ProblemList& problems)
{
    std::erase_if(args, [&](auto& entry) {
        auto& argument = entry.second;
        if (!argument.is_object() || !argument.contains("bind") || !argument["bind"].is_string())
            return false;
        const auto wire = wireOfText(argument["bind"].template get<std::string>());
        const std::string place = pointerTo(pointer, entry.first);
        const auto instead = wire ? feed(*wire, place + "/bind") : std::nullopt;
        if (!instead)
            return false;
        if (!*instead)
            return true;
        const Wire* one = std::get_if<Wire>(&(*instead)->value);
        if (one == nullptr)
            problems.error(place, owner + ": " + entry.first + " is bound to '" + wire->text() + "', which is a list", "a binding follows one signal");
        if (one == nullptr || one->node.empty())
            return true;
        argument["bind"] = one->text();
        return false;
    });
}

} // namespace

bool spend(const Feed& feed, std::size_t& copies)
{
    if (feed)
        if (const auto* items = std::get_if<std::vector<Item>>(&feed->value))
            for (const Item& item : *items) {
                ++copies;
                for (const auto& [name, argument] : item.args)
                    copies += valuesOf(argument);
            }
    return copies <= mostCopies;
}

void rewire(Node& node, const std::string& owner, const std::string& pointer, const std::function<std::optional<Feed>(const Wire&, const std::string& pointer)>& feed,
    const std::function<void(const std::string& from, const std::string& to)>& moved, ProblemList& problems)
{
    rewireBindings(node.args, owner, pointer + "/args", feed, problems);
    std::erase_if(node.in, [&](auto& port) {
        const std::string place = pointerTo(pointer + "/in", port.first);
        if (const Wire* wire = std::get_if<Wire>(&port.second.value)) {
            const auto instead = feed(*wire, place);
            if (instead && *instead)
                port.second = **instead;
            return instead && !*instead;
        }
        std::vector<Item> items;
        auto& before = std::get<std::vector<Item>>(port.second.value);
        for (std::size_t i = 0; i < before.size(); ++i) {
            Item& item = before[i];
            const std::string from = place + "/" + std::to_string(i), to = place + "/" + std::to_string(items.size());
            if (from != to)
                moved(from, to);
            rewireBindings(item.args, owner, to + "/args", feed, problems);
            const auto instead = item.from ? feed(*item.from, item.plain ? to : to + "/from") : std::nullopt;
            if (!instead) {
                items.push_back(std::move(item));
            } else if (*instead) {
                if (const Wire* wire = std::get_if<Wire>(&(*instead)->value)) {
                    item.from = *wire;
                    items.push_back(std::move(item));
                } else if (item.plain) {
                    const auto& list = std::get<std::vector<Item>>((*instead)->value);
                    items.insert(items.end(), list.begin(), list.end());
                } else {
                    problems.error(to, owner + ": " + port.first + ", item " + std::to_string(i + 1) + ": '" + item.from->text() + "' is a list and cannot be trimmed or given arguments", "write the bare wire");
                }
            }
        }
        const bool empty = items.empty() && !before.empty();
        before = std::move(items);
        return empty;
    });
}

Expansion expandGroup(const Group& group, const Node& instance, const std::string& pointer, Rate rate,
    const std::function<std::string(const std::string&)>& rename, std::size_t& copies, ProblemList& problems)
{
    return Expander(group, instance, pointer, rate, rename, copies, problems).expand();
}

} // namespace artdag
