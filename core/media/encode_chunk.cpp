// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/coded_frame.h"
#include "core/media/encode.h"
#include "core/media/indexed_picture.h"
#include "core/media/picture_encoder.h"

#include <fmt/core.h>

#include <algorithm>
#include <climits>
#include <cstring>

namespace artdag {

namespace {

/// One thread, C code or bit-equal assembly, no rate buffer: packets depend on the frames and nothing else.
constexpr const char* x264Settings = "threads=1:lookahead-threads=1:cpu-independent=1:force-cfr=1:open-gop=0";
/// By the names that FFmpeg has for them. The encoder is set by this list, and the identity is written from it, so that
/// neither knows a setting that the other does not.
std::vector<std::pair<const char*, std::string>> settingsOf(const EncodeProfile& profile)
{
    const std::string quality = std::to_string(profile.quality);
    const std::string group = std::to_string(keyInterval);
    if (profile.videoCodec == "libx264")
        return {{"g", group}, {"preset", profile.preset}, {"crf", quality}, {"x264-params", x264Settings}};
    if (profile.videoCodec == "ffv1")
        return {{"level", "3"}, {"g", "1"}, {"slices", "4"}, {"slicecrc", "1"}, {"coder", "range_tab"}, {"context", "0"}};
    if (profile.videoCodec == "libvpx-vp9") // no hidden pictures: they cannot carry alpha, and a packet is one picture
        return {{"g", group}, {"crf", quality}, {"cpu-used", profile.preset}, {"deadline", "good"}, {"row-mt", "0"}, {"auto-alt-ref", "0"}};
    if (profile.videoCodec == "prores_ks")
        return {{"profile", "4444"}, {"vendor", "apl0"}};
    if (profile.videoCodec == "tiff")
        return {{"compression_algo", "deflate"}};
    if (profile.videoCodec == "exr")
        return {{"compression", "zip16"}, {"format", "float"}};
    if (profile.videoCodec == "gif")
        return {{"global_palette", "0"}};
    if (profile.videoCodec == "png")
        return {{"pred", "mixed"}};
    if (profile.videoCodec == "mjpeg")
        return {{"flags", "+qscale"}, {"global_quality", std::to_string(FF_QP2LAMBDA * profile.quality)}, {"huffman", "optimal"}};
    if (profile.videoCodec == "libwebp")
        return {{"quality", quality}};
    return {};
}

Result<void> checkShape(const EncodeProfile& profile, int width, int height, Rate rate)
{
    if (profile.videoCodec.empty())
        return fail(Fault::BadInput, fmt::format("profile '{}' has no picture", profile.name));
    if (width < 1 || height < 1 || width > 16384 || height > 16384)
        return fail(Fault::BadInput, fmt::format("profile '{}': a picture of {}×{} cannot be encoded; 1 to 16384 each way", profile.name, width, height));
    const bool even = profile.videoCodec == "libx264" && profile.coding.format == SampleFormat::Yuv420p;
    if (even && (width % 2 != 0 || height % 2 != 0))
        return fail(Fault::BadInput, fmt::format("profile '{}': width and height must be even, got {}×{}; change the canvas or use master-ffv1", profile.name, width, height));
    if (rate.numerator < 1 || rate.denominator < 1 || rate.numerator > INT_MAX / 1024 || rate.denominator > INT_MAX / 1024)
        return fail(Fault::BadInput, fmt::format("profile '{}': {}/{} pictures per second cannot be encoded", profile.name, rate.numerator, rate.denominator));
    return {};
}

class LibavChunkEncoder final : public ChunkEncoder {
public:
    LibavChunkEncoder(const EncodeProfile& profile, CodecPointer encoder)
        : m_profile(profile),
          m_encoder(std::move(encoder))
    {
        m_chunk.extradata.assign(m_encoder->extradata, m_encoder->extradata + m_encoder->extradata_size);
    }

    Result<void> add(const PackedPicture& picture) override
    {
        if (picture.width != m_encoder->width || picture.height != m_encoder->height || picture.coding != m_profile.coding)
            return fail(Fault::BadInput, fmt::format("profile '{}': picture {} is {}×{} {}, the chunk began with {}×{} {}", m_profile.name, m_chunk.frames, picture.width, picture.height, nameOf(picture.coding.format), m_encoder->width, m_encoder->height, nameOf(m_profile.coding.format)));
        TRY(fill(picture));
        const PlainNumbers plain;
        m_frame->pts = m_chunk.frames++;
        TRY(checked(avcodec_send_frame(m_encoder.get(), m_frame.get())));
        return collect();
    }

