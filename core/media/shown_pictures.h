// SPDX-License-Identifier: GPL-3.0-or-later
// The pictures of a film in order, each with the first time at which it is shown: for whoever goes through all of it once.
#pragma once

#include "core/base/result.h"
#include "core/base/time.h"
#include "core/picture/picture.h"

#include <filesystem>
#include <memory>

namespace artdag {

/// A picture, as MediaFile::pictureAt gives it at `from` and at no earlier time (the first one: at any earlier).
struct ShownPicture {
    CodedPointer picture; ///< not turned upright; null after the last
    Flicks from = 0;
};

/// Not thread-safe.
class ShownPictures {
public:
    /// Opens a film in a decoder of its own. BadInput for a file that is none in one stream (numbered pictures, drawings).
    static Result<ShownPictures> open(const std::filesystem::path& path);
    ShownPictures(ShownPictures&&) noexcept;
    ~ShownPictures();

    Result<ShownPicture> next(); ///< Corrupt names file and time
    [[nodiscard]] int rotation() const;
    [[nodiscard]] Flicks duration() const;

private:
    struct State;
    explicit ShownPictures(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace artdag
