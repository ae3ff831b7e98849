// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/picture_cursor.h"

#include <fmt/core.h>

namespace artdag {

Result<CodedPointer> PictureCursor::at(Flicks time)
{
    TRY(reposition(time));
    while (!m_next && !m_ended && !beginsAt(time)) {
        auto next = m_stream->next();
        if (!next) {
            if (showsStill(time))
                break; // the damage begins later
            return tl::unexpected<Error>(next.error());
        }
        if (!*next) {
            m_ended = true;
            break;
        }
        TRY(checkSize(**next));
        if (hasCome((*next)->time, time))
            m_current = std::move(**next);
        else
            m_next = std::move(**next);
    }
    return m_current->picture;
}

Result<void> PictureCursor::restart()
{
    TRY(m_stream->rewind());
    m_current.reset();
    m_next.reset();
    m_ended = false;
    return {};
}

Result<CodedPointer> PictureCursor::next()
{
    if (m_ended)
        return CodedPointer();
    auto next = TRY(m_stream->next());
    if (!next) {
        m_ended = true;
        return CodedPointer();
    }
    TRY(checkSize(*next));
    m_current = std::move(*next);
    return m_current->picture;
}

bool PictureCursor::isNear(Flicks time, Flicks reach) const
{
    return m_current && (hasCome(m_current->time, time) || m_current->first) && time - flicksOf(m_current->time) <= reach;
}

/// The current picture begins at exactly this time: no need to see the next one to know that it is the right one.
bool PictureCursor::beginsAt(Flicks time) const
{
    return m_current->time.numerator * flicksPerSecond == static_cast<__int128>(time) * m_current->time.denominator;
}

/// Whether the current picture, shown as long as an average one, is still on at a time.
bool PictureCursor::showsStill(Flicks time) const
{
    return time < flicksOf(m_current->time) + timeOfFrame(1, m_promise.rate);
}

Result<void> PictureCursor::checkSize(const TimedPicture& picture) const
{
    const CodedPicture& coded = *picture.picture;
    if (coded.width == m_promise.width && coded.height == m_promise.height)
        return {};
    return fail(Fault::Corrupt, fmt::format("{}: its pictures change from {}×{} to {}×{} at {:.3f} s", m_stream->container().name(), m_promise.width, m_promise.height, coded.width, coded.height, secondsOfFlicks(flicksOf(picture.time))));
}

/// Brings the stream to where decoding on reaches `time`: nothing, a key picture further on, or one further back.
Result<void> PictureCursor::reposition(Flicks time)
{
    if (m_promise.still && m_current)
        return {};
    if (m_next && hasCome(m_next->time, time)) {
        m_current = std::move(m_next);
        m_next.reset();
    }
    if (!m_current || (!hasCome(m_current->time, time) && !m_current->first)) {
        m_current.reset();
        m_next.reset();
        m_ended = false;
        TRY(m_stream->moveTo(time));
        return land(time);
    }
    const bool far = time - flicksOf(m_current->time) > flicksPerSecond;
    if (far && !m_ended && !m_next && TRY(m_stream->moveTo(time, m_current->time)) != Moved::Nowhere) {
        m_current.reset();
        return land(time);
    }
    return {};
}

/// Takes the first picture after a move. One that is still too late came from a key picture that needs earlier ones.
Result<void> PictureCursor::land(Flicks time)
{
    auto first = TRY(m_stream->next());
    if (!first || (!hasCome(first->time, time) && !first->first)) {
        TRY(m_stream->rewind());
        first = TRY(m_stream->next());
    }
    if (!first)
        return fail(Fault::Corrupt, m_stream->container().name() + ": changed while it was read");
    TRY(checkSize(*first));
    m_current = std::move(*first);
    return {};
}

} // namespace artdag
