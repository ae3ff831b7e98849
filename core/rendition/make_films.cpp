// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rendition/make_films.h"

#include "core/base/files.h"
#include "core/media/encode.h"
#include "core/rendition/plays_everywhere.h"
#include "core/rendition/shown_media.h"
#include "core/rendition/sound_rendition.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <deque>
#include <optional>
#include <vector>

namespace artdag {

namespace {

constexpr int mostSharedHeight = 1080;
constexpr int levels[] = {360, 720, 1080}; // heights of the stream; never above the source's
constexpr int secondsOfChunk = 3;          // two of them are a segment
constexpr double secondsOfSegment = 6;     // as the muxer cuts them
constexpr std::int64_t longestChunk = 240; // frames, below the encoder's largest group

/// One film that is made: where, how large, and the chunks it has so far.
struct Output {
    std::string kind; ///< `share`, or the level
    EncodeProfile profile;
    ShownSize size;
    std::filesystem::path target;
    std::filesystem::path chunks; ///< folder

    [[nodiscard]] std::filesystem::path chunk(std::size_t index) const { return chunks / std::to_string(index); }
};

Rate shownRate(Rate rate)
{
    return rate.perSecond() > 60 ? Rate{60, 1} : rate.perSecond() < 1 ? Rate{1, 1}
                                                                      : rate;
}

Result<EncodeProfile> profileOf(const char* name)
{
    EncodeProfile profile = TRY(encodeProfile(name));
    profile.preset = "veryfast";
    profile.quality = 23;
    profile.audioBitsPerSecond = 128'000;
    return profile;
}

/// A stretch of the source: all of it, or one piece of a film that is being rendered.
struct Stretch {
    ShownMedia media;
    Flicks first = 0, end = 0;
};

/// What a level's playlist says while the film goes on: all but its last segment, which will be another when more has come.
std::string eventPlaylist(std::string list, bool isWhole, int longestSegment)
{
    const auto replace = [&](std::string_view start, const std::string& line) {
        const auto at = list.find(start);
        if (at != std::string::npos)
            list.replace(at, list.find('\n', at) - at, line);
    };
    replace("#EXT-X-PLAYLIST-TYPE", "#EXT-X-PLAYLIST-TYPE:EVENT");
    replace("#EXT-X-TARGETDURATION", "#EXT-X-TARGETDURATION:" + std::to_string(longestSegment)); // it must stay the same
    if (const auto last = list.rfind("#EXTINF"); !isWhole && last != std::string::npos)
        list.resize(last);
    return list;
}

class Making final : public FilmMaking {
public:
    Making(ShownMedia media, std::filesystem::path folder, const WorkerOptions& worker)
        : m_size(media.size()),
          m_facts(media.facts()),
          m_folder(std::move(folder)),
          m_worker(worker)
    {
        const Flicks end = m_facts.video ? m_facts.video->duration : 0;
        m_stretches.push_back({std::move(media), 0, end});
    }

    Result<void> plan(const std::filesystem::path& source)
    {
        const FileFacts& facts = m_facts;
        if (facts.video && facts.video->still)
            return fail(Fault::BadInput, "rendition: of a still there is no film");
        m_original = TRY(playsEverywhere(source, facts));
        if (!facts.video)
            return {};
        m_soundMedia = &m_stretches.front().media;
        return planFrames(facts.video->duration);
    }

    Result<void> planLive(const FilmPiece& first, const std::filesystem::path& sound, std::int64_t frames)
    {
        if (!m_facts.video || m_facts.video->still || first.frames < 1 || frames < first.frames)
            return fail(Fault::BadInput, "rendition: a live one is of pieces of a film");
        m_isLive = true;
        m_arrived = first.frames;
        m_expected = frames;
        m_stretches.front().end = timeOfFrame(m_arrived, m_facts.video->rate);
        m_original = TRY(playsEverywhere(first.file, m_facts));
        if (!sound.empty()) {
            m_soundFile.emplace(TRY(ShownMedia::open(sound, m_worker)));
            m_soundMedia = &*m_soundFile;
            m_original = m_original && TRY(playsEverywhere(sound, m_soundFile->facts()));
        }
        return planFrames(timeOfFrame(frames, m_facts.video->rate));
    }

