// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/sound_reader.h"

#include <fmt/core.h>

#include <algorithm>

namespace artdag {

namespace {

struct OpenDecoder {
    CodecPointer codec;
    bool exact = true;
};

Result<OpenDecoder> openSoundDecoder(const std::string& name, const AVCodecParameters& parameters, AVRational timeBase)
{
    std::string reason = "this project has no decoder for it";
    for (const DecoderChoice& choice : decodersFor(parameters.codec_id)) {
        CodecPointer codec(avcodec_alloc_context3(choice.codec));
        CHECK(codec);
        if (avcodec_parameters_to_context(codec.get(), &parameters) < 0)
            continue;
        codec->pkt_timebase = timeBase;
        codec->flags |= AV_CODEC_FLAG_BITEXACT;
        codec->thread_count = 1;
        if (parameters.codec_id == AV_CODEC_ID_FLAC || parameters.codec_id == AV_CODEC_ID_ALAC)
            codec->err_recognition = AV_EF_CRCCHECK | AV_EF_EXPLODE;
        const int code = avcodec_open2(codec.get(), choice.codec, nullptr);
        if (code >= 0)
            return OpenDecoder{std::move(codec), choice.exact};
        reason = libavText(code);
    }
    return fail(Fault::BadInput, fmt::format("{}: its sound is '{}', which cannot be decoded: {}; convert it to AAC, FLAC or WAV", name, avcodec_get_name(parameters.codec_id), reason));
}

} // namespace

Result<std::string> soundDecoderOf(const SourcePointer& source, const AVCodecParameters& parameters)
{
    const OpenDecoder decoder = TRY(openSoundDecoder(source->name(), parameters, AVRational{1, std::max(1, parameters.sample_rate)}));
    return fmt::format("{} {}{}", decoder.codec->codec->name, libavVersion(), decoder.exact ? "" : " inexact");
}

Result<SoundReader> SoundReader::open(SourcePointer source, int stream)
{
    Container container = TRY(Container::open(source, stream));
    if (stream >= static_cast<int>(container->nb_streams))
        return fail(Fault::Corrupt, source->name() + ": changed while it was read");
    container.keepOnly(stream);
    const AVStream& track = *container->streams[stream];
    OpenDecoder decoder = TRY(openSoundDecoder(source->name(), *track.codecpar, track.time_base));
    SoundReader reader(std::move(source), stream, std::move(container), std::move(decoder.codec));
    reader.m_begin = track.start_time == AV_NOPTS_VALUE ? 0 : track.start_time;
    reader.m_promised = reader.m_container.promisedLast(stream);
    return reader;
}

Result<const AVFrame*> SoundReader::next()
{
    for (;;) {
        av_frame_unref(m_frame.get());
        if (m_sent) {
            const int code = avcodec_receive_frame(m_codec.get(), m_frame.get());
            if (code >= 0) {
                ++m_frames;
                return m_frame.get();
            }
            if (code != AVERROR(EAGAIN) && code != AVERROR_EOF)
                fault();
            m_sent = false;
        }
        if (m_flushed) {
            TRY(checkEnd());
            return nullptr;
        }
        m_sent = TRY(sendPacket());
    }
}

/// Gives the decoder another packet, or word of the end; whether it may have frames now.
Result<bool> SoundReader::sendPacket()
{
    av_packet_unref(m_packet.get());
    const int code = av_read_frame(m_container.get(), m_packet.get());
    if (code < 0 && code != AVERROR_EOF)
        return damaged("its sound cannot be read any further (" + libavText(code) + ")");
    m_flushed = code < 0;
    if (m_flushed) {
        const int sent = avcodec_send_packet(m_codec.get(), nullptr);
        if (sent < 0 && sent != AVERROR_EOF)
            fault();
        return sent >= 0 || sent == AVERROR_EOF;
    }
    if (m_packet->stream_index != m_stream)
        return false;
    if (m_suspect)
        return damaged("its sound is damaged");
    if (m_packet->pts != AV_NOPTS_VALUE)
        m_last = m_packet->dts != AV_NOPTS_VALUE ? m_packet->dts : m_packet->pts;
    if ((m_packet->flags & AV_PKT_FLAG_CORRUPT) != 0)
        return damaged("its sound is cut off or damaged");
    const int sent = avcodec_send_packet(m_codec.get(), m_packet.get());
    if (sent < 0 && sent != AVERROR_EOF)
        fault();
    return sent >= 0 || sent == AVERROR_EOF;
}

Result<void> SoundReader::checkEnd()
{
    if (m_promised && m_last != AV_NOPTS_VALUE && m_last < *m_promised)
        return damaged("its sound is cut off");
    if (m_last != AV_NOPTS_VALUE && TRY(m_container.endsEarly(av_rescale_q(m_last, track().time_base, AV_TIME_BASE_Q))))
        return damaged("its sound is cut off");
    if (m_frames == 0)
        return fail(Fault::BadInput, m_source->name() + ": has no sound that can be decoded; it may be damaged");
    return {};
}

tl::unexpected<Error> SoundReader::damaged(const std::string& what) const
{
    const AVRational base = track().time_base;
    const double seconds = m_last == AV_NOPTS_VALUE ? 0.0 : static_cast<double>(m_last - m_begin) * base.num / base.den;
    return fail(Fault::Corrupt, fmt::format("{}: {} at {:.3f} s", m_source->name(), what, std::max(0.0, seconds)));
}

/// A fault in the first packets (a stream cut out of a longer one) or in the very last one (a tag) is no damage.
void SoundReader::fault()
{
    m_suspect = m_suspect || m_frames > 0;
}

bool SoundReader::canSeek() const
{
    // Others carry overlaps, noise or dither over from packet to packet, or have coarser clocks than samples.
    const AVCodecParameters& parameters = *track().codecpar;
    const std::string_view format = m_container->iformat->name;
    const bool independent = (format == "wav" && isPcm(parameters.codec_id)) || (format == "flac" && parameters.codec_id == AV_CODEC_ID_FLAC);
    return independent && track().time_base.num == 1 && track().time_base.den == parameters.sample_rate;
}

bool SoundReader::seek(std::int64_t timestamp)
{
    m_sent = m_flushed = m_suspect = false;
    if (av_seek_frame(m_container.get(), m_stream, timestamp, AVSEEK_FLAG_BACKWARD) < 0)
        return false;
    avcodec_flush_buffers(m_codec.get());
    return true;
}

} // namespace artdag
