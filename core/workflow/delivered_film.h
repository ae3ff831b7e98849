// SPDX-License-Identifier: GPL-3.0-or-later
// The film that somebody hands us, by frame number. It may be anything: no fault of it is believed to be ours.
#pragma once

#include "core/media/decode.h"

#include <memory>
#include <mutex>

namespace artdag {

class DeliveredFilm {
public:
    static Result<std::unique_ptr<DeliveredFilm>> open(const std::filesystem::path& path, Rate rate, const MediaOpener& opener);
    DeliveredFilm(std::unique_ptr<MediaFile> media, Rate rate)
        : m_media(std::move(media)),
          m_rate(rate) {}

    [[nodiscard]] const FileFacts& facts() const { return m_media->facts(); }
    /// The picture that is shown in the middle of a frame's time. From any thread; cheapest in order.
    Result<CodedPointer> picture(std::int64_t frame);
    /// All pictures one after another, null after the last; the sound as the codec gave it. From one thread.
    Result<CodedPointer> next() { return m_media->nextPicture(); }
    Result<Bytes> sound() { return m_media->decodeSoundBytes(); }

private:
    std::mutex m_mutex;
    std::unique_ptr<MediaFile> m_media;
    Rate m_rate;
};

/// A picture's samples as they enter a frame digest: planes in order, rows without padding.
Bytes canonicalBytes(const CodedPicture& picture);

} // namespace artdag
