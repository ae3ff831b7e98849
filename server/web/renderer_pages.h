// SPDX-License-Identifier: GPL-3.0-or-later
// /renderers: which L1 servers an account attached, and the question before one is.
#pragma once

#include "server/db/grants.h"
#include "server/http/message.h"
#include "server/l2/site.h"

#include <string>
#include <vector>

namespace artdag::server {

Response renderersPage(const Site& site, const std::string& token, const std::vector<std::string>& configured, const std::vector<AttachedRenderer>& attached, const std::string& done);

struct AttachConsent {
    std::string token, renderer, state, nonce, user;
};
Response attachConsentPage(const Site& site, const AttachConsent& consent);

} // namespace artdag::server
