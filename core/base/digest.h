// SPDX-License-Identifier: GPL-3.0-or-later
// SHA3-256 and the distinct names made of it: bytes (ContentId), pixels (FramesHash), work (FrameKey, SoundKey, ChunkKey …).
// The names are different types, so that mixing them is a compile error.
#pragma once

#include "core/base/result.h"

#include <array>
#include <bit>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace artdag {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;
using Digest = std::array<std::uint8_t, 32>;

/// The bytes of a string, without a copy; valid as long as the string.
inline ByteView bytesOf(std::string_view text)
{
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

/// Lower-case hexadecimal.
std::string hexOf(ByteView bytes);
/// Bytes of lower- or upper-case hexadecimal; BadInput for anything else.
Result<Bytes> bytesOfHex(std::string_view hex);

/// One running SHA3-256 (FIPS 202), which allocates nothing, or SHA-256 (FIPS 180-4), by OpenSSL. Not shared between threads.
class Hasher {
public:
    enum class Algorithm {
        Sha3_256,
        Sha256,
    };
    explicit Hasher(Algorithm algorithm = Algorithm::Sha3_256);
    ~Hasher();
    Hasher(Hasher&&) noexcept;
    Hasher& operator=(Hasher&&) noexcept;

    Hasher& add(ByteView bytes)
    {
        if (m_sha256 != nullptr || m_used + bytes.size() >= m_block.size())
            return addMore(bytes);
        if (!bytes.empty())
            std::memcpy(m_block.data() + m_used, bytes.data(), bytes.size());
        m_used += bytes.size();
        return *this;
    }
    Hasher& add(std::string_view text) { return add(bytesOf(text)); }
    Hasher& addU16(std::uint16_t value) { return addLittleEndian(value); }
    Hasher& addU32(std::uint32_t value) { return addLittleEndian(value); }
    Hasher& addU64(std::uint64_t value) { return addLittleEndian(value); }
    Hasher& addF64(double value) { return addLittleEndian(std::bit_cast<std::uint64_t>(value == 0.0 ? 0.0 : value)); } ///< IEEE 754 binary64; −0 is written as +0
    Hasher& addText(std::string_view text) { return addU32(static_cast<std::uint32_t>(text.size())).add(text); }       ///< length as u32, then the bytes: no two lists of texts share a preimage
    Digest finish();                                                                                                   ///< may be called once

private:
    template <class Number>
    Hasher& addLittleEndian(Number value)
    {
        static_assert(std::endian::native == std::endian::little);
        return add(ByteView(reinterpret_cast<const std::uint8_t*>(&value), sizeof value));
    }
    Hasher& addMore(ByteView bytes);
    void absorb(const std::uint8_t* block);

    struct Free {
        void operator()(void* context) const;
    };
    std::unique_ptr<void, Free> m_sha256;
    std::array<std::uint64_t, 25> m_state{};
    std::array<std::uint8_t, 136> m_block; ///< not yet absorbed; always less than whole
    std::size_t m_used = 0;
};

Digest sha3(ByteView bytes);
Digest sha256(ByteView bytes);

/// A digest with a meaning. `Tag` only tells the names apart.
template <class Tag>
struct Name {
    Digest digest{};

    auto operator<=>(const Name&) const = default;
    /// `sha3-256:<64 lower-case hex>`
    [[nodiscard]] std::string text() const { return "sha3-256:" + hex(); }
    [[nodiscard]] std::string hex() const { return hexOf(digest); }
    [[nodiscard]] bool isNull() const { return digest == Digest{}; }
};

using ContentId = Name<struct ContentTag>;   ///< names bytes
using FramesHash = Name<struct FramesTag>;   ///< names pixels and samples
using FrameKey = Name<struct FrameKeyTag>;   ///< names the work behind one frame of one port
using SoundKey = Name<struct SoundKeyTag>;   ///< names the work behind a range of sound
using ChunkKey = Name<struct ChunkKeyTag>;   ///< names the work behind one encoded chunk
using GraphHash = Name<struct GraphTag>;     ///< names a recipe by what it computes
using RunKey = Name<struct RunTag>;          ///< names the work of a whole run
using ManifestId = Name<struct ManifestTag>; ///< names a signed document

/// Reads `sha3-256:<64 hex>` or bare 64 hex; BadInput names the text.
Result<Digest> digestOfText(std::string_view text);
template <class N>
Result<N> nameOfText(std::string_view text)
{
    return N{TRY(digestOfText(text))};
}

/// For unordered containers: the digest is already uniform.
struct NameHash {
    template <class Tag>
    std::size_t operator()(const Name<Tag>& name) const noexcept
    {
        std::size_t value = 0;
        for (std::size_t i = 0; i < sizeof value; ++i)
            value = value << 8 | name.digest[i];
        return value;
    }
};

} // namespace artdag
