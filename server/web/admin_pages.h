// SPDX-License-Identifier: GPL-3.0-or-later
// The pages under /admin.
#pragma once

#include "server/db/domain_blocks.h"
#include "server/db/hash_blocks.h"
#include "server/db/members.h"
#include "server/db/moderation.h"
#include "server/db/overview.h"
#include "server/http/message.h"
#include "server/l2/site.h"

#include <string>
#include <vector>

namespace artdag::server {

struct AdminFrame {
    std::string token, notice, problem;
    bool isAdmin = false; ///< else a moderator, who sees fewer pages
};
Response adminOverviewPage(const Site& site, const AdminFrame& frame, const Overview& overview, const std::vector<std::int64_t>& people, const std::vector<std::int64_t>& works);
Response adminAccountsPage(const Site& site, const AdminFrame& frame, const std::vector<AccountLine>& accounts, const std::string& state, const std::string& text);

struct AdminAccount {
    User user;
    std::int64_t quota = -1;
    bool mayJudge = false; ///< the one who asks may do something to this account
    bool mayPromote = false;
    std::string resetLink; ///< made now, shown once
    std::vector<ModerationAction> actions;
};
Response adminAccountPage(const Site& site, const AdminFrame& frame, const AdminAccount& account);
Response adminReportsPage(const Site& site, const AdminFrame& frame, const std::vector<Report>& open, const std::vector<Report>& closed);
Response adminDomainsPage(const Site& site, const AdminFrame& frame, const std::vector<DomainBlock>& blocks, int status = 200);
Response adminLogPage(const Site& site, const AdminFrame& frame, const std::vector<ModerationAction>& actions, const std::vector<ModerationAction>& appeals, const std::string& next);
Response adminJobsPage(const Site& site, const AdminFrame& frame, const std::vector<JobLine>& jobs);
Response adminInvitationsPage(const Site& site, const AdminFrame& frame, const std::vector<Invitation>& invitations, const std::string& link);
Response adminTextsPage(const Site& site, const AdminFrame& frame, const std::vector<std::pair<std::string, std::string>>& texts);

Response adminPeoplePage(const Site& site, const AdminFrame& frame, const std::vector<Actor>& people, const std::string& state, const std::string& text);
Response adminPersonPage(const Site& site, const AdminFrame& frame, const Actor& actor, const std::vector<ModerationAction>& actions);
Response adminHashesPage(const Site& site, const AdminFrame& frame, const std::vector<HashBlock>& blocks, int status);

/// The frame around every page under /admin; `path`: that of its section.
Response adminPage(const Site& site, const AdminFrame& frame, const std::string& path, const std::string& title, const std::string& inside, int status = 200);
/// One line of the moderation log.
std::string actionRow(const AdminFrame& frame, const ModerationAction& action, bool asksDecision);
/// `1.2 GB`
std::string bytesWords(std::int64_t bytes);

} // namespace artdag::server
