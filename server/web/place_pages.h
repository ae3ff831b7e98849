// SPDX-License-Identifier: GPL-3.0-or-later
// Pages about the server itself and what happened on it.
#pragma once

#include "core/base/json.h"
#include "server/db/works.h"
#include "server/http/message.h"
#include "server/l2/site.h"

#include <string>
#include <string_view>
#include <vector>

namespace artdag::server {

/// Plain text with `# headings`, `- items` and paragraphs.
std::string proseOf(std::string_view text);
Response textPage(const Site& site, const std::string& title, std::string_view text);
Response clientPage(const Site& site);
/// The OpenAPI document for people.
Response docsPage(const Site& site, const Json& openApi);

struct ActivityLine {
    Activity activity;
    std::string user;
    std::string workTitle, workName, workOwner; ///< empty: it is about no work, or not about an open one
};
Response activitiesPage(const Site& site, const std::vector<ActivityLine>& lines, const std::string& next);
Response activityPage(const Site& site, const ActivityLine& line, const std::string& readable);

} // namespace artdag::server
