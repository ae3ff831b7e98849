// SPDX-License-Identifier: GPL-3.0-or-later
// "What others say": who vouches for a work, who objects, and its date, as a section of its page.
#pragma once

#include "server/l2/vouching.h"

#include <string>

namespace artdag::server {

/// A section, or nothing when nobody said anything and no date is under way.
std::string vouchingSection(const Site& site, const Vouching& vouching);

} // namespace artdag::server
