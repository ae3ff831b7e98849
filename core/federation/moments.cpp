// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/federation/moments.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

namespace artdag {

namespace {

constexpr std::array<std::string_view, 7> weekdays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/// The digits of a text; −1 when there is anything else.
int numberOf(std::string_view digits)
{
    int value = -1;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return error == std::errc() && end == digits.data() + digits.size() ? value : -1;
}

} // namespace

std::string imfDate(std::int64_t seconds)
{
    const std::chrono::sys_seconds instant{std::chrono::seconds(seconds)};
    const auto day = std::chrono::floor<std::chrono::days>(instant);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(instant - day);
    return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", weekdays[std::chrono::weekday(day).c_encoding()], static_cast<unsigned>(date.day()),
        months[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()), time.hours().count(), time.minutes().count(), time.seconds().count());
}

Result<std::int64_t> secondsOfImfDate(std::string_view text)
{
    const auto refuse = [&] { return fail(Fault::BadInput, "date '" + std::string(text.substr(0, 40)) + "': must be like 'Tue, 20 Apr 2021 02:07:55 GMT'"); };
    if (text.size() != 29)
        return refuse();
    const auto month = std::ranges::find(months, text.substr(8, 3));
    const int day = numberOf(text.substr(5, 2));
    const int year = numberOf(text.substr(12, 4));
    if (month == months.end() || day < 1 || year < 0)
        return refuse();
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month - months.begin()) + 1), std::chrono::day(static_cast<unsigned>(day))};
    std::int64_t seconds = 0;
    for (const std::size_t at : {17U, 20U, 23U})
        seconds = seconds * 60 + numberOf(text.substr(at, 2));
    seconds += std::chrono::sys_days(date).time_since_epoch() / std::chrono::seconds(1);
    // Whatever was wrong in it, the text is then not how that instant is written.
    if (imfDate(seconds) != text)
        return refuse();
    return seconds;
}

std::string utcText(std::int64_t seconds)
{
    const std::chrono::sys_seconds instant{std::chrono::seconds(seconds)};
    const auto day = std::chrono::floor<std::chrono::days>(instant);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(instant - day);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(date.year()), static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), time.hours().count(), time.minutes().count(), time.seconds().count());
}

Result<std::int64_t> secondsOfUtc(std::string_view text)
{
    const auto refuse = [&] { return fail(Fault::BadInput, "time '" + std::string(text.substr(0, 40)) + "': must be like '2026-11-20T10:00:00Z'"); };
    const std::string_view whole = text.substr(0, 19);
    std::string_view rest = text.substr(whole.size());
    if (rest.starts_with('.')) {
        const auto end = rest.find_first_not_of("0123456789", 1);
        if (end == 1 || end == std::string_view::npos || end > 10)
            return refuse();
        rest.remove_prefix(end);
    }
    if (whole.size() != 19 || (rest != "Z" && rest != "+00:00"))
        return refuse();
    const int year = numberOf(whole.substr(0, 4));
    const int month = numberOf(whole.substr(5, 2));
    const int day = numberOf(whole.substr(8, 2));
    if (year < 0 || month < 1 || day < 1)
        return refuse();
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)), std::chrono::day(static_cast<unsigned>(day))};
    std::int64_t seconds = 0;
    for (const std::size_t at : {11U, 14U, 17U})
        seconds = seconds * 60 + numberOf(whole.substr(at, 2));
    seconds += std::chrono::sys_days(date).time_since_epoch() / std::chrono::seconds(1);
    if (utcText(seconds) != std::string(whole) + "Z")
        return refuse();
    return seconds;
}

} // namespace artdag
