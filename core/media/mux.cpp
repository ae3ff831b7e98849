// SPDX-License-Identifier: GPL-3.0-or-later
// Joins chunks and sound into a file. Picture packets get decode times counted over the whole film, so that chunks with
// different reordering (one-picture chunks have none) join without a step back.
#include "core/base/files.h"
#include "core/media/early_writing.h"
#include "core/media/encode.h"
#include "core/media/file_beside.h"
#include "core/media/mux_folder.h"
#include "core/media/picture_encoder.h"
#include "core/media/sound_encoder.h"
#include "core/media/stored_packets.h"
#include "core/media/webp_chunks.h"

#include <fmt/core.h>

#include <algorithm>
#include <future>
#include <utility>

namespace artdag {

namespace {

struct OutputFree {
    void operator()(AVFormatContext* context) const
    {
        if (context->pb)
            avio_closep(&context->pb);
        avformat_free_context(context);
    }
};
using OutputPointer = std::unique_ptr<AVFormatContext, OutputFree>;

/// One stream's packets in the order they are written, with times over the whole film. Pictures are held a chunk at a time.
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
    std::size_t written = 0; ///< entries that are no longer held
    bool pictures = false;
    bool padded = false; ///< a codec whose last block is filled up
    [[nodiscard]] bool done() const { return next == entries.size(); }
    [[nodiscard]] const Entry& front() const { return entries[next]; }
};

class Muxing {
public:
    Muxing(const MuxInput& input, std::string url)
        : m_input(input),
          m_url(std::move(url)) {}

    Result<void> run()
    {
        const PlainNumbers plain;
        AVFormatContext* context = nullptr;
        TRY(checked(avformat_alloc_output_context2(&context, nullptr, m_input.profile.container.c_str(), m_url.c_str())));
        m_output.reset(context);
        // Times, identifiers and version texts stay out of the file.
        m_output->flags |= AVFMT_FLAG_BITEXACT;
        for (const auto& [key, value] : m_input.metadata)
            av_dict_set(&m_output->metadata, key.c_str(), value.c_str(), 0);
        if (chunkCount() > 0)
            TRY(addPictures());
        if (m_input.sound)
            TRY(addSound(*m_input.sound));
        if ((m_output->oformat->flags & AVFMT_NOFILE) == 0)
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
        const std::string& container = m_input.profile.container;
        if (container == "webp")
            options.set("loop", "0");
        if (container == "hls") {
            options.set("hls_segment_type", "fmp4");
            options.set("hls_playlist_type", "vod");
            options.set("hls_time", "6");
            options.set("hls_list_size", "0");
            options.set("hls_fmp4_init_filename", "init.mp4");
            options.set("hls_segment_filename", m_url.substr(std::string_view("file:").size(), m_url.rfind('/') + 1 - std::string_view("file:").size()) + "segment%04d.m4s");
        }
        if (container == "mp4")
            options.set("movflags", "+faststart");
        // Edit lists are in ticks of the movie: with a whole number of them in a sample or picture nothing is cut short.
        const std::int64_t pictures = m_input.rate.numerator * ((1000 + m_input.rate.numerator - 1) / m_input.rate.numerator);
        const std::string ticks = std::to_string(m_input.sound ? m_input.sampleRate : pictures);
        if (container == "mp4" || container == "mov")
            options.set("movie_timescale", ticks);
        else if (container == "hls")
            options.set("hls_segment_options", "movie_timescale=" + ticks);
    }

    [[nodiscard]] std::size_t chunkCount() const { return m_input.chunkAt ? m_input.chunkCount : m_input.chunks.size(); }

    /// Brings chunk `index` into m_chunk, a borrowed one or one that is held until the next.
    Result<void> loadChunk(std::size_t index)
    {
        if (std::exchange(m_loaded, index) == index)
            return {};
        if (m_input.chunkAt) {
            m_held = TRY(m_input.chunkAt(index));
            m_chunk = &m_held;
        } else {
            m_chunk = &m_input.chunks[index];
        }
        if (index == 0)
            m_extradata = m_chunk->extradata;
        if (m_chunk->extradata != m_extradata)
            return fail(Fault::BadInput, fmt::format("film: chunk {} was encoded with other settings than chunk 0 (its parameter sets differ); render it again", index));
        if (m_chunk->frames < 1 || m_chunk->packets.size() != static_cast<std::size_t>(m_chunk->frames) || !m_chunk->packets.front().key)
            return fail(Fault::BadInput, fmt::format("film: chunk {} has {} packets for {} pictures", index, m_chunk->packets.size(), m_chunk->frames));
        return {};
    }

