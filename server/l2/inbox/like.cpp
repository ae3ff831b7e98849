// SPDX-License-Identifier: GPL-3.0-or-later
// Like, and EmojiReact, which counts as one.
#include "core/federation/activity_fields.h"
#include "server/l2/inbox/activities.h"

namespace artdag::server {

Result<void> takeLike(Received& received)
{
    Interaction like;
    like.kind = "like";
    like.uri = received.id;
    like.objectUri = idOf(received.activity, "object");
    const auto work = TRY(answeredWork(received, like.objectUri));
    return work && work->isOpen() ? addAnswer(received, *work, std::move(like)) : Result<void>();
}

} // namespace artdag::server
