// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/one_time_codes.h"

#include "core/base/files.h"
#include "core/identity/keys.h"

#include <fmt/format.h>
#include <openssl/crypto.h>
#include <openssl/hmac.h>

#include <array>

namespace artdag::server {

namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::string_view consonants = "BCDFGHJKLMNPQRSTVWXZ";
constexpr std::int64_t stepSeconds = 30;

char lowered(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

char raised(char c)
{
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
}

} // namespace

std::string newSecret()
{
    return base64Url(secureRandom(32));
}

std::vector<std::string> newRecoveryCodes()
{
    std::vector<std::string> codes;
    for (int i = 0; i < 10; ++i) {
        std::string code;
        for (const char c : base32(secureRandom(10)))
            code += (code.size() % 5 == 4 ? "-" : "") + std::string(1, lowered(c));
        codes.push_back(std::move(code));
    }
    return codes;
}

std::string plainCode(std::string_view typed)
{
    std::string plain;
    for (const char c : typed)
        if (c != '-' && c != ' ')
            plain += lowered(c);
    return plain;
}

std::string newUserCode()
{
    std::string code;
    while (code.size() < 9) {
        if (code.size() == 4)
            code += '-';
        const std::uint8_t byte = secureRandom(1)[0];
        if (byte < 240) // a multiple of 20: each letter is as likely
            code += consonants[byte % consonants.size()];
    }
    return code;
}

std::string plainUserCode(std::string_view typed)
{
    std::string code;
    for (const char c : typed) {
        if (c == '-' || c == ' ')
            continue;
        if (consonants.find(raised(c)) == std::string_view::npos || code.size() == 9)
            return {};
        code += (code.size() == 4 ? "-" : "") + std::string(1, raised(c));
    }
    return code.size() == 9 ? code : std::string();
}

std::string base32(ByteView bytes)
{
    std::string text;
    std::uint32_t held = 0;
    int bits = 0;
    for (const std::uint8_t byte : bytes) {
        held = held << 8 | byte;
        for (bits += 8; bits >= 5; bits -= 5)
            text += alphabet[held >> (bits - 5) & 31];
    }
    if (bits > 0)
        text += alphabet[held << (5 - bits) & 31];
    return text;
}

std::optional<Bytes> bytesOfBase32(std::string_view text)
{
    Bytes bytes;
    std::uint32_t held = 0;
    int bits = 0;
    for (const char c : text) {
        if (c == ' ' || c == '=')
            continue;
        const auto value = alphabet.find(raised(c));
        if (value == std::string_view::npos)
            return {};
        held = held << 5 | static_cast<std::uint32_t>(value);
        bits += 5;
        if (bits >= 8) {
            bytes.push_back(static_cast<std::uint8_t>(held >> (bits - 8)));
            bits -= 8;
        }
    }
    return bytes;
}

std::string totpCode(ByteView secret, std::int64_t step)
{
    std::array<std::uint8_t, 8> counter{};
    for (int i = 0; i < 8; ++i)
        counter[static_cast<std::size_t>(7 - i)] = static_cast<std::uint8_t>(step >> (8 * i));
    std::array<std::uint8_t, 20> mac{};
    unsigned length = mac.size();
    CHECK(HMAC(EVP_sha1(), secret.data(), static_cast<int>(secret.size()), counter.data(), counter.size(), mac.data(), &length) != nullptr);
    const std::size_t offset = mac[19] & 15;
    const std::uint32_t value = (mac[offset] & 127U) << 24 | mac[offset + 1] << 16 | mac[offset + 2] << 8 | mac[offset + 3];
    return fmt::format("{:06}", value % 1'000'000);
}

std::optional<std::int64_t> totpStep(ByteView secret, std::string_view typed, std::int64_t now)
{
    std::string digits;
    for (const char c : typed)
        if (c != ' ')
            digits += c;
    if (digits.size() != 6)
        return {};
    std::optional<std::int64_t> found;
    for (std::int64_t step = now / stepSeconds - 1; step <= now / stepSeconds + 1; ++step)
        if (CRYPTO_memcmp(totpCode(secret, step).data(), digits.data(), 6) == 0)
            found = step;
    return found;
}

} // namespace artdag::server
