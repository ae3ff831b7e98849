// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/coded_frame.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>

namespace artdag {

namespace {

struct Layout {
    SampleFormat ours;
    AVPixelFormat theirs;
};
constexpr std::array layouts{
    Layout{SampleFormat::Yuv420p, AV_PIX_FMT_YUV420P},
    Layout{SampleFormat::Yuv422p, AV_PIX_FMT_YUV422P},
    Layout{SampleFormat::Yuv444p, AV_PIX_FMT_YUV444P},
    Layout{SampleFormat::Yuv420p, AV_PIX_FMT_YUVJ420P},
    Layout{SampleFormat::Yuv422p, AV_PIX_FMT_YUVJ422P},
    Layout{SampleFormat::Yuv444p, AV_PIX_FMT_YUVJ444P},
    Layout{SampleFormat::Yuv420p10, AV_PIX_FMT_YUV420P10},
    Layout{SampleFormat::Yuv422p10, AV_PIX_FMT_YUV422P10},
    Layout{SampleFormat::Yuv444p10, AV_PIX_FMT_YUV444P10},
    Layout{SampleFormat::Yuva420p, AV_PIX_FMT_YUVA420P},
    Layout{SampleFormat::Rgb24, AV_PIX_FMT_RGB24},
    Layout{SampleFormat::Rgba, AV_PIX_FMT_RGBA},
    Layout{SampleFormat::Rgb48, AV_PIX_FMT_RGB48},
    Layout{SampleFormat::Rgba64, AV_PIX_FMT_RGBA64},
    Layout{SampleFormat::Gray8, AV_PIX_FMT_GRAY8},
    Layout{SampleFormat::Gray16, AV_PIX_FMT_GRAY16},
    Layout{SampleFormat::Gbrp, AV_PIX_FMT_GBRP},
    Layout{SampleFormat::Gbrap, AV_PIX_FMT_GBRAP},
    Layout{SampleFormat::Gbrp10, AV_PIX_FMT_GBRP10},
    Layout{SampleFormat::Gbrp16, AV_PIX_FMT_GBRP16},
    Layout{SampleFormat::Gbrap16, AV_PIX_FMT_GBRAP16},
    Layout{SampleFormat::Yuva444p10, AV_PIX_FMT_YUVA444P10},
    Layout{SampleFormat::Gbrpf32, AV_PIX_FMT_GBRPF32},
    Layout{SampleFormat::Gbrpf32, AV_PIX_FMT_GRAYF32},
    Layout{SampleFormat::Gbrapf32, AV_PIX_FMT_GBRAPF32},
};

/// How a frame that is not in one of our layouts becomes one.
struct Rearrangement {
    SampleFormat to = SampleFormat::Rgba;
    int across = 1, down = 1; ///< chroma samples are repeated so often
};

std::optional<SampleFormat> sameLayout(int theirs)
{
    for (const Layout& layout : layouts)
        if (layout.theirs == theirs)
            return layout.ours;
    return std::nullopt;
}

std::optional<Rearrangement> rearrangeYuv(const AVPixFmtDescriptor& from)
{
    const bool deep = from.comp[0].depth > 8;
    const int across = from.log2_chroma_w;
    const int down = from.log2_chroma_h;
    if ((from.flags & AV_PIX_FMT_FLAG_ALPHA) != 0)
        return Rearrangement{SampleFormat::Yuva444p10, 1 << across, 1 << down};
    if (across == 1 && down == 1)
        return Rearrangement{deep ? SampleFormat::Yuv420p10 : SampleFormat::Yuv420p};
    if (across == 2 && down == 2)
        return Rearrangement{deep ? SampleFormat::Yuv420p10 : SampleFormat::Yuv420p, 2, 2};
    if ((across == 1 || across == 2) && down == 0)
        return Rearrangement{deep ? SampleFormat::Yuv422p10 : SampleFormat::Yuv422p, across};
    if (across == 0 && down <= 1)
        return Rearrangement{deep ? SampleFormat::Yuv444p10 : SampleFormat::Yuv444p, 1, down + 1};
    return std::nullopt;
}

std::optional<Rearrangement> rearrange(const AVPixFmtDescriptor& from)
{
    constexpr auto unreadable = AV_PIX_FMT_FLAG_HWACCEL | AV_PIX_FMT_FLAG_BAYER | AV_PIX_FMT_FLAG_FLOAT;
    if ((from.flags & unreadable) != 0 || std::string_view(from.name).starts_with("xyz"))
        return std::nullopt;
    const bool deep = from.comp[0].depth > 8;
    const bool alpha = (from.flags & AV_PIX_FMT_FLAG_ALPHA) != 0;
    if ((from.flags & AV_PIX_FMT_FLAG_PAL) != 0)
        return Rearrangement{SampleFormat::Rgba};
    if ((from.flags & AV_PIX_FMT_FLAG_RGB) != 0)
        return Rearrangement{alpha ? (deep ? SampleFormat::Rgba64 : SampleFormat::Rgba) : (deep ? SampleFormat::Rgb48 : SampleFormat::Rgb24)};
    if (from.nb_components == 1)
        return Rearrangement{deep ? SampleFormat::Gray16 : SampleFormat::Gray8};
    if (from.nb_components == 2)
        return Rearrangement{deep ? SampleFormat::Rgba64 : SampleFormat::Rgba};
    return rearrangeYuv(from);
}

/// Light (RGB, grey, alpha) scales so that full stays full; YUV codes are shifted, as the standards define them.
std::uint16_t rescale(std::uint32_t value, int fromDepth, int toDepth, bool light)
{
    if (fromDepth == toDepth)
        return static_cast<std::uint16_t>(value);
    const std::uint32_t fromMaximum = (1U << fromDepth) - 1;
    const std::uint32_t toMaximum = (1U << toDepth) - 1;
    if (light)
        return static_cast<std::uint16_t>((static_cast<std::uint64_t>(value) * toMaximum * 2 + fromMaximum) / (2 * static_cast<std::uint64_t>(fromMaximum)));
    if (toDepth > fromDepth)
        return static_cast<std::uint16_t>(value << (toDepth - fromDepth));
    const int shift = fromDepth - toDepth;
    return static_cast<std::uint16_t>(std::min((value + (1U << (shift - 1))) >> shift, toMaximum));
}

/// Reads any layout that FFmpeg can describe, component by component, and writes one of ours.
class Rearranger {
public:
    Rearranger(const AVFrame& frame, const AVPixFmtDescriptor& from, const Rearrangement& how, PackedPicture& out)
        : m_frame(frame),
          m_from(from),
          m_how(how),
          m_out(out),
          m_to(*av_pix_fmt_desc_get(pixelFormatOf(how.to))),
          m_palette((from.flags & AV_PIX_FMT_FLAG_PAL) != 0),
          m_light((m_to.flags & AV_PIX_FMT_FLAG_RGB) != 0 || m_to.nb_components < 3)
    {
    }

