// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/container.h"

#include "core/base/files.h"
#include "core/media/decode.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>

namespace artdag {

namespace {

constexpr const char* readFormats = "mov,mp4,matroska,webm,avi,mpegts,wav,flac,mp3,aac,ogg,gif,png_pipe,jpeg_pipe,webp_pipe,"
                                    "tiff_pipe,bmp_pipe,exr_pipe";
constexpr std::int64_t probeBytes = std::int64_t{8} << 20;
constexpr int readBlock = 1 << 16;

struct Reading {
    AVCodecID codec;
    const char* decoder;
    bool exact;
};
// Exactness: measured over SIMD levels on FFmpeg 5.1 (docs/formats.md, "Numerics cpu-1").
constexpr std::array readings{
    Reading{AV_CODEC_ID_H264, "h264", true},
    Reading{AV_CODEC_ID_HEVC, "hevc", true},
    Reading{AV_CODEC_ID_VP8, "vp8", true},
    Reading{AV_CODEC_ID_VP8, "libvpx", true},
    Reading{AV_CODEC_ID_VP9, "vp9", true},
    Reading{AV_CODEC_ID_VP9, "libvpx-vp9", true},
    Reading{AV_CODEC_ID_AV1, "libdav1d", true},
    Reading{AV_CODEC_ID_MPEG1VIDEO, "mpeg1video", true},
    Reading{AV_CODEC_ID_MPEG2VIDEO, "mpeg2video", true},
    Reading{AV_CODEC_ID_MPEG4, "mpeg4", true},
    Reading{AV_CODEC_ID_PRORES, "prores", true},
    Reading{AV_CODEC_ID_DNXHD, "dnxhd", true},
    Reading{AV_CODEC_ID_MJPEG, "mjpeg", true},
    Reading{AV_CODEC_ID_FFV1, "ffv1", true},
    Reading{AV_CODEC_ID_HUFFYUV, "huffyuv", true},
    Reading{AV_CODEC_ID_UTVIDEO, "utvideo", true},
    Reading{AV_CODEC_ID_RAWVIDEO, "rawvideo", true},
    Reading{AV_CODEC_ID_QTRLE, "qtrle", true},
    Reading{AV_CODEC_ID_GIF, "gif", true},
    Reading{AV_CODEC_ID_PNG, "png", true},
    Reading{AV_CODEC_ID_WEBP, "webp", true},
    Reading{AV_CODEC_ID_TIFF, "tiff", true},
    Reading{AV_CODEC_ID_BMP, "bmp", true},
    Reading{AV_CODEC_ID_EXR, "exr", true},
    Reading{AV_CODEC_ID_AAC, "aac_fixed", true},
    Reading{AV_CODEC_ID_AAC, "aac", false},
    Reading{AV_CODEC_ID_MP3, "mp3", true},
    Reading{AV_CODEC_ID_MP3, "mp3float", false},
    Reading{AV_CODEC_ID_MP2, "mp2", true},
    Reading{AV_CODEC_ID_AC3, "ac3_fixed", true},
    Reading{AV_CODEC_ID_AC3, "ac3", false},
    Reading{AV_CODEC_ID_EAC3, "eac3", false},
    Reading{AV_CODEC_ID_VORBIS, "vorbis", true},
    Reading{AV_CODEC_ID_FLAC, "flac", true},
    Reading{AV_CODEC_ID_ALAC, "alac", true},
    Reading{AV_CODEC_ID_OPUS, "opus", false},
    Reading{AV_CODEC_ID_OPUS, "libopus", false},
};

/// Every decoder that stream probing may start, as one list; FFmpeg refuses all others.
std::string probeDecoders()
{
    std::string list;
    for (const Reading& reading : readings)
        list += std::string(reading.decoder) + ",";
    void* position = nullptr;
    while (const AVCodec* codec = av_codec_iterate(&position))
        if (av_codec_is_decoder(codec) && isPcm(codec->id))
            list += std::string(codec->name) + ",";
    list.pop_back();
    return list;
}

/// Whatever a demuxer wants to open beside the file itself is refused.
int refuseToOpen(AVFormatContext*, AVIOContext**, const char*, int, AVDictionary**)
{
    return AVERROR(EPERM);
}

bool isReadFormat(const AVInputFormat& format)
{
    return av_match_list(format.name, readFormats, ',') > 0;
}

std::string refusal(const FileSource& source, const AVInputFormat* format)
{
    const std::string& name = source.name();
    constexpr std::string_view reads = "Art DAG reads MP4, MOV, MKV, WebM, AVI, TS, WAV, FLAC, MP3, AAC, Ogg, PNG, JPEG, WebP, TIFF, OpenEXR, BMP, GIF and SVG";
    if (!format)
        return fmt::format("{}: is not a film, picture or sound that is known here; {}", name, reads);
    return fmt::format("{}: looks like '{}', which is not read; {}", name, format->name, reads);
}

} // namespace

bool isPcm(AVCodecID codec)
{
    return codec >= AV_CODEC_ID_PCM_S16LE && codec <= AV_CODEC_ID_PCM_VIDC;
}

struct Container::Reader {
    SourcePointer source;
    std::int64_t position = 0;

