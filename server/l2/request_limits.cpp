// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/request_limits.h"

#include "server/http/metrics.h"
#include "server/http/router.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace artdag::server {

namespace {

constexpr std::array<std::string_view, rateKinds> names{"visitor", "member", "media", "upload", "login", "register", "reset", "inbox"};

struct Counted {
    std::string_view path;
    RateKind kind;
};
// Only what is posted. That each stands here by its right name is tested route by route.
constexpr std::array<Counted, 12> posts{{{"/auth/login", RateKind::Login}, {"/login", RateKind::Login}, {"/device", RateKind::Login}, {"/auth/register", RateKind::Register}, {"/register", RateKind::Register}, {"/auth/reset", RateKind::Reset},
    {"/recover", RateKind::Reset}, {"/recover/mail", RateKind::Reset}, {"/settings/mail", RateKind::Reset}, {"/reset", RateKind::Reset}, {"/inbox", RateKind::Inbox}, {"/users/{user}/inbox", RateKind::Inbox}}};

} // namespace

std::optional<RateKind> rateKindOf(const Request& head, bool loggedIn)
{
    const RateKind other = loggedIn ? RateKind::Member : RateKind::Visitor;
    if (head.route == nullptr)
        return other;
    const std::string_view path = head.route->path;
    if (path == "/healthz" || path == "/l1/healthz" || path == "/metrics")
        return {};
    if (head.route->body == Body::File)
        return RateKind::Upload;
    if (head.method == "POST") {
        const auto* found = std::ranges::find(posts, path, &Counted::path);
        return found == posts.end() ? other : found->kind;
    }
    const bool isMedia = path.starts_with("/media/") || path.starts_with("/style/") || path.starts_with("/cache/");
    return isMedia && (head.method == "GET" || head.method == "HEAD") ? RateKind::Media : other;
}

std::optional<Response> limitRequest(Site& site, Request& head)
{
    const std::string address = countedAddress(head.remote);
    const auto kind = rateKindOf(head, head.caller.userId != 0);
    if (address.empty() || !kind)
        return {};
    const bool byAccount = *kind == RateKind::Member || (head.caller.userId != 0 && (*kind == RateKind::Upload || *kind == RateKind::Media));
    head.allowance = site.limits->take(*kind, byAccount ? "account " + std::to_string(head.caller.userId) : address, nowMicroseconds());
    if (!head.allowance || head.allowance->wait == 0)
        return {};
    site.metrics->count(Metrics::Counted::Limited, names.at(static_cast<std::size_t>(*kind)));
    return problem(429, "These are too many requests. Try again in " + std::to_string(head.allowance->wait) + " s.");
}

} // namespace artdag::server
