// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/archive.h"

#include "core/base/files.h"
#include "core/store/disk.h"

#include <algorithm>

namespace artdag {

namespace {

constexpr const char* listName = "export.json";

std::filesystem::path pathIn(const std::filesystem::path& folder, const ContentId& id)
{
    return folder / "objects" / id.hex().substr(0, 2) / id.hex().substr(2);
}

Error objectError(Fault fault, const ContentId& id, const std::string& what)
{
    return {fault, "object " + id.text() + ": " + what};
}

} // namespace

Result<std::vector<ArchivedObject>> readArchiveList(std::string_view text)
{
    const Json json = TRY(readJson(text));
    if (!json.is_object() || !json.contains("artdag_export") || json["artdag_export"] != 1)
        return fail(Fault::BadInput, "export.json: 'artdag_export' must be 1");
    if (!json.contains("objects") || !json["objects"].is_array())
        return fail(Fault::BadInput, "export.json: 'objects' must be a list");
    std::vector<ArchivedObject> objects;
    for (const Json& one : json["objects"]) {
        if (!one.is_object() || !one.contains("id") || !one["id"].is_string() || !one.contains("size") || !one["size"].is_number_unsigned())
            return fail(Fault::BadInput, "export.json: each object needs 'id' and 'size'");
        objects.push_back({TRY(nameOfText<ContentId>(one["id"].get_ref<const std::string&>())), one["size"].get<std::uint64_t>()});
    }
    return objects;
}

std::string textOfArchiveList(std::span<const ArchivedObject> objects)
{
    Json list = Json::array();
    for (const ArchivedObject& object : objects)
        list.push_back({{"id", object.id.text()}, {"size", object.size}});
    return Json{{"artdag_export", 1}, {"objects", list}}.dump(1) + "\n";
}

Result<std::vector<ArchivedObject>> exportObjects(Store& store, std::span<const ContentId> ids, const std::filesystem::path& folder)
{
    std::error_code error;
    if (std::filesystem::exists(folder / listName, error) || std::filesystem::exists(folder / "objects", error))
        return fail(Fault::Conflict, "folder '" + folder.string() + "': there is an export already; name another folder");
    std::vector<ContentId> sorted(ids.begin(), ids.end());
    std::ranges::sort(sorted);
    sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
    std::vector<ArchivedObject> objects;
    for (const ContentId& id : sorted) {
        const auto source = TRY(store.path(id));
        const auto target = pathIn(folder, id);
        std::filesystem::create_directories(target.parent_path(), error);
        if (!error)
            std::filesystem::copy_file(source, target, error);
        if (error)
            return tl::unexpected<Error>(systemError("file '" + target.string() + "'", error.value()));
        if (TRY(contentIdOfFile(target)) != id)
            return tl::unexpected<Error>(objectError(Fault::Corrupt, id, "its copy is damaged; the disk it was written to may be failing"));
        objects.push_back({id, std::filesystem::file_size(target, error)});
    }
    std::filesystem::create_directories(folder, error);
    TRY(writeFileAtomically(folder / listName, bytesOf(textOfArchiveList(objects))));
    return objects;
}

Result<std::vector<ArchivedObject>> importObjects(Store& store, const std::filesystem::path& folder)
{
    const auto text = readTextFile(folder / listName);
    if (!text)
        return fail(text.error().fault, text.error().message + ": this is no folder that 'artdag store export' has finished");
    std::vector<ArchivedObject> objects = TRY(readArchiveList(*text));
    for (const ArchivedObject& object : objects) {
        const auto file = pathIn(folder, object.id);
        const auto opened = disk::openToRead(file);
        if (!opened || opened->mark.size != object.size || TRY(contentIdOfFile(file)) != object.id)
            return tl::unexpected<Error>(objectError(Fault::Corrupt, object.id, "it is damaged or missing in the export; export it again"));
        if (TRY(store.putFile(file, ObjectClass::Asset, Intake::Copy)) != object.id)
            return tl::unexpected<Error>(objectError(Fault::Corrupt, object.id, "it changed while it was read"));
    }
    return objects;
}

} // namespace artdag
