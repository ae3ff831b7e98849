// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/db/renderer_users.h"

namespace artdag::server {

Result<void> addAttachedUser(Database& database, const std::string& name)
{
    auto lease = TRY(database.lease());
    auto* insert = TRY(lease.statement("INSERT INTO users (name, display_name, summary, password, role, state, created_at, public_pem) VALUES ($1, $1, '', '', 'member', $2, $3, '') ON CONFLICT (name) DO NOTHING"));
    insert->bind(1, name).bind(2, attachedState).bind(3, nowMicroseconds());
    return insert->run();
}

} // namespace artdag::server
