// SPDX-License-Identifier: GPL-3.0-or-later
// The only way in which HTML that somebody else wrote is shown, on pages and in the API.
#pragma once

#include <string>
#include <string_view>

namespace artdag::server {

std::string shownHtml(std::string_view received);

} // namespace artdag::server
