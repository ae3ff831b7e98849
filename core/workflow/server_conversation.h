// SPDX-License-Identifier: GPL-3.0-or-later
// One account's conversation with its server: authorised requests, and uploads that go on where a lost connection, or an earlier
// run of the program, left them (tus 1.0.0). A token only ever goes to the account's own server.
#pragma once

#include "core/base/digest.h"
#include "core/base/json.h"
#include "core/net/http_client.h"
#include "core/workflow/server_session.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace artdag {

/// What is being sent now; returning false cancels. Called from the thread that sends.
using PublishProgress = std::function<bool(std::string_view what, std::uint64_t done, std::uint64_t total)>;

class ServerConversation {
public:
    /// Client and session must outlive it. Not thread-safe.
    ServerConversation(HttpClient& http, const Session& session, PublishProgress progress = {});

    /// Denied, with the words to log in again, when the server does not take the token any more; any other status is an answer.
    Result<HttpAnswer> send(HttpRequest request, std::string_view path);
    Result<HttpAnswer> sendJson(std::string_view method, std::string_view path, const Json& body);
    /// The JSON of a 2xx answer; else its error, which begins with `what`.
    Result<Json> get(std::string_view path, const std::string& what);

    Result<bool> has(const ContentId& id);
    /// Uploads what the server does not have yet; true when bytes were sent. Unavailable when the connection is lost several times
    /// without a byte getting through: the next call goes on from there, for a day.
    Result<bool> upload(const ContentId& id, const std::filesystem::path& path, const char* type, const std::string& what);

    [[nodiscard]] const Session& session() const { return m_session; }

private:
    Result<void> uploadWhole(const ContentId& id, const std::filesystem::path& path, const char* type, const std::string& what);
    Result<void> uploadInPieces(const ContentId& id, const std::filesystem::path& path, std::uint64_t size, const char* type, const std::string& what);
    Result<std::string> beginPieces(const ContentId& id, std::uint64_t size, const char* type, const std::string& what);
    Result<HttpAnswer> askOffset(const std::string& place);

    HttpClient& m_http;
    const Session& m_session;
    PublishProgress m_progress;
};

} // namespace artdag
