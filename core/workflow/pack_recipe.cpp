// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/pack_recipe.h"

#include "core/base/files.h"

#include <algorithm>
#include <array>
#include <fstream>

namespace artdag {

namespace {

constexpr std::size_t digitsInNames = 16;

void findIds(const Json& json, std::vector<ContentId>& found)
{
    if (json.is_string()) {
        const auto id = nameOfText<ContentId>(json.get_ref<const std::string&>());
        if (id && std::ranges::find(found, *id) == found.end())
            found.push_back(*id);
    } else if (json.is_structured()) {
        for (const Json& part : json)
            findIds(part, found);
    }
}

/// How people and other programs know a file; empty for bytes of another kind.
std::string extensionOf(const std::filesystem::path& file)
{
    std::array<char, 12> head{};
    std::ifstream(file, std::ios::binary).read(head.data(), head.size());
    const std::string_view bytes(head.data(), head.size());
    struct Kind {
        std::size_t at;
        std::string_view bytes, extension;
    };
    using namespace std::string_view_literals;
    static constexpr std::array kinds{Kind{8, "qt  "sv, ".mov"sv}, Kind{4, "ftyp"sv, ".mp4"sv}, Kind{0, "\x1a\x45\xdf\xa3"sv, ".mkv"sv}, Kind{0, "\x89PNG"sv, ".png"sv},
        Kind{0, "\xff\xd8\xff"sv, ".jpg"sv}, Kind{8, "WAVE"sv, ".wav"sv}, Kind{8, "WEBP"sv, ".webp"sv}, Kind{0, "OggS"sv, ".ogg"sv}, Kind{0, "fLaC"sv, ".flac"sv},
        Kind{0, "ID3"sv, ".mp3"sv}, Kind{0, "OTTO"sv, ".otf"sv}, Kind{0, "\x00\x01\x00\x00"sv, ".ttf"sv}, Kind{0, "GIF8"sv, ".gif"sv}};
    for (const Kind& kind : kinds)
        if (bytes.substr(kind.at, kind.bytes.size()) == kind.bytes)
            return std::string(kind.extension);
    return {};
}

std::string plainName(const std::string& words)
{
    std::string name;
    for (const char c : words)
        name += (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ? c : '_';
    return name.substr(0, 40);
}

/// The title of the input that names it, else what kind of thing it is.
std::string nameFor(const Recipe& recipe, const ContentId& id)
{
    for (const RecipeInput& input : recipe.inputs)
        if (input.fallback == id.text())
            return plainName(input.title.empty() ? input.name : input.title);
    return "file";
}

Result<PackedRecipe> fill(Workspace& workspace, const Recipe& recipe, const std::filesystem::path& folder)
{
    const std::filesystem::path media = folder / "media";
    PackedRecipe packed{folder / (plainName(recipe.title.empty() ? "recipe" : recipe.title) + ".artdag"), {}, 0};
    for (const ContentId& id : objectsOf(recipe)) {
        const std::filesystem::path from = TRY(workspace.store->path(id));
        std::error_code error;
        std::filesystem::create_directories(media, error);
        const std::filesystem::path to = media / (nameFor(recipe, id) + "." + id.hex().substr(0, digitsInNames) + extensionOf(from));
        std::filesystem::copy_file(from, to, error);
        if (error)
            return tl::unexpected(systemError("file '" + to.string() + "'", error.value()));
        packed.bytes += std::filesystem::file_size(to, error);
        packed.files.push_back(to);
    }
    const std::string text = writeRecipe(recipe);
    TRY(writeFileAtomically(packed.recipe, bytesOf(std::string_view(text))));
    return packed;
}

} // namespace

std::vector<ContentId> objectsOf(const Recipe& recipe)
{
    std::vector<ContentId> found;
    const Json document = jsonOfRecipe(recipe);
    for (const char* member : {"inputs", "params", "nodes"})
        if (document.contains(member))
            findIds(document[member], found);
    for (const Group& group : recipe.groups)
        for (const Node& node : group.nodes)
            for (const auto& argument : node.args)
                findIds(argument.second, found);
    return found;
}

Result<PackedRecipe> packRecipe(Workspace& workspace, const Recipe& recipe, const std::filesystem::path& folder)
{
    std::error_code error;
    if (std::filesystem::exists(folder, error))
        return fail(Fault::Conflict, "folder '" + folder.string() + "': there is something already; name one that is to be made");
    std::filesystem::create_directories(folder, error);
    if (error)
        return tl::unexpected(systemError("folder '" + folder.string() + "'", error.value()));
    auto packed = fill(workspace, recipe, folder);
    if (!packed)
        std::filesystem::remove_all(folder, error);
    return packed;
}

Result<std::vector<ContentId>> takeMediaBeside(Workspace& workspace, const Recipe& recipe, const std::filesystem::path& file)
{
    std::vector<ContentId> missing = objectsOf(recipe), taken;
    std::erase_if(missing, [&](const ContentId& id) { return workspace.store->facts(id).has_value(); });
    if (missing.empty())
        return taken;
    std::error_code error;
    for (std::filesystem::directory_iterator entry(file.parent_path() / "media", error), end; !error && entry != end; entry.increment(error)) {
        const std::string name = entry->path().filename().string();
        const auto named = std::ranges::find_if(missing, [&](const ContentId& id) { return name.find(id.hex().substr(0, digitsInNames)) != std::string::npos; });
        if (named == missing.end() || !entry->is_regular_file(error))
            continue;
        // By identity first, so that a wrong file does not fill the store.
        if (TRY(contentIdOfFile(entry->path())) != *named)
            continue;
        taken.push_back(TRY(workspace.store->putFile(entry->path(), ObjectClass::Asset)));
        missing.erase(named);
    }
    return taken;
}

} // namespace artdag
