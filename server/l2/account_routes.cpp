// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/account_routes.h"

#include "server/db/former_keys.h"
#include "server/db/grants.h"
#include "server/db/members.h"
#include "server/db/sessions.h"
#include "server/l2/bodies.h"
#include "server/l2/one_time_codes.h"
#include "server/l2/renderer_keys.h"
#include "server/l2/renderer_words.h"
#include "server/l2/sign_in.h"
#include "server/l2/visits.h"

#include <cstdlib>
#include <ctime>

namespace artdag::server {

namespace {

constexpr std::int64_t tokenLife = 12 * 3600;
constexpr std::int64_t proofLife = 600;

Json accountOf(const Site& site, const User& user)
{
    return {{"user", user.name}, {"account", site.instance.account(user.name)}, {"actor", site.instance.actorUrl(user.name)}, {"role", user.role}, {"state", user.state}, {"created_at", isoTime(user.createdAt)}};
}

Json withToken(const Site& site, const User& user)
{
    const std::int64_t now = nowMicroseconds() / 1'000'000;
    Json answer = accountOf(site, user);
    answer["token"] = accessToken(site, user, "read publish render", tokenLife, now);
    answer["token_type"] = "Bearer";
    answer["expires"] = now + tokenLife;
    return answer;
}

struct Credentials {
    std::string user, password, code, invitation;
};

Result<Credentials> readCredentials(const Request& request)
{
    const Json body = TRY(readObject(request));
    Credentials credentials;
    credentials.user = TRY(requiredText(body, "user", 64));
    credentials.password = TRY(requiredText(body, "password", 1024));
    credentials.code = TRY(optionalText(body, "code", 64));
    credentials.invitation = TRY(optionalText(body, "invitation", 64));
    return credentials;
}

/// Seconds since 1970 of `2026-11-20T10:00:00Z`; BadInput otherwise.
Result<std::int64_t> secondsOf(const std::string& text)
{
    std::tm parts{};
    const char* end = ::strptime(text.c_str(), "%Y-%m-%dT%H:%M:%SZ", &parts);
    if (end == nullptr || *end != '\0')
        return fail(Fault::BadInput, "'created': must be a time like 2026-11-20T10:00:00Z");
    return static_cast<std::int64_t>(::timegm(&parts));
}

Json keyJson(const UserKey& key)
{
    Json json{{"kid", key.key.kid()}, {"alg", nameOf(key.key.algorithm())}, {"public", key.key.pem()}, {"not_before", isoTime(key.notBefore)}, {"revoked_at", nullptr}};
    if (key.revokedAt != 0)
        json["revoked_at"] = isoTime(key.revokedAt);
    return json;
}

/// With which the server signs for the account, the present one last: each counted until it was replaced. All have one name, as
/// the actor's document has it.
Result<Json> transportKeysOf(Site& site, const User& user)
{
    Json list = Json::array();
    std::int64_t from = user.createdAt;
    auto add = [&](const std::string& pem, const Json& until) { list.push_back(Json{{"id", site.instance.actorUrl(user.name) + "#main-key"}, {"public", pem}, {"not_before", isoTime(from)}, {"replaced_at", until}}); };
    for (const FormerKey& former : TRY(formerKeysOf(*site.database, user.id))) {
        add(former.pem, isoTime(former.replacedAt));
        from = former.replacedAt;
    }
    if (!user.publicPem.empty())
        add(user.publicPem, nullptr);
    return list;
}

/// The key of a proof that is signed by it, for this account, just now.
Result<PublicKey> readProof(const Site& site, const Json& proof, const std::string& user)
{
    if (TRY(requiredText(proof, "type", 64)) != "artdag.key-proof")
        return fail(Fault::BadInput, "'type': must be artdag.key-proof");
    if (TRY(requiredText(proof, "account", 400)) != site.instance.account(user))
        return fail(Fault::Denied, "key proof: it is for another account; this one is " + site.instance.account(user));
    const std::int64_t age = nowMicroseconds() / 1'000'000 - TRY(secondsOf(TRY(requiredText(proof, "created", 40))));
    if (std::abs(age) > proofLife)
        return fail(Fault::Denied, "key proof: it was not made within the last ten minutes; is the clock right?");
    const PublicKey key = TRY(PublicKey::fromPem(TRY(requiredText(proof, "public", 4096))));
    TRY(verifyDocument(keyProofPrefix, proof, [&](const std::string& kid) -> Result<PublicKey> {
        if (kid != key.kid())
            return fail(Fault::Denied, "key proof: it is signed by another key than the one it shows");
        return key;
    }));
    return key;
}

} // namespace

Result<Response> postRegister(Site& site, const Request& request)
{
    const Credentials credentials = TRY(readCredentials(request));
    const User user = TRY(registerAccount(site, {credentials.user, credentials.password, "", credentials.invitation}));
    if (user.state != "active")
        return jsonResponse(accountOf(site, user), 202);
    return jsonResponse(withToken(site, user), 201);
}

Result<Response> postLogin(Site& site, const Request& request)
{
    const Credentials credentials = TRY(readCredentials(request));
    const SignIn result = TRY(signIn(site, request.remote, credentials.user, credentials.password, credentials.code));
    if (!result.user)
        return refusalOf(result);
    return jsonResponse(withToken(site, *result.user));
}

Result<Response> getMe(Site& site, const Request& request)
{
    return jsonResponse(accountOf(site, TRY(findUser(*site.database, request.caller.userId))));
}

Result<Response> postLogout(Site& site, const Request& request)
{
    bool everywhere = false;
    if (!request.body.empty())
        everywhere = TRY(readObject(request)).value("everywhere", Json(false)) == Json(true);
    if (everywhere)
        TRY(endLogins(*site.database, request.caller.userId));
    else if (!request.caller.bySession)
        TRY(revokeToken(*site.database, request.caller.tokenId, request.caller.tokenExpires));
    tellAllRevoked(site, request.caller.userId, request.caller.user);
    Response response;
    response.status = 204;
    if (request.caller.bySession)
        TRY(endVisit(site, request, response));
    return response;
}

Result<Response> postRevoke(Site& site, const Request& request)
{
    const std::string token = TRY(requiredText(TRY(readObject(request)), "token", 4096));
    // RFC 7009 §2.2: who does not know a token learns nothing about it.
    if (const auto claims = readToken(site.tokens, token, nowMicroseconds() / 1'000'000))
        TRY(revokeToken(*site.database, claims->id, claims->expires));
    else
        TRY(revokeFamily(*site.database, hashOfSecret(token)));
    return jsonResponse(Json::object());
}

Result<Response> getKeys(Site& site, const Request& request)
{
    const User user = TRY(findUser(*site.database, request.capture("user")));
    Json list = Json::array();
    for (const UserKey& key : TRY(keysOf(*site.database, user.id)))
        list.push_back(keyJson(key));
    return jsonResponse(Json{{"account", site.instance.account(user.name)}, {"keys", std::move(list)}, {"transport", TRY(transportKeysOf(site, user))}, {"renderers", TRY(rendererKeys(site))}});
}

Result<Response> deleteKey(Site& site, const Request& request)
{
    if (request.capture("user") != request.caller.user)
        return problem(403, "You can only revoke keys of your own account.");
    const std::string& kid = request.capture("kid");
    const UserKey key = TRY(findKey(*site.database, kid));
    if (key.userId != request.caller.userId)
        return fail(Fault::NotFound, "key " + kid + ": it is not registered with your account");
    TRY(revokeKey(*site.database, request.caller.userId, kid)); // a second time changes nothing: the first is when it ended
    return jsonResponse(keyJson(TRY(findKey(*site.database, kid))));
}

Result<Response> postReset(Site& site, const Request& request)
{
    const Json body = TRY(readObject(request));
    const std::string name = TRY(requiredText(body, "user", 64));
    const std::string password = TRY(requiredText(body, "password", 1024));
    if (const std::int64_t wait = waitFor(site, name, request.remote); wait > 0)
        return problem(429, "Too many wrong tries. Try again in " + std::to_string(wait) + " s.").with("Retry-After", std::to_string(wait));
    TRY(checkPassword(password, name));
    const auto user = findUser(*site.database, name);
    const auto key = readProof(site, body.value("proof", Json::object()), name);
    const auto known = key ? findKey(*site.database, key->kid()) : Result<UserKey>(fail(Fault::NotFound, ""));
    if (!user || !known || known->userId != user->id || known->revokedAt != 0) {
        noteFailure(site, name, request.remote);
        return problem(403, "This is not a fresh proof by a key in use of this account.");
    }
    TRY(changePassword(site, user->id, password));
    return jsonResponse(accountOf(site, *user));
}

Result<Response> postKeys(Site& site, const Request& request)
{
    if (request.capture("user") != request.caller.user)
        return problem(403, "You can only register keys of your own account.");
    const PublicKey key = TRY(readProof(site, TRY(readObject(request)), request.caller.user));
    const bool added = TRY(addKey(*site.database, request.caller.userId, key));
    return jsonResponse(keyJson(TRY(findKey(*site.database, key.kid()))), added ? 201 : 200);
}

} // namespace artdag::server
