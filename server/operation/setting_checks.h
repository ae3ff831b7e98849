// SPDX-License-Identifier: GPL-3.0-or-later
// What the value of a setting may be: each says what is wrong with a text, or nothing. Only for settings.cpp.
#pragma once

#include <string>
#include <vector>

namespace artdag::server {

/// Parts between commas, without blanks.
std::vector<std::string> partsOf(const std::string& text);

std::string anything(const std::string& text);
std::string isPort(const std::string& text);
std::string isThreads(const std::string& text);
std::string isThreadsOrAll(const std::string& text);
std::string isSeconds(const std::string& text);
std::string isPercent(const std::string& text);
std::string isCount(const std::string& text);
std::string isBytes(const std::string& text);
std::string isSwitch(const std::string& text);
std::string isRegistration(const std::string& text);
std::string isHost(const std::string& text);
std::string isWebUrl(const std::string& text);
std::string areWebUrls(const std::string& text);
std::string areNetworks(const std::string& text);
std::string isRate(const std::string& text);
std::string isLogLevel(const std::string& text);
std::string isLogFormat(const std::string& text);
std::string isLongTime(const std::string& text);
std::string isDatabase(const std::string& text);
std::string areDomains(const std::string& text);
std::string isMailServer(const std::string& text);
std::string isMailSender(const std::string& text);
std::string isStrong(const std::string& text);
std::string isLongWord(const std::string& text);

} // namespace artdag::server
