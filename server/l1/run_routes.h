// SPDX-License-Identifier: GPL-3.0-or-later
// Runs: begin, list, look, follow, cancel, delete. Each acts on the caller's own references; another's is not found.
#pragma once

#include "server/http/message.h"

namespace artdag::server {

struct Site;
struct Run;

Result<Response> postRun(Site& site, const Request& request);
Result<Response> getRuns(Site& site, const Request& request);
Result<Response> getRun(Site& site, const Request& request);
Result<Response> getRunEvents(Site& site, const Request& request);
Result<Response> getRunPlan(Site& site, const Request& request);
Result<Response> getRunProvenance(Site& site, const Request& request);
Result<Response> getRunAttestation(Site& site, const Request& request);
Result<Response> postRunCancel(Site& site, const Request& request);
Result<Response> deleteRun(Site& site, const Request& request);
Result<Response> postPlan(Site& site, const Request& request);

/// The caller's run of the path's `{id}`.
Result<Run> runOfRequest(Site& site, const Request& request);

} // namespace artdag::server
