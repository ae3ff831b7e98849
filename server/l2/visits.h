// SPDX-License-Identifier: GPL-3.0-or-later
// Browsers: the one cookie, whose value is a session's or only a visitor's, and the token that every form of theirs must
// carry. A login always brings a new value; only its hash is stored.
#pragma once

#include "server/http/message.h"
#include "server/l2/site.h"

#include <optional>
#include <string>
#include <string_view>

namespace artdag::server {

/// Carries role and port: cookies know no ports, and another server on the same machine must not end our sessions.
std::string cookieName(const Site& site);
/// Who the cookie says is asking, if anybody; gives a page's visitor a new value when there is none.
Result<void> readVisit(Site& site, Request& head);

/// What the hidden field `csrf` of a form for this browser holds: only who knows the cookie could make it.
std::string formToken(const Site& site, const Request& request);
/// True when the form's `csrf`, or the header X-CSRF-Token, is that token.
bool carriesFormToken(const Site& site, const Request& request);

/// Logs the browser in: a new session, its cookie on the response. The former value is worth nothing any more.
Result<void> startSession(Site& site, const Request& request, const User& user, Response& response);
/// Logs the browser out: the session is forgotten, the cookie taken away.
Result<void> endVisit(Site& site, const Request& request, Response& response);
/// `Set-Cookie` for a visitor that has none yet.
void keepVisit(const Site& site, const Request& request, Response& response);
/// The hash under which the session of this request is stored; nothing when it came by token.
std::optional<Digest> sessionHash(const Request& request);

/// A path of this server to go on to, `/` for anything else: no login form sends people elsewhere.
std::string ownPath(std::string_view path);
/// `Firefox on Linux` of a User-Agent header.
std::string agentWords(std::string_view agent);

} // namespace artdag::server
