// SPDX-License-Identifier: GPL-3.0-or-later
// "Like earlier works", which only moderators see on a work's page.
#pragma once

#include "server/db/fingerprints.h"

#include <string>
#include <vector>

namespace artdag::server {

/// A section, or nothing when there are none.
std::string alikeSection(const std::vector<AlikeWork>& works);

} // namespace artdag::server
