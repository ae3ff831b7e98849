// SPDX-License-Identifier: GPL-3.0-or-later
// A recipe that makes sense: effects found, wires typed, acyclic, ordered, arguments read. What plan and render work on.
#pragma once

#include "core/base/digest.h"
#include "core/base/shared_list.h"
#include "core/effect/catalogue.h"
#include "core/recipe/recipe.h"

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace artdag {

/// An argument that changes over time: keyframes or an expression, already compiled and type-checked.
class Animation {
public:
    virtual ~Animation() = default;
    /// The value at an instant of the node's own output; `t` in seconds, `frame` counted from 0. Same bits everywhere.
    [[nodiscard]] virtual Value at(double t, double frame) const = 0;
};
struct Binding; ///< follows a signal: core/graph/binding.h
using GraphArgument = std::variant<Value, std::shared_ptr<const Animation>, std::shared_ptr<const Binding>>;

/// An argument that changes over time, or follows a signal.
struct MovingArgument {
    std::size_t index = 0; ///< of the parameter
    std::variant<std::shared_ptr<const Animation>, std::shared_ptr<const Binding>> how;
};

/// The arguments of a node or an item, one for each parameter. Copies share their values, as do nodes that are given none.
class GraphArguments {
public:
    std::vector<MovingArgument> moving; ///< rising by index; most have none

    GraphArguments() = default;
    explicit GraphArguments(std::shared_ptr<std::vector<Value>> values)
        : m_values(std::move(values)) {}

    [[nodiscard]] std::size_t size() const { return m_values ? m_values->size() : 0; }
    /// One for each parameter; where one moves, its default.
    [[nodiscard]] std::span<const Value> values() const { return m_values ? std::span<const Value>(*m_values) : std::span<const Value>(); }
    /// Null where it moves.
    [[nodiscard]] const Value* constant(std::size_t index) const;
    void set(std::size_t index, GraphArgument argument);

private:
    std::shared_ptr<std::vector<Value>> m_values; ///< changed only while nobody shares it
};

struct GraphInput {
    int port = 0;  ///< index into Effect::inputs
    int item = -1; ///< index into GraphNode::items
    int node = 0;  ///< index into Graph::nodes, smaller than the own index unless the port gives the frame before
    int output = 0;
    Flicks in = 0; ///< trim, on the source's own time
    std::optional<Flicks> out;
    bool operator==(const GraphInput&) const = default;
};

struct GraphItem {
    std::string id;
    GraphArguments args; ///< one for each of Effect::itemParams
};

struct GraphNode {
    std::string name; ///< in the recipe; inputs keep theirs; `node.port` for a conversion put between; not in any key
    const CatalogueEntry* entry = nullptr;
    std::vector<GraphInput> inputs; ///< port order, then items
    std::vector<GraphItem> items;
    GraphArguments args; ///< one for each of Effect::params, defaults filled in
};

struct NodePort {
    int node = 0;
    int output = 0;
    auto operator<=>(const NodePort&) const = default;
};

struct GraphOutput {
    std::string name;
    std::optional<NodePort> picture, sound;
    std::string encode;
};

struct Graph {
    Canvas canvas;
    SharedList<GraphNode> nodes; ///< sources first: an input's node comes before its user, but for ports that give the frame before
    std::vector<GraphOutput> outputs;
    /// What was put in for the recipe's inputs and parameters, for the manifest and the run key.
    std::vector<std::pair<std::string, ContentId>> inputs;
    std::vector<std::pair<std::string, Json>> params;
    /// Bypassed nodes and instances of groups are not among `nodes`: what each of their outputs stands for.
    std::vector<std::pair<Wire, NodePort>> passing;

    [[nodiscard]] const GraphOutput* output(std::string_view name) const; ///< the first one for an empty name
    [[nodiscard]] int node(std::string_view name) const;                  ///< −1 when there is none
    /// What a wire of the recipe names, through bypassed nodes and groups: for the viewer.
    [[nodiscard]] std::optional<NodePort> port(const Wire& wire) const;
};

/// What a run puts in for inputs and parameters; names that the recipe lacks are problems.
struct RecipeBindings {
    std::map<std::string, ContentId> inputs;
    std::map<std::string, Json> params;
};

struct CheckedRecipe {
    std::shared_ptr<const Graph> graph; ///< null when a problem is an error
    std::vector<Problem> problems;      ///< pointers, without positions (see locateProblems)
};

/// Finds every mistake of a recipe at once. An input without a bound or default content id is an error only when
/// `needInputs`; otherwise the graph is null but the list is complete.
CheckedRecipe checkRecipe(const Recipe& recipe, const Catalogue& effects, const RecipeBindings& bindings = {}, bool needInputs = true);

/// What graphHash hashes: the recipe with defaults filled in and without what computes nothing (docs/formats/recipe.md).
Json graphDocument(const Recipe& recipe, const Catalogue& effects);

/// SHA3-256("artdag.graph.1\n" ‖ JCS of the recipe, defaults filled in, without texts, tags, licence, author, ancestry,
/// handles, layout and node order).
GraphHash graphHash(const Recipe& recipe, const Catalogue& effects);

} // namespace artdag
