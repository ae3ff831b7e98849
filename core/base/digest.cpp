// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/digest.h"

#include "core/base/keccak.h"

#include <openssl/evp.h>

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
{
    if (algorithm == Algorithm::Sha3_256)
        return;
    m_sha256.reset(EVP_MD_CTX_new());
    CHECK(m_sha256 != nullptr);
    CHECK(EVP_DigestInit_ex(static_cast<EVP_MD_CTX*>(m_sha256.get()), EVP_sha256(), nullptr) == 1);
}

Hasher::~Hasher() = default;
Hasher::Hasher(Hasher&&) noexcept = default;
Hasher& Hasher::operator=(Hasher&&) noexcept = default;

void Hasher::absorb(const std::uint8_t* block)
{
    for (std::size_t i = 0; i < m_block.size() / 8; ++i) {
        std::uint64_t word = 0;
        std::memcpy(&word, block + 8 * i, 8);
        m_state[i] ^= word;
    }
    keccak(m_state);
}

Hasher& Hasher::addMore(ByteView bytes)
{
    if (m_sha256 != nullptr) {
        CHECK(EVP_DigestUpdate(static_cast<EVP_MD_CTX*>(m_sha256.get()), bytes.data(), bytes.size()) == 1);
        return *this;
    }
    const std::size_t first = m_block.size() - m_used;
    std::memcpy(m_block.data() + m_used, bytes.data(), first);
    absorb(m_block.data());
    bytes = bytes.subspan(first);
    for (; bytes.size() >= m_block.size(); bytes = bytes.subspan(m_block.size()))
        absorb(bytes.data());
    m_used = bytes.size();
    if (m_used > 0)
        std::memcpy(m_block.data(), bytes.data(), m_used);
    return *this;
}

Digest Hasher::finish()
{
    Digest digest{};
    if (m_sha256 != nullptr) {
        unsigned length = 0;
        CHECK(EVP_DigestFinal_ex(static_cast<EVP_MD_CTX*>(m_sha256.get()), digest.data(), &length) == 1);
        CHECK(length == digest.size());
        return digest;
    }
    std::memset(m_block.data() + m_used, 0, m_block.size() - m_used);
    m_block[m_used] = 0x06; // FIPS 202 §6.1, B.2: the suffix 01, then 10*1
    m_block.back() |= 0x80;
    absorb(m_block.data());
    std::memcpy(digest.data(), m_state.data(), digest.size());
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
