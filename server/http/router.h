// SPDX-License-Identifier: GPL-3.0-or-later
// The route table: method and path template to free function, one line a route. The table also says who may call, how a
// body is taken and what OpenAPI tells about it. Matching never looks at a file system.
#pragma once

#include "server/http/message.h"

#include <span>
#include <string_view>

namespace artdag::server {

struct Site; // what the routes work on; opaque here

enum class Access {
    Anyone,
    Known,     ///< anyone, but a valid token or session tells who asks
    Member,    ///< only with one
    Moderator, ///< and only who may moderate
    Admin,     ///< and only who may change how the server is run
};
enum class Body {
    None,
    Memory, ///< at most Limits::body bytes
    Form,   ///< the same, from a form of our own pages: it must carry the browser's form token, and no bearer token will do
    File,   ///< streamed, at most Limits::upload bytes
};
enum class Pace {
    Quick, ///< on the connection's thread
    Slow,  ///< on a worker: password hashing, fsync, rendering of large pages
};

/// What OpenAPI says; names of schemas in server/l2/schemas.cpp, empty for none.
struct Words {
    const char* summary = "";
    const char* tag = "";
    const char* takes = "";
    const char* gives = "";
    const char* type = "application/json"; ///< media type of what it gives
    int status = 200;                      ///< of its success
};

struct Route {
    const char* method;
    const char* path; ///< `/assets/@{user}/{name}`
    Result<Response> (*answer)(Site& site, const Request& request);
    Access access = Access::Anyone;
    Body body = Body::None;
    Pace pace = Pace::Quick;
    Words words{};
    const char* scope = nullptr; ///< that a bearer token must have; by default `read` to look and `publish` to change
};

/// The route for a method and path, with captures decoded; literal segments win over captures. `allowed` lists the methods
/// of the path when only the method does not fit. HEAD finds GET.
struct Match {
    const Route* route = nullptr;
    std::vector<std::pair<std::string, std::string>> captures;
    std::vector<std::string> allowed;
    bool malformed = false; ///< a bad escape, or `..`
};
Match matchRoute(std::span<const Route> routes, std::string_view method, std::string_view path);

} // namespace artdag::server
