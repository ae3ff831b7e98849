// SPDX-License-Identifier: GPL-3.0-or-later
// What an uploaded file is: by its first bytes, and for pictures, films and sound by decoding, in a worker. The server's own
// process decodes nothing, so that no upload can take it down or over.
#pragma once

#include "server/db/objects.h"
#include "server/l2/site.h"

namespace artdag::server {

struct UploadFacts {
    std::string type;
    Json media = Json::object(); ///< type, width, height, rate, frames, as they are shown; sample_rate and channels of sound
    std::string problem;         ///< why `media` is empty although the type is of media
};

/// `declared` as for mediaTypeOf. Media that ended the worker as an attack would are bytes to download, never shown: the
/// decoders of those who visit are relatives of ours. Unavailable when there is no worker program.
Result<UploadFacts> lookAtUpload(const Site& site, const std::filesystem::path& file, std::string_view declared);

} // namespace artdag::server
