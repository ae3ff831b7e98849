// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/renderer_routes.h"

#include "core/base/files.h"

#include "server/db/grants.h"
#include "server/l2/ask_renderer.h"
#include "server/l2/bodies.h"
#include "server/l2/federation.h"
#include "server/l2/oauth_clients.h"
#include "server/l2/one_time_codes.h"
#include "server/l2/renderer_words.h"
#include "server/l2/sign_in.h"
#include "server/l2/visits.h"
#include "server/web/renderer_pages.h"

#include <openssl/crypto.h>

#include <algorithm>

namespace artdag::server {

namespace {

constexpr std::int64_t second = 1'000'000; // µs
constexpr std::int64_t codeLife = 60;      // s
constexpr std::int64_t tokenLife = 900;    // s: what a renderer holds is short-lived and renewed

bool isPlain(const std::string& text)
{
    return text.size() >= 16 && text.size() <= 200 && std::ranges::all_of(text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_'; });
}

bool same(const std::string& a, const std::string& b)
{
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

/// The token of a renderer: its audience is that renderer alone, so no other server takes it, nor does this one.
TokenRealm rendererRealm(const Site& site, const std::string& renderer)
{
    return {site.tokens.issuer, renderer, site.tokens.secret};
}

Response inactive()
{
    return jsonResponse(Json{{"active", false}}).with("Cache-Control", "no-store");
}

/// What a renderer learns: who, for how long, and what to renew it with. Nothing else of the account.
Response activeAnswer(const Site& site, const User& user, const std::string& renderer)
{
    const std::int64_t now = nowMicroseconds() / second;
    const std::string token = makeToken(rendererRealm(site, renderer), {user.name, "render", hexOf(secureRandom(16)), now, now, now + tokenLife, user.tokenEpoch});
    return std::move(jsonResponse(Json{{"active", true}, {"user", user.name}, {"account", site.instance.account(user.name)}, {"scope", "render"}, {"token", token}, {"expires", now + tokenLife}}).with("Cache-Control", "no-store"));
}

Result<bool> isAttached(Site& site, std::int64_t userId, const std::string& renderer)
{
    const auto attached = TRY(attachedRenderers(*site.database, userId));
    return std::ranges::find(attached, renderer, &AttachedRenderer::url) != attached.end();
}

Result<Response> exchange(Site& site, const Json& asked, const std::string& renderer)
{
    const auto code = TRY(takeAttachCode(*site.database, hashOfSecret(TRY(requiredText(asked, "code", 100))), nowMicroseconds()));
    const std::string state = TRY(requiredText(asked, "state", 200));
    const std::string nonce = TRY(requiredText(asked, "nonce", 200));
    if (!code || code->renderer != renderer || !same(code->state, state) || !same(code->nonce, nonce))
        return problem(403, "This code is unknown, over, used, or was given for another renderer or another journey.");
    const User user = TRY(findUser(*site.database, code->userId));
    if (!user.mayLogIn())
        return inactive();
    TRY(attachRenderer(*site.database, user.id, renderer));
    return activeAnswer(site, user, renderer);
}

Result<Response> renew(Site& site, const Json& asked, const std::string& renderer)
{
    const auto claims = readToken(rendererRealm(site, renderer), TRY(requiredText(asked, "token", 4096)), nowMicroseconds() / second);
    if (!claims)
        return inactive();
    const auto user = findUser(*site.database, claims->subject);
    if (!user || !user->mayLogIn() || user->tokenEpoch != claims->epoch || TRY(isTokenRevoked(*site.database, claims->id)) || !TRY(isAttached(site, user->id, renderer)))
        return inactive();
    return activeAnswer(site, *user, renderer);
}

} // namespace

Result<Response> getRenderers(Site& site, const Request& request)
{
    const auto attached = TRY(attachedRenderers(*site.database, request.caller.userId));
    if (prefersHtml(request))
        return renderersPage(site, formToken(site, request), renderersOf(site), attached, request.parameter("done").value_or(""));
    Json items = Json::array();
    for (const std::string& url : renderersOf(site)) {
        const auto found = std::ranges::find(attached, url, &AttachedRenderer::url);
        items.push_back(Json{{"url", url}, {"attached_at", found == attached.end() ? Json(nullptr) : Json(isoTime(found->attachedAt))}});
    }
    return jsonResponse(Json{{"renderers", std::move(items)}}).with("Vary", "Accept");
}

Result<Response> getAttachPage(Site& site, const Request& request)
{
    const std::string renderer = request.parameter("renderer").value_or("");
    if (!isConfigured(site, renderer))
        return problem(403, "This server does not work with that renderer.");
    const auto state = request.parameter("state");
    const auto nonce = request.parameter("nonce");
    if (!state) // the renderer begins, so that it knows the browser that comes back
        return redirect(renderer + "/auth?registry=" + encodeForm(site.instance.publicUrl));
    if (!isPlain(*state) || !isPlain(nonce.value_or("")))
        return problem(400, "state and nonce must be 16 to 200 letters and digits.");
    return attachConsentPage(site, {formToken(site, request), renderer, *state, *nonce, request.caller.user});
}

Result<Response> postAttachCode(Site& site, const Request& request)
{
    const Json asked = TRY(readObject(request));
    const std::string renderer = TRY(requiredText(asked, "renderer", 500));
    const std::string state = TRY(requiredText(asked, "state", 200));
    const std::string nonce = TRY(requiredText(asked, "nonce", 200));
    if (!isConfigured(site, renderer))
        return problem(403, "This server does not work with that renderer.");
    if (!isPlain(state) || !isPlain(nonce))
        return problem(400, "state and nonce must be 16 to 200 letters and digits.");
    const std::string code = newSecret();
    TRY(addAttachCode(*site.database, {hashOfSecret(code), request.caller.userId, renderer, state, nonce, nowMicroseconds() + codeLife * second}));
    if (!request.caller.bySession)
        return jsonResponse(Json{{"code", code}, {"expires_in", codeLife}}, 201).with("Cache-Control", "no-store");
    return redirect(renderer + "/auth?auth_token=" + code + "&state=" + state).with("Referrer-Policy", "no-referrer");
}

Result<Response> postDetach(Site& site, const Request& request)
{
    const std::string renderer = TRY(requiredText(TRY(readObject(request)), "renderer", 500));
    if (!TRY(detachRenderer(*site.database, request.caller.userId, renderer)))
        return problem(404, "That renderer is not attached.");
    const bool told = tellRevoked(site, renderer, request.caller.user).has_value();
    if (!request.caller.bySession)
        return jsonResponse(Json{{"renderer", renderer}, {"told", told}});
    return redirect(told ? "/renderers?done=detached" : "/renderers?done=unreached");
}

Result<Response> postVerify(Site& site, const Request& request)
{
    const Json asked = TRY(readObject(request));
    const std::string renderer = TRY(requiredText(asked, "renderer", 500));
    TRY(checkRendererWord(site, asked, renderer));
    return asked.contains("code") ? exchange(site, asked, renderer) : renew(site, asked, renderer);
}

Result<Response> getInstanceKey(Site& site, const Request&)
{
    const PublicKey key = site.federation->instanceKey->publicKey();
    return jsonResponse(Json{{"kid", key.kid()}, {"alg", nameOf(key.algorithm())}, {"public", key.pem()}});
}

} // namespace artdag::server
