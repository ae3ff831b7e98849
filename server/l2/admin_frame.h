// SPDX-License-Identifier: GPL-3.0-or-later
// What the routes under /admin share: the frame of a page, and the line that each decision leaves in the moderation log.
#pragma once

#include "server/web/admin_pages.h"

namespace artdag::server {

bool isAdmin(const Caller& caller); ///< or the owner
AdminFrame frameOf(const Site& site, const Request& request, std::string problem = {});
/// -1 for anything but a whole number that fits.
std::int64_t numberOf(std::string_view text);
/// What is searched for: the parameter `q`, without what LIKE takes for its own.
std::string searchedText(const Request& request, std::size_t longest);
/// `action`, `kind`: as ModerationAction. By the one who asks.
Result<void> logDecision(Site& site, const Request& request, const char* action, const char* kind, const std::string& target, const std::string& reason);

} // namespace artdag::server
