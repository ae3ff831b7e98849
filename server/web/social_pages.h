// SPDX-License-Identifier: GPL-3.0-or-later
// What those one follows did, what happened while one was away, and the question that another server's button leads to.
#pragma once

#include "core/base/json.h"
#include "server/http/message.h"
#include "server/l2/site.h"

#include <string>

namespace artdag::server {

/// `items` as GET /home gives them to programs; `next`: URL of the older ones, or empty.
Response feedPage(const Site& site, const Json& items, const std::string& next);
/// `items` as GET /notifications gives them. `token`: of forms.
Response notificationsPage(const Site& site, const std::string& token, const Json& items, std::int64_t unread, const std::string& next);

/// Somebody or something of another server, before it is followed or answered.
struct Approach {
    std::string uri;     ///< as it was given
    std::string account; ///< `@ann@art.example`; empty: it is no person
    std::string name;    ///< of the person
    std::string done;    ///< words about what was done a moment ago
    std::string problem; ///< or why not
};
Response approachPage(const Site& site, const std::string& token, const Approach& approach);

} // namespace artdag::server
