// SPDX-License-Identifier: GPL-3.0-or-later
// The bytes an instance holds, one read-only file each, named by content id. Uploads are moved in, never copied. Only a
// digest becomes a path; a name from outside never does.
#pragma once

#include "core/base/digest.h"
#include "core/base/result.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace artdag::server {

class ObjectFiles {
public:
    ObjectFiles() = default;
    explicit ObjectFiles(std::filesystem::path directory)
        : m_directory(std::move(directory))
    {
    }
    /// Moves a file whose bytes have this id into place: sync, link without replacing, sync the directory.
    Result<void> adopt(const std::filesystem::path& file, const ContentId& id) const;
    [[nodiscard]] std::filesystem::path path(const ContentId& id) const;
    [[nodiscard]] bool has(const ContentId& id) const;

private:
    std::filesystem::path m_directory;
};

/// The media type of bytes by their first ones, never by what a client says; `declared` only chooses among the types that
/// have no mark of their own (a recipe, a list of digests), else `application/octet-stream`.
std::string mediaTypeOf(ByteView head, std::string_view declared);
/// `mp4` of `video/mp4`; empty when there is none.
std::string extensionOf(std::string_view mediaType);
/// True for what a browser may show in place; all else is offered for download.
bool isShown(std::string_view mediaType);

inline constexpr std::string_view unknownType = "application/octet-stream";
inline constexpr std::string_view recipeType = "application/vnd.artdag.recipe+json";
inline constexpr std::string_view digestsType = "application/vnd.artdag.frames";

} // namespace artdag::server
