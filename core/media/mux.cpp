// SPDX-License-Identifier: GPL-3.0-or-later
// Joins chunks and sound into a file. Picture packets get decode times counted over the whole film, so that chunks with
// different reordering (one-picture chunks have none) join without a step back.
#include "core/base/files.h"
#include "core/media/encode.h"
#include "core/media/picture_encoder.h"
#include "core/media/sound_encoder.h"

#include <fmt/core.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace artdag {

namespace {

namespace fs = std::filesystem;

/// A file beside the target that takes its place when it is whole, and vanishes otherwise.
class FileBeside {
public:
    explicit FileBeside(const fs::path& target) : m_target(fs::absolute(target)), m_path(m_target)
    {
        m_path += ".part-" + hexOf(secureRandom(8));
    }
    ~FileBeside()
    {
        std::error_code ignored;
        if (!m_done)
            fs::remove(m_path, ignored);
    }
    FileBeside(const FileBeside&) = delete;
    FileBeside& operator=(const FileBeside&) = delete;
    [[nodiscard]] const fs::path& path() const { return m_path; }

    Result<void> replaceTarget()
    {
        TRY(sync(m_path, O_RDONLY));
        if (::rename(m_path.c_str(), m_target.c_str()) != 0)
            return tl::unexpected<Error>(systemError("file '" + m_target.string() + "'", errno));
        m_done = true;
        return sync(m_target.parent_path(), O_RDONLY | O_DIRECTORY);
    }

private:
    Result<void> sync(const fs::path& path, int flags) const
    {
        const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
        const bool good = descriptor >= 0 && ::fsync(descriptor) == 0;
        const int code = errno;
        if (descriptor >= 0)
            ::close(descriptor);
        if (!good)
            return tl::unexpected<Error>(systemError("file '" + m_target.string() + "'", code));
        return {};
    }

    fs::path m_target;
    fs::path m_path;
    bool m_done = false;
};

struct OutputFree {
    void operator()(AVFormatContext* context) const
    {
        if (context->pb)
            avio_closep(&context->pb);
        avformat_free_context(context);
    }
};
using OutputPointer = std::unique_ptr<AVFormatContext, OutputFree>;

/// One stream's packets in the order they are written, with times over the whole film.
struct Track {
    AVStream* stream = nullptr;
    AVRational base{1, 1};
    struct Entry {
        const Packet* packet = nullptr;
        std::int64_t pts = 0;
        std::int64_t dts = 0;
        std::int64_t duration = 1;
    };
    std::vector<Entry> entries;
    std::size_t next = 0;
    [[nodiscard]] bool done() const { return next == entries.size(); }
};

class Muxing {
public:
    Muxing(const MuxInput& input, std::string url) : m_input(input), m_url(std::move(url)) {}

    Result<void> run()
    {
        AVFormatContext* context = nullptr;
        TRY(checked(avformat_alloc_output_context2(&context, nullptr, m_input.profile.container.c_str(), m_url.c_str())));
        m_output.reset(context);
        // Times, identifiers and version texts stay out of the file.
        m_output->flags |= AVFMT_FLAG_BITEXACT;
        for (const auto& [key, value] : m_input.metadata)
            av_dict_set(&m_output->metadata, key.c_str(), value.c_str(), 0);
        if (!m_input.chunks.empty())
            TRY(addPictures());
        if (m_input.sound)
            TRY(addSound(*m_input.sound));
        TRY(checked(avio_open2(&m_output->pb, m_url.c_str(), AVIO_FLAG_WRITE, nullptr, nullptr)));
        LibavOptions options;
        setContainerOptions(options);
        TRY(checked(avformat_write_header(m_output.get(), options.address())));
        CHECK(options.leftOver().empty());
        TRY(writePackets());
        TRY(checked(av_write_trailer(m_output.get())));
        return checked(avio_closep(&m_output->pb));
    }

private:
    Result<void> checked(int code) const
    {
        if (code >= 0)
            return {};
        if (code == AVERROR(ENOSPC) || code == AVERROR(EIO) || code == AVERROR(EACCES) || code == AVERROR(ENOENT))
            return tl::unexpected<Error>(systemError("film", AVUNERROR(code)));
        return fail(Fault::Unavailable, fmt::format("film: the {} file could not be written: {}", m_input.profile.container, libavText(code)));
    }

    void setContainerOptions(LibavOptions& options) const
    {
        if (m_input.profile.container != "mp4")
            return;
        options.set("movflags", "+faststart");
        // Edit lists are in ticks of the movie: with a whole number of them in a sample or picture nothing is cut short.
        const std::int64_t pictures = m_input.rate.numerator * ((1000 + m_input.rate.numerator - 1) / m_input.rate.numerator);
        options.set("movie_timescale", std::to_string(m_input.sound ? m_input.sampleRate : pictures));
    }

