// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as an `.ots` file and as a calendar's answer: reading never crashes, and what is read is written so that it reads
// the same again.
#include "core/anchor/timestamp.h"

#include <cstdlib>

using namespace artdag;

namespace {

void require(bool condition)
{
    if (!condition)
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    if (const auto file = readDetachedTimestamp({bytes, size})) {
        const auto written = writeDetachedTimestamp(*file);
        require(written.has_value());
        const auto again = readDetachedTimestamp(*written);
        require(again && *again == *file && *writeDetachedTimestamp(*again) == *written);
        Timestamp merged = file->timestamp;
        require(mergeTimestamps(merged, again->timestamp) && merged == file->timestamp);
    }
    if (const auto answer = readTimestamp({bytes, size}, Bytes(32, 7))) {
        const auto written = writeTimestamp(*answer);
        require(written && *readTimestamp(*written, Bytes(32, 7)) == *answer);
        require(!attestationsOf(*answer).empty());
    }
    return 0;
}
