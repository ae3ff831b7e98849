// SPDX-License-Identifier: GPL-3.0-or-later
// /admin, beyond our own accounts: people of other servers, and files that may not be here.
#pragma once

#include "server/http/router.h"

namespace artdag::server {

Result<Response> getAdminPeople(Site& site, const Request& request);
Result<Response> getAdminPerson(Site& site, const Request& request);
/// Silence, suspend or restore, with a reason.
Result<Response> postAdminPerson(Site& site, const Request& request);
Result<Response> getAdminHashes(Site& site, const Request& request);
Result<Response> postAdminHashes(Site& site, const Request& request);

} // namespace artdag::server