    void run()
    {
        for (int component = 0; component < m_to.nb_components; ++component)
            copyComponent(component);
    }

private:
    /// Grey and grey-with-alpha feed R, G, B from one component; a palette all four from its index.
    [[nodiscard]] int sourceOf(int component) const
    {
        if (m_palette)
            return 0;
        if (m_from.nb_components >= 3 || m_to.nb_components < 3)
            return component;
        return component == 3 ? 1 : 0;
    }

    void copyComponent(int component)
    {
        const bool chroma = !m_light && (component == 1 || component == 2);
        const int across = chroma ? m_how.across : 1;
        const int down = chroma ? m_how.down : 1;
        const int width = chroma ? -(-m_out.width >> m_to.log2_chroma_w) : m_out.width;
        const int height = chroma ? -(-m_out.height >> m_to.log2_chroma_h) : m_out.height;
        const int source = sourceOf(component);
        const int fromDepth = m_palette ? 8 : m_from.comp[source].depth;
        std::vector<std::uint16_t> row(static_cast<std::size_t>((width + across - 1) / across));
        for (int y = 0; y < height; ++y) {
            av_read_image_line2(row.data(), const_cast<const std::uint8_t**>(m_frame.data), m_frame.linesize, &m_from, 0, y / down, source,
                static_cast<int>(row.size()), 0, 2);
            if (m_palette) // entries lie as B, G, R, A
                for (std::uint16_t& index : row)
                    index = m_frame.data[1][4 * (index & 255) + (component == 3 ? 3 : 2 - component)];
            if (m_frame.format == AV_PIX_FMT_MONOWHITE)
                for (std::uint16_t& bit : row)
                    bit ^= 1;
            writeRow(component, y, width, across, fromDepth, m_light || component == 3, row);
        }
    }

