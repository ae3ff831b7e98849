// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/media_origin.h"

#include "core/base/files.h"
#include "core/media/numbered_pictures.h"
#include "core/media/stream_folder.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <unistd.h>

namespace artdag {

namespace {

/// The same bytes under another name for people.
Result<SourcePointer> renamed(const FileSource& source, std::string name)
{
    const int descriptor = ::fcntl(source.descriptor(), F_DUPFD_CLOEXEC, 0);
    if (descriptor < 0)
        return tl::unexpected<Error>(systemError(name, errno));
    return std::make_shared<const FileSource>(descriptor, source.size(), std::move(name));
}

Result<SourcePointer> packedPictures(const std::filesystem::path& folder)
{
    // Its directory goes at the end of this function, its bytes with the last who reads them.
    const TemporaryDirectory directory = TRY(TemporaryDirectory::make());
    const std::filesystem::path packed = directory.path() / "packed.tar";
    TRY(writeTar(TRY(numberedPictures(folder.string())), packed));
    return renamed(*TRY(FileSource::open(packed)), fmt::format("folder '{}'", folder.filename().string()));
}

} // namespace

Result<MediaOrigin> openOrigin(const std::filesystem::path& path)
{
    std::error_code ignored;
    if (!std::filesystem::is_directory(path, ignored))
        return MediaOrigin{TRY(FileSource::open(path))};
    if (isStreamFolder(path))
        return MediaOrigin{TRY(joinedStream(path)), MediaOrigin::Begins::WithPictures};
    return MediaOrigin{TRY(packedPictures(path))};
}

} // namespace artdag
