// SPDX-License-Identifier: GPL-3.0-or-later
// What others said about a work, below it: counts, replies without anything that could run, works elsewhere made from it.
#pragma once

#include "server/db/interactions.h"

#include <cstdint>
#include <string>
#include <vector>

namespace artdag::server {

struct Answers {
    std::int64_t likes = 0, boosts = 0;
    std::vector<Interaction> replies; ///< newest first
    std::vector<Interaction> uses;    ///< of other servers, verified
};

/// Looks them up for an object of ours; at most 50 replies and 20 uses.
Result<Answers> answersTo(Database& database, const std::string& objectUrl);

/// Sections of HTML, empty when there is nothing to show.
std::string answersHtml(const Answers& answers);
std::string remoteUsesHtml(const Answers& answers);

} // namespace artdag::server
