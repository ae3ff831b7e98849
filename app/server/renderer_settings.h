// SPDX-License-Identifier: GPL-3.0-or-later
// The role l1 as the settings say it: for `artdagd serve`, and for `artdagd l1-token`, which must name the same renderer.
#pragma once

#include "app/server/command.h"
#include "server/l1/renderer.h"

#include <string>
#include <string_view>
#include <vector>

namespace artdag::server {

bool hasRole(const std::vector<std::string>& roles, std::string_view role);
/// L1 is at `/l1` beside a registry, whose people then need no other name; alone it is at `/`.
RendererOptions rendererOptions(const Settings& settings, const std::vector<std::string>& roles, const std::filesystem::path& worker, std::uint16_t port);

} // namespace artdag::server
