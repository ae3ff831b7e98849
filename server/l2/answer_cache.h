// SPDX-License-Identifier: GPL-3.0-or-later
// Answers that are the same for every stranger, kept for a moment: what is asked for a thousand times in a second is looked up
// once. Nothing outlives a write of this process to the database, so that a take-down or a changed work shows at once; what
// another process writes shows after a second at most.
#pragma once

#include "server/http/message.h"
#include "server/l2/site.h"

#include <concepts>
#include <cstdint>
#include <string>
#include <utility>

namespace artdag::server {

/// True for who is nobody here and says nothing that an answer could depend on: no login, no token, no signature.
bool isStranger(const Request& request);

/// The kept answer for a stranger, else what `make` gives, kept when it is a 200. `key` tells all that the answer depends on
/// besides the database.
template <std::invocable Make>
Result<Response> keptAnswer(Site& site, const Request& request, const std::string& key, const Make& make)
{
    if (!isStranger(request))
        return make();
    const std::uint64_t changes = site.database->changes(); // before anything is read
    const std::int64_t now = nowMicroseconds();
    if (auto kept = site.answers.find(key, changes, now))
        return std::move(*kept);
    Result<Response> made = make();
    if (made && made->status == 200)
        site.answers.keep(key, changes, now, *made);
    return made;
}

} // namespace artdag::server
