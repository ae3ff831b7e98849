// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/sound_stream.h"

#include "core/base/time.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstring>
#include <functional>
#include <optional>

namespace artdag {

namespace {

constexpr std::int64_t longestSound = std::int64_t{1} << 31; ///< samples: 12 h at 48 kHz, 8 GiB a channel

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

/// Demuxes and decodes one stream from its start to its end.
class SoundReader {
public:
    SoundReader(SourcePointer source, int stream)
        : m_source(std::move(source)),
          m_stream(stream) {}

    Result<void> run(const std::function<Result<void>(const AVFrame&)>& take)
    {
        Container container = TRY(Container::open(m_source));
        if (m_stream >= static_cast<int>(container->nb_streams))
            return fail(Fault::Corrupt, m_source->name() + ": changed while it was read");
        container.keepOnly(m_stream);
        const AVStream& stream = *container->streams[m_stream];
        m_base = stream.time_base;
        m_begin = stream.start_time == AV_NOPTS_VALUE ? 0 : stream.start_time;
        const auto promised = container.promisedLast(m_stream);
        const OpenDecoder decoder = TRY(openSoundDecoder(m_source->name(), *stream.codecpar, m_base));
        const PacketPointer packet = makePacket();
        int code = 0;
        while ((code = av_read_frame(container.get(), packet.get())) >= 0) {
            if (packet->stream_index == m_stream)
                TRY(decode(*decoder.codec, packet.get(), take));
            av_packet_unref(packet.get());
        }
        if (code != AVERROR_EOF)
            return damaged("its sound cannot be read any further (" + libavText(code) + ")");
        TRY(decode(*decoder.codec, nullptr, take));
        if (promised && m_last != AV_NOPTS_VALUE && m_last < *promised)
            return damaged("its sound is cut off");
        if (m_last != AV_NOPTS_VALUE && TRY(container.endsEarly(av_rescale_q(m_last, m_base, AV_TIME_BASE_Q))))
            return damaged("its sound is cut off");
        if (m_frames == 0)
            return fail(Fault::BadInput, m_source->name() + ": has no sound that can be decoded; it may be damaged");
        return {};
    }

private:
    Result<void> damaged(const std::string& what) const
    {
        const double seconds = m_last == AV_NOPTS_VALUE ? 0.0 : static_cast<double>(m_last - m_begin) * m_base.num / m_base.den;
        return fail(Fault::Corrupt, fmt::format("{}: {} at {:.3f} s", m_source->name(), what, std::max(0.0, seconds)));
    }

    /// A fault in the first packets (a stream cut out of a longer one) or in the very last one (a tag) is no damage.
    Result<void> fault()
    {
        if (m_frames > 0 && !m_suspect)
            m_suspect = true;
        return {};
    }

    Result<void> decode(AVCodecContext& codec, AVPacket* packet, const std::function<Result<void>(const AVFrame&)>& take)
    {
        if (packet && m_suspect)
            return damaged("its sound is damaged");
        if (packet && packet->pts != AV_NOPTS_VALUE)
            m_last = packet->dts != AV_NOPTS_VALUE ? packet->dts : packet->pts;
        if (packet && (packet->flags & AV_PKT_FLAG_CORRUPT) != 0)
            return damaged("its sound is cut off or damaged");
        if (const int sent = avcodec_send_packet(&codec, packet); sent < 0 && sent != AVERROR_EOF)
            return fault();
        for (;;) {
            const int code = avcodec_receive_frame(&codec, m_frame.get());
            if (code == AVERROR(EAGAIN) || code == AVERROR_EOF)
                return {};
            if (code < 0)
                return fault();
            ++m_frames;
            TRY(take(*m_frame));
            av_frame_unref(m_frame.get());
        }
    }

