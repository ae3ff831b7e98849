// SPDX-License-Identifier: GPL-3.0-or-later
// The inputs and nodes of a recipe as others see them: with their effects, by name, with typed output ports.
#pragma once

#include "core/graph/graph.h"
#include "core/recipe/late_names.h"
#include "core/recipe/name_index.h"
#include "core/recipe/problem_list.h"

namespace artdag {

/// An input or a node, as others see it.
struct Source {
    std::string_view name;                 ///< of the recipe
    const CatalogueEntry* entry = nullptr; ///< null: the effect is not known, which has been said
    const Node* node = nullptr;            ///< null for an input
    const RecipeInput* input = nullptr;
};

/// One end of a wire that was found.
struct SourcePort {
    int source = -1;
    int output = 0;
};

class RecipeSources {
public:
    /// Names the effects that are not known. `said`: so is what is wrong with its groups, from which wires without a source are left.
    RecipeSources(const Recipe& recipe, const Catalogue& effects, bool said, ProblemList& problems);

    [[nodiscard]] int size() const { return static_cast<int>(m_sources.size()); }
    const Source& operator[](int index) const { return m_sources[static_cast<std::size_t>(index)]; }
    /// −1 when there is none.
    [[nodiscard]] int find(std::string_view name) const;
    [[nodiscard]] const Port* portOf(SourcePort from) const;
    /// Nothing when a problem was added, or when what is wrong with the source has been said.
    std::optional<SourcePort> resolve(const Wire& wire, const Subject& owner, const Place& place);
    /// The same, with the type that is wanted there. `what` begins the message: `node 'glow': picture`.
    std::optional<SourcePort> connect(const Wire& wire, PortType wanted, const Subject& what, const Place& place);

private:
    void findEffect(const Node& node, const Catalogue& effects);
    void sayMissing(const Wire& wire, const Subject& owner, const Place& place);

    const Recipe& m_recipe;
    ProblemList& m_problems;
    bool m_said;
    std::vector<Source> m_sources;
    NameIndex m_byName;
};

/// `a picture`, `events`.
std::string withArticle(std::string_view word);

} // namespace artdag
