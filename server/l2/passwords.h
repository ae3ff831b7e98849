// SPDX-License-Identifier: GPL-3.0-or-later
// Passwords as Argon2id hashes (RFC 9106), and the brake on guessing them. Hashing takes some 50 ms and 19 MiB on purpose:
// call it on a worker.
#pragma once

#include "core/base/result.h"

#include <chrono>
#include <map>
#include <mutex>
#include <string>

namespace artdag::server {

/// The encoded hash with its salt and costs: `$argon2id$v=19$m=19456,t=2,p=1$…`.
Result<std::string> hashPassword(const std::string& password);
bool isPassword(const std::string& encoded, const std::string& password);
/// Takes as long as isPassword, so that an unknown name cannot be told by the clock.
void pretendToCheck(const std::string& password);

/// Counts failures by name. A few in five minutes are free, then each failure doubles the wait, up to an hour. Thread-safe.
class Throttle {
public:
    explicit Throttle(int freeTries = 5)
        : m_freeTries(freeTries)
    {
    }
    using Clock = std::chrono::steady_clock;
    /// Seconds to wait before the next try; 0: go on.
    std::chrono::seconds wait(const std::string& name, Clock::time_point now);
    void failed(const std::string& name, Clock::time_point now);
    void succeeded(const std::string& name);

private:
    struct Failures {
        int count = 0;
        Clock::time_point last{};
        Clock::time_point until{};
    };
    int m_freeTries;
    std::mutex m_mutex;
    std::map<std::string, Failures> m_failures;
};

} // namespace artdag::server
