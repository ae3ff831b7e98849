// SPDX-License-Identifier: GPL-3.0-or-later
// Everything that a stranger needs to check the date and the signatures of an activity without this server, as one JSON
// document; docs/verify_bundle.py checks it offline (docs/formats/anchors.md).
#pragma once

#include "server/l2/anchoring.h"

namespace artdag::server {

/// Conflict for an activity that does not fit its leaf, or was erased.
Result<Json> proofBundle(Site& site, const Activity& activity, const ActivityCheck& check);

} // namespace artdag::server
