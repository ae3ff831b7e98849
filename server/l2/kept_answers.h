// SPDX-License-Identifier: GPL-3.0-or-later
// Where answer_cache.h keeps them: those of one state of the database, and only for a second.
#pragma once

#include "server/http/message.h"

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

namespace artdag::server {

class KeptAnswers {
public:
    static constexpr std::int64_t longest = 1'000'000; ///< µs that an answer is kept
    static constexpr std::size_t mostBytes = 8U << 20; ///< of bodies; beyond, it begins anew

    /// A copy of what was kept at this state; `now` in microseconds. Any thread.
    std::optional<Response> find(const std::string& key, std::uint64_t state, std::int64_t now);
    /// Forgets all of earlier states. Nothing happens when `state` is an earlier one itself.
    void keep(const std::string& key, std::uint64_t state, std::int64_t now, const Response& response);

private:
    struct Kept {
        std::int64_t since = 0;
        std::shared_ptr<const Response> response;
    };
    std::mutex m_mutex;
    std::uint64_t m_state = 0;
    std::size_t m_bytes = 0;
    std::unordered_map<std::string, Kept> m_kept;
};

} // namespace artdag::server
