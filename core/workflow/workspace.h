// SPDX-License-Identifier: GPL-3.0-or-later
// What every workflow needs at hand: the artist's store, the media behind it, the effects, the bundled font.
#pragma once

#include "core/base/files.h"
#include "core/bridge/bridge_effects.h"
#include "core/effect/catalogue.h"
#include "core/graph/graph.h"
#include "core/render/media_sources.h"
#include "core/store/store.h"

#include <filesystem>
#include <memory>

namespace artdag {

struct Workspace {
    std::filesystem::path home;
    std::unique_ptr<Store> store;
    MediaOpener openMedia; ///< what `sources` and every other reader of media here open files with
    std::unique_ptr<MediaSources> sources;
    std::unique_ptr<BridgeEffects> bridges; ///< found out when a recipe names one, or all are listed
    Catalogue catalogue;                    ///< the built-in effects, and `bridges`
    const Catalogue* effects = nullptr;     ///< `catalogue`, or another for the time of a verification
    ContentId font;                         ///< the default font, an asset of the store
};

/// Opens (or makes) the workspace in a directory; NotFound names the package when the default font is missing. `open` says in
/// which process media are decoded.
Result<std::unique_ptr<Workspace>> openWorkspace(const std::filesystem::path& home = artdagHome(), MediaOpener open = openMedia);

/// What a recipe's text means in this workspace: recipe, problems with positions, and the graph when there is no error.
struct OpenedRecipe {
    Recipe recipe;
    std::vector<Problem> problems;
    std::shared_ptr<const Graph> graph; ///< null when a problem is an error
};
OpenedRecipe openRecipe(std::string_view text, const Workspace& workspace, const RecipeBindings& bindings = {});
/// The same for a recipe in memory (the Studio); problems have no positions.
OpenedRecipe openRecipe(const Recipe& recipe, const Workspace& workspace, const RecipeBindings& bindings = {});

/// A file becomes an asset; its content id is what recipes name. Numbered pictures (a folder, or `shot.####.exr`, with
/// `:hold` or `:black` behind for gaps) become one packed asset.
Result<ContentId> importMedia(Workspace& workspace, const std::filesystem::path& file);
/// The same for several, as many at once as there are cores: naming a file keeps one of them busy. The error is that of the first
/// file which has one.
Result<std::vector<ContentId>> importAll(Workspace& workspace, const std::vector<std::filesystem::path>& files);

} // namespace artdag
