// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/oauth_routes.h"

#include "core/base/files.h"
#include "server/db/grants.h"
#include "server/l2/form_body.h"
#include "server/l2/oauth_clients.h"
#include "server/l2/one_time_codes.h"
#include "server/l2/sign_in.h"
#include "server/l2/visits.h"
#include "server/web/login_pages.h"
#include "server/web/oauth_pages.h"

#include <functional>

namespace artdag::server {

namespace {

constexpr std::int64_t second = 1'000'000; // µs
constexpr std::int64_t deviceLife = 900;   // s
constexpr std::int64_t pollEvery = 5;      // s
constexpr std::int64_t codeLife = 60;      // s
constexpr std::int64_t accessLife = 3600;  // s
constexpr std::int64_t refreshLife = 90LL * 24 * 3600;

/// RFC 6749 §5.2: errors of these two endpoints have a form of their own.
Response oauthError(const char* code, const char* words, int status = 400)
{
    return jsonResponse(Json{{"error", code}, {"error_description", words}}, status).with("Cache-Control", "no-store");
}

/// An access token, and a refresh token that carries the family on (or begins one).
Result<Response> tokens(Site& site, const User& user, const std::string& client, const std::string& scope, std::string family, std::int64_t familyEnds)
{
    const std::int64_t now = nowMicroseconds();
    const std::string refresh = newSecret();
    if (family.empty()) {
        family = hexOf(secureRandom(16));
        familyEnds = now + refreshLife * second;
    }
    TRY(addRefreshToken(*site.database, {hashOfSecret(refresh), family, user.id, client, scope, now, familyEnds}));
    return jsonResponse(Json{{"access_token", accessToken(site, user, scope, accessLife, now / second)}, {"token_type", "Bearer"}, {"expires_in", accessLife}, {"refresh_token", refresh}, {"scope", scope},
                            {"user", user.name}, {"account", site.instance.account(user.name)}})
        .with("Cache-Control", "no-store");
}

Result<std::optional<User>> livingUser(Site& site, std::int64_t id)
{
    User user = TRY(findUser(*site.database, id));
    return user.mayLogIn() ? std::optional(std::move(user)) : std::nullopt;
}

Result<Response> deviceGrant(Site& site, const Form& form, const std::string& client)
{
    const std::int64_t now = nowMicroseconds();
    const auto code = TRY(pollDeviceCode(*site.database, hashOfSecret(form.text("device_code")), now));
    if (!code || code->client != client)
        return oauthError("invalid_grant", "This device code is unknown or was used.");
    if (code->expires <= now)
        return oauthError("expired_token", "Nobody answered in time; begin again.");
    if (code->state == "denied")
        return oauthError("access_denied", "The request was refused.");
    if (code->state == "waiting")
        return code->polledAt != 0 && now - code->polledAt < (pollEvery - 1) * second ? oauthError("slow_down", "Ask less often.") : oauthError("authorization_pending", "Nobody answered yet.");
    const auto user = TRY(livingUser(site, code->userId));
    if (!user)
        return oauthError("access_denied", "This account cannot log in.");
    return tokens(site, *user, client, code->scope, "", 0);
}

Result<Response> codeGrant(Site& site, const Form& form, const std::string& client)
{
    const auto code = TRY(takeAuthorizationCode(*site.database, hashOfSecret(form.text("code")), nowMicroseconds()));
    if (!code || code->client != client || code->redirect != form.text("redirect_uri"))
        return oauthError("invalid_grant", "This code is unknown, over, used, or of another request.");
    if (!fitsChallenge(form.text("code_verifier"), code->challenge))
        return oauthError("invalid_grant", "The code_verifier does not fit.");
    const auto user = TRY(livingUser(site, code->userId));
    if (!user)
        return oauthError("invalid_grant", "This account cannot log in.");
    return tokens(site, *user, client, code->scope, "", 0);
}

Result<Response> refreshGrant(Site& site, const Form& form, const std::string& client)
{
    const auto token = TRY(takeRefreshToken(*site.database, hashOfSecret(form.text("refresh_token")), nowMicroseconds()));
    if (!token || token->client != client)
        return oauthError("invalid_grant", "This refresh token is unknown, over, or was used before; log in again.");
    std::string scope = token->scope;
    if (form.has("scope")) {
        const auto asked = scopesOf(form.text("scope"));
        for (const std::string_view name : {"read", "publish", "render"})
            if (!asked || (asked->find(name) != std::string::npos && scope.find(name) == std::string::npos))
                return oauthError("invalid_scope", "More than was allowed.");
        scope = *asked;
    }
    const auto user = TRY(livingUser(site, token->userId));
    if (!user)
        return oauthError("invalid_grant", "This account cannot log in.");
    return tokens(site, *user, client, scope, token->family, token->expires);
}

struct AuthorizeRequest {
    OauthClient client{};
    std::string redirect, challenge, scope, state;
};

/// What a browser was sent here with. BadInput for what must not be answered by a redirect.
Result<AuthorizeRequest> readAuthorize(const std::function<std::string(const char*)>& value)
{
    AuthorizeRequest asked;
    const auto client = findClient(value("client_id"));
    if (!client)
        return fail(Fault::BadInput, "client_id: no program of this name is known here");
    asked.client = *client;
    asked.redirect = value("redirect_uri");
    if (!isLoopbackRedirect(asked.redirect))
        return fail(Fault::BadInput, "redirect_uri: must be http://127.0.0.1:PORT/… or http://[::1]:PORT/…");
    asked.challenge = value("code_challenge");
    if (value("response_type") != "code" || value("code_challenge_method") != "S256" || asked.challenge.size() != 43)
        return fail(Fault::BadInput, "request: must be response_type=code with a code_challenge of method S256");
    const auto scope = scopesOf(value("scope"));
    if (!scope)
        return fail(Fault::BadInput, "scope: must be of read, publish, render");
    asked.scope = *scope;
    asked.state = value("state");
    if (asked.state.size() > 500)
        return fail(Fault::BadInput, "state: too long");
    return asked;
}

} // namespace

Result<Response> postDeviceAuthorization(Site& site, const Request& request)
{
    const Form form = TRY(readForm(request));
    if (!findClient(form.text("client_id")))
        return oauthError("invalid_client", "No program of this name is known here.", 401);
    const auto scope = scopesOf(form.text("scope"));
    if (!scope)
        return oauthError("invalid_scope", "Scopes are read, publish and render.");
    const std::string secret = newSecret();
    DeviceCode code{.hash = hashOfSecret(secret), .userCode = newUserCode(), .client = form.text("client_id"), .scope = *scope, .expires = nowMicroseconds() + deviceLife * second};
    TRY(addDeviceCode(*site.database, code));
    const std::string page = site.instance.publicUrl + "/device";
    return jsonResponse(Json{{"device_code", secret}, {"user_code", code.userCode}, {"verification_uri", page}, {"verification_uri_complete", page + "?user_code=" + code.userCode}, {"expires_in", deviceLife}, {"interval", pollEvery}})
        .with("Cache-Control", "no-store");
}

Result<Response> postOauthToken(Site& site, const Request& request)
{
    const auto form = readForm(request);
    if (!form)
        return oauthError("invalid_request", "Send a form (application/x-www-form-urlencoded).");
    const std::string client = form->text("client_id");
    if (!findClient(client))
        return oauthError("invalid_client", "No program of this name is known here.", 401);
    const std::string grant = form->text("grant_type");
    if (grant == "urn:ietf:params:oauth:grant-type:device_code")
        return deviceGrant(site, *form, client);
    if (grant == "authorization_code")
        return codeGrant(site, *form, client);
    if (grant == "refresh_token")
        return refreshGrant(site, *form, client);
    return oauthError("unsupported_grant_type", "It must be a device code, an authorization_code or a refresh_token.");
}

Result<Response> getDevicePage(Site& site, const Request& request)
{
    const auto typed = request.parameter("user_code");
    if (!typed)
        return deviceCodePage(site, {formToken(site, request)});
    if (const std::int64_t wait = waitFor(site, request.caller.user + " device", request.remote); wait > 0)
        return problem(429, "Too many wrong codes. Try again in " + std::to_string(wait) + " s.").with("Retry-After", std::to_string(wait));
    const auto code = TRY(findDeviceCode(*site.database, plainUserCode(*typed), nowMicroseconds()));
    if (!code) {
        noteFailure(site, request.caller.user + " device", request.remote);
        return deviceCodePage(site, {formToken(site, request), *typed, "No program waits with this code. Codes are good for fifteen minutes."}, 404);
    }
    return consentPage(site, {formToken(site, request), "/device", findClient(code->client)->name, request.caller.user, scopeWords(code->scope), {{"user_code", code->userCode}}, code->userCode, ""});
}

Result<Response> postDeviceForm(Site& site, const Request& request)
{
    const Form form = TRY(readForm(request));
    const bool allowed = form.text("answer") == "allow";
    if (!TRY(answerDeviceCode(*site.database, plainUserCode(form.text("user_code")), request.caller.userId, allowed, nowMicroseconds())))
        return deviceCodePage(site, {formToken(site, request), "", "This code was answered before, or is over."}, 409);
    if (allowed)
        return wordsPage(site, "The program is logged in", "You can close this page and go on there.", "/settings", "Settings");
    return wordsPage(site, "Refused", "The program was told so. If you did not begin this yourself, somebody may have sent you the code: do not answer such messages.", "/", "Latest works");
}

Result<Response> getAuthorizePage(Site& site, const Request& request)
{
    const AuthorizeRequest asked = TRY(readAuthorize([&](const char* name) { return request.parameter(name).value_or(""); }));
    ConsentPage page{formToken(site, request), "/oauth/authorize", asked.client.name, request.caller.user, scopeWords(asked.scope), {}, "", originOf(asked.redirect)};
    for (const char* name : {"client_id", "redirect_uri", "response_type", "code_challenge", "code_challenge_method", "scope", "state"})
        page.fields.emplace_back(name, request.parameter(name).value_or(""));
    return consentPage(site, page);
}

Result<Response> postAuthorizeForm(Site& site, const Request& request)
{
    const Form form = TRY(readForm(request));
    const AuthorizeRequest asked = TRY(readAuthorize([&](const char* name) { return form.text(name); }));
    std::string back = asked.redirect + "?";
    if (form.text("answer") == "allow") {
        const std::string code = newSecret();
        TRY(addAuthorizationCode(*site.database, {hashOfSecret(code), asked.client.id, asked.redirect, asked.challenge, asked.scope, request.caller.userId, nowMicroseconds() + codeLife * second}));
        back += "code=" + code;
    } else {
        back += "error=access_denied";
    }
    // RFC 9207: who answers, so that a program with several servers cannot be mixed up.
    return redirect(back + "&state=" + encodeForm(asked.state) + "&iss=" + encodeForm(site.instance.publicUrl)).with("Referrer-Policy", "no-referrer");
}

} // namespace artdag::server
