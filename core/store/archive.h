// SPDX-License-Identifier: GPL-3.0-or-later
// Objects in a folder that any computer can carry away and any store can take in: `objects/ab/cdef…` and `export.json`
// (docs/formats/store.md). What the action cache says is not in it: nobody can check another's word for what a key gave.
#pragma once

#include "core/store/store.h"

#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

namespace artdag {

struct ArchivedObject {
    ContentId id;
    std::uint64_t size = 0;
    bool operator==(const ArchivedObject&) const = default;
};

/// The list in `export.json`; BadInput names what is wrong with it.
Result<std::vector<ArchivedObject>> readArchiveList(std::string_view text);
std::string textOfArchiveList(std::span<const ArchivedObject> objects);

/// Copies objects, linked ones too, into a folder that is made for it. Conflict when there is something already; NotFound
/// names an object that is missing. The list is written last: a folder without one is no export.
Result<std::vector<ArchivedObject>> exportObjects(Store& store, std::span<const ContentId> ids, const std::filesystem::path& folder);

/// Takes all objects of a folder in, as assets, each checked against its name before it is put. Corrupt names the first
/// that is damaged or missing; those before it are in the store.
Result<std::vector<ArchivedObject>> importObjects(Store& store, const std::filesystem::path& folder);

} // namespace artdag
