// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer: any bytes as a recipe of the older project. What is imported has only mistakes that importing cannot know of,
// reads back the same, and says where each note belongs.
#include "core/graph/graph.h"
#include "core/import/import_recipe.h"

#include <cstddef>
#include <cstdint>

using namespace artdag;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    const auto imported = importRecipe({reinterpret_cast<const char*>(bytes), size}, builtinEffects());
    if (!imported) {
        CHECK(imported.error().fault == Fault::BadInput && !imported.error().message.empty());
        return 0;
    }
    for (const Problem& note : imported->notes)
        CHECK(note.line >= 1 && note.column >= 1 && !note.message.empty());
    const std::string written = writeRecipe(imported->recipe);
    CHECK(writeRecipe(readRecipe(written).recipe) == written);
    static_cast<void>(checkRecipe(imported->recipe, builtinEffects(), {}, false));
    return 0;
}
