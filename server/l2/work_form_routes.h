// SPDX-License-Identifier: GPL-3.0-or-later
// Forms for the owner of a work, and for moderators: what they do goes the same way as PATCH and DELETE /assets/… and
// POST /assets/…/take-down.
#pragma once

#include "server/http/router.h"

namespace artdag::server {

Result<Response> getWorkForm(Site& site, const Request& request);
Result<Response> postWorkForm(Site& site, const Request& request);
/// The question; of a withdrawn work, what became of it.
Result<Response> getWithdrawForm(Site& site, const Request& request);
Result<Response> postWithdrawForm(Site& site, const Request& request);
Result<Response> postPublishAgainForm(Site& site, const Request& request);
Result<Response> getTakeDownForm(Site& site, const Request& request);
Result<Response> postTakeDownForm(Site& site, const Request& request);
/// `/settings/works`
Result<Response> getOwnWorks(Site& site, const Request& request);

} // namespace artdag::server
