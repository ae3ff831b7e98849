// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/likeness.h"

#include "core/base/exact_math.h"
#include "core/media/coded_frame.h"
#include "core/media/container.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>

namespace artdag {

namespace {

constexpr std::int64_t mostSteps = 16;

/// 10 · log10(peak² / mean square), in whole hundredths.
double decibelsOf(double peak, std::uint64_t squares, std::size_t count)
{
    if (squares == 0)
        return std::numeric_limits<double>::infinity();
    static constexpr double tenOverLn10 = 4.3429448190325182765;
    const double value = tenOverLn10 * exact::log(peak * peak * static_cast<double>(count) / static_cast<double>(squares));
    return exact::floor(value * 100 + 0.5) / 100;
}

class ChunkDecoder {
public:
    ChunkDecoder(CodecPointer codec, const std::function<Result<void>(std::int64_t, const CodedPicture&)>& take)
        : m_codec(std::move(codec)),
          m_take(take) {}

    /// Null: no packet follows.
    Result<void> decode(const Packet* packet)
    {
        if (packet != nullptr) {
            if (av_new_packet(m_packet.get(), static_cast<int>(packet->data.size())) < 0)
                return fail(Fault::Unavailable, "chunk: no memory to decode it");
            std::ranges::copy(packet->data, m_packet->data);
            m_packet->pts = packet->pts;
            m_packet->dts = packet->dts;
        }
        const int sent = avcodec_send_packet(m_codec.get(), packet != nullptr ? m_packet.get() : nullptr);
        av_packet_unref(m_packet.get());
        if (sent < 0)
            return broken(sent);
        for (;;) {
            const int code = avcodec_receive_frame(m_codec.get(), m_frame.get());
            if (code == AVERROR(EAGAIN) || code == AVERROR_EOF)
                return {};
            if (code < 0)
                return broken(code);
            TRY(m_take(m_given++, *TRY(codedPictureOf(*m_frame, m_codec->codec_id))));
            av_frame_unref(m_frame.get());
        }
    }
    [[nodiscard]] std::int64_t given() const { return m_given; }

private:
    Result<void> broken(int code) const
    {
        return fail(Fault::Corrupt, fmt::format("chunk: picture {} cannot be decoded ({})", m_given, libavText(code)));
    }

    CodecPointer m_codec;
    const std::function<Result<void>(std::int64_t, const CodedPicture&)>& m_take;
    FramePointer m_frame = makeFrame();
    PacketPointer m_packet = makePacket();
    std::int64_t m_given = 0;
};

Result<CodecPointer> openChunkDecoder(const EncodeProfile& profile, const EncodedChunk& chunk)
{
    prepareLibav();
    const AVCodec* encoder = avcodec_find_encoder_by_name(profile.videoCodec.c_str());
    const auto choices = encoder != nullptr ? decodersFor(encoder->id) : std::vector<DecoderChoice>{};
    if (choices.empty())
        return fail(Fault::Unavailable, fmt::format("profile '{}': this FFmpeg cannot decode what '{}' encodes; install Debian's libavcodec-extra", profile.name, profile.videoCodec));
    CodecPointer codec(avcodec_alloc_context3(choices.front().codec));
    CHECK(codec);
    codec->flags |= AV_CODEC_FLAG_BITEXACT;
    codec->thread_count = 1;
    codec->extradata = static_cast<std::uint8_t*>(av_mallocz(chunk.extradata.size() + AV_INPUT_BUFFER_PADDING_SIZE));
    CHECK(codec->extradata);
    std::ranges::copy(chunk.extradata, codec->extradata);
    codec->extradata_size = static_cast<int>(chunk.extradata.size());
    if (const int code = avcodec_open2(codec.get(), choices.front().codec, nullptr); code < 0)
        return fail(Fault::Corrupt, fmt::format("chunk: its parameter sets cannot be read ({})", libavText(code)));
    return codec;
}

} // namespace

Result<void> decodeChunk(const EncodeProfile& profile, const EncodedChunk& chunk, const std::function<Result<void>(std::int64_t, const CodedPicture&)>& take)
{
    ChunkDecoder decoder(TRY(openChunkDecoder(profile, chunk)), take);
    for (const Packet& packet : chunk.packets)
        TRY(decoder.decode(&packet));
    TRY(decoder.decode(nullptr));
    if (decoder.given() != chunk.frames)
        return fail(Fault::Corrupt, fmt::format("chunk: {} of its {} pictures can be decoded", decoder.given(), chunk.frames));
    return {};
}

Bytes comparedRows(const CodedPicture& picture, std::int64_t index, std::int64_t count)
{
    Bytes rows;
    const auto shapes = planesOf(picture.coding.format, picture.width, picture.height);
    for (std::size_t plane = 0; plane < shapes.size(); ++plane) {
        const std::int64_t step = std::min({mostSteps, count, static_cast<std::int64_t>(shapes[plane].height)});
        for (std::int64_t y = index % step; y < shapes[plane].height; y += step) {
            const std::uint8_t* first = picture.planes[plane] + y * picture.strides[plane];
            rows.insert(rows.end(), first, first + shapes[plane].rowBytes());
        }
    }
    return rows;
}

double likeness(ByteView one, ByteView other)
{
    if (one.size() != other.size())
        return 0;
    std::uint64_t squares = 0;
    for (std::size_t i = 0; i < one.size(); ++i) {
        const int difference = one[i] - other[i];
        squares += static_cast<std::uint64_t>(difference * difference);
    }
    return decibelsOf(255, squares, one.size());
}

double soundLikeness(ByteView one, ByteView other, int sampleRate)
{
    double least = std::numeric_limits<double>::infinity();
    const std::size_t second = static_cast<std::size_t>(sampleRate) * soundChannels * 2;
    for (std::size_t first = 0; first < one.size(); first += second) {
        std::uint64_t squares = 0;
        const std::size_t end = std::min(first + second, one.size() & ~std::size_t{1});
        for (std::size_t at = first; at + 2 <= end; at += 2) {
            const auto sample = [at](ByteView bytes) { return static_cast<std::int16_t>(bytes[at] | bytes[at + 1] << 8); };
            const std::int64_t difference = sample(one) - sample(other);
            squares += static_cast<std::uint64_t>(difference * difference);
        }
        least = std::min(least, decibelsOf(32768, squares, (end - first) / 2));
    }
    return least;
}

Result<double> leastLikeness(const EncodeProfile& profile, const EncodedChunk& chunk, const std::vector<Bytes>& rows)
{
    double least = std::numeric_limits<double>::infinity();
    TRY(decodeChunk(profile, chunk, [&](std::int64_t index, const CodedPicture& picture) -> Result<void> {
        if (index < static_cast<std::int64_t>(rows.size()))
            least = std::min(least, likeness(rows[static_cast<std::size_t>(index)], comparedRows(picture, index, chunk.frames)));
        return {};
    }));
    return least;
}

std::string decibels(double value)
{
    if (value == std::numeric_limits<double>::infinity())
        return "inf";
    return fmt::format("{:.2f}", value);
}

std::optional<double> readDecibels(std::string_view text)
{
    if (text == "inf")
        return std::numeric_limits<double>::infinity();
    double value = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (code != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

} // namespace artdag
