// SPDX-License-Identifier: GPL-3.0-or-later
// XXH3-64 of each MiB of an object: ten times as fast as its name, so that every reading can be checked. Against accidents
// only; the name decides whenever the two disagree.
#pragma once

#include "core/base/digest.h"

#include <cstddef>
#include <memory>

namespace artdag {

/// Sums bytes that come in order, in pieces of any size. Not shared between threads.
class BlockSums {
public:
    BlockSums();
    BlockSums& add(ByteView bytes);
    /// 8 bytes, little-endian, for each MiB or last part of one; may be called once.
    Bytes finish();

private:
    struct Free {
        void operator()(void* state) const;
    };
    void endBlock();

    std::unique_ptr<void, Free> m_state;
    std::size_t m_inBlock = 0;
    Bytes m_sums;
};

Bytes blockSumsOf(ByteView bytes);

} // namespace artdag
