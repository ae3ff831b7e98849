// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/check_groups.h"
#include "core/recipe/edit_recipe.h"
#include "core/recipe/edit_rules.h"
#include "core/recipe/expand_group.h"
#include "core/recipe/recipe_wires.h"

#include <set>

namespace artdag {

namespace {

/// Carries nodes of a recipe over into a group.
class Grouping {
public:
    Grouping(const Recipe& recipe, std::set<std::string> inside, const std::string& name)
        : m_next(recipe),
          m_inside(std::move(inside))
    {
        m_group.name = name;
        m_next.groups.push_back(m_group); // so that the instance's name is another
        m_instance.name = freshName(m_next, name);
        m_instance.group = name;
        m_next.groups.pop_back();
    }

    Recipe group()
    {
        takeParams();
        takeNodes();
        leadOutwards();
        takeLayout();
        std::erase_if(m_next.handles, [this](const std::string& handle) { return m_inside.contains(handle.substr(0, handle.find('.'))); });
        m_next.nodes.insert(m_next.nodes.begin() + m_place, std::move(m_instance));
        m_next.groups.push_back(std::move(m_group));
        return std::move(m_next);
    }

private:
    void takeParams()
    {
        for (const RecipeParam& param : m_next.params)
            for (const Node& node : m_next.nodes)
                if (m_inside.contains(node.name) && usesParam(node, param.name)) {
                    m_group.params.push_back(param);
                    m_instance.args.emplace_back(param.name, Json{{"param", param.name}});
                    break;
                }
    }
    std::string inputFor(const Wire& wire)
    {
        const auto [found, fresh] = m_inputs.emplace(wire.text(), "");
        if (fresh) {
            found->second = freshNameWhere(wire.port.empty() ? wire.node : wire.node + "_" + wire.port, [this](const std::string& name) {
                return m_inside.contains(name) || named(m_group.inputs, name) != m_group.inputs.end() || named(m_group.params, name) != m_group.params.end();
            });
            m_group.inputs.push_back({.name = found->second});
            m_instance.in.emplace_back(found->second, PortValue{wire});
        }
        return found->second;
    }
    void takeNodes()
    {
        std::vector<Node> outside;
        for (Node& node : m_next.nodes) {
            if (!m_inside.contains(node.name)) {
                outside.push_back(std::move(node));
                continue;
            }
            if (m_group.nodes.empty())
                m_place = static_cast<std::ptrdiff_t>(outside.size());
            visitWires(node, [this](Wire& wire) {
                if (!m_inside.contains(wire.node))
                    wire = {inputFor(wire), ""};
                return WireChange::Keep;
            });
            m_group.nodes.push_back(std::move(node));
        }
        m_next.nodes = std::move(outside);
    }
    std::string outputFor(const Wire& wire)
    {
        const auto known = std::ranges::find(m_group.outputs, wire, [](const auto& output) { return output.second; });
        if (known != m_group.outputs.end())
            return known->first;
        const std::string name = freshNameWhere(wire.port.empty() ? wire.node : wire.port, [this](const std::string& each) {
            return std::ranges::any_of(m_group.outputs, [&](const auto& output) { return output.first == each; });
        });
        m_group.outputs.emplace_back(name, wire);
        return name;
    }
    void leadOutwards()
    {
        visitWires(m_next, [this](Wire& wire) {
            if (m_inside.contains(wire.node))
                wire = {m_instance.name, outputFor(wire)};
            return WireChange::Keep;
        });
        if (m_group.outputs.empty())
            outputFor({m_group.nodes.back().name, ""});
    }
    void takeLayout()
    {
        std::vector<std::string> placed;
        LayoutPoint middle{0, 0};
        for (const std::string& name : m_next.layoutOrder)
            if (m_inside.contains(name))
                placed.push_back(name);
        for (const std::string& name : placed) {
            const LayoutPoint point = m_next.layout.at(name);
            m_group.layout[name] = point;
            m_group.layoutOrder.push_back(name);
            middle.first += point.first / static_cast<double>(placed.size());
            middle.second += point.second / static_cast<double>(placed.size());
            unplace(m_next, name);
        }
        if (!placed.empty())
            place(m_next, m_instance.name, middle);
    }

