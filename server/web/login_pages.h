// SPDX-License-Identifier: GPL-3.0-or-later
// The forms by which people come in.
#pragma once

#include "server/http/message.h"
#include "server/l2/site.h"

#include <string>
#include <vector>

namespace artdag::server {

struct LoginForm {
    std::string token, next = "/", user, problem;
    std::string notice; ///< something that was done
};
Response loginPage(const Site& site, const LoginForm& form, int status = 200);
/// The second step; `ticket` proves that the first was taken.
Response codePage(const Site& site, const LoginForm& form, const std::string& ticket, int status = 200);

struct RegisterForm {
    std::string token, user, displayName, invitation, problem;
    bool first = false; ///< nobody is here yet
};
Response registerPage(const Site& site, const RegisterForm& form, int status = 200);
/// What to do with an account that waits for approval.
Response waitingPage(const Site& site, const std::string& user);

struct RecoverForm {
    std::string token, user, problem;
    std::string code;     ///< of a link: then neither name nor recovery code is asked
    bool byMail = false;  ///< this server can send a link
    std::string notice{}; ///< something that was done
};
Response recoverPage(const Site& site, const RecoverForm& form, int status = 200);

struct SuspendedAccount {
    std::string token, ticket, user, reason, appeal, appealState;
};
Response suspendedPage(const Site& site, const SuspendedAccount& account);
Response logoutPage(const Site& site, const std::string& token);
/// A page of a heading and a few words, with one way on.
Response wordsPage(const Site& site, const std::string& title, const std::string& words, const std::string& href, const std::string& link);

} // namespace artdag::server
