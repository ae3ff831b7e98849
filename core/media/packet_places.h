// SPDX-License-Identifier: GPL-3.0-or-later
// Where the coded pictures of a film lie in its file and how they are coded: what one walk through the file finds, kept so
// that the next copy of the film need not find it again.
#pragma once

#include "core/base/digest.h"
#include "core/media/file_source.h"
#include "core/media/libav.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace artdag {

struct PacketPlaces {
    struct Place {
        std::int64_t pts = 0, dts = 0; ///< in ticks of the stream
        std::int64_t at = -1;          ///< byte of the file from which the packet lies there as it is; −1: it does not
        std::int64_t size = 0;         ///< bytes
        bool key = false;              ///< decoding may begin here, and nothing behind it needs what is before
        bool marked = false;           ///< the container calls it a key
        bool hidden = false;           ///< decoded and not shown
    };
    std::unique_ptr<AVCodecParameters, LibavFree> parameters;
    std::vector<Place> places; ///< in the order in which they are decoded

    /// Whether all packets can be read where they lie, without a demuxer.
    [[nodiscard]] bool lieAsTheyAre() const;
    [[nodiscard]] Bytes extradata() const;
};

/// The byte of the file from which a packet that a demuxer gave lies there as it is, or −1.
std::int64_t placeInFile(const FileSource& source, const AVPacket& packet);

Bytes bytesOfPlaces(const PacketPlaces& places);
/// Corrupt for what bytesOfPlaces did not write, or of a file that is shorter than `fileSize`.
Result<PacketPlaces> placesOfBytes(ByteView bytes, std::int64_t fileSize);

} // namespace artdag