    Result<void> addPictures()
    {
        if (m_input.copied)
            return addCopied(*m_input.copied);
        // The n-th packet is decoded at n − d, where d is how far the most delayed picture of the film lies behind its place.
        m_delay = m_input.delay.value_or(0);
        for (std::size_t index = 0; index < (m_input.delay ? 1 : chunkCount()); ++index) {
            TRY(loadChunk(index));
            m_delay = std::max(m_delay, delayOf(*m_chunk));
        }
        const CodecPointer encoder = TRY(openPictureEncoder(m_input.profile, m_input.width, m_input.height, m_input.rate));
        Track track;
        track.pictures = true;
        track.stream = avformat_new_stream(m_output.get(), nullptr);
        CHECK(track.stream);
        TRY(checked(avcodec_parameters_from_context(track.stream->codecpar, encoder.get())));
        TRY(setExtradata(*track.stream->codecpar, m_extradata));
        track.stream->codecpar->codec_tag = 0;
        track.base = encoder->time_base;
        track.stream->time_base = track.base;
        track.stream->avg_frame_rate = track.stream->r_frame_rate = encoder->framerate;
        track.stream->sample_aspect_ratio = encoder->sample_aspect_ratio;
        m_tracks.push_back(std::move(track));
        return {};
    }

    Result<void> addCopied(const StoredPackets& film)
    {
        CHECK(m_input.delay);
        m_delay = *m_input.delay;
        Track track;
        track.pictures = true;
        track.stream = avformat_new_stream(m_output.get(), nullptr);
        CHECK(track.stream);
        TRY(checked(avcodec_parameters_copy(track.stream->codecpar, &film.parameters())));
        track.stream->codecpar->codec_tag = 0;
        track.stream->avg_frame_rate = track.stream->r_frame_rate = {static_cast<int>(m_input.rate.numerator), static_cast<int>(m_input.rate.denominator)};
        track.base = track.stream->time_base = av_inv_q(track.stream->avg_frame_rate);
        track.stream->sample_aspect_ratio = {1, 1};
        m_tracks.push_back(std::move(track));
        return {};
    }

    /// Puts the packets of the next chunk into the picture track, if there is one.
    Result<void> refill(Track& track)
    {
        if (!track.pictures || !track.done() || m_nextChunk == chunkCount())
            return {};
        TRY(loadChunk(m_nextChunk++));
        track.entries.clear();
        track.next = 0;
        for (std::size_t i = 0; i < m_chunk->packets.size(); ++i)
            track.entries.push_back({&m_chunk->packets[i], m_offset + m_chunk->packets[i].pts, m_offset + static_cast<std::int64_t>(i) - m_delay, 1});
        m_offset += m_chunk->frames;
        return {};
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
        track.padded = m_input.profile.audioCodec.starts_with("lib");
        track.base = {1, m_input.sampleRate};
        track.stream->time_base = track.base;
        // Readers of WebM take CodecDelay off every time (RFC 9559, 5.1.4.1.25); FFmpeg 5.1 writes it and leaves the times alone.
        const std::int64_t later = m_input.profile.container == "webm" ? sound.priming : 0;
        m_soundLater = later;
        if (!m_input.soundPackets)
            addSoundPackets(track, sound.packets);
        m_tracks.push_back(std::move(track));
        return {};
    }

    void addSoundPackets(Track& track, const std::vector<Packet>& packets) const
    {
        for (const Packet& packet : packets)
            track.entries.push_back({&packet, packet.pts + m_soundLater, packet.dts + m_soundLater, packet.duration});
    }

    /// The next packets of a sound that comes in pieces.
    Result<void> refillSound(Track& track)
    {
        if (track.pictures || !m_input.soundPackets || m_soundEnded || !track.done())
            return {};
        m_soundHeld = TRY(m_input.soundPackets());
        m_soundEnded = m_soundHeld.empty();
        track.entries.clear();
        track.written += std::exchange(track.next, 0);
        addSoundPackets(track, m_soundHeld);
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
        EarlyWriting early(m_url);
        for (;;) {
            Track* earliest = nullptr;
            for (Track& track : m_tracks) {
                TRY(refill(track));
                TRY(refillSound(track));
                if (!track.done() && (!earliest || av_compare_ts(track.front().dts, track.base, earliest->front().dts, earliest->base) < 0))
                    earliest = &track;
            }
            if (!earliest)
                return {};
            TRY(write(*earliest));
            if (m_output->pb)
                early.upTo(avio_tell(m_output->pb));
        }
    }

