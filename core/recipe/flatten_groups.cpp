// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/flatten_groups.h"

#include "core/base/similar_names.h"
#include "core/recipe/check_groups.h"
#include "core/recipe/edit_recipe.h"
#include "core/recipe/expand_group.h"
#include "core/recipe/json_text.h"

#include <algorithm>
#include <unordered_set>

namespace artdag {

namespace {

class Flattener {
public:
    explicit Flattener(const Recipe& recipe)
        : m_recipe(recipe),
          m_groups(groupsByName(recipe))
    {
    }

    FlatRecipe flatten();

private:
    /// Ports of an instance that has been taken away.
    struct Instance {
        const Group* group = nullptr; ///< null when it could not be put in its place
        std::vector<std::pair<std::string, Feed>> ports;
    };

    void takeNames();
    void expand(const Node& instance);
    std::string outerName(const Node& instance, const std::string& inner);
    std::optional<Feed> resolve(Wire wire, const std::string& owner, const std::string& pointer);
    void resolveAll();
    void resolveEnd(std::optional<Wire>& end, const std::string& owner, const std::string& pointer);
    void keepHandles();
    [[nodiscard]] std::string originOf(const std::string& pointer) const;
    [[nodiscard]] std::string ownerOf(const std::string& name) const;

    const Recipe& m_recipe;
    const GroupTable m_groups;
    FlatRecipe m_flat;
    ProblemList m_problems;
    std::unordered_set<std::string> m_usable, m_names;
    std::unordered_map<std::string, Instance> m_instances;
    std::unordered_map<std::string, Feed> m_resolved; ///< by `instance.port`, so that long ways are gone once
    std::size_t m_copies = 0;
};

std::string originIn(const FlatRecipe& flat, const std::string& pointer)
{
    for (std::size_t length = pointer.size(); length != std::string::npos && length > 0; length = pointer.rfind('/', length - 1))
        if (const auto found = flat.origins.find(pointer.substr(0, length)); found != flat.origins.end())
            return found->second + pointer.substr(length);
    return pointer;
}

std::string Flattener::originOf(const std::string& pointer) const
{
    return originIn(m_flat, pointer);
}

std::string Flattener::ownerOf(const std::string& name) const
{
    const auto found = m_flat.owners.find(name);
    return found == m_flat.owners.end() ? "node '" + name + "'" : found->second;
}

void Flattener::takeNames()
{
    for (const RecipeInput& each : m_recipe.inputs)
        m_names.insert(each.name);
    for (const RecipeParam& each : m_recipe.params)
        m_names.insert(each.name);
    for (const Node& each : m_recipe.nodes)
        m_names.insert(each.name);
}

/// Called once for each inner node, when its instance is expanded.
std::string Flattener::outerName(const Node& instance, const std::string& inner)
{
    std::string name = instance.name + "__" + inner;
    const std::string owner = "group '" + instance.group + "': node '" + inner + "'", pointer = pointerTo(pointerTo("/groups", instance.group) + "/nodes", inner);
    if (!isName(name) && isName(instance.name) && isName(inner))
        m_problems.error(pointer, owner + ": within instance '" + instance.name + "' its name is longer than 64 letters", "give one of them a shorter name");
    else if (!m_names.insert(name).second)
        m_problems.error(pointer, owner + ": within instance '" + instance.name + "' it is named '" + name + "', and that name is taken", "rename one of them");
    m_flat.owners.emplace(name, owner);
    return name;
}

void Flattener::expand(const Node& instance)
{
    Instance& taken = m_instances[instance.name];
    const auto found = m_groups.find(instance.group);
    if (found == m_groups.end() || !m_usable.contains(instance.group))
        return;
    const Group* group = taken.group = found->second;
    std::unordered_map<std::string, std::string> names;
    for (const Node& each : group->nodes)
        if (!instance.bypass)
            names.emplace(each.name, outerName(instance, each.name));
    Expansion expansion = expandGroup(
        *group, instance, pointerTo("/nodes", instance.name), m_recipe.canvas.rate, [&](const std::string& inner) { return names.at(inner); }, m_copies, m_problems);
    taken.ports = std::move(expansion.ports);
    for (const auto& [flat, written] : expansion.origins)
        m_flat.origins[flat] = originOf(written);
    for (Node& node : expansion.nodes) {
        if (node.group.empty())
            m_flat.recipe.nodes.push_back(std::move(node));
        else
            expand(node); // as deep as groups are nested, which checkGroups has bounded
    }
}

/// What a wire from an instance stands for in the end; nothing where it comes from none.
std::optional<Feed> Flattener::resolve(Wire wire, const std::string& owner, const std::string& pointer)
{
    std::optional<Feed> feed;
    std::vector<std::string> way;
    std::unordered_set<std::string> passed;
    for (auto found = m_instances.find(wire.node); found != m_instances.end(); found = m_instances.find(wire.node)) {
        const Instance& instance = found->second;
        if (instance.group == nullptr || instance.ports.empty())
            return PortValue{Wire{}}; // its mistake has been named
        const auto port = wire.port.empty() ? instance.ports.begin() : std::ranges::find(instance.ports, wire.port, [](const auto& each) { return each.first; });
        if (port == instance.ports.end()) {
            std::vector<std::string_view> names;
            for (const auto& each : instance.ports)
                names.push_back(each.first);
            m_problems.error(originOf(pointer), owner + ": '" + wire.node + "' (group '" + instance.group->name + "') has no output '" + wire.port + "'", didYouMean(wire.port, names));
            return PortValue{Wire{}};
        }
        way.push_back(wire.node + "." + port->first);
        if (const auto known = m_resolved.find(way.back()); known != m_resolved.end()) {
            feed = known->second;
            break;
        }
        if (!passed.insert(way.back()).second) {
            m_problems.error(originOf(pointer), owner + ": '" + wire.node + "' passes on what comes from itself", "connect its input to another node");
            feed = PortValue{Wire{}};
            break;
        }
        feed = port->second;
        const Wire* next = *feed ? std::get_if<Wire>(&(**feed).value) : nullptr;
        if (next == nullptr)
            break;
        wire = *next;
    }
    for (const std::string& each : way)
        m_resolved[each] = *feed;
    if (feed && !spend(*feed, m_copies))
        return PortValue{Wire{}};
    return feed;
}

void Flattener::resolveAll()
{
    for (Node& node : m_flat.recipe.nodes) {
        const std::string owner = ownerOf(node.name), pointer = pointerTo("/nodes", node.name);
        std::vector<std::pair<std::string, std::string>> moves;
        const auto feed = [&](const Wire& wire, const std::string& place) { return resolve(wire, owner, place); };
        rewire(
            node, owner, pointer, feed, [&](const std::string& from, const std::string& to) { moves.emplace_back(to, originOf(from)); }, m_problems);
        for (auto& [to, origin] : moves)
            m_flat.origins[to] = std::move(origin);
    }
    for (RecipeOutput& output : m_flat.recipe.outputs) {
        const std::string pointer = pointerTo("/outputs", output.name);
        resolveEnd(output.picture, "output '" + output.name + "': picture", pointer + "/picture");
        resolveEnd(output.sound, "output '" + output.name + "': sound", pointer + "/sound");
    }
}

void Flattener::resolveEnd(std::optional<Wire>& end, const std::string& owner, const std::string& pointer)
{
    const auto feed = end ? resolve(*end, owner, pointer) : std::nullopt;
    if (!feed)
        return;
    const Wire* wire = *feed ? std::get_if<Wire>(&(**feed).value) : nullptr;
    if (wire == nullptr)
        m_problems.error(pointer, owner + ": '" + end->text() + "' stands for " + (*feed ? "a list" : "nothing"), "connect the input of '" + end->node + "' that it passes on");
    end = wire != nullptr ? *wire : Wire{};
}

/// Handles of instances are checked here: nothing of the flat recipe has their names.
void Flattener::keepHandles()
{
    m_flat.recipe.handles.clear();
    for (std::size_t i = 0; i < m_recipe.handles.size(); ++i) {
        const std::string& handle = m_recipe.handles[i];
        const auto dot = std::min(handle.find('.'), handle.size());
        const auto instance = m_instances.find(handle.substr(0, dot));
        const std::string place = "/handles/" + std::to_string(i);
        if (instance == m_instances.end()) {
            m_flat.origins["/handles/" + std::to_string(m_flat.recipe.handles.size())] = place;
            m_flat.recipe.handles.push_back(handle);
            continue;
        }
        const Group* group = instance->second.group;
        const std::string_view argument = std::string_view(handle).substr(std::min(dot + 1, handle.size()));
        if (group != nullptr && std::ranges::find(group->params, argument, &RecipeParam::name) == group->params.end())
            m_problems.warning(place, "handle " + shortText(Json(handle)) + ": there is no such param or argument", "write \"param\" or \"node.argument\"");
    }
}

FlatRecipe Flattener::flatten()
{
    takeNames();
    m_usable = checkGroups(m_recipe, m_groups, m_problems);
    m_flat.recipe = m_recipe;
    m_flat.recipe.groups.clear();
    m_flat.recipe.nodes.clear();
    for (const Node& node : m_recipe.nodes) {
        if (node.group.empty()) {
            m_flat.recipe.nodes.push_back(node);
            continue;
        }
        if (const auto group = m_groups.find(node.group); group != m_groups.end() && m_usable.contains(node.group))
            checkInstance(node, *group->second, "node '" + node.name + "'", pointerTo("/nodes", node.name), m_problems);
        expand(node);
    }
    resolveAll();
    if (m_copies > mostCopies)
        m_problems.error("/groups", "recipe: its groups repeat more than " + std::to_string(mostCopies) + " values", "use fewer instances or shorter arguments");
    keepHandles();
    for (const Node& node : m_recipe.nodes)
        if (!node.group.empty())
            for (const auto& [port, feed] : m_instances[node.name].ports)
                if (const auto to = resolve({node.name, port}, "node '" + node.name + "'", pointerTo("/nodes", node.name)); to && *to)
                    if (const Wire* wire = std::get_if<Wire>(&(**to).value); wire != nullptr && !wire->node.empty())
                        m_flat.ports.emplace_back(Wire{node.name, port}, *wire);
    m_flat.problems = m_problems.take();
    return std::move(m_flat);
}

} // namespace

bool hasGroups(const Recipe& recipe)
{
    return !recipe.groups.empty() || std::ranges::any_of(recipe.nodes, [](const Node& node) { return !node.group.empty(); });
}

FlatRecipe flattenGroups(const Recipe& recipe)
{
    return Flattener(recipe).flatten();
}

std::vector<Problem> problemsOfDocument(const FlatRecipe& flat, std::vector<Problem> found)
{
    std::vector<Problem> out;
    std::unordered_set<std::string> said, wrong; ///< pointer and message; pointers with errors
    const auto add = [&](Problem&& problem) {
        if (said.insert(problem.pointer + "\n" + problem.message).second)
            out.push_back(std::move(problem));
    };
    for (Problem problem : flat.problems) {
        problem.pointer = originIn(flat, problem.pointer);
        if (problem.severity == Problem::Severity::Error)
            wrong.insert(problem.pointer);
        add(std::move(problem));
    }
    for (Problem& problem : found) {
        const std::string origin = originIn(flat, problem.pointer);
        const bool moved = origin != problem.pointer;
        problem.pointer = origin;
        if (problem.message.starts_with("node '"))
            if (const auto end = problem.message.find('\'', 6); end != std::string::npos)
                if (const auto owner = flat.owners.find(problem.message.substr(6, end - 6)); owner != flat.owners.end())
                    problem.message.replace(0, end + 1, owner->second);
        if (!moved || !wrong.contains(problem.pointer)) // what an instance gives has been looked at where it is written
            add(std::move(problem));
    }
    return out;
}

} // namespace artdag
