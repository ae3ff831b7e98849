// SPDX-License-Identifier: GPL-3.0-or-later
// What an editor draws beside the nodes: frames, dots on wires, bookmarks. They are kept in the member `ui` of a recipe or a
// group, which nothing that computes ever reads, and so they cannot change a key.
#pragma once

#include "core/recipe/edit_recipe.h"
#include "core/recipe/recipe.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace artdag {

/// A titled rectangle behind nodes. What lies inside belongs to it; a folded one remembers what did.
struct CanvasFrame {
    std::string name; ///< `frame`, `frame_2` …; a name space of its own
    std::string title;
    std::string colour = "grey";
    double x = 0, y = 0, width = 0, height = 0; ///< when it is not folded
    bool folded = false;
    std::vector<std::string> holds; ///< of a folded one: nodes and inputs, and frames as `#frame_2`
    bool operator==(const CanvasFrame&) const = default;
};

struct CanvasMarks {
    std::vector<CanvasFrame> frames;                      ///< in drawing order: outer ones first
    std::map<std::string, std::vector<LayoutPoint>> dots; ///< by wireMark
    std::map<int, std::string> bookmarks;                 ///< 1–9 → node or input
    Json unknown = Json::object();

    [[nodiscard]] const CanvasFrame* frame(std::string_view name) const;
    [[nodiscard]] CanvasFrame* frame(std::string_view name);
};

/// Names a wire: `spin>glow.picture`. Wires from one source to items of the same list share their dots.
std::string wireMark(const Wire& from, std::string_view node, std::string_view port);

/// What is written wrongly is left out: marks are never a reason not to open a document.
CanvasMarks marksOf(const Recipe& recipe);
Recipe withMarks(const Recipe& recipe, const CanvasMarks& marks);
/// Without dots of wires, bookmarks of nodes and contents of frames that are gone.
Recipe withTidyMarks(Recipe recipe);
/// A node or an input has another name (renameNode does this).
void renameInMarks(Recipe& recipe, std::string_view from, std::string_view to);
/// A name that no frame has.
std::string freshFrameName(const CanvasMarks& marks);

} // namespace artdag