    Result<void> write(Track& track)
    {
        const Track::Entry& entry = track.entries[track.next++];
        const PacketPointer packet = makePacket();
        ByteView data = entry.packet->data;
        if (track.pictures && m_input.profile.container == "gif" && entry.pts > 0)
            data = withoutGifHeader(data);
        TRY(checked(av_new_packet(packet.get(), static_cast<int>(data.size()))));
        std::copy(data.begin(), data.end(), packet->data);
        if (!entry.packet->side.empty())
            TRY(addSide(*packet, AV_PKT_DATA_MATROSKA_BLOCKADDITIONAL, entry.packet->side));
        if (track.padded)
            TRY(addSkipped(*packet, track, entry));
        packet->stream_index = track.stream->index;
        packet->pts = entry.pts;
        packet->dts = entry.dts;
        packet->duration = entry.duration;
        packet->flags = entry.packet->key ? AV_PKT_FLAG_KEY : 0;
        av_packet_rescale_ts(packet.get(), track.base, track.stream->time_base);
        return checked(av_interleaved_write_frame(m_output.get(), packet.get()));
    }

    /// Samples to drop, as two little-endian u32 (front, end) and two reasons: AV_PKT_DATA_SKIP_SAMPLES. The MP3 muxer takes
    /// what is before the first sample from the first packet that says anything; the others know it from the codec.
    Result<void> addSkipped(AVPacket& packet, const Track& track, const Track::Entry& entry) const
    {
        const bool first = track.written + track.next == 1 && m_input.profile.container == "mp3";
        const std::int64_t front = first ? track.stream->codecpar->initial_padding : 0;
        const std::int64_t end = track.done() ? std::max<std::int64_t>(0, track.stream->codecpar->frame_size - entry.duration) : 0;
        if (front == 0 && end == 0)
            return {};
        Bytes skip(10);
        for (int i = 0; i < 4; ++i) {
            skip[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(front >> (8 * i));
            skip[static_cast<std::size_t>(4 + i)] = static_cast<std::uint8_t>(end >> (8 * i));
        }
        return addSide(packet, AV_PKT_DATA_SKIP_SAMPLES, skip);
    }

    Result<void> addSide(AVPacket& packet, AVPacketSideDataType type, const Bytes& bytes) const
    {
        std::uint8_t* side = av_packet_new_side_data(&packet, type, bytes.size());
        CHECK(side);
        std::copy(bytes.begin(), bytes.end(), side);
        return {};
    }

    /// Each chunk's encoder begins a file of its own; only the first one's screen descriptor (GIF89a §18) is wanted.
    static ByteView withoutGifHeader(ByteView data)
    {
        constexpr std::size_t header = 6 + 7;
        constexpr std::string_view signature = "GIF89a";
        const bool begins = data.size() > header && std::equal(signature.begin(), signature.end(), data.begin());
        return begins ? data.subspan(header) : data;
    }

    const MuxInput& m_input;
    std::string m_url;
    OutputPointer m_output;
    std::vector<Track> m_tracks;
    const EncodedChunk* m_chunk = nullptr; ///< the chunk at hand, in the input or in m_held
    EncodedChunk m_held;
    std::optional<std::size_t> m_loaded; ///< its number
    Bytes m_extradata;
    std::int64_t m_delay = 0;
    std::int64_t m_offset = 0; ///< pictures before the chunk at hand
    std::size_t m_nextChunk = 0;
    std::vector<Packet> m_soundHeld; ///< the piece that entries point into
    bool m_soundEnded = false;
    std::int64_t m_soundLater = 0; ///< added to all times of the sound
};

} // namespace

Result<void> muxStream(const MuxInput& input, const std::string& url)
{
    return Muxing(input, url).run();
}

Result<void> muxFile(const MuxInput& input, const std::filesystem::path& path)
{
    prepareLibav();
    const std::size_t count = input.chunkAt ? input.chunkCount : input.chunks.size();
    if (input.profile.still) {
        const EncodedChunk still = count != 1 ? EncodedChunk{} : input.chunkAt ? TRY(input.chunkAt(0))
                                                                               : input.chunks.front();
        if (still.packets.size() != 1)
            return fail(Fault::BadInput, fmt::format("profile '{}' holds one picture, not more or fewer", input.profile.name));
        return writeFileAtomically(path, still.packets.front().data);
    }
    if (count == 0 && (!input.sound || input.profile.container == "image2"))
        return fail(Fault::BadInput, "film: has neither pictures nor sound");
    if (count > 0 && input.profile.videoCodec.empty())
        return fail(Fault::BadInput, fmt::format("profile '{}' has no picture", input.profile.name));
    if (input.profile.folder)
        return muxFolder(input, path);
    FileBeside beside(path);
    TRY(muxStream(input, "file:" + beside.path().string()));
    if (input.profile.container == "webp") {
        Bytes loop = TRY(readFile(beside.path(), std::size_t{1} << 32));
        letPicturesReplace(loop);
        TRY(writeFileAtomically(beside.path(), loop));
    }
    std::future<void> seen;
    if (input.written) {
        const SourcePointer file = TRY(FileSource::open(beside.path()));
        seen = std::async(std::launch::async, [&input, file] { input.written(*file); });
    }
    const auto replaced = beside.replaceTarget();
    if (seen.valid())
        seen.get();
    return replaced;
}

} // namespace artdag
