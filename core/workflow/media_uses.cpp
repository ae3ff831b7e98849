// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/media_uses.h"

#include <algorithm>
#include <functional>

namespace artdag {

namespace {

/// A content id as documents write it; bare digits might be anything.
std::optional<ContentId> idIn(const std::string& text)
{
    if (!text.starts_with("sha3-256:"))
        return std::nullopt;
    const Result<ContentId> id = nameOfText<ContentId>(text);
    return id ? std::optional(*id) : std::nullopt;
}

using Visit = std::function<void(std::string& id, const std::string& place)>;

void visitJson(Json& json, const std::string& place, const Visit& visit)
{
    if (json.is_string()) {
        if (idIn(json.get_ref<const std::string&>()))
            visit(json.get_ref<std::string&>(), place);
    } else if (json.is_structured()) {
        for (Json& each : json)
            visitJson(each, place, visit);
    }
}

void visitNodes(std::vector<Node>& nodes, const Visit& visit)
{
    for (Node& node : nodes) {
        for (auto& [name, value] : node.args)
            visitJson(value, node.name + "." + name, visit);
        for (auto& [port, value] : node.in) {
            if (auto* items = std::get_if<std::vector<Item>>(&value.value)) {
                for (Item& item : *items)
                    for (auto& [name, argument] : item.args)
                        visitJson(argument, node.name + "." + port + "." + name, visit);
            }
        }
    }
}

void visitMedia(Recipe& recipe, const Visit& visit)
{
    for (RecipeInput& input : recipe.inputs) {
        if (idIn(input.fallback))
            visit(input.fallback, input.name);
    }
    for (RecipeParam& param : recipe.params)
        visitJson(param.fallback, param.name, visit);
    visitNodes(recipe.nodes, visit);
    for (Group& group : recipe.groups) {
        for (RecipeParam& param : group.params)
            visitJson(param.fallback, group.name + "." + param.name, visit);
        visitNodes(group.nodes, visit);
    }
}

} // namespace

std::vector<MediaUse> mediaUsesOf(const Recipe& recipe)
{
    std::vector<MediaUse> uses;
    Recipe copy = recipe;
    visitMedia(copy, [&](const std::string& text, const std::string& place) {
        const ContentId id = *idIn(text);
        auto use = std::ranges::find(uses, id, &MediaUse::id);
        if (use == uses.end()) {
            const auto input = std::ranges::find(recipe.inputs, place, &RecipeInput::name);
            uses.push_back({id, input != recipe.inputs.end() && !input->title.empty() ? input->title : place, {}});
            use = uses.end() - 1;
        }
        use->places.push_back(place);
    });
    return uses;
}

Recipe replaceMedia(const Recipe& recipe, const ContentId& from, const ContentId& to)
{
    Recipe replaced = recipe;
    visitMedia(replaced, [&](std::string& text, const std::string&) {
        if (*idIn(text) == from)
            text = to.text();
    });
    return replaced;
}

} // namespace artdag
