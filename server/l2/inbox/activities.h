// SPDX-License-Identifier: GPL-3.0-or-later
// What an activity of another server does here, one file per kind. Each writes on the lease of its transaction only, fetches
// nothing (that is a job, queued in the same transaction), and leaves alone what is not about anything of ours.
#pragma once

#include "core/base/json.h"
#include "server/db/actors.h"
#include "server/db/interactions.h"
#include "server/l2/site.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace artdag::server {

struct Received {
    Site& site;
    Database::Lease& lease;
    const Json& activity;
    const Actor& actor; ///< who signed the request, and whose activity it is
    const std::string& id;
    std::int64_t now;
    std::string_view body{}; ///< the exact bytes of the activity; empty for what was fetched
};

using Take = Result<void> (*)(Received& received);

Result<void> takeFollow(Received& received);
Result<void> takeUndo(Received& received);
Result<void> takeLike(Received& received);
Result<void> takeAnnounce(Received& received);
Result<void> takeCreate(Received& received);
Result<void> takeUpdate(Received& received);
Result<void> takeDelete(Received& received);
Result<void> takeAcceptOrReject(Received& received);
Result<void> takeBlock(Received& received);
Result<void> takeFlag(Received& received);
Result<void> takeMove(Received& received);

/// An activity that somebody else than its actor brought (ActivityPub §7.1.2): believed in nothing, but when it carries a
/// signature and is about something of ours, that is checked later and its object fetched from its origin. False when it is refused.
Result<bool> queueForwarded(Received& received);
/// Something was said about a reply to a work of ours: when it asks to be passed on to the followers of the work's owner and
/// carries a signature that they can check, that is queued. Nothing for what is not shown here either.
Result<void> queuePassingOn(Received& received, const Interaction& reply);

/// The work of ours that a URI means: its object, or a reply to it.
Result<std::optional<AnsweredWork>> answeredWork(Received& received, const std::string& uri);
/// A new interaction with a work, told to its owner; nothing when the owner blocks the actor.
Result<void> addAnswer(Received& received, const AnsweredWork& work, Interaction interaction);
/// Takes a Note as a reply, a post of somebody followed, a mention, a use of our works; false when it is none of these.
Result<bool> takeNote(Received& received, const Json& note);

} // namespace artdag::server
