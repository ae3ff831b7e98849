// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/message.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <ctime>

namespace artdag::server {

namespace {

int digitOf(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::optional<std::string> decode(std::string_view text, bool plusIsSpace)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '%') {
            if (i + 2 >= text.size())
                return {};
            const int high = digitOf(text[i + 1]);
            const int low = digitOf(text[i + 2]);
            if (high < 0 || low < 0)
                return {};
            c = static_cast<char>(high << 4 | low);
            i += 2;
        } else if (c == '+' && plusIsSpace) {
            c = ' ';
        }
        if (c == '\0')
            return {};
        out.push_back(c);
    }
    return out;
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

std::string lower(std::string_view text)
{
    std::string out(text);
    std::ranges::transform(out, out.begin(), [](unsigned char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c); });
    return out;
}

/// Calls take(type, quality in thousandths) for each entry of an Accept header (RFC 9110 §12.5.1).
template <class Take>
void eachAccepted(std::string_view accept, Take take)
{
    while (!accept.empty()) {
        const auto comma = accept.find(',');
        const std::string entry = lower(trimmed(accept.substr(0, comma)));
        accept = comma == std::string_view::npos ? std::string_view{} : accept.substr(comma + 1);
        int quality = 1000;
        if (const auto q = entry.find(";q="); q != std::string::npos || entry.find("; q=") != std::string::npos) {
            const std::string_view value = std::string_view(entry).substr(q != std::string::npos ? q + 3 : entry.find("; q=") + 4);
            quality = value.starts_with("1") ? 1000 : 0;
            if (value.starts_with("0.")) {
                int scale = 100;
                for (const char c : value.substr(2, 3)) {
                    if (c < '0' || c > '9')
                        break;
                    quality += (c - '0') * scale;
                    scale /= 10;
                }
            }
        }
        take(entry, quality);
    }
}

struct Wishes {
    int html = 0, json = 0, activity = 0;
};

Wishes wishesOf(std::string_view accept)
{
    Wishes wishes;
    eachAccepted(accept, [&](const std::string& entry, int quality) {
        const std::string_view type = trimmed(std::string_view(entry).substr(0, entry.find(';')));
        if (type == "text/html" || type == "application/xhtml+xml")
            wishes.html = std::max(wishes.html, quality);
        else if (type == "application/activity+json")
            wishes.activity = std::max(wishes.activity, quality);
        else if (type == "application/ld+json") {
            const bool other = entry.find("profile=") != std::string::npos && entry.find("https://www.w3.org/ns/activitystreams") == std::string::npos;
            wishes.activity = std::max(wishes.activity, other ? 0 : quality);
        } else if (type == "application/json" || type == "application/problem+json")
            wishes.json = std::max(wishes.json, quality);
    });
    return wishes;
}

} // namespace

std::string_view Request::header(std::string_view name) const
{
    const auto found = std::ranges::find(headers, name, &std::pair<std::string, std::string>::first);
    return found == headers.end() ? std::string_view{} : std::string_view(found->second);
}

const std::string& Request::capture(std::string_view name) const
{
    const auto found = std::ranges::find(captures, name, &std::pair<std::string, std::string>::first);
    CHECK(found != captures.end());
    return found->second;
}

std::optional<std::string> Request::parameter(std::string_view name) const
{
    std::string_view rest = query;
    while (!rest.empty()) {
        const auto end = rest.find('&');
        const std::string_view pair = rest.substr(0, end);
        rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
        const auto equals = pair.find('=');
        if (decodeForm(pair.substr(0, equals)) == name)
            return decodeForm(equals == std::string_view::npos ? std::string_view{} : pair.substr(equals + 1));
    }
    return {};
}

Response jsonResponse(const Json& value, int status, std::string type)
{
    return textResponse(value.dump(-1, ' ', false, Json::error_handler_t::replace), std::move(type), status);
}

Response textResponse(std::string text, std::string type, int status)
{
    Response response;
    response.status = status;
    response.body = std::move(text);
    response.with("Content-Type", std::move(type));
    return response;
}

