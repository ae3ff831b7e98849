// SPDX-License-Identifier: GPL-3.0-or-later
// The protocol of OpenTimestamps calendars: hand in a digest, ask later for the way to a block. Speaks only to calendars that
// the caller names, whatever an answer says; an answer is at most 10,000 bytes and never believed beyond its hashes.
#pragma once

#include "core/anchor/timestamp.h"
#include "core/net/http_client.h"

#include <chrono>
#include <optional>
#include <span>
#include <string>

namespace artdag {

/// `POST calendar/digest`. Unavailable when it does not answer well within `patience`; Denied when it promises the rest at
/// an address that is not `allowed`.
Result<Timestamp> submitDigest(HttpClient& http, const std::string& calendar, std::span<const std::string> allowed, const Digest& digest, std::chrono::seconds patience);
/// `GET calendar/timestamp/<hex>`: what it knows by now about a message that it promised; nothing while it waits for a block.
Result<std::optional<Timestamp>> askCalendar(HttpClient& http, const std::string& calendar, ByteView message, std::chrono::seconds patience);

struct CalendarRound {
    bool learnt = false;                 ///< the timestamp says more than before
    std::vector<std::string> complaints; ///< of calendars that failed, each `calendar 'URL': …`
};
/// Asks every allowed calendar that promised something in a timestamp, and merges what they answer.
CalendarRound askCalendars(HttpClient& http, std::span<const std::string> allowed, Timestamp& timestamp, std::chrono::seconds patience);

} // namespace artdag
