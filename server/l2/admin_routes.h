// SPDX-License-Identifier: GPL-3.0-or-later
// /admin: pages and forms of those who run the server. Everything done here to somebody is in the moderation log.
#pragma once

#include "server/http/router.h"

namespace artdag::server {

Result<Response> getAdminOverview(Site& site, const Request& request);
Result<Response> getAdminAccounts(Site& site, const Request& request);
Result<Response> getAdminAccount(Site& site, const Request& request);
Result<Response> postAdminAccount(Site& site, const Request& request);
Result<Response> getAdminReports(Site& site, const Request& request);
Result<Response> postAdminReport(Site& site, const Request& request);
Result<Response> getAdminDomains(Site& site, const Request& request);
Result<Response> getAdminDomainsCsv(Site& site, const Request& request);
Result<Response> postAdminDomains(Site& site, const Request& request);
Result<Response> getAdminLog(Site& site, const Request& request);
Result<Response> postAdminAppeal(Site& site, const Request& request);
Result<Response> getAdminJobs(Site& site, const Request& request);
Result<Response> postAdminJob(Site& site, const Request& request);
Result<Response> getAdminInvitations(Site& site, const Request& request);
Result<Response> postAdminInvitations(Site& site, const Request& request);
Result<Response> getAdminTexts(Site& site, const Request& request);
Result<Response> postAdminTexts(Site& site, const Request& request);

} // namespace artdag::server
