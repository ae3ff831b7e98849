// SPDX-License-Identifier: GPL-3.0-or-later
// Instants as the fediverse writes them: in HTTP headers as IMF-fixdate (RFC 9110 §5.6.7), `Tue, 20 Apr 2021 02:07:55 GMT`, whose
// obsolete forms are not read; in documents by RFC 3339, in UTC.
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace artdag {

/// Of seconds since 1970, in years 0–9999.
std::string imfDate(std::int64_t seconds);
/// Seconds since 1970. BadInput for anything but the one way of writing an instant: a wrong weekday, 31 April, second 60.
Result<std::int64_t> secondsOfImfDate(std::string_view text);

/// `2026-11-20T10:00:00Z`.
std::string utcText(std::int64_t seconds);
/// Seconds since 1970, a fraction cut off. BadInput for what is not `2026-11-20T10:00:00[.123]Z` or the same with `+00:00`.
Result<std::int64_t> secondsOfUtc(std::string_view text);

} // namespace artdag
