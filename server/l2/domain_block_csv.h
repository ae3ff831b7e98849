// SPDX-License-Identifier: GPL-3.0-or-later
// Lists of blocked domains in the form in which Mastodon exports and imports them, so that servers can share them.
#pragma once

#include "core/base/result.h"
#include "server/db/domain_blocks.h"

#include <string>
#include <string_view>
#include <vector>

namespace artdag::server {

/// Private comments stay private.
std::string csvOfBlocks(const std::vector<DomainBlock>& blocks);
/// RFC 4180, with a first row of names (`#domain,#severity,#reject_media,#reject_reports,#public_comment,#obfuscate` in any
/// order, with or without `#`), or bare domains, one a line (suspended). BadInput names the row.
Result<std::vector<DomainBlock>> blocksOfCsv(std::string_view csv);

} // namespace artdag::server
