// SPDX-License-Identifier: GPL-3.0-or-later
// What a run has so far, as files that others read while it goes on: `piece-0.mp4`, `piece-1.mp4` … have its pictures in order, each some
// seconds; `sound.mp4` has all of its sound and is there before the first of them.
#pragma once

#include "core/store/store.h"
#include "core/workflow/render_recipe.h"

#include <cstdint>
#include <filesystem>
#include <vector>

namespace artdag {

/// A file of this name in the folder says that somebody watches; without it nothing is written.
inline constexpr const char* watchedName = "watched";

class LivePieces {
public:
    /// Writes nothing for a film that is no moving picture, or is copied. `store` must outlive it.
    LivePieces(const PlannedRender& planned, Store& store, std::filesystem::path folder);
    /// Writes what came since the last time, if it is enough. For the thread of the run, a few times a second; cheap when there is nothing
    /// new. What cannot be written is tried again: a run does not fail for it.
    void look();
    /// How many pictures each piece has that is there.
    [[nodiscard]] const std::vector<std::int64_t>& frames() const { return m_frames; }
    [[nodiscard]] bool hasSound() const { return m_hasSound; } ///< its file is there

private:
    Result<void> write(std::size_t end);
    Result<void> writeSound();
    MuxInput input() const;

    PlannedRender m_planned;
    Store& m_store;
    std::filesystem::path m_folder;
    bool m_isFilm;
    bool m_soundDone = false, m_hasSound = false;
    std::size_t m_known = 0;   ///< chunks in a row that are in the store
    std::size_t m_written = 0; ///< of them, those that are in pieces
    std::vector<std::int64_t> m_frames;
};

} // namespace artdag
