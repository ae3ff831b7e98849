// SPDX-License-Identifier: GPL-3.0-or-later
// How what is published gets its date: leaves under a root, the root to calendars, their answers against block headers. A date
// is `confirmed` only by a header with six confirmations; what a header refutes is dropped from the proof.
#pragma once

#include "core/anchor/merkle.h"
#include "server/db/anchors.h"
#include "server/db/works.h"
#include "server/jobs/job_runner.h"
#include "server/l2/site.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace artdag::server {

/// Puts all waiting leaves under anchors and hands these, and those that no calendar has taken yet, to the calendars.
/// Gives the anchors that were made.
Result<std::vector<Anchor>> anchorWaiting(Site& site);
/// Asks calendars for more, checks block headers, and writes what came of it.
Result<Anchor> upgradeAnchor(Site& site, const Digest& root);

/// How an activity is tied to its anchor, recomputed from its bytes.
struct ActivityCheck {
    std::string status;  ///< `waiting`, `changed`, `erased`, or the anchor's state
    std::string problem; ///< of `changed`: what does not fit
    Leaf leaf;
    std::vector<MerkleStep> path;
    std::optional<Anchor> anchor;
};
Result<ActivityCheck> checkActivity(Site& site, const Activity& activity);
/// The `.ots` file about an activity's bytes. Conflict while no calendar has taken the anchor, or for what does not fit.
Result<DetachedTimestamp> activityTimestamp(const Activity& activity, const ActivityCheck& check);

/// What each calendar and the header source answer right now; nothing is kept.
struct TriedSource {
    std::string url;
    std::string problem; ///< empty: it works
    std::int64_t milliseconds = 0;
};
std::vector<TriedSource> tryTimeSources(Site& site);

/// The kinds of jobs: `anchor`, asked for by leaves, and `anchor-upgrade`.
std::pair<std::string, JobKind> anchorJobKind(Site& site);
std::pair<std::string, JobKind> anchorUpgradeJobKind(Site& site);

} // namespace artdag::server