    Result<EncodedChunk> finish() override
    {
        if (m_chunk.frames == 0)
            return fail(Fault::BadInput, fmt::format("profile '{}': a chunk without pictures", m_profile.name));
        const PlainNumbers plain;
        TRY(checked(avcodec_send_frame(m_encoder.get(), nullptr)));
        TRY(collect());
        if (static_cast<std::int64_t>(m_chunk.packets.size()) != m_chunk.frames || !m_chunk.packets.front().key)
            return fail(Fault::Unavailable, fmt::format("encoder '{}' gave {} packets for {} pictures", m_profile.videoCodec, m_chunk.packets.size(), m_chunk.frames));
        return std::move(m_chunk);
    }

private:
    Result<void> checked(int code) const
    {
        if (code < 0)
            return fail(Fault::Unavailable, fmt::format("encoder '{}' failed at picture {}: {}", m_profile.videoCodec, m_chunk.frames, libavText(code)));
        return {};
    }

    Result<void> fill(const PackedPicture& picture)
    {
        av_frame_unref(m_frame.get());
        m_frame->format = m_encoder->pix_fmt;
        m_frame->width = picture.width;
        m_frame->height = picture.height;
        m_frame->color_range = m_encoder->color_range;
        m_frame->colorspace = m_encoder->colorspace;
        m_frame->color_primaries = m_encoder->color_primaries;
        m_frame->color_trc = m_encoder->color_trc;
        m_frame->chroma_location = m_encoder->chroma_sample_location;
        m_frame->sample_aspect_ratio = m_encoder->sample_aspect_ratio;
        TRY(checked(av_frame_get_buffer(m_frame.get(), 0)));
        if (m_encoder->pix_fmt == AV_PIX_FMT_PAL8) {
            const IndexedPicture indexed = indexedPicture(picture);
            for (int y = 0; y < picture.height; ++y)
                std::copy_n(indexed.indices.data() + static_cast<std::ptrdiff_t>(y) * picture.width, picture.width, m_frame->data[0] + static_cast<std::ptrdiff_t>(y) * m_frame->linesize[0]);
            std::memcpy(m_frame->data[1], indexed.palette.data(), sizeof indexed.palette);
            return {};
        }
        const CodedPicture view = picture.view();
        const std::vector<PlaneShape> shapes = planesOf(picture.coding.format, picture.width, picture.height);
        const bool turned = m_encoder->pix_fmt == AV_PIX_FMT_BGRA;                        // FFV1's only order of R'G'B'A in 8 bits
        const bool swap = m_profile.videoCodec == "png" && shapes[0].bytesPerSample == 2; // PNG is big-endian
        for (std::size_t plane = 0; plane < shapes.size(); ++plane) {
            const std::size_t row = static_cast<std::size_t>(shapes[plane].width) * shapes[plane].samplesPerPixel * shapes[plane].bytesPerSample;
            for (int y = 0; y < shapes[plane].height; ++y) {
                const std::uint8_t* from = view.planes[plane] + y * view.strides[plane];
                std::uint8_t* to = m_frame->data[plane] + static_cast<std::ptrdiff_t>(y) * m_frame->linesize[plane];
                if (!swap)
                    std::memcpy(to, from, row);
                for (std::size_t i = 0; turned && i < row; i += 4)
                    std::swap(to[i], to[i + 2]);
                for (std::size_t i = 0; swap && i + 1 < row; i += 2) {
                    to[i] = from[i + 1];
                    to[i + 1] = from[i];
                }
            }
        }
        return {};
    }

