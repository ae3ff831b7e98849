// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rendition/make_films.h"

#include "core/base/files.h"
#include "core/media/encode.h"
#include "core/rendition/plays_everywhere.h"
#include "core/rendition/shown_media.h"
#include "core/rendition/sound_rendition.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

namespace artdag {

namespace {

constexpr int mostSharedHeight = 1080;
constexpr int levels[] = {360, 720, 1080}; // heights of the stream; never above the source's
constexpr int secondsOfChunk = 3;          // two of them are a segment
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

class Making final : public FilmMaking {
public:
    Making(ShownMedia media, std::filesystem::path folder)
        : m_media(std::move(media)),
          m_folder(std::move(folder)) {}

    Result<void> plan(const std::filesystem::path& source)
    {
        const FileFacts& facts = m_media.facts();
        if (facts.video && facts.video->still)
            return fail(Fault::BadInput, "rendition: of a still there is no film");
        m_original = TRY(playsEverywhere(source, facts));
        if (!facts.video)
            return {};
        m_rate = shownRate(facts.video->rate);
        m_frames = std::max<std::int64_t>(1, frameAt(facts.video->duration - 1, m_rate) + 1);
        m_perChunk = std::clamp<std::int64_t>(static_cast<std::int64_t>(m_rate.perSecond() * secondsOfChunk + 0.5), 1, longestChunk);
        for (const int height : levels)
            if (height == levels[0] || height <= std::min(m_media.size().height, m_media.size().width))
                TRY(addOutput(std::to_string(height), "hls", height, m_folder / "hls" / std::to_string(height)));
        if (!m_original) // after the largest level, which is often of its size
            TRY(addOutput("share", "share-h264", mostSharedHeight, m_folder / "share.mp4"));
        return {};
    }

    Result<Json> step() override
    {
        if (m_chunk * m_perChunk < m_frames) {
            TRY(encodeChunk());
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
        const bool stands = m_media.size().height > m_media.size().width;
        const int most = height * 16 / 9 + 1;
        Output output{std::move(kind), TRY(profileOf(profile)), sizeWithin(m_media.size(), stands ? height : most, stands ? most : height, true), std::move(target), {}};
        output.chunks = m_folder / ("chunks-" + output.kind);
        std::error_code error;
        std::filesystem::create_directories(output.chunks, error);
        std::filesystem::create_directories(output.target.parent_path(), error);
        if (error)
            return fail(Fault::Unavailable, "rendition: no folder can be made for it: " + error.message());
        m_outputs.push_back(std::move(output));
        return {};
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
            const CodedPointer coded = TRY(m_media.pictureAt(timeOfFrame(frame, m_rate)));
            PackedPicture packed;
            for (std::size_t i = 0; i < m_outputs.size(); ++i) {
                const auto& [kind, profile, size, target, chunks] = m_outputs[i];
                if (packed.width != size.width || packed.height != size.height) { // all have the same coding
                    packed = makePacked(size.width, size.height, profile.coding);
                    encodeFromLinear(m_media.shown(*coded, size).view(), packed);
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
        const auto& audio = m_media.facts().audio;
        if (!audio)
            return {};
        SoundPrinter printer(audio->sampleRate);
        if (!m_media.facts().video && m_original)
            return printSound(printer);
        m_sound = TRY(encodeSoundOf(m_media, TRY(profileOf("share-h264")), m_sampleRate, printer));
        m_print = jsonOf(printer.finish());
        if (m_media.facts().video || !m_sound)
            return {};
        MuxInput input;
        input.profile = TRY(profileOf("share-h264"));
        input.profile.videoCodec.clear();
        input.sampleRate = m_sampleRate;
        input.sound = std::move(m_sound);
        return muxFile(input, m_folder / "sound.m4a");
    }

    /// Of sound that is encoded by nobody, because it plays everywhere.
    Result<void> printSound(SoundPrinter& printer)
    {
        const auto stream = TRY(m_media.openSound());
        for (Sound piece = TRY(stream->next()); piece.range().count > 0 && !printer.hasEnough(); piece = TRY(stream->next()))
            printer.add(piece);
        m_print = jsonOf(printer.finish());
        return {};
    }

    Result<void> writeFilm(const Output& output)
    {
        MuxInput input;
        input.profile = output.profile;
        input.width = output.size.width;
        input.height = output.size.height;
        input.rate = m_rate;
        input.sampleRate = m_sampleRate;
        input.sound = m_sound;
        input.chunkCount = static_cast<std::size_t>(m_chunk);
        input.chunkAt = [&](std::size_t index) -> Result<EncodedChunk> { return chunkOfBytes(TRY(readFile(output.chunk(index)))); };
        auto written = muxFile(input, output.target);
        std::error_code ignored;
        std::filesystem::remove_all(output.chunks, ignored);
        return written;
    }

    /// Bits a second at most, about: what the whole of a level takes, and half as much again.
    [[nodiscard]] std::int64_t bandwidthOf(const Output& output) const
    {
        std::uintmax_t bytes = 0;
        std::error_code ignored;
        for (const auto& file : std::filesystem::directory_iterator(output.target, ignored))
            bytes += file.file_size(ignored);
        const double seconds = std::max(0.1, static_cast<double>(m_frames) / m_rate.perSecond());
        return static_cast<std::int64_t>(static_cast<double>(bytes) * 12 / seconds) + 1;
    }

    Result<Json> finish()
    {
        Json files = Json::array();
        std::string list = "#EXTM3U\n#EXT-X-VERSION:7\n";
        for (const Output& output : m_outputs) {
            if (output.kind == "share")
                files.push_back(Json{{"kind", "share"}, {"file", "share.mp4"}, {"type", "video/mp4"}, {"width", output.size.width}, {"height", output.size.height}});
            else
                list += fmt::format("#EXT-X-STREAM-INF:BANDWIDTH={},RESOLUTION={}x{}\n{}/index.m3u8\n", bandwidthOf(output), output.size.width, output.size.height, output.kind);
        }
        if (m_media.facts().video) {
            TRY(writeFileAtomically(m_folder / "hls" / "index.m3u8", bytesOf(list)));
            files.push_back(Json{{"kind", "hls"}, {"file", "hls"}, {"type", "application/vnd.apple.mpegurl"}});
        } else if (!m_original) {
            files.push_back(Json{{"kind", "sound"}, {"file", "sound.m4a"}, {"type", "audio/mp4"}});
        }
        return Json{{"done", true}, {"files", std::move(files)}, {"original", m_original}, {"fingerprint", m_print}};
    }

    ShownMedia m_media;
    std::filesystem::path m_folder;
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
    auto making = std::make_unique<Making>(TRY(ShownMedia::open(source, worker)), folder);
    TRY(making->plan(source));
    return std::unique_ptr<FilmMaking>(std::move(making));
}

} // namespace artdag
