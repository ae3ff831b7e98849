// SPDX-License-Identifier: GPL-3.0-or-later
// The collections of people and works as ActivityPub reads them: how many, then pages, newest first, by cursors that stay
// where they are while something is added.
#pragma once

#include "server/http/router.h"

namespace artdag::server {

Result<Response> getFollowers(Site& site, const Request& request);
Result<Response> getFollowing(Site& site, const Request& request);
Result<Response> getLiked(Site& site, const Request& request);
Result<Response> getReplies(Site& site, const Request& request);
Result<Response> getLikes(Site& site, const Request& request);
Result<Response> getShares(Site& site, const Request& request);
/// A reply that somebody wrote here; 410 when it was deleted.
Result<Response> getNote(Site& site, const Request& request);

} // namespace artdag::server
