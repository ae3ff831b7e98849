// SPDX-License-Identifier: GPL-3.0-or-later
// What a route sees of HTTP: a Request and a Response as plain values. Nothing here knows sockets or Beast; serve.cpp does.
#pragma once

#include "core/base/digest.h"
#include "core/base/json.h"
#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace artdag::server {

struct Route;

using Headers = std::vector<std::pair<std::string, std::string>>;

/// Who asks, after the token or the session was checked; `userId` 0 is nobody.
struct Caller {
    std::int64_t userId = 0;
    std::string user;
    std::string tokenId;           ///< empty for a session
    std::int64_t tokenExpires = 0; ///< seconds since 1970
    std::string role;              ///< owner, admin, moderator, member, limited
    bool bySession = false;        ///< a browser that logged in: what it sends must carry its form token
};

/// A body that was streamed to a file of ours, hashed on the way. The file is removed with the request unless moved away.
struct UploadedFile {
    std::filesystem::path path;
    std::uint64_t size = 0;
    ContentId id; ///< null, as the other, where a part of it came before
    Digest sha256{};
};

/// What a client may still do of a kind of request.
struct Allowance {
    std::int64_t limit = 0, remaining = 0;
    std::int64_t wholeIn = 0; ///< s until `remaining` is `limit` again
    std::int64_t wait = 0;    ///< s until the next is allowed; 0: now
};

struct Request {
    std::string id; ///< for the log and the answer; a trusted proxy's, or made here
    std::string method;
    std::string target;                                        ///< as sent, origin form
    std::string path;                                          ///< the target before '?', still percent-encoded
    std::string query;                                         ///< the target after '?'
    Headers headers;                                           ///< names in lower case
    std::string peer;                                          ///< address at the other end of the socket
    std::string remote;                                        ///< address of the client: the peer's, or what a trusted proxy says
    bool secure = false;                                       ///< the client speaks TLS, with us or with a trusted proxy
    bool isUnnamed = false;                                    ///< it came from a trusted proxy, which does not say from whom
    std::string body;                                          ///< when the route takes it in memory
    std::optional<UploadedFile> upload;                        ///< when the route takes it as a file
    std::vector<std::pair<std::string, std::string>> captures; ///< of the route's template, decoded
    Caller caller;
    std::string visit;                  ///< value of the cookie: a session's, a visitor's, or one made for this answer
    bool freshVisit = false;            ///< it was made now and the browser does not have it yet
    const Route* route = nullptr;       ///< that was found for it
    std::optional<Allowance> allowance; ///< when this kind of request is counted

    /// The first header of that name (lower case), or empty.
    [[nodiscard]] std::string_view header(std::string_view name) const;
    [[nodiscard]] const std::string& capture(std::string_view name) const;
    /// A decoded parameter of the query, or nothing.
    [[nodiscard]] std::optional<std::string> parameter(std::string_view name) const;
};

/// Bytes [first, first + length) of a file.
struct FileRange {
    std::filesystem::path path;
    std::uint64_t first = 0;
    std::uint64_t length = 0;
};

/// RFC 9457. The dispatcher writes it as JSON, or as a page for those who prefer HTML.
struct Problem {
    std::string detail;         ///< safe to show
    Json more = Json::object(); ///< further members
};

struct Response {
    int status = 200;
    Headers headers;
    std::string body;
    std::optional<FileRange> file;  ///< instead of `body`
    std::optional<Problem> problem; ///< instead of both
    /// Instead of all: asked on the connection's thread every quarter of a second for what there is to send, until it gives
    /// nothing. For Server-Sent Events; an empty text means that nothing is new.
    std::function<std::optional<std::string>()> stream;
    std::optional<std::size_t> bar; ///< of a page: where in `body` the navigation belongs, which depends on who asks
    bool keepsVisit = false;        ///< the page has a form for strangers: their browser must keep the cookie

    Response& with(std::string name, std::string value)
    {
        headers.emplace_back(std::move(name), std::move(value));
        return *this;
    }
};

Response jsonResponse(const Json& value, int status = 200, std::string type = "application/json");
Response textResponse(std::string text, std::string type, int status = 200);
Response redirect(std::string location, int status = 303);
Response problem(int status, std::string detail);
/// The one translation of a fault into an HTTP status.
Response problemOf(const Error& error);
const char* reasonOf(int status); ///< `Not Found`

/// %XX decoding; nothing for a bad escape, NUL, slash or backslash that was hidden in one.
std::optional<std::string> decodeSegment(std::string_view text);
/// application/x-www-form-urlencoded decoding of one name or value; nothing for a bad escape or NUL.
std::optional<std::string> decodeForm(std::string_view text);
std::string encodeForm(std::string_view text);

/// True when a client that sends this Accept prefers a page over JSON. `*/*` and nothing are not a page.
bool prefersHtml(const Request& request);
/// True when it asks for ActivityStreams: `application/activity+json`, or ld+json with the AS2 profile (or without any).
bool wantsActivity(const Request& request);

/// IMF-fixdate (RFC 9110 §5.6.7) of seconds since 1970.
std::string httpDate(std::int64_t seconds);

} // namespace artdag::server
