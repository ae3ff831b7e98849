// SPDX-License-Identifier: GPL-3.0-or-later
// The database as a PostgreSQL server: for those who have one, or who want several processes on one database.
#pragma once

#include "server/db/statement.h"

namespace artdag::server {

/// `postgresql://…`. Unavailable when it cannot be reached within 5 s, Denied when it does not let us in. No message ever
/// holds the URL, which holds the password.
Result<std::unique_ptr<Link>> openPostgresLink(const std::string& url);

} // namespace artdag::server