    void writeRow(int component, int y, int width, int across, int fromDepth, bool light, const std::vector<std::uint16_t>& row)
    {
        const AVComponentDescriptor& to = m_to.comp[component];
        const CodedPicture view = m_out.view();
        std::uint8_t* out = m_out.data.data() + (view.planes[to.plane] - m_out.data.data()) + y * view.strides[to.plane] + to.offset;
        for (int x = 0; x < width; ++x, out += to.step) {
            const std::uint16_t value = rescale(row[static_cast<std::size_t>(x / across)], fromDepth, to.depth, light);
            if (to.depth > 8)
                std::memcpy(out, &value, sizeof value);
            else
                *out = static_cast<std::uint8_t>(value);
        }
    }

    const AVFrame& m_frame;
    const AVPixFmtDescriptor& m_from;
    Rearrangement m_how;
    PackedPicture& m_out;
    const AVPixFmtDescriptor& m_to;
    bool m_palette;
    bool m_light;
};

bool holdsPhotographs(AVCodecID codec)
{
    return codec == AV_CODEC_ID_MJPEG || codec == AV_CODEC_ID_WEBP;
}

Result<Matrix> matrixOf(const AVFrame& frame, AVCodecID codec)
{
    switch (frame.colorspace) {
    case AVCOL_SPC_BT709:
    case AVCOL_SPC_SMPTE240M:
        return Matrix::Bt709;
    case AVCOL_SPC_BT470BG:
    case AVCOL_SPC_SMPTE170M:
    case AVCOL_SPC_FCC:
        return Matrix::Bt601;
    case AVCOL_SPC_BT2020_NCL:
        return Matrix::Bt2020;
    case AVCOL_SPC_RGB: // a lying tag on YUV samples
    case AVCOL_SPC_UNSPECIFIED:
    case AVCOL_SPC_RESERVED:
        if (holdsPhotographs(codec))
            return Matrix::Bt601;
        return frame.height >= 720 ? Matrix::Bt709 : Matrix::Bt601;
    default: {
        const char* name = av_color_space_name(frame.colorspace);
        return fail(Fault::BadInput, fmt::format("its colour matrix '{}' is not read; convert it to BT.709", name ? name : "unknown"));
    }
    }
}

ChromaSite siteOf(const AVFrame& frame, AVCodecID codec)
{
    switch (frame.chroma_location) {
    case AVCHROMA_LOC_LEFT:
    case AVCHROMA_LOC_BOTTOMLEFT:
        return ChromaSite::Left;
    case AVCHROMA_LOC_TOPLEFT:
        return ChromaSite::TopLeft;
    case AVCHROMA_LOC_CENTER:
    case AVCHROMA_LOC_TOP:
    case AVCHROMA_LOC_BOTTOM:
        return ChromaSite::Centre;
    default:
        return holdsPhotographs(codec) || codec == AV_CODEC_ID_MPEG1VIDEO ? ChromaSite::Centre : ChromaSite::Left;
    }
}

bool isFullRange(const AVFrame& frame, const AVPixFmtDescriptor& descriptor, AVCodecID codec)
{
    if (std::string_view(descriptor.name).starts_with("yuvj") || frame.color_range == AVCOL_RANGE_JPEG)
        return true;
    if (frame.color_range == AVCOL_RANGE_MPEG)
        return false;
    const bool gray = descriptor.nb_components < 3;
    const bool film = codec == AV_CODEC_ID_H264 || codec == AV_CODEC_ID_HEVC || codec == AV_CODEC_ID_AV1 || codec == AV_CODEC_ID_VP9;
    return codec == AV_CODEC_ID_MJPEG || (gray && !film);
}

} // namespace

AVPixelFormat pixelFormatOf(SampleFormat format)
{
    for (const Layout& layout : layouts)
        if (layout.ours == format)
            return layout.theirs;
    CHECK(false);
    return AV_PIX_FMT_NONE;
}

Result<Coding> codingOf(const AVFrame& frame, AVCodecID codec)
{
    const AVPixFmtDescriptor* descriptor = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(frame.format));
    if (!descriptor)
        return fail(Fault::BadInput, "its pixel format is unknown");
    std::optional<SampleFormat> format = sameLayout(frame.format);
    if (!format)
        if (const auto how = rearrange(*descriptor))
            format = how->to;
    if (!format)
        return fail(Fault::BadInput, fmt::format("its pixel format '{}' is not read; convert it to 8- or 10-bit YUV, or to RGB", descriptor->name));
    Coding coding;
    coding.format = *format;
    const bool floats = (descriptor->flags & AV_PIX_FMT_FLAG_FLOAT) != 0;
    coding.transfer = floats || codec == AV_CODEC_ID_EXR ? Transfer::Linear
        : frame.color_trc == AVCOL_TRC_SMPTE2084         ? Transfer::Pq
        : frame.color_trc == AVCOL_TRC_ARIB_STD_B67      ? Transfer::Hlg
        : frame.color_trc == AVCOL_TRC_LINEAR            ? Transfer::Linear
                                                         : Transfer::Srgb;
    const bool rgb = (descriptor->flags & (AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL)) != 0 || descriptor->nb_components == 2;
    coding.matrix = rgb || descriptor->nb_components == 1 ? Matrix::Identity : TRY(matrixOf(frame, codec));
    coding.primaries = frame.color_primaries == AVCOL_PRI_BT2020 || (frame.color_primaries == AVCOL_PRI_UNSPECIFIED && coding.matrix == Matrix::Bt2020)
        ? Primaries::Bt2020
        : Primaries::Bt709;
    coding.fullRange = rgb || isFullRange(frame, *descriptor, codec);
    coding.site = siteOf(frame, codec);
    return coding;
}

