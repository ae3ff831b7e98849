// SPDX-License-Identifier: GPL-3.0-or-later
// Where other servers deliver: POST /inbox and POST /users/{user}/inbox. Nothing is believed before its signature was, and
// what is answered with 2xx is in the database.
#pragma once

#include "server/http/router.h"

namespace artdag::server {

Result<Response> postInbox(Site& site, const Request& request);

} // namespace artdag::server
