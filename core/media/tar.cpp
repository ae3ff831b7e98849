// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/tar.h"

#include "core/base/files.h"
#include "core/media/container.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <functional>
#include <optional>
#include <string_view>

namespace artdag {

namespace {

namespace fs = std::filesystem;

constexpr std::int64_t block = 512;
constexpr std::int64_t largestMember = std::int64_t{1} << 33; ///< what eleven octal digits hold
constexpr std::size_t mostMembers = 1000000;
using Header = std::array<char, block>;
using Sink = std::function<Result<void>(ByteView)>;

/// Fields of the header by offset and length.
constexpr std::size_t nameLength = 100, modeAt = 100, sizeAt = 124, sumAt = 148, typeAt = 156, magicAt = 257;
constexpr std::string_view magic("ustar\00000", 8);

/// The sum of all bytes, those of the sum itself counted as blanks.
unsigned sumOf(const Header& header)
{
    unsigned sum = 0;
    for (std::size_t i = 0; i < header.size(); ++i)
        sum += i >= sumAt && i < sumAt + 8 ? ' ' : static_cast<unsigned char>(header[i]);
    return sum;
}

Header headerOf(const std::string& name, std::int64_t size)
{
    Header header{};
    const auto put = [&](std::size_t at, const std::string& text) { std::copy(text.begin(), text.end(), header.begin() + static_cast<std::ptrdiff_t>(at)); };
    put(0, name);
    put(modeAt, "0000644");
    put(modeAt + 8, "0000000");
    put(modeAt + 16, "0000000");
    put(sizeAt, fmt::format("{:011o}", size));
    put(sizeAt + 12, "00000000000");
    put(typeAt, "0");
    put(magicAt, std::string(magic));
    put(sumAt, fmt::format("{:06o}", sumOf(header)));
    header[sumAt + 7] = ' ';
    return header;
}

std::optional<std::int64_t> octal(const Header& header, std::size_t at, std::size_t length)
{
    std::int64_t value = 0;
    std::size_t i = at;
    for (; i < at + length && header[i] >= '0' && header[i] <= '7'; ++i)
        value = value * 8 + (header[i] - '0');
    const bool ended = i == at + length || header[i] == '\0' || header[i] == ' ';
    return i > at && ended ? std::optional(value) : std::nullopt;
}

ByteView bytesOf(const Header& header)
{
    return {reinterpret_cast<const std::uint8_t*>(header.data()), header.size()};
}

Result<void> streamFile(const TarFile& file, const Sink& sink)
{
    std::error_code error;
    const auto size = file.path.empty() ? std::uintmax_t{0} : fs::file_size(file.path, error);
    if (error)
        return fail(Fault::NotFound, fmt::format("file '{}': {}", file.path.string(), error.message()));
    if (file.name.empty() || file.name.size() > nameLength || file.name.find('/') != std::string::npos || size >= static_cast<std::uintmax_t>(largestMember))
        return fail(Fault::BadInput, fmt::format("file '{}': names of up to 100 bytes and files of up to 8 GiB can be packed", file.path.string()));
    TRY(sink(bytesOf(headerOf(file.name, static_cast<std::int64_t>(size)))));
    std::ifstream input(file.path, std::ios::binary);
    Bytes part(std::size_t{1} << 20);
    std::uintmax_t left = size;
    while (left > 0) {
        const auto count = static_cast<std::size_t>(std::min<std::uintmax_t>(left, part.size()));
        if (!input.read(reinterpret_cast<char*>(part.data()), static_cast<std::streamsize>(count)))
            return fail(Fault::Conflict, fmt::format("file '{}': it changed while it was read", file.path.string()));
        TRY(sink(ByteView(part).first(count)));
        left -= count;
    }
    const Bytes rest(static_cast<std::size_t>((block - static_cast<std::int64_t>(size) % block) % block));
    return sink(rest);
}

Result<void> stream(const std::vector<TarFile>& files, const Sink& sink)
{
    for (const TarFile& file : files)
        TRY(streamFile(file, sink));
    return sink(Bytes(2 * block)); // two empty blocks end an archive
}

bool readHeader(const FileSource& source, std::int64_t at, Header& header)
{
    return source.readAt(at, {reinterpret_cast<std::uint8_t*>(header.data()), header.size()});
}

} // namespace

Result<std::vector<TarFile>> filesOfFolder(const fs::path& folder)
{
    std::vector<TarFile> files;
    std::error_code error;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
        if (!entry.is_regular_file() || entry.is_symlink())
            return fail(Fault::BadInput, fmt::format("folder '{}': '{}' is not a plain file", folder.string(), entry.path().filename().string()));
        files.push_back({entry.path().filename().string(), entry.path()});
    }
    if (error)
        return fail(Fault::NotFound, fmt::format("folder '{}': {}", folder.string(), error.message()));
    std::sort(files.begin(), files.end(), [](const TarFile& a, const TarFile& b) { return a.name < b.name; });
    return files;
}

Result<void> writeTar(const std::vector<TarFile>& files, const fs::path& path)
{
    std::ofstream output(path, std::ios::binary | std::ios::trunc);
    TRY(stream(files, [&](ByteView bytes) -> Result<void> {
        output.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
        return output ? Result<void>() : Result<void>(tl::unexpected<Error>(systemError("file '" + path.string() + "'", errno)));
    }));
    output.close();
    if (!output)
        return tl::unexpected<Error>(systemError("file '" + path.string() + "'", errno));
    return {};
}

Result<ContentId> contentIdOfTar(const std::vector<TarFile>& files)
{
    Hasher hasher;
    TRY(stream(files, [&](ByteView bytes) -> Result<void> {
        hasher.add(bytes);
        return {};
    }));
    return ContentId{hasher.finish()};
}

Result<ContentId> contentIdOfDelivery(const fs::path& path)
{
    std::error_code ignored;
    if (fs::is_directory(path, ignored))
        return contentIdOfTar(TRY(filesOfFolder(path)));
    return contentIdOfFile(path);
}

bool isTar(const FileSource& source)
{
    Header header{};
    return readHeader(source, 0, header) && std::string_view(header.data() + magicAt, 5) == magic.substr(0, 5);
}

Result<std::vector<TarMember>> readTar(const FileSource& source)
{
    std::vector<TarMember> members;
    Header header{};
    for (std::int64_t at = 0;;) {
        if (!readHeader(source, at, header))
            return fail(Fault::Corrupt, source.name() + ": is cut off; pack or copy it again");
        if (std::all_of(header.begin(), header.end(), [](char byte) { return byte == '\0'; }))
            return members;
        const auto size = octal(header, sizeAt, 12);
        const auto sum = octal(header, sumAt, 8);
        if (!size || !sum || *sum != sumOf(header) || *size > source.size() - at - block)
            return fail(Fault::Corrupt, source.name() + ": its list of files is damaged; pack or copy it again");
        if (header[typeAt] != '0' && header[typeAt] != '\0')
            return fail(Fault::BadInput, source.name() + ": holds more than plain files; pack the pictures alone");
        const std::string_view name(header.data(), nameLength);
        members.push_back({std::string(name.substr(0, name.find('\0'))), at + block, *size});
        if (members.size() > mostMembers)
            return fail(Fault::BadInput, source.name() + ": holds more than a million files");
        at += block + (*size + block - 1) / block * block;
    }
}

} // namespace artdag
