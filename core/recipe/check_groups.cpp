// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/check_groups.h"

#include "core/base/digest.h"
#include "core/base/similar_names.h"
#include "core/recipe/expression_names.h"
#include "core/recipe/json_text.h"

#include <algorithm>
#include <cstdint>
#include <unordered_map>

namespace artdag {

namespace {

constexpr int mostLevels = 64;
constexpr std::uint64_t mostParts = 200'000;

using NamedArguments = std::vector<std::pair<std::string, Json>>;

using Names = std::unordered_set<std::string_view>;

/// "Did you mean" one of them, or `none` when there are none at all.
std::string hintOf(std::string_view name, std::initializer_list<const Names*> known, const ProblemList& problems, const char* none = "")
{
    std::vector<std::string_view> all;
    for (const Names* names : known)
        all.insert(all.end(), names->begin(), names->end());
    if (all.empty() || problems.full())
        return none;
    std::ranges::sort(all);
    return didYouMean(name, all);
}

/// One group's own mistakes.
class GroupChecker {
public:
    GroupChecker(const Group& group, ProblemList& problems)
        : m_group(group),
          m_owner("group '" + group.name + "'"),
          m_pointer(pointerTo("/groups", group.name)),
          m_problems(problems)
    {
        for (const GroupInput& each : group.inputs)
            m_inputs.insert(each.name);
        for (const Node& each : group.nodes)
            m_nodes.insert(each.name);
        for (const RecipeParam& each : group.params)
            m_params.insert(each.name);
    }

    void check()
    {
        if (!m_group.source.empty() && !nameOfText<ContentId>(m_group.source))
            m_problems.error(m_pointer + "/source", m_owner + ": source must be a content id, sha3-256: and 64 hexadecimal digits, got " + shortText(Json(m_group.source)));
        for (const Node& node : m_group.nodes)
            checkNode(node);
        if (m_group.outputs.empty())
            m_problems.error(m_pointer, m_owner + ": it has no outputs, so nothing can take anything from it", "add \"outputs\": {\"picture\": \"…\"}");
        for (const auto& [name, wire] : m_group.outputs)
            checkWire(wire, m_owner + ": output '" + name + "'", pointerTo(m_pointer + "/outputs", name));
        for (const GroupInput& each : m_group.inputs)
            warnUnused(each.name, "input", "/inputs");
        for (const RecipeParam& each : m_group.params)
            warnUnused(each.name, "param", "/params");
    }

private:
    void warnUnused(const std::string& name, const std::string& kind, const char* member)
    {
        if (!m_used.contains(name))
            m_problems.warning(pointerTo(m_pointer + member, name), m_owner + ": " + kind + " '" + name + "' goes to no node", "remove it or use it");
    }
    void checkNode(const Node& node)
    {
        const std::string owner = m_owner + ": node '" + node.name + "'", pointer = pointerTo(m_pointer + "/nodes", node.name);
        for (const auto& [port, value] : node.in) {
            const std::string place = pointerTo(pointer + "/in", port);
            if (const Wire* wire = std::get_if<Wire>(&value.value)) {
                checkWire(*wire, owner + ": " + port, place);
                continue;
            }
            const auto& items = std::get<std::vector<Item>>(value.value);
            for (std::size_t i = 0; i < items.size(); ++i) {
                const std::string at = place + "/" + std::to_string(i), subject = owner + ": " + port + ", item " + std::to_string(i + 1);
                if (items[i].from)
                    checkWire(*items[i].from, subject, items[i].plain ? at : at + "/from");
                checkArguments(items[i].args, subject, at + "/args");
            }
        }
        checkArguments(node.args, owner, pointer + "/args");
    }
    void checkWire(const Wire& wire, const std::string& owner, const std::string& pointer)
    {
        m_used.insert(wire.node);
        const bool isInput = m_inputs.contains(wire.node);
        if (!isInput && !m_nodes.contains(wire.node))
            m_problems.error(pointer, owner + ": the group has no node or input '" + wire.node + "'", hintOf(wire.node, {&m_inputs, &m_nodes}, m_problems));
        else if (isInput && !wire.port.empty())
            m_problems.error(pointer, owner + ": '" + wire.node + "' is an input of the group and has no ports", "write \"" + wire.node + "\" and add an input for '" + wire.port + "'");
    }
    void checkArguments(const NamedArguments& args, const std::string& owner, const std::string& pointer)
    {
        const auto uses = [this](std::string_view expression) {
            replaceNames(expression, [this](std::string_view name) {
                m_used.emplace(name);
                return std::nullopt;
            });
        };
        for (const auto& [name, argument] : args) {
            if (!argument.is_object())
                continue;
            const std::string place = pointerTo(pointer, name);
            if (const auto param = argument.find("param"); param != argument.end() && param->is_string()) {
                const std::string& wanted = param->get_ref<const std::string&>();
                m_used.insert(wanted);
                if (!m_params.contains(wanted))
                    m_problems.error(place + "/param", owner + ": " + name + ": the group has no param '" + wanted + "'", hintOf(wanted, {&m_params}, m_problems));
            }
            if (const auto expr = argument.find("expr"); expr != argument.end() && expr->is_string())
                uses(expr->get_ref<const std::string&>());
            else if (expr != argument.end() && expr->is_array())
                for (const Json& part : *expr)
                    if (part.is_string())
                        uses(part.get_ref<const std::string&>());
            if (const auto bind = argument.find("bind"); bind != argument.end() && bind->is_string())
                if (const auto wire = wireOfText(bind->get_ref<const std::string&>()))
                    checkWire(*wire, owner + ": " + name, place + "/bind");
        }
    }

