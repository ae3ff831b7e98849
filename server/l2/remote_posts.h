// SPDX-License-Identifier: GPL-3.0-or-later
// What is kept of a Note that somebody on another server wrote.
#pragma once

#include "core/base/json.h"
#include "server/db/posts.h"

#include <string>

namespace artdag::server {

/// The HTML of a note, or of its first language; at most 100 kB. As received.
std::string contentOf(const Json& note);
/// Where people read it: an http(s) URL of its own server, else its id.
std::string linkOf(const Json& note);
/// Everything but its actor and visibility.
Post postOf(const Json& note);

} // namespace artdag::server
