// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/avatar.h"

#include "core/base/digest.h"

#include <algorithm>
#include <array>

namespace artdag::server {

namespace {

constexpr int cells = 5;
constexpr int cellPixels = 26;
constexpr int margin = 15;
constexpr int size = cells * cellPixels + 2 * margin; // 160
constexpr int rowBytes = size / 2;                    // two 4-bit palette indices a byte

void addU32(std::string& out, std::uint32_t value)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        out.push_back(static_cast<char>(value >> shift & 0xFF));
}

/// CRC-32 of PNG chunks (ISO 3309).
std::uint32_t crc32(std::string_view bytes)
{
    std::uint32_t crc = 0xFFFFFFFFU;
    for (const unsigned char byte : bytes) {
        crc ^= byte;
        for (int bit = 0; bit < 8; ++bit)
            crc = crc >> 1 ^ (0xEDB88320U & (0U - (crc & 1U)));
    }
    return ~crc;
}

void addChunk(std::string& png, const std::string& type, const std::string& body)
{
    addU32(png, static_cast<std::uint32_t>(body.size()));
    png += type + body;
    addU32(png, crc32(type + body));
}

/// zlib (RFC 1950) with one stored block: 13 kB need no compressor.
std::string stored(const std::string& raw)
{
    std::string out("\x78\x01\x01", 3);
    const auto length = static_cast<std::uint16_t>(raw.size());
    for (const std::uint16_t word : {length, static_cast<std::uint16_t>(~length)})
        out += {static_cast<char>(word & 0xFF), static_cast<char>(word >> 8)};
    out += raw;
    std::uint32_t a = 1;
    std::uint32_t b = 0;
    for (const unsigned char byte : raw) {
        a = (a + byte) % 65521;
        b = (b + a) % 65521;
    }
    addU32(out, b << 16 | a);
    return out;
}

} // namespace

std::string avatarPng(std::string_view user)
{
    const Digest digest = sha3(bytesOf(user));
    constexpr std::array<std::uint32_t, 6> inks{0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0x4B3F8F, 0xB07A00};
    std::array<std::array<bool, cells>, cells> pattern{};
    for (int y = 0; y < cells; ++y)
        for (int x = 0; x <= cells / 2; ++x)
            pattern[y][x] = pattern[y][cells - 1 - x] = (digest[static_cast<std::size_t>(1 + y * 3 + x)] & 1) != 0;
    std::string raw;
    for (int y = 0; y < size; ++y) {
        std::string row(1 + rowBytes, '\0');
        for (int x = 0; x < size; ++x) {
            const int cellX = (x - margin) / cellPixels;
            const int cellY = (y - margin) / cellPixels;
            const bool inside = x >= margin && y >= margin && cellX < cells && cellY < cells;
            if (inside && pattern[static_cast<std::size_t>(cellY)][static_cast<std::size_t>(cellX)])
                row[static_cast<std::size_t>(1 + x / 2)] |= static_cast<char>(x % 2 == 0 ? 0x10 : 0x01);
        }
        raw += row;
    }
    std::string head;
    addU32(head, size);
    addU32(head, size);
    head += std::string("\x04\x03\0\0\0", 5); // 4 bits, palette
    const std::uint32_t ink = inks[digest[0] % inks.size()];
    const std::string palette{'\xF3', '\xF1', '\xEC', static_cast<char>(ink >> 16), static_cast<char>(ink >> 8 & 0xFF), static_cast<char>(ink & 0xFF)};
    std::string png("\x89PNG\r\n\x1a\n", 8);
    addChunk(png, "IHDR", head);
    addChunk(png, "PLTE", palette);
    addChunk(png, "IDAT", stored(raw));
    addChunk(png, "IEND", "");
    return png;
}

} // namespace artdag::server