    Recipe m_next;
    std::set<std::string> m_inside;
    Group m_group;
    Node m_instance;
    std::ptrdiff_t m_place = 0;
    std::map<std::string, std::string> m_inputs; ///< wire from outside → its input
};

/// Nothing may lie on a way from one of the nodes to another.
Result<void> refuseGap(const Recipe& recipe, const std::set<std::string>& inside)
{
    std::map<std::string_view, std::vector<std::string>> sources;
    for (const Node& node : recipe.nodes)
        sources[node.name] = sourcesOf(node);
    std::set<std::string_view> before; // outside, and something inside is fed by them
    std::vector<std::string> waiting;
    for (const std::string& name : inside)
        for (const std::string& source : sources[name])
            waiting.push_back(source);
    while (!waiting.empty()) {
        const std::string name = std::move(waiting.back());
        waiting.pop_back();
        const auto found = sources.find(name);
        if (found == sources.end() || inside.contains(name) || !before.insert(found->first).second)
            continue;
        for (const std::string& source : found->second) {
            if (inside.contains(source))
                return fail(Fault::Conflict, "group: node " + inQuotes(name) + " lies between the nodes of the group; take it in too");
            waiting.push_back(source);
        }
    }
    return {};
}

/// A group that nothing is an instance of any more is taken away.
void dropUnused(Recipe& recipe, const std::string& group)
{
    const auto uses = [&group](const Node& node) { return node.group == group; };
    const bool used = std::ranges::any_of(recipe.nodes, uses) || std::ranges::any_of(recipe.groups, [&](const Group& each) { return std::ranges::any_of(each.nodes, uses); });
    if (!used)
        std::erase_if(recipe.groups, [&group](const Group& each) { return each.name == group; });
}

/// Gives what was fed by the instance what its ports stand for.
void leadPast(Recipe& recipe, const std::string& instance, const std::vector<std::pair<std::string, Feed>>& ports, ProblemList& problems)
{
    const auto feed = [&](const Wire& wire, const std::string& pointer) -> std::optional<Feed> {
        if (wire.node != instance)
            return std::nullopt;
        const auto port = wire.port.empty() ? ports.begin() : std::ranges::find(ports, wire.port, [](const auto& each) { return each.first; });
        if (port != ports.end())
            return port->second;
        problems.error(pointer, "node " + inQuotes(instance) + ": it has no output " + inQuotes(wire.port));
        return Feed();
    };
    for (Node& node : recipe.nodes)
        rewire(
            node, "node " + inQuotes(node.name), "", feed, [](const std::string&, const std::string&) {}, problems);
    for (RecipeOutput& output : recipe.outputs)
        for (std::optional<Wire>* end : {&output.picture, &output.sound})
            if (const auto instead = *end ? feed(**end, "") : std::nullopt) {
                const Wire* wire = *instead ? std::get_if<Wire>(&(**instead).value) : nullptr;
                *end = wire != nullptr ? std::optional(*wire) : std::nullopt;
            }
}

void spreadLayout(Recipe& recipe, const Group& group, const std::string& instance, const std::map<std::string, std::string>& names)
{
    LayoutPoint shift{0, 0};
    const auto origin = recipe.layout.find(instance);
    if (origin != recipe.layout.end() && !group.layoutOrder.empty()) {
        for (const std::string& name : group.layoutOrder) {
            shift.first -= group.layout.at(name).first / static_cast<double>(group.layoutOrder.size());
            shift.second -= group.layout.at(name).second / static_cast<double>(group.layoutOrder.size());
        }
        shift = {shift.first + origin->second.first, shift.second + origin->second.second};
    }
    unplace(recipe, instance);
    for (const std::string& name : group.layoutOrder)
        if (const auto outer = names.find(name); outer != names.end())
            place(recipe, outer->second, {group.layout.at(name).first + shift.first, group.layout.at(name).second + shift.second});
}

} // namespace

Result<Recipe> groupNodes(const Recipe& recipe, const std::vector<std::string>& names, std::string_view group)
{
    const std::string name = group.empty() ? freshName(recipe, "group") : std::string(group);
    TRY(claim(recipe, "group", name));
    std::set<std::string> inside(names.begin(), names.end());
    if (inside.empty())
        return fail(Fault::BadInput, "group " + inQuotes(name) + ": choose the nodes that go into it");
    for (const std::string& each : inside)
        if (recipe.node(each) == nullptr)
            return fail(Fault::NotFound, "node " + inQuotes(each) + ": there is none of that name");
    TRY(refuseGap(recipe, inside));
    return Grouping(recipe, std::move(inside), name).group();
}

Result<Recipe> ungroupNode(const Recipe& recipe, std::string_view name)
{
    Recipe next = recipe;
    const Node instance = *TRY(nodeOf(next, name));
    const Group* group = recipe.group(instance.group);
    if (group == nullptr)
        return fail(Fault::BadInput, "node " + inQuotes(name) + ": it is no instance of a group");
    const auto position = std::ranges::find(next.nodes, instance.name, &Node::name) - next.nodes.begin();
    next.nodes.erase(next.nodes.begin() + position);
    std::map<std::string, std::string> names;
    std::set<std::string> taken;
    for (const Node& node : group->nodes) {
        names[node.name] = freshNameWhere(node.name, [&](const std::string& each) { return taken.contains(each) || hasName(next, each); });
        taken.insert(names[node.name]);
    }
    ProblemList problems;
    std::size_t copies = 0;
    checkInstance(instance, *group, "node " + inQuotes(name), "", problems);
    Expansion expansion = expandGroup(
        *group, instance, "", recipe.canvas.rate, [&](const std::string& inner) { return names.at(inner); }, copies, problems);
    leadPast(next, instance.name, expansion.ports, problems);
    if (problems.hasErrors())
        return fail(Fault::Conflict, problems.take().front().message);
    next.nodes.insert(next.nodes.begin() + position, std::make_move_iterator(expansion.nodes.begin()), std::make_move_iterator(expansion.nodes.end()));
    std::erase_if(next.handles, [&](const std::string& handle) { return handle.starts_with(instance.name + "."); });
    spreadLayout(next, *group, instance.name, instance.bypass ? std::map<std::string, std::string>() : names);
    dropUnused(next, group->name);
    return next;
}

} // namespace artdag
