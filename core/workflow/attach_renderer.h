// SPDX-License-Identifier: GPL-3.0-or-later
// A renderer (L1) that is not of one's own server: attached once, it knows an account of that server and takes its recipes
// (docs/formats/http.md, "Attach"). The program takes the part of the browser. No token of a renderer is kept: it lasts a quarter of an hour, and
// another comes by the login at the server.
#pragma once

#include "core/net/http_client.h"
#include "core/workflow/server_session.h"

#include <functional>
#include <string>
#include <vector>

namespace artdag {

/// A renderer's base URL of what a person typed, without a final slash; plain http only for loopback.
Result<std::string> rendererOfText(std::string_view text);

/// Makes the renderer know the account of the session. Denied, in the words of renderer or server, when either does not work with the other.
Result<void> attachRenderer(HttpClient& http, const Session& session, const std::string& renderer);
/// NotFound when it is not attached. True: the renderer heard of it; what a renderer that did not may still hold ends within a quarter of an hour.
Result<bool> detachRenderer(HttpClient& http, const Session& session, const std::string& renderer);

/// A renderer that the session's server works with.
struct OfferedRenderer {
    std::string url;
    bool attached = false; ///< to this account
};
Result<std::vector<OfferedRenderer>> offeredRenderers(HttpClient& http, const Session& session);

struct RendererToken {
    std::string text;       ///< a secret
    std::int64_t holds = 0; ///< seconds from now; 0: not told
};
/// A token that the renderer takes for a quarter of an hour. NotFound, saying how to attach it, when it is not attached; Denied when the
/// renderer or the server takes the account there no more, Unavailable when one of them does not answer.
Result<RendererToken> rendererToken(HttpClient& http, const Session& session, const std::string& renderer);

/// A token for a render: of the login at the renderer's own server, else by the last login (`sessionAt` an empty server), which attached it.
Result<std::string> renderToken(HttpClient& http, const std::string& renderer, const std::function<Result<Session>(const std::string& server)>& sessionAt);

} // namespace artdag
