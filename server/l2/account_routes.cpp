// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/account_routes.h"

#include "core/base/files.h"
#include "server/l2/bodies.h"
#include "server/l2/site.h"
#include "server/l2/transport_keys.h"

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
    const TokenClaims claims{user.name, "read publish render", hexOf(secureRandom(16)), now, now, now + tokenLife};
    Json answer = accountOf(site, user);
    answer["token"] = makeToken(site.tokens, claims);
    answer["token_type"] = "Bearer";
    answer["expires"] = claims.expires;
    return answer;
}

struct Credentials {
    std::string user, password;
};

Result<Credentials> readCredentials(const Request& request)
{
    const Json body = TRY(readObject(request));
    Credentials credentials;
    credentials.user = TRY(requiredText(body, "user", 64));
    credentials.password = TRY(requiredText(body, "password", 1024));
    return credentials;
}

Response unauthorized(std::string why)
{
    return problem(401, std::move(why)).with("WWW-Authenticate", "Bearer");
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
    TRY(checkUserName(credentials.user));
    if (credentials.password.size() < 8)
        return fail(Fault::BadInput, "password: must have at least 8 characters");
    const bool first = TRY(countUsers(*site.database)) == 0;
    if (site.options.registration == Registration::Closed && !first)
        return problem(403, "Registration is closed on this server.");
    if (findUser(*site.database, credentials.user))
        return problem(409, "user '" + credentials.user + "': the name is taken");
    User user;
    user.name = credentials.user;
    user.displayName = credentials.user;
    user.state = site.options.registration == Registration::Open || first ? "active" : "pending";
    user.password = TRY(hashPassword(credentials.password));
    {
        const auto turn = TRY(site.database->turn("register")); // two registrations of one name must not overwrite its key file
        if (findUser(*site.database, credentials.user))
            return problem(409, "user '" + credentials.user + "': the name is taken");
        user.publicPem = TRY(keepTransportKey(site.options.directory, user.name));
        user = TRY(addUser(*site.database, user));
    }
    if (user.state != "active")
        return jsonResponse(accountOf(site, user), 202);
    return jsonResponse(withToken(site, user), 201);
}

Result<Response> postLogin(Site& site, const Request& request)
{
    const Credentials credentials = TRY(readCredentials(request));
    const auto wait = site.logins.wait(credentials.user, Throttle::Clock::now());
    if (wait.count() > 0)
        return problem(429, "Too many wrong passwords for this account. Try again in " + std::to_string(wait.count()) + " s.").with("Retry-After", std::to_string(wait.count()));
    const auto user = findUser(*site.database, credentials.user);
    if (!user && user.error().fault != Fault::NotFound)
        return tl::unexpected<Error>(user.error());
    bool right = false;
    if (user)
        right = isPassword(user->password, credentials.password);
    else
        pretendToCheck(credentials.password);
    if (!right) {
        site.logins.failed(credentials.user, Throttle::Clock::now());
        return unauthorized("User name or password is wrong.");
    }
    site.logins.succeeded(credentials.user);
    if (user->state != "active")
        return problem(403, user->state == "pending" ? "This account waits for approval by the owner of the server." : "This account is suspended.");
    return jsonResponse(withToken(site, *user));
}

Result<Response> getMe(Site& site, const Request& request)
{
    return jsonResponse(accountOf(site, TRY(findUser(*site.database, request.caller.userId))));
}

Result<Response> postLogout(Site& site, const Request& request)
{
    TRY(revokeToken(*site.database, request.caller.tokenId, request.caller.tokenExpires));
    Response response;
    response.status = 204;
    return response;
}

Result<Response> getKeys(Site& site, const Request& request)
{
    const User user = TRY(findUser(*site.database, request.capture("user")));
    Json list = Json::array();
    for (const UserKey& key : TRY(keysOf(*site.database, user.id)))
        list.push_back(keyJson(key));
    return jsonResponse(Json{{"account", site.instance.account(user.name)}, {"keys", std::move(list)}});
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
