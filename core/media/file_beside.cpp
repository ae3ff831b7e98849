// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/file_beside.h"

#include "core/base/files.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace artdag {

namespace fs = std::filesystem;

FileBeside::FileBeside(const fs::path& target)
    : m_target(fs::absolute(target)),
      m_path(m_target)
{
    if (!m_target.has_filename()) // a folder that was written with a slash behind it
        m_path = m_target = m_target.parent_path();
    m_path += ".part-" + hexOf(secureRandom(8));
}

FileBeside::~FileBeside()
{
    std::error_code ignored;
    if (!m_done)
        fs::remove_all(m_path, ignored);
}

Error FileBeside::error(int code) const
{
    return systemError("file '" + m_target.string() + "'", code);
}

Result<void> FileBeside::replaceTarget()
{
    TRY(sync(m_path, O_RDONLY, &::fsync));
    TRY(rename(m_path, m_target));
    m_done = true;
    return sync(m_target.parent_path(), O_RDONLY | O_DIRECTORY, &::fsync);
}

Result<void> FileBeside::replaceFolder()
{
    TRY(sync(m_path, O_RDONLY | O_DIRECTORY, &::syncfs));
    fs::path old = m_path;
    old += "-old";
    std::error_code ignored;
    const bool replaces = fs::exists(m_target, ignored);
    if (replaces)
        TRY(rename(m_target, old));
    TRY(rename(m_path, m_target));
    m_done = true;
    if (replaces)
        fs::remove_all(old, ignored);
    return sync(m_target.parent_path(), O_RDONLY | O_DIRECTORY, &::fsync);
}

Result<void> FileBeside::rename(const fs::path& from, const fs::path& to) const
{
    if (::rename(from.c_str(), to.c_str()) != 0)
        return tl::unexpected<Error>(error(errno));
    return {};
}

Result<void> FileBeside::sync(const fs::path& path, int flags, int (*how)(int)) const
{
    const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
    const bool good = descriptor >= 0 && how(descriptor) == 0;
    const int code = errno;
    if (descriptor >= 0)
        ::close(descriptor);
    if (!good)
        return tl::unexpected<Error>(error(code));
    return {};
}

} // namespace artdag
