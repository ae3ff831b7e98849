// SPDX-License-Identifier: GPL-3.0-or-later
// The members of the activities that people here do (federation.md §1.5). Pure.
#pragma once

#include "core/base/json.h"

#include <string>

namespace artdag::server {

/// Of an Accept or Reject of a Follow: it repeats the Follow, so that it is understood without our ids.
Json answerMembers(const std::string& followId, const std::string& follower, const std::string& followed);
/// Of a Follow, Block or Like: an object, sent to one actor.
Json towardsMembers(const std::string& object, const std::string& to);
/// Of an Announce: public, told to the followers and the author.
Json boostMembers(const std::string& object, const std::string& followers, const std::string& author);
/// Of an Undo: of an activity of ours, to the same people.
Json undoMembers(const Json& activity);

} // namespace artdag::server
