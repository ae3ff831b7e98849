// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/operation/setting_checks.h"

#include "core/net/domain_name.h"
#include "core/net/mail.h"
#include "server/db/database.h"
#include "server/http/client_of.h"
#include "server/http/rate_limits.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <set>
#include <string_view>

namespace artdag::server {

namespace {

std::string numberProblem(const std::string& text, std::int64_t least, std::int64_t greatest)
{
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc() && end == text.data() + text.size() && number >= least && number <= greatest)
        return "";
    return fmt::format("must be a whole number from {} to {}", least, greatest);
}

} // namespace

std::vector<std::string> partsOf(const std::string& text)
{
    std::vector<std::string> parts;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(',', at), text.size());
        const std::string part = text.substr(at, end - at);
        if (const std::size_t first = part.find_first_not_of(' '); first != std::string::npos)
            parts.push_back(part.substr(first, part.find_last_not_of(' ') + 1 - first));
        at = end + 1;
    }
    return parts;
}

std::string anything(const std::string&)
{
    return "";
}

std::string isPort(const std::string& text)
{
    return numberProblem(text, 0, 65535);
}

std::string isThreads(const std::string& text)
{
    return numberProblem(text, 1, 64);
}

std::string isThreadsOrAll(const std::string& text)
{
    return numberProblem(text, 0, 256);
}

std::string isSeconds(const std::string& text)
{
    return numberProblem(text, 1, 120);
}

std::string isPercent(const std::string& text)
{
    return numberProblem(text, 1, 100);
}

std::string isCount(const std::string& text)
{
    return numberProblem(text, 1, 1'000'000'000);
}

std::string isBytes(const std::string& text)
{
    return numberProblem(text, 1, std::int64_t{1} << 50);
}

std::string isSwitch(const std::string& text)
{
    return text == "true" || text == "false" ? "" : "must be true or false";
}

std::string isRegistration(const std::string& text)
{
    return text.empty() || text == "open" || text == "approval" || text == "closed" ? "" : "must be open, approval or closed";
}

std::string isHost(const std::string& text)
{
    const bool good = text.size() <= 260 && std::ranges::all_of(text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || std::string_view(".-:[]").find(c) != std::string_view::npos; });
    return good ? "" : "must be a host name in small letters, with :PORT where it has one, and without https://";
}

std::string isWebUrl(const std::string& text)
{
    const bool good = text.empty() || ((text.starts_with("https://") || text.starts_with("http://")) && text.find_first_of(" \t?#@") == std::string::npos && text.size() > 8);
    return good ? "" : "must be a URL that begins with https:// and has no ? or #";
}

std::string areWebUrls(const std::string& text)
{
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(',', at), text.size());
        const std::string part = text.substr(at, end - at);
        const std::size_t first = part.find_first_not_of(' ');
        if (first == std::string::npos || !isWebUrl(part.substr(first, part.find_last_not_of(' ') + 1 - first)).empty())
            return "must be URLs with commas between";
        at = end + 1;
    }
    return "";
}

std::string areNetworks(const std::string& text)
{
    const auto read = Networks::read(partsOf(text));
    return read ? "" : read.error().message;
}

std::string isRate(const std::string& text)
{
    const auto rate = rateOf(text);
    return rate ? "" : rate.error().message;
}

std::string isLogLevel(const std::string& text)
{
    return text == "debug" || text == "info" || text == "warning" || text == "error" ? "" : "must be debug, info, warning or error";
}

std::string isLogFormat(const std::string& text)
{
    return text == "json" || text == "plain" ? "" : "must be json or plain";
}

std::string isLongTime(const std::string& text)
{
    return numberProblem(text, 0, 63'072'000);
}

std::string isDatabase(const std::string& text)
{
    return text.empty() || text.starts_with("sqlite:") || isPostgresUrl(text) ? "" : "must be sqlite:PATH or postgresql://USER:PASSWORD@HOST:PORT/NAME";
}

std::string areDomains(const std::string& text)
{
    for (const std::string& part : partsOf(text))
        if (!normalDomain(part))
            return "must be domains with commas between, without https:// and ports";
    return "";
}

std::string isMailServer(const std::string& text)
{
    return text.empty() ? "" : mailUrlProblem(text);
}

std::string isMailSender(const std::string& text)
{
    return text.empty() || isMailAddress(text) ? "" : "must be an address like artdag@artdag.example";
}

std::string isStrong(const std::string& text)
{
    const bool good = text.empty() || (text.size() >= 32 && std::set<char>(text.begin(), text.end()).size() >= 10);
    return good ? "" : "is weak; give at least 32 random characters, or none and one is made";
}

std::string isLongWord(const std::string& text)
{
    const bool good = text.empty() || (text.size() >= 20 && text.find_first_of(" \t") == std::string::npos);
    return good ? "" : "must be at least 20 characters without blanks";
}

} // namespace artdag::server
