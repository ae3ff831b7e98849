// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identity/keys.h"

#include <array>

namespace artdag {

namespace {

constexpr std::string_view standardDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view urlDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::string encode(ByteView bytes, std::string_view digits)
{
    std::string text;
    text.reserve((bytes.size() * 4 + 2) / 3);
    std::uint32_t bits = 0;
    int held = 0;
    for (const std::uint8_t byte : bytes) {
        bits = bits << 8 | byte;
        for (held += 8; held >= 6; held -= 6)
            text.push_back(digits[bits >> (held - 6) & 63U]);
    }
    if (held > 0)
        text.push_back(digits[bits << (6 - held) & 63U]);
    return text;
}

/// Strict: one text for each sequence of bytes, so that a signature cannot be rewritten without breaking it.
Result<Bytes> decode(std::string_view text, std::string_view digits)
{
    std::array<int, 256> values{};
    values.fill(-1);
    for (std::size_t i = 0; i < digits.size(); ++i)
        values[static_cast<unsigned char>(digits[i])] = static_cast<int>(i);

    if (text.size() % 4 == 1)
        return fail(Fault::BadInput, "base64 text has an impossible length");
    Bytes bytes;
    bytes.reserve(text.size() * 3 / 4);
    std::uint32_t bits = 0;
    int held = 0;
    for (const char c : text) {
        const int value = values[static_cast<unsigned char>(c)];
        if (value < 0)
            return fail(Fault::BadInput, "base64 text has a character that is not a digit");
        bits = bits << 6 | static_cast<std::uint32_t>(value);
        held += 6;
        if (held >= 8) {
            held -= 8;
            bytes.push_back(static_cast<std::uint8_t>(bits >> held));
        }
    }
    if ((bits & ((1U << held) - 1U)) != 0)
        return fail(Fault::BadInput, "base64 text has bits after its last byte");
    return bytes;
}

} // namespace

std::string base64Url(ByteView bytes)
{
    return encode(bytes, urlDigits);
}

Result<Bytes> bytesOfBase64Url(std::string_view text)
{
    return decode(text, urlDigits);
}

std::string base64(ByteView bytes)
{
    std::string text = encode(bytes, standardDigits);
    text.append((4 - text.size() % 4) % 4, '=');
    return text;
}

Result<Bytes> bytesOfBase64(std::string_view text)
{
    if (text.size() % 4 != 0)
        return fail(Fault::BadInput, "base64 text has an impossible length");
    for (int padding = 0; padding < 2 && text.ends_with('='); ++padding)
        text.remove_suffix(1);
    return decode(text, standardDigits);
}

} // namespace artdag
