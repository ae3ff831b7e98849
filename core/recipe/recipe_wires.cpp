// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/recipe_wires.h"

#include <algorithm>
#include <unordered_map>

namespace artdag {

namespace {

using NamedArguments = std::vector<std::pair<std::string, Json>>;

const std::string* memberText(const Json& argument, const char* member)
{
    if (!argument.is_object())
        return nullptr;
    const auto found = argument.find(member);
    return found != argument.end() && found->is_string() ? &found->get_ref<const std::string&>() : nullptr;
}

void visitBindings(NamedArguments& args, const WireVisitor& visit)
{
    std::erase_if(args, [&](auto& entry) {
        const std::string* text = memberText(entry.second, "bind");
        if (text == nullptr)
            return false;
        auto wire = wireOfText(*text);
        if (!wire)
            return false;
        const Wire before = *wire;
        if (visit(*wire) == WireChange::Remove)
            return true;
        if (*wire != before)
            entry.second["bind"] = wire->text();
        return false;
    });
}

/// Whether an expression has the name as a whole word.
bool mentions(std::string_view expression, std::string_view name)
{
    const auto isPart = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; };
    for (auto at = expression.find(name); at != std::string_view::npos; at = expression.find(name, at + 1)) {
        const bool begins = at == 0 || !isPart(expression[at - 1]);
        const bool ends = at + name.size() >= expression.size() || !isPart(expression[at + name.size()]);
        if (begins && ends)
            return true;
    }
    return false;
}

bool usesParam(const NamedArguments& args, std::string_view param)
{
    return std::ranges::any_of(args, [&](const auto& entry) {
        const Json& argument = entry.second;
        if (const std::string* name = memberText(argument, "param"))
            return *name == param;
        if (const std::string* expression = memberText(argument, "expr"))
            return mentions(*expression, param);
        if (argument.is_object() && argument.contains("expr") && argument["expr"].is_array())
            return std::ranges::any_of(argument["expr"], [&](const Json& part) { return part.is_string() && mentions(part.get_ref<const std::string&>(), param); });
        return false;
    });
}

} // namespace

void visitWires(Node& node, const WireVisitor& visit)
{
    std::erase_if(node.in, [&](auto& port) {
        if (Wire* wire = std::get_if<Wire>(&port.second.value))
            return visit(*wire) == WireChange::Remove;
        auto& items = std::get<std::vector<Item>>(port.second.value);
        const bool removed = std::erase_if(items, [&](Item& item) { return item.from && visit(*item.from) == WireChange::Remove; }) != 0;
        for (Item& item : items)
            visitBindings(item.args, visit);
        return removed && items.empty();
    });
    visitBindings(node.args, visit);
}

void visitWires(Recipe& recipe, const WireVisitor& visit)
{
    for (Node& node : recipe.nodes)
        visitWires(node, visit);
    for (RecipeOutput& output : recipe.outputs)
        for (std::optional<Wire>* end : {&output.picture, &output.sound})
            if (*end && visit(**end) == WireChange::Remove)
                end->reset();
    for (RecipeInput& input : recipe.inputs)
        if (input.standIn && visit(*input.standIn) == WireChange::Remove)
            input.standIn.reset();
}

void visitSources(const Node& node, const std::function<void(const std::string& source)>& visit)
{
    const auto bindings = [&](const NamedArguments& args) {
        for (const auto& [name, argument] : args)
            if (const std::string* text = memberText(argument, "bind"))
                if (const auto wire = wireOfText(*text))
                    visit(wire->node);
    };
    for (const auto& [port, value] : node.in) {
        if (port == previousPort)
            continue;
        if (const Wire* wire = std::get_if<Wire>(&value.value)) {
            visit(wire->node);
            continue;
        }
        const auto& items = std::get<std::vector<Item>>(value.value);
        for (const Item& item : items)
            if (item.from)
                visit(item.from->node);
        for (const Item& item : items)
            bindings(item.args);
    }
    bindings(node.args);
}

std::vector<std::string> sourcesOf(const Node& node)
{
    std::vector<std::string> sources;
    visitSources(node, [&](const std::string& source) { sources.push_back(source); });
    return sources;
}

std::vector<std::string> wirePath(const Recipe& recipe, std::string_view from, std::string_view to)
{
    // Backwards from `to`, because a node knows its sources; `next` leads forward again.
    std::unordered_map<std::string, std::string> next{{std::string(to), ""}};
    std::vector<std::string> waiting{std::string(to)};
    std::unordered_map<std::string_view, const Node*> nodes;
    for (const Node& node : recipe.nodes)
        nodes.emplace(node.name, &node);
    while (!waiting.empty() && !next.contains(std::string(from))) {
        const std::string name = std::move(waiting.back());
        waiting.pop_back();
        const auto node = nodes.find(name);
        if (node == nodes.end())
            continue;
        for (const std::string& source : sourcesOf(*node->second))
            if (next.emplace(source, name).second)
                waiting.push_back(source);
    }
    std::vector<std::string> path;
    if (!next.contains(std::string(from)))
        return path;
    for (std::string name(from); !name.empty(); name = next[name])
        path.push_back(name);
    return path;
}

bool usesParam(const Node& node, std::string_view param)
{
    if (usesParam(node.args, param))
        return true;
    for (const auto& [port, value] : node.in)
        if (const auto* items = std::get_if<std::vector<Item>>(&value.value))
            for (const Item& item : *items)
                if (usesParam(item.args, param))
                    return true;
    return false;
}

} // namespace artdag
