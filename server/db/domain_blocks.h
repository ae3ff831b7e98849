// SPDX-License-Identifier: GPL-3.0-or-later
// Servers and people of other servers that this one does not deal with, or only quietly. A block of a domain is one of
// everything under it.
#pragma once

#include "server/db/actors.h"
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

/// Adds or changes a block. `suspend` also ends all follows between here and there and drops what waits to be sent there;
/// what was said from there is shown or hidden by what holds now. BadInput for what is no domain.
Result<void> putDomainBlock(Database::Lease& lease, DomainBlock block);
/// What was said from there is shown again, but for that of people who are silenced or suspended themselves.
Result<bool> removeDomainBlock(Database::Lease& lease, std::string_view domain);
Result<std::vector<DomainBlock>> listDomainBlocks(Database::Lease& lease);
/// The block that holds for a host (a port does not matter): its own, or of the nearest domain above it.
Result<std::optional<DomainBlock>> findDomainBlock(Database::Lease& lease, std::string_view host);
Result<bool> isSuspended(Database::Lease& lease, std::string_view host);

/// How someone is dealt with: by what was decided about the account, and about its server.
struct Standing {
    bool suspended = false; ///< nothing comes from there, nothing goes there
    bool silenced = false;  ///< only those who follow hear of it
    bool rejectsMedia = false, rejectsReports = false;

    [[nodiscard]] bool isHidden() const { return suspended || silenced; } ///< what it says is not shown to everyone
};
Result<Standing> standingOf(Database::Lease& lease, const Actor& actor);
/// `active`, `silenced` or `suspended`, of an account of another server: what it said is shown or hidden, and a suspended one
/// follows nobody here and is followed by nobody. BadInput for another word, or for one of ours.
Result<void> setActorState(Database::Lease& lease, const Actor& actor, std::string_view state);
/// People of other servers with this state, or whose account or name holds a text; the newest first.
Result<std::vector<Actor>> listPeople(Database& database, std::string_view state, std::string_view text, int limit);

} // namespace artdag::server