    Result<void> add(const FilmPiece& piece) override
    {
        if (!m_isLive || piece.frames < 1 || m_arrived + piece.frames > m_expected)
            return fail(Fault::BadInput, "rendition: no such piece is waited for");
        const Flicks start = timeOfFrame(m_arrived, m_facts.video->rate);
        m_arrived += piece.frames;
        m_stretches.push_back({TRY(ShownMedia::open(piece.file, m_worker)), start, timeOfFrame(m_arrived, m_facts.video->rate)});
        return {};
    }

    /// Sizes and levels of a film of this length.
    Result<void> planFrames(Flicks duration)
    {
        m_rate = shownRate(m_facts.video->rate);
        m_frames = std::max<std::int64_t>(1, frameAt(duration - 1, m_rate) + 1);
        m_perChunk = std::clamp<std::int64_t>(static_cast<std::int64_t>(m_rate.perSecond() * secondsOfChunk + 0.5), 1, longestChunk);
        for (const int height : levels)
            if (height == levels[0] || height <= std::min(m_size.height, m_size.width))
                TRY(addOutput(std::to_string(height), "hls", height, m_folder / "hls" / std::to_string(height)));
        if (!m_original) // after the largest level, which is often of its size
            TRY(addOutput("share", "share-h264", mostSharedHeight, m_folder / "share.mp4"));
        return {};
    }

    Result<Json> step() override
    {
        if (m_isLive && !m_soundMade) // before anything is listed: every segment has its sound
            TRY(makeSound());
        if (m_chunk * m_perChunk < m_frames) {
            if (!hasNextChunk())
                return Json{{"done", false}, {"waits", true}};
            TRY(encodeChunk());
            if (m_isLive && m_chunk >= m_nextListing && m_chunk * m_perChunk < m_frames)
                TRY(listSoFar());
            return Json{{"done", false}, {"permille", 900 * std::min(m_chunk * m_perChunk, m_frames) / m_frames}};
        }
        if (!m_soundMade) {
            TRY(makeSound());
            return Json{{"done", false}, {"permille", 900}};
        }
        if (m_next < m_outputs.size()) {
            TRY(writeFilm(m_outputs[m_next++]));
            return Json{{"done", false}, {"permille", 950}};
        }
        return finish();
    }

private:
    Result<void> addOutput(std::string kind, const char* profile, int height, std::filesystem::path target)
    {
        // A height is that of a film that lies; one that stands is as wide.
        const bool stands = m_size.height > m_size.width;
        const int most = height * 16 / 9 + 1;
        Output output{std::move(kind), TRY(profileOf(profile)), sizeWithin(m_size, stands ? height : most, stands ? most : height, true), std::move(target), {}};
        output.chunks = m_folder / ("chunks-" + output.kind);
        std::error_code error;
        std::filesystem::create_directories(output.chunks, error);
        std::filesystem::create_directories(output.target.parent_path(), error);
        if (error)
            return fail(Fault::Unavailable, "rendition: no folder can be made for it: " + error.message());
        m_outputs.push_back(std::move(output));
        return {};
    }

    [[nodiscard]] bool hasNextChunk() const
    {
        const std::int64_t end = std::min(m_frames, (m_chunk + 1) * m_perChunk);
        return !m_isLive || m_arrived == m_expected || timeOfFrame(end - 1, m_rate) < m_stretches.back().end;
    }

    /// The stretch that has this time; those before it are done with.
    Stretch& stretchAt(Flicks time)
    {
        while (m_stretches.size() > 1 && m_stretches.front().end <= time)
            m_stretches.pop_front();
        return m_stretches.front();
    }

