// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/graph/recipe_sources.h"

#include "core/base/similar_names.h"
#include "core/graph/argument.h"
#include "core/recipe/json_text.h"

#include <algorithm>

namespace artdag {

std::string withArticle(std::string_view word)
{
    return (word == "events" ? "" : "a ") + std::string(word);
}

RecipeSources::RecipeSources(const Recipe& recipe, const Catalogue& effects, bool said, ProblemList& problems)
    : m_recipe(recipe),
      m_problems(problems),
      m_said(said)
{
    m_sources.reserve(recipe.inputs.size() + recipe.nodes.size());
    for (const RecipeInput& input : recipe.inputs) {
        const CatalogueEntry* entry = effects.find(input.media);
        if (entry == nullptr)
            m_problems.error(pointerTo("/inputs", input.name), "input " + inQuotes(input.name) + ": the effect " + inQuotes(input.media) + " is not in this program");
        m_sources.push_back({input.name, entry, nullptr, &input});
    }
    for (const Node& node : recipe.nodes)
        findEffect(node, effects);
    m_byName.reserve(m_sources.size());
    for (std::size_t i = 0; i < m_sources.size(); ++i)
        m_byName.add(m_sources[i].name, static_cast<int>(i));
}

void RecipeSources::findEffect(const Node& node, const Catalogue& effects)
{
    const CatalogueEntry* entry = effects.find(node.effect);
    if (node.effect.empty()) {
        m_problems.error(pointerTo("/nodes", node.name), "node " + inQuotes(node.name) + ": the effect is missing", "add \"effect\": \"…\"");
    } else if (entry == nullptr) {
        const auto near = effects.similar(node.effect);
        m_problems.error(pointerTo("/nodes", node.name) + "/effect", "node " + inQuotes(node.name) + ": effect " + shortText(Json(node.effect)) + " is not known",
            near.empty() ? "see `artdag effects`" : "did you mean " + inQuotes(near[0]) + (near.size() > 1 ? " or " + inQuotes(near[1]) : std::string()) + "?");
    }
    m_sources.push_back({node.name, entry, &node, nullptr});
}

int RecipeSources::find(std::string_view name) const
{
    return m_byName.find(name);
}

const Port* RecipeSources::portOf(SourcePort from) const
{
    const CatalogueEntry* entry = (*this)[from.source].entry;
    return entry == nullptr ? nullptr : &entry->effect->outputs[static_cast<std::size_t>(from.output)];
}

void RecipeSources::sayMissing(const Wire& wire, const Subject& owner, const Place& place)
{
    std::vector<std::string_view> names;
    for (const Source& each : m_sources)
        if (!m_problems.full())
            names.push_back(each.name);
    const bool isParam = std::ranges::find(m_recipe.params, wire.node, &RecipeParam::name) != m_recipe.params.end();
    m_problems.error(place.pointer(), owner.text() + ": there is no node or input " + inQuotes(wire.node),
        isParam ? "'" + wire.node + "' is a param: use {\"param\": \"" + wire.node + "\"} as an argument" : didYouMean(wire.node, names));
}

std::optional<SourcePort> RecipeSources::resolve(const Wire& wire, const Subject& owner, const Place& place)
{
    if (wire.node.empty()) { // of a group that is not in order
        if (!m_said)
            m_problems.error(place.pointer(), owner.text() + " is not connected");
        return std::nullopt;
    }
    const int found = m_byName.find(wire.node);
    if (found < 0) {
        sayMissing(wire, owner, place);
        return std::nullopt;
    }
    const Source& from = (*this)[found];
    if (from.entry == nullptr)
        return std::nullopt;
    const auto& outputs = from.entry->effect->outputs;
    const auto port = wire.port.empty() ? outputs.begin() : std::ranges::find(outputs, std::string_view(wire.port), &Port::name);
    if (port == outputs.end()) {
        std::vector<std::string_view> names;
        for (const Port& each : outputs)
            names.push_back(each.name);
        m_problems.error(place.pointer(), owner.text() + ": " + inQuotes(wire.node) + " (" + std::string(from.entry->name) + ") has no output " + inQuotes(wire.port), didYouMean(wire.port, names));
        return std::nullopt;
    }
    return SourcePort{found, static_cast<int>(port - outputs.begin())};
}

std::optional<SourcePort> RecipeSources::connect(const Wire& wire, PortType wanted, const Subject& what, const Place& place)
{
    const auto from = resolve(wire, what, place);
    const Port* port = from ? portOf(*from) : nullptr;
    if (port == nullptr)
        return std::nullopt;
    if (converts(port->type, wanted))
        return from;
    std::string hint;
    for (const Port& other : (*this)[from->source].entry->effect->outputs)
        if (converts(other.type, wanted))
            hint = "did you mean '" + wire.node + "." + std::string(other.name) + "'?";
    m_problems.error(place.pointer(), what.text() + " takes " + withArticle(nameOf(wanted)) + ", but " + inQuotes(wire.text()) + " is " + withArticle(nameOf(port->type)), std::move(hint));
    return std::nullopt;
}

} // namespace artdag
