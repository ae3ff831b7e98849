// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/edit_recipe.h"

#include "core/recipe/canvas_marks.h"
#include "core/recipe/edit_rules.h"
#include "core/recipe/recipe_wires.h"

namespace artdag {

namespace {

bool isLetter(char c)
{
    return c >= 'a' && c <= 'z';
}

bool isNamePart(char c)
{
    return isLetter(c) || (c >= '0' && c <= '9') || c == '_';
}

std::optional<Wire> firstInput(const Node& node)
{
    for (const auto& [port, value] : node.in) {
        if (const Wire* wire = std::get_if<Wire>(&value.value))
            return *wire;
        for (const Item& item : std::get<std::vector<Item>>(value.value))
            if (item.from)
                return item.from;
    }
    return std::nullopt;
}

} // namespace

bool isName(std::string_view text)
{
    return !text.empty() && text.size() <= 64 && isLetter(text[0]) && std::ranges::all_of(text, isNamePart);
}

bool hasName(const Recipe& recipe, std::string_view name)
{
    return recipe.node(name) != nullptr || named(recipe.inputs, name) != recipe.inputs.end() || named(recipe.params, name) != recipe.params.end()
        || recipe.group(name) != nullptr;
}

std::string freshNameWhere(std::string_view stem, const std::function<bool(const std::string&)>& taken)
{
    std::string name;
    for (const char c : stem.substr(0, 56)) {
        const char low = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        if (isNamePart(low))
            name.push_back(low);
        else if (!name.empty() && name.back() != '_')
            name.push_back('_');
    }
    if (name.empty() || !isLetter(name[0]))
        name.insert(0, "node_");
    if (!taken(name))
        return name;
    // glow_2's copy is glow_3, not glow_2_2.
    if (const auto mark = name.rfind('_'); mark != std::string::npos && mark + 1 < name.size()
        && std::all_of(name.begin() + static_cast<std::ptrdiff_t>(mark) + 1, name.end(), [](char c) { return c >= '0' && c <= '9'; }))
        name.resize(mark);
    for (int n = 2;; ++n)
        if (std::string candidate = name + "_" + std::to_string(n); !taken(candidate))
            return candidate;
}

std::string freshName(const Recipe& recipe, std::string_view stem)
{
    return freshNameWhere(stem, [&recipe](const std::string& name) { return hasName(recipe, name); });
}

Result<Recipe> addNode(const Recipe& recipe, std::string_view effect, LayoutPoint position, std::string_view name)
{
    Node node;
    node.effect = effect;
    std::string stem(effect);
    std::ranges::replace_if(
        stem, [](char c) { return c == '.' || c == '-'; }, '_'); // of a bridge: ffmpeg.gblur
    node.name = name.empty() ? freshName(recipe, stem) : std::string(name);
    TRY(claim(recipe, "node", node.name));
    TRY(checkPoint(node.name, position));
    Recipe next = recipe;
    place(next, node.name, position);
    next.nodes.push_back(std::move(node));
    return next;
}

Result<Recipe> removeNodes(const Recipe& recipe, const std::vector<std::string>& names, bool keepChain)
{
    Recipe next = recipe;
    for (const std::string& name : names) {
        const Node* node = TRY(nodeOf(next, name));
        const std::optional<Wire> instead = keepChain ? firstInput(*node) : std::nullopt;
        std::erase_if(next.nodes, [&](const Node& each) { return each.name == name; });
        removeSource(next, name, instead);
    }
    return next;
}

Result<Recipe> duplicateNodes(const Recipe& recipe, const std::vector<std::string>& names, LayoutPoint offset)
{
    Recipe next = recipe;
    std::map<std::string, std::string> copies;
    const std::size_t first = next.nodes.size();
    for (const std::string& name : names) {
        if (copies.contains(name))
            continue;
        Node copy = *TRY(nodeOf(next, name));
        copy.name = freshName(next, name);
        copies[name] = copy.name;
        if (const auto at = recipe.layout.find(name); at != recipe.layout.end())
            place(next, copy.name, {at->second.first + offset.first, at->second.second + offset.second});
        next.nodes.push_back(std::move(copy));
    }
    for (std::size_t i = first; i < next.nodes.size(); ++i)
        visitWires(next.nodes[i], [&](Wire& wire) {
            if (const auto copy = copies.find(wire.node); copy != copies.end())
                wire.node = copy->second;
            return WireChange::Keep;
        });
    return next;
}

Result<Recipe> connect(const Recipe& recipe, const Wire& from, std::string_view node, std::string_view port)
{
    Recipe next = recipe;
    Node* target = TRY(nodeOf(next, node));
    TRY(sourceExists(recipe, from));
    if (port != previousPort)
        TRY(refuseCircle(recipe, from, node));
    for (auto& [name, value] : target->in)
        if (name == port) {
            value.value = from;
            return next;
        }
    target->in.emplace_back(std::string(port), PortValue{from});
    return next;
}

Result<Recipe> disconnect(const Recipe& recipe, std::string_view node, std::string_view port)
{
    Recipe next = recipe;
    Node* target = TRY(nodeOf(next, node));
    if (std::erase_if(target->in, [&](const auto& entry) { return entry.first == port; }) == 0)
        return fail(Fault::NotFound, "node " + inQuotes(node) + ": nothing is on port " + inQuotes(port));
    return next;
}

Result<Recipe> setArgument(const Recipe& recipe, std::string_view node, std::string_view argument, std::optional<Json> value)
{
    Recipe next = recipe;
    Node* target = TRY(nodeOf(next, node));
    const auto found = std::ranges::find(target->args, argument, [](const auto& entry) -> std::string_view { return entry.first; });
    if (!value) {
        if (found != target->args.end())
            target->args.erase(found);
    } else if (found != target->args.end()) {
        found->second = std::move(*value);
    } else {
        target->args.emplace_back(std::string(argument), std::move(*value));
    }
    return next;
}

Result<Recipe> setBypass(const Recipe& recipe, std::string_view node, bool bypass)
{
    Recipe next = recipe;
    TRY(nodeOf(next, node))->bypass = bypass;
    return next;
}

Result<Recipe> moveNodes(const Recipe& recipe, const std::map<std::string, LayoutPoint>& positions)
{
    Recipe next = recipe;
    for (const auto& [name, point] : positions) {
        TRY(sourceExists(recipe, Wire{name, ""}));
        TRY(checkPoint(name, point));
        place(next, name, point);
    }
    return next;
}

Result<Recipe> renameNode(const Recipe& recipe, std::string_view from, std::string_view to)
{
    TRY(sourceExists(recipe, Wire{std::string(from), ""}));
    if (from == to)
        return recipe;
    TRY(claim(recipe, "node", to));
    Recipe next = recipe;
    if (Node* node = next.node(from))
        node->name = to;
    else
        named(next.inputs, from)->name = to;
    visitWires(next, [&](Wire& wire) {
        if (wire.node == from)
            wire.node = to;
        return WireChange::Keep;
    });
    for (std::string& handle : next.handles)
        if (handle.starts_with(std::string(from) + "."))
            handle = std::string(to) + handle.substr(from.size());
    if (auto place = next.layout.extract(std::string(from))) {
        place.key() = to;
        next.layout.insert(std::move(place));
        std::ranges::replace(next.layoutOrder, std::string(from), std::string(to));
    }
    renameInMarks(next, from, to);
    return next;
}

} // namespace artdag
