// SPDX-License-Identifier: GPL-3.0-or-later
// /assets/…/attestations, /assets/…/disputes and /consents: what others say about a work, and payees about their share.
#pragma once

#include "server/http/router.h"

namespace artdag::server {

Result<Response> getAttestations(Site& site, const Request& request);
Result<Response> postAttestations(Site& site, const Request& request);
Result<Response> postDisputes(Site& site, const Request& request);
Result<Response> getConsents(Site& site, const Request& request);
Result<Response> postConsents(Site& site, const Request& request);

} // namespace artdag::server
