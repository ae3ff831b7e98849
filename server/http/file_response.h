// SPDX-License-Identifier: GPL-3.0-or-later
// Answers with a file's bytes: strong ETag, one byte range, conditional requests (RFC 9110 §13–14). The caller chose the
// path by content id; nothing here looks at names.
#pragma once

#include "server/http/message.h"

namespace artdag::server {

struct ServedFile {
    std::filesystem::path path;
    std::uint64_t size = 0;
    std::string type;
    std::string etag; ///< with its quotes
    std::string cacheControl = "public, max-age=31536000, immutable";
};

/// 200, 206, 304 or 416. Several ranges in one request are answered with the whole (RFC 9110 §14.2 allows it).
Response fileResponse(const Request& request, const ServedFile& file);

} // namespace artdag::server
