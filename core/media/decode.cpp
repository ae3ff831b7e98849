// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/decode.h"

#include "core/media/media_facts.h"

#include <fmt/core.h>

namespace artdag {

namespace {

class OpenedMedia final : public MediaFile {
public:
    OpenedMedia(SourcePointer source, FileFacts facts, int soundStream, PresentationStart start)
        : m_source(std::move(source))
        , m_facts(std::move(facts))
        , m_soundStream(soundStream)
        , m_start(start)
    {
    }
    void givePictures(std::unique_ptr<PictureStream> pictures, TimedPicture first)
    {
        m_pictures = std::move(pictures);
        m_current = std::move(first);
    }

    [[nodiscard]] const FileFacts& facts() const override { return m_facts; }

    Result<CodedPointer> pictureAt(Flicks time) override
    {
        TRY(needPictures());
        m_inSequence = false;
        TRY(reposition(time));
        while (!m_next && !m_ended) {
            if (m_current && isWhole(time))
                break;
            auto next = m_pictures->next();
            if (!next) {
                if (m_current && showsStill(time))
                    break; // the damage begins later
                return tl::unexpected<Error>(next.error());
            }
            if (!*next) {
                m_ended = true;
                break;
            }
            TRY(checkSize(**next));
            if (m_current && !hasCome((*next)->time, time)) {
                m_next = std::move(**next);
                break;
            }
            m_current = std::move(**next);
        }
        return m_current->picture;
    }

    Result<CodedPointer> nextPicture() override
    {
        TRY(needPictures());
        if (!m_inSequence) {
            TRY(m_pictures->rewind());
            m_current.reset();
            m_next.reset();
            m_inSequence = true;
            m_ended = false;
        }
        if (m_ended)
            return CodedPointer();
        auto next = TRY(m_pictures->next());
        if (!next) {
            m_ended = true;
            return CodedPointer();
        }
        TRY(checkSize(*next));
        m_current = std::move(*next);
        return m_current->picture;
    }

    Result<Sound> decodeSound() override
    {
        TRY(needSound());
        return decodeWholeSound(m_source, m_soundStream, m_start);
    }
    Result<Bytes> decodeSoundBytes() override
    {
        TRY(needSound());
        return decodeWholeSoundBytes(m_source, m_soundStream);
    }

private:
    Result<void> needPictures() const
    {
        if (!m_pictures)
            return fail(Fault::BadInput, m_source->name() + ": has no pictures");
        return {};
    }
    Result<void> needSound() const
    {
        if (m_soundStream < 0)
            return fail(Fault::BadInput, m_source->name() + ": has no sound");
        return {};
    }
    Result<void> checkSize(const TimedPicture& picture) const
    {
        if (picture.picture->width == m_facts.video->width && picture.picture->height == m_facts.video->height)
            return {};
        return fail(Fault::Corrupt, fmt::format("{}: its pictures change from {}×{} to {}×{} at {:.3f} s", m_source->name(), m_facts.video->width, m_facts.video->height, picture.picture->width, picture.picture->height, secondsOfFlicks(flicksOf(picture.time))));
    }

    /// The current picture begins at exactly this time: no need to see the next one to know that it is the right one.
    [[nodiscard]] bool isWhole(Flicks time) const
    {
        return m_current->time.numerator * flicksPerSecond == static_cast<__int128>(time) * m_current->time.denominator;
    }
    /// Whether the current picture, shown as long as an average one, is still on at a time.
    [[nodiscard]] bool showsStill(Flicks time) const
    {
        const Rate rate = m_facts.video->rate;
        return time < flicksOf(m_current->time) + timeOfFrame(1, rate);
    }

    /// Brings the stream to where decoding on reaches `time`: nothing, a key picture further on, or one further back.
    Result<void> reposition(Flicks time)
    {
        if (m_facts.video->still && m_current)
            return {};
        if (m_next && hasCome(m_next->time, time)) {
            m_current = std::move(m_next);
            m_next.reset();
        }
        if (!m_current || (!hasCome(m_current->time, time) && !m_current->first))
            return back(time);
        if (!m_ended && !m_next && time - flicksOf(m_current->time) > flicksPerSecond) {
            if (TRY(m_pictures->moveTo(time, m_current->time)) != Moved::Nowhere) {
                m_current.reset();
                return land(time);
            }
        }
        return {};
    }

    Result<void> back(Flicks time)
    {
        m_current.reset();
        m_next.reset();
        m_ended = false;
        TRY(m_pictures->moveTo(time));
        return land(time);
    }

    /// Takes the first picture after a move. One that is still too late came from a key picture that needs earlier ones.
    Result<void> land(Flicks time)
    {
        auto first = TRY(m_pictures->next());
        if (!first || (!hasCome(first->time, time) && !first->first)) {
            TRY(m_pictures->rewind());
            first = TRY(m_pictures->next());
        }
        if (!first)
            return fail(Fault::Corrupt, m_source->name() + ": changed while it was read");
        TRY(checkSize(*first));
        m_current = std::move(*first);
        return {};
    }

    SourcePointer m_source;
    FileFacts m_facts;
    int m_soundStream;
    PresentationStart m_start;
    std::unique_ptr<PictureStream> m_pictures;
    std::optional<TimedPicture> m_current; ///< the last picture at or before the time last asked for
    std::optional<TimedPicture> m_next;    ///< the one after it, where it had to be decoded to know
    bool m_ended = false;
    bool m_inSequence = false;
};

} // namespace

Result<std::unique_ptr<MediaFile>> openMedia(const std::filesystem::path& path)
{
    const SourcePointer source = TRY(FileSource::open(path));
    Container container = TRY(Container::open(source));
    ChosenStreams chosen = TRY(chooseStreams(container));
    const PresentationStart start = presentationStart(container, chosen);
    FileFacts facts;
    facts.format = container->iformat->name;
    facts.warnings = std::move(chosen.warnings);
    if (chosen.sound >= 0)
        facts.audio = TRY(audioFacts(source, container, chosen.sound, start));
    std::unique_ptr<PictureStream> pictures;
    std::optional<TimedPicture> first;
    if (chosen.picture >= 0) {
        const StreamClock clock = clockOf(container, chosen.picture, start);
        pictures = TRY(PictureStream::open(source, std::move(container), chosen.picture, clock));
        first = TRY(pictures->next());
        if (!first)
            return fail(Fault::BadInput, source->name() + ": has no picture that can be decoded");
        facts.video = TRY(videoFacts(source, *pictures, *first, facts.warnings));
    }
    auto opened = std::make_unique<OpenedMedia>(source, std::move(facts), chosen.sound, start);
    if (pictures)
        opened->givePictures(std::move(pictures), std::move(*first));
    return std::unique_ptr<MediaFile>(std::move(opened));
}

} // namespace artdag
