// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/operation/log.h"

#include "core/base/json.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <ctime>

namespace artdag::server {

namespace {

constexpr std::array<std::string_view, 4> names{"debug", "info", "warning", "error"};
std::atomic<LogLevel> leastLevel{LogLevel::Info};
std::atomic<bool> asJson{false};

std::string nowText()
{
    timespec now{};
    ::clock_gettime(CLOCK_REALTIME, &now);
    std::tm parts{};
    ::gmtime_r(&now.tv_sec, &parts);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec, now.tv_nsec / 1'000'000);
}

/// Quoted as JSON: no value can end its line or forge another member, whatever bytes are in it.
void appendQuoted(std::string& line, std::string_view value)
{
    const bool simple = std::ranges::all_of(value, [](char c) { return c >= ' ' && c < 0x7f && c != '"' && c != '\\'; });
    if (simple)
        line.append("\"").append(value).append("\"");
    else
        line += Json(std::string(value)).dump(-1, ' ', true, Json::error_handler_t::replace);
}

} // namespace

LogLevel logLevelOf(std::string_view name)
{
    const auto* found = std::ranges::find(names, name);
    return found == names.end() ? LogLevel::Info : static_cast<LogLevel>(found - names.begin());
}

void setLog(LogLevel least, bool json)
{
    leastLevel = least;
    asJson = json;
}

bool isLogged(LogLevel level)
{
    return level >= leastLevel;
}

LogLine::LogLine(LogLevel level, std::string_view event)
    : m_json(asJson),
      m_wanted(isLogged(level))
{
    const std::string_view name = names.at(static_cast<std::size_t>(level));
    if (!m_wanted)
        return;
    if (m_json)
        m_line = fmt::format(R"({{"time":"{}","level":"{}","event":"{}")", nowText(), name, event);
    else
        m_line = fmt::format("{} {} {}", nowText(), name, event);
}

void LogLine::begin(std::string_view name)
{
    if (m_json)
        m_line.append(",\"").append(name).append("\":");
    else
        m_line.append(" ").append(name).append("=");
}

LogLine& LogLine::text(std::string_view name, std::string_view value)
{
    if (!m_wanted)
        return *this;
    begin(name);
    const bool bare = !m_json && !value.empty() && std::ranges::all_of(value, [](char c) { return c > ' ' && c < 0x7f && c != '"' && c != '\\' && c != '='; });
    if (bare)
        m_line += value;
    else
        appendQuoted(m_line, value);
    return *this;
}

LogLine& LogLine::number(std::string_view name, std::int64_t value)
{
    if (m_wanted) {
        begin(name);
        m_line += std::to_string(value);
    }
    return *this;
}

LogLine& LogLine::decimal(std::string_view name, double value)
{
    if (m_wanted) {
        begin(name);
        m_line += fmt::format("{:.3f}", value);
    }
    return *this;
}

LogLine& LogLine::flag(std::string_view name)
{
    if (m_wanted) {
        begin(name);
        m_line += "true";
    }
    return *this;
}

void LogLine::write()
{
    if (!m_wanted)
        return;
    m_line += m_json ? "}\n" : "\n";
    for (std::string_view rest = m_line; !rest.empty();) { // one call in nearly all cases, so lines of threads do not mix
        const ssize_t count = ::write(STDERR_FILENO, rest.data(), rest.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            break; // nobody reads it: the server goes on
        rest.remove_prefix(static_cast<std::size_t>(count));
    }
    m_wanted = false;
}

void logTrouble(std::string_view event, std::string_view what)
{
    LogLine(LogLevel::Warning, event).text("what", what).write();
}

} // namespace artdag::server
