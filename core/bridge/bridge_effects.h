// SPDX-License-Identifier: GPL-3.0-or-later
// Filters of libavfilter and frei0r as entries of the catalogue. Nothing is looked for before somebody asks for one of them.
#pragma once

#include "core/base/json.h"
#include "core/bridge/bridge_options.h"
#include "core/effect/catalogue.h"

#include <map>
#include <mutex>

namespace artdag {

/// One entry with all that its description's views look at. Not to be moved.
class BridgeEntry;

class BridgeEffects final : public FurtherEffects {
public:
    explicit BridgeEffects(BridgeOptions options);
    ~BridgeEffects() override;

    [[nodiscard]] bool claims(std::string_view name) const override;
    [[nodiscard]] const CatalogueEntry* find(std::string_view name) const override;
    [[nodiscard]] std::span<const CatalogueEntry* const> all() const override;
    /// Why there are none, or empty; and what was left out, with reasons. Looks for them like all().
    [[nodiscard]] const std::string& problem() const;
    [[nodiscard]] const std::vector<std::string>& leftOut() const;

private:
    void load() const;

    BridgeOptions m_options;
    mutable std::once_flag m_once;
    mutable std::map<std::string, std::unique_ptr<BridgeEntry>, std::less<>> m_entries;
    mutable std::vector<const CatalogueEntry*> m_all;
    mutable std::string m_problem;
    mutable std::vector<std::string> m_leftOut;
};

/// Bridges as a manifest describes them, and those of this machine for all other names: what a recipe meant where its film
/// was made. A bridge of a manifest is run with the filter of that name here, if it must be run at all.
class CitedBridges final : public FurtherEffects {
public:
    explicit CitedBridges(const FurtherEffects* here, BridgeOptions options);
    ~CitedBridges() override;
    /// Corrupt for what is no description.
    Result<void> cite(std::string_view description);

    [[nodiscard]] bool claims(std::string_view name) const override;
    [[nodiscard]] const CatalogueEntry* find(std::string_view name) const override;
    [[nodiscard]] std::span<const CatalogueEntry* const> all() const override;

private:
    const FurtherEffects* m_here;
    BridgeOptions m_options;
    std::map<std::string, std::unique_ptr<BridgeEntry>, std::less<>> m_entries;
};

} // namespace artdag
