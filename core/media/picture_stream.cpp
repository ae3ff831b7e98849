// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/picture_stream.h"

#include "core/media/coded_frame.h"
#include "core/media/decode.h"
#include "core/media/still_decoder.h"

#include <fmt/core.h>

#include <algorithm>
#include <numeric>

namespace artdag {

namespace {

constexpr int toleratedBeforeFirst = 300; ///< packets of a stream that was cut out of a longer one

/// FFmpeg replaces damaged FFV1 slices silently, so their checksums are looked at here (RFC 9043 §4.8–4.9): each slice ends
/// with its size, a status byte and a CRC that makes the whole come out as 0. A chain that does not fit has no checksums,
/// or is broken so that the decoder itself reports it.
bool hasGoodSliceSums(ByteView bytes)
{
    constexpr std::size_t trailer = 3 + 1 + 4;
    bool good = true;
    std::size_t end = bytes.size();
    while (end >= trailer) {
        const std::uint8_t* tail = bytes.data() + end - trailer;
        const std::size_t size = (static_cast<std::size_t>(tail[0]) << 16 | static_cast<std::size_t>(tail[1]) << 8 | tail[2]) + trailer;
        if (size > end)
            return true;
        end -= size;
        good = good && av_crc(av_crc_get_table(AV_CRC_32_IEEE), 0, bytes.data() + end, size) == 0;
    }
    return end != 0 || good;
}

std::int64_t timestampOf(const AVPacket& packet)
{
    return packet.dts != AV_NOPTS_VALUE ? packet.dts : packet.pts;
}

} // namespace

PictureStream::PictureStream(OnlyOpen, SourcePointer source, Container container, int stream, StreamClock clock, std::string layer)
    : m_source(std::move(source)),
      m_container(std::move(container)),
      m_stream(stream),
      m_clock(clock),
      m_layer(std::move(layer))
{
}

Result<std::unique_ptr<PictureStream>> PictureStream::open(SourcePointer source, Container container, int stream, StreamClock clock, std::string layer)
{
    auto opened = std::make_unique<PictureStream>(OnlyOpen{}, std::move(source), std::move(container), stream, clock, std::move(layer));
    opened->m_container.keepOnly(stream);
    opened->m_counted = av_match_list(opened->m_container->iformat->name, "avi", ',') > 0;
    opened->m_promisedLast = opened->m_container.promisedLast(stream);
    TRY(opened->openCodec());
    return opened;
}

Result<void> PictureStream::openCodec()
{
    const AVCodecParameters& parameters = *stream().codecpar;
    std::string reason = "this project has no decoder for it";
    // WebM's alpha is a second picture beside the first (WebM, "Alpha channel"), which only libvpx puts together.
    const AVDictionaryEntry* alpha = av_dict_get(stream().metadata, "alpha_mode", nullptr, 0);
    const bool withAlpha = alpha && std::string_view(alpha->value) == "1";
    for (const DecoderChoice& choice : decodersFor(parameters.codec_id)) {
        if (withAlpha && std::string_view(choice.codec->name).starts_with("vp"))
            continue;
        CodecPointer codec(avcodec_alloc_context3(choice.codec));
        CHECK(codec);
        if (avcodec_parameters_to_context(codec.get(), &parameters) < 0)
            continue;
        codec->pkt_timebase = stream().time_base;
        codec->flags |= AV_CODEC_FLAG_BITEXACT;
        codec->max_pixels = maximumPixels;
        codec->err_recognition = errorRecognition(parameters.codec_id);
        if (parameters.codec_id == AV_CODEC_ID_EXR || !m_layer.empty())
            if (const auto chosen = chooseExrLayer(*codec, beginningOf(*m_source), m_layer); !chosen)
                return fail(chosen.error().fault, m_source->name() + ": " + chosen.error().message);
        if (parameters.codec_id == AV_CODEC_ID_MPEG4)
            codec->idct_algo = FF_IDCT_SIMPLE;
        // More threads change latency and memory, never a sample.
        codec->thread_count = m_careful || m_container.isStillFormat() ? 1 : 2;
        codec->thread_type = FF_THREAD_FRAME | FF_THREAD_SLICE;
        const int code = avcodec_open2(codec.get(), choice.codec, nullptr);
        if (code >= 0) {
            m_codec = std::move(codec);
            m_exact = choice.exact;
            return {};
        }
        reason = libavText(code);
    }
    return fail(Fault::BadInput, fmt::format("{}: its pictures are '{}', which cannot be decoded: {}; convert it to H.264", m_source->name(), avcodec_get_name(parameters.codec_id), reason));
}

void PictureStream::damagedAt(std::int64_t timestamp, const std::string& what)
{
    const double seconds = timestamp == AV_NOPTS_VALUE ? 0.0 : std::max(0.0, secondsOfFlicks(flicksOf(m_clock.at(timestamp))));
    m_damagePts = timestamp;
    if (m_container.isStillFormat()) {
        m_damage = Error{Fault::Corrupt, m_source->name() + ": its picture is cut off or damaged; copy or export it again"};
        return;
    }
    m_damage = Error{Fault::Corrupt, fmt::format("{}: {} at {:.3f} s", m_source->name(), what, seconds)};
}

bool PictureStream::isDamaged(const AVPacket& packet) const
{
    const ByteView bytes(packet.data, static_cast<std::size_t>(packet.size));
    if (m_codec->codec_id == AV_CODEC_ID_FFV1)
        return !hasGoodSliceSums(bytes);
    if (m_codec->codec_id == AV_CODEC_ID_MJPEG && m_container.isStillFormat())
        return !isWholeJpeg(bytes);
    // In a transport stream the flag only says that a counter jumped; the decoder knows better.
    const bool transport = av_match_list(m_container->iformat->name, "mpegts", ',') > 0;
    return !transport && (packet.flags & AV_PKT_FLAG_CORRUPT) != 0;
}

/// Sends one packet, or the end, to the decoder. Faults end in m_damage or, with several threads, in a careful second try.
Result<void> PictureStream::feed()
{
    m_untouched = false;
    if (!m_pendingPacket) {
        int code = 0;
        do {
            av_packet_unref(m_packet.get());
            code = av_read_frame(m_container.get(), m_packet.get());
        } while (code >= 0 && m_packet->stream_index != m_stream);
        if (code < 0) {
            if (code != AVERROR_EOF && !m_damage)
                damagedAt(m_lastPts, "cannot be read any further (" + libavText(code) + ")");
            m_ended = true;
            avcodec_send_packet(m_codec.get(), nullptr);
            return {};
        }
        if (const std::int64_t stamp = timestampOf(*m_packet); stamp != AV_NOPTS_VALUE)
            m_lastRead = stamp;
    }
    const bool corrupt = isDamaged(*m_packet);
    const int code = corrupt ? AVERROR_INVALIDDATA : avcodec_send_packet(m_codec.get(), m_packet.get());
    m_pendingPacket = code == AVERROR(EAGAIN);
    if (code >= 0 && m_counted && timestampOf(*m_packet) != AV_NOPTS_VALUE)
        m_stamps.push_back(timestampOf(*m_packet));
    if (code >= 0 || m_pendingPacket)
        return {};
    if (m_given == 0 && ++m_undecodable < toleratedBeforeFirst && !m_container.isStillFormat())
        return {};
    if (!m_careful && !corrupt)
        return retryCarefully();
    const std::int64_t pts = m_packet->pts != AV_NOPTS_VALUE ? m_packet->pts : m_lastRead;
    damagedAt(pts, corrupt ? "is cut off or damaged" : "picture data is damaged");
    m_ended = true;
    avcodec_send_packet(m_codec.get(), nullptr);
    return {};
}

/// With frame threads a fault is reported packets later; one thread shows exactly which pictures came before it.
Result<void> PictureStream::retryCarefully()
{
    const std::int64_t last = m_lastPts;
    const std::int64_t given = m_given;
    const bool fromStart = m_fromStart;
    m_careful = true;
    if (given > 0)
        TRY(moveTo(flicksOf(m_clock.at(last)) + 1));
    else
        TRY(rewind());
    if (last != AV_NOPTS_VALUE)
        m_dropBefore = last + 1;
    m_given = given;
    m_fromStart = fromStart;
    return {};
}

Result<std::optional<TimedPicture>> PictureStream::take(const AVFrame& frame)
{
    std::int64_t pts = frame.best_effort_timestamp;
    if (m_counted && !m_stamps.empty()) {
        pts = m_stamps.front();
        m_stamps.pop_front();
    }
    if (pts == AV_NOPTS_VALUE)
        pts = m_lastPts == AV_NOPTS_VALUE ? m_clock.first : m_lastPts + std::max<std::int64_t>(frame.pkt_duration, 1);
    if (!m_clock.isSane(pts)) {
        damagedAt(m_lastPts, "a time stamp is absurd after the picture");
        return std::optional<TimedPicture>();
    }
    if (m_dropBefore != AV_NOPTS_VALUE && pts < m_dropBefore)
        return std::optional<TimedPicture>();
    if (m_damage && m_damagePts != AV_NOPTS_VALUE && pts >= m_damagePts)
        return std::optional<TimedPicture>();
    if (m_lastPts != AV_NOPTS_VALUE && pts < m_lastPts)
        pts = m_lastPts;
    constexpr int broken = FF_DECODE_ERROR_INVALID_BITSTREAM | FF_DECODE_ERROR_CONCEALMENT_ACTIVE | FF_DECODE_ERROR_DECODE_SLICES;
    if ((frame.flags & AV_FRAME_FLAG_CORRUPT) != 0 || (frame.decode_error_flags & broken) != 0) {
        damagedAt(pts, "picture data is damaged");
        return std::optional<TimedPicture>();
    }
    const bool first = m_given == 0 && m_fromStart;
    if (first)
        m_clock.first = pts;
    auto picture = codedPictureOf(frame, m_codec->codec_id);
    if (!picture)
        return fail(picture.error().fault, m_source->name() + ": " + picture.error().message);
    m_lastPts = pts;
    ++m_given;
    return std::optional<TimedPicture>(TimedPicture{m_clock.at(pts), std::move(*picture), FramePointer(av_frame_clone(&frame)), first});
}

Result<std::optional<TimedPicture>> PictureStream::next()
{
    for (;;) {
        const int code = avcodec_receive_frame(m_codec.get(), m_frame.get());
        if (code >= 0) {
            auto taken = TRY(take(*m_frame));
            av_frame_unref(m_frame.get());
            if (taken)
                return taken;
            if (m_damage && !m_ended) {
                m_ended = true;
                avcodec_flush_buffers(m_codec.get());
                avcodec_send_packet(m_codec.get(), nullptr);
            }
        } else if (code == AVERROR(EAGAIN) && !m_ended) {
            TRY(feed());
        } else if (code == AVERROR_EOF || m_ended) {
            return finish();
        } else if (m_given == 0 && ++m_undecodable < toleratedBeforeFirst && !m_container.isStillFormat()) {
            continue;
        } else if (!m_careful) {
            TRY(retryCarefully());
        } else {
            damagedAt(m_lastRead, "picture data is damaged");
            m_ended = true;
            avcodec_send_packet(m_codec.get(), nullptr);
        }
    }
}

Result<std::optional<TimedPicture>> PictureStream::finish()
{
    if (!m_damage && m_given == 0 && !m_fromStart)
        return std::optional<TimedPicture>(); // the key picture was none to start from
    if (!m_damage && m_given == 0)
        return fail(Fault::BadInput, m_source->name() + ": has no picture that can be decoded; it may be damaged");
    if (!m_damage && m_promisedLast && m_lastRead != AV_NOPTS_VALUE && m_lastRead < *m_promisedLast)
        damagedAt(m_lastPts, "is cut off; its header promises more, the last whole picture is");
    const auto reached = m_lastPts == AV_NOPTS_VALUE ? 0 : av_rescale_q(m_lastPts, m_clock.base, AV_TIME_BASE_Q);
    if (!m_damage && !m_container.isStillFormat() && TRY(m_container.endsEarly(reached)))
        damagedAt(m_lastPts, "is cut off; its header promises more, the last whole picture is");
    if (m_damage)
        return tl::unexpected<Error>(*m_damage);
    return std::optional<TimedPicture>();
}

Result<void> PictureStream::rewind()
{
    if (m_untouched)
        return {};
    m_container = TRY(Container::open(m_source));
    if (m_stream >= static_cast<int>(m_container->nb_streams))
        return fail(Fault::Corrupt, m_source->name() + ": changed while it was read");
    m_container.keepOnly(m_stream);
    TRY(openCodec());
    av_packet_unref(m_packet.get());
    m_pendingPacket = m_ended = false;
    m_fromStart = m_untouched = true;
    m_given = m_undecodable = 0;
    m_lastPts = m_lastRead = m_dropBefore = AV_NOPTS_VALUE;
    m_stamps.clear();
    m_damage.reset();
    return {};
}

Result<void> PictureStream::loadKeys()
{
    if (m_keys)
        return {};
    m_keys.emplace();
    const bool reordersUntimed = m_counted && m_codec->has_b_frames > 0;
    if (av_match_list(m_container->iformat->name, "gif", ',') > 0 || m_container.isStillFormat() || reordersUntimed)
        return {}; // only the start is a safe place
    AVStream* const track = &stream();
    const int entries = avformat_index_get_entries_count(track);
    if (av_match_list(m_container->iformat->name, "mov,avi,matroska", ',') > 0 && entries > 0) {
        for (int i = 0; i < entries; ++i)
            if (const AVIndexEntry* entry = avformat_index_get_entry(track, i); (entry->flags & AVINDEX_KEYFRAME) != 0)
                m_keys->push_back(entry->timestamp);
    } else {
        for (const PacketCensus::Key& key : TRY(takeCensus(m_source, m_stream)).keys)
            m_keys->push_back(key.timestamp);
    }
    std::sort(m_keys->begin(), m_keys->end());
    return {};
}

/// Moves the demuxer to one key packet. The packet is kept to be decoded first; false if it is not found or is too late.
bool PictureStream::land(std::int64_t key, Flicks time)
{
    m_untouched = false;
    if (av_seek_frame(m_container.get(), m_stream, key, AVSEEK_FLAG_BACKWARD) < 0)
        return false;
    for (int walked = 0; walked < 2000; ++walked) {
        av_packet_unref(m_packet.get());
        if (av_read_frame(m_container.get(), m_packet.get()) < 0)
            return false;
        if (m_packet->stream_index != m_stream)
            continue;
        const bool isKey = (m_packet->flags & AV_PKT_FLAG_KEY) != 0 && (m_packet->dts == key || m_packet->pts == key);
        if (!isKey && m_packet->dts != AV_NOPTS_VALUE && m_packet->dts > key)
            return false;
        if (!isKey)
            continue;
        const std::int64_t shown = m_packet->pts != AV_NOPTS_VALUE ? m_packet->pts : m_packet->dts;
        return shown != AV_NOPTS_VALUE && m_clock.isSane(shown) && hasCome(m_clock.at(shown), time);
    }
    return false;
}

Result<Moved> PictureStream::moveTo(Flicks time, std::optional<Instant> after)
{
    // Counting through packets costs more than decoding a few seconds where the container has no index of its own.
    const bool indexed = av_match_list(m_container->iformat->name, "mov,avi,matroska", ',') > 0;
    constexpr Flicks some = 20 * flicksPerSecond;
    if (after && !indexed && !m_keys && time - flicksOf(*after) < some)
        return Moved::Nowhere;
    if (!after && !indexed && !m_keys && m_untouched && time < some)
        return Moved::ToStart;
    TRY(loadKeys());
    auto key = std::upper_bound(m_keys->begin(), m_keys->end(), m_clock.timestampAt(time) + 1);
    const std::int64_t reached = m_lastRead;
    if (after && (key == m_keys->begin() || *(key - 1) <= reached))
        return Moved::Nowhere;
    for (int tries = 0; key != m_keys->begin() && tries < 8; ++tries) {
        --key;
        if (key == m_keys->begin() || (after && *key <= reached))
            break;
        if (!land(*key, time))
            continue;
        TRY(openCodec()); // a fresh decoder remembers nothing, whatever the codec
        m_pendingPacket = true;
        m_ended = m_fromStart = false;
        m_given = m_undecodable = 0;
        m_lastPts = AV_NOPTS_VALUE;
        m_lastRead = timestampOf(*m_packet);
        m_dropBefore = m_packet->pts != AV_NOPTS_VALUE ? m_packet->pts : m_packet->dts;
        m_stamps.clear();
        m_damage.reset();
        return Moved::ToKey;
    }
    TRY(rewind());
    return Moved::ToStart;
}

} // namespace artdag