    SourcePointer m_source;
    int m_stream;
    AVRational m_base{1, 1};
    std::int64_t m_begin = 0;
    std::int64_t m_last = AV_NOPTS_VALUE;
    std::int64_t m_frames = 0;
    bool m_suspect = false;
    FramePointer m_frame = makeFrame();
};

/// One channel of a frame, `scale(sample)` for each.
template <class Sample, class Scale>
void readSamples(const AVFrame& frame, int channel, float* out, Scale&& scale)
{
    const bool planar = av_sample_fmt_is_planar(static_cast<AVSampleFormat>(frame.format)) != 0;
    const std::size_t step = planar ? 1 : static_cast<std::size_t>(frame.ch_layout.nb_channels);
    const std::uint8_t* from = frame.extended_data[planar ? channel : 0] + (planar ? 0 : static_cast<std::size_t>(channel) * sizeof(Sample));
    for (int i = 0; i < frame.nb_samples; ++i, from += step * sizeof(Sample)) {
        Sample value;
        std::memcpy(&value, from, sizeof value);
        out[i] = scale(value);
    }
}

std::vector<float> samplesOf(const AVFrame& frame, int channel)
{
    std::vector<float> out(static_cast<std::size_t>(frame.nb_samples));
    switch (av_get_packed_sample_fmt(static_cast<AVSampleFormat>(frame.format))) {
    case AV_SAMPLE_FMT_U8:
        readSamples<std::uint8_t>(frame, channel, out.data(), [](std::uint8_t value) { return static_cast<float>(value - 128) / 128.0F; });
        break;
    case AV_SAMPLE_FMT_S16:
        readSamples<std::int16_t>(frame, channel, out.data(), [](std::int16_t value) { return static_cast<float>(value) / 32768.0F; });
        break;
    case AV_SAMPLE_FMT_S32:
        readSamples<std::int32_t>(frame, channel, out.data(), [](std::int32_t value) { return static_cast<float>(static_cast<double>(value) / 2147483648.0); });
        break;
    case AV_SAMPLE_FMT_S64:
        readSamples<std::int64_t>(frame, channel, out.data(), [](std::int64_t value) { return static_cast<float>(static_cast<double>(value) / 9223372036854775808.0); });
        break;
    case AV_SAMPLE_FMT_DBL:
        readSamples<double>(frame, channel, out.data(), [](double value) { return static_cast<float>(value); });
        break;
    default:
        readSamples<float>(frame, channel, out.data(), [](float value) { return value; });
    }
    return out;
}

/// How loud one channel of a layout is on the left and on the right.
struct Share {
    double left = 0;
    double right = 0;
};

Share shareOf(AVChannel channel)
{
    constexpr double minus3dB = 0.70710678118654752440;
    switch (channel) {
    case AV_CHAN_FRONT_LEFT:
    case AV_CHAN_STEREO_LEFT:
        return {1, 0};
    case AV_CHAN_FRONT_RIGHT:
    case AV_CHAN_STEREO_RIGHT:
        return {0, 1};
    case AV_CHAN_FRONT_CENTER:
        return {minus3dB, minus3dB};
    case AV_CHAN_BACK_LEFT:
    case AV_CHAN_SIDE_LEFT:
    case AV_CHAN_FRONT_LEFT_OF_CENTER:
    case AV_CHAN_WIDE_LEFT:
        return {minus3dB, 0};
    case AV_CHAN_BACK_RIGHT:
    case AV_CHAN_SIDE_RIGHT:
    case AV_CHAN_FRONT_RIGHT_OF_CENTER:
    case AV_CHAN_WIDE_RIGHT:
        return {0, minus3dB};
    case AV_CHAN_LOW_FREQUENCY:
    case AV_CHAN_LOW_FREQUENCY_2:
        return {0, 0};
    default:
        return {0.5, 0.5};
    }
}

std::vector<Share> sharesOf(const AVChannelLayout& layout)
{
    const int count = layout.nb_channels;
    if (count == 1)
        return {{1, 1}};
    std::vector<Share> shares(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
        const AVChannel channel = av_channel_layout_channel_from_index(&layout, static_cast<unsigned>(i));
        const bool known = layout.order == AV_CHANNEL_ORDER_NATIVE || layout.order == AV_CHANNEL_ORDER_CUSTOM;
        shares[static_cast<std::size_t>(i)] = known ? shareOf(channel) : Share{i == 0 ? 1.0 : 0.0, i == 1 ? 1.0 : 0.0};
    }
    double left = 0;
    double right = 0;
    for (const Share& share : shares) {
        left += share.left;
        right += share.right;
    }
    const double loudest = std::max({left, right, 1.0});
    for (Share& share : shares)
        share = {share.left / loudest, share.right / loudest};
    return shares;
}

/// Lines frames up on the time line and mixes them down.
class SoundAssembly {
public:
    SoundAssembly(std::string name, int rate, AVRational base, PresentationStart start, std::int64_t longestGap)
        : m_name(std::move(name)),
          m_rate(rate),
          m_base(base),
          m_start(start),
          m_longestGap(longestGap)
    {
        m_left.reserve(static_cast<std::size_t>(longestGap)); // as long as the file says it is: pages are taken when they are written
        m_right.reserve(static_cast<std::size_t>(longestGap));
    }

