// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l1/access.h"

#include "core/base/files.h"
#include "server/db/renderer_users.h"
#include "server/l1/renderer.h"

#include <charconv>

namespace artdag::server {

namespace {

std::string_view bearerOf(const Request& head)
{
    const std::string_view value = head.header("authorization");
    return value.starts_with("Bearer ") || value.starts_with("bearer ") ? value.substr(7) : std::string_view();
}

std::string_view cookieOf(const Request& head, std::string_view name)
{
    std::string_view rest = head.header("cookie");
    while (!rest.empty()) {
        const auto end = std::min(rest.find(';'), rest.size());
        std::string_view one = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        while (one.starts_with(' '))
            one.remove_prefix(1);
        if (one.starts_with(name) && one.substr(name.size()).starts_with('='))
            return one.substr(name.size() + 1);
    }
    return {};
}

/// Browsers of today say where a request comes from; what does not say so is no browser's form.
bool isOwnPage(const Site& site, const Request& head)
{
    const std::string_view from = head.header("sec-fetch-site");
    if (!from.empty())
        return from == "same-origin";
    const std::string& base = site.instance.publicUrl;
    const auto slash = base.find('/', base.find("://") + 3);
    return head.header("origin") == base.substr(0, slash);
}

Result<std::int64_t> endedBefore(Site& site, std::int64_t userId)
{
    const std::string text = TRY(settingOnce(*site.database, "l1 tokens of " + std::to_string(userId), "0"));
    std::int64_t seconds = 0;
    std::from_chars(text.data(), text.data() + text.size(), seconds);
    return seconds;
}

Result<Caller> callerOf(Site& site, std::string_view token)
{
    const TokenClaims claims = TRY(readToken(site.renderer->tokens, token, nowMicroseconds() / 1'000'000));
    const auto user = findUser(*site.database, claims.subject);
    if (!user || (user->state != "active" && user->state != attachedState) || TRY(isTokenRevoked(*site.database, claims.id)) || claims.issued < TRY(endedBefore(site, user->id)))
        return fail(Fault::Denied, "token: it was revoked; attach again");
    return Caller{user->id, user->name, claims.id, claims.expires};
}

Response refusal(const Site& site, const Request& head, const std::string& why)
{
    if (head.method == "GET" && prefersHtml(head))
        return redirect(site.renderer->options.prefix + "/auth");
    return problem(401, why).with("WWW-Authenticate", "Bearer");
}

} // namespace

std::optional<Response> identifyForRenderer(Site& site, Request& head, std::optional<Response> (*registry)(Site&, Request&))
{
    const Access access = head.route->access;
    if (access == Access::Anyone)
        return {};
    if (const std::string_view bearer = bearerOf(head); !bearer.empty()) {
        if (auto caller = callerOf(site, bearer))
            head.caller = std::move(*caller);
        else if (site.registry)
            return registry(site, head);
        else
            return refusal(site, head, caller.error().message);
        return {};
    }
    const std::string_view cookie = cookieOf(head, site.renderer->cookieName());
    if (!cookie.empty()) {
        if (head.method != "GET" && head.method != "HEAD" && !isOwnPage(site, head))
            return problem(403, "This was sent by another site's page.");
        if (auto caller = callerOf(site, cookie)) {
            head.caller = std::move(*caller);
            return {};
        }
    }
    if (access == Access::Known)
        return {};
    return refusal(site, head, "Attach first: this needs an Authorization header with a bearer token, or the cookie of a browser that attached.");
}

RendererToken makeRendererToken(const TokenRealm& realm, const std::string& user, std::int64_t seconds)
{
    const std::int64_t now = nowMicroseconds() / 1'000'000;
    return {makeToken(realm, {user, "render", hexOf(secureRandom(16)), now, now, now + seconds}), now + seconds};
}

Result<void> endRendererTokens(Site& site, std::int64_t userId)
{
    const std::string name = "l1 tokens of " + std::to_string(userId);
    TRY(settingOnce(*site.database, name, "0"));
    return setSetting(*site.database, name, std::to_string(nowMicroseconds() / 1'000'000 + 1)); // also those of this second
}

Result<User> rendererUser(Database& database, const std::string& name)
{
    if (auto known = findUser(database, name))
        return known;
    TRY(addAttachedUser(database, name));
    return findUser(database, name);
}

} // namespace artdag::server
