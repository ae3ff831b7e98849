// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/graph_of.h"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>

namespace artdag::test {

std::shared_ptr<const Graph> graphOf(const std::string& text)
{
    ReadRecipe read = readRecipe(text);
    CheckedRecipe checked = checkRecipe(read.recipe, builtinEffects());
    for (const auto* problems : {&read.problems, &checked.problems})
        for (const Problem& problem : *problems)
            std::fprintf(stderr, "%s: %s %s\n", problem.pointer.c_str(), problem.message.c_str(), problem.hint.c_str());
    if (!read.ok() || !checked.graph)
        std::abort();
    return checked.graph;
}

std::string recipeText(const std::string& nodes, const std::string& picture, double seconds, const std::string& sound)
{
    const std::string soundMember = sound.empty() ? "" : fmt::format(R"(, "sound": "{}")", sound);
    return fmt::format(R"({{"artdag": 1, "canvas": {{"width": 64, "height": 48, "rate": [25, 1], "sampleRate": 48000, "duration": {}}}, "nodes": {{{}}}, "outputs": {{"main": {{"picture": "{}"{}}}}}}})", seconds, nodes, picture, soundMember);
}

} // namespace artdag::test
