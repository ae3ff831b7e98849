// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/server_session.h"

#include "core/base/files.h"
#include "core/base/json.h"

#include <sys/stat.h>

#include <algorithm>
#include <ctime>

namespace artdag {

namespace {

std::filesystem::path accountsFile()
{
    return artdagHome() / "accounts.json";
}

/// {"current": server, "accounts": {server: {user, account, token, expires}}}; empty when there is no file.
Result<Json> readAccounts()
{
    const std::filesystem::path path = accountsFile();
    struct stat facts {};
    if (::stat(path.c_str(), &facts) != 0)
        return Json{{"current", ""}, {"accounts", Json::object()}};
    if ((facts.st_mode & 077) != 0)
        return fail(Fault::Denied, "file '" + path.string() + "': others can read it; give it mode 0600");
    Json accounts = TRY(readJson(TRY(readTextFile(path, 1U << 20))));
    if (!accounts.is_object() || !accounts.contains("accounts") || !accounts["accounts"].is_object())
        return fail(Fault::Corrupt, "file '" + path.string() + "': not a list of accounts");
    return accounts;
}

Result<void> writeAccounts(const Json& accounts)
{
    std::error_code error;
    std::filesystem::create_directories(artdagHome(), error);
    const std::string text = accounts.dump(2) + "\n";
    return writeFileAtomically(accountsFile(), bytesOf(text), 0600);
}

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
    return http.send(request);
}

bool isLoopback(std::string_view host)
{
    // Digits and dots only: 127.0.0.1.evil.example is somebody's name.
    return host == "localhost" || host == "[::1]" || (host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string_view::npos);
}

} // namespace

Result<void> keepSession(const Session& session)
{
    Json accounts = TRY(readAccounts());
    accounts["current"] = session.server;
    Json entry{{"user", session.user}, {"account", session.account}, {"token", session.token}, {"expires", session.expires}};
    if (!session.refresh.empty())
        entry["refresh"] = session.refresh;
    accounts["accounts"][session.server] = std::move(entry);
    return writeAccounts(accounts);
}

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

Result<Session> login(HttpClient& http, std::string_view url, const std::string& user, const std::string& password, bool registerNew)
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
    TRY(keepSession(session));
    return session;
}

Result<Session> savedSession(std::string_view url)
{
    const Json accounts = TRY(readAccounts());
    const std::string server = url.empty() ? accounts.value("current", std::string()) : TRY(serverOfText(url));
    const auto found = accounts["accounts"].find(server);
    if (server.empty() || found == accounts["accounts"].end())
        return fail(Fault::NotFound, (server.empty() ? std::string("server") : "server " + server) + ": not logged in; use `artdag login URL`");
    Session session{server, TRY(textOf(*found, "user")), TRY(textOf(*found, "account")), TRY(textOf(*found, "token")), found->value("expires", std::int64_t{0}), found->value("refresh", std::string())};
    if (session.refresh.empty() && session.expires != 0 && session.expires <= static_cast<std::int64_t>(std::time(nullptr)))
        return fail(Fault::Denied, "server " + server + ": the login is over; use `artdag login " + server + " --user " + session.user + "`");
    return session;
}

Result<void> logout(HttpClient& http, const Session& session)
{
    HttpRequest request;
    request.method = "POST";
    request.url = session.server + "/auth/logout";
    request.headers = {{"Authorization", "Bearer " + session.token}};
    (void)http.send(request); // a dead server does not keep us logged in
    Json accounts = TRY(readAccounts());
    accounts["accounts"].erase(session.server);
    if (accounts.value("current", std::string()) == session.server)
        accounts["current"] = "";
    return writeAccounts(accounts);
}

} // namespace artdag
