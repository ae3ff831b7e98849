// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/block_sums.h"

#include <xxhash.h>

#include <algorithm>
#include <utility>

namespace artdag {

namespace {

constexpr std::size_t blockSize = 1U << 20;

} // namespace

void BlockSums::Free::operator()(void* state) const
{
    XXH3_freeState(static_cast<XXH3_state_t*>(state));
}

BlockSums::BlockSums()
    : m_state(XXH3_createState())
{
    CHECK(m_state && XXH3_64bits_reset(static_cast<XXH3_state_t*>(m_state.get())) == XXH_OK);
}

void BlockSums::endBlock()
{
    auto* state = static_cast<XXH3_state_t*>(m_state.get());
    const std::uint64_t sum = XXH3_64bits_digest(state);
    for (int byte = 0; byte < 8; ++byte)
        m_sums.push_back(static_cast<std::uint8_t>(sum >> (8 * byte)));
    XXH3_64bits_reset(state);
    m_inBlock = 0;
}

BlockSums& BlockSums::add(ByteView bytes)
{
    while (!bytes.empty()) {
        const ByteView part = bytes.first(std::min(blockSize - m_inBlock, bytes.size()));
        XXH3_64bits_update(static_cast<XXH3_state_t*>(m_state.get()), part.data(), part.size());
        m_inBlock += part.size();
        if (m_inBlock == blockSize)
            endBlock();
        bytes = bytes.subspan(part.size());
    }
    return *this;
}

Bytes BlockSums::finish()
{
    if (m_inBlock > 0)
        endBlock();
    return std::move(m_sums);
}

Bytes blockSumsOf(ByteView bytes)
{
    return BlockSums().add(bytes).finish();
}

} // namespace artdag