    /// The next frames, for all films at once.
    Result<void> encodeChunk()
    {
        const std::int64_t first = m_chunk * m_perChunk;
        const std::int64_t end = std::min(m_frames, first + m_perChunk);
        std::vector<std::unique_ptr<ChunkEncoder>> encoders;
        for (const Output& output : m_outputs)
            encoders.push_back(TRY(makeChunkEncoder(output.profile, output.size.width, output.size.height, m_rate)));
        for (std::int64_t frame = first; frame < end && !m_outputs.empty(); ++frame) {
            const Flicks time = timeOfFrame(frame, m_rate);
            Stretch& stretch = stretchAt(time);
            const CodedPointer coded = TRY(stretch.media.pictureAt(time - stretch.first));
            PackedPicture packed;
            for (std::size_t i = 0; i < m_outputs.size(); ++i) {
                const auto& [kind, profile, size, target, chunks] = m_outputs[i];
                if (packed.width != size.width || packed.height != size.height) { // all have the same coding
                    packed = makePacked(size.width, size.height, profile.coding);
                    encodeFromLinear(stretch.media.shown(*coded, size).view(), packed);
                }
                TRY(encoders[i]->add(packed));
            }
        }
        for (std::size_t i = 0; i < m_outputs.size(); ++i)
            TRY(writeFileAtomically(m_outputs[i].chunk(static_cast<std::size_t>(m_chunk)), bytesOfChunk(TRY(encoders[i]->finish()))));
        ++m_chunk;
        return {};
    }

    Result<void> makeSound()
    {
        m_soundMade = true;
        ShownMedia* media = m_soundMedia != nullptr ? m_soundMedia : m_isLive ? nullptr
                                                                              : &m_stretches.front().media;
        if (media == nullptr || !media->facts().audio)
            return {};
        SoundPrinter printer(media->facts().audio->sampleRate);
        if (!m_facts.video && m_original)
            return printSound(*media, printer);
        m_sound = TRY(encodeSoundOf(*media, TRY(profileOf("share-h264")), m_sampleRate, printer));
        m_print = jsonOf(printer.finish());
        if (m_facts.video || !m_sound)
            return {};
        MuxInput input;
        input.profile = TRY(profileOf("share-h264"));
        input.profile.videoCodec.clear();
        input.sampleRate = m_sampleRate;
        input.sound = std::move(m_sound);
        return muxFile(input, m_folder / "sound.m4a");
    }

    /// Of sound that is encoded by nobody, because it plays everywhere.
    Result<void> printSound(ShownMedia& media, SoundPrinter& printer)
    {
        const auto stream = TRY(media.openSound());
        for (Sound piece = TRY(stream->next()); piece.range().count > 0 && !printer.hasEnough(); piece = TRY(stream->next()))
            printer.add(piece);
        m_print = jsonOf(printer.finish());
        return {};
    }

    [[nodiscard]] MuxInput encodedSoFar(const Output& output) const
    {
        MuxInput input;
        input.profile = output.profile;
        input.width = output.size.width;
        input.height = output.size.height;
        input.rate = m_rate;
        input.sampleRate = m_sampleRate;
        input.sound = m_sound;
        input.chunkCount = static_cast<std::size_t>(m_chunk);
        input.chunkAt = [&output](std::size_t index) -> Result<EncodedChunk> { return chunkOfBytes(TRY(readFile(output.chunk(index)))); };
        return input;
    }

    Result<void> writeFilm(const Output& output)
    {
        auto written = m_isLive && output.kind != "share" ? list(output, true) : muxFile(encodedSoFar(output), output.target);
        std::error_code ignored;
        std::filesystem::remove_all(output.chunks, ignored);
        return written;
    }

    /// Puts what is encoded into the folder of a level, where it may be read meanwhile: segments first, then the list that names them. A
    /// segment that was there is the same again.
    Result<void> list(const Output& output, bool isWhole)
    {
        const std::filesystem::path beside = m_folder / "listing";
        std::error_code error;
        std::filesystem::remove_all(beside, error);
        TRY(muxFile(encodedSoFar(output), beside));
        std::filesystem::create_directories(output.target, error);
        const double seconds = static_cast<double>(m_perChunk) / m_rate.perSecond();
        const std::string text = eventPlaylist(TRY(readTextFile(beside / "index.m3u8", std::size_t{1} << 24)), isWhole, static_cast<int>(std::ceil(std::ceil(secondsOfSegment / seconds - 1e-9) * seconds - 1e-9)));
        for (const auto& file : std::filesystem::directory_iterator(beside, error))
            if (!error && file.path().filename() != "index.m3u8")
                std::filesystem::rename(file.path(), output.target / file.path().filename(), error);
        if (error)
            return fail(Fault::Unavailable, "rendition: a stream cannot be put into its place: " + error.message());
        return writeFileAtomically(output.target / "index.m3u8", bytesOf(text));
    }

