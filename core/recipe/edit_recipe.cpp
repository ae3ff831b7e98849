// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/edit_recipe.h"

#include "core/recipe/recipe_wires.h"

#include <algorithm>
#include <cmath>
#include <set>

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

std::string inQuotes(std::string_view name)
{
    return "'" + std::string(name) + "'";
}

Result<void> claim(const Recipe& recipe, std::string_view kind, std::string_view name)
{
    if (!isName(name))
        return fail(Fault::BadInput, std::string(kind) + " " + inQuotes(name) + ": a name begins with a–z and goes on with a–z, 0–9 and _, up to 64 letters");
    if (hasName(recipe, name))
        return fail(Fault::Conflict, std::string(kind) + " " + inQuotes(name) + ": the name is taken");
    return {};
}

Result<void> checkPoint(std::string_view name, LayoutPoint point)
{
    if (!std::isfinite(point.first) || !std::isfinite(point.second))
        return fail(Fault::BadInput, "node " + inQuotes(name) + ": the place is not finite");
    return {};
}

void place(Recipe& recipe, const std::string& name, LayoutPoint point)
{
    if (recipe.layout.insert_or_assign(name, point).second)
        recipe.layoutOrder.push_back(name);
}

void unplace(Recipe& recipe, const std::string& name)
{
    recipe.layout.erase(name);
    std::erase(recipe.layoutOrder, name);
}

Result<Node*> nodeOf(Recipe& recipe, std::string_view name)
{
    Node* node = recipe.node(name);
    if (node == nullptr)
        return fail(Fault::NotFound, "node " + inQuotes(name) + ": there is none of that name");
    return node;
}

Result<void> sourceExists(const Recipe& recipe, const Wire& wire)
{
    if (recipe.node(wire.node) == nullptr && std::ranges::find(recipe.inputs, wire.node, &RecipeInput::name) == recipe.inputs.end())
        return fail(Fault::NotFound, "wire " + inQuotes(wire.text()) + ": there is no node or input of that name");
    return {};
}

Result<void> refuseCircle(const Recipe& recipe, const Wire& from, std::string_view node)
{
    const auto path = wirePath(recipe, node, from.node);
    if (path.empty())
        return {};
    std::string text;
    for (const std::string& name : path)
        text += name + " → ";
    return fail(Fault::Conflict, "wire " + inQuotes(from.text()) + ": it would make a circle: " + text + path.front());
}

/// Leaves what is on other ends alone and takes away all that came from `name`.
void removeSource(Recipe& recipe, const std::string& name, const std::optional<Wire>& instead)
{
    visitWires(recipe, [&](Wire& wire) {
        if (wire.node != name)
            return WireChange::Keep;
        if (!instead || !wire.port.empty())
            return WireChange::Remove;
        wire = *instead;
        return WireChange::Keep;
    });
    std::erase_if(recipe.handles, [&](const std::string& handle) { return handle == name || handle.starts_with(name + "."); });
    unplace(recipe, name);
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

/// The items of a list port; a single wire becomes the first of them.
std::vector<Item>& itemsOf(Node& node, std::string_view port)
{
    auto found = std::ranges::find(node.in, port, [](const auto& entry) -> std::string_view { return entry.first; });
    if (found == node.in.end()) {
        node.in.emplace_back(std::string(port), PortValue{std::vector<Item>{}});
        found = std::prev(node.in.end());
    }
    if (const Wire* wire = std::get_if<Wire>(&found->second.value)) {
        Item item;
        item.from = *wire;
        item.plain = true;
        found->second.value = std::vector<Item>{std::move(item)};
    }
    return std::get<std::vector<Item>>(found->second.value);
}

Result<std::vector<Item>*> itemsWith(Recipe& recipe, std::string_view node, std::string_view port, int index)
{
    Node* found = TRY(nodeOf(recipe, node));
    if (found->port(port) == nullptr)
        return fail(Fault::NotFound, "node " + inQuotes(node) + ": nothing is on port " + inQuotes(port));
    std::vector<Item>& items = itemsOf(*found, port);
    if (index < 0 || index >= static_cast<int>(items.size()))
        return fail(Fault::NotFound, "node " + inQuotes(node) + ": port " + inQuotes(port) + " has no item " + std::to_string(index + 1));
    return &items;
}

void giveId(Item& item, const std::vector<Item>& items, const Item* self)
{
    if (item.plain && (item.in || item.out || !item.args.empty() || !item.id.empty()))
        item.plain = false;
    if (item.plain)
        return;
    const auto taken = [&](const std::string& id) {
        return std::ranges::any_of(items, [&](const Item& other) { return &other != self && other.id == id; });
    };
    if (!item.id.empty() && !taken(item.id))
        return;
    for (int n = 1;; ++n)
        if (item.id = "item_" + std::to_string(n); !taken(item.id))
            return;
}

template <class Things>
auto named(Things& things, std::string_view name)
{
    return std::ranges::find(things, name, [](const auto& thing) -> std::string_view { return thing.name; });
}

} // namespace

