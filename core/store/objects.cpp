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

} // namespace

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

Result<ObjectFiles::Placed> ObjectFiles::place(IncomingFile& file)
{
    const auto target = pathOf(file.id());
    int code = file.isMoved() ? EEXIST : disk::renameNoReplace(file.path(), target);
    if (code == ENOENT) { // someone tidied up an empty directory
        TRY(disk::makeDirectory(target.parent_path()));
        code = disk::renameNoReplace(file.path(), target);
    }
    if (code != 0 && code != EEXIST)
        return disk::failed("moving an object into place", code);
    if (code == EEXIST) {
        Bytes sums = file.sums();
        auto opened = openVerified(file.id(), sums);
        if (!opened && opened.error().fault != Fault::Unavailable)
            return Placed::PresentButWrong;
        TRY(std::move(opened));
        return Placed::Present;
    }
    file.moved();
    if (const auto opened = disk::openToRead(target); opened)
        remember(file.id(), opened->mark); // these bytes were hashed on their way in
    return Placed::New;
}

Result<void> ObjectFiles::syncDirectoryOf(const ContentId& id)
{
    return disk::syncDirectory(pathOf(id).parent_path());
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

Result<FileDigests> ObjectFiles::hash(const ContentId& id)
{
    const auto opened = TRY(disk::openToRead(pathOf(id)));
    auto digests = TRY(digestsOf(opened.file));
    if (digests.id != id)
        return fail(Fault::Corrupt, "object " + id.text() + ": its bytes are damaged");
    remember(id, opened.mark);
    return digests;
}

Result<disk::OpenedFile> ObjectFiles::openVerified(const ContentId& id, Bytes& sums)
{
    auto opened = TRY(disk::openToRead(pathOf(id)));
    if (isVerified(id, opened.mark))
        return opened;
    BlockSums summer;
    TRY(disk::eachBlock(opened.file, [&](ByteView block) -> Result<void> {
        summer.add(block);
        return {};
    }));
    // Sums that disagree may be wrong themselves; the name never is.
    if (sums.empty() || summer.finish() != sums) {
        auto digests = TRY(digestsOf(opened.file));
        if (digests.id != id)
            return fail(Fault::Corrupt, "object " + id.text() + ": its bytes are damaged");
        sums = std::move(digests.sums);
    }
    remember(id, opened.mark);
    return opened;
}

Result<Bytes> ObjectFiles::read(const ContentId& id, Bytes& sums, std::uint64_t most)
{
    const auto opened = TRY(disk::openToRead(pathOf(id)));
    if (opened.mark.size > most)
        return fail(Fault::Unavailable, "object " + id.text() + ": it is longer than the memory limit; read it by its path");
    Bytes bytes = TRY(disk::readAll(opened.file));
    Bytes found = blockSumsOf(bytes);
    if (!sums.empty() && found == sums)
        return bytes;
    if (sha3(bytes) != id.digest)
        return fail(Fault::Corrupt, "object " + id.text() + ": its bytes are damaged");
    sums = std::move(found);
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
    if (opened && TRY(digestsOf(opened->file)).id == id)
        return false;
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
    for (const std::string& name : TRY(disk::namesIn(m_root / "trash"))) {
        std::int64_t number = 0;
        const auto [rest, code] = std::from_chars(name.data(), name.data() + name.size(), number);
        if (code != std::errc() || rest != name.data() + name.size() || number > pass)
            continue;
        // Another collection may be emptying, or still filling, the same directory: what is left now goes at the next pass.
        const auto directory = m_root / "trash" / name;
        for (const std::string& object : TRY(disk::namesIn(directory)))
            if (::unlink((directory / object).c_str()) != 0 && errno != ENOENT)
                return disk::failed("emptying the trash", errno);
        if (::rmdir(directory.c_str()) != 0 && errno != ENOENT && errno != ENOTEMPTY)
            return disk::failed("emptying the trash", errno);
    }
    return {};
}

Result<void> ObjectFiles::each(const std::function<Result<void>(const ContentId&)>& visit) const
{
    for (int part = 0; part < 256; ++part)
        for (const ContentId& id : TRY(inPart(part)))
            TRY(visit(id));
    return {};
}

Result<std::vector<ContentId>> ObjectFiles::inPart(int part) const
{
    std::vector<ContentId> found;
    for (const std::string& name : TRY(disk::namesIn(m_root / "objects" / disk::twoDigits(part)))) {
        const std::string hex = disk::twoDigits(part) + name;
        if (const auto id = nameOfText<ContentId>(hex); id && hex.size() == 64 && id->hex() == hex)
            found.push_back(*id);
    }
    std::ranges::sort(found);
    return found;
}

} // namespace artdag
