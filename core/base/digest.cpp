// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/digest.h"

#include <openssl/evp.h>

#include <bit>
#include <cstring>

namespace artdag {

namespace {

int nibble(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

} // namespace

std::string hexOf(ByteView bytes)
{
    static constexpr char digits[] = "0123456789abcdef";
    std::string hex;
    hex.reserve(bytes.size() * 2);
    for (const std::uint8_t byte : bytes) {
        hex.push_back(digits[byte >> 4]);
        hex.push_back(digits[byte & 15]);
    }
    return hex;
}

Result<Bytes> bytesOfHex(std::string_view hex)
{
    if (hex.size() % 2 != 0)
        return fail(Fault::BadInput, "hexadecimal text has an odd number of digits");
    Bytes bytes;
    bytes.reserve(hex.size() / 2);
    for (std::size_t i = 0; i < hex.size(); i += 2) {
        const int high = nibble(hex[i]);
        const int low = nibble(hex[i + 1]);
        if (high < 0 || low < 0)
            return fail(Fault::BadInput, "hexadecimal text has a character that is not a digit");
        bytes.push_back(static_cast<std::uint8_t>(high << 4 | low));
    }
    return bytes;
}

void Hasher::Free::operator()(void* context) const
{
    EVP_MD_CTX_free(static_cast<EVP_MD_CTX*>(context));
}

Hasher::Hasher(Algorithm algorithm)
    : m_context(EVP_MD_CTX_new())
{
    CHECK(m_context != nullptr);
    const EVP_MD* md = algorithm == Algorithm::Sha3_256 ? EVP_sha3_256() : EVP_sha256();
    CHECK(EVP_DigestInit_ex(static_cast<EVP_MD_CTX*>(m_context.get()), md, nullptr) == 1);
}

Hasher::~Hasher() = default;
Hasher::Hasher(Hasher&&) noexcept = default;
Hasher& Hasher::operator=(Hasher&&) noexcept = default;

Hasher& Hasher::add(ByteView bytes)
{
    CHECK(EVP_DigestUpdate(static_cast<EVP_MD_CTX*>(m_context.get()), bytes.data(), bytes.size()) == 1);
    return *this;
}

Hasher& Hasher::addU16(std::uint16_t value)
{
    const std::array<std::uint8_t, 2> bytes{static_cast<std::uint8_t>(value), static_cast<std::uint8_t>(value >> 8)};
    return add(bytes);
}

Hasher& Hasher::addU32(std::uint32_t value)
{
    std::array<std::uint8_t, 4> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[i] = static_cast<std::uint8_t>(value >> (8 * i));
    return add(bytes);
}

Hasher& Hasher::addU64(std::uint64_t value)
{
    std::array<std::uint8_t, 8> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[i] = static_cast<std::uint8_t>(value >> (8 * i));
    return add(bytes);
}

Hasher& Hasher::addF64(double value)
{
    return addU64(std::bit_cast<std::uint64_t>(value == 0.0 ? 0.0 : value));
}

Hasher& Hasher::addText(std::string_view text)
{
    addU32(static_cast<std::uint32_t>(text.size()));
    return add(text);
}

Digest Hasher::finish()
{
    Digest digest{};
    unsigned length = 0;
    CHECK(EVP_DigestFinal_ex(static_cast<EVP_MD_CTX*>(m_context.get()), digest.data(), &length) == 1);
    CHECK(length == digest.size());
    return digest;
}

Digest sha3(ByteView bytes)
{
    return Hasher().add(bytes).finish();
}

Digest sha256(ByteView bytes)
{
    return Hasher(Hasher::Algorithm::Sha256).add(bytes).finish();
}

Result<Digest> digestOfText(std::string_view text)
{
    std::string_view hex = text;
    if (hex.starts_with("sha3-256:"))
        hex.remove_prefix(9);
    auto bytes = hex.size() == 64 ? bytesOfHex(hex) : Result<Bytes>(fail(Fault::BadInput, ""));
    if (!bytes)
        return fail(Fault::BadInput, "'" + std::string(text.substr(0, 80)) + "' is not a hash: expected sha3-256: and 64 hexadecimal digits");
    Digest digest{};
    std::memcpy(digest.data(), bytes->data(), digest.size());
    return digest;
}

} // namespace artdag
