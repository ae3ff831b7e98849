// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture/many_digests.h"

#include "core/picture/rows.h"
#include "core/picture/simd.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <vector>

namespace artdag {

void sha3OfMany(std::span<const ByteView> messages, std::span<Digest> out)
{
    constexpr std::size_t lanes = 8;
    const RowKernels& kernels = rowKernels();
    // As for frames: a group that is not full digests its last message again, which pays from three on, if at all.
    const std::size_t worthwhile = simdLevel().value_or(SimdLevel::V2) == SimdLevel::V2 ? lanes + 1 : 3;
    std::vector<std::size_t> order(messages.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, {}, [&](std::size_t i) { return messages[i].size(); });
    for (std::size_t at = 0; at < order.size();) {
        const std::size_t length = messages[order[at]].size();
        std::size_t count = 1;
        while (count < lanes && at + count < order.size() && messages[order[at + count]].size() == length)
            ++count;
        if (count < worthwhile) {
            out[order[at]] = sha3(messages[order[at]]);
            ++at;
            continue;
        }
        const std::uint8_t* group[lanes];
        for (std::size_t lane = 0; lane < lanes; ++lane)
            group[lane] = messages[order[at + std::min(lane, count - 1)]].data();
        std::array<Digest, lanes> digests;
        kernels.sha3Of8(group, static_cast<long>(length), digests[0].data());
        for (std::size_t lane = 0; lane < count; ++lane)
            out[order[at + lane]] = digests[lane];
        at += count;
    }
}

} // namespace artdag
