// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/attach_renderer.h"

#include "core/base/json.h"
#include "core/net/no_answer.h"
#include "core/workflow/server_conversation.h"

#include <algorithm>
#include <charconv>

namespace artdag {

namespace {

constexpr std::string_view statePostfix = "_state"; // of the cookie that is the renderer's own note of the journey

/// `%2F` → `/`; what is malformed stays as it is.
std::string decoded(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        unsigned code = 0;
        if (text[i] == '%' && i + 2 < text.size() && std::from_chars(text.data() + i + 1, text.data() + i + 3, code, 16).ptr == text.data() + i + 3) {
            out.push_back(static_cast<char>(code));
            i += 2;
        } else {
            out.push_back(text[i]);
        }
    }
    return out;
}

/// The value of `name` in the query of a URL, decoded; empty when it has none.
std::string parameterOf(std::string_view url, std::string_view name)
{
    for (auto at = url.find('?'); at != std::string_view::npos; at = url.find('&', at + 1)) {
        const std::string_view pair = url.substr(at + 1, url.find('&', at + 1) - at - 1);
        if (pair.starts_with(name) && pair.substr(name.size()).starts_with('='))
            return decoded(pair.substr(name.size() + 1));
    }
    return {};
}

struct Cookie {
    std::string name, value;
    std::int64_t holds = 0; ///< seconds; 0: not told
};

/// Those that an answer sets, without the ones that it ends.
std::vector<Cookie> cookiesOf(const HttpAnswer& answer)
{
    std::vector<Cookie> cookies;
    for (const auto& [header, value] : answer.headers) {
        const std::string pair = value.substr(0, value.find(';'));
        const auto equals = pair.find('=');
        if (header != "set-cookie" || equals == std::string::npos || equals + 1 >= pair.size())
            continue;
        std::int64_t holds = 0;
        if (const auto age = value.find("Max-Age="); age != std::string::npos)
            std::from_chars(value.data() + age + 8, value.data() + value.size(), holds);
        cookies.push_back({pair.substr(0, equals), pair.substr(equals + 1), holds});
    }
    return cookies;
}

/// A redirect is what is hoped for; anything else is the renderer's refusal.
Result<HttpAnswer> askRenderer(HttpClient& http, const std::string& renderer, const std::string& path, const std::string& cookies)
{
    HttpRequest request;
    request.url = renderer + path;
    request.headers = {{"Accept", "application/json"}};
    if (!cookies.empty())
        request.headers.emplace_back("Cookie", cookies);
    auto answer = http.send(request);
    if (!answer)
        return tl::unexpected<Error>(noAnswer("renderer " + renderer, answer.error()));
    if (answer->status >= 300 && answer->status < 400)
        return answer;
    if (answer->ok())
        return fail(Fault::Unavailable, "renderer " + renderer + ": it does not say how to attach it; is this an Art DAG renderer?");
    return tl::unexpected<Error>(errorOfAnswer("renderer " + renderer, *answer));
}

/// State and nonce with which the renderer sends a browser to the server.
struct Journey {
    std::string state, nonce, cookies;
};

Result<Journey> beginJourney(HttpClient& http, const Session& session, const std::string& renderer)
{
    std::string registry;
    for (const char c : session.server)
        registry += c == ':' ? "%3A" : c == '/' ? "%2F"
            : c == '['                          ? "%5B"
            : c == ']'                          ? "%5D"
                                                : std::string(1, c);
    const HttpAnswer answer = TRY(askRenderer(http, renderer, "/auth?registry=" + registry, ""));
    const std::string_view to = answer.header("location");
    Journey journey{parameterOf(to, "state"), parameterOf(to, "nonce"), ""};
    if (!to.starts_with(session.server + "/renderers/attach?") || journey.state.empty() || journey.nonce.empty())
        return fail(Fault::Unavailable, "renderer " + renderer + ": it leads to another server than " + session.server);
    if (parameterOf(to, "renderer") != renderer)
        return fail(Fault::BadInput, "renderer " + renderer + ": it calls itself " + parameterOf(to, "renderer") + "; name it so");
    for (const Cookie& cookie : cookiesOf(answer))
        journey.cookies += (journey.cookies.empty() ? "" : "; ") + cookie.name + "=" + cookie.value;
    return journey;
}

/// The whole way: to the renderer, to the server for a code, and back with it.
Result<RendererToken> attached(HttpClient& http, const Session& session, const std::string& renderer)
{
    const Journey journey = TRY(beginJourney(http, session, renderer));
    ServerConversation server(http, session);
    const HttpAnswer answer = TRY(server.sendJson("POST", "/renderers/attach", Json{{"renderer", renderer}, {"state", journey.state}, {"nonce", journey.nonce}}));
    if (!answer.ok())
        return tl::unexpected<Error>(errorOfAnswer("renderer " + renderer, answer));
    const Json told = TRY(readJson(answer.body));
    const std::string code = told.is_object() && told.contains("code") && told["code"].is_string() ? told["code"].get<std::string>() : "";
    for (const Cookie& cookie : cookiesOf(TRY(askRenderer(http, renderer, "/auth?auth_token=" + code + "&state=" + journey.state, journey.cookies))))
        if (!cookie.name.ends_with(statePostfix))
            return RendererToken{cookie.value, cookie.holds};
    return fail(Fault::Unavailable, "renderer " + renderer + ": it gives no token");
}

} // namespace