Response redirect(std::string location, int status)
{
    Response response;
    response.status = status;
    return std::move(response.with("Location", std::move(location)));
}

Response problem(int status, std::string detail)
{
    Response response;
    response.status = status;
    response.problem = Problem{std::move(detail)};
    return response;
}

Response problemOf(const Error& error)
{
    switch (error.fault) {
    case Fault::BadInput:
        return problem(400, error.message);
    case Fault::NotFound:
        return problem(404, error.message);
    case Fault::Conflict:
        return problem(409, error.message);
    case Fault::Denied:
        return problem(403, error.message);
    case Fault::Unavailable:
    case Fault::Cancelled:
        return problem(503, error.message);
    case Fault::Corrupt:
        break;
    }
    return problem(500, error.message);
}

const char* reasonOf(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 201:
        return "Created";
    case 202:
        return "Accepted";
    case 204:
        return "No Content";
    case 206:
        return "Partial Content";
    case 300:
        return "Multiple Choices";
    case 301:
        return "Moved Permanently";
    case 302:
        return "Found";
    case 303:
        return "See Other";
    case 304:
        return "Not Modified";
    case 307:
        return "Temporary Redirect";
    case 308:
        return "Permanent Redirect";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 406:
        return "Not Acceptable";
    case 408:
        return "Request Timeout";
    case 409:
        return "Conflict";
    case 410:
        return "Gone";
    case 411:
        return "Length Required";
    case 412:
        return "Precondition Failed";
    case 413:
        return "Content Too Large";
    case 414:
        return "URI Too Long";
    case 415:
        return "Unsupported Media Type";
    case 416:
        return "Range Not Satisfiable";
    case 422:
        return "Unprocessable Content";
    case 423:
        return "Locked";
    case 429:
        return "Too Many Requests";
    case 431:
        return "Request Header Fields Too Large";
    case 500:
        return "Internal Server Error";
    case 501:
        return "Not Implemented";
    case 502:
        return "Bad Gateway";
    case 503:
        return "Service Unavailable";
    case 507:
        return "Insufficient Storage";
    default:
        return "Status";
    }
}

std::optional<std::string> decodeSegment(std::string_view text)
{
    auto decoded = decode(text, false);
    if (decoded && decoded->find_first_of("/\\") != std::string::npos)
        return {};
    return decoded;
}

std::optional<std::string> decodeForm(std::string_view text)
{
    return decode(text, true);
}

std::string encodeForm(std::string_view text)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const unsigned char c : text) {
        const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.' || c == '_' || c == '~';
        if (plain)
            out.push_back(static_cast<char>(c));
        else
            out.append({'%', digits[c >> 4], digits[c & 15]});
    }
    return out;
}

bool prefersHtml(const Request& request)
{
    const Wishes wishes = wishesOf(request.header("accept"));
    return wishes.html > 0 && wishes.html >= wishes.json && wishes.html >= wishes.activity;
}

bool wantsActivity(const Request& request)
{
    const Wishes wishes = wishesOf(request.header("accept"));
    return wishes.activity > 0 && wishes.activity >= wishes.html && wishes.activity >= wishes.json;
}

std::string httpDate(std::int64_t seconds)
{
    // strftime would follow the process's locale.
    constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto time = static_cast<std::time_t>(seconds);
    std::tm parts{};
    ::gmtime_r(&time, &parts);
    auto two = [](int value) { return std::string{static_cast<char>('0' + value / 10 % 10), static_cast<char>('0' + value % 10)}; };
    return std::string(days[static_cast<std::size_t>(parts.tm_wday)]) + ", " + two(parts.tm_mday) + " " + months[static_cast<std::size_t>(parts.tm_mon)] + " "
        + std::to_string(parts.tm_year + 1900) + " " + two(parts.tm_hour) + ":" + two(parts.tm_min) + ":" + two(parts.tm_sec) + " GMT";
}

} // namespace artdag::server
