// SPDX-License-Identifier: GPL-3.0-or-later
// Demuxes and decodes one sound stream, frame by frame, and tells a damaged or cut off file from one that has ended.
#pragma once

#include "core/media/container.h"

namespace artdag {

/// The decoder that would be used, as `aac_fixed lavc 59.37`, with ` inexact` where machines may differ. BadInput names the codec.
Result<std::string> soundDecoderOf(const SourcePointer& source, const AVCodecParameters& parameters);

/// Not thread-safe.
class SoundReader {
public:
    static Result<SoundReader> open(SourcePointer source, int stream);

    [[nodiscard]] const Container& container() const { return m_container; }
    [[nodiscard]] const AVStream& track() const { return *m_container->streams[m_stream]; }
    /// The next frame, until the next call; null at the end. Corrupt names the file and the time for one that breaks.
    Result<const AVFrame*> next();
    /// Whether every sample is decoded alike wherever decoding begins, and the container counts samples.
    [[nodiscard]] bool canSeek() const;
    /// Goes on at a frame that begins at or before a time stamp, or near it: its own time stamp tells. False after a failure,
    /// when the place is unknown.
    bool seek(std::int64_t timestamp);

private:
    SoundReader(SourcePointer source, int stream, Container container, CodecPointer codec)
        : m_source(std::move(source)),
          m_stream(stream),
          m_container(std::move(container)),
          m_codec(std::move(codec)) {}
    [[nodiscard]] tl::unexpected<Error> damaged(const std::string& what) const;
    void fault();
    Result<bool> sendPacket();
    Result<void> checkEnd();

    SourcePointer m_source;
    int m_stream;
    Container m_container;
    CodecPointer m_codec;
    PacketPointer m_packet = makePacket();
    FramePointer m_frame = makeFrame();
    std::int64_t m_begin = 0;
    std::int64_t m_last = AV_NOPTS_VALUE;
    std::optional<std::int64_t> m_promised;
    std::int64_t m_frames = 0;
    bool m_suspect = false;
    bool m_sent = false; ///< a packet, whose frames are not all received
    bool m_flushed = false;
};

} // namespace artdag
