// SPDX-License-Identifier: GPL-3.0-or-later
// "Vouched for": what others say about a work, and its date, as a section of its page.
#pragma once

#include "server/l2/vouching.h"

#include <string>

namespace artdag::server {

/// A section, or nothing when nobody said anything and no date is under way.
std::string vouchingSection(const Site& site, const Vouching& vouching);

} // namespace artdag::server
