// SPDX-License-Identifier: GPL-3.0-or-later
// /settings: what people change about their account. Pages and forms only; each answers a success by a redirect to the page
// that shows it.
#pragma once

#include "server/http/router.h"

namespace artdag::server {

Result<Response> getProfileSettings(Site& site, const Request& request);
Result<Response> postProfileSettings(Site& site, const Request& request);
Result<Response> getSecuritySettings(Site& site, const Request& request);
Result<Response> postPasswordSettings(Site& site, const Request& request);
Result<Response> postSessionSettings(Site& site, const Request& request);
Result<Response> getTwoStepSettings(Site& site, const Request& request);
Result<Response> postTwoStepSettings(Site& site, const Request& request);
Result<Response> postRecoverySettings(Site& site, const Request& request);
Result<Response> getKeySettings(Site& site, const Request& request);
Result<Response> postKeySettings(Site& site, const Request& request);
Result<Response> getAccountSettings(Site& site, const Request& request);
Result<Response> postAppealSettings(Site& site, const Request& request);

} // namespace artdag::server
