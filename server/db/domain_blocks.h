// SPDX-License-Identifier: GPL-3.0-or-later
// Servers that this one does not deal with, or only quietly. A block of a domain is one of everything under it.
#pragma once

#include "server/db/database.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace artdag::server {

struct DomainBlock {
    std::string domain;   ///< as normalDomain writes it
    std::string severity; ///< suspend, silence, noop
    bool rejectMedia = false, rejectReports = false, obfuscate = false;
    std::string publicComment, privateComment;
    std::int64_t createdAt = 0, createdBy = 0;
};

/// Adds or changes a block. `suspend` also ends all follows between here and there, drops what waits to be sent there and
/// hides what was said from there. BadInput for what is no domain.
Result<void> putDomainBlock(Database::Lease& lease, DomainBlock block);
Result<bool> removeDomainBlock(Database::Lease& lease, std::string_view domain);
Result<std::vector<DomainBlock>> listDomainBlocks(Database::Lease& lease);
/// The block that holds for a host (a port does not matter): its own, or of the nearest domain above it.
Result<std::optional<DomainBlock>> findDomainBlock(Database::Lease& lease, std::string_view host);
Result<bool> isSuspended(Database::Lease& lease, std::string_view host);

} // namespace artdag::server
