// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/encode.h"
#include "core/media/sound_encoder.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstring>

namespace artdag {

namespace {

constexpr int pcmBlock = 4096;

/// Lossless codecs take s32, of which the upper 24 bits count.
bool isLossy(const AVCodecContext& encoder)
{
    return encoder.sample_fmt != AV_SAMPLE_FMT_S32;
}

/// What a codec that throws samples away is best given: all take the s16 that is hashed without another rounding.
AVSampleFormat sampleFormatOf(const EncodeProfile& profile)
{
    if (profile.losslessSound())
        return AV_SAMPLE_FMT_S32;
    return profile.audioCodec == "aac" ? AV_SAMPLE_FMT_FLTP : profile.audioCodec == "libmp3lame" ? AV_SAMPLE_FMT_S16P
                                                                                                 : AV_SAMPLE_FMT_S16;
}

void fillShort(AVFrame& frame, const std::uint8_t* samples)
{
    if (frame.format == AV_SAMPLE_FMT_S16) {
        std::memcpy(frame.extended_data[0], samples, static_cast<std::size_t>(frame.nb_samples) * soundChannels * 2);
        return;
    }
    for (int i = 0; i < frame.nb_samples; ++i)
        for (int channel = 0; channel < soundChannels; ++channel) {
            std::int16_t value = 0;
            std::memcpy(&value, samples + (static_cast<std::ptrdiff_t>(i) * soundChannels + channel) * 2, 2);
            if (frame.format == AV_SAMPLE_FMT_FLTP)
                reinterpret_cast<float*>(frame.extended_data[channel])[i] = static_cast<float>(value) / 32768.0F;
            else
                reinterpret_cast<std::int16_t*>(frame.extended_data[channel])[i] = value;
        }
}

/// FFmpeg keeps 24 bits at the top of 32.
void fillWhole(AVFrame& frame, const std::uint8_t* samples)
{
    for (int i = 0; i < frame.nb_samples * soundChannels; ++i) {
        std::uint32_t value = 0;
        std::memcpy(&value, samples + static_cast<std::ptrdiff_t>(i) * 4, 4);
        value <<= 8;
        std::memcpy(frame.extended_data[0] + static_cast<std::ptrdiff_t>(i) * 4, &value, 4);
    }
}

class SoundEncoding {
public:
    SoundEncoding(CodecPointer encoder, std::int64_t samples)
        : m_encoder(std::move(encoder))
    {
        m_sound.extradata.assign(m_encoder->extradata, m_encoder->extradata + m_encoder->extradata_size);
        m_sound.priming = m_encoder->initial_padding;
        m_sound.samples = samples;
        m_sound.frameSize = m_encoder->frame_size;
    }

    Result<EncodedSound> run(ByteView bytes)
    {
        const PlainNumbers plain;
        const int block = m_encoder->frame_size > 0 ? m_encoder->frame_size : pcmBlock;
        const std::size_t sampleBytes = (isLossy(*m_encoder) ? 2U : 4U) * soundChannels;
        for (std::int64_t at = 0; at < m_sound.samples; at += block) {
            av_frame_unref(m_frame.get());
            m_frame->format = m_encoder->sample_fmt;
            m_frame->sample_rate = m_encoder->sample_rate;
            m_frame->nb_samples = static_cast<int>(std::min<std::int64_t>(block, m_sound.samples - at));
            m_frame->pts = at;
            av_channel_layout_copy(&m_frame->ch_layout, &m_encoder->ch_layout);
            TRY(checked(av_frame_get_buffer(m_frame.get(), 0)));
            const std::uint8_t* samples = bytes.data() + static_cast<std::size_t>(at) * sampleBytes;
            isLossy(*m_encoder) ? fillShort(*m_frame, samples) : fillWhole(*m_frame, samples);
            TRY(checked(avcodec_send_frame(m_encoder.get(), m_frame.get())));
            TRY(collect());
        }
        TRY(checked(avcodec_send_frame(m_encoder.get(), nullptr)));
        TRY(collect());
        m_sound.packets.back().duration = std::max<std::int64_t>(1, m_sound.samples - m_sound.packets.back().pts);
        return std::move(m_sound);
    }

private:
    Result<void> checked(int code) const
    {
        if (code < 0)
            return fail(Fault::Unavailable, fmt::format("encoder '{}' failed at sample {}: {}", m_encoder->codec->name, m_next, libavText(code)));
        return {};
    }

