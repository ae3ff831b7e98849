// SPDX-License-Identifier: GPL-3.0-or-later
// The bar at the top of every page: where one can go, and for those who are logged in, as whom they are here.
#pragma once

#include "server/http/message.h"
#include "server/l2/site.h"

#include <string>

namespace artdag::server {

std::string navigationBar(const Site& site, const Request& request);

} // namespace artdag::server