    static int read(void* opaque, std::uint8_t* buffer, int size)
    {
        auto* reader = static_cast<Reader*>(opaque);
        for (;;) {
            const ssize_t count = ::pread(reader->source->descriptor(), buffer, static_cast<std::size_t>(size), reader->position);
            if (count < 0 && errno == EINTR)
                continue;
            if (count < 0)
                return AVERROR(errno);
            reader->position += count;
            return count == 0 ? AVERROR_EOF : static_cast<int>(count);
        }
    }
    static std::int64_t seek(void* opaque, std::int64_t offset, int whence)
    {
        auto* reader = static_cast<Reader*>(opaque);
        const std::int64_t size = reader->source->size();
        if ((whence & AVSEEK_SIZE) != 0)
            return size;
        const int from = whence & ~AVSEEK_FORCE;
        const std::int64_t start = from == SEEK_SET ? 0 : from == SEEK_CUR ? reader->position
                                                                           : size;
        std::int64_t target = 0;
        if (__builtin_add_overflow(start, offset, &target) || target < 0)
            return AVERROR(EINVAL);
        reader->position = target;
        return target;
    }
};

Container::Container(Container&& other) noexcept
    : m_reader(std::move(other.m_reader)),
      m_io(std::exchange(other.m_io, nullptr)),
      m_context(std::exchange(other.m_context, nullptr))
{
}

Container& Container::operator=(Container&& other) noexcept
{
    std::swap(m_reader, other.m_reader);
    std::swap(m_io, other.m_io);
    std::swap(m_context, other.m_context);
    return *this;
}

Container::~Container()
{
    avformat_close_input(&m_context);
    if (m_io)
        av_freep(&m_io->buffer);
    avio_context_free(&m_io);
}

const std::string& Container::name() const
{
    return m_reader->source->name();
}

Result<Container> Container::open(SourcePointer source, std::optional<int> only)
{
    prepareLibav();
    const PlainNumbers plain;
    Container container;
    container.m_reader = std::make_unique<Reader>(Reader{std::move(source)});
    const std::string& name = container.name();
    container.m_io = avio_alloc_context(static_cast<unsigned char*>(av_malloc(readBlock)), readBlock, 0, container.m_reader.get(),
        &Reader::read, nullptr, &Reader::seek);
    CHECK(container.m_io);

    const AVInputFormat* format = nullptr;
    av_probe_input_buffer2(container.m_io, &format, "", nullptr, 0, 1U << 20);
    if (!format || !isReadFormat(*format))
        return fail(Fault::BadInput, refusal(*container.source(), format));

    container.m_context = avformat_alloc_context();
    CHECK(container.m_context);
    container.m_context->pb = container.m_io;
    container.m_context->io_open = &refuseToOpen;
    container.m_context->max_streams = 64;
    container.m_context->probesize = probeBytes;
    container.m_context->flags |= AVFMT_FLAG_CUSTOM_IO;
    LibavOptions options;
    options.set("protocol_whitelist", "");
    options.set("format_whitelist", readFormats);
    options.set("codec_whitelist", probeDecoders());
    // On failure FFmpeg frees the context and clears the pointer.
    if (const int code = avformat_open_input(&container.m_context, "", format, options.address()); code < 0)
        return fail(Fault::BadInput, fmt::format("{}: looks like {} but its header cannot be read ({}); it may be cut off or damaged, export or copy it again", name, format->name, libavText(code)));

    if (only && av_match_list(container->iformat->name, "mov,matroska", ',') > 0)
        container.keepOnly(*only);
    std::vector<AVDictionary*> perStream(container->nb_streams, nullptr);
    for (AVDictionary*& stream : perStream) {
        av_dict_set_int(&stream, "max_pixels", maximumPixels, 0);
        av_dict_set(&stream, "threads", "1", 0);
    }
    const int found = avformat_find_stream_info(container.get(), perStream.data());
    for (AVDictionary*& stream : perStream)
        av_dict_free(&stream);
    if (found < 0)
        return fail(Fault::BadInput, fmt::format("{}: its streams cannot be read ({}); it may be damaged", name, libavText(found)));
    return container;
}

void Container::keepOnly(int stream)
{
    for (unsigned i = 0; i < m_context->nb_streams; ++i)
        m_context->streams[i]->discard = static_cast<int>(i) == stream ? AVDISCARD_DEFAULT : AVDISCARD_ALL;
}

bool Container::indexIsComplete() const
{
    return av_match_list(m_context->iformat->name, "mov,avi", ',') > 0;
}

bool Container::isStillFormat() const
{
    return std::string_view(m_context->iformat->name).ends_with("_pipe");
}

std::optional<std::int64_t> Container::promisedLast(int stream) const
{
    AVStream* const track = m_context->streams[stream];
    std::optional<std::int64_t> last;
    for (int i = indexIsComplete() ? avformat_index_get_entries_count(track) - 1 : -1; i >= 0 && !last; --i)
        last = avformat_index_get_entry(track, i)->timestamp;
    return last;
}

Result<bool> Container::endsEarly(std::int64_t reached) const
{
    constexpr std::int64_t tolerance = AV_TIME_BASE / 4;
    const char* const format = m_context->iformat->name;
    if (av_match_list(format, "gif", ',') > 0) {
        std::uint8_t last = 0;
        return !source()->readAt(source()->size() - 1, {&last, 1}) || last != 0x3B;
    }
    const bool promises = m_context->duration > 0 && m_context->duration_estimation_method != AVFMT_DURATION_FROM_BITRATE;
    if (!promises || av_match_list(format, "matroska,flac", ',') <= 0 || reached >= m_context->duration - tolerance)
        return false;
    // Another stream may well be longer than this one.
    return TRY(takeCensus(source(), 0)).fileEnd < m_context->duration - tolerance;
}

const SourcePointer& Container::source() const
{
    return m_reader->source;
}

std::vector<DecoderChoice> decodersFor(AVCodecID codec)
{
    std::vector<DecoderChoice> choices;
    for (const Reading& reading : readings)
        if (reading.codec == codec)
            if (const AVCodec* found = avcodec_find_decoder_by_name(reading.decoder))
                choices.push_back({found, reading.exact});
    if (isPcm(codec))
        if (const AVCodec* found = avcodec_find_decoder(codec))
            choices.push_back({found, true});
    return choices;
}

Result<PacketCensus> takeCensus(const SourcePointer& source, int stream)
{
    Container container = TRY(Container::open(source));
    PacketCensus census;
    if (stream >= static_cast<int>(container->nb_streams))
        return census;
    const PacketPointer packet = makePacket();
    while (av_read_frame(container.get(), packet.get()) >= 0) {
        const std::int64_t shown = packet->pts != AV_NOPTS_VALUE ? packet->pts : packet->dts;
        if (shown != AV_NOPTS_VALUE && std::abs(shown) < INT64_MAX / 4 && packet->duration < INT64_MAX / 4)
            census.fileEnd = std::max(census.fileEnd, av_rescale_q(shown + packet->duration, container->streams[packet->stream_index]->time_base, AV_TIME_BASE_Q));
        if (packet->stream_index == stream && (packet->flags & AV_PKT_FLAG_DISCARD) == 0) {
            const std::int64_t dts = packet->dts != AV_NOPTS_VALUE ? packet->dts : packet->pts;
            const std::int64_t pts = packet->pts != AV_NOPTS_VALUE ? packet->pts : packet->dts;
            ++census.packets;
            if (pts != AV_NOPTS_VALUE && std::abs(pts) < INT64_MAX / 4 && packet->duration < INT64_MAX / 4)
                census.end = census.end == AV_NOPTS_VALUE ? pts + packet->duration : std::max(census.end, pts + packet->duration);
            if ((packet->flags & AV_PKT_FLAG_KEY) != 0 && dts != AV_NOPTS_VALUE)
                census.keys.push_back({dts});
        }
        av_packet_unref(packet.get());
    }
    return census;
}

} // namespace artdag
