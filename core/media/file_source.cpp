// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/file_source.h"

#include "core/base/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace artdag {

Result<std::shared_ptr<const FileSource>> FileSource::open(const std::filesystem::path& path)
{
    const std::string name = "file '" + path.filename().string() + "'";
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (descriptor < 0)
        return tl::unexpected<Error>(systemError(name, errno));
    struct stat status {};
    const bool known = ::fstat(descriptor, &status) == 0;
    auto source = std::make_shared<const FileSource>(descriptor, known ? status.st_size : 0, name);
    if (!known || !S_ISREG(status.st_mode))
        return fail(Fault::BadInput, name + ": is not a regular file");
    if (status.st_size == 0)
        return fail(Fault::BadInput, name + ": is empty (0 bytes); copy or export it again");
    return source;
}

FileSource::~FileSource()
{
    ::close(m_descriptor);
}

bool FileSource::readAt(std::int64_t offset, std::span<std::uint8_t> out) const
{
    while (!out.empty()) {
        const ssize_t count = ::pread(m_descriptor, out.data(), out.size(), offset);
        if (count <= 0 && !(count < 0 && errno == EINTR))
            return false;
        offset += std::max<ssize_t>(count, 0);
        out = out.subspan(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    }
    return true;
}

} // namespace artdag
