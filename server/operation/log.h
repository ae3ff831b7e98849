// SPDX-License-Identifier: GPL-3.0-or-later
// The server's log: one line of standard error for each event, as JSON or as plain `name=value` words. Any thread; a line is
// written whole. What is secret (tokens, cookies, queries, paths) is not given to it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace artdag::server {

enum class LogLevel {
    Debug,
    Info,
    Warning,
    Error
};
/// `debug`, `info`, `warning`, `error`; anything else is info.
LogLevel logLevelOf(std::string_view name);
/// For the whole process, before its threads begin; at first: info, plain.
void setLog(LogLevel least, bool json);
bool isLogged(LogLevel level);

/// A line that grows by its fields and is written once. Members are `time` (UTC, ms), `level`, `event`, and those that are
/// added.
class LogLine {
public:
    LogLine(LogLevel level, std::string_view event);
    LogLine& text(std::string_view name, std::string_view value);
    LogLine& number(std::string_view name, std::int64_t value);
    LogLine& decimal(std::string_view name, double value); ///< three places
    LogLine& flag(std::string_view name);                  ///< true
    void write();

private:
    void begin(std::string_view name);
    std::string m_line;
    bool m_json, m_wanted;
};

/// Something went wrong in a part of the server that nobody waits for.
void logTrouble(std::string_view event, std::string_view what);

} // namespace artdag::server
