// SPDX-License-Identifier: GPL-3.0-or-later
// Bitcoin block headers, from the source that the operator trusts: an Esplora API, or Bitcoin Core's REST interface. The hash
// of a header is computed here; that its block is on the best chain is the source's word.
#pragma once

#include "core/base/digest.h"
#include "core/net/http_client.h"

#include <chrono>
#include <cstdint>
#include <string>

namespace artdag {

/// Fewer blocks on top can still be replaced by others.
inline constexpr std::int64_t enoughConfirmations = 6;

struct BlockHeader {
    Bytes bytes;           ///< the 80 bytes
    Digest merkleRoot{};   ///< in the order in which they stand there, which is that of OpenTimestamps
    std::int64_t time = 0; ///< seconds since 1970
    std::int64_t height = 0;
    std::int64_t confirmations = 0; ///< this block and those on top of it
};

/// BadInput for anything but 80 bytes.
Result<BlockHeader> readBlockHeader(ByteView bytes);
/// As block explorers write it: double SHA-256, last byte first.
std::string blockHashOf(const BlockHeader& header);

/// The header at a height. `source` is the base of an Esplora API (`https://…/api`), or ends in `/rest` and is Bitcoin Core's.
/// NotFound when the chain has no such block; Unavailable when the source does not answer, or answers what does not fit
/// together.
Result<BlockHeader> fetchBlockHeader(HttpClient& http, const std::string& source, std::int64_t height, std::chrono::seconds patience);
/// The height of the best chain.
Result<std::int64_t> fetchBestHeight(HttpClient& http, const std::string& source, std::chrono::seconds patience);

} // namespace artdag
