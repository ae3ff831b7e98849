// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/workspace.h"

#include "core/base/files.h"
#include "core/media/numbered_pictures.h"

#include <algorithm>
#include <atomic>
#include <thread>

namespace artdag {

namespace {

/// Inter, in the prefix that this program is in (a Flatpak's is /app), else where Debian has it.
std::filesystem::path defaultFont()
{
    constexpr const char* place = "share/fonts/opentype/inter/Inter-Bold.otf";
    std::error_code code;
    const auto own = std::filesystem::read_symlink("/proc/self/exe", code).parent_path().parent_path() / place;
    return std::filesystem::exists(own, code) ? own : std::filesystem::path("/usr") / place;
}

/// A text node that names no font gets the workspace's, by content, before any key is made.
std::shared_ptr<const Graph> withFont(std::shared_ptr<const Graph> graph, const ContentId& font)
{
    auto resolved = std::make_shared<Graph>(*graph);
    for (std::size_t index = 0; index < graph->nodes.size(); ++index) {
        const GraphNode& node = graph->nodes[index];
        const auto& params = node.entry->effect->params;
        for (std::size_t i = 0; i < params.size(); ++i) {
            const Value* value = params[i].kind == ParamKind::Font ? node.args.constant(i) : nullptr;
            const auto* id = value != nullptr ? std::get_if<ContentId>(value) : nullptr;
            if (id != nullptr && id->isNull())
                resolved->nodes.change(index).args.set(i, Value(font));
        }
    }
    return resolved;
}

} // namespace

Result<std::unique_ptr<Workspace>> openWorkspace(const std::filesystem::path& home, MediaOpener open)
{
    auto workspace = std::make_unique<Workspace>();
    workspace->home = home;
    workspace->store = TRY(openStore(home / "store"));
    workspace->openMedia = std::move(open);
    workspace->sources = std::make_unique<MediaSources>(*workspace->store, workspace->openMedia);
    workspace->bridges = std::make_unique<BridgeEffects>(bridgeOptions(home));
    workspace->catalogue = builtinEffects();
    workspace->catalogue.further = workspace->bridges.get();
    workspace->effects = &workspace->catalogue;
    auto font = workspace->store->putFile(defaultFont(), ObjectClass::Asset);
    if (!font)
        return fail(font.error().fault, font.error().message + " (the default font; it comes with the package fonts-inter)");
    workspace->font = *font;
    return workspace;
}

OpenedRecipe openRecipe(std::string_view text, const Workspace& workspace, const RecipeBindings& bindings)
{
    ReadRecipe read = readRecipe(text);
    if (!read.complete) // to check what comes after a syntax error would be guessing
        return {std::move(read.recipe), std::move(read.problems), nullptr};
    const bool readable = read.ok();
    CheckedRecipe checked = checkRecipe(read.recipe, *workspace.effects, bindings);
    locateProblems(text, checked.problems);
    OpenedRecipe opened{std::move(read.recipe), std::move(read.problems), nullptr};
    opened.problems.insert(opened.problems.end(), checked.problems.begin(), checked.problems.end());
    if (readable && checked.graph)
        opened.graph = withFont(checked.graph, workspace.font);
    return opened;
}

OpenedRecipe openRecipe(const Recipe& recipe, const Workspace& workspace, const RecipeBindings& bindings)
{
    CheckedRecipe checked = checkRecipe(recipe, *workspace.effects, bindings);
    OpenedRecipe opened{recipe, std::move(checked.problems), nullptr};
    if (checked.graph)
        opened.graph = withFont(checked.graph, workspace.font);
    return opened;
}

Result<ContentId> importMedia(Workspace& workspace, const std::filesystem::path& file)
{
    if (!meansNumberedPictures(file))
        return workspace.store->putFile(file, ObjectClass::Asset);
    const std::vector<TarFile> pictures = TRY(numberedPictures(file.string()));
    const ContentId id = TRY(contentIdOfTar(pictures));
    if (workspace.store->facts(id))
        return id;
    // The store links what is large instead of copying it, so a large pack stays where it was made.
    const std::filesystem::path folder = workspace.home / "packed";
    const std::filesystem::path packed = folder / (id.hex() + ".tar");
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    TRY(writeTar(pictures, packed));
    const ContentId put = TRY(workspace.store->putFile(packed, ObjectClass::Asset));
    if (const auto facts = workspace.store->facts(put); facts && !facts->linked)
        std::filesystem::remove(packed, error);
    return put;
}

Result<std::vector<ContentId>> importAll(Workspace& workspace, const std::vector<std::filesystem::path>& files)
{
    std::vector<Result<ContentId>> imported(files.size(), ContentId());
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        for (std::size_t at = next++; at < files.size(); at = next++)
            imported[at] = importMedia(workspace, files[at]);
    };
    {
        std::vector<std::jthread> others;
        while (others.size() + 1 < std::min<std::size_t>(files.size(), std::thread::hardware_concurrency()))
            others.emplace_back(work);
        work();
    }
    std::vector<ContentId> ids;
    for (Result<ContentId>& one : imported)
        ids.push_back(TRY(std::move(one)));
    return ids;
}

} // namespace artdag