    const Group& m_group;
    const std::string m_owner, m_pointer;
    ProblemList& m_problems;
    Names m_inputs, m_nodes, m_params;
    std::unordered_set<std::string> m_used;
};

struct Size {
    int levels = 1;
    std::uint64_t parts = 0; ///< nodes and ports
};

/// Sizes of groups without circles, innermost first; the others wait for each other in circles.
class GroupSizes {
public:
    GroupSizes(const Recipe& recipe, const GroupTable& groups)
        : m_recipe(recipe),
          m_groups(groups)
    {
        std::unordered_map<const Group*, std::vector<const Group*>> users;
        std::unordered_map<const Group*, std::size_t> waits;
        std::vector<const Group*> ready;
        for (const Group& group : recipe.groups) {
            for (const Node& node : group.nodes)
                if (const Group* inner = groupOf(node)) {
                    users[inner].push_back(&group);
                    ++waits[&group];
                }
            if (!waits.contains(&group))
                ready.push_back(&group);
        }
        while (!ready.empty()) {
            const Group* group = ready.back();
            ready.pop_back();
            measure(*group);
            for (const Group* user : users[group])
                if (--waits[user] == 0)
                    ready.push_back(user);
        }
    }

    [[nodiscard]] const Group* groupOf(const Node& node) const
    {
        const auto found = m_groups.find(node.group);
        return found == m_groups.end() ? nullptr : found->second;
    }
    [[nodiscard]] const Size* of(const Group* group) const
    {
        const auto found = m_sizes.find(group);
        return found == m_sizes.end() ? nullptr : &found->second;
    }
    void nameCircles(ProblemList& problems) const
    {
        std::unordered_set<const Group*> seen;
        for (const Group& start : m_recipe.groups) {
            std::vector<const Group*> way;
            const Group* at = &start;
            while (at != nullptr && of(at) == nullptr && seen.insert(at).second) {
                way.push_back(at);
                at = nextOnCircle(*at);
            }
            const auto begin = std::ranges::find(way, at);
            if (begin == way.end())
                continue;
            std::string text;
            for (auto each = begin; each != way.end(); ++each)
                text += "'" + (*each)->name + "' → ";
            problems.error(pointerTo("/groups", at->name), "group '" + at->name + "': it contains itself: " + text + "'" + at->name + "'", "take one of these instances out");
        }
    }

private:
    void measure(const Group& group)
    {
        Size size{1, group.nodes.size() + group.inputs.size() + group.params.size() + group.outputs.size()};
        for (const Node& node : group.nodes)
            if (const Size* inner = of(groupOf(node))) {
                size.levels = std::max(size.levels, inner->levels + 1);
                size.parts = std::min(size.parts + inner->parts, mostParts * 2);
            }
        m_sizes[&group] = size;
    }
    [[nodiscard]] const Group* nextOnCircle(const Group& group) const
    {
        for (const Node& node : group.nodes)
            if (const Group* next = groupOf(node); next != nullptr && of(next) == nullptr)
                return next;
        return nullptr;
    }