Result<CodedPointer> codedPictureOf(const AVFrame& frame, AVCodecID codec)
{
    const Coding coding = TRY(codingOf(frame, codec));
    if (sameLayout(frame.format)) {
        const std::shared_ptr<AVFrame> held(av_frame_clone(&frame), LibavFree{});
        CHECK(held);
        auto picture = std::make_shared<CodedPicture>();
        picture->width = held->width;
        picture->height = held->height;
        picture->coding = coding;
        const bool gray = frame.format == AV_PIX_FMT_GRAYF32; // read as three planes that are one
        for (int plane = 0; plane < (gray ? 3 : 4); ++plane) {
            picture->planes[plane] = held->data[gray ? 0 : plane];
            picture->strides[plane] = held->linesize[gray ? 0 : plane];
        }
        picture->owner = held;
        return CodedPointer(std::move(picture));
    }
    const AVPixFmtDescriptor& from = *av_pix_fmt_desc_get(static_cast<AVPixelFormat>(frame.format));
    PackedPicture packed = makePacked(frame.width, frame.height, coding);
    Rearranger(frame, from, *rearrange(from), packed).run();
    return codedOf(std::move(packed));
}

bool losesPrecision(AVPixelFormat format)
{
    const AVPixFmtDescriptor* descriptor = av_pix_fmt_desc_get(format);
    if (!descriptor || sameLayout(format))
        return false;
    const auto how = rearrange(*descriptor);
    return how && av_pix_fmt_desc_get(pixelFormatOf(how->to))->comp[0].depth < descriptor->comp[0].depth;
}

void tagColour(AVCodecContext& encoder, const Coding& coding)
{
    encoder.color_range = coding.fullRange ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG;
    encoder.colorspace = coding.matrix == Matrix::Bt709 ? AVCOL_SPC_BT709
        : coding.matrix == Matrix::Bt601                ? AVCOL_SPC_SMPTE170M
        : coding.matrix == Matrix::Bt2020               ? AVCOL_SPC_BT2020_NCL
                                                        : AVCOL_SPC_RGB;
    encoder.color_primaries = coding.primaries == Primaries::Bt2020 ? AVCOL_PRI_BT2020 : AVCOL_PRI_BT709;
    // Films of the sRGB curve carry the BT.709 tag, because players treat the two alike and know only this one for video.
    encoder.color_trc = coding.transfer == Transfer::Pq ? AVCOL_TRC_SMPTE2084
        : coding.transfer == Transfer::Hlg              ? AVCOL_TRC_ARIB_STD_B67
        : coding.transfer == Transfer::Linear           ? AVCOL_TRC_LINEAR
        : coding.matrix == Matrix::Identity             ? AVCOL_TRC_IEC61966_2_1
                                                        : AVCOL_TRC_BT709;
    encoder.chroma_sample_location = coding.site == ChromaSite::Left ? AVCHROMA_LOC_LEFT
        : coding.site == ChromaSite::Centre                          ? AVCHROMA_LOC_CENTER
                                                                     : AVCHROMA_LOC_TOPLEFT;
}

} // namespace artdag
