// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/sound_stream.h"

#include "core/base/time.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstring>
#include <optional>

namespace artdag {

namespace {

constexpr std::int64_t longestSound = std::int64_t{1} << 31; ///< samples: 12 h at 48 kHz, 8 GiB a channel
constexpr std::size_t pieceSamples = 16384;                  ///< frames are gathered up to that

/// One channel of a frame from sample `skip` on, `scale(sample)` for each.
template <class Sample, class Scale>
void readSamples(const AVFrame& frame, int channel, int skip, float* out, Scale&& scale)
{
    const bool planar = av_sample_fmt_is_planar(static_cast<AVSampleFormat>(frame.format)) != 0;
    const std::size_t step = planar ? 1 : static_cast<std::size_t>(frame.ch_layout.nb_channels);
    const std::uint8_t* from = frame.extended_data[planar ? channel : 0] + (planar ? 0 : static_cast<std::size_t>(channel) * sizeof(Sample));
    const auto read = [&](std::size_t distance) {
        for (int i = skip; i < frame.nb_samples; ++i) {
            Sample value;
            std::memcpy(&value, from + static_cast<std::size_t>(i) * distance * sizeof(Sample), sizeof value);
            out[i - skip] = scale(value);
        }
    };
    step == 1 ? read(1) : step == 2 ? read(2)
                                    : read(step);
}

void readChannel(const AVFrame& frame, int channel, int skip, float* out)
{
    switch (av_get_packed_sample_fmt(static_cast<AVSampleFormat>(frame.format))) {
    case AV_SAMPLE_FMT_U8:
        return readSamples<std::uint8_t>(frame, channel, skip, out, [](std::uint8_t value) { return static_cast<float>(value - 128) / 128.0F; });
    case AV_SAMPLE_FMT_S16:
        return readSamples<std::int16_t>(frame, channel, skip, out, [](std::int16_t value) { return static_cast<float>(value) / 32768.0F; });
    case AV_SAMPLE_FMT_S32:
        return readSamples<std::int32_t>(frame, channel, skip, out, [](std::int32_t value) { return static_cast<float>(static_cast<double>(value) / 2147483648.0); });
    case AV_SAMPLE_FMT_S64:
        return readSamples<std::int64_t>(frame, channel, skip, out, [](std::int64_t value) { return static_cast<float>(static_cast<double>(value) / 9223372036854775808.0); });
    case AV_SAMPLE_FMT_DBL:
        return readSamples<double>(frame, channel, skip, out, [](double value) { return static_cast<float>(value); });
    default:
        return readSamples<float>(frame, channel, skip, out, [](float value) { return value; });
    }
}

bool isWhole(const AVFrame& frame)
{
    const AVSampleFormat format = av_get_packed_sample_fmt(static_cast<AVSampleFormat>(frame.format));
    return format != AV_SAMPLE_FMT_FLT && format != AV_SAMPLE_FMT_DBL;
}

/// How loud one channel of a layout is on the left and on the right.
struct Share {
    double left = 0;
    double right = 0;
    bool operator==(const Share&) const = default;
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

/// The samples of a frame from `skip` on as stereo.
void mixDown(const AVFrame& frame, int skip, std::span<float> left, std::span<float> right)
{
    const std::vector<Share> shares = sharesOf(frame.ch_layout);
    // What follows would give the same, but for what no whole number is: times 0, that is no silence.
    if (isWhole(frame) && (shares == std::vector<Share>{{1, 1}} || shares == std::vector<Share>{{1, 0}, {0, 1}})) {
        readChannel(frame, 0, skip, left.data());
        readChannel(frame, static_cast<int>(shares.size()) - 1, skip, right.data());
        return;
    }
    std::vector<float> samples(left.size());
    std::vector<double> sums[2] = {std::vector<double>(left.size()), std::vector<double>(left.size())};
    for (int channel = 0; channel < frame.ch_layout.nb_channels; ++channel) {
        readChannel(frame, channel, skip, samples.data());
        const Share share = shares[static_cast<std::size_t>(channel)];
        for (std::size_t i = 0; i < samples.size(); ++i) {
            const double value = samples[i];
            sums[0][i] += value * share.left;
            sums[1][i] += value * share.right;
        }
    }
    std::ranges::transform(sums[0], left.begin(), [](double value) { return static_cast<float>(value); });
    std::ranges::transform(sums[1], right.begin(), [](double value) { return static_cast<float>(value); });
}

/// Lines frames up on the time line and mixes them down, until they are taken.
class SoundLine {
public:
    SoundLine(std::string name, int rate, AVRational base, PresentationStart start, std::int64_t longestGap)
        : m_name(std::move(name)),
          m_rate(rate),
          m_base(base),
          m_start(start),
          m_longestGap(longestGap)
    {
    }

