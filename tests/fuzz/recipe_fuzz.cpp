// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer: any bytes are read, located, checked, hashed and written without a crash, and what is written reads back the same.
#include "core/effect/catalogue.h"
#include "core/graph/graph.h"
#include "core/recipe/json_text.h"
#include "core/recipe/recipe.h"

#include <cstddef>
#include <cstdint>

using namespace artdag;

namespace {

/// Two readers of JSON must agree about what JSON is, and about its meaning.
void compareReaders(std::string_view text)
{
    const auto json = readJson(text);
    const JsonScan scan = scanJson(text);
    CHECK(json.has_value() == (scan.complete && scan.faults.empty()));
    CHECK(!json || scan.value().json() == *json);
}

void sampleAnimations(const Graph& graph)
{
    for (const GraphNode& node : graph.nodes)
        for (const MovingArgument& argument : node.args.moving)
            if (const auto* animation = std::get_if<std::shared_ptr<const Animation>>(&argument.how))
                for (const double t : {0.0, 0.5, 1e6}) {
                    const Value value = (*animation)->at(t, t * 30);
                    CHECK(value == (*animation)->at(t, t * 30));
                    for (const double component : componentsOf(value))
                        CHECK(component == component);
                }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    compareReaders(text);

    const ReadRecipe read = readRecipe(text);
    for (const Problem& problem : read.problems)
        CHECK(problem.line >= 1 && problem.column >= 1 && !problem.message.empty());
    CheckedRecipe checked = checkRecipe(read.recipe, builtinEffects(), {}, size % 2 == 0);
    locateProblems(text, checked.problems);
    if (checked.graph)
        sampleAnimations(*checked.graph);

    const std::string written = writeRecipe(read.recipe);
    if (read.ok()) {
        const ReadRecipe again = readRecipe(written);
        CHECK(again.ok());
        CHECK(writeRecipe(again.recipe) == written);
        CHECK(graphHash(again.recipe, builtinEffects()) == graphHash(read.recipe, builtinEffects()));
    }
    return 0;
}
