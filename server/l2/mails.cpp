// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/mails.h"

#include "server/db/mail_addresses.h"
#include "server/db/members.h"
#include "server/db/usage.h"
#include "server/l2/federation.h"
#include "server/l2/one_time_codes.h"
#include "server/l2/sign_in.h"

namespace artdag::server {

namespace {

constexpr std::int64_t hour = 3600LL * 1'000'000;
constexpr std::int64_t confirmationLife = 24LL * 3600; ///< s
constexpr std::int64_t mostADay = 5;                   ///< mails of one kind for one account

std::string purposeOf(const std::string& address)
{
    return "mail-address " + address;
}

/// Counts one more mail of an account; false when there were enough today.
Result<bool> mayHaveAnother(Site& site, std::int64_t userId, std::string_view kind)
{
    const std::int64_t today = dayOf(nowMicroseconds());
    if (TRY(usageOf(*site.database, userId, kind, today)) >= mostADay)
        return false;
    TRY(addUsage(*site.database, userId, kind, today, 1));
    return true;
}

void wakeJobs(Site& site)
{
    if (site.jobs)
        site.jobs->wake();
}

Result<void> send(Site& site, const Mail& mail)
{
    if (!sendsMail(site))
        return fail(Fault::NotFound, "mail: this server has no SMTP_URL any more");
    return sendMail(*site.federation->mail, mail);
}

Result<void> sendConfirmation(Site& site, const Job& job)
{
    const User user = TRY(findUser(*site.database, job.payload.at("user").get<std::int64_t>()));
    for (std::string sent;;) {
        const std::string address = TRY(mailAddressesOf(*site.database, user.id)).asked;
        if (!user.mayLogIn() || address.empty() || address == sent)
            return {};
        const std::string account = site.instance.account(user.name);
        const std::string link = site.instance.publicUrl + "/settings/mail/confirm?ticket=" + confirmationTicket(site, user, address);
        TRY(send(site, {address, "Confirm your address for " + account, "Somebody, probably you, asked that mail for the account " + account + "\ncomes to this address. If it was you, confirm it within a day:\n\n" + link + "\n\nIf it was not, do nothing: no more mail comes then.\n"}));
        sent = address; // another one that was asked for meanwhile has no job of its own
    }
}

/// Finds whose way back in it is: that takes a different time for those who are here.
Result<void> findWhoForgot(Site& site, const Job& job)
{
    std::string account = job.payload.at("account").get<std::string>();
    std::vector<User> users;
    if (account.find('@', 1) != std::string::npos && !account.starts_with('@')) {
        users = TRY(usersOfMailAddress(*site.database, account));
    } else {
        account = account.substr(account.starts_with('@') ? 1 : 0);
        account = account.substr(0, account.find('@')); // @giles@artdag.example
        if (const auto user = findUser(*site.database, account))
            users.push_back(*user);
        else if (user.error().fault != Fault::NotFound)
            return tl::unexpected<Error>(user.error());
    }
    for (const User& user : users)
        TRY(addJob(*site.database, "mail-reset", std::to_string(user.id), Json{{"user", user.id}, {"at", job.payload.at("at")}}, nowMicroseconds()));
    wakeJobs(site);
    return {};
}

Result<void> sendReset(Site& site, const Job& job)
{
    const std::int64_t now = nowMicroseconds();
    const User user = TRY(findUser(*site.database, job.payload.at("user").get<std::int64_t>()));
    const std::string address = TRY(mailAddressesOf(*site.database, user.id)).confirmed;
    const bool isOver = now - job.payload.at("at").get<std::int64_t>() > hour; // nobody waits for it any more
    if (!user.mayLogIn() || address.empty() || isOver || (job.tries == 0 && !TRY(mayHaveAnother(site, user.id, "reset-mails"))))
        return {};
    const std::string secret = newSecret();
    TRY(addResetLink(*site.database, hashOfSecret(secret), user.id, user.id, now + hour));
    const std::string account = site.instance.account(user.name);
    return send(site, {address, "A new password for " + account, "Somebody, probably you, asked for a way back into the account\n" + account + ". Within an hour this link sets a new password, once:\n\n" + site.instance.publicUrl + "/reset?code=" + secret + "\n\nIf it was not you, do nothing: nothing changes.\n"});
}

} // namespace

bool sendsMail(const Site& site)
{
    return site.federation && site.federation->mail;
}

Result<bool> askForConfirmation(Site& site, const User& user, const std::string& address)
{
    if (!TRY(mayHaveAnother(site, user.id, "confirmation-mails")))
        return false;
    TRY(askForMailAddress(*site.database, user.id, address));
    TRY(addJob(*site.database, "mail-confirmation", std::to_string(user.id), Json{{"user", user.id}}, nowMicroseconds()));
    wakeJobs(site);
    return true;
}

std::string confirmationTicket(const Site& site, const User& user, const std::string& address)
{
    return stepTicket(site, purposeOf(address), user, confirmationLife);
}

bool isConfirmationTicket(Site& site, const User& user, const std::string& address, std::string_view ticket)
{
    const auto whose = userOfTicket(site, purposeOf(address), ticket);
    return !address.empty() && whose && whose->id == user.id;
}

Result<void> askForResetMail(Site& site, const std::string& account)
{
    const std::int64_t now = nowMicroseconds();
    TRY(addJob(*site.database, "mail-ask", hexOf(hashOfSecret(account)), Json{{"account", account}, {"at", now}}, now));
    wakeJobs(site);
    return {};
}

std::map<std::string, JobKind> mailJobs(Site& site)
{
    auto kind = [&site](Result<void> (*work)(Site&, const Job&)) {
        JobKind kind;
        kind.run = [&site, work](const Job& job, const std::atomic<bool>&) { return work(site, job); };
        return kind;
    };
    return {{"mail-confirmation", kind(sendConfirmation)}, {"mail-ask", kind(findWhoForgot)}, {"mail-reset", kind(sendReset)}};
}

} // namespace artdag::server
