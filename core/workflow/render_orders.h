// SPDX-License-Identifier: GPL-3.0-or-later
// Films that are to be rendered, as they wait on the disk from one start of the program to the next. Values and two
// functions; what has been rendered of them lies in the store.
#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <string>
#include <vector>

namespace artdag {

struct RenderOrder {
    std::string id;
    std::string recipe; ///< its text
    std::string title;
    std::string output; ///< empty: the first
    std::string encode; ///< a profile; empty: the output's own
    std::filesystem::path folder;
    std::string parent;   ///< the gallery's entry that the recipe was made from
    bool sign = false;    ///< with the creator's key, for which it waits
    bool paused = false;  ///< does not begin by itself
    std::string renderer; ///< the base URL of one that renders it; empty: here
    [[nodiscard]] bool isElsewhere() const { return !renderer.empty(); }
    bool operator==(const RenderOrder&) const = default;
};

/// In the order in which they are to be rendered. No orders when there is no such file; Corrupt when it cannot be read.
Result<std::vector<RenderOrder>> readRenderOrders(const std::filesystem::path& file);
/// Atomically. Waits for the disk.
Result<void> writeRenderOrders(const std::filesystem::path& file, const std::vector<RenderOrder>& orders);

} // namespace artdag
