// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/server_session.h"

#include "core/base/json.h"
#include "core/net/no_answer.h"
#include "core/workflow/kept_logins.h"

namespace artdag {

namespace {

Result<std::string> textOf(const Json& object, const char* name)
{
    const auto member = object.is_object() ? object.find(name) : object.end();
    if (!object.is_object() || member == object.end() || !member->is_string())
        return fail(Fault::Unavailable, std::string("server: its answer has no '") + name + "'; is this an Art DAG server?");
    return member->get<std::string>();
}

Result<HttpAnswer> postJson(HttpClient& http, const std::string& url, const Json& body)
{
    HttpRequest request;
    request.method = "POST";
    request.url = url;
    request.headers = {{"Content-Type", "application/json"}, {"Accept", "application/json"}};
    request.body = body.dump();
    auto answer = http.send(request);
    if (!answer)
        return tl::unexpected<Error>(noAnswer("server " + url.substr(0, url.find('/', url.find("://") + 3)), answer.error()));
    return answer;
}

bool isLoopback(std::string_view host)
{
    // Digits and dots only: 127.0.0.1.evil.example is somebody's name.
    return host == "localhost" || host == "[::1]" || (host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string_view::npos);
}

} // namespace

Result<std::string> serverOfText(std::string_view text)
{
    std::string url(text);
    while (url.ends_with('/'))
        url.pop_back();
    if (url.find("://") == std::string::npos)
        url = (isLoopback(url.substr(0, url.starts_with('[') ? url.find(']') + 1 : url.find(':'))) ? "http://" : "https://") + url;
    const auto scheme = url.find("://");
    const std::string authority = url.substr(scheme + 3);
    const std::string host = authority.substr(0, authority.starts_with('[') ? authority.find(']') + 1 : authority.find(':'));
    const bool isSecure = url.starts_with("https://");
    if (host.empty() || authority.find_first_of("/?#@ ") != std::string::npos)
        return fail(Fault::BadInput, "server '" + std::string(text) + "': must be like https://artdag.example");
    if (!isSecure && !(url.starts_with("http://") && isLoopback(host)))
        return fail(Fault::Denied, "server '" + std::string(text) + "': passwords only go over https (http is for this machine alone)");
    return url;
}

Result<Session> login(HttpClient& http, std::string_view url, const std::string& user, const std::string& password, bool registerNew, SecretRing* ring)
{
    Session session;
    session.server = TRY(serverOfText(url));
    session.user = user;
    const HttpAnswer answer = TRY(postJson(http, session.server + (registerNew ? "/auth/register" : "/auth/login"), Json{{"user", user}, {"password", password}}));
    if (!answer.ok())
        return tl::unexpected<Error>(errorOfAnswer("login at " + session.server, answer));
    const Json body = TRY(readJson(answer.body));
    if (answer.status == 202)
        return fail(Fault::Denied, "login at " + session.server + ": the account is made and waits for approval by the server's owner");
    session.account = TRY(textOf(body, "account"));
    session.token = TRY(textOf(body, "token"));
    session.expires = body.value("expires", std::int64_t{0});
    session.inFile = ring == nullptr;
    TRY(keepSession(session, ring));
    return session;
}

Result<bool> loginHolds(HttpClient& http, const Session& session)
{
    HttpRequest request;
    request.url = session.server + "/auth/me";
    request.headers = {{"Authorization", "Bearer " + session.token}, {"Accept", "application/json"}};
    const HttpAnswer answer = TRY(http.send(request));
    if (answer.status == 401)
        return false;
    if (!answer.ok())
        return tl::unexpected<Error>(errorOfAnswer("server " + session.server, answer));
    return true;
}

Result<void> logout(HttpClient& http, const Session& session, SecretRing* ring)
{
    HttpRequest request;
    request.method = "POST";
    request.url = session.server + "/auth/logout";
    request.headers = {{"Authorization", "Bearer " + session.token}};
    (void)http.send(request); // a dead server does not keep us logged in
    return forgetSession(session.server, ring);
}

} // namespace artdag
