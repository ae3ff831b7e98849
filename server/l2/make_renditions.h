// SPDX-License-Identifier: GPL-3.0-or-later
// Renditions made by `artdag-rendition`, a process without network, and taken in: files become objects, streams a folder,
// and what cannot be made leaves its reason.
#pragma once

#include "core/base/json.h"
#include "core/worker/worker_process.h"
#include "server/l2/site.h"

#include <atomic>
#include <filesystem>
#include <memory>
#include <string>

namespace artdag::server {

/// Unavailable: try again later (the bytes are not here now, the program is missing). Whatever else goes wrong with the media
/// is noted as the rendition's problem, and no error.
Result<void> makeStillRenditions(Site& site, const ContentId& source);
/// Cancelled soon after `stopping` turns true.
Result<void> makeFilmRenditions(Site& site, const ContentId& source, const std::atomic<bool>& stopping);

/// The process, and the questions that it is asked.
class RenditionMaker {
public:
    /// With the limits of one that makes films: hours, and five minutes for each answer.
    static Result<RenditionMaker> startFilms(const FileSource& source);
    static Result<RenditionMaker> startStills(const FileSource& source);
    /// What it says, or why it could not: about the media, whatever it is.
    tl::expected<Json, std::string> ask(Json question);

private:
    std::unique_ptr<WorkerProcess> m_worker;
};
/// Takes in what it made of a film in this folder, by its last answer.
Result<void> takeFilmRenditions(Site& site, const ContentId& source, const std::filesystem::path& folder, const Json& answer);

} // namespace artdag::server
