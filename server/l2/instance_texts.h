// SPDX-License-Identifier: GPL-3.0-or-later
// What those who run a server say about it: written in /admin/texts, with defaults that are true of every server.
#pragma once

#include "server/l2/site.h"

#include <array>
#include <string>
#include <string_view>

namespace artdag::server {

inline constexpr std::array<std::string_view, 4> instanceTexts{"about", "rules", "privacy", "contact"};

Result<std::string> instanceText(Site& site, std::string_view name);

} // namespace artdag::server
