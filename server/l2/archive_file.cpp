// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/archive_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <numeric>
#include <vector>

namespace artdag::server {

namespace {

constexpr std::size_t blockSize = 512;

void put(std::array<char, blockSize>& header, std::size_t offset, std::string_view text)
{
    std::memcpy(header.data() + offset, text.data(), text.size());
}

} // namespace

ArchiveFile::ArchiveFile(const std::filesystem::path& path)
    : m_file(path, std::ios::binary | std::ios::trunc)
{
    std::error_code ignored;
    std::filesystem::permissions(path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, ignored);
}

void ArchiveFile::writeHeader(std::string_view name, std::uint64_t size)
{
    std::array<char, blockSize> header{};
    put(header, 0, name.substr(0, 100));
    put(header, 100, "0000600");
    put(header, 108, "0000000");
    put(header, 116, "0000000");
    put(header, 124, fmt::format("{:011o}", size)); // eleven digits: up to 8 GiB, beyond what one upload may have
    put(header, 136, "00000000000");
    put(header, 148, "        "); // the sum counts itself as spaces
    header[156] = '0';
    put(header, 257, std::string_view("ustar\0"
                                      "00",
                         8));
    const unsigned sum = std::accumulate(header.begin(), header.end(), 0U, [](unsigned so, char c) { return so + static_cast<unsigned char>(c); });
    put(header, 148, fmt::format("{:06o}", sum));
    header[154] = '\0';
    m_file.write(header.data(), header.size());
}

void ArchiveFile::writePadding(std::uint64_t size)
{
    constexpr std::array<char, blockSize> zeros{};
    m_file.write(zeros.data(), static_cast<std::streamsize>((blockSize - size % blockSize) % blockSize));
}

void ArchiveFile::add(std::string_view name, std::string_view text)
{
    writeHeader(name, text.size());
    m_file.write(text.data(), static_cast<std::streamsize>(text.size()));
    writePadding(text.size());
}

Result<void> ArchiveFile::addFile(std::string_view name, const std::filesystem::path& file, std::uint64_t size)
{
    std::ifstream source(file, std::ios::binary);
    writeHeader(name, size);
    std::vector<char> block(1U << 16);
    std::uint64_t left = size;
    while (left > 0 && source.read(block.data(), static_cast<std::streamsize>(std::min<std::uint64_t>(left, block.size())))) {
        m_file.write(block.data(), source.gcount());
        left -= static_cast<std::uint64_t>(source.gcount());
    }
    if (left != 0)
        return fail(Fault::Unavailable, "archive: '" + std::string(name) + "' could not be read in full");
    writePadding(size);
    return {};
}

Result<void> ArchiveFile::finish()
{
    constexpr std::array<char, 2 * blockSize> end{};
    m_file.write(end.data(), end.size());
    m_file.close();
    if (!m_file)
        return fail(Fault::Unavailable, "archive: the disk did not take it");
    return {};
}

} // namespace artdag::server
