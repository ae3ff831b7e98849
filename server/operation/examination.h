// SPDX-License-Identifier: GPL-3.0-or-later
// What goes wrong with servers in practice, looked at one by one. Looks only; changes nothing, not even the schema.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace artdag::server {

struct Examined {
    std::filesystem::path directory, worker;
    std::string databaseUrl;
    std::string publicUrl; ///< empty: is not asked
};

struct Finding {
    enum class State {
        Good,
        Doubtful,
        Bad
    };
    std::string subject; ///< `disk`, `clock` …
    State state = State::Good;
    std::string words; ///< what was seen, and what to do
};

std::vector<Finding> examine(const Examined& server);

/// How far our clock is from one that says `Sat, 28 Nov 2026 06:20:00 GMT` (RFC 9110 §5.6.7), in seconds; 0 for what is no time.
std::int64_t secondsAhead(const std::string& date, std::int64_t now);

} // namespace artdag::server