    Result<void> addPictures()
    {
        const CodecPointer encoder = TRY(openPictureEncoder(m_input.profile, m_input.width, m_input.height, m_input.rate));
        const Bytes& extradata = m_input.chunks.front().extradata;
        Track track;
        track.stream = avformat_new_stream(m_output.get(), nullptr);
        CHECK(track.stream);
        TRY(checked(avcodec_parameters_from_context(track.stream->codecpar, encoder.get())));
        TRY(setExtradata(*track.stream->codecpar, extradata));
        track.stream->codecpar->codec_tag = 0;
        track.base = encoder->time_base;
        track.stream->time_base = track.base;
        track.stream->avg_frame_rate = track.stream->r_frame_rate = encoder->framerate;
        track.stream->sample_aspect_ratio = encoder->sample_aspect_ratio;
        std::int64_t offset = 0;
        for (std::size_t i = 0; i < m_input.chunks.size(); ++i) {
            const EncodedChunk& chunk = m_input.chunks[i];
            if (chunk.extradata != extradata)
                return fail(Fault::BadInput, fmt::format("film: chunk {} was encoded with other settings than chunk 0 (its parameter sets differ); render it again", i));
            if (chunk.frames < 1 || chunk.packets.size() != static_cast<std::size_t>(chunk.frames) || !chunk.packets.front().key)
                return fail(Fault::BadInput, fmt::format("film: chunk {} has {} packets for {} pictures", i, chunk.packets.size(), chunk.frames));
            for (const Packet& packet : chunk.packets)
                track.entries.push_back({&packet, offset + packet.pts, 0, 1});
            offset += chunk.frames;
        }
        countDecodeTimes(track);
        m_tracks.push_back(std::move(track));
        return {};
    }

    /// The n-th packet is decoded at n − d, where d is how far the most delayed picture of the film lies behind its place.
    static void countDecodeTimes(Track& track)
    {
        std::int64_t delay = 0;
        for (std::size_t i = 0; i < track.entries.size(); ++i)
            delay = std::max(delay, static_cast<std::int64_t>(i) - track.entries[i].pts);
        for (std::size_t i = 0; i < track.entries.size(); ++i)
            track.entries[i].dts = static_cast<std::int64_t>(i) - delay;
    }

    Result<void> addSound(const EncodedSound& sound)
    {
        const CodecPointer encoder = TRY(openSoundEncoder(m_input.profile, m_input.sampleRate));
        Track track;
        track.stream = avformat_new_stream(m_output.get(), nullptr);
        CHECK(track.stream);
        TRY(checked(avcodec_parameters_from_context(track.stream->codecpar, encoder.get())));
        TRY(setExtradata(*track.stream->codecpar, sound.extradata));
        track.stream->codecpar->codec_tag = 0;
        track.stream->codecpar->initial_padding = static_cast<int>(sound.priming);
        track.stream->codecpar->frame_size = sound.frameSize;
        track.base = {1, m_input.sampleRate};
        track.stream->time_base = track.base;
        for (const Packet& packet : sound.packets)
            track.entries.push_back({&packet, packet.pts, packet.dts, packet.duration});
        m_tracks.push_back(std::move(track));
        return {};
    }

    Result<void> setExtradata(AVCodecParameters& parameters, const Bytes& extradata) const
    {
        av_freep(&parameters.extradata);
        parameters.extradata_size = 0;
        if (extradata.empty())
            return {};
        parameters.extradata = static_cast<std::uint8_t*>(av_mallocz(extradata.size() + AV_INPUT_BUFFER_PADDING_SIZE));
        CHECK(parameters.extradata);
        std::copy(extradata.begin(), extradata.end(), parameters.extradata);
        parameters.extradata_size = static_cast<int>(extradata.size());
        return {};
    }

    Result<void> writePackets()
    {
        for (;;) {
            Track* earliest = nullptr;
            for (Track& track : m_tracks)
                if (!track.done() && (!earliest || av_compare_ts(track.entries[track.next].dts, track.base, earliest->entries[earliest->next].dts, earliest->base) < 0))
                    earliest = &track;
            if (!earliest)
                return {};
            TRY(write(*earliest));
        }
    }

    Result<void> write(Track& track)
    {
        const Track::Entry& entry = track.entries[track.next++];
        const PacketPointer packet = makePacket();
        TRY(checked(av_new_packet(packet.get(), static_cast<int>(entry.packet->data.size()))));
        std::copy(entry.packet->data.begin(), entry.packet->data.end(), packet->data);
        packet->stream_index = track.stream->index;
        packet->pts = entry.pts;
        packet->dts = entry.dts;
        packet->duration = entry.duration;
        packet->flags = entry.packet->key ? AV_PKT_FLAG_KEY : 0;
        av_packet_rescale_ts(packet.get(), track.base, track.stream->time_base);
        return checked(av_interleaved_write_frame(m_output.get(), packet.get()));
    }

    const MuxInput& m_input;
    std::string m_url;
    OutputPointer m_output;
    std::vector<Track> m_tracks;
};

} // namespace

Result<void> muxFile(const MuxInput& input, const fs::path& path)
{
    prepareLibav();
    if (input.profile.still) {
        if (input.chunks.size() != 1 || input.chunks.front().packets.size() != 1)
            return fail(Fault::BadInput, fmt::format("profile '{}' holds one picture, not more or fewer", input.profile.name));
        return writeFileAtomically(path, input.chunks.front().packets.front().data);
    }
    if (input.chunks.empty() && !input.sound)
        return fail(Fault::BadInput, "film: has neither pictures nor sound");
    if (!input.chunks.empty() && input.profile.videoCodec.empty())
        return fail(Fault::BadInput, fmt::format("profile '{}' has no picture", input.profile.name));
    FileBeside beside(path);
    TRY(Muxing(input, "file:" + beside.path().string()).run());
    return beside.replaceTarget();
}

} // namespace artdag
