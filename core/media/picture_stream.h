// SPDX-License-Identifier: GPL-3.0-or-later
// The pictures of one stream in the order they are shown, each with its exact time since the presentation began. Seeks only
// to places from which decoding gives the very frames that decoding from the start gives.
#pragma once

#include "core/base/digest.h"
#include "core/media/container.h"
#include "core/media/stream_clock.h"
#include "core/picture/picture.h"

#include <deque>
#include <optional>

namespace artdag {

struct TimedPicture {
    Instant time;
    CodedPointer picture;
    FramePointer frame; ///< for the facts that only a decoded frame shows
    bool first = false; ///< of the whole stream
};

/// What PictureStream::moveTo did: nothing, it stands at a key picture, or at the first picture of all.
enum class Moved {
    Nowhere,
    ToKey,
    ToStart,
};

/// Not thread-safe. After an error it gives the pictures before the damage first, then the error again and again.
class PictureStream {
    struct OnlyOpen {};

public:
    PictureStream(OnlyOpen, SourcePointer source, Container container, int stream, StreamClock clock, std::string layer);
    /// `clock.first` and `clock.grid` are the caller's guess from the header; `layer` is of an OpenEXR picture.
    static Result<std::unique_ptr<PictureStream>> open(SourcePointer source, Container container, int stream, StreamClock clock, std::string layer = {});

    /// The next picture, or nothing after the last. Corrupt names file and time.
    Result<std::optional<TimedPicture>> next();
    /// Starts again at the first picture.
    Result<void> rewind();
    /// Makes next() give a picture at or before `time` (or the first). With `after`, the time of the last picture given, it
    /// moves only if that saves decoding.
    Result<Moved> moveTo(Flicks time, std::optional<Instant> after = std::nullopt);

    [[nodiscard]] const AVCodecContext& codec() const { return *m_codec; }
    [[nodiscard]] const StreamClock& clock() const { return m_clock; }
    [[nodiscard]] bool exact() const { return m_exact; }
    AVStream& stream() { return *m_container->streams[m_stream]; }
    Container& container() { return m_container; }

private:
    Result<void> openCodec();
    Result<void> feed();
    [[nodiscard]] bool isDamaged(const AVPacket& packet) const;
    Result<std::optional<TimedPicture>> take(const AVFrame& frame);
    void damagedAt(std::int64_t timestamp, const std::string& what);
    Result<void> retryCarefully();
    Result<void> loadKeys();
    bool land(std::int64_t key, Flicks time);
    Result<std::optional<TimedPicture>> finish();

    SourcePointer m_source;
    Container m_container;
    int m_stream;
    StreamClock m_clock;
    std::string m_layer;
    CodecPointer m_codec;
    bool m_exact = true;
    FramePointer m_frame = makeFrame();
    PacketPointer m_packet = makePacket();
    std::optional<std::int64_t> m_promisedLast;
    std::optional<std::vector<std::int64_t>> m_keys; ///< loaded at the first seek
    bool m_pendingPacket = false;                    ///< m_packet waits to be sent
    bool m_ended = false;                            ///< the decoder was told that no packet follows
    bool m_careful = false;                          ///< one thread, so that a fault is found at its own packet
    bool m_fromStart = true;
    bool m_untouched = true;  ///< nothing was read and nothing sought since the container was opened
    std::int64_t m_given = 0; ///< pictures since the last seek or rewind
    int m_undecodable = 0;    ///< packets before the first picture that could not be decoded
    std::int64_t m_lastPts = AV_NOPTS_VALUE;
    std::int64_t m_lastRead = AV_NOPTS_VALUE;
    std::int64_t m_dropBefore = AV_NOPTS_VALUE;
    bool m_counted = false; ///< AVI stores no times: the n-th picture shown has the time stamp of the n-th packet
    std::deque<std::int64_t> m_stamps;
    std::optional<Error> m_damage;
    std::int64_t m_damagePts = AV_NOPTS_VALUE; ///< pictures from here on are not trusted
};

} // namespace artdag
