// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l1/attach_routes.h"

#include "core/base/files.h"
#include "server/l1/access.h"
#include "server/l1/registry_words.h"
#include "server/l1/renderer.h"
#include "server/l2/bodies.h"
#include "server/web/render_pages.h"

#include <fmt/format.h>

#include <algorithm>

namespace artdag::server {

namespace {

constexpr std::int64_t longestAttachment = 24 * 3600; // as long as any token here
constexpr int roundTrip = 300;                        // seconds that a person may take at the registry

std::string cookie(const Renderer& renderer, const std::string& name, const std::string& value, std::int64_t seconds)
{
    const bool secure = renderer.options.baseUrl.starts_with("https://");
    return fmt::format("{}={}; Path={}; HttpOnly; SameSite=Lax; Max-Age={}{}", name, value, renderer.options.prefix.empty() ? "/" : renderer.options.prefix, seconds, secure ? "; Secure" : "");
}

std::string stateCookie(const Renderer& renderer)
{
    return renderer.cookieName() + "_state";
}

/// `state.nonce.registry`, as the browser brings it back.
struct Journey {
    std::string state, nonce, registry;
};

std::optional<Journey> journeyOf(const Renderer& renderer, const Request& request)
{
    const std::string_view cookies = request.header("cookie");
    const std::string name = stateCookie(renderer) + "=";
    const auto begin = cookies.find(name);
    if (begin == std::string_view::npos)
        return {};
    const std::string value(cookies.substr(begin + name.size(), cookies.find(';', begin) - begin - name.size()));
    const auto first = value.find('.');
    const auto second = value.find('.', first + 1);
    if (first == std::string::npos || second == std::string::npos)
        return {};
    const auto registry = decodeForm(value.substr(second + 1));
    if (!registry || std::ranges::find(renderer.options.registries, *registry) == renderer.options.registries.end())
        return {};
    return Journey{value.substr(0, first), value.substr(first + 1, second - first - 1), *registry};
}

/// To the registry, with a state that only this browser knows and a nonce that binds the code to this journey.
Response sendToRegistry(const Renderer& renderer, const std::string& registry)
{
    const std::string state = hexOf(secureRandom(16));
    const std::string nonce = hexOf(secureRandom(16));
    Response response = redirect(registry + "/renderers/attach?renderer=" + encodeForm(renderer.options.baseUrl) + "&state=" + state + "&nonce=" + nonce);
    return response.with("Set-Cookie", cookie(renderer, stateCookie(renderer), state + "." + nonce + "." + encodeForm(registry), roundTrip)).with("Referrer-Policy", "no-referrer");
}

/// Code for name: what the registry says of who came back.
Result<Response> arrive(Site& site, const Request& request, const std::string& code)
{
    const Renderer& renderer = *site.renderer;
    const auto journey = journeyOf(renderer, request);
    if (!journey || request.parameter("state").value_or("") != journey->state)
        return problem(403, "This way to attach did not begin in this browser, or more than five minutes ago. Begin again.");
    const AttachedPerson person = TRY(exchangeCode(site, journey->registry, code, journey->state, journey->nonce));
    const User user = TRY(rendererUser(*site.database, person.name));
    const RendererToken token = makeRendererToken(renderer.tokens, user.name, std::clamp<std::int64_t>(person.seconds, 60, longestAttachment));
    Response response = redirect(renderer.options.prefix + "/ui");
    return response.with("Set-Cookie", cookie(renderer, renderer.cookieName(), token.text, token.expires - nowMicroseconds() / 1'000'000)).with("Set-Cookie", cookie(renderer, stateCookie(renderer), "", 0)).with("Referrer-Policy", "no-referrer");
}

Response nothing()
{
    Response response;
    response.status = 204;
    return response;
}

Result<Response> endOwnToken(Site& site, const Request& request)
{
    if (request.caller.userId != 0)
        TRY(revokeToken(*site.database, request.caller.tokenId, request.caller.tokenExpires));
    Response response = prefersHtml(request) ? redirect(site.renderer->options.prefix + "/auth") : nothing();
    return response.with("Set-Cookie", cookie(*site.renderer, site.renderer->cookieName(), "", 0));
}

} // namespace

Result<Response> getAttach(Site& site, const Request& request)
{
    const Renderer& renderer = *site.renderer;
    if (const auto code = request.parameter("auth_token"))
        return arrive(site, request, *code);
    if (const auto registry = request.parameter("registry")) {
        if (std::ranges::find(renderer.options.registries, *registry) == renderer.options.registries.end())
            return problem(403, "People of that server cannot attach here; its operator would have to name it with --registry.");
        return sendToRegistry(renderer, *registry);
    }
    return attachPage(site, request.caller.user);
}

Result<Response> postAttach(Site& site, const Request& request)
{
    const std::string token = formField(request.body, "token");
    if (request.header("sec-fetch-site") != "same-origin")
        return problem(403, "This was sent by another site's page.");
    const auto claims = readToken(site.renderer->tokens, token, nowMicroseconds() / 1'000'000);
    if (!claims)
        return problem(401, claims.error().message);
    return redirect(site.renderer->options.prefix + "/ui").with("Set-Cookie", cookie(*site.renderer, site.renderer->cookieName(), token, claims->expires - nowMicroseconds() / 1'000'000));
}

Result<Response> getRendererKey(Site& site, const Request&)
{
    const PublicKey key = site.renderer->key->publicKey();
    return jsonResponse(Json{{"renderer", site.renderer->options.baseUrl}, {"kid", key.kid()}, {"alg", nameOf(key.algorithm())}, {"public", key.pem()}});
}

Result<Response> postRevokeUser(Site& site, const Request& request)
{
    const std::string name = TRY(readRevocation(site, TRY(readObject(request))));
    if (const auto user = findUser(*site.database, name))
        TRY(endRendererTokens(site, user->id));
    return nothing(); // whether somebody is known here is not told
}

Result<Response> postRendererRevoke(Site& site, const Request& request)
{
    if (request.caller.userId != 0)
        return endOwnToken(site, request);
    return postRevokeUser(site, request);
}

Result<Response> getRevokePage(Site& site, const Request& request)
{
    return leavePage(site, request.caller.user);
}

Result<Response> postRendererLogout(Site& site, const Request& request)
{
    return endOwnToken(site, request);
}

} // namespace artdag::server
