// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/read_dag.h"

namespace artdag {

namespace {

const Json* member(const Json& object, const char* name)
{
    const auto found = object.is_object() ? object.find(name) : object.end();
    return found == object.end() || found->is_null() ? nullptr : &*found;
}

/// The first of the members that is a text.
std::string textOf(const Json& object, std::initializer_list<const char*> names)
{
    for (const char* name : names)
        if (const Json* value = member(object, name); value != nullptr && value->is_string())
            return value->get<std::string>();
    return {};
}

tl::unexpected<OldFault> fault(std::string pointer, std::string message)
{
    return tl::unexpected<OldFault>(OldFault{std::move(message), {std::move(pointer), {}}});
}

class DagReader {
public:
    OldResult<OldGraph> read(const Json& document)
    {
        if (!document.is_object())
            return fault("", "the document must be an object, got " + shortText(document));
        m_graph.title = textOf(document, {"name", "title"});
        m_graph.description = textOf(document, {"description"});
        m_graph.owner = textOf(document, {"owner"});
        if (const Json* canvas = member(document, "encoding"); canvas != nullptr && canvas->is_object())
            m_graph.canvas = *canvas;
        readAssets(document);
        const Json* dag = member(document, "dag");
        const std::string home = dag != nullptr ? "/dag" : "";
        const Json& graph = dag != nullptr ? *dag : document;
        const Json* nodes = member(graph, "nodes");
        if (nodes == nullptr || !nodes->is_structured())
            return fault(home, "'nodes' is missing: expected a list of nodes, or an object of them by id");
        std::size_t index = 0;
        for (const auto& [key, value] : nodes->items()) {
            auto node = readNode(value, nodes->is_object() ? key : "", pointerTo(home + "/nodes", nodes->is_object() ? key : std::to_string(index)));
            if (!node)
                return tl::unexpected(node.error());
            m_graph.nodes.push_back(std::move(*node));
            ++index;
        }
        m_graph.output = textOf(graph, {"output", "output_id"});
        m_graph.outputPlace.pointer = home + (member(graph, "output") != nullptr ? "/output" : "/output_id");
        if (m_graph.output.empty())
            return fault(home, "the output is missing: expected 'output' with the id of a node");
        return std::move(m_graph);
    }

private:
    void readAssets(const Json& document)
    {
        const Json* registry = member(document, "registry");
        const Json* assets = registry != nullptr ? member(*registry, "assets") : nullptr;
        if (assets == nullptr || !assets->is_object())
            return;
        for (const auto& [name, value] : assets->items())
            m_graph.assets.push_back({name, value.is_string() ? value.get<std::string>() : textOf(value, {"hash", "content_hash", "cid"}), textOf(value, {"title", "description"})});
    }
    static OldResult<OldNode> readNode(const Json& value, const std::string& key, const std::string& pointer)
    {
        OldNode node;
        node.place.pointer = pointer;
        node.id = key.empty() ? textOf(value, {"id", "node_id"}) : key;
        const std::string subject = "node '" + node.id.substr(0, 80) + "'";
        if (!value.is_object())
            return fault(pointer, subject + ": must be an object, got " + shortText(value));
        if (node.id.empty())
            return fault(pointer, "a node has no id");
        node.type = textOf(value, {"type", "node_type"});
        if (node.type.empty())
            return fault(pointer, subject + ": the type is missing: SOURCE, SEGMENT, EFFECT …");
        node.name = textOf(value, {"name"});
        if (const Json* config = member(value, "config")) {
            if (!config->is_object())
                return fault(pointer + "/config", subject + ": config must be an object, got " + shortText(*config));
            node.config = *config;
        }
        const Json* inputs = member(value, "inputs");
        if (inputs == nullptr)
            return node;
        if (inputs->is_string()) {
            node.inputs.push_back(inputs->get<std::string>());
            return node;
        }
        for (std::size_t i = 0; i < inputs->size() || !inputs->is_array(); ++i) {
            if (!inputs->is_array() || !(*inputs)[i].is_string())
                return fault(pointer + "/inputs", subject + ": inputs must be a list of ids of nodes");
            node.inputs.push_back((*inputs)[i].get<std::string>());
        }
        return node;
    }

    OldGraph m_graph;
};

} // namespace

OldResult<OldGraph> readDag(const Json& document)
{
    return DagReader().read(document);
}

} // namespace artdag
