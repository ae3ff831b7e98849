// SPDX-License-Identifier: GPL-3.0-or-later
// The pages under /settings.
#pragma once

#include "server/db/accounts.h"
#include "server/db/members.h"
#include "server/db/moderation.h"
#include "server/db/sessions.h"
#include "server/db/works.h"
#include "server/http/message.h"
#include "server/l2/site.h"

#include <optional>
#include <string>
#include <vector>

namespace artdag::server {

/// What all of them need: the token of their forms, what was done, what went wrong.
struct SettingsFrame {
    std::string token, notice, problem;
};
/// The frame of each: heading, the pages beside it, then `inside`. `path` is the one that is shown.
Response settingsPage(const Site& site, const SettingsFrame& frame, const std::string& path, const std::string& title, const std::string& inside, int status = 200);
Response profileSettingsPage(const Site& site, const SettingsFrame& frame, const Profile& profile, const std::vector<Work>& pictures, int status = 200);

struct SecuritySettings {
    std::vector<BrowserSession> sessions;
    std::optional<Digest> present; ///< the session of this browser
    bool twoSteps = false;
    std::int64_t recoveryCodes = 0;
    std::int64_t now = 0;
};
Response securitySettingsPage(const Site& site, const SettingsFrame& frame, const SecuritySettings& settings, int status = 200);
Response twoStepPage(const Site& site, const SettingsFrame& frame, const std::string& user, const std::string& secret, int status = 200);
/// Shown once.
Response recoveryCodesPage(const Site& site, const SettingsFrame& frame, const std::vector<std::string>& codes);
Response keySettingsPage(const Site& site, const SettingsFrame& frame, const std::string& user, const std::vector<UserKey>& keys);

struct AccountSettings {
    User user;
    std::vector<ModerationAction> actions; ///< about the account, or about works, whose `target` is then the work's name
    bool canExport = false, canErase = false;
};
Response accountSettingsPage(const Site& site, const SettingsFrame& frame, const AccountSettings& settings);

} // namespace artdag::server