    /// Not after each chunk: all is written again, and so it is done when a quarter more has come.
    Result<void> listSoFar()
    {
        for (const Output& output : m_outputs)
            if (output.kind != "share")
                TRY(list(output, false));
        m_nextListing = m_chunk + std::max<std::int64_t>(2, m_chunk / 4);
        return writeFileAtomically(m_folder / "hls" / "index.m3u8", bytesOf(listOfLevels()));
    }

    [[nodiscard]] std::string listOfLevels() const
    {
        std::string list = "#EXTM3U\n#EXT-X-VERSION:7\n";
        for (const Output& output : m_outputs)
            if (output.kind != "share")
                list += fmt::format("#EXT-X-STREAM-INF:BANDWIDTH={},RESOLUTION={}x{}\n{}/index.m3u8\n", bandwidthOf(output), output.size.width, output.size.height, output.kind);
        return list;
    }

    /// Bits a second at most, about: what the whole of a level takes, and half as much again.
    [[nodiscard]] std::int64_t bandwidthOf(const Output& output) const
    {
        std::uintmax_t bytes = 0;
        std::error_code ignored;
        for (const auto& file : std::filesystem::directory_iterator(output.target, ignored))
            bytes += file.file_size(ignored);
        const double seconds = std::max(0.1, static_cast<double>(std::min(m_frames, m_chunk * m_perChunk)) / m_rate.perSecond());
        return static_cast<std::int64_t>(static_cast<double>(bytes) * 12 / seconds) + 1;
    }

    Result<Json> finish()
    {
        Json files = Json::array();
        for (const Output& output : m_outputs)
            if (output.kind == "share")
                files.push_back(Json{{"kind", "share"}, {"file", "share.mp4"}, {"type", "video/mp4"}, {"width", output.size.width}, {"height", output.size.height}});
        if (m_facts.video) {
            TRY(writeFileAtomically(m_folder / "hls" / "index.m3u8", bytesOf(listOfLevels())));
            files.push_back(Json{{"kind", "hls"}, {"file", "hls"}, {"type", "application/vnd.apple.mpegurl"}});
        } else if (!m_original) {
            files.push_back(Json{{"kind", "sound"}, {"file", "sound.m4a"}, {"type", "audio/mp4"}});
        }
        return Json{{"done", true}, {"files", std::move(files)}, {"original", m_original}, {"fingerprint", m_print}};
    }

    std::deque<Stretch> m_stretches; ///< what is still to be read, in order
    std::optional<ShownMedia> m_soundFile;
    ShownMedia* m_soundMedia = nullptr; ///< where the sound is
    ShownSize m_size;
    FileFacts m_facts; ///< of the first stretch
    std::filesystem::path m_folder;
    WorkerOptions m_worker;
    bool m_isLive = false;
    std::int64_t m_arrived = 0, m_expected = 0; ///< pictures of a live film
    std::int64_t m_nextListing = 4;             ///< chunks: two segments, one of which can be listed
    Rate m_rate;
    std::int64_t m_frames = 0, m_perChunk = 1, m_chunk = 0;
    std::vector<Output> m_outputs;
    std::size_t m_next = 0; ///< film to be written
    int m_sampleRate = 48'000;
    std::optional<EncodedSound> m_sound;
    Json m_print = nullptr; ///< of the sound
    bool m_soundMade = false, m_original = false;
};

} // namespace

Result<std::unique_ptr<FilmMaking>> FilmMaking::begin(const std::filesystem::path& source, const std::filesystem::path& folder, const WorkerOptions& worker)
{
    auto making = std::make_unique<Making>(TRY(ShownMedia::open(source, worker)), folder, worker);
    TRY(making->plan(source));
    return std::unique_ptr<FilmMaking>(std::move(making));
}

Result<std::unique_ptr<FilmMaking>> FilmMaking::beginLive(const FilmPiece& first, const std::filesystem::path& sound, std::int64_t frames, const std::filesystem::path& folder, const WorkerOptions& worker)
{
    auto making = std::make_unique<Making>(TRY(ShownMedia::open(first.file, worker)), folder, worker);
    TRY(making->planLive(first, sound, frames));
    return std::unique_ptr<FilmMaking>(std::move(making));
}

} // namespace artdag
