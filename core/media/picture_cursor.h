// SPDX-License-Identifier: GPL-3.0-or-later
// One place in a film, from which pictures are asked for by time. Going on costs one decoded picture, going back a seek.
#pragma once

#include "core/media/picture_stream.h"

namespace artdag {

/// Size and rate that the file's facts promise; a picture of another size is an error.
struct PicturePromise {
    int width = 0;
    int height = 0;
    Rate rate;
    bool still = false;
};

/// Not thread-safe.
class PictureCursor {
public:
    PictureCursor(std::unique_ptr<PictureStream> stream, std::optional<TimedPicture> first, PicturePromise promise)
        : m_stream(std::move(stream)),
          m_current(std::move(first)),
          m_promise(promise)
    {
    }

    /// The last picture at or before `time`, else the first. Corrupt names file and time.
    Result<CodedPointer> at(Flicks time);
    /// From the first picture (after `restart`) to nullptr after the last.
    Result<CodedPointer> next();
    Result<void> restart();

    /// Whether `time` lies at this place or up to `reach` further on, so that no seek is needed.
    [[nodiscard]] bool isNear(Flicks time, Flicks reach) const;

private:
    Result<void> reposition(Flicks time);
    Result<void> land(Flicks time);
    [[nodiscard]] bool beginsAt(Flicks time) const;
    [[nodiscard]] bool showsStill(Flicks time) const;
    Result<void> checkSize(const TimedPicture& picture) const;

    std::unique_ptr<PictureStream> m_stream;
    std::optional<TimedPicture> m_current; ///< the last picture at or before the time last asked for
    std::optional<TimedPicture> m_next;    ///< the one after it, where it had to be decoded to know
    PicturePromise m_promise;
    bool m_ended = false;
};

} // namespace artdag
