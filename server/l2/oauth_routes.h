// SPDX-License-Identifier: GPL-3.0-or-later
// OAuth 2.0 for our own programs: the device grant (RFC 8628), the authorization code with PKCE and a loopback redirect
// (RFC 6749, 7636, 8252), rotating refresh tokens. Clients are public and few; there are no client secrets.
#pragma once

#include "server/http/router.h"

namespace artdag::server {

Result<Response> postDeviceAuthorization(Site& site, const Request& request);
Result<Response> postOauthToken(Site& site, const Request& request);
Result<Response> getDevicePage(Site& site, const Request& request);
Result<Response> postDeviceForm(Site& site, const Request& request);
Result<Response> getAuthorizePage(Site& site, const Request& request);
Result<Response> postAuthorizeForm(Site& site, const Request& request);

} // namespace artdag::server
