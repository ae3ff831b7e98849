// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/proxy_codec.h"

#include "core/media/coded_frame.h"
#include "core/media/libav.h"
#include "core/media/still_decoder.h"

#include <fmt/core.h>

#include <cstring>

namespace artdag {

namespace {

constexpr int quality = 2; ///< of 2 to 31, the best

/// The layout of a format as the JPEG codec names it: the only one in which it takes every code from 0 to 255.
AVPixelFormat jpegFormat(SampleFormat format)
{
    switch (format) {
    case SampleFormat::Yuv420p:
        return AV_PIX_FMT_YUVJ420P;
    case SampleFormat::Yuv422p:
        return AV_PIX_FMT_YUVJ422P;
    case SampleFormat::Yuv444p:
        return AV_PIX_FMT_YUVJ444P;
    default:
        return AV_PIX_FMT_NONE;
    }
}

void copyPlanes(const PackedPicture& picture, AVFrame& frame)
{
    const CodedPicture view = picture.view();
    const std::vector<PlaneShape> shapes = planesOf(picture.coding.format, picture.width, picture.height);
    for (std::size_t plane = 0; plane < shapes.size(); ++plane)
        for (int y = 0; y < shapes[plane].height; ++y)
            std::memcpy(frame.data[plane] + static_cast<std::ptrdiff_t>(y) * frame.linesize[plane], view.planes[plane] + y * view.strides[plane], shapes[plane].rowBytes());
}

} // namespace

struct ProxyEncoder::State {
    CodecPointer codec;
    FramePointer frame = makeFrame();
    PacketPointer packet = makePacket();
};

ProxyEncoder::ProxyEncoder(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
}
ProxyEncoder::ProxyEncoder(ProxyEncoder&&) noexcept = default;
ProxyEncoder::~ProxyEncoder() = default;

struct ProxyDecoder::State {
    CodecPointer codec;
    FramePointer frame = makeFrame();
    PacketPointer packet = makePacket();
};

ProxyDecoder::ProxyDecoder(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
}
ProxyDecoder::ProxyDecoder(ProxyDecoder&&) noexcept = default;
ProxyDecoder::~ProxyDecoder() = default;

std::string proxyCodecIdentity()
{
    return fmt::format("mjpeg {} q{}", libavVersion(), quality);
}

bool standsAlone(std::string_view decoder)
{
    prepareLibav();
    const AVCodec* codec = avcodec_find_decoder_by_name(std::string(decoder).c_str());
    const AVCodecDescriptor* kind = codec != nullptr ? avcodec_descriptor_get(codec->id) : nullptr;
    return kind != nullptr && (kind->props & AV_CODEC_PROP_INTRA_ONLY) != 0;
}

Result<ProxyEncoder> ProxyEncoder::open(int width, int height, SampleFormat format)
{
    prepareLibav();
    const AVPixelFormat layout = jpegFormat(format);
    const AVCodec* codec = avcodec_find_encoder(AV_CODEC_ID_MJPEG);
    if (layout == AV_PIX_FMT_NONE || codec == nullptr)
        return fail(Fault::BadInput, fmt::format("proxy: pictures of {} cannot be kept as JPEG", nameOf(format)));
    CodecPointer encoder(avcodec_alloc_context3(codec));
    CHECK(encoder);
    encoder->width = width;
    encoder->height = height;
    encoder->time_base = {1, 25};
    encoder->pix_fmt = layout;
    encoder->flags |= AV_CODEC_FLAG_BITEXACT | AV_CODEC_FLAG_QSCALE;
    encoder->global_quality = FF_QP2LAMBDA * quality;
    encoder->qmin = encoder->qmax = quality;
    encoder->thread_count = 1;
    const PlainNumbers plain;
    if (const int code = avcodec_open2(encoder.get(), codec, nullptr); code < 0)
        return fail(Fault::BadInput, fmt::format("proxy: pictures of {}×{} cannot be kept as JPEG ({})", width, height, libavText(code)));
    return ProxyEncoder(std::make_unique<State>(State{std::move(encoder)}));
}

Result<Bytes> ProxyEncoder::encode(const PackedPicture& picture)
{
    CHECK(picture.width == m_state->codec->width && picture.height == m_state->codec->height && jpegFormat(picture.coding.format) == m_state->codec->pix_fmt);
    const auto checked = [](int code) -> Result<void> {
        if (code < 0)
            return fail(Fault::Unavailable, "proxy: a picture cannot be encoded: " + libavText(code));
        return {};
    };
    av_frame_unref(m_state->frame.get());
    m_state->frame->format = m_state->codec->pix_fmt;
    m_state->frame->width = picture.width;
    m_state->frame->height = picture.height;
    m_state->frame->quality = m_state->codec->global_quality;
    TRY(checked(av_frame_get_buffer(m_state->frame.get(), 0)));
    copyPlanes(picture, *m_state->frame);
    const PlainNumbers plain;
    TRY(checked(avcodec_send_frame(m_state->codec.get(), m_state->frame.get())));
    TRY(checked(avcodec_receive_packet(m_state->codec.get(), m_state->packet.get())));
    Bytes data(m_state->packet->data, m_state->packet->data + m_state->packet->size);
    av_packet_unref(m_state->packet.get());
    return data;
}

Result<ProxyDecoder> ProxyDecoder::open()
{
    prepareLibav();
    const AVCodec* codec = avcodec_find_decoder(AV_CODEC_ID_MJPEG);
    CodecPointer decoder(codec != nullptr ? avcodec_alloc_context3(codec) : nullptr);
    if (!decoder)
        return fail(Fault::Unavailable, "proxy: this FFmpeg has no JPEG decoder; install Debian's libavcodec");
    decoder->flags |= AV_CODEC_FLAG_BITEXACT;
    decoder->thread_count = 1; // others decode other pictures meanwhile
    decoder->err_recognition = errorRecognition(AV_CODEC_ID_MJPEG);
    if (const int code = avcodec_open2(decoder.get(), codec, nullptr); code < 0)
        return fail(Fault::Unavailable, "proxy: the JPEG decoder does not open: " + libavText(code));
    return ProxyDecoder(std::make_unique<State>(State{std::move(decoder)}));
}

Result<CodedPointer> ProxyDecoder::decode(ByteView data, int width, int height, const Coding& coding)
{
    const auto damaged = [] { return fail(Fault::Corrupt, "proxy: a picture is damaged"); };
    if (!isWholeJpeg(data) || av_new_packet(m_state->packet.get(), static_cast<int>(data.size())) < 0)
        return damaged();
    std::memcpy(m_state->packet->data, data.data(), data.size());
    int code = avcodec_send_packet(m_state->codec.get(), m_state->packet.get());
    av_packet_unref(m_state->packet.get());
    av_frame_unref(m_state->frame.get());
    if (code >= 0)
        code = avcodec_receive_frame(m_state->codec.get(), m_state->frame.get());
    if (code < 0 || m_state->frame->width != width || m_state->frame->height != height || m_state->frame->format != jpegFormat(coding.format)) {
        avcodec_flush_buffers(m_state->codec.get());
        return damaged();
    }
    CodedPicture picture = *TRY(codedPictureOf(*m_state->frame, AV_CODEC_ID_MJPEG));
    picture.coding = coding; // the data do not say
    return std::make_shared<const CodedPicture>(std::move(picture));
}

} // namespace artdag
