// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/db/mail_addresses.h"

namespace artdag::server {

Result<MailAddresses> mailAddressesOf(Database& database, std::int64_t userId)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT mail, mail_asked FROM users WHERE id = $1"));
    query->bind(1, userId);
    return TRY(query->step()) ? MailAddresses{query->text(0), query->text(1)} : MailAddresses{};
}

Result<void> askForMailAddress(Database& database, std::int64_t userId, std::string_view address)
{
    auto lease = TRY(database.lease());
    auto* update = TRY(lease.statement("UPDATE users SET mail_asked = $1 WHERE id = $2"));
    update->bind(1, address).bind(2, userId);
    return update->run();
}

Result<bool> confirmMailAddress(Database& database, std::int64_t userId, std::string_view address)
{
    auto lease = TRY(database.lease());
    auto* update = TRY(lease.statement("UPDATE users SET mail = mail_asked, mail_asked = '' WHERE id = $1 AND mail_asked = $2 AND mail_asked <> ''"));
    update->bind(1, userId).bind(2, address);
    TRY(update->run());
    return update->changes() == 1;
}

Result<void> removeMailAddresses(Database& database, std::int64_t userId)
{
    auto lease = TRY(database.lease());
    auto* update = TRY(lease.statement("UPDATE users SET mail = '', mail_asked = '' WHERE id = $1"));
    update->bind(1, userId);
    return update->run();
}

Result<std::vector<User>> usersOfMailAddress(Database& database, std::string_view address)
{
    std::vector<std::int64_t> ids;
    {
        auto lease = TRY(database.lease());
        auto* query = TRY(lease.statement("SELECT id FROM users WHERE lower(mail) = lower($1) AND mail <> '' AND state IN ('active', 'silenced') ORDER BY id LIMIT 5"));
        query->bind(1, address);
        while (TRY(query->step()))
            ids.push_back(query->integer(0));
    }
    std::vector<User> users;
    for (const std::int64_t id : ids)
        users.push_back(TRY(findUser(database, id)));
    return users;
}

} // namespace artdag::server
