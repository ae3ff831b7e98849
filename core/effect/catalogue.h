// SPDX-License-Identifier: GPL-3.0-or-later
// The list of effects that this build knows. Core never switches over effects: it asks this list.
#pragma once

#include "core/effect/effect.h"

#include <span>
#include <string_view>
#include <vector>

namespace artdag {

/// One file of effects/: the stem is the effect's name.
struct CatalogueEntry {
    std::string_view name;
    std::string_view sourceHash; ///< SHA3-256 of its source file at build time, hex: the manifest cites it
    const Effect* effect;
};

struct Catalogue {
    std::span<const CatalogueEntry> entries; ///< sorted by name

    /// nullptr when there is none of that name.
    [[nodiscard]] const CatalogueEntry* find(std::string_view name) const;
    /// Names within edit distance 3 or sharing a synonym, nearest first: for "did you mean".
    [[nodiscard]] std::vector<std::string_view> similar(std::string_view name) const;
    /// Effects whose name, title, synonyms, tags or help contain every word; best first; all for an empty query.
    [[nodiscard]] std::vector<const CatalogueEntry*> search(std::string_view query) const;
};

/// The effects compiled into this program. Defined by the generated table.
const Catalogue& builtinEffects();

} // namespace artdag
