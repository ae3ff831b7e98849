// SPDX-License-Identifier: GPL-3.0-or-later
// What a moderator does against an owner's will: the work is gone, its bytes and pixels cannot come again, its copies are removed
// everywhere. The reason is in the log, where the owner reads it and may appeal.
#pragma once

#include "server/l2/site.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace artdag::server {

/// The number of the entry in the moderation log. Conflict when the work is gone already.
Result<std::int64_t> takeDown(Site& site, std::string_view owner, std::string_view name, std::int64_t moderator, const std::string& reason);

} // namespace artdag::server