bool isName(std::string_view text)
{
    return !text.empty() && text.size() <= 64 && isLetter(text[0]) && std::ranges::all_of(text, isNamePart);
}

bool hasName(const Recipe& recipe, std::string_view name)
{
    return recipe.node(name) != nullptr || named(recipe.inputs, name) != recipe.inputs.end() || named(recipe.params, name) != recipe.params.end()
        || (recipe.groups.is_object() && recipe.groups.contains(std::string(name)));
}

std::string freshName(const Recipe& recipe, std::string_view stem)
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
    if (!hasName(recipe, name))
        return name;
    // glow_2's copy is glow_3, not glow_2_2.
    if (const auto mark = name.rfind('_'); mark != std::string::npos && mark + 1 < name.size()
        && std::all_of(name.begin() + static_cast<std::ptrdiff_t>(mark) + 1, name.end(), [](char c) { return c >= '0' && c <= '9'; }))
        name.resize(mark);
    for (int n = 2;; ++n)
        if (std::string candidate = name + "_" + std::to_string(n); !hasName(recipe, candidate))
            return candidate;
}

Result<Recipe> addNode(const Recipe& recipe, std::string_view effect, LayoutPoint position, std::string_view name)
{
    Node node;
    node.effect = effect;
    node.name = name.empty() ? freshName(recipe, effect) : std::string(name);
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

Result<Recipe> insertItem(const Recipe& recipe, std::string_view node, std::string_view port, int index, Item item)
{
    Recipe next = recipe;
    Node* target = TRY(nodeOf(next, node));
    if (item.from) {
        TRY(sourceExists(recipe, *item.from));
        TRY(refuseCircle(recipe, *item.from, node));
    }
    std::vector<Item>& items = itemsOf(*target, port);
    giveId(item, items, nullptr);
    const int size = static_cast<int>(items.size());
    items.insert(items.begin() + (index < 0 ? size : std::min(index, size)), std::move(item));
    return next;
}

Result<Recipe> setItem(const Recipe& recipe, std::string_view node, std::string_view port, int index, Item item)
{
    Recipe next = recipe;
    std::vector<Item>& items = *TRY(itemsWith(next, node, port, index));
    if (item.from) {
        TRY(sourceExists(recipe, *item.from));
        TRY(refuseCircle(recipe, *item.from, node));
    }
    Item& old = items[static_cast<std::size_t>(index)];
    giveId(item, items, &old);
    old = std::move(item);
    return next;
}

Result<Recipe> removeItem(const Recipe& recipe, std::string_view node, std::string_view port, int index)
{
    Recipe next = recipe;
    std::vector<Item>& items = *TRY(itemsWith(next, node, port, index));
    items.erase(items.begin() + index);
    if (items.empty())
        return disconnect(next, node, port);
    return next;
}

Result<Recipe> moveItem(const Recipe& recipe, std::string_view node, std::string_view port, int from, int to)
{
    Recipe next = recipe;
    std::vector<Item>& items = *TRY(itemsWith(next, node, port, from));
    TRY(itemsWith(next, node, port, to));
    Item item = std::move(items[static_cast<std::size_t>(from)]);
    items.erase(items.begin() + from);
    items.insert(items.begin() + to, std::move(item));
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
    return next;
}

Result<Recipe> setOutput(const Recipe& recipe, RecipeOutput output)
{
    if (!isName(output.name))
        return fail(Fault::BadInput, "output " + inQuotes(output.name) + ": a name begins with a–z and goes on with a–z, 0–9 and _, up to 64 letters");
    for (const auto& end : {output.picture, output.sound})
        if (end)
            TRY(sourceExists(recipe, *end));
    Recipe next = recipe;
    if (const auto found = named(next.outputs, output.name); found != next.outputs.end())
        *found = std::move(output);
    else
        next.outputs.push_back(std::move(output));
    return next;
}

Result<Recipe> removeOutput(const Recipe& recipe, std::string_view name)
{
    Recipe next = recipe;
    if (std::erase_if(next.outputs, [&](const RecipeOutput& output) { return output.name == name; }) == 0)
        return fail(Fault::NotFound, "output " + inQuotes(name) + ": there is none of that name");
    return next;
}

Result<Recipe> addInput(const Recipe& recipe, RecipeInput input, LayoutPoint position)
{
    if (input.name.empty())
        input.name = freshName(recipe, input.media);
    TRY(claim(recipe, "input", input.name));
    TRY(checkPoint(input.name, position));
    Recipe next = recipe;
    place(next, input.name, position);
    next.inputs.push_back(std::move(input));
    return next;
}

Result<Recipe> setInput(const Recipe& recipe, RecipeInput input)
{
    Recipe next = recipe;
    const auto found = named(next.inputs, input.name);
    if (found == next.inputs.end())
        return fail(Fault::NotFound, "input " + inQuotes(input.name) + ": there is none of that name");
    *found = std::move(input);
    return next;
}

Result<Recipe> removeInput(const Recipe& recipe, std::string_view name)
{
    Recipe next = recipe;
    if (std::erase_if(next.inputs, [&](const RecipeInput& input) { return input.name == name; }) == 0)
        return fail(Fault::NotFound, "input " + inQuotes(name) + ": there is none of that name");
    removeSource(next, std::string(name), std::nullopt);
    return next;
}

Result<Recipe> setParam(const Recipe& recipe, RecipeParam param)
{
    Recipe next = recipe;
    if (const auto found = named(next.params, param.name); found != next.params.end()) {
        *found = std::move(param);
        return next;
    }
    TRY(claim(recipe, "param", param.name));
    next.params.push_back(std::move(param));
    return next;
}

Result<Recipe> removeParam(const Recipe& recipe, std::string_view name)
{
    Recipe next = recipe;
    if (named(next.params, name) == next.params.end())
        return fail(Fault::NotFound, "param " + inQuotes(name) + ": there is none of that name");
    for (const Node& node : recipe.nodes)
        if (usesParam(node, name))
            return fail(Fault::Conflict, "param " + inQuotes(name) + ": node '" + node.name + "' still uses it");
    std::erase_if(next.params, [&](const RecipeParam& param) { return param.name == name; });
    std::erase(next.handles, std::string(name));
    return next;
}

Result<Recipe> setHandle(const Recipe& recipe, std::string_view handle, bool shown)
{
    const auto dot = handle.find('.');
    const std::string_view owner = handle.substr(0, dot);
    if (dot == std::string_view::npos ? named(recipe.params, owner) == recipe.params.end() : recipe.node(owner) == nullptr)
        return fail(Fault::NotFound, "handle " + inQuotes(handle) + ": there is no such parameter or node");
    Recipe next = recipe;
    std::erase(next.handles, std::string(handle));
    if (shown)
        next.handles.emplace_back(handle);
    return next;
}

} // namespace artdag