    Result<void> add(const AVFrame& frame)
    {
        if (frame.nb_samples <= 0 || frame.ch_layout.nb_channels <= 0)
            return {};
        if (frame.sample_rate != m_rate)
            return fail(Fault::Corrupt, fmt::format("{}: its sample rate changes from {} to {} at {:.3f} s", m_name, m_rate, frame.sample_rate, seconds()));
        const int skip = TRY(align(frame));
        const auto count = static_cast<std::size_t>(std::max(0, frame.nb_samples - skip));
        if (here() + static_cast<std::int64_t>(count) > longestSound)
            return fail(Fault::BadInput, m_name + ": its sound is longer than 12 hours");
        const std::size_t before = waiting();
        m_left.resize(before + count);
        m_right.resize(before + count);
        if (count > 0)
            mixDown(frame, skip, std::span(m_left).subspan(before), std::span(m_right).subspan(before));
        return {};
    }

    [[nodiscard]] std::size_t waiting() const { return m_left.size(); }
    /// Where a sample with that time stamp belongs; nothing for a frame without one.
    [[nodiscard]] std::optional<std::int64_t> placeOf(const AVFrame& frame) const
    {
        const std::int64_t pts = frame.best_effort_timestamp != AV_NOPTS_VALUE ? frame.best_effort_timestamp : frame.pts;
        if (pts == AV_NOPTS_VALUE)
            return std::nullopt;
        return av_rescale_q(pts, m_base, {1, m_rate}) - zero();
    }
    [[nodiscard]] std::int64_t zero() const { return av_rescale_q(m_start.zero, m_start.base, {1, m_rate}); }

    /// All that waits, as far as it lies before `end`: where an edit list cuts the sound, which FFmpeg leaves to its callers.
    Sound take(std::optional<std::int64_t> end)
    {
        const auto waits = static_cast<std::int64_t>(waiting());
        const std::int64_t count = end ? std::clamp<std::int64_t>(*end - m_begin, 0, waits) : waits;
        Sound sound(SampleRange{end ? std::min(m_begin, std::max<std::int64_t>(*end, 0)) : m_begin, count});
        std::copy_n(m_left.begin(), count, sound.channel(0));
        std::copy_n(m_right.begin(), count, sound.channel(1));
        goOnAt(m_begin + waits);
        return sound;
    }
    void goOnAt(std::int64_t sample)
    {
        m_left.clear();
        m_right.clear();
        m_begin = sample;
    }

private:
    [[nodiscard]] std::int64_t here() const { return m_begin + static_cast<std::int64_t>(waiting()); }
    [[nodiscard]] double seconds() const { return static_cast<double>(here()) / m_rate; }

