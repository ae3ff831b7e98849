// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/json_text.h"
#include "core/recipe/recipe.h"

namespace artdag {

void locateProblems(std::string_view text, std::vector<Problem>& problems)
{
    JsonPlaces places;
    for (const Problem& problem : problems) {
        if (problem.line != 0)
            continue;
        std::string pointer = problem.pointer;
        // An enclosing value may be what there is, so every prefix is asked for.
        while (places.try_emplace(pointer, noPlace).second && !pointer.empty())
            pointer.resize(pointer.rfind('/') == std::string::npos ? 0 : pointer.rfind('/'));
    }
    if (places.empty())
        return;
    scanJson(text, &places);

    std::vector<std::size_t> asked, offsets;
    for (std::size_t i = 0; i < problems.size(); ++i) {
        if (problems[i].line != 0)
            continue;
        std::string pointer = problems[i].pointer;
        while (places[pointer] == noPlace && !pointer.empty())
            pointer.resize(pointer.rfind('/') == std::string::npos ? 0 : pointer.rfind('/'));
        asked.push_back(i);
        offsets.push_back(places[pointer] == noPlace ? 0 : places[pointer]);
    }
    const std::vector<TextPlace> found = placesOfOffsets(text, offsets);
    for (std::size_t k = 0; k < asked.size(); ++k) {
        problems[asked[k]].line = found[k].line;
        problems[asked[k]].column = found[k].column;
    }
}

} // namespace artdag