    Result<void> add(const AVFrame& frame)
    {
        if (frame.nb_samples <= 0 || frame.ch_layout.nb_channels <= 0)
            return {};
        if (frame.sample_rate != m_rate)
            return fail(Fault::Corrupt, fmt::format("{}: its sample rate changes from {} to {} at {:.3f} s", m_name, m_rate, frame.sample_rate, seconds()));
        const int skip = TRY(align(frame));
        const auto count = static_cast<std::size_t>(std::max(0, frame.nb_samples - skip));
        if (m_left.size() + count > static_cast<std::size_t>(longestSound))
            return fail(Fault::BadInput, m_name + ": its sound is longer than 12 hours");
        const std::vector<Share> shares = sharesOf(frame.ch_layout);
        std::vector<double> left(count), right(count);
        for (int channel = 0; channel < frame.ch_layout.nb_channels; ++channel) {
            const std::vector<float> samples = samplesOf(frame, channel);
            const Share share = shares[static_cast<std::size_t>(channel)];
            for (std::size_t i = 0; i < count; ++i) {
                const double value = samples[static_cast<std::size_t>(skip) + i];
                left[i] += value * share.left;
                right[i] += value * share.right;
            }
        }
        for (std::size_t i = 0; i < count; ++i) {
            m_left.push_back(static_cast<float>(left[i]));
            m_right.push_back(static_cast<float>(right[i]));
        }
        return {};
    }

    /// `end`: where an edit list cuts the sound, which FFmpeg leaves to its callers.
    Sound finish(std::optional<std::int64_t> end) const
    {
        const auto decoded = static_cast<std::int64_t>(m_left.size());
        const std::int64_t count = end ? std::clamp<std::int64_t>(*end, 0, decoded) : decoded;
        Sound sound(SampleRange{0, count});
        std::copy_n(m_left.begin(), count, sound.channel(0));
        std::copy_n(m_right.begin(), count, sound.channel(1));
        return sound;
    }

private:
    [[nodiscard]] double seconds() const { return static_cast<double>(m_left.size()) / m_rate; }

    /// How many samples of the frame lie before the presentation; puts silence where nothing was said.
    Result<int> align(const AVFrame& frame)
    {
        const std::int64_t pts = frame.best_effort_timestamp != AV_NOPTS_VALUE ? frame.best_effort_timestamp : frame.pts;
        if (pts == AV_NOPTS_VALUE)
            return 0;
        const AVRational samples{1, m_rate};
        const std::int64_t at = av_rescale_q(pts, m_base, samples) - av_rescale_q(m_start.zero, m_start.base, samples);
        const std::int64_t tick = av_rescale_q_rnd(1, m_base, samples, AV_ROUND_UP);
        const std::int64_t here = static_cast<std::int64_t>(m_left.size());
        const std::int64_t gap = at - here;
        const bool begins = here == 0;
        // Coarse ticks jitter; only a start that is off by more than one, and real holes, are believed.
        if (begins ? std::abs(gap) <= (tick > 1 ? tick : 0) : gap < std::max<std::int64_t>(m_rate / 10, 2 * tick))
            return 0;
        if (gap < 0) {
            if (-gap >= frame.nb_samples)
                return frame.nb_samples; // wholly before the presentation
            return static_cast<int>(-gap);
        }
        if (gap > m_longestGap)
            return fail(Fault::Corrupt, fmt::format("{}: its sound jumps by {:.1f} s at {:.3f} s, which is longer than the file says it is", m_name, static_cast<double>(gap) / m_rate, seconds()));
        m_left.resize(m_left.size() + static_cast<std::size_t>(gap), 0.0F);
        m_right.resize(m_left.size(), 0.0F);
        return 0;
    }

