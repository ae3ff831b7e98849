// SPDX-License-Identifier: GPL-3.0-or-later
// A template shows something before anybody has given it a picture of their own: an input without media takes what its
// stand-in gives. Done before checking, so that keys and hashes are those of a recipe wired to the stand-in itself.
#pragma once

#include "core/recipe/recipe.h"

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace artdag {

struct StoodIn {
    Recipe recipe;                            ///< inputs with a stand-in and no media are gone, wires from them come from the stand-in
    std::vector<std::pair<Wire, Wire>> ports; ///< what each output of such an input stands for, as far as it is wired: for the viewer
};

/// Nothing when no stand-in is needed. `hasMedia` says which inputs a run gives media to, besides those with a default.
std::optional<StoodIn> putStandIns(const Recipe& recipe, const std::function<bool(const std::string& input)>& hasMedia);

} // namespace artdag
