// SPDX-License-Identifier: GPL-3.0-or-later
// The coded pictures of a film as they lie in its file, for another film in which they are not coded again. Only pieces that
// decode by themselves are given: from a picture that needs no other up to one that none behind it needs.
#pragma once

#include "core/media/encode.h"
#include "core/media/file_source.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

struct AVCodecParameters;

namespace artdag {

struct StreamClock;

/// One film's packets. Pictures are numbered in the order in which they are shown. Not thread-safe.
class StoredPackets {
public:
    /// Walks through the file once. BadInput says why its packets cannot be copied.
    /// With `known`, what `places` said of the same bytes, without the walk.
    static Result<std::shared_ptr<StoredPackets>> open(const SourcePointer& source, int stream, const StreamClock& clock, ByteView known = {});
    ~StoredPackets();

    /// The last picture that has begun at a time; the first one before that.
    [[nodiscard]] std::int64_t shownAt(Flicks time) const;
    /// A time at which a picture is shown.
    [[nodiscard]] Flicks timeOf(std::int64_t picture) const;
    /// How many pictures from `first` on, at most `most`, may be copied together; none where `first` needs another.
    [[nodiscard]] std::int64_t copyable(std::int64_t first, std::int64_t most) const;
    /// The nearest pictures up to and after `picture` from which a copy may begin.
    [[nodiscard]] std::pair<std::optional<std::int64_t>, std::optional<std::int64_t>> startsAround(std::int64_t picture) const;
    /// By how many places the most delayed picture of a piece lies behind where it is decoded.
    [[nodiscard]] std::int64_t delay(std::int64_t first, std::int64_t count) const;
    /// A piece, as `copyable` allows it. Quick when pieces are read in their order.
    Result<EncodedChunk> read(std::int64_t first, std::int64_t count);
    /// Whether another film's pieces can follow this one's: the same codec and parameter sets.
    [[nodiscard]] bool isCodedLike(const StoredPackets& other) const;
    [[nodiscard]] const AVCodecParameters& parameters() const;
    /// What the walk found, to be kept.
    [[nodiscard]] Bytes places() const;

private:
    struct Walk;
    explicit StoredPackets(std::unique_ptr<Walk> walk);
    std::unique_ptr<Walk> m_walk;
};

} // namespace artdag