Result<std::string> rendererOfText(std::string_view text)
{
    while (text.ends_with('/'))
        text.remove_suffix(1);
    const auto scheme = text.find("://");
    const auto path = text.find('/', scheme == std::string_view::npos ? 0 : scheme + 3);
    return TRY(serverOfText(text.substr(0, path))) + std::string(path == std::string_view::npos ? std::string_view() : text.substr(path));
}

Result<void> attachRenderer(HttpClient& http, const Session& session, const std::string& renderer)
{
    TRY(attached(http, session, renderer));
    return {};
}

Result<bool> detachRenderer(HttpClient& http, const Session& session, const std::string& renderer)
{
    ServerConversation server(http, session);
    const HttpAnswer answer = TRY(server.sendJson("POST", "/renderers/detach", Json{{"renderer", renderer}}));
    if (!answer.ok())
        return tl::unexpected<Error>(errorOfAnswer("renderer " + renderer, answer));
    const Json told = TRY(readJson(answer.body));
    return told.is_object() && told.value("told", Json(false)) == Json(true);
}

Result<std::vector<OfferedRenderer>> offeredRenderers(HttpClient& http, const Session& session)
{
    ServerConversation server(http, session);
    const Json told = TRY(server.get("/renderers", "renderers of " + session.server));
    const Json list = told.is_object() ? told.value("renderers", Json::array()) : Json::array();
    std::vector<OfferedRenderer> renderers;
    for (const Json& one : list)
        if (one.is_object() && one.contains("url") && one["url"].is_string())
            renderers.push_back({one["url"].get<std::string>(), one.contains("attached_at") && one["attached_at"].is_string()});
    return renderers;
}

Result<RendererToken> rendererToken(HttpClient& http, const Session& session, const std::string& renderer)
{
    const std::vector<OfferedRenderer> offered = TRY(offeredRenderers(http, session));
    if (!std::ranges::any_of(offered, [&](const OfferedRenderer& one) { return one.attached && one.url == renderer; }))
        return fail(Fault::NotFound, "renderer " + renderer + ": it is not attached to " + session.account + "; use `artdag attach " + renderer + "`");
    return attached(http, session, renderer);
}

Result<std::string> renderToken(HttpClient& http, const std::string& renderer, const std::function<Result<Session>(const std::string& server)>& sessionAt)
{
    const auto host = renderer.find("://");
    auto own = sessionAt(renderer.substr(0, renderer.find('/', host == std::string::npos ? 0 : host + 3)));
    if (own || own.error().fault != Fault::NotFound)
        return own ? Result<std::string>(own->token) : Result<std::string>(tl::unexpected<Error>(own.error()));
    return TRY(rendererToken(http, TRY(sessionAt("")), renderer)).text;
}

} // namespace artdag
