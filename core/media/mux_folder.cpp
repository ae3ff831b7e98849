// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/mux_folder.h"

#include "core/base/files.h"
#include "core/media/file_beside.h"

#include <fmt/core.h>

#include <algorithm>
#include <cerrno>
#include <fstream>

namespace artdag {

namespace {

namespace fs = std::filesystem;

/// Whether a file's name is one that this profile writes: only such folders are replaced.
bool isOurs(const std::string& name, const EncodeProfile& profile)
{
    const auto isNumbered = [&](std::string_view before, std::string_view after) {
        if (!name.starts_with(before) || !name.ends_with(after) || name.size() <= before.size() + after.size())
            return false;
        return std::all_of(name.begin() + static_cast<std::ptrdiff_t>(before.size()), name.end() - static_cast<std::ptrdiff_t>(after.size()), [](char c) { return c >= '0' && c <= '9'; });
    };
    if (profile.container == "hls")
        return name == "index.m3u8" || name == "init.mp4" || isNumbered("segment", ".m4s");
    return isNumbered("frame.", "." + profile.extension);
}

Result<void> checkTarget(const fs::path& path, const EncodeProfile& profile)
{
    std::error_code error;
    if (!fs::exists(path, error))
        return {};
    if (!fs::is_directory(path, error))
        return fail(Fault::Conflict, fmt::format("file '{}': profile '{}' writes a folder; choose another name", path.string(), profile.name));
    for (const fs::directory_entry& entry : fs::directory_iterator(path, error))
        if (!entry.is_regular_file() || !isOurs(entry.path().filename().string(), profile))
            return fail(Fault::Conflict, fmt::format("folder '{}': holds '{}', which profile '{}' did not write; choose a new folder", path.string(), entry.path().filename().string(), profile.name));
    return {};
}

/// `frame.0001.png` …: four digits, or as many as the last number has.
Result<void> writePictures(const MuxInput& input, const fs::path& folder)
{
    const std::size_t chunks = input.chunkAt ? input.chunkCount : input.chunks.size();
    std::int64_t pictures = 0;
    const auto chunkAt = [&](std::size_t index) -> Result<EncodedChunk> { return input.chunkAt ? input.chunkAt(index) : input.chunks[index]; };
    for (std::size_t i = 0; i < chunks; ++i)
        pictures += TRY(chunkAt(i)).frames;
    const std::size_t digits = std::max<std::size_t>(4, std::to_string(pictures).size());
    std::int64_t number = 0;
    for (std::size_t i = 0; i < chunks; ++i) {
        const EncodedChunk chunk = TRY(chunkAt(i));
        for (const Packet& packet : chunk.packets) {
            const fs::path path = folder / fmt::format("frame.{:0{}}.{}", ++number, digits, input.profile.extension);
            std::ofstream file(path, std::ios::binary);
            file.write(reinterpret_cast<const char*>(packet.data.data()), static_cast<std::streamsize>(packet.data.size()));
            file.close();
            if (!file)
                return tl::unexpected<Error>(systemError("file '" + path.string() + "'", errno));
        }
    }
    return {};
}

} // namespace

Result<void> muxFolder(const MuxInput& input, const fs::path& path)
{
    TRY(checkTarget(path, input.profile));
    FileBeside beside(path);
    std::error_code error;
    if (!fs::create_directory(beside.path(), error))
        return tl::unexpected<Error>(systemError("folder '" + path.string() + "'", error.value()));
    if (input.profile.container == "hls")
        TRY(muxStream(input, "file:" + (beside.path() / "index.m3u8").string()));
    else
        TRY(writePictures(input, beside.path()));
    return beside.replaceFolder();
}

} // namespace artdag
