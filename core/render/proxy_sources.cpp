// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/proxy_sources.h"

#include "core/graph/binding.h"
#include "core/picture/affine.h"

#include <algorithm>
#include <set>

namespace artdag {

namespace {

const Value* constantOf(const GraphNode& node, ParamKind kind, std::string_view name = {})
{
    const auto& params = node.entry->effect->params;
    for (std::size_t i = 0; i < params.size(); ++i)
        if (params[i].kind == kind && (name.empty() || params[i].name == name))
            return node.args.constant(i);
    return nullptr;
}

/// The file that a source shows.
std::optional<ContentId> filmOf(const GraphNode& node)
{
    const auto& outputs = node.entry->effect->outputs;
    const Value* file = constantOf(node, ParamKind::File);
    if (file == nullptr || std::ranges::find(outputs, PortType::Picture, &Port::type) == outputs.end())
        return std::nullopt;
    const ContentId* id = std::get_if<ContentId>(file);
    return id == nullptr || id->isNull() ? std::nullopt : std::optional(*id);
}

void addSources(const GraphNode& node, std::vector<int>& nodes)
{
    for (const GraphInput& input : node.inputs)
        nodes.push_back(input.node);
    const auto addBound = [&](const GraphArguments& args) {
        for (const MovingArgument& arg : args.moving)
            if (const auto* binding = std::get_if<std::shared_ptr<const Binding>>(&arg.how))
                nodes.push_back((*binding)->source.node);
    };
    addBound(node.args);
    for (const GraphItem& item : node.items)
        addBound(item.args);
}

/// Films that some analysis of pictures is made of.
std::set<ContentId> analysedFilms(const Graph& graph)
{
    std::vector<int> open;
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const Effect& effect = *graph.nodes[i].entry->effect;
        if (effect.analyse != nullptr && std::ranges::find(effect.inputs, PortType::Picture, &Port::type) != effect.inputs.end())
            open.push_back(static_cast<int>(i));
    }
    std::set<ContentId> films;
    std::vector<bool> seen(graph.nodes.size());
    while (!open.empty()) {
        const auto index = static_cast<std::size_t>(open.back());
        open.pop_back();
        if (seen[index])
            continue;
        seen[index] = true;
        if (const auto film = filmOf(graph.nodes[index]))
            films.insert(*film);
        addSources(graph.nodes[index], open);
    }
    return films;
}

/// Whether a source makes its film larger than half its own size.
bool isLarger(const GraphNode& node, const Sources::MediaFacts& facts, const Canvas& canvas, double scale)
{
    const Value* choice = constantOf(node, ParamKind::Choice, "fit");
    const auto fit = choice == nullptr ? Fit::Plain : static_cast<Fit>(std::get<std::int64_t>(*choice));
    if (fit == Fit::Plain)
        return scale > proxyScale;
    const Affine place = fitted(facts.width, facts.height, canvas.width * scale, canvas.height * scale, fit);
    return std::max(place.xx, place.yy) > proxyScale;
}

} // namespace

std::shared_ptr<const Proxy> ProxyShelf::find(const ContentId& media, const Sources::MediaFacts& facts)
{
    const std::lock_guard lock(m_mutex);
    const auto known = m_known.find(media);
    if (known != m_known.end())
        return known->second;
    return m_known.emplace(media, whyNoProxy(facts).empty() ? Proxy::find(*m_store, media, facts) : nullptr).first->second;
}

void ProxyShelf::forget(const ContentId& media)
{
    const std::lock_guard lock(m_mutex);
    m_known.erase(media);
}

Result<Sources::MediaFacts> ProxySources::facts(const ContentId& media, const std::string& layer)
{
    MediaFacts facts = TRY(m_originals->facts(media, layer));
    if (const auto proxy = m_proxies.find(media); proxy != m_proxies.end() && layer.empty())
        facts.bakedPicture = proxy->second->id();
    return facts;
}

Result<CodedPointer> ProxySources::picture(const ContentId& media, Flicks time, const std::string& layer)
{
    const auto proxy = m_proxies.find(media);
    if (proxy == m_proxies.end() || !layer.empty())
        return m_originals->picture(media, time, layer);
    return proxy->second->picture(time, [&](Flicks from) { return m_originals->picture(media, from, {}); });
}

std::vector<ContentId> filmsOf(const Graph& graph)
{
    std::vector<ContentId> films;
    for (const GraphNode& node : graph.nodes)
        if (const auto film = filmOf(node); film && std::ranges::find(films, *film) == films.end())
            films.push_back(*film);
    return films;
}

std::unique_ptr<ProxySources> previewSources(const Graph& graph, double scale, Sources& originals, ProxyShelf& shelf)
{
    ProxySources::Proxies proxies;
    std::set<ContentId> excluded = analysedFilms(graph);
    for (const GraphNode& node : graph.nodes) {
        const auto film = scale <= proxyScale ? filmOf(node) : std::nullopt;
        if (!film || excluded.contains(*film))
            continue;
        const auto facts = originals.facts(*film); // whose error the plan will name with its node
        const auto proxy = facts ? shelf.find(*film, *facts) : nullptr;
        if (proxy == nullptr)
            continue;
        if (isLarger(node, *facts, graph.canvas, scale))
            excluded.insert(*film);
        else
            proxies.emplace(*film, proxy);
    }
    for (const ContentId& film : excluded)
        proxies.erase(film);
    return std::make_unique<ProxySources>(originals, std::move(proxies));
}

} // namespace artdag
