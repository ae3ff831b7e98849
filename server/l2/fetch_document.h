// SPDX-License-Identifier: GPL-3.0-or-later
// Fetching ActivityPub documents of other servers: signed by the instance actor, within limits of size and time, never from
// where this server may not go, and believed only when they come from where their id says they live.
#pragma once

#include "core/base/json.h"
#include "core/base/result.h"
#include "server/db/actors.h"
#include "server/l2/site.h"

#include <string>

namespace artdag::server {

struct FetchedDocument {
    bool gone = false; ///< 410, or a Tombstone
    Json document = Json::object();
    std::string url; ///< after redirects
};

/// The document of that id. Its own id must be the same, or it is fetched once more under the id that it gives; id and address
/// must have one origin (federation.md §2, id-origin). Denied: a blocked server, the address guard, what is not an
/// ActivityPub answer. NotFound: 404. Unavailable: everything that may be better later; the same URL is then left alone for a minute.
Result<FetchedDocument> fetchDocument(Site& site, const std::string& id);
/// Any JSON of another server, unsigned (webfinger, a claim): at most 1 MiB.
Result<std::string> fetchText(Site& site, const std::string& url, const std::string& accept);

/// Denied when the domain is suspended here, or is not among those that alone are dealt with.
Result<void> checkNotSuspended(Site& site, std::string_view host);
/// The same for an account of another server, by what was decided about it alone.
Result<void> checkNotSuspended(const Actor& actor);

} // namespace artdag::server
