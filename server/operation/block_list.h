// SPDX-License-Identifier: GPL-3.0-or-later
// Lists of blocked domains as Mastodon exports and imports them: CSV (RFC 4180) with a line of names.
#pragma once

#include "server/db/domain_blocks.h"

#include <string>
#include <string_view>
#include <vector>

namespace artdag::server {

/// Columns in any order, their names with or without `#`; `domain` must be there. BadInput names the line.
Result<std::vector<DomainBlock>> readBlockList(std::string_view csv);
/// Private comments stay private.
std::string writeBlockList(const std::vector<DomainBlock>& blocks);

} // namespace artdag::server
