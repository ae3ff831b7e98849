// SPDX-License-Identifier: GPL-3.0-or-later
// gzip for answers that are text and open to everybody. Pure functions of a request and its answer.
#pragma once

#include "server/http/message.h"

#include <string>
#include <string_view>

namespace artdag::server {

/// True when an Accept-Encoding (RFC 9110 §12.5.3) has gzip, by name, as x-gzip or by `*`, with a quality above 0 and not below
/// what it gives to the bytes as they are.
bool acceptsGzip(std::string_view acceptEncoding);

/// Bytes in one member of gzip (RFC 1952), without name and time: the same bytes give the same bytes.
std::string gzipped(std::string_view bytes);

/// Compresses the body when that is worth it and wanted, and says so: Content-Encoding, Vary, and a strong ETag of its own,
/// `"x-gzip"` for `"x"`. Left alone: files (media are compressed already), streams, short bodies, types that are not text,
/// and whatever is private.
void compress(const Request& request, Response& response);

/// If-None-Match as routes know their tags: without what `compress` added to them.
void forgetCodingOfTags(Request& request);

} // namespace artdag::server
