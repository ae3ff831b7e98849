// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/filters/libav_graph.h"

extern "C" {
#include <libavfilter/buffersink.h>
#include <libavutil/channel_layout.h>
#include <libavutil/samplefmt.h>
}

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

namespace artdag {

namespace {

bool isFloating(int format)
{
    const AVSampleFormat packed = av_get_packed_sample_fmt(static_cast<AVSampleFormat>(format));
    return packed == AV_SAMPLE_FMT_FLT || packed == AV_SAMPLE_FMT_DBL;
}

/// Calls `use(samples, step)` with one channel of a frame: float or double, `step` of them apart.
template <class Use>
void withChannel(const AVFrame& frame, int channel, Use&& use)
{
    const auto format = static_cast<AVSampleFormat>(frame.format);
    const bool planar = av_sample_fmt_is_planar(format) != 0;
    std::uint8_t* data = frame.extended_data[planar ? channel : 0];
    const int first = planar ? 0 : channel, step = planar ? 1 : soundChannels;
    if (av_get_packed_sample_fmt(format) == AV_SAMPLE_FMT_DBL)
        use(reinterpret_cast<double*>(data) + first, step);
    else
        use(reinterpret_cast<float*>(data) + first, step);
}

/// Stereo of the request's rate, float or double: a double comes back as the nearest float.
class LibavSounds final : public LibavGraph {
public:
    explicit LibavSounds(AVSampleFormat format)
        : m_format(format),
          m_frame(av_frame_alloc()) {}

    Result<void> put(int input, Stretch stretch, std::span<const std::uint8_t> packed) override
    {
        const FrameHolder sound(av_frame_alloc());
        sound->format = m_format;
        sound->nb_samples = static_cast<int>(stretch.count);
        sound->sample_rate = m_rate.num;
        sound->pts = stretch.first;
        av_channel_layout_default(&sound->ch_layout, soundChannels);
        TRY(checked(av_frame_get_buffer(sound.get(), 0)));
        const auto* samples = reinterpret_cast<const float*>(packed.data());
        for (int channel = 0; channel < soundChannels; ++channel)
            withChannel(*sound, channel, [&](auto* to, int step) {
                for (std::int64_t i = 0; i < stretch.count; ++i)
                    to[i * step] = samples[channel * m_inputs.front().samples + i];
            });
        return push(input, *sound);
    }

    /// A frame of the filter in as many pieces as it takes.
    Result<Taken> take(std::span<std::uint8_t> packed, Stretch& at) override
    {
        while (m_taken >= m_frame->nb_samples) {
            av_frame_unref(m_frame.get());
            m_taken = 0;
            if (const Taken taken = TRY(pull(*m_frame)); taken != Taken::Frame)
                return taken;
            if (m_frame->sample_rate != m_rate.num || m_frame->ch_layout.nb_channels != soundChannels || !isFloating(m_frame->format))
                return fail(Fault::BadInput, fmt::format("filter '{}': changes the rate or the channels of its sound on the way; only one can be kept", m_name));
            place();
        }
        const int count = std::min(m_frame->nb_samples - m_taken, m_output.samples);
        auto* samples = reinterpret_cast<float*>(packed.data());
        for (int channel = 0; channel < soundChannels; ++channel)
            withChannel(*m_frame, channel, [&](const auto* from, int step) {
                for (int i = 0; i < count; ++i)
                    samples[channel * m_output.samples + i] = static_cast<float>(from[(m_taken + i) * step]);
            });
        at = {m_first + m_taken, count};
        m_taken += count;
        m_next = m_first + m_taken;
        return Taken::Frame;
    }

private:
    [[nodiscard]] Ends ends() const override { return {"abuffer", "abuffersink"}; }

    FilterFrames shape(const FilterRequest& request, std::size_t, AVBufferSrcParameters& parameters) override
    {
        parameters.format = m_format;
        parameters.sample_rate = m_rate.num;
        av_channel_layout_default(&parameters.ch_layout, soundChannels);
        return {.samples = request.block};
    }

    Result<FilterFrames> shapeOfSink() override
    {
        AVChannelLayout layout{};
        TRY(checked(av_buffersink_get_ch_layout(m_sink, &layout)));
        const int rate = av_buffersink_get_sample_rate(m_sink), channels = layout.nb_channels;
        av_channel_layout_uninit(&layout);
        if (rate != m_rate.num || channels != soundChannels)
            return fail(Fault::BadInput, fmt::format("filter '{}': gives {} channels at {} Hz, and only {} at {} Hz, the canvas' rate, can be kept: set it so, or take another effect", m_name, channels, rate, soundChannels, m_rate.num));
        if (!isFloating(av_buffersink_get_format(m_sink)))
            return fail(Fault::BadInput, fmt::format("filter '{}': gives sound of whole numbers, which is not kept here", m_name));
        return FilterFrames{.samples = m_inputs.front().samples};
    }

    /// By its time stamp, to the nearest sample; what is before 0 is left out. It goes on where there is none, or where it is
    /// off by no more than one tick of a clock that is coarser than samples.
    void place()
    {
        constexpr std::int64_t far = std::int64_t{1} << 39;
        const AVRational base = av_buffersink_get_time_base(m_sink), sample = av_inv_q(m_rate);
        m_first = m_next;
        if (m_frame->pts == AV_NOPTS_VALUE)
            return;
        const std::int64_t at = std::clamp(av_rescale_q(m_frame->pts, base, sample), -far, far), tick = av_rescale_q_rnd(1, base, sample, AV_ROUND_UP);
        if (tick <= 1 || std::abs(at - m_next) > tick)
            m_first = at;
        m_taken = static_cast<int>(std::clamp<std::int64_t>(-m_first, 0, m_frame->nb_samples));
    }

    AVSampleFormat m_format;
    FrameHolder m_frame; ///< the filter's last one
    int m_taken = 0;     ///< samples of it that are out
    std::int64_t m_first = 0, m_next = 0;
};

} // namespace

Result<std::unique_ptr<LibavGraph>> openSounds(const FilterRequest& request, AVSampleFormat format)
{
    if (request.rate.denominator != 1 || request.block < 1)
        return fail(Fault::BadInput, fmt::format("filter '{}': sound has whole samples a second, in blocks", request.filter));
    auto sounds = std::make_unique<LibavSounds>(format);
    TRY(sounds->open(request));
    return std::unique_ptr<LibavGraph>(std::move(sounds));
}

} // namespace artdag