    Result<void> collect()
    {
        for (;;) {
            const int code = avcodec_receive_packet(m_encoder.get(), m_packet.get());
            if (code == AVERROR(EAGAIN) || code == AVERROR_EOF)
                return {};
            TRY(checked(code));
            std::size_t size = 0;
            // FLAC knows its MD5 and sizes only at the end.
            if (const std::uint8_t* late = av_packet_get_side_data(m_packet.get(), AV_PKT_DATA_NEW_EXTRADATA, &size))
                m_sound.extradata.assign(late, late + size);
            if (m_packet->size > 0 && m_next - m_sound.priming < m_sound.samples)
                append();
            av_packet_unref(m_packet.get());
        }
    }

    /// Times are counted, not taken over: each packet holds a whole block, the last what is left.
    void append()
    {
        Packet packet;
        packet.pts = packet.dts = m_next - m_sound.priming;
        packet.duration = m_encoder->frame_size > 0 ? m_encoder->frame_size : m_packet->duration;
        packet.key = true;
        packet.data.assign(m_packet->data, m_packet->data + m_packet->size);
        m_next += packet.duration;
        m_sound.packets.push_back(std::move(packet));
    }

    CodecPointer m_encoder;
    FramePointer m_frame = makeFrame();
    PacketPointer m_packet = makePacket();
    EncodedSound m_sound;
    std::int64_t m_next = 0;
};

} // namespace

Result<CodecPointer> openSoundEncoder(const EncodeProfile& profile, int sampleRate)
{
    prepareLibav();
    if (profile.audioCodec.empty())
        return fail(Fault::BadInput, fmt::format("profile '{}' has no sound", profile.name));
    const AVCodec* codec = avcodec_find_encoder_by_name(profile.audioCodec.c_str());
    if (!codec)
        return fail(Fault::Unavailable, fmt::format("encoder '{}' is not in this FFmpeg", profile.audioCodec));
    CodecPointer encoder(avcodec_alloc_context3(codec));
    CHECK(encoder);
    encoder->sample_rate = sampleRate;
    encoder->time_base = {1, sampleRate};
    encoder->sample_fmt = sampleFormatOf(profile);
    encoder->bits_per_raw_sample = profile.losslessSound() ? 24 : 0;
    encoder->bit_rate = profile.audioBitsPerSecond;
    av_channel_layout_default(&encoder->ch_layout, soundChannels);
    encoder->flags |= AV_CODEC_FLAG_BITEXACT | AV_CODEC_FLAG_GLOBAL_HEADER;
    encoder->thread_count = 1;
    const PlainNumbers plain;
    LibavOptions options;
    if (profile.audioCodec == "flac")
        options.set("lpc_type", "fixed"); // the other searches use floating point that differs between machines
    if (const int code = avcodec_open2(encoder.get(), codec, options.address()); code < 0)
        return fail(Fault::BadInput, fmt::format("profile '{}': {} cannot hold sound of {} Hz ({}); 48000 and 44100 always work", profile.name, profile.audioCodec, sampleRate, libavText(code)));
    return encoder;
}

/// Canonical samples (docs/formats.md, "Frames hash"): lossy codecs see the s16 that is hashed, lossless ones the s24.
Result<EncodedSound> encodeSound(const EncodeProfile& profile, ByteView canonical, int sampleRate)
{
    CodecPointer encoder = TRY(openSoundEncoder(profile, sampleRate));
    const auto samples = static_cast<std::int64_t>(canonical.size() / ((isLossy(*encoder) ? 2U : 4U) * soundChannels));
    if (samples < 1)
        return fail(Fault::BadInput, fmt::format("profile '{}': sound without a single sample", profile.name));
    return SoundEncoding(std::move(encoder), samples).run(canonical);
}

Result<EncodedSound> encodeSound(const EncodeProfile& profile, const Sound& sound, int sampleRate)
{
    return encodeSound(profile, profile.losslessSound() ? toS24(sound) : toS16(sound), sampleRate);
}

} // namespace artdag