    const Recipe& m_recipe;
    const GroupTable& m_groups;
    std::unordered_map<const Group*, Size> m_sizes;
};

/// Every instance names a group, and every group has an instance.
void checkUses(const Recipe& recipe, const GroupTable& groups, ProblemList& problems)
{
    std::unordered_set<std::string_view> used;
    const auto visit = [&](const Node& node, const std::string& owner, const std::string& pointer) {
        if (node.group.empty())
            return;
        used.insert(node.group);
        if (groups.contains(node.group) || problems.full())
            return;
        std::vector<std::string_view> known;
        for (const Group& group : recipe.groups)
            known.push_back(group.name);
        problems.error(pointerTo(pointer, node.name) + "/group", owner + "node '" + node.name + "': there is no group " + shortText(Json(node.group)), didYouMean(node.group, known));
    };
    for (const Node& node : recipe.nodes)
        visit(node, "", "/nodes");
    for (const Group& group : recipe.groups)
        for (const Node& node : group.nodes)
            visit(node, "group '" + group.name + "': ", pointerTo("/groups", group.name) + "/nodes");
    for (const Group& group : recipe.groups)
        if (!used.contains(group.name))
            problems.warning(pointerTo("/groups", group.name), "group '" + group.name + "': no node is an instance of it", "add a node with \"group\": \"" + group.name + "\"");
}

} // namespace

GroupTable groupsByName(const Recipe& recipe)
{
    GroupTable groups;
    for (const Group& group : recipe.groups)
        groups.emplace(group.name, &group);
    return groups;
}

std::unordered_set<std::string> checkGroups(const Recipe& recipe, const GroupTable& groups, ProblemList& problems)
{
    checkUses(recipe, groups, problems);
    for (const Group& group : recipe.groups)
        GroupChecker(group, problems).check();
    const GroupSizes sizes(recipe, groups);
    sizes.nameCircles(problems);
    std::unordered_set<std::string> usable;
    std::uint64_t parts = 0;
    for (const Node& node : recipe.nodes)
        if (const Size* size = sizes.of(sizes.groupOf(node)))
            parts += size->parts;
    for (const Group& group : recipe.groups) {
        const Size* size = sizes.of(&group);
        if (size == nullptr)
            continue;
        parts += size->parts;
        if (size->levels > mostLevels)
            problems.error(pointerTo("/groups", group.name), "group '" + group.name + "': groups are nested deeper than " + std::to_string(mostLevels) + " levels");
        else
            usable.insert(group.name);
    }
    if (parts > mostParts) {
        problems.error("/groups", "recipe: its groups make more than " + std::to_string(mostParts) + " nodes and ports", "use fewer instances");
        usable.clear();
    }
    for (const Group& group : recipe.groups)
        if (usable.contains(group.name))
            for (const Node& node : group.nodes)
                if (const Group* inner = sizes.groupOf(node); inner != nullptr && usable.contains(inner->name))
                    checkInstance(node, *inner, "group '" + group.name + "': node '" + node.name + "'", pointerTo(pointerTo("/groups", group.name) + "/nodes", node.name), problems);
    return usable;
}

void checkInstance(const Node& instance, const Group& group, const std::string& owner, const std::string& pointer, ProblemList& problems)
{
    Names connected, inputs, params;
    for (const auto& [name, value] : instance.in)
        connected.insert(name);
    for (const GroupInput& input : group.inputs) {
        inputs.insert(input.name);
        if (!input.optional && !instance.bypass && !connected.contains(input.name))
            problems.error(pointer, owner + ": " + input.name + " is not connected", "group '" + group.name + "' needs it: add \"in\": {\"" + input.name + "\": \"…\"}");
    }
    for (const RecipeParam& param : group.params)
        params.insert(param.name);
    for (const auto& [name, value] : instance.in)
        if (!inputs.contains(name))
            problems.error(pointerTo(pointer + "/in", name), owner + ": group '" + group.name + "' has no input " + shortText(Json(name)), hintOf(name, {&inputs}, problems, "it takes no inputs"));
    for (const auto& [name, value] : instance.args)
        if (!params.contains(name))
            problems.error(pointerTo(pointer + "/args", name), owner + ": argument " + shortText(Json(name)) + " is not known", hintOf(name, {&params}, problems, "the group takes no arguments"));
}

} // namespace artdag
