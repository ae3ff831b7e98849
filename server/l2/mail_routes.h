// SPDX-License-Identifier: GPL-3.0-or-later
// /settings/mail: an address for mail, which counts once its link was opened by the same account.
#pragma once

#include "server/http/router.h"

namespace artdag::server {

Result<Response> getMailSettings(Site& site, const Request& request);
Result<Response> postMailSettings(Site& site, const Request& request);
Result<Response> getMailConfirmation(Site& site, const Request& request);
Result<Response> postMailConfirmation(Site& site, const Request& request);

} // namespace artdag::server
