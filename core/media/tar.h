// SPDX-License-Identifier: GPL-3.0-or-later
// A folder of files as one run of bytes, so that it can have a content id, lie in the store and travel: POSIX ustar
// (IEEE Std 1003.1, pax), with nothing in it but names and bytes, so that equal files give equal bytes.
#pragma once

#include "core/base/digest.h"
#include "core/base/result.h"

#include <filesystem>
#include <string>
#include <vector>

namespace artdag {

class FileSource;

/// A file that goes in. Names have at most 100 bytes and no folder.
struct TarFile {
    std::string name;
    std::filesystem::path path; ///< empty: a mark without bytes
};
/// The plain files of a folder in the order of their names; BadInput names what is none.
Result<std::vector<TarFile>> filesOfFolder(const std::filesystem::path& folder);
Result<void> writeTar(const std::vector<TarFile>& files, const std::filesystem::path& path);
/// Of the bytes that writeTar would write.
Result<ContentId> contentIdOfTar(const std::vector<TarFile>& files);
/// Of a file, or of a folder as its tar.
Result<ContentId> contentIdOfDelivery(const std::filesystem::path& path);

/// Where a member's bytes lie in the archive.
struct TarMember {
    std::string name;
    std::int64_t offset = 0;
    std::int64_t size = 0;
};
bool isTar(const FileSource& source);
/// Plain files only, at most a million; Corrupt for anything that is cut off, contradicts itself or reaches beyond the file.
Result<std::vector<TarMember>> readTar(const FileSource& source);

} // namespace artdag
