// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/compare_recipes.h"

#include <algorithm>
#include <functional>

namespace artdag {

namespace {

std::string words(const Json& json)
{
    if (json.is_string())
        return json.get<std::string>();
    if (json.is_object() && json.size() == 1) {
        for (const char* form : {"expr", "param"}) {
            if (const auto found = json.find(form); found != json.end() && found->is_string())
                return found->get<std::string>();
        }
    }
    if (json.is_array() && !json.empty() && std::all_of(json.begin(), json.end(), [](const Json& stop) { return stop.is_array() && stop.size() == 2 && stop[1].is_string(); })) {
        std::string colours; // of a gradient
        for (const Json& stop : json)
            colours += (colours.empty() ? "" : " ") + stop[1].get<std::string>();
        return colours;
    }
    return json.is_number() ? ecmaNumber(json.get<double>()) : json.dump();
}

class Comparison {
public:
    explicit Comparison(std::vector<RecipeDifference>& found)
        : m_found(&found) {}

    void value(const std::string& place, const std::string& what, const std::string& before, const std::string& after)
    {
        if (before != after)
            m_found->push_back({place, what, before, after});
    }

    /// Members of two objects, in the order of the later one.
    void members(const std::string& place, const Json& before, const Json& after)
    {
        for (const auto& [name, now] : after.items()) {
            const auto was = before.find(name);
            if (was == before.end())
                value(place, name, {}, words(now));
            else if (*was != now)
                value(place, name, words(*was), words(now));
        }
        for (const auto& [name, was] : before.items()) {
            if (!after.contains(name))
                value(place, name, words(was), {});
        }
    }

private:
    std::vector<RecipeDifference>* m_found;
};

/// Things with names: those of the later recipe in their order, then those that are gone.
template <class Thing>
void compareNamed(std::vector<RecipeDifference>& found, const std::vector<Thing>& before, const std::vector<Thing>& after, const std::function<std::string(const Thing&)>& kind, const std::function<void(const Thing&, const Thing&)>& compare)
{
    const auto named = [](const std::vector<Thing>& things, const std::string& name) {
        return std::find_if(things.begin(), things.end(), [&](const Thing& thing) { return thing.name == name; });
    };
    for (const Thing& thing : after) {
        if (const auto was = named(before, thing.name); was != before.end())
            compare(*was, thing);
        else
            found.push_back({thing.name, {}, {}, kind(thing)});
    }
    for (const Thing& thing : before) {
        if (named(after, thing.name) == after.end())
            found.push_back({thing.name, {}, kind(thing), {}});
    }
}

Json memberOf(const Json& json, const char* name)
{
    const auto found = json.find(name);
    return found == json.end() ? Json::object() : *found;
}

} // namespace

std::vector<RecipeDifference> compareRecipes(const Recipe& before, const Recipe& after)
{
    std::vector<RecipeDifference> found;
    Comparison comparison(found);
    comparison.members("canvas", memberOf(jsonOfRecipe(before), "canvas"), memberOf(jsonOfRecipe(after), "canvas"));
    compareNamed<RecipeParam>(
        found, before.params, after.params, [](const RecipeParam& param) { return words(param.fallback); },
        [&](const RecipeParam& was, const RecipeParam& now) { comparison.value(now.title.empty() ? now.name : now.title, "value", words(was.fallback), words(now.fallback)); });
    compareNamed<RecipeInput>(
        found, before.inputs, after.inputs, [](const RecipeInput& input) { return input.title.empty() ? input.media : input.title; },
        [&](const RecipeInput& was, const RecipeInput& now) {
            if (was.fallback != now.fallback) // a content id says nothing to people; its title does
                comparison.value(now.name, "file", was.title.empty() ? was.fallback : was.title, now.title.empty() || now.title == was.title ? now.fallback : now.title);
            comparison.value(now.name, "colour", was.colour, now.colour);
        });
    compareNamed<Node>(
        found, before.nodes, after.nodes, [](const Node& node) { return node.group.empty() ? node.effect : node.group; },
        [&](const Node& was, const Node& now) {
            const Json earlier = jsonOfNode(was);
            const Json later = jsonOfNode(now);
            comparison.value(now.name, "effect", was.effect + was.group, now.effect + now.group);
            comparison.members(now.name, memberOf(earlier, "args"), memberOf(later, "args"));
            comparison.members(now.name, memberOf(earlier, "in"), memberOf(later, "in"));
            comparison.value(now.name, "bypass", was.bypass ? "on" : "off", now.bypass ? "on" : "off");
        });
    compareNamed<RecipeOutput>(
        found, before.outputs, after.outputs, [](const RecipeOutput& output) { return output.encode; },
        [&](const RecipeOutput& was, const RecipeOutput& now) {
            comparison.value(now.name, "encode", was.encode, now.encode);
            comparison.value(now.name, "picture", was.picture ? was.picture->text() : "", now.picture ? now.picture->text() : "");
            comparison.value(now.name, "sound", was.sound ? was.sound->text() : "", now.sound ? now.sound->text() : "");
        });
    return found;
}

} // namespace artdag
