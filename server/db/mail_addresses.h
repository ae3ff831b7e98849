// SPDX-License-Identifier: GPL-3.0-or-later
// E-mail addresses of accounts. Nobody needs one, and mail goes only to those that were confirmed.
#pragma once

#include "server/db/accounts.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace artdag::server {

struct MailAddresses {
    std::string confirmed; ///< empty: there is none
    std::string asked;     ///< that the account wants to have, not confirmed yet
};
Result<MailAddresses> mailAddressesOf(Database& database, std::int64_t userId);
/// In place of what was asked for before.
Result<void> askForMailAddress(Database& database, std::int64_t userId, std::string_view address);
/// The account has this address from now on. False when it is not what it asked for last.
Result<bool> confirmMailAddress(Database& database, std::int64_t userId, std::string_view address);
Result<void> removeMailAddresses(Database& database, std::int64_t userId);
/// Accounts that may log in and have confirmed this address, in whatever case; at most five, the oldest first.
Result<std::vector<User>> usersOfMailAddress(Database& database, std::string_view address);

} // namespace artdag::server
