// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/edit_recipe.h"
#include "core/recipe/edit_rules.h"

#include <iterator>

namespace artdag {

namespace {

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

} // namespace

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

} // namespace artdag
