// SPDX-License-Identifier: GPL-3.0-or-later
// A member's places for copies.
#pragma once

#include "core/base/json.h"
#include "server/http/message.h"
#include "server/l2/site.h"

#include <string>

namespace artdag::server {

/// What a form did a moment ago, or why it could not.
struct StorageWord {
    std::string done, problem;
};
/// `items` as GET /storage gives them to programs. `mayLocal`: directories of this machine are offered, too.
Response storagePage(const Site& site, const std::string& token, const Json& items, bool mayLocal, const StorageWord& word);

} // namespace artdag::server