    Result<void> collect()
    {
        for (;;) {
            const int code = avcodec_receive_packet(m_encoder.get(), m_packet.get());
            if (code == AVERROR(EAGAIN) || code == AVERROR_EOF)
                return {};
            TRY(checked(code));
            const bool timed = m_packet->pts != AV_NOPTS_VALUE;
            const auto index = static_cast<std::int64_t>(m_chunk.packets.size());
            Packet packet;
            packet.pts = timed ? m_packet->pts : index;
            packet.dts = m_packet->dts != AV_NOPTS_VALUE ? m_packet->dts : packet.pts;
            packet.key = (m_packet->flags & AV_PKT_FLAG_KEY) != 0;
            packet.data.assign(m_packet->data, m_packet->data + m_packet->size);
            std::size_t size = 0;
            if (const std::uint8_t* side = av_packet_get_side_data(m_packet.get(), AV_PKT_DATA_MATROSKA_BLOCKADDITIONAL, &size))
                packet.side.assign(side, side + size);
            m_chunk.packets.push_back(std::move(packet));
            av_packet_unref(m_packet.get());
        }
    }

    EncodeProfile m_profile;
    CodecPointer m_encoder;
    FramePointer m_frame = makeFrame();
    PacketPointer m_packet = makePacket();
    EncodedChunk m_chunk;
};

} // namespace

std::string pictureSettings(const EncodeProfile& profile)
{
    const Coding& coding = profile.coding;
    std::string settings = fmt::format("{} matrix{} transfer{} primaries{} {}", nameOf(coding.format), static_cast<int>(coding.matrix), static_cast<int>(coding.transfer), static_cast<int>(coding.primaries), coding.fullRange ? "full" : "limited");
    for (const auto& [name, value] : settingsOf(profile))
        settings += fmt::format(" {}={}", name, value);
    if (profile.videoCodec == "gif")
        settings += " median cut 1"; // ours, before the encoder
    return settings;
}

AVPixelFormat encoderFormat(const EncodeProfile& profile)
{
    if (profile.videoCodec == "png" && profile.coding.format == SampleFormat::Rgba64)
        return AV_PIX_FMT_RGBA64BE;
    if (profile.videoCodec == "png" && profile.coding.format == SampleFormat::Rgb48)
        return AV_PIX_FMT_RGB48BE;
    if (profile.videoCodec == "ffv1" && profile.coding.format == SampleFormat::Rgba)
        return AV_PIX_FMT_BGRA;
    if (profile.videoCodec == "gif")
        return AV_PIX_FMT_PAL8;
    if (profile.videoCodec == "mjpeg" && profile.coding.format == SampleFormat::Yuv420p)
        return AV_PIX_FMT_YUVJ420P;
    return pixelFormatOf(profile.coding.format);
}

Result<CodecPointer> openPictureEncoder(const EncodeProfile& profile, int width, int height, Rate rate)
{
    prepareLibav();
    TRY(checkShape(profile, width, height, rate));
    const AVCodec* codec = avcodec_find_encoder_by_name(profile.videoCodec.c_str());
    if (!codec)
        return fail(Fault::Unavailable, fmt::format("encoder '{}' is not in this FFmpeg; install Debian's libavcodec-extra", profile.videoCodec));
    CodecPointer encoder(avcodec_alloc_context3(codec));
    CHECK(encoder);
    encoder->width = width;
    encoder->height = height;
    encoder->time_base = {static_cast<int>(rate.denominator), static_cast<int>(rate.numerator)};
    encoder->framerate = {static_cast<int>(rate.numerator), static_cast<int>(rate.denominator)};
    encoder->sample_aspect_ratio = {1, 1};
    encoder->pix_fmt = encoderFormat(profile);
    tagColour(*encoder, profile.coding);
    encoder->flags |= AV_CODEC_FLAG_BITEXACT | AV_CODEC_FLAG_GLOBAL_HEADER;
    encoder->thread_count = 1;
    const PlainNumbers plain;
    LibavOptions options;
    for (const auto& [name, value] : settingsOf(profile))
        options.set(name, value);
    if (const int code = avcodec_open2(encoder.get(), codec, options.address()); code < 0)
        return fail(Fault::BadInput, fmt::format("profile '{}': the encoder refuses {}×{} at {}/{} pictures per second ({})", profile.name, width, height, rate.numerator, rate.denominator, libavText(code)));
    CHECK(options.leftOver().empty());
    return encoder;
}

Result<std::unique_ptr<ChunkEncoder>> makeChunkEncoder(const EncodeProfile& profile, int width, int height, Rate rate)
{
    CodecPointer encoder = TRY(openPictureEncoder(profile, width, height, rate));
    return std::unique_ptr<ChunkEncoder>(std::make_unique<LibavChunkEncoder>(profile, std::move(encoder)));
}

} // namespace artdag
