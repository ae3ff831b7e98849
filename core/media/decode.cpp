// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/decode.h"

#include "core/media/animated_webp.h"
#include "core/media/drawing.h"
#include "core/media/found_media.h"
#include "core/media/mirrored_picture.h"
#include "core/media/numbered_pictures.h"
#include "core/media/picture_cursor.h"
#include "core/media/stored_packets.h"
#include "core/media/stream_folder.h"

#include <fmt/core.h>

#include <algorithm>
#include <list>

namespace artdag {

namespace {

/// A recipe may show one film at several places at once; each keeps its own decoder, up to this many.
constexpr std::size_t mostCursors = 3;
/// Decoding on as far as this is cheaper than another place in the film.
constexpr Flicks nearby = 2 * flicksPerSecond;

Result<TimedPicture> firstOf(PictureStream& pictures, const FileSource& source)
{
    auto first = TRY(pictures.next());
    if (!first)
        return fail(Fault::BadInput, source.name() + ": has no picture that can be decoded");
    return std::move(*first);
}

class OpenedMedia final : public MediaFile {
public:
    OpenedMedia(SourcePointer source, FoundMedia found)
        : m_source(std::move(source)),
          m_facts(std::move(found.facts)),
          m_streams(std::move(found.streams)),
          m_start(found.start),
          m_clock(found.clock)
    {
    }
    void givePictures(std::unique_ptr<PictureStream> pictures, TimedPicture first)
    {
        m_clock = pictures->clock();
        m_cursors.emplace_front(std::move(pictures), std::move(first), promise());
    }

    [[nodiscard]] const FileFacts& facts() const override { return m_facts; }

    Result<CodedPointer> pictureAt(Flicks time) override
    {
        TRY(needPictures());
        auto cursor = std::find_if(m_cursors.begin(), m_cursors.end(), [&](const PictureCursor& candidate) { return candidate.isNear(time, nearby); });
        if (cursor == m_cursors.end() && m_cursors.size() < mostCursors && (m_cursors.empty() || !m_facts.video->still))
            TRY(addCursor());
        else if (cursor == m_cursors.end())
            m_cursors.splice(m_cursors.begin(), m_cursors, std::prev(m_cursors.end())); // the one not used for longest
        else
            m_cursors.splice(m_cursors.begin(), m_cursors, cursor);
        return shown(TRY(m_cursors.front().at(time)));
    }

    Result<CodedPointer> nextPicture() override
    {
        TRY(needPictures());
        if (!m_sequence) {
            auto pictures = TRY(openPictures());
            m_sequence.emplace(std::move(pictures), std::nullopt, promise());
        }
        return shown(TRY(m_sequence->next()));
    }

    Result<void> chooseLayer(const std::string& layer) override
    {
        TRY(needPictures());
        m_layer = layer;
        m_cursors.clear();
        m_sequence.reset();
        auto pictures = TRY(openPictures());
        TimedPicture first = TRY(firstOf(*pictures, *m_source));
        m_facts.warnings.clear();
        m_facts.video = TRY(videoFacts(m_source, *pictures, first, m_facts.warnings));
        givePictures(std::move(pictures), std::move(first));
        return {};
    }

    Result<std::unique_ptr<SoundStream>> openSound() override
    {
        TRY(needSound());
        return openSoundStream(m_source, m_streams.sound, m_start);
    }
    Result<Sound> decodeSound() override
    {
        const std::unique_ptr<SoundStream> stream = TRY(openSound());
        return wholeSound(*stream, std::clamp<std::int64_t>(frameAt(m_facts.audio->duration, {m_facts.audio->sampleRate, 1}), 0, std::int64_t{1} << 28));
    }
    Result<Bytes> decodeSoundBytes() override
    {
        TRY(needSound());
        return decodeWholeSoundBytes(m_source, m_streams.sound);
    }

    Result<std::shared_ptr<StoredPackets>> packets(ByteView known) override
    {
        TRY(needPictures());
        if (m_facts.video->still || m_facts.video->rotation != 0 || m_facts.video->mirrored || m_facts.video->aspect != Rate{1, 1})
            return fail(Fault::BadInput, m_source->name() + ": a picture that is still, turned, mirrored or stretched when shown cannot be copied as it is; choose an encoding");
        return StoredPackets::open(m_source, m_streams.picture, m_clock, known);
    }

