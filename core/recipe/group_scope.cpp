// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/group_scope.h"

#include "core/recipe/edit_recipe.h"
#include "core/recipe/edit_rules.h"
#include "core/recipe/recipe_wires.h"

#include <set>

namespace artdag {

namespace {

using Names = std::vector<std::string>;
/// Old name → new name; empty: it is gone.
using Renames = std::map<std::string, std::string>;

template <class Things>
Names namesOf(const Things& things)
{
    Names names;
    for (const auto& thing : things)
        names.push_back(thing.name);
    return names;
}

/// One edit renames at most one thing and leaves it in its place, or takes things away.
Renames renamesOf(const Names& before, const Names& after)
{
    const std::set<std::string> kept(after.begin(), after.end());
    Renames renames;
    for (std::size_t i = 0; i < before.size(); ++i) {
        if (kept.contains(before[i]))
            continue;
        const bool renamed = before.size() == after.size() && std::ranges::find(before, after[i]) == before.end();
        renames[before[i]] = renamed ? after[i] : std::string();
    }
    return renames;
}

template <class Entries>
void follow(Entries& entries, const Renames& renames)
{
    std::erase_if(entries, [&](auto& entry) {
        const auto found = renames.find(entry.first);
        if (found == renames.end())
            return false;
        entry.first = found->second;
        return found->second.empty();
    });
}

struct Ports {
    Renames inputs, params, outputs;
    std::string first; ///< the first output, which wires may leave out
};

WireChange followWire(Wire& wire, const Ports& ports)
{
    const auto found = ports.outputs.find(wire.port.empty() ? ports.first : wire.port);
    if (found == ports.outputs.end())
        return WireChange::Keep;
    if (found->second.empty())
        return WireChange::Remove;
    if (!wire.port.empty())
        wire.port = found->second;
    return WireChange::Keep;
}

/// The nodes of one scope: instances first, then what is fed by them.
void followInstances(std::vector<Node>& nodes, std::string_view group, const Ports& ports, const std::function<void(const WireVisitor&)>& visitEnds)
{
    std::set<std::string> instances;
    for (Node& node : nodes)
        if (node.group == group) {
            instances.insert(node.name);
            follow(node.in, ports.inputs);
            follow(node.args, ports.params);
        }
    const WireVisitor visit = [&](Wire& wire) { return instances.contains(wire.node) ? followWire(wire, ports) : WireChange::Keep; };
    if (instances.empty() || ports.outputs.empty())
        return;
    for (Node& node : nodes)
        visitWires(node, visit);
    visitEnds(visit);
}

GroupInput groupInputOf(const RecipeInput& input)
{
    GroupInput result{.name = input.name, .title = input.title, .optional = false, .unknown = input.unknown};
    if (const auto optional = result.unknown.find("optional"); optional != result.unknown.end()) {
        result.optional = optional->is_boolean() && optional->get<bool>();
        result.unknown.erase(optional);
    }
    return result;
}

Names outputNames(const Group& group)
{
    Names names;
    for (const auto& [name, wire] : group.outputs)
        names.push_back(name);
    return names;
}

} // namespace

Result<Recipe> recipeOfGroup(const Recipe& recipe, std::string_view name)
{
    const Group* group = recipe.group(name);
    if (group == nullptr)
        return fail(Fault::NotFound, "group " + inQuotes(name) + ": there is none of that name");
    Recipe inside;
    inside.title = group->title.empty() ? group->name : group->title;
    inside.canvas = recipe.canvas;
    for (const GroupInput& input : group->inputs) {
        RecipeInput& port = inside.inputs.emplace_back(RecipeInput{.name = input.name, .media = std::string(groupPort), .title = input.title});
        port.unknown = input.unknown;
        if (input.optional)
            port.unknown["optional"] = true;
    }
    inside.params = group->params;
    inside.nodes = group->nodes;
    for (const auto& [port, wire] : group->outputs)
        inside.outputs.push_back(RecipeOutput{.name = port, .picture = wire, .encode = std::string(groupPort)});
    inside.groups = recipe.groups;
    inside.layout = group->layout;
    inside.layoutOrder = group->layoutOrder;
    inside.unknown = group->unknown;
    return inside;
}

Result<Recipe> withGroup(const Recipe& recipe, std::string_view name, const Recipe& inside)
{
    Recipe next = recipe;
    next.groups = inside.groups;
    const auto group = named(next.groups, name);
    if (group == next.groups.end())
        return fail(Fault::NotFound, "group " + inQuotes(name) + ": there is none of that name");
    const Group before = *group;
    group->inputs.clear();
    for (const RecipeInput& input : inside.inputs)
        group->inputs.push_back(groupInputOf(input));
    group->params = inside.params;
    group->nodes = inside.nodes;
    group->outputs.clear();
    for (const RecipeOutput& output : inside.outputs)
        if (output.picture)
            group->outputs.emplace_back(output.name, *output.picture);
    group->layout = inside.layout;
    group->layoutOrder = inside.layoutOrder;
    group->unknown = inside.unknown;

    const Ports ports{renamesOf(namesOf(before.inputs), namesOf(group->inputs)), renamesOf(namesOf(before.params), namesOf(group->params)),
        renamesOf(outputNames(before), outputNames(*group)), before.outputs.empty() ? std::string() : before.outputs.front().first};
    followInstances(next.nodes, name, ports, [&](const WireVisitor& visit) {
        for (RecipeOutput& output : next.outputs)
            for (std::optional<Wire>* end : {&output.picture, &output.sound})
                if (*end && visit(**end) == WireChange::Remove)
                    end->reset();
    });
    for (Group& each : next.groups)
        followInstances(each.nodes, name, ports, [&](const WireVisitor& visit) {
            std::erase_if(each.outputs, [&](auto& output) { return visit(output.second) == WireChange::Remove; });
        });
    return next;
}

Result<Recipe> promoteArgument(const Recipe& recipe, std::string_view node, std::string_view argument, RecipeParam param)
{
    const Node* owner = recipe.node(node);
    if (owner == nullptr)
        return fail(Fault::NotFound, "node " + inQuotes(node) + ": there is none of that name");
    if (const Json* now = owner->arg(argument)) {
        if (now->is_object())
            return fail(Fault::Conflict, "node " + inQuotes(node) + ": " + inQuotes(argument) + " moves or follows something already; give it a plain value first");
        param.fallback = *now;
    }
    param.name = freshName(recipe, param.name.empty() ? argument : std::string_view(param.name));
    Recipe next = TRY(setParam(recipe, param));
    return setArgument(next, node, argument, Json{{"param", param.name}});
}

} // namespace artdag