    /// How many samples of the frame lie before the presentation; puts silence where nothing was said.
    Result<int> align(const AVFrame& frame)
    {
        const auto at = placeOf(frame);
        if (!at)
            return 0;
        const std::int64_t tick = av_rescale_q_rnd(1, m_base, {1, m_rate}, AV_ROUND_UP);
        const std::int64_t gap = *at - here();
        const bool begins = here() == 0;
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
    std::int64_t m_begin = 0; ///< of what waits
    std::vector<float> m_left;
    std::vector<float> m_right;
};

class DecodedSound final : public SoundStream {
public:
    DecodedSound(SoundReader reader, SoundLine line, std::optional<std::int64_t> end)
        : m_reader(std::move(reader)),
          m_line(std::move(line)),
          m_end(end) {}

    Result<Sound> next() override
    {
        for (;;) {
            while (!m_ended && m_line.waiting() < pieceSamples) {
                const AVFrame* const frame = TRY(m_reader.next());
                m_ended = frame == nullptr;
                if (frame != nullptr)
                    TRY(m_line.add(*frame));
            }
            Sound piece = m_line.take(m_end);
            if (m_ended || piece.range().count > 0) // behind the end, too, damage is to be found
                return piece;
        }
    }

    [[nodiscard]] bool canSeek() const override { return m_reader.canSeek(); }
    Result<bool> seek(std::int64_t sample) override
    {
        if (!m_reader.seek(sample + m_line.zero()))
            return false;
        const AVFrame* const frame = TRY(m_reader.next());
        const auto place = frame != nullptr ? m_line.placeOf(*frame) : std::nullopt;
        if (!place || *place > sample || *place < 0)
            return false;
        m_ended = false;
        m_line.goOnAt(*place);
        TRY(m_line.add(*frame));
        return true;
    }

private:
    SoundReader m_reader;
    SoundLine m_line;
    std::optional<std::int64_t> m_end;
    bool m_ended = false;
};

} // namespace

Result<std::unique_ptr<SoundStream>> openSoundStream(const SourcePointer& source, int stream, PresentationStart start)
{
    SoundReader reader = TRY(SoundReader::open(source, stream));
    const Container& container = reader.container();
    const AVStream& track = reader.track();
    const int rate = track.codecpar->sample_rate;
    const std::int64_t said = container->duration > 0 ? av_rescale(container->duration, rate, AV_TIME_BASE) : 0;
    const std::int64_t longestGap = std::clamp<std::int64_t>(said, 0, longestSound / 8) + rate;
    SoundLine line(source->name(), rate, track.time_base, start, longestGap);
    std::optional<std::int64_t> end;
    const bool edited = av_match_list(container->iformat->name, "mov", ',') > 0;
    if (edited && track.duration > 0 && track.start_time != AV_NOPTS_VALUE && track.start_time < INT64_MAX / 4 && track.duration < INT64_MAX / 4)
        end = av_rescale_q(track.start_time + track.duration, track.time_base, AVRational{1, rate}) - line.zero();
    return std::unique_ptr<SoundStream>(std::make_unique<DecodedSound>(std::move(reader), std::move(line), end));
}

Result<Sound> wholeSound(SoundStream& stream, std::int64_t expected)
{
    std::vector<float> channels[soundChannels];
    for (auto& channel : channels)
        channel.reserve(static_cast<std::size_t>(expected));
    for (;;) {
        const Sound piece = TRY(stream.next());
        for (int channel = 0; channel < soundChannels; ++channel)
            channels[channel].insert(channels[channel].end(), piece.channel(channel), piece.channel(channel) + piece.range().count);
        if (piece.range().count == 0)
            break;
    }
    Sound sound(SampleRange{0, static_cast<std::int64_t>(channels[0].size())});
    for (int channel = 0; channel < soundChannels; ++channel)
        std::ranges::copy(channels[channel], sound.channel(channel));
    return sound;
}

Result<Bytes> decodeWholeSoundBytes(const SourcePointer& source, int stream)
{
    SoundReader reader = TRY(SoundReader::open(source, stream));
    Bytes bytes;
    while (const AVFrame* const next = TRY(reader.next())) {
        const AVFrame& frame = *next;
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
    }
    return bytes;
}

} // namespace artdag
