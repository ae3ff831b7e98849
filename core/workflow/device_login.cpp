// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/server_session.h"

#include "core/base/json.h"
#include "core/net/no_answer.h"
#include "core/workflow/kept_logins.h"

#include <ctime>
#include <initializer_list>

namespace artdag {

namespace {

constexpr std::int64_t earliness = 120; // s: an upload may take a while to begin

std::string encoded(std::string_view text)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const unsigned char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == '~';
        out += plain ? std::string(1, static_cast<char>(c)) : std::string{'%', digits[c >> 4], digits[c & 15]};
    }
    return out;
}

Result<HttpAnswer> postForm(HttpClient& http, const std::string& url, std::initializer_list<std::pair<std::string_view, std::string_view>> fields)
{
    HttpRequest request;
    request.method = "POST";
    request.url = url;
    request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}, {"Accept", "application/json"}};
    for (const auto& [name, value] : fields)
        request.body += (request.body.empty() ? "" : "&") + std::string(name) + "=" + encoded(value);
    auto answer = http.send(request);
    if (!answer)
        return tl::unexpected<Error>(noAnswer("server " + url.substr(0, url.find('/', url.find("://") + 3)), answer.error()));
    return answer;
}

Result<std::string> textOf(const Json& object, const char* name)
{
    const auto member = object.is_object() ? object.find(name) : object.end();
    if (!object.is_object() || member == object.end() || !member->is_string())
        return fail(Fault::Unavailable, std::string("server: its answer has no '") + name + "'; is this an Art DAG server?");
    return member->get<std::string>();
}

std::int64_t now()
{
    return static_cast<std::int64_t>(std::time(nullptr));
}

Result<Session> sessionOf(const std::string& server, std::string_view client, const Json& answer)
{
    Session session;
    session.server = server;
    session.user = TRY(textOf(answer, "user"));
    session.account = TRY(textOf(answer, "account"));
    session.token = TRY(textOf(answer, "access_token"));
    session.expires = now() + answer.value("expires_in", std::int64_t{0});
    session.refresh = TRY(textOf(answer, "refresh_token"));
    session.client = client;
    return session;
}

} // namespace

Result<DeviceLogin> beginDeviceLogin(HttpClient& http, std::string_view url, std::string_view client)
{
    DeviceLogin device;
    device.server = TRY(serverOfText(url));
    const HttpAnswer answer = TRY(postForm(http, device.server + "/oauth/device_authorization", {{"client_id", client}, {"scope", "read publish render"}}));
    if (!answer.ok())
        return tl::unexpected<Error>(errorOfAnswer("login at " + device.server, answer));
    const Json body = TRY(readJson(answer.body));
    device.deviceCode = TRY(textOf(body, "device_code"));
    device.userCode = TRY(textOf(body, "user_code"));
    device.page = TRY(textOf(body, "verification_uri"));
    device.fullPage = body.value("verification_uri_complete", device.page);
    device.interval = body.value("interval", std::int64_t{5});
    device.expires = now() + body.value("expires_in", std::int64_t{600});
    return device;
}

Result<std::optional<Session>> pollDeviceLogin(HttpClient& http, DeviceLogin& device, std::string_view client, SecretRing* ring)
{
    const HttpAnswer answer = TRY(postForm(http, device.server + "/oauth/token", {{"grant_type", "urn:ietf:params:oauth:grant-type:device_code"}, {"client_id", client}, {"device_code", device.deviceCode}}));
    const Json body = TRY(readJson(answer.body));
    if (answer.ok()) {
        Session session = TRY(sessionOf(device.server, client, body));
        session.inFile = ring == nullptr;
        const AccountsLock lock;
        TRY(keepSession(session, ring));
        return std::optional(std::move(session));
    }
    const std::string error = body.is_object() ? body.value("error", std::string()) : std::string();
    if (error == "slow_down")
        device.interval += 5; // RFC 8628 §3.5
    if (error == "authorization_pending" || error == "slow_down")
        return std::optional<Session>();
    if (error == "access_denied")
        return fail(Fault::Denied, "login at " + device.server + ": it was refused in the browser");
    if (error == "expired_token")
        return fail(Fault::Denied, "login at " + device.server + ": nobody answered in time");
    return tl::unexpected<Error>(errorOfAnswer("login at " + device.server, answer));
}

Result<Session> freshSession(HttpClient& http, std::string_view client, std::string_view url, SecretRing* ring)
{
    Session session = TRY(savedSession(url, ring));
    if (session.refresh.empty() || session.expires > now() + earliness)
        return session;
    const AccountsLock lock;                           // a refresh token is good once: two programs of one person must not use it at the same time
    session = TRY(savedSession(session.server, ring)); // another program may have renewed it meanwhile
    if (session.expires > now() + earliness)
        return session;
    const std::string named = session.client.empty() ? std::string(client) : session.client;
    const HttpAnswer answer = TRY(postForm(http, session.server + "/oauth/token", {{"grant_type", "refresh_token"}, {"client_id", named}, {"refresh_token", session.refresh}}));
    if (answer.status == 400 || answer.status == 401)
        return fail(Fault::Denied, "server " + session.server + ": the login is over; use `artdag login " + session.server + "`");
    if (!answer.ok())
        return tl::unexpected<Error>(errorOfAnswer("server " + session.server, answer));
    const bool inFile = session.inFile;
    session = TRY(sessionOf(session.server, named, TRY(readJson(answer.body))));
    session.inFile = inFile;
    TRY(keepSession(session, ring));
    return session;
}

} // namespace artdag
