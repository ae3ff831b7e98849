// SPDX-License-Identifier: GPL-3.0-or-later
// People whom a renderer knows from elsewhere: rows among the users, so that runs and bytes can be theirs, without a password,
// a key or a page.
#pragma once

#include "server/db/database.h"

#include <string>
#include <string_view>

namespace artdag::server {

inline constexpr std::string_view attachedState = "attached"; ///< of such an account; it cannot log in

/// `giles@artdag.example`. Nothing happens when it is there.
Result<void> addAttachedUser(Database& database, const std::string& name);

} // namespace artdag::server
