// SPDX-License-Identifier: GPL-3.0-or-later
// Renditions: what is made of media so that people, browsers and other servers can look at it. They are made in another
// process, as jobs; they can be thrown away at any time and are made again when somebody asks. A problem is kept and told.
#pragma once

#include "server/db/objects.h"
#include "server/http/router.h"
#include "server/jobs/job_runner.h"
#include "server/l2/site.h"

#include <optional>
#include <utility>

namespace artdag::server {

/// At an upload: stills of what can be looked at.
Result<void> planRenditions(Site& site, const HeldObject& object);
/// At a publication: films and streams of what moves or sounds. `payer`: the account whose minutes of the day it takes; when they
/// are used up it is made on a later day. 0: nobody's, now.
Result<void> planStreams(Site& site, const ContentId& source, std::int64_t payer = 0);
/// Makes the stills now, where they are not there: a note that is signed names its poster and blurhash for good.
Result<void> ensureStills(Site& site, const ContentId& source);
/// For an object whose file is gone. False when it is no rendition.
Result<bool> planRemaking(Site& site, const ContentId& object);

/// A part of a film's stream by the last segments of its URL: `index.m3u8` with an empty level, or `index.m3u8`, `init.mp4`,
/// `segment0000.m4s` of a level like `720`. NotFound for any other name and where there can be no stream; nothing while it is being made.
struct StreamPart {
    std::filesystem::path path;
    std::uint64_t size = 0;
    std::string type, etag;
};
Result<std::optional<StreamPart>> findStreamPart(Site& site, const ContentId& source, std::string_view level, std::string_view file);
/// The same in a folder where one is being made: nothing for what is not there yet.
Result<std::optional<StreamPart>> streamPartIn(const std::filesystem::path& folder, std::string_view level, std::string_view file);

/// `GET /media/{hash}/renditions`
Result<Response> getRenditions(Site& site, const Request& request);

std::pair<std::string, JobKind> renditionJob(Site& site); ///< `rendition`: stills
std::pair<std::string, JobKind> streamJob(Site& site);    ///< `stream`: films

} // namespace artdag::server
