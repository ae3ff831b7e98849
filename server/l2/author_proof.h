// SPDX-License-Identifier: GPL-3.0-or-later
// An author's own signature on an activity of theirs (FEP-8b32 with eddsa-jcs-2022), checked against the keys that their
// actor document shows.
#pragma once

#include "server/l2/site.h"

#include <string_view>

namespace artdag::server {

/// BadInput: the proof's form; Denied: no key of this account, or it does not verify for this document.
Result<void> checkAuthorProof(Site& site, std::int64_t userId, std::string_view user, const Json& document, const Json& proof);

} // namespace artdag::server
