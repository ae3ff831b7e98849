// SPDX-License-Identifier: GPL-3.0-or-later
// GET /account/export and DELETE /account.
#pragma once

#include "server/http/router.h"

namespace artdag::server {

Result<Response> getAccountExport(Site& site, const Request& request);
/// `{"password", "without_export"}`: an export of the last two days comes first, unless it is not wanted.
Result<Response> deleteAccount(Site& site, const Request& request);

} // namespace artdag::server