    [[nodiscard]] std::string found() const override
    {
        return m_layer.empty() ? wordsOf({m_facts, m_streams, m_start, m_clock}) : std::string();
    }

private:
    /// The same picture again gives the same pointer again.
    CodedPointer shown(const CodedPointer& stored)
    {
        if (!stored || !m_facts.video->mirrored)
            return stored;
        if (stored != m_stored)
            m_mirrored = mirroredPicture(*stored);
        m_stored = stored;
        return m_mirrored;
    }
    Result<void> needPictures() const
    {
        if (!m_facts.video)
            return fail(Fault::BadInput, m_source->name() + ": has no pictures");
        return {};
    }
    Result<void> needSound() const
    {
        if (m_streams.sound < 0)
            return fail(Fault::BadInput, m_source->name() + ": has no sound");
        return {};
    }
    [[nodiscard]] PicturePromise promise() const
    {
        return {m_facts.video->width, m_facts.video->height, m_facts.video->rate, m_facts.video->still};
    }
    Result<std::unique_ptr<PictureStream>> openPictures() const
    {
        Container container = TRY(Container::open(m_source));
        if (m_streams.picture >= static_cast<int>(container->nb_streams))
            return fail(Fault::Corrupt, m_source->name() + ": changed while it was read");
        return PictureStream::open(m_source, std::move(container), m_streams.picture, m_clock, m_layer);
    }
    Result<void> addCursor()
    {
        auto pictures = TRY(openPictures());
        m_cursors.emplace_front(std::move(pictures), std::nullopt, promise());
        return {};
    }

    SourcePointer m_source;
    FileFacts m_facts;
    ChosenStreams m_streams;
    PresentationStart m_start;
    std::string m_layer;
    StreamClock m_clock;                ///< as the very first picture showed it
    std::list<PictureCursor> m_cursors; ///< used last first
    std::optional<PictureCursor> m_sequence;
    CodedPointer m_stored, m_mirrored;
};

} // namespace

Result<std::unique_ptr<MediaFile>> openMediaFrom(const MediaOrigin& origin, Draws draws, std::string_view found)
{
    const SourcePointer& source = origin.source;
    if (isTar(*source))
        return openNumberedPictures(source);
    if (isDrawing(*source))
        return openDrawing(source, draws);
    if (isAnimatedWebp(*source))
        return openAnimatedWebp(source);
    if (auto known = foundIn(found))
        return std::unique_ptr<MediaFile>(std::make_unique<OpenedMedia>(source, std::move(*known)));
    Container container = TRY(Container::open(source));
    ChosenStreams chosen = TRY(chooseStreams(container));
    ChosenStreams leading = chosen;
    if (origin.begins == MediaOrigin::Begins::WithPictures && chosen.picture >= 0)
        leading.sound = -1;
    const PresentationStart start = presentationStart(container, leading);
    FileFacts facts;
    facts.format = container->iformat->name;
    facts.warnings = chosen.warnings;
    if (chosen.sound >= 0)
        facts.audio = TRY(audioFacts(source, container, chosen.sound, start));
    std::unique_ptr<PictureStream> pictures;
    std::optional<TimedPicture> firstPicture;
    if (chosen.picture >= 0) {
        const StreamClock clock = clockOf(container, chosen.picture, start);
        pictures = TRY(PictureStream::open(source, std::move(container), chosen.picture, clock));
        firstPicture = TRY(firstOf(*pictures, *source));
        facts.video = TRY(videoFacts(source, *pictures, *firstPicture, facts.warnings));
    }
    auto opened = std::make_unique<OpenedMedia>(source, FoundMedia{std::move(facts), std::move(chosen), start, {}});
    if (pictures)
        opened->givePictures(std::move(pictures), std::move(*firstPicture));
    return std::unique_ptr<MediaFile>(std::move(opened));
}

namespace {

/// A sound that is there already, as one piece.
class WholeSound final : public SoundStream {
public:
    explicit WholeSound(Sound sound)
        : m_sound(std::move(sound)) {}
    Result<Sound> next() override { return std::exchange(m_sound, Sound(SampleRange{m_sound.range().end(), 0})); }
    [[nodiscard]] bool canSeek() const override { return false; }
    Result<bool> seek(std::int64_t) override { return false; }

private:
    Sound m_sound;
};

} // namespace

Result<std::unique_ptr<SoundStream>> MediaFile::openSound()
{
    return std::unique_ptr<SoundStream>(std::make_unique<WholeSound>(TRY(decodeSound())));
}

Result<void> MediaFile::chooseLayer(const std::string& layer)
{
    return layer.empty() ? Result<void>() : fail(Fault::BadInput, fmt::format("the file has no layer '{}'; only OpenEXR pictures have layers", layer.substr(0, 60)));
}

Result<std::shared_ptr<StoredPackets>> MediaFile::packets(ByteView)
{
    return fail(Fault::BadInput, "its pictures cannot be copied as they are: they are drawn, numbered, or read by a process of their own; choose an encoding");
}

Result<std::unique_ptr<MediaFile>> openMedia(const std::filesystem::path& path, std::string_view found)
{
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored) && !isStreamFolder(path))
        return openPictureFolder(path); // as they lie: nothing need be packed
    return openMediaFrom(TRY(openOrigin(path)), Draws::Apart, found);
}

} // namespace artdag
