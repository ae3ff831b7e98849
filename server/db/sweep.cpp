// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/db/sweep.h"

namespace artdag::server {

namespace {

constexpr std::int64_t second = 1'000'000, day = 86'400 * second;

struct Expiry {
    const char* sql;
    std::int64_t before; ///< rows of times below this go
};

} // namespace

Result<std::int64_t> sweepExpired(Database& database, std::int64_t now)
{
    const Expiry expiries[] = {
        {"DELETE FROM sessions WHERE expires < $1", now},
        {"DELETE FROM reset_links WHERE expires < $1", now},
        {"DELETE FROM invitations WHERE expires < $1", now},
        {"DELETE FROM device_codes WHERE expires < $1", now},
        {"DELETE FROM authorization_codes WHERE expires < $1", now},
        {"DELETE FROM refresh_tokens WHERE expires < $1", now}, // used ones stay until then: their second use is a theft
        {"DELETE FROM attach_codes WHERE expires < $1", now},
        {"DELETE FROM prepared_activities WHERE expires < $1", now},
        {"DELETE FROM revoked_tokens WHERE expires < $1", now / second}, // as tokens tell it
        {"DELETE FROM seen_signatures WHERE seen_at < $1", now - day},
    };
    // One transaction each: who writes meanwhile waits for one of them, not for all.
    std::int64_t count = 0;
    for (const Expiry& expiry : expiries)
        count += TRY(inTransaction(database, [&](Database::Lease& lease) -> Result<std::int64_t> {
            auto* sweep = TRY(lease.statement(expiry.sql));
            sweep->bind(1, expiry.before);
            TRY(sweep->run());
            return sweep->changes();
        }));
    return count;
}

} // namespace artdag::server
