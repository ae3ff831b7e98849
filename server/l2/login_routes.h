// SPDX-License-Identifier: GPL-3.0-or-later
// Pages by which people come in: log in, the second step, register, get back in, appeal a suspension, log out.
#pragma once

#include "server/http/router.h"

namespace artdag::server {

Result<Response> getLoginPage(Site& site, const Request& request);
Result<Response> postLoginForm(Site& site, const Request& request);
Result<Response> getRegisterPage(Site& site, const Request& request);
Result<Response> postRegisterForm(Site& site, const Request& request);
Result<Response> getLogoutPage(Site& site, const Request& request);
Result<Response> postLogoutForm(Site& site, const Request& request);
Result<Response> getRecoverPage(Site& site, const Request& request);
Result<Response> postRecoverForm(Site& site, const Request& request);
Result<Response> postRecoverByMail(Site& site, const Request& request);
Result<Response> getResetPage(Site& site, const Request& request);
Result<Response> postResetForm(Site& site, const Request& request);
Result<Response> postAppealForm(Site& site, const Request& request);

} // namespace artdag::server
