// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/sign_in.h"

#include "server/l2/transport_keys.h"

#include "core/base/files.h"
#include "server/db/members.h"
#include "server/db/sessions.h"
#include "server/l2/one_time_codes.h"

#include <algorithm>
#include <array>

namespace artdag::server {

namespace {

constexpr std::array firstGuesses{"password", "passwort", "12345678", "123456789", "1234567890", "qwertyuiop", "qwertzuiop", "iloveyou", "letmein1", "11111111", "00000000", "password1", "password123", "sunshine", "princess", "football"};

SignIn refused(int status, std::string words)
{
    SignIn result;
    result.status = status;
    result.words = std::move(words);
    return result;
}

SignIn tooOften(std::int64_t wait)
{
    SignIn result = refused(429, "Too many wrong tries. Try again in " + std::to_string(wait) + " s.");
    result.wait = wait;
    return result;
}

/// An account whose password was right: may it come in at all?
SignIn admitted(User user)
{
    if (user.mayLogIn()) {
        SignIn result;
        result.name = user.name;
        result.user = std::move(user);
        return result;
    }
    SignIn result = refused(403, user.state == "pending" ? "This account waits for approval by the owner of the server." : "This account is suspended.");
    result.suspended = user.state == "suspended";
    result.name = user.name;
    return result;
}

/// The code of the authenticator, or a recovery code: each is good once.
Result<bool> isSecondStep(Site& site, const User& user, const Bytes& secret, const std::string& code)
{
    if (const auto step = totpStep(secret, code, nowMicroseconds() / 1'000'000))
        return useTotpStep(*site.database, user.id, *step);
    return useRecoveryCode(*site.database, user.id, hashOfSecret(plainCode(code)));
}

Result<SignIn> secondStep(Site& site, const std::string& remote, User user, const std::string& code)
{
    const Bytes secret = TRY(totpSecret(*site.database, user.id));
    if (secret.empty())
        return admitted(std::move(user));
    if (code.empty()) {
        SignIn result = refused(401, "Type the six digits that your authenticator shows, or a recovery code.");
        result.needsCode = true;
        result.name = user.name;
        return result;
    }
    if (!TRY(isSecondStep(site, user, secret, code))) {
        noteFailure(site, user.name, remote);
        SignIn result = refused(401, "This code is not right, or it was used before.");
        result.needsCode = true;
        result.name = user.name;
        return result;
    }
    return admitted(std::move(user));
}

TokenRealm ticketRealm(const Site& site, std::string_view purpose)
{
    return {site.tokens.issuer, "artdag-l2 " + std::string(purpose) + " " + site.tokens.issuer, site.tokens.secret};
}

} // namespace

std::int64_t waitFor(Site& site, const std::string& name, const std::string& remote)
{
    const auto now = Throttle::Clock::now();
    return std::max(site.logins.wait(name, now), site.addresses.wait(remote, now)).count();
}

void noteFailure(Site& site, const std::string& name, const std::string& remote)
{
    site.logins.failed(name, Throttle::Clock::now());
    site.addresses.failed(remote, Throttle::Clock::now());
}

Result<SignIn> signIn(Site& site, const std::string& remote, const std::string& name, const std::string& password, const std::string& code)
{
    if (const std::int64_t wait = waitFor(site, name, remote); wait > 0)
        return tooOften(wait);
    auto user = findUser(*site.database, name);
    if (!user && user.error().fault != Fault::NotFound)
        return tl::unexpected<Error>(user.error());
    bool right = false;
    if (user)
        right = isPassword(user->password, password);
    else
        pretendToCheck(password);
    if (!right) {
        noteFailure(site, name, remote);
        return refused(401, "User name or password is wrong.");
    }
    SignIn result = TRY(secondStep(site, remote, std::move(*user), code));
    if (result.user)
        site.logins.succeeded(name);
    return result;
}

Result<SignIn> signInWithCode(Site& site, const std::string& remote, const std::string& name, const std::string& code)
{
    if (const std::int64_t wait = waitFor(site, name, remote); wait > 0)
        return tooOften(wait);
    SignIn result = TRY(secondStep(site, remote, TRY(findUser(*site.database, name)), code));
    if (result.user)
        site.logins.succeeded(name);
    return result;
}

Result<bool> isConfirmed(Site& site, const std::string& remote, const User& user, const std::string& password)
{
    if (waitFor(site, user.name, remote) > 0)
        return false;
    const bool right = isPassword(user.password, password);
    if (!right)
        noteFailure(site, user.name, remote);
    return right;
}

Response refusalOf(const SignIn& refused)
{
    Response response = problem(refused.status, refused.words);
    if (refused.status == 429)
        response.with("Retry-After", std::to_string(refused.wait));
    if (refused.status == 401)
        response.with("WWW-Authenticate", "Bearer");
    if (refused.needsCode)
        response.problem->more = Json{{"needs", "code"}};
    return response;
}

Result<void> checkPassword(std::string_view password, std::string_view user)
{
    if (password.size() < 8)
        return fail(Fault::BadInput, "password: must have at least 8 characters");
    if (password.size() > 1024)
        return fail(Fault::BadInput, "password: must have at most 1024 bytes");
    std::string lower(password);
    std::ranges::transform(lower, lower.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    if (std::ranges::find(firstGuesses, lower) != firstGuesses.end() || lower == user || std::ranges::count(lower, lower[0]) == static_cast<std::ptrdiff_t>(lower.size()))
        return fail(Fault::BadInput, "password: it is among the first that anybody would try; take a longer one");
    return {};
}

Result<User> registerAccount(Site& site, const Registering& registering)
{
    TRY(checkUserName(registering.user));
    TRY(checkPassword(registering.password, registering.user));
    const bool first = TRY(countUsers(*site.database)) == 0;
    const std::int64_t now = nowMicroseconds();
    std::optional<Invitation> invitation;
    if (!registering.invitation.empty()) {
        invitation = TRY(findInvitation(*site.database, hashOfSecret(registering.invitation), now));
        if (!invitation)
            return fail(Fault::Denied, "invitation: it is unknown, used up or over");
    }
    if (site.options.registration == Registration::Closed && !first && !invitation)
        return fail(Fault::Denied, "registration: it is closed on this server; ask for an invitation");
    const auto taken = [&] { return fail(Fault::Conflict, "user '" + registering.user + "': the name is taken"); };
    User user;
    user.name = registering.user;
    user.displayName = registering.displayName.empty() ? registering.user : registering.displayName;
    user.state = site.options.registration == Registration::Open || first || invitation ? "active" : "pending";
    user.role = invitation ? invitation->role : "member";
    user.password = TRY(hashPassword(registering.password)); // also for a name that is taken: it must not be told by the clock
    const auto turn = TRY(site.database->turn("register"));  // two registrations of one name must not overwrite its key file
    if (findUser(*site.database, user.name))
        return taken();
    if (invitation && !TRY(useInvitation(*site.database, invitation->hash, now)))
        return fail(Fault::Denied, "invitation: it is unknown, used up or over");
    user.publicPem = TRY(keepTransportKey(site.options.directory, user.name));
    return addUser(*site.database, user);
}

Result<void> changePassword(Site& site, std::int64_t userId, const std::string& password, const std::optional<Digest>& keep)
{
    TRY(setPassword(*site.database, userId, TRY(hashPassword(password))));
    return endLogins(*site.database, userId, keep);
}

std::string stepTicket(const Site& site, std::string_view purpose, const User& user, std::int64_t seconds)
{
    const std::int64_t now = nowMicroseconds() / 1'000'000;
    return makeToken(ticketRealm(site, purpose), {user.name, std::string(purpose), hexOf(secureRandom(16)), now, now, now + seconds, user.tokenEpoch});
}

Result<User> userOfTicket(Site& site, std::string_view purpose, std::string_view ticket)
{
    const TokenClaims claims = TRY(readToken(ticketRealm(site, purpose), ticket, nowMicroseconds() / 1'000'000));
    User user = TRY(findUser(*site.database, claims.subject));
    if (user.tokenEpoch != claims.epoch)
        return fail(Fault::Denied, "ticket: it is over; begin again");
    return user;
}

std::string accessToken(const Site& site, const User& user, std::string_view scope, std::int64_t seconds, std::int64_t now)
{
    return makeToken(site.tokens, {user.name, std::string(scope), hexOf(secureRandom(16)), now, now, now + seconds, user.tokenEpoch});
}

} // namespace artdag::server
