// SPDX-License-Identifier: GPL-3.0-or-later
// Logging in, registering and getting back in, the same for pages and for the API: what is checked, how often one may try,
// and what may be told. An unknown name costs the same time and gets the same words as a wrong password.
#pragma once

#include "server/http/message.h"
#include "server/l2/site.h"

#include <optional>
#include <string>
#include <string_view>

namespace artdag::server {

/// Who was let in, or why not.
struct SignIn {
    std::optional<User> user;
    int status = 200;       ///< 401 wrong, 403 not (any more) let in, 429 too often
    std::string words;      ///< for people
    std::int64_t wait = 0;  ///< s, with 429
    bool needsCode = false; ///< the password is right, the authenticator's code is missing
    bool suspended = false; ///< the password is right: they may appeal
    std::string name;       ///< whose password was right
};
/// `code`: of the authenticator, or a recovery code. `remote`: the address of the peer.
Result<SignIn> signIn(Site& site, const std::string& remote, const std::string& name, const std::string& password, const std::string& code);
/// The second step alone, for somebody whose password was right a moment ago.
Result<SignIn> signInWithCode(Site& site, const std::string& remote, const std::string& name, const std::string& code);

/// The password, asked again before what would let a thief of the session stay. False also while they have to wait.
Result<bool> isConfirmed(Site& site, const std::string& remote, const User& user, const std::string& password);

/// The answer of the API to a refused sign-in.
Response refusalOf(const SignIn& refused);

/// Seconds until this account or this address may try again; 0: now.
std::int64_t waitFor(Site& site, const std::string& name, const std::string& remote);
void noteFailure(Site& site, const std::string& name, const std::string& remote);

struct Registering {
    std::string user, password, displayName;
    std::string invitation; ///< may be empty
};
/// The new account, `active` or `pending`. BadInput for a name or password that will not do, Conflict for a name that
/// is not free (whoever's it is), Denied while registration is closed.
Result<User> registerAccount(Site& site, const Registering& registering);
/// BadInput for one that is too short or among the first that anybody tries.
Result<void> checkPassword(std::string_view password, std::string_view user);

/// Sets a new password and ends every login but the session of `request`.
Result<void> changePassword(Site& site, std::int64_t userId, const std::string& password, const std::optional<Digest>& keep = {});

/// A proof that something was right, for the next step of the same person; `purpose` keeps kinds apart. It lasts for `seconds`, at
/// most a day, and no longer than the account's logins.
std::string stepTicket(const Site& site, std::string_view purpose, const User& user, std::int64_t seconds = 600);
Result<User> userOfTicket(Site& site, std::string_view purpose, std::string_view ticket);

/// A bearer token of this server for an account.
std::string accessToken(const Site& site, const User& user, std::string_view scope, std::int64_t seconds, std::int64_t now);

} // namespace artdag::server
