// SPDX-License-Identifier: GPL-3.0-or-later
// Where a film came from, as its own provenance tells: recipe, inputs, effects, earlier works. A short list for people; nothing
// is verified here.
#pragma once

#include "core/base/digest.h"
#include "core/base/result.h"

#include <filesystem>
#include <string>
#include <vector>

namespace artdag {

struct LineageLine {
    enum class Kind {
        Recipe,
        Earlier, ///< a recipe that this one was made from
        Input,
        Effect,
        Baked,
        Software,
    };
    Kind kind = Kind::Recipe;
    std::string name;
    std::string detail; ///< version, decoder, owner and licence
    ContentId id;       ///< null where there is none
};

/// Of the provenance file beside a film. NotFound, BadInput as readProvenance says.
Result<std::vector<LineageLine>> readLineage(const std::filesystem::path& provenance);

} // namespace artdag
