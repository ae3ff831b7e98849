// SPDX-License-Identifier: GPL-3.0-or-later
// The stream of a film that is being rendered, made of its pieces (core/workflow/live_pieces.h) by `artdag-rendition` while somebody
// watches. It begins when it is first asked for; when the film is there it goes into the place of the film's own stream.
#pragma once

#include "core/base/digest.h"
#include "core/base/json.h"
#include "server/l2/site.h"

#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace artdag::server {

class LiveFilm {
public:
    /// `folder`: where pieces come, which is this object's from now on and goes with it. `total`: pictures of the film.
    LiveFilm(Site& site, std::filesystem::path folder, std::int64_t total);
    ~LiveFilm(); ///< stops within a step
    LiveFilm(const LiveFilm&) = delete;
    LiveFilm& operator=(const LiveFilm&) = delete;

    // Any thread.
    void hear(const Json& progress); ///< of the render
    void want();                     ///< somebody watches
    /// The render is over: the film, or nothing when there is none.
    void end(const std::optional<ContentId>& film);
    /// The render is over, and nothing more is to be done.
    [[nodiscard]] bool isDone();
    /// The folder with `index.m3u8` and the levels; parts of it may not be there yet.
    [[nodiscard]] std::filesystem::path stream() const { return m_folder / "live" / "hls"; }

private:
    void make();
    Result<void> makeStream();

    Site& m_site;
    std::filesystem::path m_folder;
    std::int64_t m_total;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<std::int64_t> m_pieces; ///< pictures of each
    bool m_hasSound = false, m_isWanted = false, m_isOver = false, m_isStopped = false, m_isMade = false;
    std::string m_extension;
    std::optional<ContentId> m_film;
    std::thread m_thread;
};

} // namespace artdag::server
