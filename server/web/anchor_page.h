// SPDX-License-Identifier: GPL-3.0-or-later
// The anchors as people read them: what each batch holds, how far its date has come, and how to check it oneself.
#pragma once

#include "server/db/anchors.h"
#include "server/http/message.h"
#include "server/l2/site.h"

#include <string>
#include <vector>

namespace artdag::server {

struct AnchorPage {
    std::vector<Anchor> anchors;
    std::int64_t waiting = 0; ///< leaves
    std::string next;         ///< URL of the following page, may be empty
};
Response anchorPage(const Site& site, const AnchorPage& page);

/// How far a date has come, in words of one sentence.
std::string anchorWords(const Anchor& anchor);

} // namespace artdag::server
