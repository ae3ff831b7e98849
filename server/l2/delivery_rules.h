// SPDX-License-Identifier: GPL-3.0-or-later
// What to do after an attempt to deliver (federation.md §1.7). Pure: the random part of a wait is given.
#pragma once

#include <cstdint>
#include <string_view>

namespace artdag::server {

struct Attempt {
    int status = 0;              ///< 0: no answer (time-out, connection, TLS)
    int tries = 0;               ///< before this one
    std::string_view retryAfter; ///< the header, or empty
    bool otherFormTried = false; ///< a 401 was answered by signing in the other form
};

enum class Outcome {
    Delivered,
    SignOtherWay, ///< at once
    Retry,
    Drop,
    Gone, ///< and the followers of that inbox with it
};

struct Verdict {
    Outcome outcome = Outcome::Retry;
    std::int64_t wait = 0; ///< µs, for Retry
};

/// `chance` in [0, 1) moves a wait by −20 % to +20 %. `now` in seconds since 1970, for a Retry-After that is a date.
Verdict judge(const Attempt& attempt, double chance, std::int64_t now);

} // namespace artdag::server
