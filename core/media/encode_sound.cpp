// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/encode.h"
#include "core/media/sound_encoder.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstring>
#include <iterator>
#include <limits>
#include <utility>

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

class SoundEncoding final : public SoundEncoder {
public:
    SoundEncoding(std::string profile, CodecPointer encoder)
        : m_profile(std::move(profile)),
          m_encoder(std::move(encoder)),
          m_block(m_encoder->frame_size > 0 ? m_encoder->frame_size : pcmBlock),
          m_sampleBytes((isLossy(*m_encoder) ? 2U : 4U) * soundChannels)
    {
        m_sound.extradata.assign(m_encoder->extradata, m_encoder->extradata + m_encoder->extradata_size);
        m_sound.priming = m_encoder->initial_padding;
        m_sound.samples = std::numeric_limits<std::int64_t>::max(); // until it is known
        m_sound.frameSize = m_encoder->frame_size;
    }

    Result<std::vector<Packet>> add(ByteView canonical) override
    {
        const PlainNumbers plain;
        const std::size_t blockBytes = static_cast<std::size_t>(m_block) * m_sampleBytes;
        if (!m_rest.empty()) {
            const ByteView filling = canonical.first(std::min(canonical.size(), blockBytes - m_rest.size()));
            m_rest.insert(m_rest.end(), filling.begin(), filling.end());
            canonical = canonical.subspan(filling.size());
            if (m_rest.size() == blockBytes) {
                TRY(encode(m_rest));
                m_rest.clear();
            }
        }
        for (; canonical.size() >= blockBytes; canonical = canonical.subspan(blockBytes))
            TRY(encode(canonical.first(blockBytes)));
        m_rest.insert(m_rest.end(), canonical.begin(), canonical.end());
        std::vector<Packet> done;
        if (m_sound.packets.size() > 1) { // the last one may be the last of all, which is shorter
            Packet last = std::move(m_sound.packets.back());
            m_sound.packets.pop_back();
            done = std::exchange(m_sound.packets, {});
            m_sound.packets.push_back(std::move(last));
        }
        return done;
    }

    Result<EncodedSound> finish() override
    {
        const PlainNumbers plain;
        if (!m_rest.empty())
            TRY(encode(m_rest));
        m_sound.samples = m_given;
        if (m_given == 0)
            return fail(Fault::BadInput, fmt::format("profile '{}': sound without a single sample", m_profile));
        TRY(checked(avcodec_send_frame(m_encoder.get(), nullptr)));
        TRY(collect());
        m_sound.packets.back().duration = std::max<std::int64_t>(1, m_sound.samples - m_sound.packets.back().pts);
        return std::move(m_sound);
    }

private:
    /// A whole block, or what is left at the end.
    Result<void> encode(ByteView samples)
    {
        av_frame_unref(m_frame.get());
        m_frame->format = m_encoder->sample_fmt;
        m_frame->sample_rate = m_encoder->sample_rate;
        m_frame->nb_samples = static_cast<int>(samples.size() / m_sampleBytes);
        m_frame->pts = m_given;
        m_given += m_frame->nb_samples;
        av_channel_layout_copy(&m_frame->ch_layout, &m_encoder->ch_layout);
        TRY(checked(av_frame_get_buffer(m_frame.get(), 0)));
        isLossy(*m_encoder) ? fillShort(*m_frame, samples.data()) : fillWhole(*m_frame, samples.data());
        TRY(checked(avcodec_send_frame(m_encoder.get(), m_frame.get())));
        return collect();
    }

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

    std::string m_profile;
    CodecPointer m_encoder;
    int m_block;
    std::size_t m_sampleBytes;
    Bytes m_rest; ///< less than a block
    std::int64_t m_given = 0;
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
Result<std::unique_ptr<SoundEncoder>> makeSoundEncoder(const EncodeProfile& profile, int sampleRate)
{
    CodecPointer encoder = TRY(openSoundEncoder(profile, sampleRate));
    return std::unique_ptr<SoundEncoder>(std::make_unique<SoundEncoding>(profile.name, std::move(encoder)));
}

Result<EncodedSound> encodeSound(const EncodeProfile& profile, ByteView canonical, int sampleRate)
{
    const auto encoder = TRY(makeSoundEncoder(profile, sampleRate));
    std::vector<Packet> packets = TRY(encoder->add(canonical));
    EncodedSound sound = TRY(encoder->finish());
    packets.insert(packets.end(), std::make_move_iterator(sound.packets.begin()), std::make_move_iterator(sound.packets.end()));
    sound.packets = std::move(packets);
    return sound;
}

Result<EncodedSound> encodeSound(const EncodeProfile& profile, const Sound& sound, int sampleRate)
{
    return encodeSound(profile, profile.losslessSound() ? toS24(sound) : toS16(sound), sampleRate);
}

} // namespace artdag
