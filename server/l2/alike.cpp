// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/alike.h"

#include <algorithm>
#include <bit>
#include <vector>

namespace artdag::server {

namespace {

// Beyond these two pictures, or two sounds, are like each other by chance: docs/adr/0118.
constexpr std::int64_t nearPictures = 190, nearSounds = 150;
constexpr std::int64_t leastContrast = 4, leastChange = 10; ///< of what can be told at all
constexpr std::size_t longestPrint = 8192;                  ///< bytes
constexpr std::ptrdiff_t wordsOfSecond = 8, leastOverlap = 10 * wordsOfSecond, mostShift = 30 * wordsOfSecond;

std::vector<std::uint32_t> wordsOf(ByteView bytes)
{
    std::vector<std::uint32_t> words(bytes.size() / 4);
    for (std::size_t i = 0; i < words.size() * 4; ++i)
        words[i / 4] = words[i / 4] << 8 | bytes[i];
    return words;
}

} // namespace

std::int64_t pictureDistance(ByteView one, ByteView other)
{
    if (one.size() != other.size() || one.empty())
        return 1000;
    std::int64_t bits = 0;
    for (std::size_t i = 0; i < one.size(); ++i)
        bits += std::popcount(static_cast<unsigned>(one[i] ^ other[i]));
    return bits * 1000 / static_cast<std::int64_t>(8 * one.size());
}

std::int64_t soundDistance(ByteView one, ByteView other)
{
    const std::vector<std::uint32_t> first = wordsOf(one);
    const std::vector<std::uint32_t> second = wordsOf(other);
    const auto length = static_cast<std::ptrdiff_t>(first.size());
    const auto otherLength = static_cast<std::ptrdiff_t>(second.size());
    std::int64_t least = 1000;
    for (std::ptrdiff_t shift = -mostShift; shift <= mostShift; ++shift) {
        const std::ptrdiff_t from = std::max<std::ptrdiff_t>(0, -shift);
        const std::ptrdiff_t end = std::min(length, otherLength - shift);
        if (end - from < leastOverlap)
            continue;
        std::int64_t bits = 0;
        for (std::ptrdiff_t i = from; i < end; ++i)
            bits += std::popcount(first[static_cast<std::size_t>(i)] ^ second[static_cast<std::size_t>(i + shift)]);
        least = std::min<std::int64_t>(least, bits * 1000 / (32 * (end - from)));
    }
    return least;
}

Result<void> takePrint(Site& site, const ContentId& source, const Json& print)
{
    if (print.is_null())
        return {};
    StoredPrint taken{source, print.value("kind", ""), print.value("version", std::int64_t{0}), {}, print.value("quality", std::int64_t{0})};
    auto value = bytesOfHex(print.value("value", ""));
    const bool isPicture = taken.kind == "picture";
    if (!value || value->size() > longestPrint || (!isPicture && taken.kind != "sound"))
        return fail(Fault::Corrupt, "rendition: its program gave no fingerprint");
    taken.value = std::move(*value);
    const std::int64_t least = isPicture ? leastContrast : leastChange;
    auto lease = TRY(site.database->lease());
    if (TRY(hasPrint(lease, taken))) // made again: what came since then is not earlier
        return {};
    std::vector<std::pair<ContentId, std::int64_t>> near;
    if (taken.quality >= least)
        for (const StoredPrint& other : TRY(otherPrints(lease, taken, least))) {
            const std::int64_t distance = isPicture ? pictureDistance(taken.value, other.value) : soundDistance(taken.value, other.value);
            if (distance <= (isPicture ? nearPictures : nearSounds))
                near.emplace_back(other.source, distance);
        }
    auto transaction = TRY(lease.begin());
    TRY(notePrint(lease, taken));
    for (const auto& [earlier, distance] : near)
        TRY(noteAlike(lease, source, earlier, taken.kind, distance));
    return transaction.commit();
}

} // namespace artdag::server
