// SPDX-License-Identifier: GPL-3.0-or-later
// The page on which people give an address for mail, and the one to which its link leads.
#pragma once

#include "server/db/mail_addresses.h"
#include "server/web/settings_pages.h"

#include <string>

namespace artdag::server {

/// `typed`: what was typed and is not good.
Response mailSettingsPage(const Site& site, const SettingsFrame& frame, const MailAddresses& addresses, const std::string& typed = {}, int status = 200);
Response confirmMailPage(const Site& site, const SettingsFrame& frame, const std::string& user, const std::string& address, const std::string& ticket);

} // namespace artdag::server
