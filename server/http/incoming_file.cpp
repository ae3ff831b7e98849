// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/incoming_file.h"

#include "core/base/files.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace artdag::server {

IncomingFile::IncomingFile(const std::filesystem::path& directory)
    : m_path(directory / hexOf(secureRandom(16)))
{
    m_fd = ::open(m_path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
}

IncomingFile::IncomingFile(const std::filesystem::path& file, std::uint64_t begun)
    : m_path(file),
      m_stays(true),
      m_begun(begun)
{
    m_fd = ::open(m_path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC | O_NOFOLLOW);
    struct stat facts {};
    m_busy = m_fd >= 0 && (::flock(m_fd, LOCK_EX | LOCK_NB) != 0 || ::fstat(m_fd, &facts) != 0 || static_cast<std::uint64_t>(facts.st_size) != begun);
}

IncomingFile::~IncomingFile()
{
    close();
    if (!m_stays)
        ::unlink(m_path.c_str());
}

bool IncomingFile::add(ByteView bytes)
{
    m_sha3.add(bytes);
    m_sha256.add(bytes);
    m_size += bytes.size();
    while (m_fd >= 0 && !bytes.empty()) {
        const ssize_t count = ::write(m_fd, bytes.data(), bytes.size());
        if (count < 0 && errno != EINTR)
            return false;
        bytes = bytes.subspan(count < 0 ? 0 : static_cast<std::size_t>(count));
    }
    return m_fd >= 0;
}

UploadedFile IncomingFile::finish()
{
    close();
    if (m_begun > 0)
        return {m_path, m_begun + m_size, {}, {}};
    return {m_path, m_size, ContentId{m_sha3.finish()}, m_sha256.finish()};
}

void IncomingFile::close()
{
    if (m_fd >= 0)
        ::close(m_fd);
    m_fd = -1;
}

} // namespace artdag::server
