// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/router.h"

#include <algorithm>
#include <ranges>

namespace artdag::server {

namespace {

using Captures = std::vector<std::pair<std::string, std::string>>;

/// The next segment of a path that begins with '/', taken off its front.
std::string_view takeSegment(std::string_view& path)
{
    path.remove_prefix(1);
    const auto end = std::min(path.find('/'), path.size());
    const std::string_view segment = path.substr(0, end);
    path.remove_prefix(end);
    return segment;
}

/// How well a template fits: -1 not at all, else the sum over segments of 3 for a literal, 2 for `@{name}`, 1 for `{name}`,
/// so that the more literal template wins.
int fit(std::string_view pattern, const std::vector<std::string>& segments, Captures& captures)
{
    captures.clear();
    int score = 0;
    std::size_t index = 0;
    while (!pattern.empty()) {
        if (index == segments.size())
            return -1;
        const std::string_view part = takeSegment(pattern);
        const std::string& segment = segments[index++];
        const auto open = part.find('{');
        if (open == std::string_view::npos) {
            if (part != segment)
                return -1;
            score += 3;
            continue;
        }
        const std::string_view literal = part.substr(0, open);
        if (!segment.starts_with(literal) || segment.size() == literal.size())
            return -1;
        captures.emplace_back(part.substr(open + 1, part.size() - open - 2), segment.substr(literal.size()));
        score += literal.empty() ? 1 : 2;
    }
    return index == segments.size() ? score : -1;
}

} // namespace

Match matchRoute(std::span<const Route> routes, std::string_view method, std::string_view path)
{
    Match match;
    if (path.empty() || path.front() != '/') {
        match.malformed = true;
        return match;
    }
    std::vector<std::string> segments;
    for (std::string_view rest = path; !rest.empty();) {
        auto segment = decodeSegment(takeSegment(rest));
        if (!segment || *segment == "." || *segment == "..") {
            match.malformed = true;
            return match;
        }
        segments.push_back(std::move(*segment));
    }
    const std::string_view wanted = method == "HEAD" ? "GET" : method;
    int best = -1;
    Captures captures;
    for (const Route& route : routes) {
        const int score = fit(route.path, segments, captures);
        if (score < 0)
            continue;
        if (route.method != wanted) {
            match.allowed.emplace_back(route.method);
        } else if (score > best) {
            best = score;
            match.route = &route;
            match.captures = captures;
        }
    }
    if (std::ranges::find(match.allowed, "GET") != match.allowed.end())
        match.allowed.emplace_back("HEAD");
    return match;
}

} // namespace artdag::server
