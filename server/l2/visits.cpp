// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/visits.h"

#include "core/base/files.h"
#include "server/db/sessions.h"
#include "server/l2/form_body.h"

#include <openssl/crypto.h>

namespace artdag::server {

namespace {

constexpr std::int64_t sessionLife = 30LL * 24 * 3600; // s
constexpr std::size_t valueLength = 43;                // 32 bytes in base64url

std::string cookieValue(std::string_view header, std::string_view name)
{
    while (!header.empty()) {
        const auto end = std::min(header.find(';'), header.size());
        std::string_view pair = header.substr(0, end);
        header.remove_prefix(std::min(end + 1, header.size()));
        while (pair.starts_with(' '))
            pair.remove_prefix(1);
        if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=')
            return std::string(pair.substr(name.size() + 1));
    }
    return {};
}

std::string newValue()
{
    return base64Url(secureRandom(32));
}

std::string setCookie(const Site& site, const std::string& value, std::int64_t seconds)
{
    std::string text = cookieName(site) + "=" + value + "; Path=/; HttpOnly; SameSite=Lax; Max-Age=" + std::to_string(seconds);
    return site.instance.publicUrl.starts_with("https:") ? text + "; Secure" : text;
}

bool same(std::string_view a, std::string_view b)
{
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

} // namespace

std::string cookieName(const Site& site)
{
    return "artdag_l2_" + std::to_string(site.options.port);
}

Result<void> readVisit(Site& site, Request& head)
{
    const std::string value = cookieValue(head.header("cookie"), cookieName(site));
    if (value.size() == valueLength) {
        head.visit = value;
        if (const auto user = TRY(findSession(*site.database, sha3(bytesOf(value)), nowMicroseconds())); user && (user->state == "active" || user->state == "silenced")) {
            head.caller.userId = user->userId;
            head.caller.user = user->name;
            head.caller.role = user->role;
            head.caller.bySession = true;
        }
        return {};
    }
    head.freshVisit = head.method == "GET" && prefersHtml(head);
    if (head.freshVisit)
        head.visit = newValue();
    return {};
}

std::string formToken(const Site& site, const Request& request)
{
    Hasher hasher; // a sponge needs no HMAC to be keyed
    hasher.add("artdag form token\n").add(ByteView(site.tokens.secret)).add("\n").add(request.visit);
    return base64Url(hasher.finish()).substr(0, 32);
}

bool carriesFormToken(const Site& site, const Request& request)
{
    if (request.visit.empty())
        return false;
    const std::string right = formToken(site, request);
    if (const std::string_view header = request.header("x-csrf-token"); !header.empty())
        return same(header, right);
    const auto form = readForm(request);
    return form && same(form->text("csrf"), right);
}

Result<void> startSession(Site& site, const Request& request, const User& user, Response& response)
{
    const std::string value = newValue();
    const std::int64_t now = nowMicroseconds();
    TRY(addSession(*site.database, user.id, {sha3(bytesOf(value)), agentWords(request.header("user-agent")), now, now}, now + sessionLife * 1'000'000));
    if (request.caller.bySession)
        TRY(endSession(*site.database, request.caller.userId, sha3(bytesOf(request.visit))));
    response.with("Set-Cookie", setCookie(site, value, sessionLife));
    return {};
}

Result<void> endVisit(Site& site, const Request& request, Response& response)
{
    TRY(endSession(*site.database, request.caller.userId, sha3(bytesOf(request.visit))));
    response.with("Set-Cookie", setCookie(site, "", 0));
    return {};
}

void keepVisit(const Site& site, const Request& request, Response& response)
{
    if (request.freshVisit)
        response.with("Set-Cookie", setCookie(site, request.visit, 24 * 3600));
}

std::optional<Digest> sessionHash(const Request& request)
{
    if (!request.caller.bySession)
        return {};
    return sha3(bytesOf(request.visit));
}

std::string ownPath(std::string_view path)
{
    // `//host` and `/\host` are other servers to a browser; control characters are dropped by it before it looks.
    const bool ours = path.starts_with('/') && !path.starts_with("//") && path.size() < 2000 && path.find_first_of("\\\t\r\n") == std::string_view::npos;
    return ours ? std::string(path) : "/";
}

std::string agentWords(std::string_view agent)
{
    auto firstOf = [&](std::initializer_list<std::pair<const char*, const char*>> marks) -> std::string {
        for (const auto& [mark, words] : marks)
            if (agent.find(mark) != std::string_view::npos)
                return words;
        return {};
    };
    // In this order: each browser also names those before it.
    const std::string browser = firstOf({{"Firefox/", "Firefox"}, {"Edg/", "Edge"}, {"OPR/", "Opera"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"}, {"curl/", "curl"}});
    const std::string system = firstOf({{"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Windows", "Windows"}, {"Mac OS", "macOS"}, {"Linux", "Linux"}});
    if (browser.empty())
        return "a browser";
    return system.empty() ? browser : browser + " on " + system;
}

} // namespace artdag::server
