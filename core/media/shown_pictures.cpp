// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/shown_pictures.h"

#include "core/media/animated_webp.h"
#include "core/media/drawing.h"
#include "core/media/media_facts.h"
#include "core/media/mirrored_picture.h"
#include "core/media/numbered_pictures.h"

namespace artdag {

namespace {

Flicks firstTimeOf(const Instant& instant)
{
    const Flicks time = flicksOf(instant);
    return hasCome(instant, time) ? time : time + 1;
}

} // namespace

struct ShownPictures::State {
    SourcePointer source;
    std::unique_ptr<PictureStream> pictures;
    std::optional<TimedPicture> first; ///< until it is given
    VideoFacts facts;
};

ShownPictures::ShownPictures(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
}
ShownPictures::ShownPictures(ShownPictures&&) noexcept = default;
ShownPictures::~ShownPictures() = default;

Result<ShownPictures> ShownPictures::open(const std::filesystem::path& path)
{
    const MediaOrigin origin = TRY(openOrigin(path));
    if (isTar(*origin.source) || isDrawing(*origin.source) || isAnimatedWebp(*origin.source))
        return fail(Fault::BadInput, origin.source->name() + ": is no film in one stream");
    auto state = std::make_unique<State>();
    state->source = origin.source;
    Container container = TRY(Container::open(state->source));
    ChosenStreams chosen = TRY(chooseStreams(container));
    if (chosen.picture < 0)
        return fail(Fault::BadInput, state->source->name() + ": has no pictures");
    if (origin.begins == MediaOrigin::Begins::WithPictures)
        chosen.sound = -1;
    const StreamClock clock = clockOf(container, chosen.picture, presentationStart(container, chosen));
    state->pictures = TRY(PictureStream::open(state->source, std::move(container), chosen.picture, clock));
    state->first = TRY(state->pictures->next());
    if (!state->first)
        return fail(Fault::BadInput, state->source->name() + ": has no picture that can be decoded");
    std::vector<std::string> warnings;
    state->facts = TRY(videoFacts(state->source, *state->pictures, *state->first, warnings));
    return ShownPictures(std::move(state));
}

Result<ShownPicture> ShownPictures::next()
{
    std::optional<TimedPicture> timed = std::move(m_state->first);
    m_state->first.reset();
    if (!timed)
        timed = TRY(m_state->pictures->next());
    if (!timed)
        return ShownPicture{};
    if (timed->picture->width != m_state->facts.width || timed->picture->height != m_state->facts.height)
        return fail(Fault::Corrupt, m_state->source->name() + ": its pictures change their size");
    return ShownPicture{m_state->facts.mirrored ? mirroredPicture(*timed->picture) : timed->picture, firstTimeOf(timed->time)};
}

int ShownPictures::rotation() const
{
    return m_state->facts.rotation;
}

Flicks ShownPictures::duration() const
{
    return m_state->facts.duration;
}

} // namespace artdag
