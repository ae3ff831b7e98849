// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/objects.h"

#include "core/base/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <vector>

namespace artdag {

namespace {

constexpr const char* classAttribute = "user.artdag.class";
constexpr std::size_t mostVerified = 1U << 17;

std::string twoDigits(int value)
{
    const std::array<std::uint8_t, 1> byte{static_cast<std::uint8_t>(value)};
    return hexOf(byte);
}

} // namespace

Result<void> ObjectFiles::prepare()
{
    bool isNew = false;
    for (int i = 0; i < 256; ++i) {
        const auto directory = m_root / "objects" / twoDigits(i);
        struct stat facts {};
        if (::lstat(directory.c_str(), &facts) == 0) {
            if (!S_ISDIR(facts.st_mode))
                return fail(Fault::Denied, "store: something else lies where the directory objects/" + twoDigits(i) + " should be");
        } else if (::mkdir(directory.c_str(), 0777) != 0) {
            return disk::failed("making a directory", errno);
        } else {
            isNew = true;
        }
    }
    return isNew ? disk::syncDirectory(m_root / "objects") : Result<void>();
}

std::filesystem::path ObjectFiles::pathOf(const ContentId& id) const
{
    const std::string hex = id.hex();
    return m_root / "objects" / hex.substr(0, 2) / hex.substr(2);
}

std::optional<std::uint64_t> ObjectFiles::sizeOf(const ContentId& id) const
{
    struct stat facts {};
    if (::lstat(pathOf(id).c_str(), &facts) != 0 || !S_ISREG(facts.st_mode))
        return std::nullopt;
    return static_cast<std::uint64_t>(facts.st_size);
}

ObjectClass ObjectFiles::classOf(const ContentId& id) const
{
    std::array<char, 16> value{};
    const ssize_t length = ::lgetxattr(pathOf(id).c_str(), classAttribute, value.data(), value.size());
    return length == 6 && std::memcmp(value.data(), "render", 6) == 0 ? ObjectClass::Render : ObjectClass::Asset;
}

Result<void> ObjectFiles::keepAsAsset(const ContentId& id)
{
    if (classOf(id) == ObjectClass::Asset)
        return {};
    const auto opened = TRY(disk::openToRead(pathOf(id)));
    // The attribute of a file that may not be written may not be removed either.
    if (::fchmod(opened.file.get(), 0644) != 0)
        return disk::failed("keeping an object", errno);
    const bool isRemoved = ::fremovexattr(opened.file.get(), classAttribute) == 0 || errno == ENODATA;
    const int code = errno;
    if (::fchmod(opened.file.get(), 0444) != 0 || ::fsync(opened.file.get()) != 0)
        return disk::failed("keeping an object", errno);
    return isRemoved ? Result<void>() : Result<void>(disk::failed("keeping an object", code));
}

Result<ObjectFiles::Placed> ObjectFiles::place(const IncomingFile& file)
{
    const auto target = pathOf(file.id());
    int code = disk::renameNoReplace(file.path(), target);
    if (code == ENOENT) { // someone tidied up an empty directory
        TRY(disk::makeDirectory(target.parent_path()));
        code = disk::renameNoReplace(file.path(), target);
    }
    if (code != 0 && code != EEXIST)
        return disk::failed("moving an object into place", code);
    if (code == EEXIST) {
        auto opened = openVerified(file.id());
        if (!opened && opened.error().fault != Fault::Unavailable)
            return Placed::PresentButWrong;
        TRY(std::move(opened));
    } else if (const auto opened = disk::openToRead(target); opened) {
        remember(file.id(), opened->mark); // these bytes were hashed on their way in
    }
    // Also for one that was there: whoever put it may not have come to this point.
    TRY(disk::syncDirectory(target.parent_path()));
    return code == 0 ? Placed::New : Placed::Present;
}

void ObjectFiles::withdraw(const ContentId& id)
{
    ::unlink(pathOf(id).c_str());
}

bool ObjectFiles::isVerified(const ContentId& id, const disk::FileMark& mark)
{
    const std::scoped_lock lock(m_mutex);
    const auto found = m_verified.find(id);
    return found != m_verified.end() && found->second == mark;
}

void ObjectFiles::remember(const ContentId& id, const disk::FileMark& mark)
{
    const std::scoped_lock lock(m_mutex);
    if (m_verified.size() >= mostVerified)
        m_verified.clear();
    m_verified.insert_or_assign(id, mark);
}

void ObjectFiles::doubt()
{
    const std::scoped_lock lock(m_mutex);
    m_verified.clear();
}

Result<bool> ObjectFiles::isRight(const ContentId& id, const disk::OpenedFile& opened)
{
    if (isVerified(id, opened.mark))
        return true;
    Hasher hasher;
    TRY(disk::eachBlock(opened.file, [&](ByteView block) -> Result<void> {
        hasher.add(block);
        return {};
    }));
    if (hasher.finish() != id.digest)
        return false;
    remember(id, opened.mark);
    return true;
}

Result<disk::OpenedFile> ObjectFiles::openVerified(const ContentId& id)
{
    auto opened = TRY(disk::openToRead(pathOf(id)));
    if (!TRY(isRight(id, opened)))
        return fail(Fault::Corrupt, "object " + id.text() + ": its bytes are damaged");
    return opened;
}

Result<Bytes> ObjectFiles::read(const ContentId& id)
{
    const auto opened = TRY(disk::openToRead(pathOf(id)));
    Bytes bytes;
    bytes.reserve(opened.mark.size);
    TRY(disk::eachBlock(opened.file, [&](ByteView block) -> Result<void> {
        bytes.insert(bytes.end(), block.begin(), block.end());
        return {};
    }));
    if (isVerified(id, opened.mark) && bytes.size() == opened.mark.size)
        return bytes;
    if (sha3(bytes) != id.digest)
        return fail(Fault::Corrupt, "object " + id.text() + ": its bytes are damaged");
    remember(id, opened.mark);
    return bytes;
}

Result<bool> ObjectFiles::quarantine(const ContentId& id)
{
    // Another process may have put the object again since its bytes were found wrong; what lies there now is judged anew.
    const auto opened = disk::openToRead(pathOf(id));
    if (!opened && opened.error().fault == Fault::NotFound)
        return false;
    if (!opened && opened.error().fault == Fault::Unavailable)
        return tl::unexpected<Error>(opened.error());
    if (opened) {
        const auto right = isRight(id, *opened);
        if (!right || *right)
            return right ? Result<bool>(false) : right;
    }
    const auto target = m_root / "trash" / "quarantine" / (id.hex() + "-" + hexOf(secureRandom(8)));
    if (::rename(pathOf(id).c_str(), target.c_str()) != 0)
        return disk::failed("moving an object into quarantine", errno);
    TRY(disk::syncDirectory(pathOf(id).parent_path()));
    return true;
}

Result<bool> ObjectFiles::discard(const ContentId& id, std::int64_t pass)
{
    const auto directory = m_root / "trash" / std::to_string(pass);
    for (int attempt = 0; attempt < 16; ++attempt) {
        if (::rename(pathOf(id).c_str(), (directory / id.hex()).c_str()) == 0)
            return true;
        if (errno != ENOENT)
            return disk::failed("moving an object into the trash", errno);
        struct stat facts {};
        if (::lstat(pathOf(id).c_str(), &facts) != 0 && errno == ENOENT)
            return false;
        // Not made yet, or emptied by the later collections of others while this one was at work.
        auto made = disk::makeDirectory(directory);
        if (!made && made.error().fault != Fault::NotFound)
            return tl::unexpected<Error>(made.error());
    }
    return fail(Fault::Unavailable, "store: the trash is emptied faster than it can be filled");
}

Result<void> ObjectFiles::emptyTrash(std::int64_t pass)
{
    std::error_code error;
    std::vector<std::filesystem::path> old;
    for (std::filesystem::directory_iterator entry(m_root / "trash", error), end; !error && entry != end; entry.increment(error)) {
        const std::string name = entry->path().filename().string();
        std::int64_t number = 0;
        const auto [rest, code] = std::from_chars(name.data(), name.data() + name.size(), number);
        if (code == std::errc() && rest == name.data() + name.size() && number <= pass)
            old.push_back(entry->path());
    }
    if (error)
        return disk::failed("emptying the trash", error.value());
    // Another collection may be emptying, or still filling, the same directory: what is left now goes at the next pass.
    for (const auto& directory : old)
        if (std::filesystem::remove_all(directory, error); error && error != std::errc::no_such_file_or_directory && error != std::errc::directory_not_empty)
            return disk::failed("emptying the trash", error.value());
    return {};
}

Result<void> ObjectFiles::each(const std::function<Result<void>(const ContentId&)>& visit) const
{
    for (int i = 0; i < 256; ++i) {
        std::vector<ContentId> found;
        std::error_code error;
        for (std::filesystem::directory_iterator entry(m_root / "objects" / twoDigits(i), error), end; !error && entry != end; entry.increment(error)) {
            const std::string hex = twoDigits(i) + entry->path().filename().string();
            if (const auto id = nameOfText<ContentId>(hex); id && hex.size() == 64 && id->hex() == hex)
                found.push_back(*id);
        }
        if (error && error != std::errc::no_such_file_or_directory)
            return disk::failed("listing objects", error.value());
        std::ranges::sort(found);
        for (const ContentId& id : found)
            TRY(visit(id));
    }
    return {};
}

} // namespace artdag
