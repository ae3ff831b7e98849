// SPDX-License-Identifier: GPL-3.0-or-later
// What this server sends by mail: the link that confirms an address, and the link that sets a new password. Both are jobs, so that
// a mail server that does not answer delays nobody, and the links are made when they are sent.
#pragma once

#include "server/jobs/job_runner.h"
#include "server/l2/site.h"

#include <map>
#include <string>

namespace artdag::server {

/// False where the operator gave no mail server.
bool sendsMail(const Site& site);

/// A link goes to an address that the account wants to have. False when it asked too often today.
Result<bool> askForConfirmation(Site& site, const User& user, const std::string& address);
/// What the link of that mail carries, good for a day, and for nobody but this account with this address.
std::string confirmationTicket(const Site& site, const User& user, const std::string& address);
bool isConfirmationTicket(Site& site, const User& user, const std::string& address, std::string_view ticket);

/// A link to set a password goes to the confirmed address of an account, when there is such an account or address and it did not
/// ask too often today. Who asks does not learn which: it costs the same, and everything else is done later.
Result<void> askForResetMail(Site& site, const std::string& account);

std::map<std::string, JobKind> mailJobs(Site& site);

} // namespace artdag::server
