// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/graph/edit_argument.h"

#include "core/graph/literal.h"
#include "core/recipe/late_names.h"

#include <algorithm>

namespace artdag {

Result<std::shared_ptr<const Graph>> withArgument(const Graph& graph, const ArgumentEdit& edit)
{
    const auto index = static_cast<std::size_t>(edit.node);
    CHECK(index < graph.nodes.size());
    const GraphNode& node = graph.nodes[index];
    const Effect& effect = *node.entry->effect;
    const bool ofItem = edit.item >= 0;
    const Subject ofNode{.before = "node '", .name = node.name, .after = "'"};
    const Subject ofList{.within = &ofNode, .before = ": ", .name = ofItem && !effect.inputs.empty() ? effect.inputs.back().name : std::string_view()};
    const Subject owner = ofItem ? Subject{.within = &ofList, .before = ", item ", .number = static_cast<std::size_t>(edit.item) + 1} : Subject{.within = &ofNode};
    if (ofItem && static_cast<std::size_t>(edit.item) >= node.items.size())
        return fail(Fault::NotFound, owner.text() + ": there is no such item");
    const std::vector<Param>& params = ofItem ? effect.itemParams : effect.params;
    const auto param = std::ranges::find(params, std::string_view(edit.param), &Param::name);
    if (param == params.end())
        return fail(Fault::NotFound, owner.text() + ": it has no argument '" + edit.param + "'");
    auto value = valueOfJson(edit.value, *param, graph.canvas.rate);
    if (!value)
        return fail(Fault::BadInput, owner.text() + ": " + edit.param + " " + value.error().message);
    auto edited = std::make_shared<Graph>(graph);
    GraphNode& changed = edited->nodes.change(index);
    GraphArguments& args = ofItem ? changed.items[static_cast<std::size_t>(edit.item)].args : changed.args;
    args.set(static_cast<std::size_t>(param - params.begin()), std::move(*value));
    return std::shared_ptr<const Graph>(std::move(edited));
}

} // namespace artdag
