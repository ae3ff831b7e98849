// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/federation/multibase.h"

#include <algorithm>

namespace artdag {

namespace {

/// Bitcoin's (draft-msporny-base58).
constexpr std::string_view alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
constexpr std::size_t longest = 200;

/// The digits of a number in another base, both little-endian, without leading zeros.
Bytes inBase(const Bytes& digits, unsigned from, unsigned to)
{
    Bytes out;
    for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit) {
        unsigned carry = *digit;
        for (auto& place : out) {
            carry += place * from;
            place = static_cast<std::uint8_t>(carry % to);
            carry /= to;
        }
        for (; carry > 0; carry /= to)
            out.push_back(static_cast<std::uint8_t>(carry % to));
    }
    return out;
}

} // namespace

std::string multibase(ByteView bytes)
{
    std::string out = "z";
    out.append(static_cast<std::size_t>(std::ranges::find_if(bytes, [](auto byte) { return byte != 0; }) - bytes.begin()), '1');
    const Bytes digits = inBase({bytes.rbegin(), bytes.rend()}, 256, 58);
    for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit)
        out.push_back(alphabet[*digit]);
    return out;
}

Result<Bytes> bytesOfMultibase(std::string_view text)
{
    if (!text.starts_with('z') || text.size() > longest)
        return fail(Fault::BadInput, "multibase text: must be 'z' and base58, of a key or a signature");
    text.remove_prefix(1);
    Bytes digits;
    for (auto c = text.rbegin(); c != text.rend(); ++c) {
        const auto place = alphabet.find(*c);
        if (place == std::string_view::npos)
            return fail(Fault::BadInput, "multibase text: holds a character that base58 does not have");
        digits.push_back(static_cast<std::uint8_t>(place));
    }
    Bytes bytes(std::min(text.find_first_not_of('1'), text.size()), 0);
    const Bytes number = inBase(digits, 58, 256);
    bytes.insert(bytes.end(), number.rbegin(), number.rend());
    return bytes;
}

} // namespace artdag
