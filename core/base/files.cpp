// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/files.h"

#include <fcntl.h>
#include <openssl/rand.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace artdag {

namespace {

class Descriptor {
public:
    explicit Descriptor(int fd)
        : m_fd(fd) {}
    ~Descriptor() { close(); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int get() const { return m_fd; }
    int close()
    {
        const int result = m_fd >= 0 ? ::close(m_fd) : 0;
        m_fd = -1;
        return result;
    }

private:
    int m_fd;
};

std::string nameOf(const std::filesystem::path& path)
{
    return "file '" + path.string() + "'";
}

/// Calls `take` with each block of a file, in order.
template <class Take>
Result<void> eachBlock(const std::filesystem::path& path, Take take)
{
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.get() < 0)
        return tl::unexpected<Error>(systemError(nameOf(path), errno));
    std::vector<std::uint8_t> block(1U << 18);
    for (;;) {
        const ssize_t count = ::read(file.get(), block.data(), block.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return tl::unexpected<Error>(systemError(nameOf(path), errno));
        if (count == 0)
            return {};
        TRY(take(ByteView(block.data(), static_cast<std::size_t>(count))));
    }
}

Result<void> writeAll(int fd, ByteView bytes, const std::filesystem::path& path)
{
    while (!bytes.empty()) {
        const ssize_t count = ::write(fd, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return tl::unexpected<Error>(systemError(nameOf(path), errno));
        bytes = bytes.subspan(static_cast<std::size_t>(count));
    }
    return {};
}

Result<void> syncDirectory(const std::filesystem::path& directory)
{
    const Descriptor fd(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (fd.get() < 0 || ::fsync(fd.get()) != 0)
        return tl::unexpected<Error>(systemError("directory '" + directory.string() + "'", errno));
    return {};
}

} // namespace

Error systemError(const std::string& object, int code)
{
    std::array<char, 256> text{};
    const Fault fault = code == ENOENT || code == ENOTDIR                   ? Fault::NotFound
        : code == EACCES || code == EPERM || code == EROFS                  ? Fault::Denied
        : code == ENOSPC || code == EDQUOT || code == EMFILE || code == EIO ? Fault::Unavailable
                                                                            : Fault::BadInput;
    return {fault, object + ": " + ::strerror_r(code, text.data(), text.size())};
}

Result<Bytes> readFile(const std::filesystem::path& path, std::size_t limit)
{
    Bytes bytes;
    TRY(eachBlock(path, [&](ByteView block) -> Result<void> {
        if (bytes.size() + block.size() > limit)
            return fail(Fault::BadInput, nameOf(path) + " is longer than " + std::to_string(limit) + " bytes");
        bytes.insert(bytes.end(), block.begin(), block.end());
        return {};
    }));
    return bytes;
}

Result<std::string> readTextFile(const std::filesystem::path& path, std::size_t limit)
{
    const Bytes bytes = TRY(readFile(path, limit));
    return std::string(bytes.begin(), bytes.end());
}

Result<void> writeFileAtomically(const std::filesystem::path& path, ByteView bytes, unsigned mode)
{
    const std::filesystem::path target = std::filesystem::absolute(path);
    std::filesystem::path beside = target;
    beside += ".part-" + hexOf(secureRandom(8));
    Descriptor file(::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode));
    if (file.get() < 0)
        return tl::unexpected<Error>(systemError(nameOf(path), errno));
    auto written = writeAll(file.get(), bytes, path);
    if (written && (::fdatasync(file.get()) != 0 || file.close() != 0 || ::rename(beside.c_str(), target.c_str()) != 0))
        written = tl::unexpected<Error>(systemError(nameOf(path), errno));
    if (!written) {
        ::unlink(beside.c_str());
        return written;
    }
    return syncDirectory(target.parent_path());
}

Result<ContentId> contentIdOfFile(const std::filesystem::path& path)
{
    Hasher hasher;
    TRY(eachBlock(path, [&](ByteView block) -> Result<void> {
        hasher.add(block);
        return {};
    }));
    return ContentId{hasher.finish()};
}

Result<TemporaryDirectory> TemporaryDirectory::make(const std::string& prefix)
{
    std::error_code ignored;
    const auto base = std::filesystem::temp_directory_path(ignored);
    std::string name = ((ignored ? std::filesystem::path("/tmp") : base) / (prefix + "-XXXXXX")).string();
    if (::mkdtemp(name.data()) == nullptr)
        return tl::unexpected<Error>(systemError("directory '" + name + "'", errno));
    return TemporaryDirectory(name);
}

TemporaryDirectory::TemporaryDirectory(TemporaryDirectory&& other) noexcept
    : m_path(std::exchange(other.m_path, {})) {}

TemporaryDirectory::~TemporaryDirectory()
{
    std::error_code ignored;
    if (!m_path.empty())
        std::filesystem::remove_all(m_path, ignored);
}

Bytes secureRandom(std::size_t count)
{
    Bytes bytes(count);
    CHECK(RAND_bytes(bytes.data(), static_cast<int>(count)) == 1);
    return bytes;
}

std::filesystem::path artdagHome()
{
    if (const char* home = std::getenv("ARTDAG_HOME"); home != nullptr && *home != '\0')
        return home;
    if (const char* data = std::getenv("XDG_DATA_HOME"); data != nullptr && *data != '\0')
        return std::filesystem::path(data) / "artdag";
    const char* user = std::getenv("HOME");
    return std::filesystem::path(user != nullptr ? user : ".") / ".local" / "share" / "artdag";
}

} // namespace artdag
