// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/db/account_changes.h"

#include "server/db/accounts.h"
#include "server/db/former_keys.h"
#include "server/db/jobs.h"

namespace artdag::server {

namespace {

tl::unexpected<Error> unknown(std::string_view name)
{
    return fail(Fault::NotFound, "user '" + std::string(name.substr(0, 64)) + "': there is no such account here");
}

} // namespace

Result<void> changeRole(Database& database, std::string_view name, std::string_view role)
{
    return inTransaction(database, [&](Database::Lease& lease) -> Result<void> {
        auto* others = TRY(lease.statement("SELECT count(*) FROM users WHERE role = 'owner' AND state = 'active' AND name <> $1"));
        others->bind(1, name);
        TRY(others->step());
        const bool isLast = others->integer(0) == 0;
        others->reset();
        auto* update = TRY(lease.statement("UPDATE users SET role = $1 WHERE name = $2 AND (role <> 'owner' OR $1 = 'owner' OR $3 = 0)"));
        update->bind(1, role).bind(2, name).bind(3, isLast);
        TRY(update->run());
        if (update->changes() == 1)
            return {};
        auto* query = TRY(lease.statement("SELECT 1 FROM users WHERE name = $1"));
        query->bind(1, name);
        if (!TRY(query->step()))
            return unknown(name);
        return fail(Fault::Conflict, "user '" + std::string(name) + "': is the only owner; make another one first");
    });
}

Result<void> changePublicKey(Database& database, std::string_view name, std::string_view pem)
{
    return inTransaction(database, [&](Database::Lease& lease) -> Result<void> {
        const std::int64_t now = nowMicroseconds();
        if (TRY(keepFormerKey(lease, name, pem, now)))
            TRY(addJob(lease, "profile", name, Json{{"user", std::string(name)}}, now));
        auto* update = TRY(lease.statement("UPDATE users SET public_pem = $1 WHERE name = $2"));
        update->bind(1, pem).bind(2, name);
        TRY(update->run());
        return update->changes() == 1 ? Result<void>() : Result<void>(unknown(name));
    });
}

} // namespace artdag::server
