// SPDX-License-Identifier: GPL-3.0-or-later
// A media file of a stranger as it is shown: upright, with square pixels, at any size, in linear light. It is decoded in a
// worker; here are only its pixels.
#pragma once

#include "core/media/decode.h"
#include "core/picture/picture.h"
#include "core/worker/worker_process.h"

#include <filesystem>
#include <memory>

namespace artdag {

struct ShownSize {
    int width = 0, height = 0;
    bool operator==(const ShownSize&) const = default;
};
/// The size within `most` × `most` that keeps the shape, even in both directions when `even`; never larger than it is.
ShownSize sizeWithin(ShownSize whole, int mostWidth, int mostHeight, bool even);

class ShownMedia {
public:
    static Result<ShownMedia> open(const std::filesystem::path& path, const WorkerOptions& worker);
    [[nodiscard]] const FileFacts& facts() const { return m_file->facts(); }
    [[nodiscard]] ShownSize size() const { return m_size; } ///< 0 × 0 without a picture
    /// The coded picture at a time, to be shown at several sizes.
    Result<CodedPointer> pictureAt(Flicks time) { return m_file->pictureAt(time); }
    /// All of a picture at a size.
    [[nodiscard]] Picture shown(const CodedPicture& coded, ShownSize size) const;
    Result<std::unique_ptr<SoundStream>> openSound() { return m_file->openSound(); }

private:
    std::unique_ptr<MediaFile> m_file;
    ShownSize m_size;
    int m_turns = 0; ///< quarter turns clockwise that make it upright
};

} // namespace artdag
