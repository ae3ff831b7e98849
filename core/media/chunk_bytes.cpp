// SPDX-License-Identifier: GPL-3.0-or-later
// How chunks lie in the store: a magic word with the version, counts, packets, and a CRC-32 of all before it.
// All integers little-endian.
#include "core/media/encode.h"
#include "core/media/libav.h"

#include <algorithm>
#include <cstring>
#include <limits>

namespace artdag {

namespace {

constexpr std::string_view chunkMagic = "ADchunk1";
constexpr std::int64_t largestTime = std::int64_t{1} << 40;
constexpr std::size_t packetHead = 8 + 8 + 8 + 1 + 8;
constexpr std::uint8_t keyFlag = 1;
constexpr std::uint8_t sideFlag = 2; ///< a second blob follows

std::uint32_t crcOf(ByteView bytes)
{
    // av_crc takes its length as size_t and gives the running value, here without the final inversion.
    return av_crc(av_crc_get_table(AV_CRC_32_IEEE_LE), 0xFFFFFFFFU, bytes.data(), bytes.size());
}

class Writer {
public:
    explicit Writer(std::string_view magic)
        : m_bytes(magic.begin(), magic.end()) {}
    void u64(std::uint64_t value)
    {
        for (int i = 0; i < 8; ++i)
            m_bytes.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
    }
    void i64(std::int64_t value) { u64(static_cast<std::uint64_t>(value)); }
    void byte(std::uint8_t value) { m_bytes.push_back(value); }
    void blob(const Bytes& bytes)
    {
        u64(bytes.size());
        m_bytes.insert(m_bytes.end(), bytes.begin(), bytes.end());
    }
    void packets(const std::vector<Packet>& packets)
    {
        u64(packets.size());
        for (const Packet& packet : packets) {
            i64(packet.pts);
            i64(packet.dts);
            i64(packet.duration);
            byte(static_cast<std::uint8_t>((packet.key ? keyFlag : 0) | (packet.side.empty() ? 0 : sideFlag)));
            blob(packet.data);
            if (!packet.side.empty())
                blob(packet.side);
        }
    }
    Bytes finish()
    {
        const std::uint32_t crc = crcOf(m_bytes);
        for (int i = 0; i < 4; ++i)
            m_bytes.push_back(static_cast<std::uint8_t>(crc >> (8 * i)));
        return std::move(m_bytes);
    }

private:
    Bytes m_bytes;
};

/// Every read is checked against what is left; the first fault sticks.
class Scanner {
public:
    Scanner(ByteView bytes, std::string_view magic)
        : m_rest(bytes)
    {
        if (bytes.size() < magic.size() + 4 || std::memcmp(bytes.data(), magic.data(), magic.size()) != 0) {
            m_good = false;
            return;
        }
        m_rest = bytes.subspan(magic.size(), bytes.size() - magic.size() - 4);
        std::uint32_t stored = 0;
        for (int i = 0; i < 4; ++i)
            stored |= static_cast<std::uint32_t>(bytes[bytes.size() - 4 + static_cast<std::size_t>(i)]) << (8 * i);
        m_good = stored == crcOf(bytes.first(bytes.size() - 4));
    }

    std::uint64_t u64()
    {
        if (!m_good || m_rest.size() < 8) {
            m_good = false;
            return 0;
        }
        std::uint64_t value = 0;
        for (int i = 0; i < 8; ++i)
            value |= static_cast<std::uint64_t>(m_rest[static_cast<std::size_t>(i)]) << (8 * i);
        m_rest = m_rest.subspan(8);
        return value;
    }
    std::int64_t time()
    {
        const auto value = static_cast<std::int64_t>(u64());
        demand(value > -largestTime && value < largestTime);
        return value;
    }
    std::uint8_t flags()
    {
        if (!m_good || m_rest.empty() || m_rest[0] > (keyFlag | sideFlag)) {
            m_good = false;
            return 0;
        }
        const std::uint8_t value = m_rest[0];
        m_rest = m_rest.subspan(1);
        return value;
    }
    Bytes blob()
    {
        const std::uint64_t size = u64();
        if (!m_good || size > m_rest.size()) {
            m_good = false;
            return {};
        }
        Bytes bytes(m_rest.begin(), m_rest.begin() + static_cast<std::ptrdiff_t>(size));
        m_rest = m_rest.subspan(static_cast<std::size_t>(size));
        return bytes;
    }
    std::vector<Packet> packets()
    {
        const std::uint64_t count = u64();
        demand(count <= m_rest.size() / packetHead);
        std::vector<Packet> packets;
        for (std::uint64_t i = 0; m_good && i < count; ++i) {
            Packet packet;
            packet.pts = time();
            packet.dts = time();
            packet.duration = time();
            const std::uint8_t given = flags();
            packet.key = (given & keyFlag) != 0;
            packet.data = blob();
            if ((given & sideFlag) != 0) {
                packet.side = blob();
                demand(!packet.side.empty());
            }
            demand(packet.duration >= 0 && packet.data.size() < static_cast<std::size_t>(std::numeric_limits<int>::max() - AV_INPUT_BUFFER_PADDING_SIZE));
            packets.push_back(std::move(packet));
        }
        return packets;
    }
    void demand(bool condition) { m_good = m_good && condition; }
    [[nodiscard]] bool good() const { return m_good; }
    [[nodiscard]] bool atEnd() const { return m_good && m_rest.empty(); }

private:
    ByteView m_rest;
    bool m_good = true;
};

/// Each picture of a chunk once, the first one a key.
bool holdsEachPictureOnce(const EncodedChunk& chunk)
{
    if (chunk.frames < 1 || static_cast<std::uint64_t>(chunk.frames) != chunk.packets.size() || !chunk.packets.front().key)
        return false;
    std::vector<bool> seen(chunk.packets.size(), false);
    for (const Packet& packet : chunk.packets) {
        if (packet.pts < 0 || packet.pts >= chunk.frames || seen[static_cast<std::size_t>(packet.pts)])
            return false;
        seen[static_cast<std::size_t>(packet.pts)] = true;
    }
    return true;
}

} // namespace

std::int64_t delayOf(const EncodedChunk& chunk)
{
    std::int64_t delay = 0;
    for (std::size_t i = 0; i < chunk.packets.size(); ++i)
        delay = std::max(delay, static_cast<std::int64_t>(i) - chunk.packets[i].pts);
    return delay;
}

Bytes bytesOfChunk(const EncodedChunk& chunk)
{
    Writer writer(chunkMagic);
    writer.blob(chunk.extradata);
    writer.i64(chunk.frames);
    writer.packets(chunk.packets);
    return writer.finish();
}

Result<EncodedChunk> chunkOfBytes(ByteView bytes)
{
    Scanner scanner(bytes, chunkMagic);
    EncodedChunk chunk;
    chunk.extradata = scanner.blob();
    chunk.frames = scanner.time();
    chunk.packets = scanner.packets();
    if (!scanner.atEnd() || !holdsEachPictureOnce(chunk))
        return fail(Fault::Corrupt, "stored chunk: is damaged or of another version");
    return chunk;
}

} // namespace artdag