    std::string m_name;
    int m_rate;
    AVRational m_base;
    PresentationStart m_start;
    std::int64_t m_longestGap;
    std::vector<float> m_left;
    std::vector<float> m_right;
};

} // namespace

Result<std::string> soundDecoderOf(const SourcePointer& source, const AVCodecParameters& parameters)
{
    const OpenDecoder decoder = TRY(openSoundDecoder(source->name(), parameters, AVRational{1, std::max(1, parameters.sample_rate)}));
    return fmt::format("{} {}{}", decoder.codec->codec->name, libavVersion(), decoder.exact ? "" : " inexact");
}

Result<Sound> decodeWholeSound(const SourcePointer& source, int stream, PresentationStart start)
{
    const Container container = TRY(Container::open(source));
    if (stream >= static_cast<int>(container->nb_streams))
        return fail(Fault::Corrupt, source->name() + ": changed while it was read");
    const AVStream& track = *container->streams[stream];
    const std::int64_t said = container->duration > 0 ? av_rescale(container->duration, track.codecpar->sample_rate, AV_TIME_BASE) : 0;
    const std::int64_t longestGap = std::clamp<std::int64_t>(said, 0, longestSound / 8) + track.codecpar->sample_rate;
    SoundAssembly assembly(source->name(), track.codecpar->sample_rate, track.time_base, start, longestGap);
    TRY(SoundReader(source, stream).run([&](const AVFrame& frame) { return assembly.add(frame); }));
    std::optional<std::int64_t> end;
    const bool edited = av_match_list(container->iformat->name, "mov", ',') > 0;
    if (edited && track.duration > 0 && track.start_time != AV_NOPTS_VALUE && track.start_time < INT64_MAX / 4 && track.duration < INT64_MAX / 4)
        end = av_rescale_q(track.start_time + track.duration, track.time_base, AVRational{1, track.codecpar->sample_rate})
            - av_rescale_q(start.zero, start.base, AVRational{1, track.codecpar->sample_rate});
    return assembly.finish(end);
}

Result<Bytes> decodeWholeSoundBytes(const SourcePointer& source, int stream)
{
    Bytes bytes;
    TRY(SoundReader(source, stream).run([&](const AVFrame& frame) -> Result<void> {
        const auto format = static_cast<AVSampleFormat>(frame.format);
        const bool planar = av_sample_fmt_is_planar(format) != 0;
        const int size = av_get_bytes_per_sample(format);
        const int channels = frame.ch_layout.nb_channels;
        const AVSampleFormat packed = av_get_packed_sample_fmt(format);
        if (packed != AV_SAMPLE_FMT_S16 && packed != AV_SAMPLE_FMT_S32)
            return fail(Fault::BadInput, source->name() + ": its sound is not of whole numbers, so it has no bytes to compare");
        if (bytes.size() + static_cast<std::size_t>(frame.nb_samples) * channels * size > static_cast<std::size_t>(longestSound) * 8)
            return fail(Fault::BadInput, source->name() + ": its sound is longer than 12 hours");
        for (int i = 0; i < frame.nb_samples; ++i)
            for (int channel = 0; channel < channels; ++channel) {
                const std::size_t at = planar ? static_cast<std::size_t>(i) : static_cast<std::size_t>(i) * channels + channel;
                const std::uint8_t* sample = frame.extended_data[planar ? channel : 0] + at * size;
                if (packed == AV_SAMPLE_FMT_S16) {
                    bytes.insert(bytes.end(), sample, sample + 2);
                    continue;
                }
                std::int32_t value = 0;
                std::memcpy(&value, sample, sizeof value);
                value >>= 8; // FFmpeg keeps 24 bits at the top
                const auto* low = reinterpret_cast<const std::uint8_t*>(&value);
                bytes.insert(bytes.end(), low, low + 4);
            }
        return {};
    }));
    return bytes;
}

} // namespace artdag
