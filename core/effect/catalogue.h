// SPDX-License-Identifier: GPL-3.0-or-later
// The list of effects that this build knows. Core never switches over effects: it asks this list.
#pragma once

#include "core/effect/bridge.h"

#include <span>
#include <string_view>
#include <vector>

namespace artdag {

/// One file of effects/: the stem is the effect's name.
struct CatalogueEntry {
    std::string_view name;
    std::string_view sourceHash; ///< SHA3-256 of its source file at build time, hex: the manifest cites it
    const Effect* effect;
    const Bridge* bridge = nullptr; ///< null for an effect of ours; else it is baked
};

/// Effects that are not compiled into this program, and are found out when somebody asks for them. Thread-safe.
class FurtherEffects {
public:
    virtual ~FurtherEffects() = default;
    /// Whether a name is of this kind at all: asking is cheap, and everything else may be dear.
    [[nodiscard]] virtual bool claims(std::string_view name) const = 0;
    /// nullptr when there is none of that name.
    [[nodiscard]] virtual const CatalogueEntry* find(std::string_view name) const = 0;
    [[nodiscard]] virtual std::span<const CatalogueEntry* const> all() const = 0; ///< sorted by name
};

struct Catalogue {
    std::span<const CatalogueEntry> entries; ///< sorted by name
    const FurtherEffects* further = nullptr; ///< bridges; null: none

    /// nullptr when there is none of that name.
    [[nodiscard]] const CatalogueEntry* find(std::string_view name) const;
    /// Names within edit distance 3 or sharing a synonym, nearest first: for "did you mean".
    [[nodiscard]] std::vector<std::string_view> similar(std::string_view name) const;
    /// Effects whose name, title, synonyms, tags or help contain every word, bridges among them; best first; all for an empty query.
    [[nodiscard]] std::vector<const CatalogueEntry*> search(std::string_view query) const;
};

/// The effects compiled into this program. Defined by the generated table.
const Catalogue& builtinEffects();

} // namespace artdag
