// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/domain_name.h"

#include <algorithm>
#include <cstdint>
#include <optional>

namespace artdag {

namespace {

/// The code points of UTF-8, lowered; nothing when it is malformed.
std::optional<std::u32string> loweredOf(std::string_view text)
{
    std::u32string out;
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t length = lead < 0x80 ? 1 : lead >> 5 == 6 ? 2
            : lead >> 4 == 14                                       ? 3
            : lead >> 3 == 30                                       ? 4
                                                                    : 0;
        if (length == 0 || i + length > text.size())
            return {};
        char32_t point = length == 1 ? lead : lead & (0x7FU >> length);
        for (std::size_t k = 1; k < length; ++k) {
            if ((static_cast<unsigned char>(text[i + k]) & 0xC0U) != 0x80)
                return {};
            point = point << 6 | (static_cast<unsigned char>(text[i + k]) & 0x3FU);
        }
        const bool latin = (point >= 'A' && point <= 'Z') || (point >= 0xC0 && point <= 0xDE && point != 0xD7);
        const bool greekOrCyrillic = (point >= 0x391 && point <= 0x3A9) || (point >= 0x410 && point <= 0x42F);
        out.push_back(latin || greekOrCyrillic ? point + 32 : point);
        i += length;
    }
    return out;
}

/// RFC 3492 §6.1.
std::uint32_t adapt(std::uint32_t delta, std::uint32_t points, bool first)
{
    delta = first ? delta / 700 : delta / 2;
    delta += delta / points;
    std::uint32_t k = 0;
    for (; delta > 455; k += 36)
        delta /= 35;
    return k + 36 * delta / (delta + 38);
}

char digitOf(std::uint32_t value)
{
    return static_cast<char>(value < 26 ? 'a' + value : '0' + (value - 26));
}

/// RFC 3492 §6.3; labels are at most 63 long, so nothing overflows.
std::string punycode(const std::u32string& label)
{
    std::string out;
    for (const char32_t point : label)
        if (point < 0x80)
            out.push_back(static_cast<char>(point));
    const auto basic = static_cast<std::uint32_t>(out.size());
    if (basic > 0)
        out.push_back('-');
    std::uint32_t n = 128;
    std::uint32_t delta = 0;
    std::uint32_t bias = 72;
    for (std::uint32_t handled = basic; handled < label.size(); ++n, ++delta) {
        char32_t next = 0x10FFFF;
        for (const char32_t point : label)
            if (point >= n)
                next = std::min(next, point);
        delta += (next - n) * (handled + 1);
        n = next;
        for (const char32_t point : label) {
            if (point < n)
                ++delta;
            if (point != n)
                continue;
            std::uint32_t q = delta;
            for (std::uint32_t k = 36;; k += 36) {
                const std::uint32_t t = k <= bias ? 1 : std::min(k - bias, 26U);
                if (q < t)
                    break;
                out.push_back(digitOf(t + (q - t) % (36 - t)));
                q = (q - t) / (36 - t);
            }
            out.push_back(digitOf(q));
            bias = adapt(delta, handled + 1, handled == basic);
            delta = 0;
            ++handled;
        }
    }
    return out;
}

bool isLabel(std::string_view label)
{
    return !label.empty() && label.size() <= 63 && std::ranges::all_of(label, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_'; });
}

} // namespace

Result<std::string> normalDomain(std::string_view text)
{
    const std::string object = "domain '" + std::string(text.substr(0, 100)) + "': ";
    if (text.ends_with('.'))
        text.remove_suffix(1);
    const auto lowered = text.size() > 253 ? std::nullopt : loweredOf(text);
    if (!lowered || lowered->empty())
        return fail(Fault::BadInput, object + "it is no domain name");
    std::string domain;
    for (std::size_t begin = 0; begin <= lowered->size();) {
        // The ideographic full stops separate labels as well (RFC 3490 §3.1).
        const std::size_t end = std::min(lowered->find_first_of(U".\u3002\uFF0E\uFF61", begin), lowered->size());
        const std::u32string label = lowered->substr(begin, end - begin);
        const bool ascii = std::ranges::all_of(label, [](char32_t point) { return point < 0x80; });
        const std::string written = label.size() > 63 ? "" : ascii ? std::string(label.begin(), label.end())
                                                                   : "xn--" + punycode(label);
        if (!isLabel(written))
            return fail(Fault::BadInput, object + "it is no domain name");
        domain += (begin == 0 ? "" : ".") + written;
        begin = end + 1;
    }
    return domain;
}

} // namespace artdag
