// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/local_storage.h"

#include "core/base/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>

namespace artdag::server {

namespace {

constexpr std::size_t blockSize = 256U << 10;

class OpenFile {
public:
    OpenFile(const std::filesystem::path& path, int flags)
        : m_number(::open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, 0600)) {}
    ~OpenFile()
    {
        if (m_number >= 0)
            ::close(m_number);
    }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    [[nodiscard]] int number() const { return m_number; }

private:
    int m_number;
};

bool writeAll(int file, ByteView bytes)
{
    while (!bytes.empty()) {
        const ssize_t count = ::write(file, bytes.data(), bytes.size());
        if (count < 0 && errno != EINTR)
            return false;
        bytes = bytes.subspan(count < 0 ? 0 : static_cast<std::size_t>(count));
    }
    return true;
}

/// Bytes of one file into a new one, on the disk when it returns.
Result<void> copyBytes(const std::filesystem::path& from, ByteRange range, const std::filesystem::path& to)
{
    const OpenFile source(from, O_RDONLY);
    if (source.number() < 0)
        return tl::unexpected<Error>(systemError("storage", errno));
    const OpenFile target(to, O_WRONLY | O_CREAT | O_EXCL);
    if (target.number() < 0)
        return tl::unexpected<Error>(systemError("storage", errno));
    Bytes block(blockSize);
    while (range.length > 0) {
        const ssize_t count = ::pread(source.number(), block.data(), static_cast<std::size_t>(std::min<std::uint64_t>(block.size(), range.length)), static_cast<off_t>(range.first));
        if (count < 0)
            return tl::unexpected<Error>(systemError("storage", errno));
        if (count == 0)
            break;
        if (!writeAll(target.number(), ByteView(block.data(), static_cast<std::size_t>(count))))
            return tl::unexpected<Error>(systemError("storage", errno));
        range.first += static_cast<std::uint64_t>(count);
        range.length -= static_cast<std::uint64_t>(count);
    }
    if (::fsync(target.number()) != 0)
        return tl::unexpected<Error>(systemError("storage", errno));
    return {};
}

class LocalStorage final : public StorageProvider {
public:
    explicit LocalStorage(std::filesystem::path directory)
        : m_directory(std::move(directory)) {}

    Result<std::string> put(const ContentId& id, const std::filesystem::path& file) override
    {
        const std::string address = id.hex().substr(0, 2) + "/" + id.hex().substr(2);
        const std::filesystem::path target = m_directory / address;
        std::error_code error;
        if (std::filesystem::is_regular_file(target, error))
            return address;
        std::filesystem::create_directory(target.parent_path(), error);
        const std::filesystem::path part = target.parent_path() / (".part-" + hexOf(secureRandom(8)));
        auto copied = copyBytes(file, {}, part);
        if (copied && ::rename(part.c_str(), target.c_str()) != 0)
            copied = tl::unexpected<Error>(systemError("storage", errno));
        if (!copied) {
            std::filesystem::remove(part, error);
            return tl::unexpected<Error>(copied.error());
        }
        const OpenFile folder(target.parent_path(), O_RDONLY | O_DIRECTORY);
        if (folder.number() < 0 || ::fsync(folder.number()) != 0)
            return tl::unexpected<Error>(systemError("storage", errno));
        return address;
    }

    Result<void> get(const std::string& address, const ByteRange& range, const std::filesystem::path& saveTo) override
    {
        return copyBytes(TRY(place(address)), range, saveTo);
    }

    Result<bool> has(const std::string& address) override
    {
        struct stat facts {};
        return ::lstat(TRY(place(address)).c_str(), &facts) == 0 && S_ISREG(facts.st_mode);
    }

    Result<void> remove(const std::string& address) override
    {
        if (::unlink(TRY(place(address)).c_str()) != 0 && errno != ENOENT)
            return tl::unexpected<Error>(systemError("storage", errno));
        return {};
    }

private:
    /// `9f/2c41…` and nothing else becomes a path.
    [[nodiscard]] Result<std::filesystem::path> place(const std::string& address) const
    {
        const bool good = address.size() == 65 && address[2] == '/' && std::ranges::count_if(address, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }) == 64;
        if (!good)
            return fail(Fault::BadInput, "storage: this is no address of a local copy");
        return m_directory / address;
    }

    std::filesystem::path m_directory;
};

} // namespace

Result<std::unique_ptr<StorageProvider>> openLocalStorage(const std::filesystem::path& directory)
{
    std::error_code error;
    if (!directory.is_absolute() || !std::filesystem::is_directory(directory, error))
        return fail(Fault::NotFound, "storage: there is no directory '" + directory.string() + "'; give the whole path of one that is there");
    if (::access(directory.c_str(), R_OK | W_OK | X_OK) != 0)
        return fail(Fault::Denied, "storage: the server may not write into '" + directory.string() + "'");
    return std::unique_ptr<StorageProvider>(std::make_unique<LocalStorage>(directory));
}

} // namespace artdag::server
